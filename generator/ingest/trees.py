"""Score lines by small learned trees: how likely each is to be of the article.

The trees are data (`cleaner.json`), trained by `bench/train_cleaner.py`, and read once, when the first text is cleaned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import Any, TypeAlias

from generator.ingest.measures import MEASURES
from generator.named import NamedTuple

_FILE = "cleaner.json"


# A node is a measure, a threshold, the node up to it and the node above it; an end is -1, its number and None twice.
Node: TypeAlias = tuple[int, float, Any, Any]


class Trees(NamedTuple):
    """The learned trees, whose ends sum to the logarithm of the odds together with `base`."""

    base: float
    trees: tuple[Node, ...]


@cache
def trees() -> Trees:
    """Return the trees that travel with the package."""
    return trees_of(json.loads((Path(__file__).parent / _FILE).read_text(encoding="utf-8")))


def trees_of(content: Mapping[str, Any], measures: tuple[str, ...] = MEASURES) -> Trees:
    """Return trees as they stand in a file; they must have been trained on the `measures` of this code."""
    if tuple(content["measures"]) != measures:
        raise AssertionError(f"The trees were trained on other measures. {content['about']}")
    return Trees(content["base"], tuple(map(_node, content["trees"])))


def _node(node: Any) -> Node:
    if not isinstance(node, list):
        return -1, node, None, None
    return node[0], node[1], _node(node[2]), _node(node[3])


def chances(measures: Sequence[Sequence[float] | None], learned: Trees | None = None) -> list[float]:
    """Return for each line the chance, 0 to 1, that it is of the article; 0 for a line without measures.

    `learned` are other trees than those of the package: a bench judges pages by trees that never saw them.
    """
    learned = learned or trees()
    return [0.0 if row is None else _chance(row, learned) for row in measures]


def _chance(row: Sequence[float], learned: Trees) -> float:
    total = learned.base
    for measure, threshold, below, above in learned.trees:
        while below is not None:
            measure, threshold, below, above = below if row[measure] <= threshold else above
        total += threshold
    return 1 / (1 + exp(-max(-60.0, min(60.0, total))))
