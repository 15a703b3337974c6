"""The plain blocks of a news text as HTML, without the parser.

Most of a news text is paragraphs of words with now and then an emphasis or a link, some headings, quotations, plain
lists, perhaps a link by reference. Between empty lines at the margin such a block means the same whatever stands around
it, so it is rendered here and leaves a placeholder in the text that the parser reads. Whatever holds more is left to
the parser.
The HTML is the parser's, byte for byte; tests compare the two over every construct.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.named import NamedTuple
from generator.text.addresses import SYMBOLIC
from generator.text.fast_lists import list_html

# Of the private use area, where no text of a site has business; a body that holds it is parsed the long way.
PLACEHOLDER = "\ue000"

# A table may be wider than its page and then scrolls by itself, also by keyboard.
TABLE_OPEN = '<div class="table" role="region" tabindex="0" aria-label="Table">\n<table>\n'
TABLE_CLOSE = "</table>\n</div>\n"

# A line that begins with one of these begins nothing but a paragraph: a letter, a quotation mark, a number that is no
# list marker, an emphasis or a link.
_BEGINS_PROSE = re.compile(r"""[^\W\d_]|["&'(“‘«”’„…–—$€£¿¡؟]|\d+(?![\d.)])|\*\*?(?=[^\W_])|\[(?=[^\]\n]+\]\()""").match
# Looked for from the first blank of a run, so that a long run is read once.
_BREAKS = re.compile(r"(?<! ) {2,}\n").sub
_HEADING = re.compile(r"(#{1,6}) ([^\n]*[^\s#])").fullmatch
_ALIGNMENT = re.compile(r"(:?)-+(:?)").fullmatch
_ALIGNED = {("", ""): "", (":", ""): ' class="left"', ("", ":"): ' class="right"', (":", ":"): ' class="center"'}
# An address as it stands in rendered HTML; one with any other sign is the parser's matter.
_WEB = r"https?://[a-z0-9.-]+(?:/(?:[A-Za-z0-9./=+,_?-]|&amp;(?![A-Za-z0-9#]+;))*)?"
_DEFINITION = re.compile(rf"\[([A-Za-z0-9][\w -]*)\]: ({_WEB})(?: (?:'([\w .,-]+)'|\"([\w .,-]+)\"))?").fullmatch
# After these a list has ended; anything else at the margin may carry it on.
_ENDS_LIST = re.compile(r"\n*[^\s*+\d-]").match
_SIGN = re.compile(r"""[\\`*_\[\]<>&~"\n]""").search
_MARK = re.compile(r"[\\`*_\[\]<~]").search
_ESCAPED = ("amp;", "quot;")
_ENTITY = re.compile(r"&(#|[A-Za-z][A-Za-z0-9]*;)?").sub

# Every alternative begins with one letter of its own, so that the expression engine leaps from sign to sign. Marks of
# emphasis count only where they stand at the edges of words, which is where nobody reads them differently.
_WORDS = r"[^\\`*_\[\]<~!\n]"
_ENDS = r"(?=[\s.,;:?)]|\Z)"
_CONSTRUCT = re.compile(
    rf"\*(?<!\S\*)(\*?)(?=[^\W_])({_WORDS}*?(?:[^\W_](?=\*\1{_ENDS})|[.,;:?](?=\*\1(?:\s|\Z))))\*\1"
    rf"|\[(?<!!\[)({_WORDS}+)\](?:\((?:({_WEB})"
    r"|((?:\.\./)*[A-Za-z0-9][A-Za-z0-9/_.-]*\.md))\)|\[([A-Za-z0-9][\w -]*)\])"
    r"|`(?<!``)([^`\s\\&<][^`\n\\&<]*(?<!\s))`(?!`)"
    rf"|~(?<!\S~)~(?=[^\W_])({_WORDS}*?[^\W_])~~{_ENDS}"
    r"|\\([*_\[\]`~#.!(){}+\\-])"
    r"|\*|\[|\]|_|`|~|<|\\"
).sub


class _MoreThanProse(Exception):
    """The text holds a construct that only the parser knows."""


class PlainLink(NamedTuple):
    """A link from plain words to another content file; `line` counts from 0 at the beginning of the text."""

    target: str
    line: int


