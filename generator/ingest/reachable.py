"""Which addresses of the web may be fetched: public ones only, because a page may name any machine near ours.

The name is judged first, then every address it stands for; the connection is made to an address that was judged, so
that no second answer of a name server counts.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import unicodedata
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from generator.errors import IngestError
from generator.named import NamedTuple

PORTS = {"http": 80, "https": 443}
_UNFIT = re.compile(r"[\x00-\x20\x7f\\]")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home.arpa", ".onion", ".test", ".invalid")
_DOTS = str.maketrans("。．｡", "...")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Resolve = Callable[[str, int], Sequence[str]]
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


class Place(NamedTuple):
    """Where a page is fetched from; `host` is ready for the wire, `target` is path and query."""

    url: str
    scheme: str
    host: str
    port: int
    target: str


def place_of(url: str, *, private: bool = False) -> Place:
    """Return where an address leads; raises IngestError for one that may not be fetched.

    With `private`, machines of the person's own network may be, at any port.
    """
    if _UNFIT.search(url):
        raise IngestError(f'"{url[:200]!a}" is not a web address: it holds blanks or backslashes.')
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _host(parts.hostname or "")
    except (ValueError, UnicodeError) as fault:
        raise IngestError(f'"{url[:200]}" is not a web address ({fault}).') from fault
    if parts.scheme not in PORTS:
        raise IngestError(f'"{url[:200]}" is not a web address. Only http and https are fetched.')
    if not host or parts.username is not None or parts.password is not None:
        raise IngestError(
            f'"{url[:200]}" is not an address that is fetched: it needs a host, without a name before "@".'
        )
    if not private:
        _judge_name(url, host)
        if port not in (None, *PORTS.values()):
            raise IngestError(f'"{url[:200]}": only the ports 80 and 443 are fetched from. --private allows others.')
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(url, parts.scheme, host, port or PORTS[parts.scheme], _on_the_wire(target))


def addresses_of(place: Place, resolve: Resolve, *, private: bool = False) -> tuple[str, ...]:
    """Return the addresses a host stands for; raises IngestError when one of them is not public."""
    try:
        found = tuple(dict.fromkeys(resolve(place.host, place.port)))
    except OSError as fault:
        raise IngestError(f'{place.url}: there is no host "{place.host}" ({fault.strerror or fault}).') from fault
    for address in found:
        if not private and not is_public(address):
            raise IngestError(
                f"{place.url}: {place.host} is {address}, which is no address of the public web.\n"
                "  If it is a machine of yours, say so with --private."
            )
    return found


def is_public(address: str) -> bool:
    """Say whether an address, or one that is wrapped in it, belongs to the public web."""
    try:
        one: Ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    for inner in _within(one):
        if not inner.is_global or inner.is_multicast or inner.is_reserved or inner.is_unspecified:
            return False
    return True


def resolved(host: str, port: int) -> list[str]:
    """Return the addresses the system's resolver has for a host; raises OSError."""
    return [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _within(one: Ip) -> list[Ip]:
    """Return an address and the older ones that are carried inside it."""
    if isinstance(one, ipaddress.IPv4Address):
        return [one]
    inner = [one.ipv4_mapped, one.sixtofour, *(one.teredo or ())]
    if one in _NAT64:
        inner.append(ipaddress.IPv4Address(int(one) & 0xFFFFFFFF))
    carried: list[Ip] = [address for address in inner if address is not None]
    # What is only a wrapping has no standing of its own.
    return carried if carried and (one in _NAT64 or one.ipv4_mapped is not None) else [one, *carried]


def _host(name: str) -> str:
    """Return a host's name as it goes over the wire; letters, digits and dots of other scripts in their one form."""
    folded = unicodedata.normalize("NFKC", name).translate(_DOTS).lower().rstrip(".")
    return folded if folded.isascii() else folded.encode("idna").decode("ascii")


def _judge_name(url: str, host: str) -> None:
    try:
        ipaddress.ip_address(host.partition("%")[0])
        is_number = True
    except ValueError:
        is_number = False
    if is_number:
        if not is_public(host):
            raise IngestError(f'"{url[:200]}" is no address of the public web. --private allows it.')
    elif host == "localhost" or host.endswith(_LOCAL_NAMES) or _HOST.fullmatch(host) is None:
        # A single word, or a number in another notation, is a machine nearby.
        raise IngestError(f'"{url[:200]}" names no host of the public web. --private allows machines of your own.')


def _on_the_wire(target: str) -> str:
    return "".join(mark if mark.isascii() else "".join(f"%{byte:02X}" for byte in mark.encode()) for mark in target)
