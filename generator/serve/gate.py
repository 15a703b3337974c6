"""Who may ask the preview, and for what: every check of a request that needs no file.

A preview shows drafts and held articles, and any page open in the same browser can send it requests. So it answers
only to its own names (a foreign name that resolves to this machine is an attack), tells other sites nothing, and
takes orders from nobody but its own pages.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from generator.named import NamedTuple

MOST_HEADERS = 100
LARGEST_HEAD = 32_768
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
WILDCARDS = ("0.0.0.0", "::", "")

_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+))(?::([0-9]{1,5}))?")
_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class Request(NamedTuple):
    """What was asked: `target` is the path as sent, still escaped; header names are small."""

    method: str
    target: bytes
    query: bytes
    headers: tuple[tuple[bytes, bytes], ...]

    def header(self, name: bytes) -> str:
        """Return a header's value, or "" when it was not sent."""
        return next((value.decode("latin-1") for key, value in self.headers if key == name), "")


class Refusal(NamedTuple):
    """Why a request gets no page: a status and a sentence that repeats nothing of what was sent."""

    status: int
    reason: str
    headers: tuple[tuple[bytes, bytes], ...] = ()


class House(NamedTuple):
    """The names the preview answers to; `any_address` lets numbers of any machine through, never foreign names."""

    names: frozenset[str]
    any_address: bool = False

    @classmethod
    def of(cls, host: str, own_name: str = "") -> House:
        """Return the names for a preview bound to `host`; `own_name` is this machine's."""
        names = {*LOOPBACK_NAMES, host.strip("[]").lower()} - {""}
        if host in WILDCARDS and own_name:
            names |= {own_name.lower(), f"{own_name.lower()}.local"}
        return cls(frozenset(names), host in WILDCARDS)


def refusal(request: Request, house: House, *, orders: Iterable[str] = ()) -> Refusal | None:
    """Return why the request is not answered, or None when it may be; `orders` are the targets that take POST."""
    size = len(request.target) + len(request.query) + sum(len(name) + len(value) for name, value in request.headers)
    if len(request.headers) > MOST_HEADERS or size > LARGEST_HEAD:
        return Refusal(431, "The request says more than a browser would.")
    if not _knows(house, request.header(b"host")):
        return Refusal(
            421, 'This preview answers to "localhost" and its own address only; see "dateline serve --host".'
        )
    target = request.target.decode("latin-1")
    if request.method == "POST" and target in orders:
        if not _is_own_page(request):
            return Refusal(403, "Only a page of this preview may ask for that.")
        return None
    if request.method not in ("GET", "HEAD"):
        return Refusal(405, "This preview only shows pages.", ((b"allow", b"GET, HEAD"),))
    if not _may_see(request):
        return Refusal(403, "This preview shows nothing to other sites.")
    return None


def is_from_own_page(request: Request) -> bool:
    """Say whether a request with an `Origin` comes from this preview; without one, it is no cross-site request."""
    origin = request.header(b"origin")
    return not origin or origin.lower() == f"http://{request.header(b'host').lower()}"


def path_of(target: bytes) -> str | None:
    """Return the plain path of an escaped one, without its first `/`; None when it is no path of ours.

    It is unescaped once. What could climb out, name a hidden file, or mean something else on another system is refused.
    """
    if not target.startswith(b"/") or b"#" in target or _BAD_ESCAPE.search(target):
        return None
    try:
        path = unquote_to_bytes(target[1:]).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\\" in path or any(ord(letter) < 32 or ord(letter) == 127 for letter in path):
        return None
    parts = path.split("/")
    inner = parts[:-1] if parts[-1] == "" else parts
    return path if all(_is_plain(part) for part in inner) else None


def _is_plain(part: str) -> bool:
    if not part or part[0] == ".":
        return False
    return os.name != "nt" or not (":" in part or part[-1] in ". ")


def _knows(house: House, sent: str) -> bool:
    found = _HOST.fullmatch(sent)
    if not found or (found[3] and not 0 < int(found[3]) < 65536):
        return False
    name = (found[1] or found[2]).lower().removesuffix(".")
    if name in house.names:
        return True
    return house.any_address and _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_own_page(request: Request) -> bool:
    # Browsers send both. A program that sends neither could as well start the editor itself.
    site = request.header(b"sec-fetch-site")
    return bool(request.header(b"origin")) and is_from_own_page(request) and site in ("", "same-origin")


def _may_see(request: Request) -> bool:
    """Say whether a reading request is harmless: a person's own, or a person's click on a link elsewhere."""
    site = request.header(b"sec-fetch-site")
    if site in ("", "none", "same-origin"):
        return True
    return request.header(b"sec-fetch-mode") == "navigate" and request.header(b"sec-fetch-dest") in (
        "document",
        "iframe",
        "frame",
    )