class Reference(NamedTuple):
    """An address that a body defines once, to be linked by its label; both as HTML, the title "" where it has none."""

    address: str
    title: str


class Noticed(NamedTuple):
    """What the words of a body's blocks share: the links they hold so far, and what references lead to, by label."""

    links: list[PlainLink]
    references: Mapping[str, Reference] = MappingProxyType({})


class Prose(NamedTuple):
    """A body with its plain blocks taken out: what is left for the parser, and the blocks' HTML in order.

    With `is_whole` nothing is left for the parser. Headings have no ids yet, because those must differ from the ids of
    headings the parser finds.
    """

    rest: str
    blocks: tuple[str, ...]
    links: tuple[PlainLink, ...]
    is_whole: bool


def take_prose(body: str) -> Prose:
    """Return a body with every plain block rendered and a placeholder in its place; lines keep their numbers."""
    # Inside a fence a block is code, and only the parser knows where a fence ends.
    if PLACEHOLDER in body or "```" in body or "~~~" in body:
        return Prose(body, (), (), False)
    blocks = body.rstrip("\n").split("\n\n")
    noticed = Noticed([], _references(body, blocks) if "]: " in body else MappingProxyType({}))
    taken: list[str] = []
    line = left = 0
    follows_plain = True
    for place, block in enumerate(blocks):
        text = block.lstrip("\n")
        # A second empty line in a row, or one above all else, begins the block behind it.
        empty, ends = len(block) - len(text), text.count("\n")
        ends_here = place + 1 == len(blocks) or _ENDS_LIST(blocks[place + 1]) is not None
        html = _block_html(text, noticed, line + empty, follows_plain and ends_here) if text else None
        if html is not None:
            taken.append(html)
            blocks[place] = "\n" * empty + PLACEHOLDER + "\n" * ends
            follows_plain = True
        elif noticed.references and _DEFINITION(text) is not None:
            # It stays for the parser, should another block need it, and shows nothing by itself.
            follows_plain = True
        elif text.strip(" \n"):
            left += 1
            follows_plain = False
        line += empty + ends + 2
    return Prose("\n\n".join(blocks), tuple(taken), tuple(noticed.links), bool(taken) and not left)


def _references(body: str, blocks: list[str]) -> Mapping[str, Reference]:
    """Return what references lead to; nothing where any definition is more than one plain line between empty ones."""
    found = [match for match in map(_DEFINITION, blocks) if match is not None]
    references = {_label(match[1]): Reference(match[2], match[3] or match[4] or "") for match in found}
    return references if len(references) == len(found) == body.count("]:") else {}


def _label(written: str) -> str:
    return " ".join(written.split()).casefold()


def _block_html(text: str, noticed: Noticed, line: int, stands_alone: bool) -> str | None:
    """Return a block's HTML, or None; a list must stand alone, or it might be part of a longer one."""
    noted = len(noticed.links)
    html: str | None = None
    if _BEGINS_PROSE(text) is not None:
        html = prose_html(text, noticed, line)
        html = f"<p>{html}</p>\n" if html is not None else None
    elif text.startswith("#"):
        heading = _HEADING(text)
        html = prose_html(heading[2], noticed, line) if heading and _BEGINS_PROSE(heading[2]) else None
        if heading and html is not None:
            level = min(6, len(heading[1]) + 1)
            html = f"<h{level}>{html}</h{level}>\n"
    elif text.startswith("| "):
        html = _table_html(text.split("\n"), noticed, line)
    elif text == "---":
        html = "<hr>\n"
    elif text.startswith("> "):
        html = _quotation_html(text, noticed, line)
    elif stands_alone and text.startswith(("- ", "1. ")):
        html = list_html(text, lambda words, place: _words_html(words, noticed, line + place))
    if html is None:
        del noticed.links[noted:]
    return html


def _words_html(text: str, noticed: Noticed, line: int) -> str | None:
    """Return the HTML of words that stand behind a marker, or None where they are more than words."""
    return prose_html(text, noticed, line) if _BEGINS_PROSE(text) is not None else None


