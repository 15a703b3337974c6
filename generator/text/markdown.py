"""Markdown to HTML: CommonMark with tables and strikethrough, without raw HTML; the only door to markdown-it.

The text of a body may come from anywhere, so nothing in it can reach a page as markup: raw HTML is shown as text, and
only links `text.addresses` knows become links. Links inside the site stay symbolic (`href="dateline:other.md#h-part"`)
until addresses are known; `resolve` puts them in.
What a body means depends on nothing but the body.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token as Token  # noqa: PLC0414 - `text.outline` reads tokens through this door.

from generator.text.addresses import CONTENT, EXTERNAL, FILE, HERE, SITE, SYMBOLIC, heading_id, read_address
from generator.text.block import Fault
from generator.text.fast_markdown import PLACEHOLDER, take_prose
from generator.text.html import escape, plain_text

MOST_CHARACTERS = 200_000
MOST_LINES = 10_000
MOST_BRACKETS = 2_000
MOST_SIGNS = 8_000
MOST_WARNINGS = 20
DEEPEST = 24
_SYMBOLIC_LINK = re.compile(r'="dateline:([^"#]*)(#[^"]*)?"')
_RAW_HTML = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>])|!--|!\[CDATA\[|![A-Za-z]|\?)")
_LANGUAGE = re.compile(r"[\w+#.-]{1,40}")


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
    """A body's HTML and what it refers to; `faults` stop a build, `warnings` do not."""

    html: str
    links: tuple[WrittenLink, ...] = ()
    files: tuple[WrittenFile, ...] = ()
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


class Noted:
    """What is found while one body is parsed, in order; it lives as long as the parse."""

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.links: list[WrittenLink] = []
        self.files: list[WrittenFile] = []
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self.heading_ids: dict[str, int] = {}

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

    def rendered(self, html: str) -> Rendered:
        """Return the finished body."""
        return Rendered(
            html, tuple(sorted(self.links, key=_by_line)), tuple(self.files), tuple(self.faults), tuple(self.warnings)
        )


def _by_line(link: WrittenLink) -> int:
    return link.line


def render(body: str, *, first_line: int = 1) -> Rendered:
    """Return a body's HTML; `first_line` is the line of its file in which it begins."""
    noted = Noted(first_line)
    if is_too_large(body, noted):
        return noted.rendered("")
    prose = take_prose(_plain_line_ends(body))
    noted.links.extend(WrittenLink(target, "", first_line + line) for target, line in prose.links)
    if prose.is_whole:
        return noted.rendered("".join([_with_id(html, noted) for html in prose.blocks]))
    environment = {"noted": noted, "prose": iter(prose.blocks)}
    return noted.rendered(to_html(_parser().parse(prose.rest, environment), environment))


def render_plainly(body: str, *, first_line: int = 1) -> Rendered:
    """Return what `render` returns, by the parser alone: the measure its faster way is held to."""
    noted = Noted(first_line)
    tokens, environment = parse(body, noted)
    return noted.rendered(to_html(tokens, environment))


def parse(body: str, noted: Noted) -> tuple[list[Token], dict[str, Any]]:
    """Return the tokens of a body, their addresses already symbolic, and what rendering them needs."""
    environment: dict[str, Any] = {"noted": noted, "prose": iter(())}
    if is_too_large(body, noted):
        return [], environment
    return _parser().parse(body, environment), environment


