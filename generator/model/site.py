"""A site: everything published, and how it belongs together.

Assembled anew from values on every build; nothing here reads a file, a clock or a cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from generator.config import Config
from generator.model import route
from generator.model.arrange import edition_day, newest_first
from generator.model.article import Article
from generator.model.briefing import Briefing
from generator.model.page import ContentPage
from generator.model.shelf import Lists, Named, Shelf
from generator.model.source import Source
from generator.model.topic import Topic
from generator.named import NamedTuple

if TYPE_CHECKING:
    from generator.model.related import Remember


class Published(NamedTuple):
    """What load lets through: everything a site is assembled from, already filtered by the clock.

    In a preview `articles` hold drafts and held articles too.
    """

    articles: tuple[Article, ...]
    topics: tuple[Topic, ...]
    sources: tuple[Source, ...]
    briefings: tuple[Briefing, ...]
    pages: tuple[ContentPage, ...]


class Site(NamedTuple):
    """All articles newest first, and the ways they belong together; keys are ids, paths are relative to `content/`.

    `days` maps a day to the articles of its edition, `by_topic` a topic to its articles, both newest first and with
    copies; `copies` maps a lead's id to its copies, newest first; `linked_from` maps a content path to the articles
    whose bodies link to it; `corrected` are the places of the articles with corrections; `earlier` maps an id to the
    ids of earlier reports that belong to it, `concordances` a month to what tells them anew; both are empty where no
    page shows them. `addresses` maps every content path that has a page to its address.
    """

    config: Config
    articles: Shelf
    by_id: Named
    by_path: Named
    topics: Mapping[str, Topic]
    sources: Mapping[str, Source]
    briefings: Mapping[str, Briefing]
    pages: tuple[ContentPage, ...]
    days: Lists
    by_topic: Lists
    copies: Lists
    linked_from: Lists
    corrected: tuple[int, ...]
    earlier: Mapping[str, tuple[str, ...]]
    concordances: Mapping[str, tuple[Any, ...]]
    addresses: Mapping[str, str]

    @property
    def topic_order(self) -> dict[str, int]:
        """Each topic's place in the site's order."""
        return {topic: place for place, topic in enumerate(self.topics)}

    def topics_of(self, article: Article) -> tuple[Topic, ...]:
        """Return the topics of an article that the site knows, its main topic first."""
        return tuple(self.topics[topic] for topic in article.own_topics if topic in self.topics)


def made_anew(make: Callable[[int, Mapping[int, Any]], Any], keys: Sequence[bytes]) -> list[Any]:
    """Return `make(place, {})` for the place of each key: the memory of one who remembers nothing."""
    return [make(place, {}) for place in range(len(keys))]


def assemble(
    config: Config, published: Published, remember: Remember = made_anew, *, tells_earlier: bool = True
) -> Site:
    """Return the site that these values are; what came earlier is told where `tells_earlier` says that pages show it.

    `remember(make, keys)` returns what `make(place, known)` gives for the place of each key, the digest of all it is
    made from; a build may answer from an earlier run whose keys were equal, and `known` has these answers by place.
    """
    shelf = Shelf.of(newest_first(published.articles))
    topics = {topic.id: topic for topic in in_site_order(published.topics, config.topic_order)}
    briefings = {briefing.day: briefing for briefing in published.briefings if not briefing.edition}
    days, by_topic, copies = _laid_out(shelf, briefings, topics, config.day_closes)
    return Site(
        config=config,
        articles=shelf,
        by_id=Named(shelf, {id: place for place, id in enumerate(shelf.ids)}),
        by_path=Named(shelf, {article.path: place for place, article in enumerate(shelf)}),
        topics=topics,
        sources={source.key: source for source in published.sources},
        briefings=briefings,
        pages=tuple(sorted(published.pages)),
        days=Lists(shelf, {day: days[day] for day in sorted(days, reverse=True)}),
        by_topic=Lists(shelf, by_topic),
        copies=Lists(shelf, copies),
        linked_from=Lists(shelf, _linked_from(shelf)),
        corrected=tuple([place for place, article in enumerate(shelf) if article.corrections]),
        **_earlier(shelf if tells_earlier else (), remember),
        addresses=addresses_of(published, topics.values()),
    )


def _laid_out(
    shelf: Shelf, briefings: Iterable[str], topics: Iterable[str], day_closes: str
) -> tuple[dict[str, list[int]], ...]:
    """Return where the articles of each day, of each topic, and the copies of each lead stand."""
    days: dict[str, list[int]] = {day: [] for day in briefings}
    by_topic: dict[str, list[int]] = {topic: [] for topic in topics}
    copies: dict[str, list[int]] = {}
    for place, article in enumerate(shelf):
        day = edition_day(article, day_closes)
        if day:
            days.setdefault(day, []).append(place)
        if article.date is not None:
            for topic in article.own_topics:
                if topic in by_topic:
                    by_topic[topic].append(place)
        if article.copy_of and article.copy_of != article.id:
            copies.setdefault(article.copy_of, []).append(place)
    return days, by_topic, copies


def _earlier(shelf: Iterable[Article], remember: Remember) -> dict[str, Any]:
    # What looks for earlier reports is not loaded for a site that stands.
    from generator.model.related import earlier_lists

    return earlier_lists(shelf, remember)._asdict()


def in_site_order(topics: Iterable[Topic], order: Sequence[str]) -> list[Topic]:
    """Return topics as `topic_order` in `site.yaml` lists them, the rest by title after them."""
    wanted = {topic: place for place, topic in enumerate(order)}
    return sorted(topics, key=lambda topic: (wanted.get(topic.id, len(wanted)), topic.title, topic.id))


def address_of(article: Article) -> str:
    """Return an article's address; without a day it has one in previews only."""
    return route.article(article.date.day, article.slug) if article.date else route.held_article(article.id)


def addresses_of(published: Published, topics: Iterable[Topic]) -> dict[str, str]:
    """Return the address of every content file that has a page, by its path."""
    found = {article.path: address_of(article) for article in published.articles}
    found.update((topic.path, route.topic(topic.id)) for topic in topics)
    found.update((briefing.path, route.briefing(briefing.day)) for briefing in published.briefings)
    found.update((page.path, route.content_page(page.slug)) for page in published.pages)
    return found


def _linked_from(articles: Iterable[Article]) -> dict[str, list[int]]:
    """Return for each content path the places of the articles that link to it, each once."""
    found: dict[str, dict[int, None]] = {}
    for place, article in enumerate(articles):
        for link in article.links:
            if link.target != article.path:
                found.setdefault(link.target, {})[place] = None
    return {target: list(places) for target, places in found.items()}
