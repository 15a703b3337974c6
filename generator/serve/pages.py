"""Files of the finished site as answers: found, typed, revalidated, cut to the range asked for.

Nothing outside the site's folder is ever opened, links included.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat as modes
from typing import BinaryIO

from generator.named import NamedTuple
from generator.serve import kinds
from generator.serve.gate import Request

LARGEST_WHOLE = 1 << 20
CHUNK = 1 << 18

NOT_FOUND = "404.html"

PROTECTION = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"same-origin"),
)

_RANGE = re.compile(r"bytes=\s*([0-9]*)-([0-9]*)\s*", re.ASCII)


class Found(NamedTuple):
    """A file of the site: its path in the output, its place on disk, its size and time."""

    path: str
    place: str
    size: int
    mtime: int


class Span(NamedTuple):
    """A part of a large file, to be read while it is sent; an open file stays whole while a build replaces it."""

    file: BinaryIO
    start: int
    length: int


class Answer(NamedTuple):
    """What is sent: a body in memory, or a span of a large file."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes = b""
    span: Span | None = None


def find(root: str, path: str) -> Found | None:
    """Return the file of a plain path below `root` (a real path, without links), or None."""
    path = f"{path}index.html" if path == "" or path.endswith("/") else path
    place = os.path.join(root, *path.split("/"))
    try:
        real = os.path.realpath(place)
        stat = os.stat(real)
    except (OSError, ValueError):
        return None
    if not real.startswith(os.path.join(root, "")) or not modes.S_ISREG(stat.st_mode):
        return None
    return Found(path, real, stat.st_size, stat.st_mtime_ns)


def is_folder(root: str, path: str) -> bool:
    """Say whether a path without its last `/` is a page's folder."""
    return bool(path) and not path.endswith("/") and find(root, f"{path}/") is not None


def plain(status: int, text: str, extra: tuple[tuple[bytes, bytes], ...] = ()) -> Answer:
    """Return a short answer in plain text that no browser keeps."""
    return whole(status, f"{text}\n".encode(), kinds.TEXT, extra)


def whole(status: int, body: bytes, kind: str, extra: tuple[tuple[bytes, bytes], ...] = ()) -> Answer:
    """Return an answer made by the preview itself."""
    headers = (
        (b"content-type", kind.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *PROTECTION,
        *extra,
    )
    return Answer(status, headers, body)


def redirect(path: str) -> Answer:
    """Return the way to another path of this preview; it is never kept, since the next site may lie elsewhere."""
    return plain(307, "The page is at another address.", ((b"location", path.encode("ascii")),))


def answer(request: Request, found: Found, script: bytes, *, status: int = 200) -> Answer:
    """Return a file as asked for: whole, in part, or only that it has not changed."""
    kind = kinds.content_type(found.path)
    is_page = kind == kinds.HTML
    if found.size > LARGEST_WHOLE and not is_page:
        body, size, tag = None, found.size, f'"{found.mtime:x}-{found.size:x}"'
    else:
        with open(found.place, "rb") as file:
            body = file.read()
        body = with_script(body, script) if is_page else body
        size, tag = len(body), f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
    headers: tuple[tuple[bytes, bytes], ...] = (
        (b"content-type", kind.encode()),
        (b"cache-control", b"no-store" if is_page else b"no-cache"),
        (b"etag", tag.encode()),
        (b"accept-ranges", b"bytes"),
        *PROTECTION,
    )
    if status == 200 and _has_same(request, tag):
        return Answer(304, headers)
    start, end, status = _range(request, tag, size) if status == 200 else (0, size, status)
    if status == 416:
        return Answer(416, (*headers, (b"content-range", b"bytes */%d" % size), (b"content-length", b"0")))
    if status == 206:
        headers = (*headers, (b"content-range", b"bytes %d-%d/%d" % (start, end - 1, size)))
    headers = (*headers, (b"content-length", b"%d" % (end - start)))
    if request.method == "HEAD":
        return Answer(status, headers)
    if body is None:
        return Answer(status, headers, span=Span(open(found.place, "rb"), start, end - start))
    return Answer(status, headers, body[start:end])


def with_script(page: bytes, script: bytes) -> bytes:
    """Return a page with the preview's script before its end."""
    place = page.rfind(b"</body>")
    return page + script if place < 0 else page[:place] + script + page[place:]


def _has_same(request: Request, tag: str) -> bool:
    sent = request.header(b"if-none-match")
    return sent.strip() == "*" or (tag in sent and any(one.strip() in (tag, f"W/{tag}") for one in sent.split(",")))


def _range(request: Request, tag: str, size: int) -> tuple[int, int, int]:
    """Return start, end and status of what was asked for; several ranges at once get the whole."""
    everything = (0, size, 200)
    found = _RANGE.fullmatch(request.header(b"range"))
    condition = request.header(b"if-range")
    if not found or found[0].endswith("=-") or (condition and condition != tag):
        return everything
    first, last = found[1][:19], found[2][:19]
    if first and last and int(first) > int(last):
        return everything
    if not first:
        start, end = max(0, size - int(last or 0)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    return (start, end, 206) if start < end else (0, 0, 416)
