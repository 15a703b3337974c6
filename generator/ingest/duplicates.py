"""Say whether two reports are the same wire story: re-sent, corrected, shortened or carried by another outlet.

Two reports are compared by their runs of words (shingles): what share of the shorter one stands in the longer. Titles
speak too, because a template with other facts shares its runs but not its names and figures.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain
from zlib import crc32

from generator.ingest.marks import FUNCTION_WORDS
from generator.named import NamedTuple
from generator.text.dates import add_days, days_between, is_day

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
_MOST_KEPT = 100_000
# One run in sixteen finds the likely ones: those whose last bits are none of these.
_SAMPLED = 0b1111
# Runs that so many reports of a day have are of a template; of what shares the rarer ones, the likeliest are compared.
_MOST_HAVING = 8
_MOST_COMPARED = 4
# Copies share half of the shorter one's runs; of those sampled, chance may leave less.
_LEAST_SAMPLED = 0.25


class Report(NamedTuple):
    """What of a report is compared. `day` is `2020-01-02`, "" when it is not known.

    `sample` are every sixteenth of the shingles by value: the same ones of two reports are sampled alike.
    """

    key: str
    day: str
    title: frozenset[str]
    shingles: frozenset[int]
    figures: frozenset[str]
    sample: frozenset[int]


def report(key: str, day: str, title: str, body: str) -> Report:
    """Return a report ready to be compared with others."""
    written = body.split()
    numbers = list(chain.from_iterable(map(_numbers().__getitem__, written)))
    runs = list(map(hash, zip(numbers, numbers[1:], numbers[2:], numbers[3:], strict=False)))
    return Report(
        key,
        day,
        frozenset(_WORD.findall(title.casefold())) - FUNCTION_WORDS,
        frozenset(runs),
        frozenset(chain.from_iterable(map(_figures().__getitem__, set(written)))),
        frozenset([run for run in runs if not run & _SAMPLED]),
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


class _Numbers(dict[str, tuple[int, ...]]):
    """A number for each word of what stands between blanks, worked out when it is first met.

    Python's own hash of text differs from run to run, and with it the sample that pairs are found by; its hash of
    numbers does not.
    """

    def __missing__(self, written: str) -> tuple[int, ...]:
        # Most words come again; a text that is all new words must not fill the memory.
        if len(self) > _MOST_KEPT:
            self.clear()
        self[written] = found = tuple(
            [crc32(word.encode("utf-8", "replace")) for word in _WORD.findall(written.casefold())]
        )
        return found


class _Figures(dict[str, tuple[str, ...]]):
    """The figures in what stands between blanks, found when it is first met."""

    def __missing__(self, written: str) -> tuple[str, ...]:
        if len(self) > _MOST_KEPT:
            self.clear()
        self[written] = found = tuple(_FIGURE.findall(written))
        return found


@cache
def _numbers() -> _Numbers:
    return _Numbers()


@cache
def _figures() -> _Figures:
    return _Figures()


def same_stories(reports: Sequence[Report]) -> list[tuple[str, str]]:
    """Return the pairs (copy, lead) among many reports; the lead is the earlier one in the sequence."""
    shelves: dict[str, Shelf] = defaultdict(Shelf)
    pairs = []
    for each in reports:
        lead = lead_among(each, shelves.__getitem__)
        if lead is None:
            # A copy points at its lead already, and never leads itself.
            shelves[each.day].add(each)
        else:
            pairs.append((each.key, lead.key))
    return pairs


def lead_among(new: Report, shelf_of: Callable[[str], Shelf]) -> Report | None:
    """Return the report on the shelves of the days around `new` that it is most surely a copy of."""
    if not is_day(new.day):
        return None
    found = [lead for day in _days_around(new.day) if (lead := shelf_of(day).lead_of(new)) is not None]
    return max(found, key=lambda lead: (likeness(new, lead), lead.key), default=None)


@lru_cache(maxsize=1_000)
def _days_around(day: str) -> tuple[str, ...]:
    return tuple(add_days(day, apart) for apart in range(-MOST_DAYS, MOST_DAYS + 1))


class Shelf:
    """The reports known so far of one day, found by the runs they share: a new one is compared with the likely few."""

    def __init__(self) -> None:
        self._reports: list[Report] = []
        self._sizes: list[int] = []
        self._having: dict[int, list[int]] = defaultdict(list)
        # The fewest sampled runs that a report here has.
        self._least = sys.maxsize

    def add(self, one: Report) -> None:
        """Remember a report."""
        place = len(self._reports)
        for run in one.sample:
            self._having[run].append(place)
        self._sizes.append(len(one.sample))
        self._least = min(self._least, len(one.sample))
        self._reports.append(one)

    def lead_of(self, new: Report) -> Report | None:
        """Return the report that `new` is a copy of, or None."""
        likely = self.likely(new)
        return lead_of(new, likely) if likely else None

    def likely(self, new: Report) -> tuple[Report, ...]:
        """Return the few reports that share most of the runs that are not everybody's."""
        runs = new.sample
        found = self._having.keys() & runs
        # No single report can have more of them than all have together.
        if len(found) < _LEAST_SAMPLED * min(len(runs), self._least):
            return ()
        having = [self._having[run] for run in found]
        shared = Counter(chain.from_iterable([places for places in having if len(places) <= _MOST_HAVING]))
        ranked = sorted(
            (-times, place)
            for place, times in shared.items()
            if times >= _LEAST_SAMPLED * min(len(runs), self._sizes[place])
        )
        return tuple([self._reports[place] for _, place in ranked[:_MOST_COMPARED]])