def is_too_large(body: str, noted: Noted) -> bool:
    """Return whether a body holds more than is parsed at all, and note why.

    The limits keep the slowest text there can be within a fraction of a second; no text that people read comes near.
    """
    for found, most, name in (
        (len(body), MOST_CHARACTERS, "characters"),
        (body.count("\n"), MOST_LINES, "lines"),
        (body.count("["), MOST_BRACKETS, "square brackets"),
        (sum(map(body.count, "*_~`<&\\!]")), MOST_SIGNS, "signs of emphasis, code, links and the like"),
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


def to_html(tokens: Sequence[Token], environment: dict[str, Any]) -> str:
    """Return the HTML of block tokens."""
    parser = _parser()
    return str(parser.renderer.render(tokens, parser.options, environment))


def inline_html(children: Sequence[Token], environment: dict[str, Any]) -> str:
    """Return the HTML of a part of a line."""
    return _Renderer().renderInline(children, _parser().options, environment)


def resolve(html: str, addresses: Mapping[str, str]) -> str:
    """Return `html` with its symbolic addresses replaced; one that `addresses` lacks stays as it is.

    Keys are what follows `dateline:` without the fragment: a link's target, a file's name as an address, or an address
    in the site that begins with `/`. Fragments are kept.
    """
    if SYMBOLIC not in html:
        return html

    def replaced(found: re.Match[str]) -> str:
        address = addresses.get(unescape(found[1]))
        return found[0] if address is None else f'="{escape(address)}{found[2] or ""}"'

    return _SYMBOLIC_LINK.sub(replaced, html)


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "maxNesting": 40}, renderer_cls=_Renderer)
    parser.enable(["table", "strikethrough"])
    parser.block.ruler.before("table", "too_deep", _too_deep)
    parser.block.ruler.before("too_deep", "prose", _put_back_prose)
    parser.core.ruler.push("addresses", _note_and_shape)
    # Addresses are judged after parsing, where a line can be named; until then they stand as written.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def _put_back_prose(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a placeholder for the paragraph that `take_prose` rendered."""
    if silent or state.level or state.src[state.bMarks[start] : state.eMarks[start]] != PLACEHOLDER:
        return False
    html = next(state.env["prose"], None)
    if html is None:
        return False
    token = state.push("prose", "", 0)
    token.content = html
    token.map = [start, start + 1]
    state.line = start + 1
    return True


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take what is nested too deep as one paragraph of text, so that nothing is lost and no parse runs away."""
    if silent or state.level < DEEPEST:
        return False
    noted: Noted = state.env["noted"]
    noted.faults.append(
        Fault(noted.first_line + start, "lists and quotations are nested too deep here.", "Take some levels out.")
    )
    token = state.push("code_block", "code", 0)
    lines = range(start, end)
    token.content = "".join(f"{state.src[state.bMarks[line] : state.eMarks[line]].strip()}\n" for line in lines)
    token.map = [start, end]
    state.line = end
    return True


def _note_and_shape(state: StateCore) -> None:
    """Give every link, picture, heading and table its final form, and note what a page must know of them."""
    noted: Noted = state.env["noted"]
    for place, token in enumerate(state.tokens):
        if token.type == "inline" and token.children:
            _shape_line(token.children, noted.first_line + (token.map[0] if token.map else 0), noted)
            before = state.tokens[place - 1]
            if before.type == "heading_open":
                before.attrs["id"] = noted.new_id(text_of(token.children))
            elif _is_figure(before, token.children):
                before.tag = state.tokens[place + 1].tag = "figure"
                token.children[0].meta["caption"] = token.children[0].attrs.pop("title")
        elif token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
            if token.type == "heading_open" and not state.tokens[place + 1].children:
                token.attrs["id"] = noted.new_id("")
        elif token.type == "prose":
            token.content = _with_id(token.content, noted)
        elif token.type in ("th_open", "td_open") and "style" in token.attrs:
            # A class instead of the library's style attribute, which a strict content policy forbids.
            token.attrs = {"class": str(token.attrs["style"]).removeprefix("text-align:")}


def _with_id(html: str, noted: Noted) -> str:
    """Return a plain block's HTML, with an id when it is a heading."""
    if not html.startswith("<h"):
        return html
    return f'{html[:3]} id="{noted.new_id(plain_text(html))}"{html[3:]}'


def _is_figure(before: Token, children: Sequence[Token]) -> bool:
    if before.type != "paragraph_open" or before.hidden or len(children) != 1:
        return False
    return children[0].type == "image" and bool(children[0].attrs.get("title")) and "src" in children[0].attrs


def text_of(children: Sequence[Token] | None) -> str:
    """Return the plain text of a line's tokens."""
    parts = []
    for token in children or ():
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(text_of(token.children))
        else:
            parts.append(token.content)
    return "".join(parts)


def _shape_line(children: list[Token], line: int, noted: Noted) -> None:
    dropped = False
    for token in children:
        kind = token.type
        if kind in ("softbreak", "hardbreak"):
            line += 1
        elif kind == "link_open":
            dropped = not _shape_link(token, line, noted)
        elif kind == "link_close" and dropped:
            token.hidden, dropped = True, False
        elif kind == "image":
            _shape_image(token, line, noted)
        elif kind == "text" and "<" in token.content:
            raw = _RAW_HTML.search(token.content)
            if raw:
                noted.warn(
                    Fault(
                        line,
                        f'"{raw[0]}" looks like raw HTML, which is shown as text.',
                        "Write it as Markdown, or put it between backticks.",
                    )
                )


