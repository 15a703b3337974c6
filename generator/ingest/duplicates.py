"""Say whether two reports are the same wire story: re-sent, corrected, shortened or carried by another outlet.

Two reports are compared by their runs of words (shingles): what share of the shorter one stands in the longer. Titles
speak too, because a template with other facts shares its runs but not its names and figures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain, compress, islice
from math import sqrt
from zlib import crc32

from generator.collector import uncollected
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
# Signs of ASCII that are of no word, as blanks, and capitals as small letters: what WORD would find, ten times as fast.
_SMALL = bytes(ord(chr(sign).lower()) if chr(sign).isalnum() or sign == 95 else 32 for sign in range(128)).ljust(256)
_MOST_KEPT = 100_000
_MOST_READY = 1_000
# One word in six that is no small one begins the runs that find the likely ones.
_SAMPLED = 6
# Runs that so many reports of a day have are of a template; of what shares the rarer ones, the likeliest are compared.
_MOST_HAVING = 8
_MOST_COMPARED = 4
# Copies share half of the shorter one's runs, a template's among them; so much of those sampled must be their own.
_LEAST_OWN = 0.25
# Of the runs sampled, chance may leave so many times its own spread fewer than of all.
_SPREADS = 3


class Report(NamedTuple):
    """What of a report is compared. `day` is `2020-01-02`, "" when it is not known.

    `sample` are the runs that some words begin: the same ones of two reports are sampled alike. All other runs are
    counted only for the few reports whose samples are alike.
    """

    key: str
    day: str
    title: frozenset[str]
    body: str
    sample: frozenset[int]

    @property
    def shingles(self) -> frozenset[int]:
        """The runs of four words."""
        return _shingles(self.body)

    @property
    def figures(self) -> frozenset[str]:
        """The figures in the text."""
        return frozenset(_FIGURE.findall(self.body))


def report(key: str, day: str, title: str, body: str) -> Report:
    """Return a report ready to be compared with others."""
    words = _words_of(body)
    places = compress(range(len(words) - 3), map(_begins_sampled().__getitem__, words))
    return Report(
        key,
        day,
        frozenset(_WORD.findall(title.casefold())) - FUNCTION_WORDS,
        body,
        frozenset([crc32(b" ".join(words[place : place + 4])) for place in places]),
    )


def _words_of(body: str) -> list[bytes]:
    if body.isascii():
        return body.encode().translate(_SMALL).split()
    return list(chain.from_iterable(map(_words().__getitem__, body.split())))


@lru_cache(maxsize=_MOST_READY)
def _shingles(body: str) -> frozenset[int]:
    words = _words_of(body)
    return frozenset(map(hash, zip(words, words[1:], words[2:], words[3:], strict=False)))


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
    if not _have_like_titles(one, other):
        return False
    fewer = min(len(one.figures), len(other.figures))
    missing = fewer - len(one.figures & other.figures)
    return missing <= fewer * (1 - FIGURES_SHARE) or (missing <= 1 and share >= CORRECTED_SHARE)


def _have_like_titles(one: Report, other: Report) -> bool:
    """Say whether two titles have half of their words in common; one that is not known contradicts none."""
    fewer = min(len(one.title), len(other.title))
    return len(one.title & other.title) >= TITLE_SHARE * fewer


def lead_of(new: Report, known: Iterable[Report]) -> Report | None:
    """Return the known report, within a few days of `new`, that it is most surely a copy of."""
    near = [
        other
        for other in known
        if new.day and other.day and abs(days_between(new.day, other.day)) <= MOST_DAYS and is_same(new, other)
    ]
    return max(near, key=lambda other: (likeness(new, other), other.key), default=None)


class _BeginsSampled(dict[bytes, bool]):
    """Whether a word begins runs that are sampled, worked out when it is first met.

    The same words do on every machine: Python's own hash of text would differ from run to run.
    """

    def __missing__(self, word: bytes) -> bool:
        # Most words come again; a text that is all new words must not fill the memory.
        if len(self) > _MOST_KEPT:
            self.clear()
        self[word] = found = not crc32(word) % _SAMPLED and word.decode() not in FUNCTION_WORDS
        return found


class _Words(dict[str, tuple[bytes, ...]]):
    """The words of what stands between blanks, found when it is first met."""

    def __missing__(self, written: str) -> tuple[bytes, ...]:
        if len(self) > _MOST_KEPT:
            self.clear()
        words = _WORD.findall(written.casefold())
        self[written] = found = tuple([word.encode("utf-8", "replace") for word in words])
        return found


@cache
def _words() -> _Words:
    return _Words()


@cache
def _begins_sampled() -> _BeginsSampled:
    return _BeginsSampled()


@uncollected()
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
    found = [lead for day in _days_around(new.day) if (lead := shelf_of(day).lead_of(new)) is not None]
    return max(found, key=lambda lead: (likeness(new, lead), lead.key), default=None)


@lru_cache(maxsize=1_000)
def _days_around(day: str) -> tuple[str, ...]:
    return tuple(add_days(day, apart) for apart in range(-MOST_DAYS, MOST_DAYS + 1)) if is_day(day) else ()


class Shelf:
    """The reports known so far of one day, found by the runs they share: a new one is compared with the likely few."""

    def __init__(self) -> None:
        self._reports: list[Report] = []
        # How many sampled runs of its own a copy of each report shares with it.
        self._least: list[float] = []
        # The reports that have each run; none for those of a template.
        self._having: dict[int, tuple[int, ...]] = {}

    def add(self, one: Report) -> None:
        """Remember a report."""
        place = len(self._reports)
        self._reports.append(one)
        self._least.append(_LEAST_OWN * len(one.sample))
        having = self._having
        for run in one.sample:
            places = having.get(run)
            if places is None:
                having[run] = (place,)
            elif places:
                having[run] = (*places, place) if len(places) < _MOST_HAVING else ()

    def lead_of(self, new: Report) -> Report | None:
        """Return the report that `new` is a copy of, or None."""
        likely = self.likely(new)
        return lead_of(new, likely) if likely else None

    def likely(self, new: Report) -> tuple[Report, ...]:
        """Return the few reports that share most of the runs that are not everybody's."""
        if not self._reports:
            return ()
        shared: dict[int, int] = defaultdict(int)
        for place in chain.from_iterable(filter(None, map(self._having.get, new.sample))):
            shared[place] += 1
        least, own = self._least, _LEAST_OWN * len(new.sample)
        # What is enough for the shorter of two reports is enough.
        ranked = sorted([(-times, place) for place, times in shared.items() if times >= own or times >= least[place]])
        likely = (known for _, place in ranked if _may_be_same(new, known := self._reports[place]))
        return tuple(islice(likely, _MOST_COMPARED))


def _may_be_same(one: Report, other: Report) -> bool:
    """Say whether the sampled runs leave it possible that two reports are one story."""
    size = min(len(one.sample), len(other.sample))
    share = LEAST_SHARE if _have_like_titles(one, other) else SURE_SHARE
    return len(one.sample & other.sample) >= share * size - _SPREADS * sqrt(share * (1 - share) * size)
