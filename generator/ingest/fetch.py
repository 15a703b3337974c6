"""Fetch one page: http and https only, from public addresses only, in bounded time and size.

Nothing on the page is fetched with it, and no script of it runs. Redirections are followed a few times, and each place
is judged as the first one was.
"""

from __future__ import annotations

import io
import re
import socket
import ssl
import time
import zlib
from http.client import HTTPException, HTTPResponse
from urllib.parse import urldefrag, urljoin

from generator import __version__
from generator.errors import IngestError
from generator.ingest.reachable import PORTS, Place, Resolve, addresses_of, place_of, resolved
from generator.named import NamedTuple

MOST_BYTES = 16 * 2**20
LONGEST = 30.0
MOST_REDIRECTIONS = 5
_SILENCE = 10.0
_CHUNK = 65_536
_REDIRECTING = (301, 302, 303, 307, 308)
_READABLE = re.compile(
    r"text/(?:html|plain|xml|markdown)|message/rfc822|multipart/related|application/(?:[\w.+-]*\+)?(?:xml|json)"
)


class Limits(NamedTuple):
    """What one fetching may take; `private` allows machines that are not of the public web."""

    most_bytes: int = MOST_BYTES
    longest: float = LONGEST
    private: bool = False


class Page(NamedTuple):
    """What came: `url` is where it came from in the end; `charset` what the server says the bytes are."""

    url: str
    content: bytes
    kind: str
    charset: str


def is_address(word: str) -> bool:
    """Say whether a word of the command line is meant as an address, of whatever kind, and not as a file."""
    return re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+://", word) is not None


def fetch(url: str, limits: Limits = Limits(), resolve: Resolve = resolved) -> Page:  # noqa: B008  # A frozen value.
    """Return the page at an address; raises IngestError when it may not or cannot be fetched."""
    until = time.monotonic() + limits.longest
    place = place_of(urldefrag(url).url, private=limits.private)
    for _ in range(MOST_REDIRECTIONS + 1):
        answer = _Answer(place, limits, until, resolve)
        try:
            if answer.status not in _REDIRECTING or not answer.header("Location"):
                return answer.page()
            onward = urldefrag(urljoin(place.url, answer.header("Location"))).url
        finally:
            answer.close()
        place = place_of(onward, private=limits.private)
    raise IngestError(f"{url}: it leads from one address to the next more than {MOST_REDIRECTIONS} times.")


class _Answer:
    """One server's answer to one question, while it is being read."""

    def __init__(self, place: Place, limits: Limits, until: float, resolve: Resolve) -> None:
        self._place = place
        self._limits = limits
        self._until = until
        self._socket = self._connected(addresses_of(place, resolve, private=limits.private))
        try:
            self._socket.sendall(_question(place))
            self._response = HTTPResponse(_Wire(self._socket, until), method="GET")  # type: ignore[arg-type]
            self._response.begin()
        except (OSError, HTTPException, ValueError) as fault:
            self._socket.close()
            raise self._failed(fault) from fault
        self.status = self._response.status

    def header(self, name: str) -> str:
        """Return a header's value, "" for none."""
        return (self._response.getheader(name) or "").strip()

    def page(self) -> Page:
        """Return what the server sent, unpacked and within bounds."""
        place = self._place
        if self.status != 200:
            raise IngestError(f"{place.url}: the server answered {self.status} {self._response.reason}. Nothing came.")
        kind = self.header("Content-Type").partition(";")[0].strip().lower() or "text/html"
        if not _READABLE.fullmatch(kind):
            raise IngestError(
                f'{place.url}: this is "{kind}", which is no page. Save it as a file and take in the file.'
            )
        found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", self.header("Content-Type"), re.IGNORECASE)
        try:
            content = self._unpacked()
        except (OSError, HTTPException, ValueError, zlib.error) as fault:
            raise self._failed(fault) from fault
        return Page(place.url, content, kind, found[1].lower() if found else "")

    def close(self) -> None:
        """End the conversation."""
        self._socket.close()

    def _unpacked(self) -> bytes:
        packing = self.header("Content-Encoding").lower()
        if packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise IngestError(f'{self._place.url}: the page is packed as "{packing}", which was not asked for.')
        unpack = zlib.decompressobj(wbits=47) if packing not in ("", "identity") else None
        content = bytearray()
        while chunk := self._response.read1(_CHUNK):
            content += unpack.decompress(chunk, self._limits.most_bytes + 1 - len(content)) if unpack else chunk
            if len(content) > self._limits.most_bytes:
                raise IngestError(f"{self._place.url}: the page is larger than {self._limits.most_bytes / 2**20:g} MB.")
        # What breaks off is no page, though it looks like one; of packed bytes only their end tells.
        if self._response.length or (unpack is not None and not unpack.eof):
            raise IngestError(f"{self._place.url}: the page broke off before its end. Try again.")
        return bytes(content)

    def _connected(self, addresses: tuple[str, ...]) -> socket.socket:
        last: OSError = OSError("it has no address")
        for address in addresses[:4]:
            try:
                plain = socket.create_connection((address, self._place.port), timeout=_left(self._until))
                return self._secured(plain)
            except OSError as fault:
                last = fault
        raise self._failed(last) from last

    def _secured(self, plain: socket.socket) -> socket.socket:
        if self._place.scheme == "http":
            return plain
        try:
            return ssl.create_default_context().wrap_socket(plain, server_hostname=self._place.host)
        except BaseException:
            plain.close()
            raise

    def _failed(self, fault: Exception) -> IngestError:
        if isinstance(fault, TimeoutError):
            return IngestError(f"{self._place.url}: nothing came in time. Try again, or save the page in a browser.")
        return IngestError(f"{self._place.url}: it cannot be fetched ({fault}). Save the page in a browser instead.")


class _Wire:
    """What the reader of answers takes for a socket: it reads until the time is up, however slowly bytes come."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self._connection = connection
        self._until = until

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return the bytes that come as a file."""
        return io.BufferedReader(_Coming(self._connection, self._until), _CHUNK)


class _Coming(io.RawIOBase):
    """The bytes of an answer as they come in; waiting for the next ones ends when the time is up."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        super().__init__()
        self._connection = connection
        self._until = until

    def readable(self) -> bool:
        """Say that this can be read, which is all it is for."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with what has come; raises TimeoutError when the time is up."""
        self._connection.settimeout(_left(self._until))
        return self._connection.recv_into(buffer)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(left, _SILENCE)


def _question(place: Place) -> bytes:
    host = f"[{place.host}]" if ":" in place.host else place.host
    named = host if place.port == PORTS[place.scheme] else f"{host}:{place.port}"
    return (
        f"GET {place.target} HTTP/1.1\r\nHost: {named}\r\nUser-Agent: dateline/{__version__}\r\n"
        "Accept: text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.1\r\n"
        "Accept-Encoding: gzip\r\nConnection: close\r\n\r\n"
    ).encode("ascii")
