"""A page of the site that is no article: about, method, contact."""

from __future__ import annotations

from generator.model.article import BodyLink, Extras
from generator.named import NamedTuple


class ContentPage(NamedTuple):
    """One file of `content/pages/`; `body` is the digest of its text."""

    path: str
    title: str
    slug: str
    body: bytes
    summary: str = ""
    noindex: bool = False
    extra: Extras = Extras()
    redirect_from: tuple[str, ...] = ()
    links: tuple[BodyLink, ...] = ()
    files: tuple[str, ...] = ()
