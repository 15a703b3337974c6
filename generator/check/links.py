"""Whether every address in the finished site leads somewhere, and how.

An address is resolved as a static host would: `…/` is the folder's `index.html`, all else a file of that name. A site
below a base path is looked at as it will stand there, so a link that leaves the path is a fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote, urljoin, urlsplit

from generator.check.html import Link
from generator.errors import ERROR, WARNING, nearest
from generator.named import NamedTuple

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "0.0.0.0"})
# Addresses that no browser looks up, or that lead out of the site on purpose.
ELSEWHERE = frozenset({"https", "mailto", "tel", "sms", "geo", "data", "blob", "magnet", "tag", "urn", "xmpp"})
ADVICE_LIMIT = 50


class Place(NamedTuple):
    """Where the site will stand; `base_path` is "" or begins with "/" and does not end with one."""

    base_url: str
    base_path: str


class Fault(NamedTuple):
    """What is wrong with one address, wherever it is written."""

    message: str
    advice: str
    severity: str


class Addresses:
    """Every file of the site and every anchor in its pages, asked by address; equal questions are answered once."""

    def __init__(self, place: Place, files: frozenset[str], anchors: Mapping[str, frozenset[str]]) -> None:
        self._place = place
        self._site = place.base_url.removesuffix("/")
        self._origin = self._site.removesuffix(place.base_path)
        self._files = files
        self._anchors = anchors
        self._known: dict[tuple[str, bool], Fault | None] = {}
        self._advised = 0

    def fault(self, link: Link, page: str) -> Fault | None:
        """Return what is wrong with an address written in the file `page`, or None."""
        address = link.address
        if not address:
            return Fault(
                "A link has an empty address.", "Give it the address it leads to, or leave the link out.", ERROR
            )
        if not address.startswith("/"):
            # All else may depend on the page it stands in; joined with the page's own address it no longer does.
            scheme = urlsplit(address).scheme
            if scheme not in ("", "http", "https"):
                return _of_scheme(scheme, address)
            address = urljoin(f"{self._site}/{_address_of(page)}", address)
            if address == self._site or address.startswith((f"{self._site}/", f"{self._site}#", f"{self._site}?")):
                address = address.removeprefix(self._origin)
            elif not scheme:
                # A relative address that climbs out of the site's own path.
                address = address.removeprefix(self._origin) or "/"
        question = (address, link.fetched)
        if question not in self._known:
            self._known[question] = self._judge(address, link.fetched)
        return self._known[question]

    def _judge(self, address: str, fetched: bool) -> Fault | None:
        parts = urlsplit(address)
        if parts.netloc or parts.scheme:
            return self._judge_elsewhere(address, fetched)
        path, base = parts.path, self._place.base_path
        if base and path != base and not path.startswith(f"{base}/"):
            return Fault(
                f'"{address}" leaves the site, which stands at {base}/.',
                f"Write it as {base}{path}, or as a whole https address when it is meant to leave.",
                ERROR,
            )
        inside = unquote(path[len(base) :]).removeprefix("/")
        if inside == "" or inside.endswith("/"):
            inside += "index.html"
        elif inside not in self._files and f"{inside}/index.html" in self._files:
            return Fault(
                f'"{address}" is a folder.', "Add the last slash; without it every visit is redirected.", WARNING
            )
        if inside not in self._files:
            return Fault(f'"{address}" leads nowhere: there is no file {inside}.', self._advice(inside), ERROR)
        return self._judge_anchor(address, inside, unquote(parts.fragment))

    def _judge_elsewhere(self, address: str, fetched: bool) -> Fault | None:
        parts = urlsplit(address)
        if (parts.hostname or "") in LOCAL_HOSTS:
            return Fault(f'"{address}" leads to the reader\'s own machine.', "Write the public address.", ERROR)
        if parts.scheme != "http":
            return None
        if parts.hostname == urlsplit(self._place.base_url).hostname:
            return Fault(f'"{address}" leads back here without https.', "Write it as an address in the site.", ERROR)
        if fetched:
            return Fault(f'"{address}" is fetched without https, so browsers refuse it.', "Write https://.", ERROR)
        return Fault(f'"{address}" is not https.', "Write https:// when the site it leads to has it.", WARNING)

    def _judge_anchor(self, address: str, file: str, fragment: str) -> Fault | None:
        if not fragment or fragment == "top" or fragment.startswith(":~:") or file not in self._anchors:
            return None
        if fragment in self._anchors[file]:
            return None
        near = nearest(fragment, self._anchors[file])
        advice = f'Did you mean "#{near}"?' if near else "Name an id of that page, or leave the part after # out."
        return Fault(f'"{address}" leads to no place in {file}.', advice, ERROR)

    def _advice(self, missing: str) -> str:
        # Looking for the nearest of ten thousand names takes time, and nobody reads the hundredth suggestion.
        self._advised += 1
        near = nearest(missing, self._files) if self._advised <= ADVICE_LIMIT else None
        return f"Did you mean {_written(near, self._place)}?" if near else "Mend the link, or make what it leads to."


def _of_scheme(scheme: str, address: str) -> Fault | None:
    if scheme in ELSEWHERE:
        return None
    if scheme == "dateline":
        return Fault(
            f'"{address}" was never turned into an address.', "This is a fault of the generator; report it.", ERROR
        )
    return Fault(f'"{address}" is of a kind that has no place in a page.', "Leave the link out, or use https.", ERROR)


def _address_of(page: str) -> str:
    return page.removesuffix("index.html") if page == "index.html" or page.endswith("/index.html") else page


def _written(file: str, place: Place) -> str:
    return f"{place.base_path}/{_address_of(file)}"
