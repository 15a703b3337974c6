"""The parser behind `text.markdown`; the only door to markdown-it.

It is configured once: CommonMark, tables and strikethrough, no raw HTML. Addresses are judged after parsing, where the
line can be named, and every token then has its final form.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.text.addresses import CONTENT, EXTERNAL, FILE, HERE, SITE, SYMBOLIC, heading_id, read_address
from generator.text.block import Fault
from generator.text.fast_markdown import PLACEHOLDER, TABLE_CLOSE, TABLE_OPEN, Noticed, prose_html
from generator.text.html import escape, plain_text
from generator.text.noted import Noted, WrittenFile, WrittenLink

# Tokens leave by this door too, for those who read them.
__all__ = ["Token", "inline_html", "parse", "text_of", "text_token", "to_html"]

DEEPEST = 24
_RAW_HTML = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>])|!--|!\[CDATA\[|![A-Za-z]|\?)")
_LANGUAGE = re.compile(r"[\w+#.-]{1,40}")


def parse(body: str, noted: Noted, prose: Sequence[str] | None = None) -> list[Token]:
    """Return the tokens of a body in their final form.

    `prose` are the plain blocks whose placeholders the body holds; with them, the words of a plain line are one token
    that holds their HTML. The body must not be too large.
    """
    return _parser().parse(body, {"noted": noted, "prose": None if prose is None else iter(prose)})


def to_html(tokens: Sequence[Token]) -> str:
    """Return the HTML of block tokens."""
    parser = _parser()
    return str(parser.renderer.render(tokens, parser.options, {}))


def inline_html(children: Sequence[Token]) -> str:
    """Return the HTML of a part of a line."""
    parser = _parser()
    return str(parser.renderer.renderInline(children, parser.options, {}))  # type: ignore[attr-defined]


def text_of(children: Sequence[Token] | None) -> str:
    """Return the plain text of a line's tokens."""
    parts = []
    for token in children or ():
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(text_of(token.children))
        elif token.type == "prose":
            parts.append(plain_text(token.content))
        else:
            parts.append(token.content)
    return "".join(parts)


def text_token(content: str) -> Token:
    """Return a token that stands for plain text."""
    token = Token("text", "", 0)
    token.content = content
    return token


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "maxNesting": 30}, renderer_cls=_Renderer)
    parser.enable(["table", "strikethrough"])
    parser.block.ruler.before("table", "too_deep", _too_deep)
    parser.block.ruler.before("too_deep", "prose", _put_back_prose)
    parser.core.ruler.at("inline", _read_lines)
    parser.core.ruler.before("text_join", "raw_html", _warn_of_raw_html)
    parser.core.ruler.push("addresses", _note_and_shape)
    # Addresses are judged after parsing, where a line can be named; until then they stand as written.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def _put_back_prose(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a placeholder for the paragraph that `take_prose` rendered."""
    if (
        silent
        or state.level
        or state.env["prose"] is None
        or state.src[state.bMarks[start] : state.eMarks[start]] != PLACEHOLDER
    ):
        return False
    html = next(state.env["prose"], None)
    if html is None:
        return False
    token = state.push("prose", "", 0)
    token.content = html
    token.map = [start, start + 1]
    state.line = start + 1
    return True


def _read_lines(state: StateCore) -> None:
    """Read the words of every block: plain ones at once, all else by the parser's own rules."""
    noted: Noted = state.env["noted"]
    is_quick = state.env["prose"] is not None
    for token in state.tokens:
        if token.type != "inline":
            continue
        noticed = Noticed([])
        line = noted.first_line + (token.map[0] if token.map else 0)
        html = prose_html(token.content, noticed, line) if is_quick else None
        token.children = []
        if html is None:
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        else:
            noted.links.extend(WrittenLink(target, "", line) for target, line in noticed.links)
            token.children.append(Token("prose", "", 0, content=html))


def _warn_of_raw_html(state: StateCore) -> None:
    """Note what looks like raw HTML while a sign that the text escapes is still a token of its own: it means itself."""
    noted: Noted = state.env["noted"]
    for block in state.tokens:
        line = noted.first_line + (block.map[0] if block.map else 0)
        for token in block.children or ():
            line += token.type in ("softbreak", "hardbreak")
            if token.type == "text" and (raw := _RAW_HTML.search(token.content)):
                advice = "Write it as Markdown, or put it between backticks."
                noted.warn(Fault(line, f'"{raw[0]}" looks like raw HTML, which is shown as text.', advice))


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
            token.content = noted.with_id(token.content)
        elif token.type in ("th_open", "td_open") and "style" in token.attrs:
            # A class instead of the library's style attribute, which a strict content policy forbids.
            token.attrs = {"class": str(token.attrs["style"]).removeprefix("text-align:")}


def _is_figure(before: Token, children: Sequence[Token]) -> bool:
    if before.type != "paragraph_open" or before.hidden or len(children) != 1:
        return False
    return children[0].type == "image" and bool(children[0].attrs.get("title")) and "src" in children[0].attrs


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


def _shape_link(token: Token, line: int, noted: Noted) -> bool:
    written = str(token.attrs["href"])
    address = read_address(written)
    if address is None:
        token.hidden = True
        _warn_of_address(written, line, noted)
        return False
    fragment = heading_id(unquote(address.fragment)) if address.fragment else ""
    if address.kind == EXTERNAL:
        token.attrs["href"] = normalizeLink(address.target)
    elif address.kind == HERE:
        if fragment:
            noted.here.append(WrittenLink("", fragment, line))
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
    advice = "Write an https address, a path to a file, or an address in the site that begins with /."
    noted.warn(Fault(line, f'"{shown}" is no address a page may hold, so only its words are shown.', advice))


class _Renderer(RendererHTML):
    """How each kind of token reads as HTML where it differs from the library."""

    def prose(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Print what the fast rules have rendered already."""
        return tokens[idx].content

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Open a table and the region it scrolls in."""
        return TABLE_OPEN

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Close a table and its region."""
        return TABLE_CLOSE

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Print a picture with its caption; one that may not be shown is a link, or its words."""
        token = tokens[idx]
        if "src" in token.attrs:
            caption = f"<figcaption>{escape(token.meta['caption'])}</figcaption>" if "caption" in token.meta else ""
            return f"<img{self.renderAttrs(token)}>{caption}"
        # A link must not hold another link; there the words alone stand for the picture.
        if "href" in token.attrs and not _inside_link(tokens, idx):
            return f"<a{self.renderAttrs(token)}>{escape(token.content)}</a>"
        return escape(token.content)

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Print a block of code between fences, with the language it names."""
        token = tokens[idx]
        language = _LANGUAGE.match(token.info.strip())
        kind = f' class="language-{language[0]}"' if language else ""
        return f'<pre tabindex="0"><code{kind}>{escape(token.content)}</code></pre>\n'

    def code_block(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Print a block of code that is told by its indent."""
        return f'<pre tabindex="0"><code>{escape(tokens[idx].content)}</code></pre>\n'


def _inside_link(tokens: Sequence[Token], idx: int) -> bool:
    for token in reversed(tokens[:idx]):
        if token.type in ("link_open", "link_close"):
            return token.type == "link_open" and not token.hidden
    return False
