"""The headings of a body below the title of its page: no level is skipped, whatever level the author began with."""

from __future__ import annotations

import re

# In HTML of our own making these letters are always a tag: all else that looks like one is escaped.
_HEADING = re.compile(r"<(/?)h([2-6])\b")
_DEEPEST = 6


def without_gaps(html: str) -> str:
    """Return a body's HTML with the outermost headings as h2, those below them as h3, and so on.

    A reader who moves from heading to heading must not wonder what was left out between two levels.
    """
    if "<h" not in html:
        return html
    above: list[int] = []

    def levelled(found: re.Match[str]) -> str:
        if not found[1]:
            written = int(found[2])
            while above and above[-1] >= written:
                above.pop()
            above.append(written)
        return f"<{found[1]}h{min(len(above) + 1, _DEEPEST)}"

    return _HEADING.sub(levelled, html)
