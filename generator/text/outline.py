"""A briefing's Markdown as an arrangement: headings are sections, list items that begin with a link are entries.

Everything else under a heading is its prose. Targets stay as written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.named import NamedTuple
from generator.text.addresses import SYMBOLIC
from generator.text.block import Fault
from generator.text.markdown import is_too_large
from generator.text.noted import Noted, WrittenFile, WrittenLink

if TYPE_CHECKING:
    from generator.text.markdown_parser import Token

_ALSO = re.compile(r"\s*\(also:\s*$", re.IGNORECASE)
_OPENING = re.compile(r"^(?:\s*[:–—]\s|\s+)")


class OutlineEntry(NamedTuple):
    """A list item that begins with a link: where it leads, the HTML that follows it, the copies named with it."""

    target: str
    note: str
    also: tuple[str, ...]
    line: int


class OutlineSection(NamedTuple):
    """A heading and what stands under it; what comes before the first heading has the title "" and no anchor."""

    title: str
    anchor: str
    prose: str
    entries: tuple[OutlineEntry, ...]
    line: int


class Outline(NamedTuple):
    """A briefing's sections in order, and what its text refers to; links to entries and copies are among `links`."""

    sections: tuple[OutlineSection, ...]
    links: tuple[WrittenLink, ...] = ()
    files: tuple[WrittenFile, ...] = ()
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    headings: tuple[str, ...] = ()


class _Section:
    """A section of a briefing while it is read: its heading, the words and the entries below it."""

    def __init__(self, title: str, anchor: str, line: int) -> None:
        self.title = title
        self.anchor = anchor
        self.line = line
        self.prose: list[Token] = []
        self.entries: list[OutlineEntry] = []


def outline(body: str, *, first_line: int = 1) -> Outline:
    """Return how a briefing's text arranges its day; `first_line` is the line of its file in which it begins."""
    from generator.text.markdown_parser import parse, text_of, to_html

    noted = Noted(first_line)
    tokens = [] if is_too_large(body, noted) else parse(body, noted)
    sections = [_Section("", "", first_line)]
    place = 0
    while place < len(tokens):
        token = tokens[place]
        end = _end_of(tokens, place)
        if token.type == "heading_open":
            title = text_of(tokens[place + 1].children).strip()
            sections.append(_Section(title, str(token.attrs["id"]), _line(token, first_line)))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            _read_list(tokens[place:end], sections[-1], first_line)
        else:
            sections[-1].prose.extend(tokens[place:end])
        place = end
    found = tuple(
        OutlineSection(section.title, section.anchor, to_html(section.prose), tuple(section.entries), section.line)
        for section in sections
        if section.title or section.prose or section.entries
    )
    rest = noted.rendered("")
    return Outline(found, rest.links, rest.files, rest.faults, rest.warnings, rest.headings)


def _end_of(tokens: Sequence[Token], place: int) -> int:
    """Return the place after the block that begins at `place`."""
    depth = 0
    for index in range(place, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index + 1
    return len(tokens)


def _line(token: Token, first_line: int) -> int:
    return first_line + (token.map[0] if token.map else 0)


def _read_list(tokens: Sequence[Token], section: _Section, first_line: int) -> None:
    """Take a list's entries out; items that are none stay prose, as a list of their own."""
    others: list[Token] = []
    place = 1
    while place < len(tokens) - 1:
        end = _end_of(tokens, place)
        item = tokens[place:end]
        entry = _read_entry(item, first_line)
        if entry is None:
            others.extend(item)
        else:
            section.entries.append(entry)
        place = end
    if others:
        section.prose.extend([tokens[0], *others, tokens[-1]])


def _read_entry(item: Sequence[Token], first_line: int) -> OutlineEntry | None:
    from generator.text.markdown_parser import inline_html, to_html

    if len(item) < 4 or item[1].type != "paragraph_open" or not item[2].children:
        return None
    children = item[2].children
    target = _content_target(children[0])
    if target is None:
        return None
    close = next(place for place, token in enumerate(children) if token.type == "link_close")
    rest, also = _without_copies(children[close + 1 :])
    note = _OPENING.sub("", inline_html(rest)).strip()
    more = to_html(item[4:-1]).strip()
    return OutlineEntry(target, f"{note}\n{more}" if more else note, also, _line(item[0], first_line))


def _content_target(token: Token) -> str | None:
    href = str(token.attrs.get("href", "")) if token.type == "link_open" and not token.hidden else ""
    target = href.removeprefix(SYMBOLIC).partition("#")[0]
    return target if href.startswith(SYMBOLIC) and target.endswith(".md") and not target.startswith("/") else None


def _without_copies(children: Sequence[Token]) -> tuple[list[Token], tuple[str, ...]]:
    """Return a line's tokens without `(also: [wire](…), …)`, and the targets named there."""
    from generator.text.markdown_parser import text_token

    for start, token in enumerate(children):
        if token.type != "text" or _ALSO.search(token.content) is None:
            continue
        also: list[str] = []
        for end in range(start + 1, len(children)):
            target = _content_target(children[end])
            if target is not None:
                also.append(target)
            _, bracket, after = children[end].content.partition(")")
            inside_link = children[end - 1].type == "link_open"
            if children[end].type == "text" and bracket and not inside_link:
                kept = [text_token(_ALSO.sub("", token.content)), text_token(after)]
                return [*children[:start], *kept, *children[end + 1 :]], tuple(also)
    return list(children), ()
