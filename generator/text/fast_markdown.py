"""The plain blocks of a news text as HTML, without the parser.

Most of a news text is paragraphs of words with now and then an emphasis or a link, some headings, a quotation, a plain
list. Between empty lines at the margin such a block means the same whatever stands around it, so it is rendered here
and leaves a placeholder in the text that the parser reads. Whatever holds more is left to the parser.
The HTML is the parser's, byte for byte; tests compare the two over every construct.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.entities import html5
from typing import NamedTuple

from generator.text.addresses import SYMBOLIC

# Of the private use area, where no text of a site has business; a body that holds it is parsed the long way.
PLACEHOLDER = "\ue000"

# A table may be wider than its page and then scrolls by itself, also by keyboard.
TABLE_OPEN = '<div class="table" role="region" tabindex="0" aria-label="Table">\n<table>\n'
TABLE_CLOSE = "</table>\n</div>\n"

# A line that begins with one of these begins nothing but a paragraph: a letter, a quotation mark, a number that is no
# list marker, an emphasis or a link.
_BEGINS_PROSE = re.compile(r"""[^\W\d_]|["'(“‘«”’„…–—$€£¿¡؟]|\d+(?![\d.)])|\*\*?(?=[^\W_])|\[(?=[^\]\n]+\]\()""").match
_HEADING = re.compile(r"(#{1,6}) ([^\n]*[^\s#])").fullmatch
_ALIGNMENT = re.compile(r"(:?)-+(:?)").fullmatch
_ALIGNED = {("", ""): "", (":", ""): ' class="left"', ("", ":"): ' class="right"', (":", ":"): ' class="center"'}
# After these a list has ended; anything else at the margin may carry it on.
_ENDS_LIST = re.compile(r"[^\s*+\d-]").match
_SIGN = re.compile(r"""[\\`*_\[\]<>&~"\n]""").search
_MARK = re.compile(r"[\\`*_\[\]<~]").search
_ENTITY = re.compile(r"&(#|[A-Za-z][A-Za-z0-9]*;)?").sub

# Every alternative begins with one letter of its own, so that the expression engine leaps from sign to sign. Marks of
# emphasis count only where they stand at the edges of words, which is where nobody reads them differently.
_WORDS = r"[^\\`*_\[\]<~!\n]"
_ENDS = r"(?=[\s.,;:?)]|\Z)"
_CONSTRUCT = re.compile(
    rf"\*(?<!\S\*)(\*?)(?=[^\W_])({_WORDS}*?[^\W_])\*\1{_ENDS}"
    rf"|\[(?<!!\[)({_WORDS}+)\]\("
    r"(?:(https?://[a-z0-9.-]+(?:/(?:[A-Za-z0-9./=+,_?-]|&amp;(?![A-Za-z0-9#]+;))*)?)"
    r"|((?:\.\./)*[A-Za-z0-9][A-Za-z0-9/_.-]*\.md))\)"
    r"|`(?<!``)([^`\s\\&<][^`\n\\&<]*(?<!\s))`(?!`)"
    rf"|~(?<!\S~)~(?=[^\W_])({_WORDS}*?[^\W_])~~{_ENDS}"
    r"|\*|\[|\]|_|`|~|<|\\"
).sub


class _MoreThanProse(Exception):
    """The text holds a construct that only the parser knows."""


class PlainLink(NamedTuple):
    """A link from plain words to another content file; `line` counts from 0 at the beginning of the text."""

    target: str
    line: int


