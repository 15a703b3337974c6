"""The one door to warcio: the pages in a web archive (WARC), each a raw file of its own, read one after the other.

An archive may be larger than memory; only one page of it is held at a time. What is no page, and what did not come,
is passed over. An archive that ends in the middle of a record is told: that page is not taken in as if it were whole.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from generator.errors import IngestError
from generator.ingest.raw import GZIP_MAGIC, HTML, MOST_BYTES, Stated, kind_of
from generator.named import NamedTuple

_PAGES = ("text/html", "application/xhtml+xml")
# What the library always unpacks; what else it can depends on what is installed beside it.
_UNPACKED = ("", "identity", "gzip", "x-gzip", "deflate")
_START = 20_000
_BLOCK = 1 << 16
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


class Kept(NamedTuple):
    """One page of an archive; with a `fault` it could not be read."""

    content: bytes
    stated: Stated
    fault: str = ""


def is_warc(head: bytes) -> bool:
    """Say whether the first bytes of a file, packed or not, are those of a web archive."""
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 16)
        except zlib.error:
            return False
    return head.startswith(b"WARC/")


def is_warc_file(path: Path) -> bool:
    """Say the same of a file; one that cannot be read is none."""
    try:
        with path.open("rb") as file:
            return is_warc(file.read(4096))
    except OSError:
        return False


def pages_of(name: str, file: IO[bytes]) -> Iterator[Kept]:
    """Yield the pages of an archive; raises IngestError where it is broken, after the pages before that."""
    iterator, broken = _warcio()
    pages = 0
    try:
        for record in iterator(_plain(file)):
            page = _page(name, record)
            if _is_cut_short(record):
                raise IngestError(
                    f"{name}: the web archive ends in the middle of {_url(record) or 'what it holds'}. "
                    "Fetch the archive again, or what is missing by itself."
                )
            if page is not None:
                pages += 1
                yield page
    except (broken, ValueError, EOFError, zlib.error) as fault:
        raise IngestError(f"{name}: the web archive is broken from here on ({fault}). Fetch it again.") from fault
    if not pages:
        raise IngestError(f"{name}: there is no page in this web archive. Take in the files that it holds one by one.")


def _plain(file: IO[bytes]) -> Any:
    """Return the archive taken out of gzip, whether each of its records is packed by itself or all of it at once."""
    head = file.read(len(GZIP_MAGIC))
    file.seek(0)
    # The library unpacks only the first kind.
    return _Unpacking(file) if head == GZIP_MAGIC else file


class _Unpacking:
    """A packed archive as it is read; where it is cut short, what could be unpacked before that is all there is.

    The standard library's own reader loses up to a buffer of good pages there.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._packed = b""
        self._unpacker = zlib.decompressobj(wbits=31)

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes, and none at the end; raises zlib.error for damaged ones."""
        while True:
            if self._unpacker.eof:
                # Some writers fill up to a block with zero bytes.
                self._packed = self._unpacker.unused_data.lstrip(b"\0")
                self._unpacker = zlib.decompressobj(wbits=31)
            self._packed = self._packed or self._file.read(_BLOCK)
            if not self._packed:
                return b""
            plain = self._unpacker.decompress(self._packed, size)
            self._packed = self._unpacker.unconsumed_tail
            if plain:
                return plain


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
    try:
        content = record.content_stream().read(MOST_BYTES + 1)
    except (OSError, ValueError, EOFError, zlib.error) as fault:
        return Kept(b"", stated, f"{name}: {url} is damaged in the archive ({fault}). Fetch that page.")
    if len(content) > MOST_BYTES:
        return Kept(b"", stated, f"{name}: {url} is larger than {MOST_BYTES // 2**20} MB.")
    is_seen_as_page = kind_of(content[:_START].decode("latin-1")) == HTML
    packing = ((headers.get_header("Content-Encoding") if headers is not None else "") or "").strip().lower()
    # Some crawlers unpack a page and leave its head as it was.
    if content and packing not in _UNPACKED and not is_seen_as_page:
        advice = "Install what unpacks it with: pip install brotli" if packing == "br" else "Fetch that page by itself."
        return Kept(b"", stated, f'{name}: {url} is packed as "{packing}", which cannot be unpacked here. {advice}')
    return Kept(content, stated) if content and (kind or is_seen_as_page) else None


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
