"""How much two reports have in common, and which earlier ones belong to one.

Words count by their weight in both reports and by their rarity among all that was there at that moment; the more of
them two reports share the better, and the longer they lie apart the worse.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from math import log
from operator import itemgetter

from generator.model.concordance import NEWEST, NEWEST_OF_A_MATTER, WHOLE, Entry, Window, length_of
from generator.model.matter import NAMES, TOPIC

MOST = 5
# An item is looked up by its weightiest words, in so many places at most: the rest adds time, not hits.
MOST_LOOKED_AT = 400
_WORDS_LOOKED_UP = 24
# The more often a word stands, the less each place says, so fewer of the newest places are read.
_FREQUENT, _FEW = 0.05, 5
_FREQUENT_MATTER, _FEW_OF_A_MATTER = 0.1, 20
# Likeness is 1 between reports of the same words on one day. Below the least, shared words are chance. Where none of
# them names a country, a topic or anybody it takes more, and is never enough for a report that has topics.
_LEAST, _LEAST_WITHOUT_A_NAME = 0.004, 0.01
# What shares so much less than the one that shares most is of another matter.
_LEAST_OF_THE_MOST = 0.1
# What stands in more than this share of what came before says nothing about which reports belong together; of a
# country or a topic it still does where other words no longer do.
_COMMON, _COMMON_MATTER = 0.1, 0.3
_NEVER_COMMON = 5
# The rarest words are held down a little: many of them are rare by chance.
_RARITY_POWER = 1.6
# What lies some days back counts half, what lies months back a quarter: old stories come up again.
_DECAY_DAYS = 1.5
_DECAY = tuple(1 / (1 + log(1 + days / _DECAY_DAYS)) for days in range(400))
# What two reports share is one whole number while it is added up: how much, in how many words that name something, in
# how many words. So sums do not depend on the order of adding, and one addition does for all three.
_COUNT_BITS = 6
_COUNTS_BITS = 2 * _COUNT_BITS
_COUNT = (1 << _COUNT_BITS) - 1
_NAMES = _COUNT << _COUNT_BITS
_ROOTS = tuple(count**0.5 for count in range(_COUNT + 1))
_A_WORD, _A_NAME = 1.0, 1.0 + (1 << _COUNT_BITS)
_ALL = 1 << 16

# A word with its worth, which of its places are to be read (from, to, places, shares), and what it counts as.
_Told = tuple[float, int, int, list[int], list[int], float]
_worth = itemgetter(0)


def look(words: dict[str, int], entries: Sequence[Entry], place: int, window: Window) -> list[int]:
    """Return the places of what belongs to the item at a place of the window's last month, best first.

    `entries` are the window's for the item's words, in their order.
    """
    told, length = _told(words, entries, place, window)
    if not length:
        return []
    factor = length_of(words) / length * _ALL
    shared: dict[int, float] = {}
    for worth, begin, seen, places, shares, kind in _looked_at(told):
        if begin + 1 == seen and places[begin] == place:
            continue
        # Whole numbers as floats: exact up to 2**53, and quicker than large integers.
        part = float(int(worth * factor) << _COUNTS_BITS)
        for other, share in zip(places[begin:seen], shares[begin:seen], strict=True):
            # Asking first takes half the time of a mapping that makes what it lacks.
            if other in shared:
                shared[other] += part * share + kind
            else:
                shared[other] = part * share + kind
    shared.pop(place, None)
    same = WHOLE * _ALL * min(len(told), _WORDS_LOOKED_UP) ** 0.5
    # Topics are the last of an item's words.
    is_filed = next(reversed(words))[0] == TOPIC
    leasts = (same * _LEAST, same if is_filed else same * _LEAST_WITHOUT_A_NAME)
    return _best(shared, window.days, window.days[place], leasts)


def _told(words: Mapping[str, int], entries: Sequence[Entry], place: int, window: Window) -> tuple[list[_Told], float]:
    """Return the words that tell something, and the length of all of them squared.

    Each stands with its worth, which of its places are to be read, and what it counts as.
    """
    end = window.ends[place - window.first]
    common, common_matter = (max(_NEVER_COMMON, end * share) for share in (_COMMON, _COMMON_MATTER))
    told = []
    length = 0.0
    for weight, (left_out, places, shares, _, is_matter) in zip(words.values(), entries, strict=True):
        seen = len(places)
        if seen and places[-1] >= end:
            seen = bisect_left(places, end)
        having = left_out + seen
        if 0 < having <= (common_matter if is_matter else common):
            worth = weight * log((end + 1) / having) ** _RARITY_POWER
            length += weight * worth
            if is_matter:
                most = NEWEST_OF_A_MATTER if having <= end * _FREQUENT_MATTER else _FEW_OF_A_MATTER
            else:
                most = NEWEST if having <= end * _FREQUENT else _FEW
            kind = _A_NAME if is_matter or weight in NAMES else _A_WORD
            told.append((worth, seen - most if seen > most else 0, seen, places, shares, kind))
    return told, length


def _looked_at(told: list[_Told]) -> list[_Told]:
    """Return of the words those worth most, as many as are looked up; most items have no more than that."""
    if len(told) <= _WORDS_LOOKED_UP and sum([seen - begin for _, begin, seen, *_ in told]) <= MOST_LOOKED_AT:
        return told
    told.sort(key=_worth, reverse=True)
    left = MOST_LOOKED_AT
    for place, (_, begin, seen, *_) in enumerate(told[:_WORDS_LOOKED_UP], start=1):
        left -= seen - begin
        if left <= 0:
            return told[:place]
    return told[:_WORDS_LOOKED_UP]


def _best(shared: Mapping[int, float], days: Sequence[int], day: int, leasts: tuple[float, float]) -> list[int]:
    """Return the best places; `leasts` is how alike what is offered must be with a name in common, and without."""
    if not shared:
        return []
    least = max(shared.values()) * _LEAST_OF_THE_MOST
    least_named, least_unnamed = leasts
    ancient = len(_DECAY) - 1
    ranked = []
    for share, other in [(int(total), other) for other, total in shared.items() if total >= least]:
        apart = day - days[other]
        likeness = (share >> _COUNTS_BITS) * _ROOTS[share & _COUNT] * _DECAY[apart if apart < ancient else ancient]
        if likeness >= (least_named if share & _NAMES else least_unnamed):
            ranked.append((likeness, other))
    # Of equals the newest stands first.
    ranked.sort(reverse=True)
    return [other for _, other in ranked[:MOST]]
