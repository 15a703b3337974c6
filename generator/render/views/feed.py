"""Feeds as values: what an Atom file says, before it is written as one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from generator.digest import digest_of
from generator.model import route
from generator.model.article import Article
from generator.model.briefing import Briefing
from generator.model.site import address_of
from generator.named import NamedTuple
from generator.render.views.briefing import Arranged
from generator.render.views.entry import Beside, Item
from generator.render.views.frame import Body, CorrectionLine, Link
from generator.render.views.shown import Shown
from generator.render.views.words import Around, credit_of, day_text
from generator.text.dates import utc_text
from generator.text.html import escape


class FeedEntry(NamedTuple):
    """One entry. Times are UTC (`2020-01-02T06:30:00Z`); `content` is HTML within rights, a Body made late, or "".

    `id` is a `tag:` URI of host, first day and article id: it survives every rename. `also` are the outlets that
    carried the same story.
    """

    id: str
    href: str
    title: str
    published: str
    updated: str
    summary: str
    content: Body | str
    author: str
    topics: tuple[str, ...]
    lang: str = ""
    also: tuple[Link, ...] = ()


class FeedView(NamedTuple):
    """One feed: `address` is its own absolute address, `home` the page it belongs to; `updated` its newest entry's."""

    id: str
    address: str
    home: str
    title: str
    subtitle: str
    language: str
    author: str
    updated: str
    entries: tuple[SharedFeedEntry, ...]


class SharedFeedEntry:
    """A FeedEntry with its digest and its newest moment, shared by every feed that carries it.

    One that is known from an earlier build is made by `make` where it must be written anew.
    """

    __slots__ = ("_make", "digest", "updated")

    def __init__(self, digest: bytes, updated: str, make: Callable[[], FeedEntry]) -> None:
        self.digest = digest
        self.updated = updated
        self._make = make

    @classmethod
    def of(cls, view: FeedEntry) -> SharedFeedEntry:
        """Return an entry that is made already."""
        return cls(digest_of("feed entry", view), view.updated, lambda: view)

    @property
    def view(self) -> FeedEntry:
        """What the feed says."""
        return self._make()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SharedFeedEntry) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def article_entry(around: Around, article: Article, beside: Beside, words: Shown, body: Body | None) -> SharedFeedEntry:
    """Return an article as feeds carry it, with what stands beside it; words and body are within its rights."""
    source = beside.source
    published = utc_text(article.date.instant) if article.date else ""
    newest = max([moment.instant for moment in (article.date, article.updated) if moment is not None], default=0)
    corrected = max((correction.at.instant for correction in article.corrections), default=0)
    return SharedFeedEntry.of(
        FeedEntry(
            id=tag_uri(around, article.date.day if article.date else "", article.id),
            href=around.absolute(address_of(article)),
            title=article.title,
            published=published,
            updated=utc_text(max(newest, corrected)),
            summary=words.summary,
            content=body if body is not None else "",
            author=credit_of(article, source) or around.title,
            topics=tuple(topic.name for topic in beside.topics),
            lang=article.lang,
            also=beside.also,
        )
    )


def feed_view(around: Around, title: str, addresses: tuple[str, str], entries: tuple[SharedFeedEntry, ...]) -> FeedView:
    """Return a feed; `addresses` are its own and that of the page it belongs to."""
    address, home = addresses
    return FeedView(
        id=around.absolute(address),
        address=around.absolute(address),
        home=around.absolute(home),
        title=title,
        subtitle="",
        language=around.language,
        author=around.title,
        updated=max((entry.updated for entry in entries), default="1970-01-01T00:00:00Z"),
        entries=entries,
    )


def tag_uri(around: Around, day: str, name: str) -> str:
    """Return the `tag:` URI (RFC 4151) of a thing first published on `day` at this site's host."""
    host = around.url.split("://", 1)[1].split("/", 1)[0].split(":", 1)[0].split("@")[-1]
    return f"tag:{host},{day or '1970-01-01'}:{name}"


def correction_entry(around: Around, line: CorrectionLine) -> SharedFeedEntry:
    """Return one correction as its feed carries it."""
    origin = around.url.removesuffix(around.base + "/")
    at = _utc(line.date.iso)
    return SharedFeedEntry.of(
        FeedEntry(
            id=tag_uri(around, line.date.iso[:10], digest_of(line.href, line.date.iso, line.kind).hex()[:12]),
            href=origin + line.href,
            title=line.subject,
            published=at,
            updated=at,
            summary=line.text,
            content="",
            author=around.title,
            topics=(line.kind,),
        )
    )


def briefing_entry(
    around: Around, day: str, briefing: Briefing | None, arrangement: Arranged, articles: tuple[Article, ...]
) -> SharedFeedEntry:
    """Return a day's briefing as its feed carries it, whole: mail services send from it."""
    moments = [article.date.instant for article in articles if article.date is not None]
    as_of = briefing.as_of if briefing is not None else None
    stamped = utc_text(as_of.instant if as_of is not None else max(moments)) if as_of or moments else f"{day}T00:00:00Z"
    corrected = max((correction.at.instant for correction in briefing.corrections), default=0) if briefing else 0
    lead = arrangement.lead.entry.view if arrangement.lead is not None else None
    takeaways = briefing.takeaways if briefing is not None else ()
    return SharedFeedEntry.of(
        FeedEntry(
            id=tag_uri(around, day, "briefing"),
            href=around.absolute(route.briefing(day)),
            title=(briefing.title if briefing is not None else "") or day_text(day, around.calendar).words,
            published=stamped,
            updated=max(stamped, utc_text(corrected)),
            summary=" ".join(takeaways) or (lead.title if lead is not None else ""),
            content=briefing_html(arrangement, takeaways),
            author=around.title,
            topics=(),
        )
    )


def briefing_html(arrangement: Arranged, takeaways: tuple[str, ...]) -> str:
    """Return a day as plain HTML: takeaways, the lead, then sections of entries."""
    parts = []
    if takeaways:
        parts.append("<ul>" + "".join(f"<li>{escape(takeaway)}</li>" for takeaway in takeaways) + "</ul>\n")
    if arrangement.lead is not None:
        parts.append(f"<p>{_item_html(arrangement.lead)}</p>\n")
    for section in arrangement.sections:
        parts.append(f"<h2>{escape(section.title)}</h2>\n" if section.title else "<hr/>\n")
        parts.append(section.prose)
        if section.items:
            parts.append("<ul>" + "".join(f"<li>{_item_html(item)}</li>" for item in section.items) + "</ul>\n")
    return "".join(parts)


def _item_html(item: Item) -> str:
    entry = item.entry.view
    words = item.note or escape(entry.summary)
    source = f" ({escape(entry.source)})" if entry.source else ""
    return f'<a href="{escape(entry.href)}">{escape(entry.title)}</a>{source} {words}'.rstrip()


def _utc(iso: str) -> str:
    """Return a view's moment in UTC; of a day alone, its first second there."""
    if "T" not in iso:
        return f"{iso}T00:00:00Z"
    return utc_text(int(datetime.fromisoformat(iso).timestamp()))
