"""Say whether two reports are the same wire story: re-sent, corrected, shortened or carried by another outlet.

Two reports are compared by their runs of words (shingles): what share of the shorter one stands in the longer. Titles
speak too, because a template with other facts shares its runs but not its names and figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

from generator.ingest.marks import FUNCTION_WORDS
from generator.text.dates import days_between

# So much of the shorter report stands in the longer: surely the same, perhaps the same when all else agrees.
SURE_SHARE = 0.85
LEAST_SHARE = 0.5
# One figure corrected leaves the story the same, when the words are.
CORRECTED_SHARE = 0.75
FIGURES_SHARE = 0.8
TITLE_SHARE = 0.5
MOST_DAYS = 3
_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d(?:[\d.,/-]*\d)?")
_MASK = (1 << 60) - 1
_SAMPLED = 4


class Report(NamedTuple):
    """What of a report is compared. `day` is `2020-01-02`, "" when it is not known."""

    key: str
    day: str
    title: frozenset[str]
    shingles: frozenset[int]
    figures: frozenset[str]


def report(key: str, day: str, title: str, body: str) -> Report:
    """Return a report ready to be compared with others."""
    words = _WORD.findall(body.casefold())
    # Python's own hash of text differs from run to run, and with it the sample that pairs are found by.
    numbers = [crc32(word.encode("utf-8", "replace")) for word in words]
    runs = zip(numbers, numbers[1:], numbers[2:], numbers[3:], strict=False)
    return Report(
        key,
        day,
        frozenset(_WORD.findall(title.casefold())) - FUNCTION_WORDS,
        frozenset((a * 31 + b * 1009 + c * 40009 + d * 900001) & _MASK for a, b, c, d in runs),
        frozenset(_FIGURE.findall(body)),
    )


def likeness(one: Report, other: Report) -> float:
    """Return how surely two reports are one story, 0 to 1."""
    fewer = min(len(one.shingles), len(other.shingles))
    return len(one.shingles & other.shingles) / fewer if fewer else 0.0


def is_same(one: Report, other: Report) -> bool:
    """Say whether two reports are the same wire story.

    Market reports and notices are written from templates: what tells two of them apart are their figures and titles.
    """
    share = likeness(one, other)
    if share >= SURE_SHARE:
        return True
    if share < LEAST_SHARE:
        return False
    if one.title and other.title and _shared(one.title, other.title) < TITLE_SHARE:
        return False
    fewer = min(len(one.figures), len(other.figures))
    missing = fewer - len(one.figures & other.figures)
    return missing <= fewer * (1 - FIGURES_SHARE) or (missing <= 1 and share >= CORRECTED_SHARE)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other))


def lead_of(new: Report, known: Iterable[Report]) -> Report | None:
    """Return the known report, within a few days of `new`, that it is most surely a copy of."""
    near = [
        other
        for other in known
        if new.day and other.day and abs(days_between(new.day, other.day)) <= MOST_DAYS and is_same(new, other)
    ]
    return max(near, key=lambda other: (likeness(new, other), other.key), default=None)


def same_stories(reports: Sequence[Report]) -> list[tuple[str, str]]:
    """Return the pairs (copy, lead) among many reports; the lead is the earlier one in the sequence."""
    shelf = Shelf()
    pairs = []
    for each in reports:
        lead = shelf.lead_of(each)
        if lead is not None:
            pairs.append((each.key, lead.key))
        shelf.add(each)
    return pairs


class Shelf:
    """The reports known so far, found by the runs they share: a new one is compared with the likely few only."""

    def __init__(self) -> None:
        self._having: dict[int, list[Report]] = {}

    def add(self, one: Report) -> None:
        """Remember a report."""
        for shingle in _sampled(one):
            self._having.setdefault(shingle, []).append(one)

    def lead_of(self, new: Report) -> Report | None:
        """Return the report that `new` is a copy of, or None."""
        likely: dict[str, Report] = {}
        for shingle in _sampled(new):
            for other in self._having.get(shingle, ()):
                likely[other.key] = other
        return lead_of(new, likely.values())


def _sampled(one: Report) -> list[int]:
    """Return every fourth run by value: the same runs of two reports are sampled alike."""
    return [shingle for shingle in one.shingles if shingle % _SAMPLED == 0]
