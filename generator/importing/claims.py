"""What of a site is taken already: paths, addresses, originals; what is imported gets a place beside it.

Everything is claimed before anything is written, so that the finished site builds.
"""

from __future__ import annotations

import re
from typing import Any

from generator.importing.ground import Site
from generator.model import route
from generator.model.article import Article
from generator.model.site import address_of
from generator.text.addresses import canonical_url

OWN_SEGMENTS = (
    "articles", "assets", "briefings", "corrections", "held", "search", "sources", "stories", "topics", "trends",
)  # fmt: skip
_OWN = re.compile(
    rf"/(?:(?:index|404)\.html|(?:assets|held)/.*|(?:{'|'.join(OWN_SEGMENTS)})/(?:index\.html)?|briefings/[\dw].*)?",
    re.IGNORECASE,
)


class Claims:
    """What stands in a site and what has been promised a place in it."""

    def __init__(self, site: Site) -> None:
        self.content = site.root / "content"
        loaded = site.loaded
        self._paths: set[str] = set()
        self._numbers: dict[tuple[str, str], int] = {}
        groups = (loaded.published.articles, loaded.held, loaded.drafts, loaded.scheduled, loaded.expired)
        articles: list[Article] = [article for group in groups for article in group]
        self._days = {(article.date.day, article.slug) for article in articles if article.date}
        self._pages = {page.slug for page in loaded.published.pages}
        self._urls = {canonical_url(article.source.url): article.path for article in articles if article.source.url}
        self._topics = {topic.id for topic in loaded.published.topics}
        self._addresses = {address_of(article).casefold() for article in articles}
        self._addresses |= {route.content_page(slug).casefold() for slug in self._pages}
        self._addresses |= {route.briefing(briefing.day) for briefing in loaded.published.briefings}
        redirected: tuple[Any, ...] = (*articles, *loaded.published.topics, *loaded.published.pages)
        self._redirects = {whole(old) for value in redirected for old in value.redirect_from}

    def article(self, day: str, slug: str) -> str:
        """Return a free content path for an article; `day` is "" for one that is held without a day."""
        folder = f"articles/{day.replace('-', '/')}" if day else "articles/held"
        name = slug
        while (day, name) in self._days or not self._take(f"{folder}/{name}.md"):
            name = f"{slug[:74]}-{self._next(folder, slug)}"
        self._days.add((day, name))
        if day:
            self._addresses.add(route.article(day, name).casefold())
        return f"{folder}/{name}.md"

    def page(self, slug: str) -> str:
        """Return a free content path for a page."""
        name = slug
        while name in self._pages or name in OWN_SEGMENTS or not self._take(f"pages/{name}.md"):
            name = f"{slug[:74]}-{self._next('pages', slug)}"
        self._pages.add(name)
        self._addresses.add(route.content_page(name).casefold())
        return f"pages/{name}.md"

    def url(self, url: str, path: str) -> str:
        """Claim the address of an original for the article at `path`, and return the path of the one that has it."""
        return self._urls.setdefault(canonical_url(url), path)

    def redirect(self, old: str, new: str) -> bool:
        """Claim an old address for what stands at `new`; False where something else stands, or leads on, there."""
        form = whole(old)
        topic = form.split("/")[2] if form.startswith("/topics/") else ""
        if _OWN.fullmatch(form) or form in self._addresses or form in self._redirects or topic in self._topics:
            return False
        if (self.content / "static" / route.output_path(form)[:1000]).exists():
            return False
        self._redirects.add(form)
        return True

    def _next(self, folder: str, slug: str) -> int:
        self._numbers[folder, slug] = self._numbers.get((folder, slug), 1) + 1
        return self._numbers[folder, slug]

    def _take(self, path: str) -> bool:
        if path in self._paths or (self.content / path).exists():
            return False
        self._paths.add(path)
        return True


def whole(old: str) -> str:
    """Return an old address in the form two of them are compared in."""
    form = old.removesuffix("index.html") if old.endswith("/index.html") else old
    return (form if form.endswith((".html", "/")) else f"{form}/").casefold()
