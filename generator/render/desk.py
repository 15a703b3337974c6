"""The desk of one build: a site with the small values its pages share, each made once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from generator.digest import DIGEST_BYTES, digest_of
from generator.model import route
from generator.model.arrange import folded
from generator.model.article import Article
from generator.model.site import Site
from generator.model.source import Source
from generator.render.views.entry import Beside, DayGroup, Entry, entry_view
from generator.render.views.frame import Link, TopicLink
from generator.render.views.words import Around, copy_links, day_text, topic_link


class Desk:
    """Makes entries and links on demand and keeps them for the length of one build."""

    def __init__(self, site: Site, *, preview: bool = False) -> None:
        config = site.config
        self.site = site
        self.around = Around(config.base_path, config.base_url, config.title, config.language, preview)
        self.topics = {topic.id: topic_link(self.around, topic) for topic in site.topics.values()}
        self._entries: dict[str, Entry] = {}
        self._beside: dict[tuple[str, tuple[str, ...]], bytes] = {}
        self._topic_links: dict[tuple[str, ...], tuple[TopicLink, ...]] = {}

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
            around = self.around
            beside = Beside(self.source(article), self.topic_links(article), self.also(article))
            # The reference covers what the view takes from the article, the rest is much the same for many.
            digest = blake2b(
                article.reference + self._digest_beside(article, beside), digest_size=DIGEST_BYTES
            ).digest()
            found = Entry(digest, lambda: entry_view(around, article, beside))
            self._entries[article.id] = found
        return found

    def _digest_beside(self, article: Article, beside: Beside) -> bytes:
        if beside.also:
            return digest_of("entry", self.around, beside)
        known = (article.source.key, article.own_topics)
        found = self._beside.get(known)
        if found is None:
            found = digest_of("entry", self.around, beside)
            self._beside[known] = found
        return found

    def entries(self, articles: Iterable[Article]) -> tuple[Entry, ...]:
        """Return the articles as lists show them, in their order."""
        return tuple(map(self.entry, articles))

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
