"""The one door to warcio: the pages in a web archive (WARC), each a raw file of its own, read one after the other.

An archive may be larger than memory; only one page of it is held at a time. What is no page, and what did not come,
is passed over.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from generator.errors import IngestError
from generator.ingest.raw import MOST_BYTES, Stated
from generator.named import NamedTuple

_PAGES = ("text/html", "application/xhtml+xml")
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
        for record in iterator(file):
            page = _page(name, record)
            if page is not None:
                pages += 1
                yield page
    except (broken, ValueError, EOFError, zlib.error) as fault:
        raise IngestError(f"{name}: the web archive is broken from here on ({fault}). Fetch it again.") from fault
    if not pages:
        raise IngestError(f"{name}: there is no page in this web archive. Take in the files that it holds one by one.")


def _page(name: str, record: Any) -> Kept | None:
    if record.rec_type not in ("response", "resource"):
        return None
    headers = record.http_headers
    if headers is not None and str(headers.get_statuscode()) != "200":
        return None
    kind = (headers.get_header("Content-Type") if headers is not None else record.content_type) or ""
    if kind.partition(";")[0].strip().lower() not in _PAGES:
        return None
    declared = _CHARSET.search(kind)
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    stated = Stated(
        url=url if re.match(r"https?://\S+$", url) else "",
        retrieved=_moment(record.rec_headers.get_header("WARC-Date") or ""),
        charset=declared[1].lower() if declared else "",
    )
    try:
        content = record.content_stream().read(MOST_BYTES + 1)
    except (OSError, ValueError, EOFError, zlib.error) as fault:
        return Kept(b"", stated, f"{name}: {url} is damaged in the archive ({fault}). Fetch that page.")
    if len(content) > MOST_BYTES:
        return Kept(b"", stated, f"{name}: {url} is larger than {MOST_BYTES // 2**20} MB.")
    return Kept(content, stated) if content else None


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
