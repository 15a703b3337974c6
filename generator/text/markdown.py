"""Markdown to HTML: CommonMark with tables and strikethrough, without raw HTML.

The text of a body may come from anywhere, so nothing in it can reach a page as markup: raw HTML is shown as text, and
only addresses that `text.addresses` knows become links. Links inside the site stay symbolic
(`href="dateline:other.md#h-part"`) until addresses are known.
What a body means depends on nothing but the body. The parser is loaded only when a text holds more than plain prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.text.block import Fault
from generator.text.fast_markdown import take_prose
from generator.text.noted import Noted, Rendered, WrittenLink

if TYPE_CHECKING:
    from generator.text.markdown_parser import Token

MOST_CHARACTERS = 200_000
MOST_LINES = 10_000
MOST_BRACKETS = 2_000
MOST_SIGNS = 8_000
MOST_PUNCTUATION = 30_000


def render(body: str, *, first_line: int = 1) -> Rendered:
    """Return a body's HTML; `first_line` is the line of its file in which it begins."""
    noted = Noted(first_line)
    if is_too_large(body, noted):
        return noted.rendered("")
    prose = take_prose(_plain_line_ends(body))
    noted.links.extend(WrittenLink(target, "", first_line + line) for target, line in prose.links)
    if prose.is_whole:
        return noted.rendered("".join([noted.with_id(html) for html in prose.blocks]))
    from generator.text.markdown_parser import parse, to_html

    return noted.rendered(to_html(parse(prose.rest, noted, prose.blocks)))


def render_plainly(body: str, *, first_line: int = 1) -> Rendered:
    """Return what `render` returns, by the parser alone: the measure its faster way is held to."""
    from generator.text.markdown_parser import parse, to_html

    noted = Noted(first_line)
    return noted.rendered("" if is_too_large(body, noted) else to_html(parse(body, noted)))


def line_of(body: str, text: str, first_line: int = 1) -> int:
    """Return the line in which the rendered sentence `text` begins, or 0 when it is not found."""
    from generator.text.markdown_parser import parse, text_of

    wanted = _squeezed(text)
    noted = Noted(first_line)
    if not wanted or is_too_large(body, noted):
        return 0
    for token in parse(body, noted):
        if token.type == "inline" and token.map:
            shown = _squeezed(text_of(token.children))
            place = shown.find(wanted)
            if place >= 0:
                return first_line + token.map[0] + _breaks_before(token.children or [], place)
    return 0


def is_too_large(body: str, noted: Noted) -> bool:
    """Return whether a body holds more than is parsed at all, and note why.

    The limits keep the slowest text there can be within a fraction of a second; no text that people read comes near.
    """
    length = len(body)
    for signs, most, name in (
        ("", MOST_CHARACTERS, "characters"),
        ("\n", MOST_LINES, "lines"),
        ("[", MOST_BRACKETS, "square brackets"),
        ("*_~`<&\\!]", MOST_SIGNS, "signs of emphasis, code, links and the like"),
        ("-:=+#%{}@^$", MOST_PUNCTUATION, "hyphens, colons and the like"),
    ):
        # A body has no more of any sign than it has characters, so that most are never counted.
        if length <= most:
            continue
        found = sum(map(body.count, signs)) if signs else length
        if found > most:
            message = f"the text has {found:,} {name}; a text may have {most:,}."
            noted.faults.append(Fault(noted.first_line, message, "Split it into several files."))
            return True
    return False


def _plain_line_ends(body: str) -> str:
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    return body.replace("\0", "\ufffd")


def _breaks_before(children: Sequence[Token], place: int) -> int:
    from generator.text.markdown_parser import text_of

    seen, breaks = "", 0
    for token in children:
        if token.type in ("softbreak", "hardbreak"):
            if len(_squeezed(seen)) > place:
                break
            breaks += 1
        seen += text_of([token])
        if len(_squeezed(seen)) > place:
            break
    return breaks


def _squeezed(text: str) -> str:
    return " ".join(text.split())
