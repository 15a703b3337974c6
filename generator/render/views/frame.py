"""What all HTML views share: the site around a page, the page itself, and the small values they are made of."""

from __future__ import annotations

from collections.abc import Callable

from generator.digest import digest_of
from generator.model.article import Extras
from generator.named import NamedTuple


class Link(NamedTuple):
    """A label and where it leads; `current` says that the page it leads to is this one."""

    label: str
    href: str
    current: bool = False


class DateText(NamedTuple):
    """A day or moment as text, so that no template can ask it for today.

    `iso` fits HTML's `datetime`; `words` is `Thursday 2 January 2020`; `short` is `2 January 2020`; `time` is `09:30`
    or "" when only the day is known.
    """

    iso: str
    words: str
    short: str
    time: str = ""


class TopicLink(NamedTuple):
    """A topic as other pages name it."""

    id: str
    name: str
    href: str


class CorrectionLine(NamedTuple):
    """One correction: when, its kind as a key of the theme's strings (`corrected` …), the text.

    `subject` and `href` name the thing corrected; they are "" on the thing's own page.
    """

    date: DateText
    kind: str
    text: str
    subject: str = ""
    href: str = ""


class SiteView(NamedTuple):
    """The site around every page; the same for all of them.

    `base` is "" or "/briefs", to be put before addresses a theme writes itself; `url` is the absolute base, with its
    last `/`.
    `assets` is the address of the theme's files. `options` are the theme options of `site.yaml`.
    `preview` is true only in the dev server's own folder, where drafts and held articles are shown and marked.
    """

    title: str
    description: str
    language: str
    url: str
    base: str
    home: str
    assets: str
    menu: tuple[Link, ...]
    feeds: tuple[Link, ...]
    options: Extras
    generator: str
    preview: bool = False


class SharedSite:
    """A SiteView with its digest, computed once per build. Templates read its fields as if it were the view."""

    __slots__ = ("digest", "view")

    def __init__(self, view: SiteView) -> None:
        self.view = view
        self.digest = digest_of("site", view)

    def __getattr__(self, name: str) -> object:
        return getattr(self.view, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SharedSite) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


class Page(NamedTuple):
    """One HTML page: what its head says and where it stands.

    `kind` is one of `home briefing month year archive article topics topic topic-month corrections page not-found held
    redirect`.
    `canonical` is absolute; `description` is plain text; `structured` is JSON for `application/ld+json` or "".
    `trail` leads from home to here, this page left out. `feeds` are this page's own feeds.
    """

    kind: str
    address: str
    canonical: str
    title: str
    description: str = ""
    lang: str = ""
    dir: str = ""
    noindex: bool = False
    trail: tuple[Link, ...] = ()
    feeds: tuple[Link, ...] = ()
    structured: str = ""
    published: str = ""


class Body:
    """A text's HTML, made when a template asks for it; its digest covers everything it is made of.

    Templates write `{{ article.body }}`; it is safe HTML already.
    """

    __slots__ = ("_make", "digest")

    def __init__(self, digest: bytes, make: Callable[[], str]) -> None:
        self.digest = digest
        self._make = make

    def __html__(self) -> str:
        return self._make()

    def __str__(self) -> str:
        return self.__html__()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Body) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)
