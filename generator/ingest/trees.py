"""Score lines by small learned trees: how likely each is to be of the article.

The trees are data (`cleaner.json`), trained by `bench/train_cleaner.py`, and read once, when the first text is cleaned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import Any, NamedTuple

from generator.ingest.measures import MEASURES

_FILE = "cleaner.json"


class Trees(NamedTuple):
    """The learned trees: each node is [measure, threshold, node up to it, node above it], each end a number."""

    base: float
    trees: tuple[Any, ...]


@cache
def trees() -> Trees:
    """Return the trees that travel with the package."""
    return trees_of(json.loads((Path(__file__).parent / _FILE).read_text(encoding="utf-8")))


def trees_of(content: Mapping[str, Any]) -> Trees:
    """Return trees as they stand in a file; they must have been trained on the measures of this code."""
    if tuple(content["measures"]) != MEASURES:
        raise AssertionError("The trees were trained on other measures. Run: python -m bench.train_cleaner")
    return Trees(content["base"], tuple(content["trees"]))


def chances(measures: Sequence[Sequence[float] | None], learned: Trees | None = None) -> list[float]:
    """Return for each line the chance, 0 to 1, that it is of the article; 0 for a line without measures.

    `learned` are other trees than those of the package: a bench judges pages by trees that never saw them.
    """
    learned = learned or trees()
    return [0.0 if row is None else _chance(row, learned) for row in measures]


def _chance(row: Sequence[float], learned: Trees) -> float:
    total = learned.base
    for node in learned.trees:
        while type(node) is list:
            node = node[2] if row[node[0]] <= node[1] else node[3]
        total += node
    return 1 / (1 + exp(-max(-60.0, min(60.0, total))))
