"""Whether a feed or a sitemap can be read, says what it must, and where its addresses lead."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.etree import ElementTree

from generator.check.html import Link
from generator.errors import Diagnostic
from generator.named import NamedTuple

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEEDED = ("id", "title", "updated")


class Document(NamedTuple):
    """What one machine-read file says: its faults, and the addresses in it that must lead somewhere."""

    faults: tuple[Diagnostic, ...]
    links: tuple[Link, ...]


def read_xml(path: str, content: bytes) -> Document:
    """Return the faults and links of an XML file; what is neither feed nor sitemap has only to be well-formed."""
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as fault:
        line = fault.position[0]
        return Document(
            (Diagnostic(path, line, f"This is not well-formed XML: {fault}.", "No reader takes it in."),), ()
        )
    if root.tag == f"{ATOM}feed":
        entries = root.findall(f"{ATOM}entry")
        links = [found.get("href", "") for found in root.iter(f"{ATOM}link")]
        return Document(tuple(_feed_faults(path, root, entries)), _links(links))
    if root.tag in (f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex"):
        return Document((), _links([(found.text or "").strip() for found in root.iter(f"{SITEMAP}loc")]))
    return Document((), ())


def read_json(path: str, content: bytes) -> Document:
    """Return the faults of a JSON file, which has only to be well-formed."""
    try:
        json.loads(content)
    except ValueError as fault:
        line = fault.lineno if isinstance(fault, json.JSONDecodeError) else 0
        return Document((Diagnostic(path, line, f"This is not JSON: {fault}.", "No program takes it in."),), ())
    return Document((), ())


def _links(addresses: list[str]) -> tuple[Link, ...]:
    return tuple(Link(address, 0, fetched=False) for address in addresses)


def _feed_faults(path: str, feed: ElementTree.Element, entries: list[ElementTree.Element]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for number, element in enumerate([feed, *entries]):
        what = f"Entry {number} of the feed" if number else "The feed"
        for name in NEEDED:
            if not (element.findtext(f"{ATOM}{name}") or "").strip():
                yield Diagnostic(path, 0, f"{what} has no {name}.", "Atom demands id, title and updated.")
        id = element.findtext(f"{ATOM}id") or ""
        if id in seen:
            advice = "Readers would show only one of the two."
            yield Diagnostic(path, 0, f'{what} has the id "{id}" of an earlier one.', advice)
        seen.add(id)
