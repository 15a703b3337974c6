"""One entry of a feed: its fields as the feed writes them, and the raw report they make."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from generator.ingest.fragment import line_of, page_of, text_of
from generator.ingest.mail import moment_of_mail
from generator.ingest.page_date import read_moment
from generator.ingest.raw import HTML, TEXT, RawItem, Stated

# Prefixes whose names mean the same without them; all others (pictures, podcasts, counts) are of no use here.
SEEN = ("content", "dc", "dcterms", "atom", "a10")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WEB = re.compile(r"https?://[^\s<>\"]+")
_FULL = ("encoded", "content")
_SHORT = ("description", "summary", "abstract")
_VOID = ("br", "hr", "img", "wbr", "source")
_MOST_SUMMARY = 80


class Entry:
    """The fields of one entry while it is read; the first of each name counts."""

    def __init__(self) -> None:
        self.link = ""
        self._fields: dict[str, str] = {}
        self._open = ""
        self._parts: list[str] = []
        self._is_markup = False

    def begin(self, name: str, attributes: dict[str, str], depth: int) -> None:
        """Note that an element begins, `depth` below the entry."""
        if depth == 0:
            self._open, self._parts = name, []
            self._is_markup = attributes.get("type") == "xhtml"
            address = attributes.get("href", "")
            if name == "link" and attributes.get("rel", "alternate") == "alternate" and _WEB.match(address):
                self.link = self.link or address.strip()
            if name == "guid" and attributes.get("isPermaLink", "true") != "false":
                self._open = "guid"
                self._fields.setdefault("permalink", "yes")
        elif depth == 1 and self._open == "author" and name in ("name", "email", "uri"):
            self._parts = [] if name == "name" else self._parts
            self._open = f"author {name}"
        elif self._is_markup:
            kept = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if key in ("href", "src"))
            self._parts.append(f"<{name}{kept}>")

    def words(self, text: str) -> None:
        """Note text."""
        self._parts.append(escape(text, quote=False) if self._is_markup else text)

    def end(self, name: str, depth: int) -> None:
        """Note that an element ends."""
        if self._open.startswith("author "):
            self._fields.setdefault(self._open, "".join(self._parts).strip())
            self._open, self._parts = "author", []
        elif depth == 0:
            text = "".join(self._parts).strip()
            if text:
                self._fields.setdefault(self._open, text)
        elif self._is_markup and name not in _VOID:
            self._parts.append(f"</{name}>")

    def first(self, *names: str) -> str:
        """Return the first field of these names that says something."""
        return next((self._fields[name] for name in names if self._fields.get(name)), "")

    @property
    def address(self) -> str:
        """The web address of the report, "" for none."""
        own = self.first("guid") if self._fields.get("permalink") else ""
        places = (self.first("origLink"), self.first("link"), self.link, own)
        return next((found[0] for place in places if (found := _WEB.match(place.strip()))), "")


def xml_entry(name: str, content: bytes, entry: Entry, stated: Stated) -> RawItem:
    """Return an entry of RSS or Atom as a raw item."""
    html = entry.first(*_FULL) or entry.first(*_SHORT)
    summary = entry.first(*_SHORT) if entry.first(*_FULL) else ""
    moments = (entry.first(field) for field in ("pubDate", "published", "issued", "date", "created", "updated"))
    author = line_of(entry.first("author name", "creator", "author"))
    return _item(
        name,
        content,
        html,
        stated._replace(
            title=line_of(entry.first("title")),
            date=next((moment for text in moments if (moment := _moment(text))), ""),
            url=entry.address,
            authors=(author,) if author and "@" not in author else (),
            summary=_summary(summary, html),
        ),
    )


def json_entry(name: str, content: bytes, item: dict[str, Any], stated: Stated) -> RawItem:
    """Return an item of a JSON Feed as a raw item."""
    html = _text(item, "content_html") or "".join(
        f"<p>{escape(line)}</p>" for line in _text(item, "content_text").split("\n") if line.strip()
    )
    summary = _text(item, "summary")
    found = _WEB.match(_text(item, "url") or _text(item, "external_url"))
    writers = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    return _item(
        name,
        content,
        html or escape(summary),
        stated._replace(
            title=line_of(_text(item, "title")),
            date=_moment(_text(item, "date_published")) or _moment(_text(item, "date_modified")),
            url=found[0] if found else "",
            authors=tuple(line_of(_text(one, "name")) for one in writers or () if _text(one, "name")),
            summary=_summary(escape(summary), html),
            language=_text(item, "language") or stated.language,
        ),
    )


def _item(name: str, content: bytes, html: str, stated: Stated) -> RawItem:
    plain = text_of(html)
    text = page_of(html, stated) if "<" in html else plain
    return RawItem(name, content, text, HTML if "<" in html else TEXT, "utf-8", (), stated, plain, is_bare=True)


def _summary(short: str, html: str) -> str:
    """Return an entry's summary, unless it is no more than the beginning of its text."""
    words = line_of(text_of(short)).rstrip(".… ")
    is_opening = " ".join(text_of(html).split()).startswith(words[:80])
    return "" if not words or is_opening or len(words.split()) > _MOST_SUMMARY else line_of(text_of(short))


def _moment(text: str) -> str:
    """Return the moment that a feed states, its day alone where clock or zone is wanting and at midnight."""
    found = _ISO_DAY.match(text.strip())
    if found is not None:
        return read_moment(text) or found[0]
    moment = moment_of_mail(text) if text.strip() else ""
    return moment[:10] if moment[10:16] == "T00:00" else moment


def _text(value: Any, key: str) -> str:
    held = value.get(key) if isinstance(value, dict) else None
    return held if isinstance(held, str) else ""
