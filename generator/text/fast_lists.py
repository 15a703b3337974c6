"""Plain lists as HTML, without the parser: every item one line of words, lists within them at the words' own indent.

A list that is anything more is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.named import NamedTuple

# Deeper lists are rare, and the parser has limits of its own there.
_DEEPEST = 6
_ITEM = re.compile(r"( *)(-|(\d{1,9})\.) (?! )(.*)").fullmatch


class _Level(NamedTuple):
    """A list whose end has not come: where its markers stand, where its last item's words do, and its tag."""

    marker: int
    words: int
    tag: str


def list_html(text: str, words_html: Callable[[str, int], str | None]) -> str | None:
    """Return the HTML of a list, or None where it is more than plain.

    `words_html(words, line)` gives the HTML of one item's words in line `line` of the list, or None.
    """
    parts: list[str] = []
    levels: list[_Level] = []
    for place, line in enumerate(text.split("\n")):
        found = _ITEM(line)
        words = words_html(found[4], place) if found is not None else None
        if found is None or words is None:
            return None
        indent, tag = len(found[1]), "ol" if found[3] else "ul"
        begins = not levels or indent == levels[-1].words
        if begins:
            # In the middle of a paragraph, which an item's words are, only the number 1 begins a list.
            if len(levels) == _DEEPEST or found[3] not in (None, "1"):
                return None
            parts.append(f"\n<{tag}>\n<li>{words}" if levels else f"<{tag}>\n<li>{words}")
        else:
            while levels and levels[-1].marker > indent:
                parts.append(f"</li>\n</{levels.pop().tag}>\n")
            if not levels or levels[-1].marker != indent or levels.pop().tag != tag:
                return None
            parts.append(f"</li>\n<li>{words}")
        levels.append(_Level(indent, indent + len(found[2]) + 1, tag))
    parts.extend(f"</li>\n</{level.tag}>\n" for level in reversed(levels))
    return "".join(parts)
