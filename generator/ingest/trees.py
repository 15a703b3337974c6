"""Score lines by small learned trees: how likely each is to be of the article.

The trees are data (`cleaner.json`), trained by `bench/train_cleaner.py`, and read once, when the first text is cleaned.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from generator.ingest.measures import MEASURES
from generator.named import NamedTuple

_FILE = "cleaner.json"


class Trees(NamedTuple):
    """The learned trees: a function of a line's measures that returns the logarithm of the odds."""

    log_odds: Callable[[Sequence[float]], float]


@cache
def trees() -> Trees:
    """Return the trees that travel with the package."""
    return trees_of(json.loads((Path(__file__).parent / _FILE).read_text(encoding="utf-8")))


def trees_of(content: Mapping[str, Any], measures: tuple[str, ...] = MEASURES) -> Trees:
    """Return trees as they stand in a file; they must have been trained on the `measures` of this code.

    They become one function, which takes half the time that walking through them takes; only numbers enter its text.
    """
    if tuple(content["measures"]) != measures:
        raise AssertionError(f"The trees were trained on other measures. {content['about']}")
    terms = [_term(node) for node in content["trees"]]
    lines = [f"total = {float(content['base'])!r}", *(f"total += {term}" for term in terms), "return total"]
    module = compile("def log_odds(row):\n " + "\n ".join(lines), _FILE, "exec")
    body = next(each for each in module.co_consts if isinstance(each, CodeType))
    return Trees(FunctionType(body, {}))


def _term(node: Any) -> str:
    """Return a tree as an expression; a node is a measure, a threshold, the node up to it and the node above it."""
    if not isinstance(node, list):
        return repr(float(node))
    measure, threshold, below, above = node
    return f"({_term(below)} if row[{int(measure)}] <= {float(threshold)!r} else {_term(above)})"


def chances(measures: Sequence[Sequence[float] | None], learned: Trees | None = None) -> list[float]:
    """Return for each line the chance, 0 to 1, that it is of the article; 0 for a line without measures.

    `learned` are other trees than those of the package: a bench judges pages by trees that never saw them.
    """
    log_odds = (learned or trees()).log_odds
    return [0.0 if row is None else _chance(log_odds(row)) for row in measures]


def _chance(log_odds: float) -> float:
    return 1 / (1 + exp(-max(-60.0, min(60.0, log_odds))))
