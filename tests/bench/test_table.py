"""The benchmark's table tells ratios of one run, and whether a bar was met."""

from __future__ import annotations

import pytest

from bench.table import Measured, table

# What is told of a bar; theme, articles and situation; seconds and bytes of Dateline and of Hugo.
BARS = [
    ("<= 1 times Hugo: met", ("dateline", 10_000, "cold"), (9.0, 0), (9.0, 0)),
    ("<= 1 times Hugo: MISSED", ("dateline", 10_000, "cold"), (9.1, 0), (9.0, 0)),
    ("<= 1.3 times Hugo: met", ("dateline", 1_000, "cold"), (1.2, 0), (1.0, 0)),
    ("<= 0.8 times Hugo: MISSED", ("bench", 10_000, "cold"), (9.0, 0), (9.0, 0)),
    ("<= 0.4 times Hugo: met", ("dateline", 10_000, "memory, cold"), (0.0, 40), (0.0, 100)),
    ("<= 0.4 times Hugo: MISSED", ("dateline", 10_000, "memory, cold"), (0.0, 41), (0.0, 100)),
    ("<= 0.18 s: met", ("dateline", 10_000, "no change"), (0.18, 0), (9.0, 0)),
    ("<= 0.18 s: MISSED", ("dateline", 10_000, "no change"), (0.19, 0), (9.0, 0)),
    ("", ("dateline", 10_000, "style sheet"), (1.0, 0), (9.0, 0)),
    ("", ("bench", 10_000, "no change"), (1.0, 0), (9.0, 0)),
]


@pytest.mark.parametrize(("expected", "row", "ours", "hugo"), BARS)
def test_bars(expected: str, row: tuple[str, int, str], ours: tuple[float, int], hugo: tuple[float, int]) -> None:
    """A bar belongs to a theme, a size and a situation; ratios are to Hugo in the same run."""
    theme, articles, situation = row
    rows = [
        Measured(articles, situation, name, (wall,), (wall,), memory=memory)
        for name, (wall, memory) in (("dateline", ours), ("hugo", hugo))
    ]
    told = next(line for line in table(rows, [], theme).splitlines() if line.startswith(f"| {situation}"))
    assert expected == told.split("|")[-3].strip()


def test_medians_of_all_runs() -> None:
    """One slow run does not move what is told."""
    rows = [
        Measured(10_000, "cold", "dateline", (9.0, 30.0, 8.0), (1.0, 1.0, 1.0)),
        Measured(10_000, "cold", "hugo", (10.0, 10.0, 10.0), (1.0, 1.0, 1.0)),
    ]
    told = table(rows, ["hugo 0.168"], "dateline")
    assert "medians of 3" in told
    assert "| 9.00 / 1.00 s" in told
    assert "0.900" in told
