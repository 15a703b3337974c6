"""The one door to warcio: the pages in a web archive (WARC), each a raw file of its own, read one after the other.

An archive may be larger than memory; only one page of it is held at a time. What is no page, and what did not come,
is passed over. A page that is damaged, or in which the archive ends, is told, and not taken in as if it were whole.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from generator.errors import IngestError
from generator.ingest.fit import seen
from generator.ingest.members import Members, is_packed, is_warc
from generator.ingest.packing import Packed, body_of
from generator.ingest.raw import HTML, MOST_BYTES, NOTHING_STATED, Stated, kind_of
from generator.named import NamedTuple

_PAGES = ("text/html", "application/xhtml+xml")
_START = 20_000
_BLOCK = 1 << 16
_FETCH = "Fetch the archive again, or what is missing by itself."
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


class Kept(NamedTuple):
    """One page of an archive; with a `fault` it could not be read."""

    content: bytes
    stated: Stated
    fault: str = ""


def is_warc_file(path: Path) -> bool:
    """Say whether a file is a web archive; one that cannot be read is none."""
    try:
        with path.open("rb") as file:
            return is_warc(file.read(4096))
    except OSError:
        return False


def pages_of(name: str, file: IO[bytes]) -> Iterator[Kept]:
    """Yield the pages of an archive; raises IngestError where it is broken, after all pages that can be read.

    Where each record is packed by itself, those behind a damaged one are read too.
    """
    members = Members(file) if is_packed(file) else None
    is_bare = True
    while True:
        try:
            for page in _pages(name, members or file):
                is_bare = False
                yield page
            break
        except _Damaged as damage:
            start, reached = (members.start, f"byte {members.reached:,}") if members else (0, "here")
            if members is None or not members.go_on():
                raise IngestError(f"{name}: the web archive {_end(damage, reached)}. {_FETCH}") from damage
            is_bare = False
            what = damage.url or "what stood there"
            where = f"bytes {start:,} to {members.start:,}: {damage}"
            yield Kept(b"", NOTHING_STATED, f"{name}: {what} is damaged in the web archive ({where}). {_FETCH}")
    if is_bare:
        raise IngestError(f"{name}: there is no page in this web archive. Take in the files that it holds one by one.")


class _CutShort(Exception):
    """The archive ends within a record."""


class _Damaged(Exception):
    """Where the reading of an archive ends before its end; `url` is the page in hand there."""

    def __init__(self, reason: str, url: str, *, is_cut_short: bool) -> None:
        super().__init__(reason)
        self.url = url
        self.is_cut_short = is_cut_short


def _end(damage: _Damaged, reached: str) -> str:
    if damage.is_cut_short:
        return f"ends in the middle of {damage.url or 'what it holds'}"
    within = f", in the middle of {damage.url}" if damage.url else ""
    return f"is broken from {reached} on{within} ({damage})"


def _pages(name: str, archive: IO[bytes] | Members) -> Iterator[Kept]:
    """Yield the pages of an archive up to its end or to what is damaged in it."""
    iterator, broken = _warcio()
    url, page, start = "", None, _start(archive)
    try:
        for record in iterator(archive):
            # A page waits for what comes behind it, because damaged data may go on as if it were the page's own.
            if page is not None:
                yield page
            url, page = _url(record), None
            page = _page(name, record)
            if _is_cut_short(record):
                page = None
                raise _CutShort("it ends too soon")
            start = _start(archive)
            url = url if page is not None else ""
        if isinstance(archive, Members) and archive.is_within:
            raise _CutShort("it ends too soon")
    except (_CutShort, broken, ValueError, EOFError, zlib.error) as fault:
        if page is not None and (start is None or start != _start(archive)):
            # The damage is in another member.
            yield page
            url = ""
        raise _Damaged(seen(str(fault)[:100]), url, is_cut_short=isinstance(fault, _CutShort)) from fault
    if page is not None:
        yield page


def _start(archive: IO[bytes] | Members) -> int | None:
    """Return where the member begins that is being read, or None where there are no members."""
    return archive.start if isinstance(archive, Members) else None


def _is_cut_short(record: Any) -> bool:
    """Say whether the archive ended before the length that the record's head states, or within that head."""
    if record.rec_headers.get_header("Content-Length") is None:
        return True
    while record.raw_stream.read(_BLOCK):
        pass
    return bool(record.raw_stream.limit > 0)


def _page(name: str, record: Any) -> Kept | None:
    if record.rec_type not in ("response", "resource"):
        return None
    headers = record.http_headers
    if headers is not None and str(headers.get_statuscode()) != "200":
        return None
    declared = (headers.get_header("Content-Type") if headers is not None else record.content_type) or ""
    kind = declared.partition(";")[0].strip().lower()
    if kind and kind not in _PAGES:
        return None
    charset = _CHARSET.search(declared)
    url = _url(record)
    stated = Stated(
        url=url,
        retrieved=_moment(record.rec_headers.get_header("WARC-Date") or ""),
        charset=charset[1].lower() if charset else "",
    )
    packing = ((headers.get_header("Content-Encoding") if headers is not None else "") or "").strip().lower()
    if packing:
        headers.remove_header("Content-Encoding")
    content = record.content_stream().read(MOST_BYTES + 1)
    # Some crawlers unpack a page and leave its head as it was.
    is_seen_as_page = _is_seen_as_page(content)
    if not is_seen_as_page:
        try:
            content = body_of(content, packing, MOST_BYTES)
        except Packed as fault:
            return Kept(b"", stated, f"{name}: {url} {fault.reason}. {fault.advice}")
        is_seen_as_page = _is_seen_as_page(content)
    if len(content) > MOST_BYTES:
        return Kept(b"", stated, f"{name}: {url} is larger than {MOST_BYTES // 2**20} MB.")
    return Kept(content, stated) if content and (kind or is_seen_as_page) else None


def _is_seen_as_page(content: bytes) -> bool:
    return kind_of(content[:_START].decode("latin-1")) == HTML


def _url(record: Any) -> str:
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    return url if re.match(r"https?://\S+$", url) else ""


def _moment(text: str) -> str:
    found = re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z", text)
    return f"{found[1]}+00:00" if found else ""


def _warcio() -> tuple[Any, type[Exception]]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as fault:
        raise IngestError(
            "Web archives need the extra \"warc\". Install it with: pip install 'dateline[warc]'"
        ) from fault
    return ArchiveIterator, ArchiveLoadFailed
