"""Small inline pictures of counts, drawn as SVG from whole numbers alone.

They are decoration: the same counts stand as text beside them, so each is hidden from screen readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from generator.render.views.kinds import Week

_SPARK_WIDTH = 72
_SPARK_HEIGHT = 18
_BAR = 18
_STEP = 24
_TALLEST = 56
_TOP = 14


@lru_cache(maxsize=1024)
def spark_svg(counts: tuple[int, ...]) -> str:
    """Return counts, oldest first, as one thin line that ends in a dot; "" when there is nothing to draw."""
    if len(counts) < 2 or not any(counts):
        return ""
    most = max(counts)
    last = len(counts) - 1
    points = [
        (2 + place * (_SPARK_WIDTH - 5) // last, _SPARK_HEIGHT - 2 - count * (_SPARK_HEIGHT - 5) // most)
        for place, count in enumerate(counts)
    ]
    line = " ".join(f"{x},{y}" for x, y in points)
    x, y = points[-1]
    return (
        f'<svg class="spark" viewBox="0 0 {_SPARK_WIDTH} {_SPARK_HEIGHT}" width="{_SPARK_WIDTH}" '
        f'height="{_SPARK_HEIGHT}" aria-hidden="true">'
        f'<polyline points="{line}"/><circle cx="{x}" cy="{y}" r="2"/></svg>'
    )


def activity_svg(weeks: Sequence[Week]) -> str:
    """Return a topic's weeks as bars with their numbers, the first and the last week named; "" when all are empty."""
    most = max((week.total for week in weeks), default=0)
    if not most:
        return ""
    from html import escape

    width = len(weeks) * _STEP
    base = _TOP + _TALLEST
    bars = []
    for place, week in enumerate(weeks):
        # A week with anything at all is never drawn as nothing.
        height = max(2, week.total * _TALLEST // most) if week.total else 0
        x = place * _STEP + (_STEP - _BAR) // 2
        if height:
            bars.append(f'<rect x="{x}" y="{base - height}" width="{_BAR}" height="{height}"/>')
            bars.append(f'<text x="{x + _BAR // 2}" y="{base - height - 3}">{week.total}</text>')
    first, last = escape(weeks[0].label), escape(weeks[-1].label)
    return (
        f'<svg class="activity" viewBox="0 0 {width} {base + 18}" aria-hidden="true">{"".join(bars)}'
        f'<path d="M0 {base + 1}H{width}"/>'
        f'<text class="first" x="0" y="{base + 15}">{first}</text>'
        f'<text class="last" x="{width}" y="{base + 15}">{last}</text></svg>'
    )
