"""Write the element tree of a cleaned page as CommonMark: paragraphs, headings, lists, quotations, links, tables.

Text is escaped on the way out, so that no mark and no tag of the page acts in the content file.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from generator.ingest.clean import folded
from generator.ingest.commonmark import escaped, escaped_start, link

_SPACE = re.compile(r"[ \t\r\n\u00a0]+")
_BLOCKS = ("p", "head", "list", "quote", "table", "code", "div", "figure", "graphic")
_EMPHASIS = {"#b": "**", "#i": "*"}


def body_of_tree(tree: Any, *, title: str = "", base: str = "") -> str:
    """Return the body below `tree`; a heading that repeats the title is left out."""
    blocks: list[str] = []
    for one in tree:
        blocks += _blocks(one, base)
    own = folded(title)
    kept = [block for place, block in enumerate(blocks) if not (place < 4 and own and folded(block) == own)]
    return "\n\n".join(kept) + "\n" if kept else ""


def _blocks(one: Any, base: str) -> list[str]:
    tag = one.tag
    if not isinstance(tag, str) or tag in ("graphic", "figure"):
        return []
    if tag == "head":
        return _heading(one, base)
    if tag == "list":
        return _list(one, base)
    if tag == "quote":
        inner = "\n\n".join(_mixed(one, base))
        return ["\n".join(f"> {line}".rstrip() for line in inner.split("\n"))] if inner else []
    if tag == "table":
        return _table(one, base)
    if tag == "code" and "\n" in (one.text or ""):
        return [_fenced("".join(one.itertext()))]
    return _mixed(one, base)


def _mixed(one: Any, base: str) -> list[str]:
    """Return the blocks of an element that may hold text and blocks side by side."""
    found: list[str] = []
    line: list[str] = [escaped(one.text or "")]
    for child in one:
        if child.tag in _BLOCKS:
            found += _paragraph(line)
            found += _blocks(child, base)
            line = []
        elif child.tag == "lb":
            # A break in a saved page parts paragraphs more often than it parts lines of verse.
            found += _paragraph(line)
            line = []
        else:
            line.append(_inline(child, base))
        line.append(escaped(child.tail or ""))
    return found + _paragraph(line)


def _paragraph(parts: list[str]) -> list[str]:
    text = _SPACE.sub(" ", "".join(parts)).strip()
    return [escaped_start(text)] if text else []


def _heading(one: Any, base: str) -> list[str]:
    text = _SPACE.sub(
        " ", "".join([escaped(one.text or ""), *(_inline(child, base) + escaped(child.tail or "") for child in one)])
    )
    level = re.fullmatch(r"h([1-6])", one.get("rend") or "")
    text = text.strip().rstrip("#").strip()
    return [f"{'#' * max(2, int(level[1]) if level else 2)} {text}"] if text else []


def _list(one: Any, base: str) -> list[str]:
    numbered = (one.get("rend") or "") == "ol"
    items = []
    for number, item in enumerate((child for child in one if child.tag == "item"), 1):
        mark = f"{number}. " if numbered else "- "
        inner = _mixed(item, base)
        if inner:
            # A list directly below an item's words stands close, all else keeps its empty line.
            text = "\n\n".join(inner)
            items.append(
                mark + text.replace("\n", "\n" + " " * len(mark)).replace("\n" + " " * len(mark) + "\n", "\n\n")
            )
    loose = any("\n\n" in item for item in items)
    return [("\n\n" if loose else "\n").join(items)] if items else []


def _table(one: Any, base: str) -> list[str]:
    rows = [
        [" ".join(_mixed(cell, base)).replace("|", "\\|").replace("\n", " ") for cell in row if cell.tag == "cell"]
        for row in one.iter("row")
    ]
    rows = [row for row in rows if any(row)]
    if not rows:
        return []
    width = max(map(len, rows))
    if width == 1:
        return [row[0] for row in rows]
    full = [row + [""] * (width - len(row)) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in full]
    return ["\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])]


def _inline(one: Any, base: str) -> str:
    if not isinstance(one.tag, str) or one.tag == "graphic":
        return ""
    if one.tag == "lb":
        return " "
    inner = "".join([escaped(one.text or ""), *(_inline(child, base) + escaped(child.tail or "") for child in one)])
    if one.tag == "ref":
        return _around(inner, lambda words: link(words, urljoin(base, one.get("target") or "")))
    mark = _EMPHASIS.get(one.get("rend") or "") if one.tag == "hi" else None
    if mark and re.search(r"\w", inner):
        return _around(inner, lambda words: f"{mark}{words}{mark}")
    return inner


def _around(inner: str, marked: Any) -> str:
    """Mark the words, and leave the blanks at their sides outside the marks, where CommonMark wants them."""
    words = inner.strip()
    if not words:
        return inner
    start = inner[: len(inner) - len(inner.lstrip())]
    end = inner[len(inner.rstrip()) :]
    return f"{start}{marked(words)}{end}"


def _fenced(text: str) -> str:
    longest = max(map(len, re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text.strip(chr(10))}\n{fence}"
