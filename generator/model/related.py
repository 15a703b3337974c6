"""Earlier on this: which earlier reports belong to an article.

Only backwards: the list of an article never changes because a later one was published, so rarity too is counted only
over what was there. Reports of the same moment, as those of a day without a clock are, may name each other.
Only title, summary and topics count, so that a body edit leaves every list as it is.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import log
from typing import Any

from generator.model.article import Article
from generator.model.matter import Item, words_of

MOST = 5
# Below this a shared word is chance.
LEAST_SCORE = 0.03
# Words that stand in more than this share of what came before say nothing about which reports belong together.
_COMMON_SHARE = 0.3
# An item is looked up by its weightiest words, and among the newest that have them: the rest adds time, not hits.
_WORDS_LOOKED_UP = 24
_NEWEST_LOOKED_AT = 40
MOST_LOOKED_AT = 400
# The rarest words are held down a little: many of them are rare by chance.
_RARITY_POWER = 0.8
_SECONDS_A_DAY = 86_400
# What lies some days back counts half, what lies months back a quarter: old stories come up again.
_DECAY_DAYS = 3.0
_DECAY = tuple(1 / (1 + log(1 + days / _DECAY_DAYS)) for days in range(400))

Postings = defaultdict[str, list[tuple[int, float]]]
Remember = Callable[[Callable[..., Any], Sequence[tuple[Any, ...]]], Sequence[Any]]


def earlier_lists(articles: Iterable[Article], remember: Remember) -> dict[str, tuple[str, ...]]:
    """Return for each dated article's id the ids of earlier ones that belong to it, best first.

    Each month is looked up in itself and the month before: a list depends on these two alone. `remember(make, pieces)`
    returns `make(*piece)` for every piece, and may answer from an earlier build for pieces that are as they were.
    """
    dated = in_time_order(articles)
    pieces: list[tuple[tuple[Item, ...], tuple[Item, ...]]] = []
    before: tuple[str, tuple[Item, ...]] = ("", ())
    for month, group in groupby(dated, key=lambda article: article.date.day[:7] if article.date else ""):
        items = tuple(map(item_of, group))
        pieces.append((before[1] if _is_next_month(before[0], month) else (), items))
        before = (month, items)
    return {id: ids for found in remember(earlier, pieces) for id, ids in found}


def in_time_order(articles: Iterable[Article]) -> list[Article]:
    """Return the dated articles, oldest first."""
    return sorted(
        (article for article in articles if article.date is not None),
        key=lambda article: (article.date.day, article.date.clock, article.id) if article.date else ("", "", ""),
    )


def earlier(before: Sequence[Item], items: Sequence[Item], first: int = 0) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each item's key with the keys of those no later that belong to it, best first.

    Both sequences run from old to new, `before` ahead of `items`. Words are weighted by their rarity among all that
    was there at that moment; the longer two lie apart, the less they belong together. Of `items` those are looked at
    that are no earlier than the one at `first`: the lists of the others have nothing of what came later.
    """
    seen: Counter[str] = Counter()
    postings: Postings = defaultdict(list)
    everything = (*before, *items)
    found = []
    for start, end in moments(everything):
        words = [words_of(item) for item in everything[start:end]]
        for each in words:
            seen.update(each.keys())
        vectors = [vector_of(each, seen, end - 1) for each in words]
        for place, vector in enumerate(vectors, start):
            if not everything[place].is_copy:
                post(vector, place, postings)
        if end <= len(before) + first:
            continue
        for place in range(max(start, len(before)), end):
            ranked = best(vectors[place - start], postings, everything, (place, end))
            found.append((everything[place].key, keys_of(ranked, everything)))
    return tuple(found)


def moments(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Yield where each moment begins among items in order of time, and where it ends."""
    start = 0
    for end in range(1, len(items) + 1):
        if end == len(items) or items[end][1] != items[start][1] or items[end].moment != items[start].moment:
            yield start, end
            start = end


def vector_of(words: Mapping[str, float], seen: Mapping[str, int], others: int) -> dict[str, float]:
    """Return the words weighted by rarity and scaled to length one; `seen` counts the item itself among the others."""
    common = max(4.0, others * _COMMON_SHARE) + 1
    total = others + 2
    values = [weight * log(total / seen[word]) ** _RARITY_POWER for word, weight in words.items()]
    length = sum([value * value for value in values]) ** 0.5 or 1.0
    return {word: value / length for word, value in zip(words, values, strict=True) if seen[word] <= common}


def post(vector: Mapping[str, float], place: int, postings: Postings) -> None:
    """Note where each word of an item stands."""
    for word, weight in vector.items():
        postings[word].append((place, weight))


def best(
    vector: Mapping[str, float], postings: Postings, items: Sequence[Item], span: tuple[int, int]
) -> list[tuple[float, int]]:
    """Return the best scores for one item, each with its item's place; both stand below zero.

    `span` is the item's own place and the place where its moment ends.
    """
    place, end = span
    scores: dict[int, float] = defaultdict(float)
    left, budget = _WORDS_LOOKED_UP, MOST_LOOKED_AT
    for weight, word in sorted([(-weight, word) for word, weight in vector.items() if word in postings]):
        found = postings[word]
        if not found or found[-1][0] >= end:
            found = found[: bisect_left(found, (end,))]
            if not found:
                continue
        newest = found[-_NEWEST_LOOKED_AT:]
        for other, other_weight in newest:
            scores[other] -= weight * other_weight
        left -= 1
        budget -= len(newest)
        if not left or budget <= 0:
            break
    scores.pop(place, None)
    return _ranked(scores, items, items[place].day)


def _ranked(scores: Mapping[int, float], items: Sequence[Item], day: int) -> list[tuple[float, int]]:
    least, decay, ancient = LEAST_SCORE, _DECAY, len(_DECAY) - 1
    ranked: list[tuple[float, int]] = []
    for other, score in scores.items():
        # Time only takes away, so most are passed over before it is asked for.
        if score < least:
            continue
        days = day - items[other].day
        score *= decay[days if days < ancient else ancient]
        if score >= least:
            # Scores are below zero here, so that the best stand first and, of equals, the newest.
            insort(ranked, (-score, -other))
            if len(ranked) > MOST:
                ranked.pop()
            if len(ranked) == MOST:
                least = -ranked[-1][0]
    return ranked


def keys_of(ranked: Sequence[tuple[float, int]], items: Sequence[Item]) -> tuple[str, ...]:
    """Return the keys of ranked items."""
    return tuple([items[-other].key for _, other in ranked])


def item_of(article: Article) -> Item:
    """Return what counts of an article."""
    date = article.date
    return Item(
        article.id,
        (date.instant if date else 0) // _SECONDS_A_DAY,
        article.title,
        article.summary,
        article.own_topics,
        bool(article.copy_of),
        f"{date.day} {date.clock}" if date else "",
    )


def _is_next_month(month: str, following: str) -> bool:
    if not month:
        return False
    year, number = int(month[:4]), int(month[5:])
    return following == (f"{year + 1}-01" if number == 12 else f"{year}-{number + 1:02}")


def decay(days: int) -> float:
    """Return how much is left of a score when two reports lie so many days apart."""
    return _DECAY[days] if days < len(_DECAY) else _DECAY[-1]
