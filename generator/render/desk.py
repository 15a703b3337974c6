"""The desk of one build: a site with the small values its pages share, each made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import copy as copied
from typing import Any

from generator.digest import digest_of
from generator.model import route
from generator.model.arrange import folded
from generator.model.article import Article, Extras
from generator.model.site import Site
from generator.model.source import Source
from generator.named import NamedTuple
from generator.render.views.entry import Beside, DayGroup, Entry, entry_view
from generator.render.views.frame import Link, TopicLink
from generator.render.views.kinds import Connection
from generator.render.views.topic import connections_of
from generator.render.views.words import Around, calendar_of, copy_links, day_text, topic_link

_MOST_KEPT = 5_000


class Listing(NamedTuple):
    """Where the articles of one topic stand, newest first, copies folded; `months` are the same by month.

    `signs` holds for each month what stands for all that a list takes from its articles, `sign` for the whole, `days`
    for their days alone.
    """

    places: Sequence[int]
    months: Mapping[str, Sequence[int]]
    signs: Mapping[str, bytes]
    sign: bytes
    days: bytes


class Kept:
    """Values that pure functions made, for as long as a desk and those made from it by edits live.

    A key stands for all that its value is made of; no value holds a desk.
    """

    def __init__(self) -> None:
        self._values: dict[tuple[Any, ...], Any] = {}

    def value(self, key: tuple[Any, ...], make: Callable[..., Any], *inputs: Any) -> Any:
        """Return what `make(*inputs)` gives, from before where the key was asked for already."""
        if key not in self._values:
            if len(self._values) >= _MOST_KEPT:
                self._values.clear()
            self._values[key] = make(*inputs)
        return self._values[key]

    def known(self, key: tuple[Any, ...]) -> Any:
        """Return the value of a key, None where none was asked for."""
        return self._values.get(key)


class Desk:
    """Makes entries and links on demand and keeps them for the length of one build.

    `signs` holds for each article's id what stands for all that other pages take from it: what they show, and what
    decides where they place it. Equal signs, equal lists; so lists need not be made to know that they are as they were.
    """

    def __init__(
        self,
        site: Site,
        *,
        strings: Extras,
        preview: bool = False,
        signs: Mapping[str, bytes] | None = None,
        listings: Mapping[str, Listing] | None = None,
        editions: Mapping[tuple[str, bytes], tuple[bytes, str]] | None = None,
    ) -> None:
        """Signs and listings may be given where they are known; they are then those that would be made here.

        So may `editions`, for days by their signs what their feed needs to know of them.
        """
        config = site.config
        self.site = site
        self.around = Around(
            config.base_path, config.base_url, config.title, config.language, preview, calendar_of(strings)
        )
        self.topics = {topic.id: topic_link(self.around, topic) for topic in site.topics.values()}
        self.topics_sign = digest_of("topics", tuple(self.topics.values()))
        self.kept = Kept()
        self.editions = dict(editions or {})
        self._connections: dict[str, tuple[Connection, ...]] = {}
        self._entries: dict[str, Entry] = {}
        self._beside: dict[tuple[str, tuple[str, ...]], bytes] = {}
        self._topic_links: dict[tuple[str, ...], tuple[TopicLink, ...]] = {}
        self._listings: dict[str, Listing] = dict(listings or {})
        self.signs = dict(signs) if signs is not None else {one.id: self._sign(one) for one in site.articles}

    def edited(self, site: Site, edited: Iterable[Article]) -> Desk:
        """Return the desk of a site in which these articles are written otherwise but stand where they stood.

        Entries are made anew when asked for: kept ones would keep this desk alive.
        """
        desk = copied(self)
        desk.site, desk._entries, desk.signs = site, {}, dict(self.signs)
        touched = {article.id: article for article in edited}
        for article in list(touched.values()):
            if article.copy_of in site.by_id:
                touched[article.copy_of] = site.by_id[article.copy_of]
        desk.signs.update((id, desk._sign(article)) for id, article in touched.items())
        topics = {topic for article in touched.values() for topic in article.own_topics}
        months = {article.date.day[:7] for article in touched.values() if article.date is not None}
        desk._listings = {
            topic: desk._edited_listing(found, months) if topic in topics else found
            for topic, found in self._listings.items()
        }
        return desk

    def _edited_listing(self, listing: Listing, months: AbstractSet[str]) -> Listing:
        signs = dict(listing.signs)
        signs.update((month, digest_of(self.signs_at(listing.months[month]))) for month in months & signs.keys())
        return listing._replace(signs=signs, sign=digest_of(tuple(signs.items())))

    def source(self, article: Article) -> Source | None:
        """Return the outlet an article names by key."""
        return self.site.sources.get(article.source.key)

    def topic_links(self, article: Article) -> tuple[TopicLink, ...]:
        """Return the article's topics as links, its main topic first."""
        own = article.own_topics
        found = self._topic_links.get(own)
        if found is None:
            found = tuple(self.topics[topic] for topic in own if topic in self.topics)
            self._topic_links[own] = found
        return found

    def also(self, article: Article) -> tuple[Link, ...]:
        """Return the outlets that carried the same story as this lead."""
        copies = self.site.copies.get(article.id)
        if not copies:
            return ()
        return copy_links(((copy, self.source(copy)) for copy in copies), self.around)

    def entry(self, article: Article) -> Entry:
        """Return the article as lists show it."""
        found = self._entries.get(article.id)
        if found is None:
            # An entry that held this desk, which holds it, would never go: nothing circular is collected after a build.
            around, beside = self.around, self.beside(article)
            # The reference covers what the view takes from the article, the rest is the same for many.
            digest = article.reference + self._digest_beside(article)
            found = self._entries[article.id] = Entry(digest, lambda: entry_view(around, article, beside))
        return found

    def beside(self, article: Article) -> Beside:
        """Return what stands beside an article wherever it is shown: its outlet, its topics, who carried it too."""
        return Beside(self.source(article), self.topic_links(article), self.also(article))

    def _digest_beside(self, article: Article) -> bytes:
        known = (article.source.key, article.own_topics)
        found = self._beside.get(known)
        if found is None:
            found = digest_of("beside", self.around, self.source(article), self.topic_links(article))
            self._beside[known] = found
        return found + digest_of("also", self.also(article)) if article.id in self.site.copies else found

    def _sign(self, article: Article) -> bytes:
        sign = article.reference + self._digest_beside(article)
        if article.weight or article.copy_of or article.noindex or article.updated is not None:
            sign += digest_of("place", article.weight, article.copy_of, article.noindex, article.updated)
        # Lists lead to the briefing of an article's day where there is one; its edition may be another day's.
        if article.date is not None and article.date.day not in self.site.days:
            sign += digest_of("no briefing of that day")
        return sign

    def signs_of(self, articles: Iterable[Article]) -> tuple[bytes, ...]:
        """Return what stands for a list of these articles."""
        signs = self.signs
        return tuple([signs[article.id] for article in articles])

    def signs_at(self, places: Iterable[int]) -> tuple[bytes, ...]:
        """Return what stands for a list of the articles at these places."""
        signs, ids = self.signs, self.site.articles.ids
        return tuple([signs[ids[place]] for place in places])

    def entries(self, articles: Iterable[Article]) -> tuple[Entry, ...]:
        """Return the articles as lists show them, in their order."""
        return tuple(map(self.entry, articles))

    def listing(self, topic: str) -> Listing:
        """Return the articles of a topic."""
        found = self._listings.get(topic)
        if found is None:
            found = self._listings[topic] = self._listed(topic)
        return found

    def _listed(self, topic: str) -> Listing:
        everything = self.site.by_topic.places[topic]
        listed = {article.id for article in folded(self.site.by_topic[topic])}
        ids, days = self.site.articles.ids, self.site.articles.days
        places = [place for place in everything if ids[place] in listed]
        months: dict[str, list[int]] = {}
        for place in places:
            months.setdefault(days[place][:7], []).append(place)
        signs = {month: digest_of(self.signs_at(one)) for month, one in months.items()}
        return Listing(
            places, months, signs, digest_of(tuple(signs.items())), digest_of(tuple([days[place] for place in places]))
        )

    def connections(self, topic: str, most: int) -> tuple[Connection, ...]:
        """Return the topics that share most articles with a topic."""
        found = self._connections.get(topic)
        if found is None:
            own_topics = self.site.articles.topics
            everything = (own_topics[place] for place in self.listing(topic).places)
            found = connections_of(everything, topic, self.topics, most)
            self._connections[topic] = found
        return found

    def by_day(self, articles: Sequence[Article]) -> tuple[DayGroup, ...]:
        """Return articles, already newest first and of known days, grouped by their own day; copies fold."""
        groups: dict[str, list[Article]] = {}
        for article in folded(articles):
            if article.date is not None:
                groups.setdefault(article.date.day, []).append(article)
        return tuple(
            DayGroup(day_text(day, self.around.calendar), self.day_href(day), self.entries(found))
            for day, found in groups.items()
        )

    def day_href(self, day: str) -> str:
        """Return the link to a day's briefing, "" where that day has none."""
        return self.around.href(route.briefing(day)) if day in self.site.days else ""
