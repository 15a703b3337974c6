"""Write the kept pieces of a web page as CommonMark: paragraphs, headings, lists, quotations, links, tables.

Text is escaped on the way out, so that no mark and no tag of the page acts in the content file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from urllib.parse import urljoin

from generator.ingest.commonmark import escaped, escaped_start, link
from generator.ingest.pieces import Frame, Piece, Run, is_bold, is_italic, one_line

_LISTS = ("ul", "ol", "menu")
_OTHER_BLANKS = ("\u200b", "\ufeff")
_NESTED = re.compile(r"[-*] |1[.)] ")
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_MOST_COLUMNS = 24
_DEEPEST = 12


def body_of_pieces(pieces: Sequence[Piece], base: str = "") -> str:
    """Return the body that these pieces make; their links are read as standing at the address `base`."""
    blocks = _blocks(pieces, 0, base)
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _blocks(pieces: Sequence[Piece], depth: int, base: str) -> list[str]:
    """Return the blocks of pieces that stand in the same `depth` containers."""
    found: list[str] = []
    for container, group in groupby(pieces, key=lambda piece: _container(piece, depth)):
        within = list(group)
        if container is None:
            found += [text for piece in within if (text := _block(piece, base))]
        elif container.tag in _LISTS:
            found += _list(container, within, depth + 1, base, found[-1] if found else "")
        elif container.tag == "blockquote":
            inner = "\n\n".join(_blocks(within, depth + 1, base))
            found += ["\n".join(f"> {line}".rstrip() for line in inner.split("\n"))] if inner else []
        elif container.tag == "table":
            found += _table(within, depth + 1, base)
        else:
            # An item without a list, a cell without a table: only what is in it counts.
            found += _blocks(within, depth + 1, base)
    return found


def _container(piece: Piece, depth: int) -> Frame | None:
    return piece.inside[depth] if depth < min(len(piece.inside), _DEEPEST) else None


def _block(piece: Piece, base: str) -> str:
    if any(frame.tag == "pre" for frame in piece.frames[:2]):
        text = "".join(run.text for run in piece.runs).strip("\n")
        if "\n" in text:
            return _fenced(text)
    text = _inline(piece, base)
    level = heading_level(piece)
    if level:
        if re.search(r"(?:^|\s)#+$", text):
            # Signs at the end of a heading's line would be read as its close.
            text = text[:-1] + "\\#"
        return f"{'#' * max(2, level)} {text}" if text else ""
    return escaped_start(text)


def heading_level(piece: Piece) -> int:
    """Return 1 to 6 for a piece that is a heading, 0 for any other."""
    return next((_LEVELS[frame.tag] for frame in piece.frames[:3] if frame.tag in _LEVELS), 0)


def _list(container: Frame, pieces: Sequence[Piece], depth: int, base: str, above: str) -> list[str]:
    # Two lists in a row would be read as one, had both the same marks.
    if container.tag == "ol":
        sign = ")" if above.startswith("1. ") else "."
    else:
        sign = "*" if above.startswith("- ") else "-"
    items: list[str] = []
    for _, group in groupby(enumerate(pieces), key=lambda each: _item(each[0], each[1], depth)):
        inner = _blocks([piece for _, piece in group], depth, base)
        if inner:
            mark = f"{len(items) + 1}{sign} " if container.tag == "ol" else f"{sign} "
            items.append(mark + _indented(_close(inner), " " * len(mark)))
    is_loose = any("\n\n" in item for item in items)
    return [("\n\n" if is_loose else "\n").join(items)] if items else []


def _item(place: int, piece: Piece, depth: int) -> tuple[int, int]:
    """Return what tells the items of a list apart; words that stand in the list but in no item are one each."""
    container = _container(piece, depth)
    return (container.number, 0) if container is not None else (-1, place)


def _close(blocks: Sequence[str]) -> str:
    """Join the blocks of an item; a list right below its words stands close to them."""
    text = blocks[0]
    for block in blocks[1:]:
        text += ("\n" if _NESTED.match(block) and "\n\n" not in block else "\n\n") + block
    return text


def _indented(text: str, blanks: str) -> str:
    return text.replace("\n", "\n" + blanks).replace("\n" + blanks + "\n", "\n\n")


def _table(pieces: Sequence[Piece], depth: int, base: str) -> list[str]:
    """Return a table of short cells as one; a page laid out by tables as the blocks of its cells."""
    rows: list[dict[int, str]] = []
    for row, group in groupby(pieces, key=lambda piece: _container(piece, depth)):
        if row is None or row.tag != "tr":
            return _blocks(pieces, depth, base)
        cells: dict[int, str] = {}
        for cell, within in groupby(group, key=lambda piece: _container(piece, depth + 1)):
            each = list(within)
            if cell is None or len(each) > 3 or any(len(piece.inside) > depth + 2 for piece in each):
                return _blocks(pieces, depth, base)
            text = " ".join(_inline(piece, base) for piece in each)
            cells[cell.column] = text.replace("\\|", "|").replace("|", "\\|")
        rows.append(cells)
    width = max((max(cells) for cells in rows), default=0) + 1
    if len(rows) < 2 or not 2 <= width <= _MOST_COLUMNS:
        return _blocks(pieces, depth, base)
    lines = [f"| {' | '.join(cells.get(column, '') for column in range(width))} |" for cells in rows]
    return ["\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])]


def _inline(piece: Piece, base: str) -> str:
    """Return the words of a piece with their links and their emphasis."""
    if not any(run.href or run.dress for run in piece.runs):
        return escaped(piece.text)
    written = ""
    whole = [Run(_single_blanks(run.text), run.href, run.dress) for run in piece.runs]
    for href, group in groupby(whole, key=lambda run: run.href):
        words = _dressed(list(group), written[-1:])
        address = _address(base, href) if href else ""
        bare = words.strip()
        if address and bare:
            start, end = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
            if written.endswith("!") and not start:
                # An exclamation mark right before a link would make a picture of it.
                written = written[:-1] + "\\!"
            words = f"{start}{link(bare, address)}{end}"
        written += words
    return one_line(written)


def _single_blanks(text: str) -> str:
    """Return text with each run of blanks as one, also at its ends."""
    words = one_line(text)
    start = " " if text[:1].isspace() or text[:1] in _OTHER_BLANKS else ""
    end = " " if words and (text[-1:].isspace() or text[-1:] in _OTHER_BLANKS) else ""
    return f"{start}{words}{end}"


def _dressed(runs: Sequence[Run], before: str) -> str:
    """Return runs with their emphasis, where the marks of it can act."""
    text = ""
    dressed = [
        (mark, "".join(run.text for run in group))
        for mark, group in groupby(runs, key=lambda run: "**" if is_bold(run) else "*" if is_italic(run) else "")
    ]
    for place, (mark, words) in enumerate(dressed):
        bare = words.strip()
        start, end = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
        after = end or (dressed[place + 1][1][:1] if place + 1 < len(dressed) else "")
        if mark and re.search(r"\w", bare) and _acts((before + text + start)[-1:], bare, after):
            text += f"{start}{mark}{escaped(bare)}{mark}{end}"
        else:
            text += escaped(words)
    return text


def _acts(before: str, words: str, after: str) -> bool:
    """Say whether marks of emphasis around `words` are read as such between these two characters."""
    opens = not before or before.isspace() or (before != "*" and (not before.isalnum() or words[0].isalnum()))
    closes = not after or after.isspace() or not after.isalnum() or words[-1].isalnum()
    return opens and closes


def _address(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        # An address that no browser would follow either.
        return ""


def _fenced(text: str) -> str:
    longest = max(map(len, re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"
