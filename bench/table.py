"""What was measured, as values, as a table for a person and as JSON for a program."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from statistics import median
from typing import Any, NamedTuple

OURS = "dateline"
YARDSTICK = "hugo"
_MIB = 1024 * 1024


class Measured(NamedTuple):
    """One generator in one situation: every run's seconds, processor seconds, and what it said it did."""

    articles: int
    situation: str
    generator: str
    walls: tuple[float, ...]
    cpus: tuple[float, ...]
    memory: int = 0
    printed: str = ""

    @property
    def wall(self) -> float:
        return median(self.walls)

    @property
    def cpu(self) -> float:
        return median(self.cpus)


# The bars by theme, articles and situation: the most seconds, or the most times what Hugo takes.
BARS = {
    ("dateline", 1_000, "cold"): ("times Hugo", 1.3),
    ("dateline", 10_000, "cold"): ("times Hugo", 1.0),
    ("dateline", 10_000, "memory, cold"): ("times Hugo", 0.4),
    ("dateline", 10_000, "no change"): ("s", 0.18),
    ("dateline", 10_000, "one body edit"): ("s", 0.45),
    ("dateline", 10_000, "one title edit"): ("s", 0.60),
    ("bench", 10_000, "cold"): ("times Hugo", 0.8),
}


def table(rows: Sequence[Measured], versions: Sequence[str], theme: str) -> str:
    """Return the table that is printed: medians, ratios to Hugo, and whether the bars are met."""
    lines = [f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores", f"Dateline runs on {interpreter()}"]
    lines += [", ".join(versions), ""]
    for articles in sorted({row.articles for row in rows}):
        some = [row for row in rows if row.articles == articles]
        lines += [*_one_size(articles, some, theme), ""]
    return "\n".join(lines)


def interpreter() -> str:
    """Return which Python this is: its version, where it stands and its compiler's name.

    How it was compiled makes a fifth of Dateline's time, and no Python says that of itself reliably.
    """
    return f"Python {platform.python_version()} of {sys.base_prefix} ({platform.python_compiler()})"


def _one_size(articles: int, rows: Sequence[Measured], theme: str) -> list[str]:
    names = list(dict.fromkeys(row.generator for row in rows))
    others = [name for name in names if name != OURS]
    columns = [f"{name} wall/cpu" for name in names] + [f"of {name}" for name in others] + ["bar", "what Dateline did"]
    body = []
    for situation in dict.fromkeys(row.situation for row in rows):
        by_name = {row.generator: row for row in rows if row.situation == situation}
        ours = by_name.get(OURS)
        if ours is None:
            continue
        cells = [_cost(by_name.get(name)) for name in names]
        cells += [_ratio(ours, by_name.get(name)) for name in others]
        body.append([situation, *cells, _bar((theme, articles, situation), ours, by_name.get(YARDSTICK)), ours.printed])
    return [
        f"{articles:,} articles, medians of {max(len(row.walls) for row in rows)}",
        *_aligned([["", *columns], *body]),
    ]


def _cost(row: Measured | None) -> str:
    if row is None:
        return "-"
    if row.memory:
        return f"{row.memory / _MIB:.0f} MiB"
    return f"{row.wall:.2f} / {row.cpu:.2f} s"


def _ratio(ours: Measured, other: Measured | None) -> str:
    if other is None:
        return "-"
    return f"{ours.memory / other.memory:.2f}" if other.memory else f"{ours.wall / other.wall:.3f}"


def _bar(row: tuple[str, int, str], ours: Measured, hugo: Measured | None) -> str:
    if row not in BARS:
        return ""
    unit, most = BARS[row]
    if unit == "s":
        reached = ours.wall
    elif hugo is None:
        return ""
    else:
        reached = ours.memory / hugo.memory if hugo.memory else ours.wall / hugo.wall
    return f"<= {most:g} {unit}: {'met' if reached <= most else 'MISSED'}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return [lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]]


def as_json(rows: Sequence[Measured], versions: Sequence[str], shares: Any) -> dict[str, Any]:
    """Return everything measured, every run of it."""
    return {
        "machine": f"{platform.system()} {platform.release()} {platform.machine()}, {os.cpu_count()} cores",
        "python": interpreter(),
        "versions": list(versions),
        "markdown": shares,
        "rows": [{**row._asdict(), "wall": row.wall, "cpu": row.cpu} for row in rows],
    }
