"""The desk of one build: a site with the small values its pages share, each made once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.digest import digest_of
from generator.model import route
from generator.model.arrange import folded
from generator.model.article import Article
from generator.model.site import Site
from generator.model.source import Source
from generator.render.views.entry import Beside, DayGroup, Entry, EntryView, entry_view
from generator.render.views.frame import Link, TopicLink
from generator.render.views.words import Around, copy_links, day_text, topic_link


class Listing(NamedTuple):
    """The articles of one topic, newest first, copies folded; `months` are the same by month.

    `signs` holds for each month what stands for all that a list takes from its articles, `sign` for the whole.
    """

    articles: list[Article]
    months: dict[str, list[Article]]
    signs: dict[str, bytes]
    sign: bytes


class Desk:
    """Makes entries and links on demand and keeps them for the length of one build.

    `signs` holds for each article's id what stands for all that other pages take from it: what they show, and what
    decides where they place it. Equal signs, equal lists; so lists need not be made to know that they are as they were.
    """

    def __init__(self, site: Site, *, preview: bool = False) -> None:
        config = site.config
        self.site = site
        self.around = Around(config.base_path, config.base_url, config.title, config.language, preview)
        self.topics = {topic.id: topic_link(self.around, topic) for topic in site.topics.values()}
        self.topics_sign = digest_of("topics", tuple(self.topics.values()))
        self._entries: dict[str, Entry] = {}
        self._beside: dict[tuple[str, tuple[str, ...]], bytes] = {}
        self._topic_links: dict[tuple[str, ...], tuple[TopicLink, ...]] = {}
        self._listings: dict[str, Listing] = {}
        self.signs = {article.id: self._sign(article) for article in site.articles}

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
            # The reference covers what the view takes from the article, the rest is the same for many.
            found = Entry(article.reference + self._digest_beside(article), lambda: self._entry_view(article))
            self._entries[article.id] = found
        return found

    def _entry_view(self, article: Article) -> EntryView:
        beside = Beside(self.source(article), self.topic_links(article), self.also(article))
        return entry_view(self.around, article, beside)

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
        return sign

    def signs_of(self, articles: Iterable[Article]) -> tuple[bytes, ...]:
        """Return what stands for a list of these articles."""
        signs = self.signs
        return tuple([signs[article.id] for article in articles])

    def entries(self, articles: Iterable[Article]) -> tuple[Entry, ...]:
        """Return the articles as lists show them, in their order."""
        return tuple(map(self.entry, articles))

    def listing(self, topic: str) -> Listing:
        """Return the articles of a topic."""
        found = self._listings.get(topic)
        if found is None:
            articles = folded(self.site.by_topic[topic])
            months: dict[str, list[Article]] = {}
            for article in articles:
                if article.date is not None:
                    months.setdefault(article.date.day[:7], []).append(article)
            signs = {month: digest_of(self.signs_of(one)) for month, one in months.items()}
            found = Listing(articles, months, signs, digest_of(tuple(signs.items())))
            self._listings[topic] = found
        return found

    def by_day(self, articles: Sequence[Article]) -> tuple[DayGroup, ...]:
        """Return articles, already newest first and of known days, grouped by their own day; copies fold."""
        groups: dict[str, list[Article]] = {}
        for article in folded(articles):
            if article.date is not None:
                groups.setdefault(article.date.day, []).append(article)
        return tuple(DayGroup(day_text(day), self.day_href(day), self.entries(found)) for day, found in groups.items())

    def day_href(self, day: str) -> str:
        """Return the link to a day's briefing, "" where that day has none."""
        return self.around.href(route.briefing(day)) if day in self.site.days else ""
