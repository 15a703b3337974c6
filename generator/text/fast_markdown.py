"""The plain blocks of a news text as HTML, without the parser.

Most of a news text is paragraphs of words with now and then an emphasis or a link, some headings, a quotation, a plain
list. Between empty lines at the margin such a block means the same whatever stands around it, so it is rendered here
and leaves a placeholder in the text that the parser reads. Whatever holds more is left to the parser.
The HTML is the parser's, byte for byte; tests compare the two over every construct.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.text.addresses import SYMBOLIC

# Of the private use area, where no text of a site has business; a body that holds it is parsed the long way.
PLACEHOLDER = "\ue000"

# A line that begins with one of these begins nothing but a paragraph: a letter, a quotation mark, a number that is no
# list marker, an emphasis or a link.
_BEGINS_PROSE = re.compile(r"""[^\W\d_]|["'(“‘«”’„…–—$€£¿¡؟]|\d+(?![\d.)])|\*\*?(?=[^\W_])|\[(?=[^\]\n]+\]\()""").match
_HEADING = re.compile(r"(#{1,6}) ([^\n]*[^\s#])").fullmatch
# After these a list has ended; anything else at the margin may carry it on.
_ENDS_LIST = re.compile(r"[^\s*+\d-]|\Z").match
_SIGN = re.compile(r"""[\\`*_\[\]<>&~"\n]""").search
_MARK = re.compile(r"[\\`*_\[\]<~]").search
_ENTITY = re.compile(r"&[#A-Za-z]").search

# Every alternative begins with one letter of its own, so that the expression engine leaps from sign to sign.
_WORDS = r"[^\\`*_\[\]<~!\n]"
_CONSTRUCT = re.compile(
    rf"\*(?<!\S\*)(\*?)(?=[^\W_])({_WORDS}*?[^\W_])\*\1(?=[\s.,;:?)]|\Z)"
    rf"|\[(?<!!\[)({_WORDS}+)\]\("
    r"(?:(https?://[a-z0-9.-]+(?:/[A-Za-z0-9./=+,_-]*)?)|((?:\.\./)*[A-Za-z0-9][A-Za-z0-9/_.-]*\.md))\)"
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
        following = blocks[place + 1] if place + 1 < len(blocks) else ""
        html = _block_html(text, links, line, follows_plain and _ENDS_LIST(following) is not None)
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
        html = _prose_html(text, links, line)
        if html is not None:
            return f"<p>{html}</p>\n"
    elif text.startswith("#"):
        heading = _HEADING(text)
        html = _prose_html(heading[2], links, line) if heading and _BEGINS_PROSE(heading[2]) else None
        if heading and html is not None:
            level = min(6, len(heading[1]) + 1)
            return f"<h{level}>{html}</h{level}>\n"
    elif text.startswith("> "):
        words = _without_marker(text, "> ")
        html = _prose_html("\n".join(words), links, line) if words else None
        if html is not None:
            return f"<blockquote>\n<p>{html}</p>\n</blockquote>\n"
    elif stands_alone and text.startswith("- "):
        items = [_prose_html(item, links, line + place) for place, item in enumerate(_without_marker(text, "- "))]
        if items and None not in items:
            return "<ul>\n<li>" + "</li>\n<li>".join(filter(None, items)) + "</li>\n</ul>\n"
    del links[noted:]
    return None


def _without_marker(text: str, marker: str) -> list[str]:
    """Return the lines of a block without the marker each begins with; none when a line is more than marked prose."""
    lines = text.split("\n")
    words = [line[len(marker) :] for line in lines if line.startswith(marker)]
    return words if len(words) == len(lines) and all(map(_BEGINS_PROSE, words)) else []


def _prose_html(text: str, links: list[PlainLink], line: int) -> str | None:
    """Return the HTML of plain words, or None when only the parser knows; links to content files join `links`."""
    if text[-1:].isspace():
        return None
    if _SIGN(text) is None:
        return text
    if "\n" in text and not _is_one_paragraph(text):
        return None
    if "&" in text:
        if _ENTITY(text):
            return None
        text = text.replace("&", "&amp;")
    text = text.replace('"', "&quot;").replace(">", "&gt;")
    if _MARK(text) is None:
        return text

    def replaced(found: re.Match[str]) -> str:
        kind = found.lastindex
        if kind == 2:
            return f"<strong>{found[2]}</strong>" if found[1] else f"<em>{found[2]}</em>"
        if kind == 4:
            return f'<a href="{found[4]}">{found[3]}</a>'
        if kind == 5:
            links.append(PlainLink(found[5], line + text.count("\n", 0, found.start())))
            return f'<a href="{SYMBOLIC}{found[5]}">{found[3]}</a>'
        raise _MoreThanProse

    try:
        return _CONSTRUCT(replaced, text)
    except _MoreThanProse:
        return None


def _is_one_paragraph(text: str) -> bool:
    """Return whether each line of a block goes on with the paragraph, without blanks at either end."""
    lines = text.split("\n")
    return all(map(_BEGINS_PROSE, lines)) and not any(line[-1:].isspace() for line in lines)
