"""Print how well articles are cleaned, tagged, matched and related on the development sets.

Needs the corpora (DATELINE_CORPORA, else ../shared/corpora); their truths and their measures are used as they are.

    python -m bench.extraction
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

_WORD = re.compile(r"\w+")


def corpora() -> Path:
    """Return the folder of the external corpora."""
    named = os.environ.get("DATELINE_CORPORA")
    return Path(named) if named else Path(__file__).resolve().parent.parent.parent / "shared" / "corpora"


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[start : start + 4]) for start in range(max(1, len(words) - 3)) if words)


def compare(right: str, given: str) -> tuple[int, int, int]:
    """Return how many runs of four words are right, wrong and missing."""
    wanted, got = shingles(right), shingles(given)
    shared = sum((wanted & got).values())
    return shared, sum(got.values()) - shared, sum(wanted.values()) - shared


def overall(counts: list[tuple[int, int, int]]) -> tuple[float, float, float]:
    """Return F1, precision and recall: means over pages, as the extraction benchmark measures."""
    precisions = [right / (right + wrong) for right, wrong, _ in counts if right + wrong]
    recalls = [right / (right + missing) for right, _, missing in counts if right + missing]
    precision = sum(precisions) / (len(precisions) or 1)
    recall = sum(recalls) / (len(recalls) or 1)
    return (2 * precision * recall / (precision + recall) if precision + recall else 0.0), precision, recall
