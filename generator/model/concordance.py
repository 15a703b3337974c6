"""Which words the items of one month have, and where: what looks for earlier reports read.

A concordance depends on the items of its month alone. So it is made once, kept beside the site, and after an edit of
words put right instead of made anew.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from generator.model.matter import COUNTRY, TOPIC, Item
from generator.named import NamedTuple

# An item's most telling word has a share of so much when it has no other.
WHOLE = 255
# A word is looked up among so many of the newest items that have it, and a country or a topic, which hold a matter
# together, among more.
NEWEST, NEWEST_OF_A_MATTER = 20, 80

# Where a word stands, from old to new, and how much of each item it is.
Found = tuple[Sequence[int], Sequence[int]]


class Concordance(NamedTuple):
    """The items of one month from old to new, and where their words stand.

    `ends` has for each item the place where its moment ends. The words of a copy have no share in it: copies are
    counted among those that have a word, and are never found.
    """

    keys: Sequence[str]
    days: Sequence[int]
    ends: Sequence[int]
    words: Mapping[str, Found]


NOTHING = Concordance((), (), (), {})


def concordance_of(items: Sequence[Item], words: Sequence[Mapping[str, int]]) -> Concordance:
    """Return the concordance of items, whose words are given, from old to new."""
    found: dict[str, tuple[list[int], list[int]]] = {}
    for place, (item, its) in enumerate(zip(items, words, strict=True)):
        for word, share in zip(its, shares_of(item, its), strict=True):
            known = found.get(word)
            if known is None:
                found[word] = ([place], [share])
            else:
                known[0].append(place)
                known[1].append(share)
    ends = [end for start, end in moments(items) for _ in range(start, end)]
    return Concordance([item.key for item in items], [item.day for item in items], ends, found)


def shares_of(item: Item, words: Mapping[str, int]) -> list[int]:
    """Return how much of an item each of its words is."""
    if item.is_copy or not words:
        return [0] * len(words)
    factor = WHOLE / length_of(words)
    return [int(weight * factor) for weight in words.values()]


def length_of(words: Mapping[str, int]) -> float:
    """Return the length of an item's words taken as a vector, 1 where there are none."""
    return float(sum([weight * weight for weight in words.values()]) ** 0.5) or 1.0


def moments(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Yield where each moment begins among items in order of time, and where it ends."""
    start = 0
    for end in range(1, len(items) + 1):
        if end == len(items) or items[end][1] != items[start][1] or items[end].moment != items[start].moment:
            yield start, end
            start = end


def replaced(
    concordance: Concordance, place: int, before: Mapping[str, int], item: Item, after: Mapping[str, int]
) -> Concordance:
    """Return the concordance with an item in the place of another whose words were `before`; it is of the same kind."""
    words = dict(concordance.words)
    for word in before:
        places, shares = map(list, words.pop(word))
        at = bisect_left(places, place)
        del places[at], shares[at]
        if places:
            words[word] = (places, shares)
    for word, share in zip(after, shares_of(item, after), strict=True):
        places, shares = map(list, words.get(word, ((), ())))
        at = bisect_left(places, place)
        places.insert(at, place)
        shares.insert(at, share)
        words[word] = (places, shares)
    return concordance._replace(words=words)


def laid_flat(concordance: Concordance) -> tuple[Any, ...]:
    """Return a concordance as a few long values, the same for the same items whatever was edited on the way."""
    keys, days, ends, found = concordance
    words = sorted(found)
    return (
        tuple(keys),
        array("i", days).tobytes(),
        array("I", ends).tobytes(),
        "\n".join(words),
        array("I", [len(found[word][0]) for word in words]).tobytes(),
        array("I", [place for word in words for place in found[word][0]]).tobytes(),
        bytes([share for word in words for share in found[word][1]]),
    )


def raised(flat: Sequence[Any]) -> Concordance:
    """Return the concordance that was laid flat."""
    keys, days, ends, words, counts, places, shares = flat
    every, begins = array("I", places), [0, *accumulate(array("I", counts))]
    stretches = zip(words.split("\n"), begins, begins[1:], strict=False)
    found = {word: (every[begin:end], shares[begin:end]) for word, begin, end in stretches}
    return Concordance(keys, array("i", days), array("I", ends), found)


class Entry(NamedTuple):
    """Where one word stands in a window: the newest places of those before its last month, and all in that month.

    `left_out` counts the older ones, `before` those that are here of the months before the last; `is_matter` says that
    the word is a country or a topic.
    """

    left_out: int
    places: list[int]
    shares: list[int]
    before: int
    is_matter: bool


class Window(dict[str, Entry]):
    """Some months, from old to new, in the last of which items look for others; an entry is made when first asked for.

    A place in a window counts the items of all its months; `first` is that of the first item in the last month, which
    is given whole, or added to as the looks go on.
    """

    def __init__(self, months: Sequence[Concordance], last: Concordance = NOTHING) -> None:
        self.keys_of = [key for month in (*months, last) for key in month.keys]
        self.days = [day for month in (*months, last) for day in month.days]
        self.first = len(self.keys_of) - len(last.keys)
        self.ends = [self.first + end for end in last.ends]
        begins = accumulate([len(month.keys) for month in months], initial=0)
        self._before = [(begin, month.words) for begin, month in zip(begins, months, strict=False)][::-1]
        self._last = last.words

    def __missing__(self, word: str) -> Entry:
        is_matter = word[0] in (COUNTRY, TOPIC)
        most = NEWEST_OF_A_MATTER if is_matter else NEWEST
        places: list[int] = []
        shares: list[int] = []
        having = 0
        for begin, words in self._before:
            if word in words:
                its_places, its_shares = words[word]
                having += len(its_places)
                wanted = most - len(places)
                if wanted:
                    places[:0] = [begin + place for place in its_places[-wanted:]]
                    shares[:0] = its_shares[-wanted:]
        before = len(places)
        if word in self._last:
            places += [self.first + place for place in self._last[word][0]]
            shares += self._last[word][1]
        self[word] = entry = Entry(having - before, places, shares, before, is_matter)
        return entry

    def add(self, items: Sequence[Item], words: Sequence[Mapping[str, int]]) -> list[list[Entry]]:
        """Add the items of one moment, whose words are given, to the last month; return the entries of their words."""
        place = len(self.keys_of)
        entries_of = []
        self.ends += [place + len(items)] * len(items)
        for item, its in zip(items, words, strict=True):
            self.keys_of.append(item.key)
            self.days.append(item.day)
            entries = list(map(self.__getitem__, its))
            for (_, places, shares, _, _), share in zip(entries, shares_of(item, its), strict=True):
                places.append(place)
                shares.append(share)
            entries_of.append(entries)
            place += 1
        return entries_of

    def last(self) -> Concordance:
        """Return the concordance of the last month, every item of which was added."""
        first = self.first
        words = {
            word: ([place - first for place in entry.places[entry.before :]], entry.shares[entry.before :])
            for word, entry in self.items()
        }
        return Concordance(self.keys_of[first:], self.days[first:], [end - first for end in self.ends], words)
