"""Which parts of a Markdown text are code, where a link or a tag is only shown and means nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^\n]*)")
_TICKS = re.compile(r"`+")
# With a fourth blank a line is code.
_INDENTS = ("", " ", "  ", "   ")
_ALL_BUT_LINES = re.compile(r"[^\n]")


def without_code(text: str) -> str:
    """Return text of the same length and lines, with blanks for code and for characters behind a backslash."""
    kept = []
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if fence:
            closes = found and found[1].startswith(fence) and not found[2].strip()
            fence = "" if closes else fence
            kept.append(" " * len(line))
        elif found and not (found[1][0] == "`" and "`" in found[2]):
            fence = found[1]
            kept.append(" " * len(line))
        else:
            kept.append(line)
    return _without_spans(re.sub(r"\\[^\w\s]", "  ", "\n".join(kept)))


def _without_spans(text: str) -> str:
    """Blank what stands between two runs of as many backticks, within one paragraph."""
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(text)]
    starts: dict[int, list[int]] = {}
    for start, end in runs:
        starts.setdefault(end - start, []).append(start)
    parts, place = [], 0
    for start, end in runs:
        if start < place:
            continue
        alike = starts[end - start]
        after = bisect_right(alike, start)
        close = alike[after] if after < len(alike) else -1
        if close < 0 or "\n\n" in text[end:close]:
            continue
        parts += [text[place:start], _ALL_BUT_LINES.sub(" ", text[start : close + end - start])]
        place = close + end - start
    return "".join((*parts, text[place:]))


def spans(text: str, opening: str, closing: str) -> Iterator[tuple[int, int]]:
    """Yield where each part from `opening` to `closing` begins and ends.

    One that is not closed ends with the text where it begins a line, as Markdown has it, and is none elsewhere.
    """
    end = 0
    while (start := text.find(opening, end)) >= 0:
        close = text.find(closing, start + len(opening))
        if close < 0:
            if text[text.rfind("\n", 0, start) + 1 : start] in _INDENTS:
                yield start, len(text)
            return
        end = close + len(closing)
        yield start, end
