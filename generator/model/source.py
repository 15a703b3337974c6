"""A source: an outlet, what kind it is, and what its rights let a site show."""

from __future__ import annotations

from generator.model.article import Article
from generator.named import NamedTuple

SOURCE_KINDS = ("wire", "official", "state-media", "local", "analysis", "own")
RIGHTS = ("full", "excerpt", "link")
EXCERPT_WORDS = 60


class Source(NamedTuple):
    """One outlet.

    A new source is `excerpt` until a person says `full`; `excerpt_words` counts title, summary and body together.
    """

    key: str
    name: str
    path: str = ""
    home: str = ""
    domains: tuple[str, ...] = ()
    kind: str = "wire"
    rights: str = "excerpt"
    excerpt_words: int = EXCERPT_WORDS
    boilerplate: tuple[str, ...] = ()


def rights_of(article: Article, source: Source | None) -> str:
    """Return the rights an article is shown under: its source's; of a source named only in place, an excerpt's."""
    if source is not None:
        return source.rights
    return "excerpt" if article.source.key or article.source.name or article.source.url else "full"
