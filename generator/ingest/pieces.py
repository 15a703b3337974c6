"""Take a web page apart into pieces: each stretch of text between two block elements, and where in the page it stands.

Nothing is judged here. A piece holds no element of the page, so it can be measured, kept and written as a plain value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.ingest.marks import words_of
from generator.named import NamedTuple

_SILENT_TAGS = """area audio canvas datalist embed head iframe img input map math meter noscript object option picture
    progress script select source style svg template textarea title track video"""
SILENT = frozenset(_SILENT_TAGS.split())
_BLOCK_TAGS = """address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section
    summary table tbody td tfoot th thead tr ul"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_CONTAINERS = frozenset(("ul", "ol", "menu", "li", "blockquote", "table", "tr", "td", "th"))
_BOLD = frozenset(("b", "strong"))
_ITALIC = frozenset(("i", "em", "cite"))
_ACTING = _BLOCKS | _BOLD | _ITALIC | {"a", "br"}
_BOLD_BIT, _ITALIC_BIT = 1, 2
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
MOST_PIECES = 20_000
_MOST_NAMES = 400


class Frame(NamedTuple):
    """A block element around a piece: its tag, its class, id and role as written, and its place among all of them.

    `column` is how many cells stand before a table's cell in its row.
    """

    number: int
    tag: str
    names: str = ""
    is_hidden: bool = False
    column: int = 0


class Run(NamedTuple):
    """Some words of a piece that share one dress: the address they link to ("" for none), bold and italic."""

    text: str
    href: str
    dress: int


class Piece(NamedTuple):
    """One stretch of text. `frames` are the block elements around it, the nearest first.

    `inside` are the lists, quotations and tables it stands in, the outermost first; `words` are those of the text.
    """

    text: str
    runs: tuple[Run, ...]
    frames: tuple[Frame, ...]
    inside: tuple[Frame, ...]
    words: tuple[str, ...]

    @property
    def tag(self) -> str:
        """The tag of the nearest block element."""
        return self.frames[0].tag if self.frames else ""


def is_bold(run: Run) -> bool:
    """Say whether the words stand in bold."""
    return bool(run.dress & _BOLD_BIT)


def is_italic(run: Run) -> bool:
    """Say whether the words stand in italics."""
    return bool(run.dress & _ITALIC_BIT)


def one_line(text: str) -> str:
    """Return text with each run of white space as one blank."""
    if not text.isascii():
        text = text.replace("\u200b", " ").replace("\ufeff", " ")
    return " ".join(text.split())


def size_of(piece: Piece) -> int:
    """Return how many words parted by blanks a piece has."""
    return piece.text.count(" ") + 1


def pieces_of(root: Any) -> list[Piece]:
    """Return the pieces below `root`, in the order of the page; of an endless page only the first 20,000."""
    walk = _Walk()
    found, enter, leave, say = walk.found, walk.enter, walk.leave, walk.say
    # A stack, because pages nest deeper than calls may; only what holds elements is put on it.
    stack: list[tuple[Any, Iterator[Any]]] = [(root, iter(root))]
    enter(root, root.tag)
    say(root.text or "")
    while stack:
        one, children = stack[-1]
        for child in children:
            tag = child.tag
            if isinstance(tag, str) and tag not in SILENT:
                if tag in _ACTING:
                    enter(child, tag)
                if text := child.text:
                    say(text)
                if len(child):
                    stack.append((child, iter(child)))
                    break
                if tag in _ACTING:
                    leave(tag)
            if text := child.tail:
                say(text)
            if len(found) >= MOST_PIECES:
                return found
        else:
            stack.pop()
            leave(one.tag)
            if stack and one.tail:
                say(one.tail)
    walk.flush()
    return found


def walked(root: Any, silent: frozenset[str] = SILENT) -> Iterator[tuple[bool, Any, str]]:
    """Yield each element's start and end and the text between; a stack, because pages nest deeper than calls may.

    Elements of a `silent` tag are passed over with all that is in them.
    """
    stack: list[tuple[Any, Iterator[Any]]] = [(root, iter(root))]
    yield True, root, ""
    if root.text:
        yield True, None, root.text
    while stack:
        one, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield False, one, ""
            if stack and one.tail:
                yield True, None, one.tail
            continue
        tag = child.tag
        if not isinstance(tag, str) or tag in silent:
            if child.tail:
                yield True, None, child.tail
            continue
        yield True, child, ""
        if child.text:
            yield True, None, child.text
        stack.append((child, iter(child)))


class _Walk:
    """What is open at one place of the page, and the pieces found so far."""

    def __init__(self) -> None:
        self.found: list[Piece] = []
        self.frames: tuple[Frame, ...] = ()
        self.inside: tuple[Frame, ...] = ()
        self.runs: list[Run] = []
        self.links: list[str] = []
        self.columns: dict[int, int] = {}
        self.bold = self.italic = self.count = 0

    def say(self, text: str) -> None:
        """Add a text to the piece being read, with the link and the dress it stands in."""
        # Between blocks stands mostly white space, which begins no piece.
        if not self.runs and (not text or text.isspace()):
            return
        dress = (_BOLD_BIT if self.bold else 0) | (_ITALIC_BIT if self.italic else 0)
        self.runs.append(Run(text, self.links[-1] if self.links else "", dress))

    def enter(self, one: Any, tag: str) -> None:
        """Note that an element begins: a block ends the piece before it, a link or a dress covers what comes."""
        if tag in _BLOCKS:
            if self.runs:
                self.flush()
            frame = self._frame(one, tag)
            self.frames = (frame, *self.frames)
            if tag in _CONTAINERS:
                self.inside = (*self.inside, frame)
        elif tag == "br":
            # A break in a saved page parts paragraphs more often than it parts lines of verse.
            if any(frame.tag == "pre" for frame in self.frames[:2]):
                self.say("\n")
            else:
                self.flush()
        elif tag == "a":
            self.links.append((one.get("href") or "").strip())
        elif tag in _BOLD:
            self.bold += 1
        elif tag in _ITALIC:
            self.italic += 1

    def leave(self, tag: str) -> None:
        """Note that an element ends, as its beginning was noted."""
        if tag in _BLOCKS:
            if self.runs:
                self.flush()
            self.frames = self.frames[1:]
            if tag in _CONTAINERS:
                self.inside = self.inside[:-1]
        elif tag == "a":
            self.links.pop()
        elif tag in _BOLD:
            self.bold -= 1
        elif tag in _ITALIC:
            self.italic -= 1

    def flush(self) -> None:
        """End the piece that is being read."""
        if self.runs:
            text = one_line("".join([run.text for run in self.runs]))
            if text:
                words = tuple(words_of(text.casefold()))
                self.found.append(Piece(text, tuple(self.runs), self.frames, self.inside, words))
            self.runs = []

    def _frame(self, one: Any, tag: str) -> Frame:
        self.count += 1
        column = 0
        if tag in ("td", "th"):
            row = self.inside[-1].number if self.inside else 0
            column = self.columns.get(row, 0)
            self.columns[row] = column + 1
        stated = one.items()
        if not stated:
            return Frame(self.count, tag, "", False, column)
        get = dict(stated).get
        names = " ".join(filter(None, (get("class"), get("id"), get("role"))))
        style = get("style")
        is_hidden = (
            get("hidden") is not None
            or get("aria-hidden") == "true"
            or (style is not None and bool(_HIDDEN_STYLE.search(style)))
        )
        return Frame(self.count, tag, names[:_MOST_NAMES], is_hidden, column)
