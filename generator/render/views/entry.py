"""An entry: what any list may show of an article."""

from __future__ import annotations

from collections.abc import Callable

from generator.model.article import Article
from generator.model.site import address_of
from generator.model.source import Source
from generator.named import NamedTuple
from generator.render.views.frame import DateText, Link, TopicLink
from generator.render.views.shown import shown
from generator.render.views.words import Around, credit_of, language_of, optional_date


class EntryView(NamedTuple):
    """An article as lists show it.

    `title` may be in another language: `lang` and `dir` are "" where they are the site's. `summary` is plain text, cut
    to what the source's rights allow. `date.time` is "" when only the day is known. `source` is the outlet's name, ""
    for own writing; `source_kind` is a key of the theme's strings. `original` is the address of the original or "".
    `confidence` is a key of the theme's strings or "". `also` are the outlets that carried the same story.
    `marks` are `draft` and `held`, in previews only.
    """

    id: str
    href: str
    title: str
    lang: str
    dir: str
    summary: str
    date: DateText | None
    source: str
    source_kind: str
    original: str
    topics: tuple[TopicLink, ...]
    confidence: str
    corrected: bool
    also: tuple[Link, ...]
    marks: tuple[str, ...] = ()


class Entry:
    """An EntryView made when a list that shows it is rendered; its digest covers everything the view is made of.

    Templates read its fields as if it were the view.
    """

    __slots__ = ("_made", "_make", "digest")

    def __init__(self, digest: bytes, make: Callable[[], EntryView]) -> None:
        self.digest = digest
        self._make = make
        self._made: EntryView | None = None

    @property
    def view(self) -> EntryView:
        """What lists may show."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def __getattr__(self, name: str) -> object:
        return getattr(self.view, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


class Item(NamedTuple):
    """An entry at one place in a briefing, with the editor's own sentence (HTML or "") and the copies named there."""

    entry: Entry
    note: str = ""
    also: tuple[Link, ...] = ()


class DayGroup(NamedTuple):
    """The entries of one day in a listing, newest first; `href` leads to the day's briefing."""

    date: DateText
    href: str
    entries: tuple[Entry, ...]


class Beside(NamedTuple):
    """What an entry shows besides its article: its outlet, its topics, the outlets that carried the same story."""

    source: Source | None
    topics: tuple[TopicLink, ...]
    also: tuple[Link, ...]


def entry_view(around: Around, article: Article, beside: Beside) -> EntryView:
    """Return an article as every list shows it, its words within the source's rights."""
    source = beside.source
    lang, direction = language_of(article, around)
    return EntryView(
        id=article.id,
        href=around.href(address_of(article)),
        title=article.title,
        lang=lang,
        dir=direction,
        summary=shown(article, source).summary,
        date=optional_date(article.date, around.calendar),
        source=credit_of(article, source),
        source_kind=source.kind if source is not None else "",
        original=article.source.url,
        topics=beside.topics,
        confidence=article.confidence,
        corrected=bool(article.corrections),
        also=beside.also,
        marks=marks_of(article),
    )


def marks_of(article: Article) -> tuple[str, ...]:
    """Return what a preview marks an article with: `draft`, `held`, or nothing."""
    return ("draft",) * article.draft + ("held",) * bool(article.held)
