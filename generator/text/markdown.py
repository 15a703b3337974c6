"""Markdown to HTML: CommonMark with tables and strikethrough, without raw HTML.

The text of a body may come from anywhere, so nothing in it can reach a page as markup: raw HTML is shown as text, and
only addresses that `text.addresses` knows become links. Links inside the site stay symbolic
(`href="dateline:other.md#h-part"`) until addresses are known.
What a body means depends on nothing but the body. The parser is loaded only when a text holds more than plain prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.errors import nearest
from generator.text.addresses import HEADING_PREFIX, heading_id
from generator.text.block import Fault
from generator.text.fast_markdown import take_prose
from generator.text.html import plain_text

if TYPE_CHECKING:
    from generator.text.markdown_parser import Token

MOST_CHARACTERS = 200_000
MOST_LINES = 10_000
MOST_BRACKETS = 2_000
MOST_SIGNS = 8_000
MOST_PUNCTUATION = 30_000
MOST_WARNINGS = 20
HEADINGS = ("<h2", "<h3", "<h4", "<h5", "<h6")
HEADING_ADVICE = "Name a heading by its words, in small letters with hyphens between, or leave out the part after #."


class WrittenLink(NamedTuple):
    """A link to another content file: `target` as written (`../02/other.md`), decoded; `fragment` is a heading's id."""

    target: str
    fragment: str
    line: int


class WrittenFile(NamedTuple):
    """A picture or another file that a body names, as written, decoded, and the line that names it."""

    src: str
    line: int


class Rendered(NamedTuple):
    """A body's HTML, what it refers to, and the ids of its headings; `faults` stop a build, `warnings` do not."""

    html: str
    links: tuple[WrittenLink, ...] = ()
    files: tuple[WrittenFile, ...] = ()
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    headings: tuple[str, ...] = ()


class Noted:
    """What is found while one body is parsed, in order; it lives as long as the parse."""

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.links: list[WrittenLink] = []
        self.files: list[WrittenFile] = []
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self.heading_ids: dict[str, int] = {}
        # Links to a place in the text itself, which can be judged when all its headings are known.
        self.here: list[WrittenLink] = []

    def new_id(self, heading: str) -> str:
        """Return an id for a heading that no other heading of the body has."""
        name = heading_id(heading)
        times = self.heading_ids.get(name, 0) + 1
        unique = name if times == 1 else f"{name}-{times}"
        while times > 1 and unique in self.heading_ids:
            times += 1
            unique = f"{name}-{times}"
        self.heading_ids[name] = times
        self.heading_ids.setdefault(unique, 1)
        return unique

    def warn(self, warning: Fault) -> None:
        """Keep a warning, but not thousands: whoever mends the first twenty will see the next."""
        if len(self.warnings) < MOST_WARNINGS:
            self.warnings.append(warning)

    def with_id(self, html: str) -> str:
        """Return a plain block's HTML, with an id when it is a heading."""
        if not html.startswith(HEADINGS):
            return html
        return f'{html[:3]} id="{self.new_id(plain_text(html))}"{html[3:]}'

    def judge_here(self) -> None:
        """Warn of links to a heading that the text, now read to its end, does not have."""
        for link in self.here:
            if link.fragment not in self.heading_ids:
                message = f"The link leads to {lost_heading(link.fragment, self.heading_ids, 'this text')}"
                self.warn(Fault(link.line, message, HEADING_ADVICE))

    def rendered(self, html: str) -> Rendered:
        """Return the finished body."""
        self.judge_here()
        links = tuple(sorted(self.links, key=_by_line))
        found = tuple(self.files), tuple(self.faults), tuple(self.warnings)
        return Rendered(html, links, *found, tuple(self.heading_ids))


def lost_heading(id: str, headings: Iterable[str], owner: str) -> str:
    """Return what follows "The link leads to" where the heading `id` is none of `headings`, those of `owner`."""
    wanted, *known = (heading.removeprefix(HEADING_PREFIX) for heading in (id, *headings))
    if not known:
        return f'"#{wanted}", and {owner} has no headings.'
    near = nearest(wanted, known)
    suggestion = f' Did you mean "#{near}"?' if near else ""
    return f'"#{wanted}", which is no heading of {owner}.{suggestion}'


def _by_line(link: WrittenLink) -> tuple[int, str, str]:
    return link.line, link.target, link.fragment


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
    if len(body) <= MOST_BRACKETS:
        return False
    for found, most, name in (
        (len(body), MOST_CHARACTERS, "characters"),
        (body.count("\n"), MOST_LINES, "lines"),
        (body.count("["), MOST_BRACKETS, "square brackets"),
        (sum(map(body.count, "*_~`<&\\!]")), MOST_SIGNS, "signs of emphasis, code, links and the like"),
        (sum(map(body.count, "-:=+#%{}@^$")), MOST_PUNCTUATION, "hyphens, colons and the like"),
    ):
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
