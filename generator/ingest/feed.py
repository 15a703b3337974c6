"""Read feeds (RSS, Atom, JSON Feed): each entry is a raw report of its own, its bytes those the feed has for it.

An entry is known again by what the feed calls it. XML is read without its document type: a feed that declares entities
is refused, nothing is fetched, and depth and number are bounded.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from generator.errors import IngestError
from generator.ingest.encoding import decoded
from generator.ingest.entry import SEEN, Entry, json_entry, xml_entry
from generator.ingest.raw import RawItem, Stated, bare_text, unpacked
from generator.named import NamedTuple
from generator.text.addresses import split_url

MOST_ENTRIES = 10_000
DEEPEST = 200
_ROOT = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<\?xml-stylesheet[^>]*>\s*|<!--(?:(?!-->).)*-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*"
    r"<(?:\w+:)?(?:rss|feed|RDF|item|entry)[\s>/]",
    re.DOTALL,
)
_OTHER_XML = re.compile(r"\s*<(?:\?xml\b|svg\b|urlset\b|sitemapindex\b)")
_TAG = re.compile(r"<[^<>]*>")
_JSON_FEED = b"jsonfeed.org/version/"
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_LOOSE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:(\w{2,30});)?")
_JSON_VERSION = "https://jsonfeed.org/version/1.1"


class Part(NamedTuple):
    """One entry of a feed as bytes that stand by themselves, what it is called, and what the feed says of itself."""

    content: bytes
    entry: str
    stated: Stated


def is_feed(content: bytes) -> bool:
    """Say whether bytes begin like a feed, or like an entry that was kept by itself."""
    head = content[:8192].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        return _JSON_FEED in content[:65_536] or _JSON_FEED in content[-4096:]
    if b"<" not in head:
        return False
    try:
        return _ROOT.match(decoded("", content[:8192])[0]) is not None
    except IngestError:
        # What is no text is told where the file has its name.
        return False


def is_other_xml(text: str) -> bool:
    """Say whether a text is XML of a kind that holds no report."""
    if re.search(r"(?i)<(?:!doctype\s+)?html\b", text[:2000]) or not text.lstrip().startswith("<"):
        return False
    return _OTHER_XML.match(text) is not None or 10 * len(_TAG.sub("", text)) < len(text) - 2_000


def split_feed(name: str, content: bytes) -> Iterator[Part]:
    """Yield the entries of a feed; raises IngestError when it cannot be read, or has none.

    A name that several entries have says nothing; these are known by their bytes alone.
    """
    text = bare_text(decoded(name, unpacked(name, content))[0]).lstrip("\ufeff")
    parts = _json_parts(name, text) if text.lstrip().startswith("{") else _xml_parts(name, text)
    if not parts:
        raise IngestError(f"{name}: there is no entry in this feed. Fetch it again when it has some.")
    times = Counter(part.entry for part in parts)
    for part in parts:
        yield part if times[part.entry] == 1 else part._replace(entry="")


def _xml_parts(name: str, text: str) -> list[Part]:
    read = _parsed(name, text)
    site = Stated(site=read.title, language=read.language)
    return [
        Part(read.content[start:end], _called(entry.first("guid", "id"), entry.address, read.title), site)
        for start, end, entry in read.entries
    ]


def read_entry(name: str, content: bytes, stated: Stated) -> RawItem:
    """Return one entry of a feed as a raw item."""
    text = decoded(name, content)[0]
    if text.lstrip().startswith("{"):
        return json_entry(name, content, json.loads(text)["items"][0], stated)
    entries = _parsed(name, text).entries
    if not entries:
        raise IngestError(f"{name}: there is no entry in this feed.")
    return xml_entry(name, content, entries[0][2], stated)


def _called(own: str, address: str, site: str) -> str:
    """Return what an entry is called for good.

    Numbers are another feed's names too, so the names of its site stand before them; where it has none, they name
    nothing.
    """
    if not own or ":" in own:
        return own or address
    host = split_url(address).hostname or ""
    return f"{site} {host}: {own}" if site or host else ""


def _json_parts(name: str, text: str) -> list[Part]:
    try:
        feed = json.loads(text)
        items = feed["items"] if isinstance(feed, dict) else None
    except (ValueError, RecursionError, KeyError) as fault:
        raise IngestError(f"{name}: this JSON Feed is broken ({fault}). Fetch it again.") from fault
    if not isinstance(items, list):
        raise IngestError(f'{name}: this JSON Feed has no list of "items". Fetch it again, or take in its pages.')
    if len(items) > MOST_ENTRIES:
        raise IngestError(f"{name}: this JSON Feed has more than {MOST_ENTRIES:,} entries. Split it.")
    site = Stated(site=_words(feed, "title"), language=_words(feed, "language"))
    return [_json_part(item, site) for item in items if isinstance(item, dict)]


def _json_part(item: dict[str, Any], site: Stated) -> Part:
    alone = {"version": _JSON_VERSION, "items": [item]}
    content = json.dumps(alone, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8", "replace")
    own, url = (str(value) if isinstance(value := item.get(key), (str, int, float)) else "" for key in ("id", "url"))
    return Part(content, _called(own, url, site.site), site)


def _words(feed: dict[str, Any], key: str) -> str:
    value = feed.get(key)
    return value if isinstance(value, str) else ""


def _parsed(name: str, text: str) -> _Reading:
    # Names of HTML's entities and bare ampersands are the commonest faults of feeds, and their sense is plain.
    reading = _Reading("".join(_mended(piece) for piece in _CDATA.split(text)) if _LOOSE.search(text) else text)
    if reading.fault is not None:
        raise IngestError(f"{name}: this feed cannot be read: {reading.fault}. Fetch it again, or take in its pages.")
    return reading


def _mended(piece: str) -> str:
    if piece.startswith("<![CDATA["):
        return piece
    from html import unescape

    def character(found: re.Match[str]) -> str:
        read = unescape(found[0])
        return f"&#{ord(read)};" if found[1] and len(read) == 1 else f"&amp;{found[0][1:]}"

    return _LOOSE.sub(character, piece)


class _Hostile(Exception):
    """The feed declares what no feed needs."""


class _Reading:
    """One pass over a feed: where its entries begin and end in `content`, and what they hold."""

    def __init__(self, text: str) -> None:
        self.content = text.encode("utf-8", "replace")
        self.entries: list[tuple[int, int, Entry]] = []
        self.title = self.language = ""
        self.fault: str | None = None
        self._path: list[str] = []
        self._own = ""
        self._entry: Entry | None = None
        self._start = self._depth = 0
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        try:
            parser.Parse(self.content, True)
        except _Hostile as fault:
            self.fault = str(fault)
        except expat.ExpatError as fault:
            self.fault = f"line {fault.lineno} is not XML ({expat.ErrorString(fault.code)})"

    def _entity(self, *_: Any) -> None:
        raise _Hostile("it declares entities, which no feed needs")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._path) >= DEEPEST:
            raise _Hostile(f"it is nested more than {DEEPEST} levels deep")
        prefix, _, local = name.rpartition(":")
        if not self._path:
            self._own = prefix
            self.language = attributes.get("xml:lang", "")
        known = local if prefix in ("", self._own) or prefix in SEEN else f"{prefix}:{local}"
        if self._entry is not None:
            self._entry.begin(known, attributes, len(self._path) - self._depth)
        elif known in ("item", "entry"):
            if len(self.entries) >= MOST_ENTRIES:
                raise _Hostile(f"it has more than {MOST_ENTRIES:,} entries")
            self._entry, self._start, self._depth = Entry(), self._parser.CurrentByteIndex, len(self._path) + 1
        self._path.append(known)

    def _words(self, text: str) -> None:
        if self._entry is not None:
            self._entry.words(text)
        elif self._path[-2:] in (["channel", "title"], ["feed", "title"]):
            self.title += text
        elif self._path[-1:] == ["language"]:
            self.language += text

    def _end(self, name: str) -> None:
        known = self._path.pop()
        if self._entry is None:
            return
        if len(self._path) + 1 == self._depth:
            # Of an entry that is one empty tag the parser has read past the end already.
            begin = self.content.find(b">", self._start)
            at = begin if self.content[begin - 1 : begin] == b"/" else self._parser.CurrentByteIndex
            end = self.content.find(b">", at) + 1
            self.entries.append((self._start, end, self._entry))
            self._entry = None
        else:
            self._entry.end(known, len(self._path) - self._depth)
