"""Earlier on this: which earlier reports belong to an article.

Only backwards: the list of an article never changes because a later one was published, so rarity too is counted only
over what came before.
Only title, summary and topics count, so that a body edit leaves every list as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from math import log
from typing import Any, NamedTuple

from generator.model.article import Article

HALF_LIFE_DAYS = 7.0
MOST = 5
# Below this a shared word is chance.
LEAST_SCORE = 0.06
# Words that stand in more than this share of what came before say nothing about which reports belong together.
_COMMON_SHARE = 0.15
# An item is looked up by its rarest words, and among the newest that have them: the rest adds time, not hits.
_WORDS_LOOKED_UP = 14
_NEWEST_LOOKED_AT = 40
_WORD = re.compile(r"[^\W\d_]{3,}|\d{3,}")
_SECONDS_A_DAY = 86_400
# Two months and a little: the most that can lie between two items of one look.
_DECAY = tuple(0.5 ** (days / HALF_LIFE_DAYS) for days in range(64))


class Item(NamedTuple):
    """What counts of one article. `day` is a number of days; a copy of another story is never offered as earlier."""

    key: str
    day: int
    title: str
    text: str
    topics: tuple[str, ...] = ()
    is_copy: bool = False


Remember = Callable[[Callable[..., Any], Sequence[tuple[Any, ...]]], Sequence[Any]]


def earlier_lists(articles: Iterable[Article], remember: Remember) -> dict[str, tuple[str, ...]]:
    """Return for each dated article's id the ids of earlier ones that belong to it, best first.

    Each month is looked up in itself and the month before: a list depends on these two alone. `remember(make, pieces)`
    returns `make(*piece)` for every piece, and may answer from an earlier build for pieces that are as they were.
    """
    oldest_first = sorted(
        (article for article in articles if article.date is not None),
        key=lambda article: (article.date.day, article.date.clock, article.id) if article.date else ("", "", ""),
    )
    pieces: list[tuple[tuple[Item, ...], tuple[Item, ...]]] = []
    before: tuple[str, tuple[Item, ...]] = ("", ())
    for month, group in groupby(oldest_first, key=lambda article: article.date.day[:7] if article.date else ""):
        items = tuple(map(_item, group))
        pieces.append((before[1] if _is_next_month(before[0], month) else (), items))
        before = (month, items)
    return {id: ids for found in remember(earlier, pieces) for id, ids in found}


def earlier(before: Sequence[Item], items: Sequence[Item]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each item's key with the keys of those that came before it and belong to it, best first.

    Both sequences run from old to new, `before` ahead of `items`. Words are weighted by their rarity among all that
    came before; a score halves with every HALF_LIFE_DAYS between the two.
    """
    seen: dict[str, int] = {}
    postings: dict[str, list[tuple[int, float]]] = {}
    everything = (*before, *items)
    found = []
    for place, item in enumerate(everything):
        vector = _vector(words_of(item), seen, place)
        if place >= len(before):
            found.append((item.key, _best(vector, postings, everything, place)))
        if not item.is_copy:
            for word, weight in vector.items():
                postings.setdefault(word, []).append((place, weight))
    return tuple(found)


def words_of(item: Item) -> dict[str, float]:
    """Return an item's words with their weight: two in the title, one in the summary, half for a topic."""
    weights = {_stem(word): 1.0 for word in _WORD.findall(item.text.casefold())}
    weights.update((_stem(word), 2.0) for word in _WORD.findall(item.title.casefold()))
    weights.update((f"#{topic}", 0.5) for topic in item.topics)
    return weights


def _vector(words: dict[str, float], seen: dict[str, int], total: int) -> dict[str, float]:
    """Return the words weighted by rarity and scaled to length one; then count them as seen."""
    common = max(4.0, total * _COMMON_SHARE)
    vector: dict[str, float] = {}
    square = 0.0
    for word, weight in words.items():
        times = seen.get(word, 0)
        seen[word] = times + 1
        value = weight * log((total + 2) / (times + 1))
        square += value * value
        if times <= common:
            vector[word] = value
    length = square**0.5 or 1.0
    return {word: value / length for word, value in vector.items()}


def _best(
    vector: dict[str, float], postings: dict[str, list[tuple[int, float]]], items: Sequence[Item], place: int
) -> tuple[str, ...]:
    scores: dict[int, float] = {}
    rarest = sorted((-weight, word) for word, weight in vector.items() if word in postings)[:_WORDS_LOOKED_UP]
    for weight, word in rarest:
        for other, other_weight in postings[word][-_NEWEST_LOOKED_AT:]:
            scores[other] = scores.get(other, 0.0) + weight * other_weight
    day = items[place].day
    # Scores are below zero here, so that the best sort first and, of equals, the newest.
    ranked = sorted(
        (score * _DECAY[day - items[other].day], -other) for other, score in scores.items() if score <= -LEAST_SCORE
    )
    return tuple(items[-other].key for score, other in ranked[:MOST] if score <= -LEAST_SCORE)


def _item(article: Article) -> Item:
    instant = article.date.instant if article.date else 0
    return Item(
        article.id,
        instant // _SECONDS_A_DAY,
        article.title,
        article.summary,
        article.own_topics,
        bool(article.copy_of),
    )


def _is_next_month(month: str, following: str) -> bool:
    if not month:
        return False
    year, number = int(month[:4]), int(month[5:])
    return following == (f"{year + 1}-01" if number == 12 else f"{year}-{number + 1:02}")


def _stem(word: str) -> str:
    """Return the word without a plural ending, so that `strike` meets `strikes`."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