def _shape_link(token: Token, line: int, noted: Noted) -> bool:
    written = str(token.attrs["href"])
    address = read_address(written)
    if address is None:
        token.hidden = True
        _warn_of_address(written, line, noted)
        return False
    fragment = heading_id(address.fragment) if address.fragment else ""
    if address.kind == EXTERNAL:
        token.attrs["href"] = normalizeLink(address.target)
    elif address.kind == HERE:
        token.attrs["href"] = f"#{fragment}"
    elif address.kind == CONTENT:
        noted.links.append(WrittenLink(address.target, fragment, line))
        token.attrs["href"] = f"{SYMBOLIC}{address.target}{'#' + fragment if fragment else ''}"
    else:
        if address.kind == FILE:
            noted.files.append(WrittenFile(address.target, line))
        token.attrs["href"] = f"{SYMBOLIC}{normalizeLink(address.target)}{'#' + fragment if fragment else ''}"
    return True


def _shape_image(token: Token, line: int, noted: Noted) -> None:
    written = str(token.attrs.pop("src"))
    address = read_address(written)
    alt = text_of(token.children)
    if address is not None and address.kind in (FILE, SITE):
        if address.kind == FILE:
            noted.files.append(WrittenFile(address.target, line))
        source = SYMBOLIC + normalizeLink(address.target)
        token.attrs = {**token.attrs, "src": source, "alt": alt, "loading": "lazy"}
    elif address is not None and address.kind == EXTERNAL and not address.target.lower().startswith("mailto:"):
        noted.warn(
            Fault(
                line,
                f'the picture "{written}" is on another server, so it is shown as a link.',
                "Save it beside the text and name that file: a page loads nothing from elsewhere.",
            )
        )
        token.attrs = {"href": normalizeLink(address.target)}
        token.content = alt or address.target
    else:
        _warn_of_address(written, line, noted)
        token.attrs, token.content = {}, alt


def _warn_of_address(written: str, line: int, noted: Noted) -> None:
    shown = written if len(written) <= 80 else written[:79] + "…"
    noted.warn(
        Fault(
            line,
            f'"{shown}" is no address a page may hold, so only its words are shown.',
            "Write an https address, a path to a file, or an address in the site that begins with /.",
        )
    )


class _Renderer(RendererHTML):
    """How each kind of token reads as HTML where it differs from the library."""

    def prose(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return tokens[idx].content

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return '<div class="table" role="region" tabindex="0" aria-label="Table">\n<table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return "</table>\n</div>\n"

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        token = tokens[idx]
        if "src" in token.attrs:
            caption = f"<figcaption>{escape(token.meta['caption'])}</figcaption>" if "caption" in token.meta else ""
            return f"<img{self.renderAttrs(token)}>{caption}"
        # A link must not hold another link; there the words alone stand for the picture.
        if "href" in token.attrs and not _inside_link(tokens, idx):
            return f"<a{self.renderAttrs(token)}>{escape(token.content)}</a>"
        return escape(token.content)

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        token = tokens[idx]
        language = _LANGUAGE.match(token.info.strip())
        kind = f' class="language-{language[0]}"' if language else ""
        return f'<pre tabindex="0"><code{kind}>{escape(token.content)}</code></pre>\n'

    def code_block(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f'<pre tabindex="0"><code>{escape(tokens[idx].content)}</code></pre>\n'


def _inside_link(tokens: Sequence[Token], idx: int) -> bool:
    for token in reversed(tokens[:idx]):
        if token.type in ("link_open", "link_close"):
            return token.type == "link_open" and not token.hidden
    return False


def line_of(body: str, text: str, first_line: int = 1) -> int:
    """Return the line in which the rendered sentence `text` begins, or 0 when it is not found."""
    wanted = _squeezed(text)
    if not wanted:
        return 0
    tokens, _ = parse(body, Noted(first_line))
    for token in tokens:
        if token.type == "inline" and token.map:
            shown = _squeezed(text_of(token.children))
            place = shown.find(wanted)
            if place >= 0:
                return first_line + token.map[0] + _breaks_before(token.children or [], place)
    return 0


def _breaks_before(children: Sequence[Token], place: int) -> int:
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
