"""Look over a finished site: nothing but the files in its folder is read, and nothing is written.

Whoever made the files, and from what, is not known here; so the check also finds what the build did not foresee.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from generator.check.editorial import page_faults
from generator.check.feeds import read_json, read_xml
from generator.check.html import Link, read_page
from generator.check.links import Addresses, Fault, Place
from generator.errors import Diagnostic, in_order
from generator.files import OWN_FILES, read_bytes
from generator.named import NamedTuple

PAGE = ".html"
IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class Report(NamedTuple):
    """What was looked at and what was found."""

    pages: int
    files: int
    faults: tuple[Diagnostic, ...]


class _Looked(NamedTuple):
    """What one file holds: its faults, its links, and its anchors when it is a page."""

    path: str
    faults: tuple[Diagnostic, ...]
    links: tuple[Link, ...]
    anchors: frozenset[str] | None


def check_site(
    folder: Path, place: Place, shown: str = "", progress: Callable[[int, int], None] | None = None
) -> Report:
    """Return every fault of the site in `folder`; `shown` is how messages name that folder, with its last slash.

    `progress` is told how many files of how many have been looked at.
    """
    files = sorted(_files(folder))
    looked = []
    for number, path in enumerate(files, start=1):
        looked.append(_look(folder, path, shown))
        if progress is not None:
            progress(number, len(files))
    anchors = {each.path: each.anchors for each in looked if each.anchors is not None}
    addresses = Addresses(place, frozenset(files), anchors)
    faults = [fault for each in looked for fault in each.faults]
    faults += _link_faults(looked, addresses, shown)
    return Report(len(anchors), len(files), in_order(faults))


def _files(folder: Path) -> Iterator[str]:
    return (
        place.relative_to(folder).as_posix()
        for place in folder.rglob("*")
        if place.is_file() and place.name != OWN_FILES
    )


def _look(folder: Path, path: str, shown: str) -> _Looked:
    name = shown + path
    if not path.endswith((PAGE, ".xml", ".json", ".webmanifest", ".css", ".svg")):
        return _Looked(path, (), (), None)
    content = read_bytes(str(folder / path))
    if path.endswith((".xml", ".svg")):
        return _Looked(path, *read_xml(name, content), None)
    if path.endswith((".json", ".webmanifest")):
        return _Looked(path, *read_json(name, content), None)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        return _Looked(
            path, (Diagnostic(name, line, "This is not UTF-8.", "Browsers would show other letters."),), (), None
        )
    if path.endswith(".css"):
        return _Looked(path, (), tuple(_style_links(text)), None)
    page = read_page(text)
    return _Looked(path, tuple(page_faults(name, page)), page.links, page.anchors)


def _style_links(text: str) -> Iterator[Link]:
    # Comments keep their line breaks, so that the lines below them still count right.
    text = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    for found in IN_STYLE.finditer(text):
        yield Link((found[1] or found[2]).strip(), text.count("\n", 0, found.start()) + 1, fetched=True)


def _link_faults(looked: Iterable[_Looked], addresses: Addresses, shown: str) -> Iterator[Diagnostic]:
    """Yield each fault once, where it first stands: a dead link in the footer is one fault, not ten thousand."""
    where: dict[Fault, tuple[str, int]] = {}
    more: dict[Fault, set[str]] = {}
    for each in looked:
        for link in each.links:
            fault = addresses.fault(link, each.path)
            if fault is None:
                continue
            where.setdefault(fault, (each.path, link.line))
            more.setdefault(fault, set()).add(each.path)
    for fault, (path, line) in where.items():
        others = len(more[fault]) - 1
        also = f" It stands in {others:,} other file{'s' * (others > 1)} too." if others else ""
        yield Diagnostic(shown + path, line, fault.message + also, fault.advice, fault.severity)