class Prose(NamedTuple):
    """A body with its plain blocks taken out: what is left for the parser, and the blocks' HTML in order.

    Headings have no ids yet, because those must differ from the ids of headings the parser finds.
    """

    rest: str
    blocks: tuple[str, ...]
    links: tuple[PlainLink, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left for the parser."""
        return bool(self.blocks) and not self.rest.strip(PLACEHOLDER + " \n")


def take_prose(body: str) -> Prose:
    """Return a body with every plain block rendered and a placeholder in its place; lines keep their numbers."""
    # Inside a fence a block is code, and only the parser knows where a fence ends.
    if PLACEHOLDER in body or "```" in body or "~~~" in body:
        return Prose(body, (), ())
    blocks = body.rstrip("\n").split("\n\n")
    taken: list[str] = []
    links: list[PlainLink] = []
    line = 0
    follows_plain = True
    for place, text in enumerate(blocks):
        ends = text.count("\n")
        ends_here = place + 1 == len(blocks) or _ENDS_LIST(blocks[place + 1]) is not None
        html = _block_html(text, links, line, follows_plain and ends_here)
        follows_plain = html is not None
        if html is not None:
            taken.append(html)
            blocks[place] = PLACEHOLDER + "\n" * ends if ends else PLACEHOLDER
        line += ends + 2
    return Prose("\n\n".join(blocks), tuple(taken), tuple(links))


def _block_html(text: str, links: list[PlainLink], line: int, stands_alone: bool) -> str | None:
    """Return a block's HTML, or None; a list must stand alone, or it might be part of a longer one."""
    noted = len(links)
    if _BEGINS_PROSE(text) is not None:
        html = prose_html(text, links, line)
        if html is not None:
            return f"<p>{html}</p>\n"
    elif text.startswith("#"):
        heading = _HEADING(text)
        html = prose_html(heading[2], links, line) if heading and _BEGINS_PROSE(heading[2]) else None
        if heading and html is not None:
            level = min(6, len(heading[1]) + 1)
            return f"<h{level}>{html}</h{level}>\n"
    elif text.startswith("| "):
        html = _table_html(text.split("\n"), links, line)
        if html is not None:
            return html
    elif text == "---":
        return "<hr>\n"
    elif text.startswith("> "):
        words = _without_marker(text, "> ")
        html = prose_html("\n".join(words), links, line) if words else None
        if html is not None:
            return f"<blockquote>\n<p>{html}</p>\n</blockquote>\n"
    elif stands_alone and text.startswith("- "):
        items = [prose_html(item, links, line + place) for place, item in enumerate(_without_marker(text, "- "))]
        if items and None not in items:
            return "<ul>\n<li>" + "</li>\n<li>".join(filter(None, items)) + "</li>\n</ul>\n"
    del links[noted:]
    return None


def _table_html(rows: list[str], links: list[PlainLink], line: int) -> str | None:
    """Return the HTML of a table of plain words, or None when a row is more or less than its head."""
    cells = [[cell.strip(" ") for cell in row[1:-1].split("|")] for row in rows if row[0] == "|" == row[-1]]
    width = len(cells[0]) if cells else 0
    if len(rows) < 3 or len(cells) != len(rows) or width < 2 or any(len(row) != width for row in cells):
        return None
    aligned = [_ALIGNMENT(cell) for cell in cells[1]]
    if None in aligned:
        return None
    kinds = [_ALIGNED[found[1], found[2]] for found in aligned if found]
    html = []
    for place, row in enumerate(cells):
        if place != 1:
            words = [cell if cell.isalnum() else prose_html(cell, links, line + place) for cell in row]
            if None in words or any("\\" in cell or cell[:1].isspace() for cell in row):
                return None
            tag = "td" if place else "th"
            html.append("".join(f"<{tag}{kind}>{word}</{tag}>\n" for kind, word in zip(kinds, words, strict=True)))
    body = "".join(f"<tr>\n{row}</tr>\n" for row in html[1:])
    return f"{TABLE_OPEN}<thead>\n<tr>\n{html[0]}</tr>\n</thead>\n<tbody>\n{body}</tbody>\n{TABLE_CLOSE}"


def _without_marker(text: str, marker: str) -> list[str]:
    """Return the lines of a block without the marker each begins with; none when a line is more than marked prose."""
    lines = text.split("\n")
    words = [line[len(marker) :] for line in lines if line.startswith(marker)]
    return words if len(words) == len(lines) and all(map(_BEGINS_PROSE, words)) else []


def prose_html(text: str, links: list[PlainLink], line: int) -> str | None:
    """Return the HTML of plain words, or None when only the parser knows; links to content files join `links`."""
    if text[-1:].isspace():
        return None
    if _SIGN(text) is None:
        return text
    if "\n" in text and not _is_one_paragraph(text):
        return None
    try:
        if "&" in text:
            # In code an entity is no sign, but what it is written with.
            if "`" in text and ";" in text:
                return None
            text = _ENTITY(_signs_of, text)
        text = text.replace('"', "&quot;").replace(">", "&gt;")
        return text if _MARK(text) is None else _CONSTRUCT(_construct_html(text, links, line), text)
    except _MoreThanProse:
        return None


def _construct_html(text: str, links: list[PlainLink], line: int) -> Callable[[re.Match[str]], str]:
    """Return what makes HTML of each construct found in a text; links to content files join `links`."""

    def replaced(found: re.Match[str]) -> str:
        kind = found.lastindex
        if kind == 2:
            return f"<strong>{found[2]}</strong>" if found[1] else f"<em>{found[2]}</em>"
        if kind == 4:
            return f'<a href="{found[4]}">{found[3]}</a>'
        if kind == 5:
            links.append(PlainLink(found[5], line + text.count("\n", 0, found.start())))
            return f'<a href="{SYMBOLIC}{found[5]}">{found[3]}</a>'
        if kind == 6:
            return f"<code>{found[6]}</code>"
        if kind == 7:
            return f"<s>{found[7]}</s>"
        raise _MoreThanProse

    return replaced


def _signs_of(found: re.Match[str]) -> str:
    """Return what an `&` stands for: itself, or the sign an entity names where that is no sign of Markdown or HTML."""
    if found[1] is None:
        return "&amp;"
    sign = html5.get(found[1], "")
    if len(sign) != 1 or sign.isascii():
        raise _MoreThanProse
    return sign


def _is_one_paragraph(text: str) -> bool:
    """Return whether each line of a block goes on with the paragraph, without blanks at either end."""
    lines = text.split("\n")
    return all(map(_BEGINS_PROSE, lines)) and not any(line[-1:].isspace() for line in lines)