def _quotation_html(text: str, noticed: Noticed, line: int) -> str | None:
    """Return the HTML of a quotation of plain paragraphs, parted by lines that hold the marker alone, or None."""
    lines = text.split("\n")
    if not all(each == ">" or each.startswith("> ") for each in lines):
        return None
    paragraphs = []
    for piece in "\n".join(each[2:] for each in lines).split("\n\n"):
        words = _words_html(piece, noticed, line)
        if words is None:
            return None
        paragraphs.append(f"<p>{words}</p>\n")
        line += piece.count("\n") + 2
    return f"<blockquote>\n{''.join(paragraphs)}</blockquote>\n"


def _table_html(rows: list[str], noticed: Noticed, line: int) -> str | None:
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
            words = [cell if cell.isalnum() else prose_html(cell, noticed, line + place) for cell in row]
            if None in words or any("\\" in cell or cell[:1].isspace() for cell in row):
                return None
            tag = "td" if place else "th"
            html.append("".join(f"<{tag}{kind}>{word}</{tag}>\n" for kind, word in zip(kinds, words, strict=True)))
    body = "".join(f"<tr>\n{row}</tr>\n" for row in html[1:])
    return f"{TABLE_OPEN}<thead>\n<tr>\n{html[0]}</tr>\n</thead>\n<tbody>\n{body}</tbody>\n{TABLE_CLOSE}"


def prose_html(text: str, noticed: Noticed, line: int) -> str | None:
    """Return the HTML of plain words, or None when only the parser knows; links to content files are noticed."""
    if text[-1:].isspace():
        return None
    if _SIGN(text) is None:
        return text
    has_lines = "\n" in text
    if has_lines and not _is_one_paragraph(text):
        return None
    try:
        if "&" in text:
            # In code an entity is no sign, but what it is written with; so is one whose & is escaped.
            if (";" in text and "`" in text) or "\\&" in text:
                return None
            text = _ENTITY(_signs_of, text)
        text = text.replace('"', "&quot;").replace(">", "&gt;")
        if _MARK(text) is not None:
            text = _CONSTRUCT(_construct_html(text, noticed, line), text)
        return _BREAKS("<br>\n", text) if has_lines and "  \n" in text else text
    except _MoreThanProse:
        return None


def _construct_html(text: str, noticed: Noticed, line: int) -> Callable[[re.Match[str]], str]:
    """Return what makes HTML of each construct found in a text; links to content files are noticed."""

    def replaced(found: re.Match[str]) -> str:
        kind = found.lastindex
        if kind == 2:
            return f"<strong>{found[2]}</strong>" if found[1] else f"<em>{found[2]}</em>"
        if kind == 4:
            return f'<a href="{found[4]}">{found[3]}</a>'
        if kind == 5:
            noticed.links.append(PlainLink(found[5], line + text.count("\n", 0, found.start())))
            return f'<a href="{SYMBOLIC}{found[5]}">{found[3]}</a>'
        if kind == 6:
            return _reference_html(noticed.references.get(_label(found[6])), found[3])
        if kind == 7:
            return f"<code>{found[7]}</code>"
        if kind == 8:
            return f"<s>{found[8]}</s>"
        if kind == 9:
            return found[9]
        raise _MoreThanProse

    return replaced


def _reference_html(reference: Reference | None, words: str) -> str:
    if reference is None:
        raise _MoreThanProse
    title = f' title="{reference.title}"' if reference.title else ""
    return f'<a href="{reference.address}"{title}>{words}</a>'


def _signs_of(found: re.Match[str]) -> str:
    """Return the HTML of what an `&` stands for: itself, or the sign an entity names where that is none of Markdown."""
    if found[1] is None:
        return "&amp;"
    if found[1] in _ESCAPED:
        return f"&{found[1]}"
    # Most texts name none of its two thousand.
    from html.entities import html5

    sign = html5.get(found[1], "")
    if len(sign) != 1 or sign.isascii():
        raise _MoreThanProse
    return sign


def _is_one_paragraph(text: str) -> bool:
    """Return whether each line of a block goes on with the paragraph; two blanks at an end break the line."""
    lines = text.split("\n")
    return all(map(_BEGINS_PROSE, lines)) and not any(line[-1:].isspace() and line[-2:] != "  " for line in lines)
