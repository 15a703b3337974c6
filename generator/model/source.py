"""A source: an outlet, what kind it is, and what its rights let a site show."""

from __future__ import annotations

from typing import NamedTuple

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
