"""Earlier on this: which earlier reports belong to an article.

Only backwards: the list of an article never changes because a later one was published, so rarity too is counted only
over what came before.
Only title, summary and topics count, so that a body edit leaves every list as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from math import log
from typing import Any, NamedTuple

from generator.model.article import Article

MOST = 5
# Below this a shared word is chance.
LEAST_SCORE = 0.03
# Words that stand in more than this share of what came before say nothing about which reports belong together.
_COMMON_SHARE = 0.15
# An item is looked up by its weightiest words, and among the newest that have them: the rest adds time, not hits.
_WORDS_LOOKED_UP = 20
_NEWEST_LOOKED_AT = 40
# Names tell events apart better than other words do, figures worse.
_NAME, _PLAIN, _FIGURE = 2.0, 1.0, 0.4
_IN_TITLE, _TOPIC = 2.0, 0.5
# In a headline that capitalises (nearly) every word, capitals do not tell names.
_CAPITALS_SHARE = 0.7
# Beginnings of words are compared, so that `Syria` meets `Syrian` and `strike` meets `strikes`.
_BEGINNING = 6
_WORD = re.compile(r"[^\W_]{2,}")
_SECONDS_A_DAY = 86_400
# What lies twelve days back counts half, what lies three months back a quarter: old stories come up again.
_DECAY_DAYS = 7.0
_DECAY = tuple(1 / (1 + log(1 + days / _DECAY_DAYS)) for days in range(400))
# Words of dates and grammar, which say nothing of an event.
_EMPTY_WORDS = """
    an the and or for that with from are was were has have had its his her their they this which who will be been
    after over into than more not but also at of in to by as is it he she during between while about when where
    against said says two three four five six seven eight nine ten first second third year years month months week
    weeks day days today yesterday according including would could several many other others some most all any new
    around since until before following amid due only out up down there then
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


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


def earlier(before: Sequence[Item], items: Sequence[Item]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each item's key with the keys of those that came before it and belong to it, best first.

    Both sequences run from old to new, `before` ahead of `items`. Words are weighted by their rarity among all that
    came before; the longer two lie apart, the less they belong together.
    """
    seen: dict[str, int] = {}
    postings: dict[str, list[tuple[int, float]]] = {}
    everything = (*before, *items)
    found = []
    for place, item in enumerate(everything):
        vector = _vector(words_of(item), seen, place)
        if place >= len(before):
            found.append((item.key, _keys(_best(vector, postings, everything, place), everything)))
        if not item.is_copy:
            for word, weight in vector.items():
                postings.setdefault(word, []).append((place, weight))
    return tuple(found)


class Look:
    """One look for earlier reports over two months, with what it worked out on the way.

    `replace` brings it up to one item written otherwise, at the cost of what that changes; the lists are then those of
    a new look over the same items.
    """

    def __init__(self, before: Sequence[Item], items: Sequence[Item]) -> None:
        self.everything = [*before, *items]
        self.first = len(before)
        self._words: list[dict[str, float]] = []
        self._times: list[dict[str, int]] = []
        self._vectors: list[dict[str, float]] = []
        self._ranked: list[list[tuple[float, int]]] = []
        self._postings: dict[str, list[tuple[int, float]]] = {}
        seen: dict[str, int] = {}
        for place, item in enumerate(self.everything):
            words = words_of(item)
            times = {word: seen.get(word, 0) for word in words}
            for word in words:
                seen[word] = times[word] + 1
            vector = _vector(words, dict(times), place)
            self._words.append(words)
            self._times.append(times)
            self._vectors.append(vector)
            self._ranked.append(self._best(place) if place >= self.first else [])
            if not item.is_copy:
                for word, weight in vector.items():
                    self._postings.setdefault(word, []).append((place, weight))

    def lists(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return each item's key with the keys of those that belong to it, best first."""
        everything = self.everything
        places = range(self.first, len(everything))
        return tuple((everything[place].key, _keys(self._ranked[place], everything)) for place in places)

    def replace(self, place: int, item: Item) -> None:
        """Let another item of the same key, day and kind stand at `place`."""
        self.everything[place] = item
        words, before = words_of(item), self._words[place]
        self._words[place] = words
        came_or_went = words.keys() ^ before.keys()
        self._times[place] = {word: self._times[place].get(word, -1) for word in words}
        for word in words.keys() - before.keys():
            self._times[place][word] = sum(word in other for other in self._words[:place])
        # What stands later and has one of these words weighs it otherwise, and with it all of its words.
        others = [place]
        for later in range(place + 1, len(self.everything)):
            shared = came_or_went & self._words[later].keys()
            for word in shared:
                self._times[later][word] += 1 if word in words else -1
            if shared:
                others.append(later)
        for other in others:
            self._weigh_again(other)
        self._rank_again(others)

    def _weigh_again(self, place: int) -> None:
        before = self._vectors[place]
        vector = self._vectors[place] = _vector(self._words[place], dict(self._times[place]), place)
        if self.everything[place].is_copy:
            return
        for word in before.keys() | vector.keys():
            found = self._postings.setdefault(word, [])
            at = bisect_left(found, (place,))
            is_there = at < len(found) and found[at][0] == place
            found[at : at + is_there] = [(place, vector[word])] if word in vector else []

    def _rank_again(self, changed: Sequence[int]) -> None:
        """Rank anew what the changed items may have come into, or stood in."""
        gone = set(changed)
        for place in range(max(self.first, changed[0]), len(self.everything)):
            ranked = self._ranked[place]
            if place in gone or any(-other in gone for _, other in ranked) or self._may_enter(changed, place):
                self._ranked[place] = self._best(place)

    def _may_enter(self, changed: Sequence[int], place: int) -> bool:
        """Say whether one of the changed items could now stand in a list, by the highest score it could have there."""
        ranked, vector = self._ranked[place], self._vectors[place]
        least = -ranked[-1][0] if len(ranked) == MOST else LEAST_SCORE
        day = self.everything[place].day
        for other in changed:
            if other >= place or self.everything[other].is_copy:
                continue
            its = self._vectors[other]
            score = sum([weight * its[word] for word, weight in vector.items() if word in its])
            # A little is added, for the order of adding decides the last digit.
            if score * _decay(day - self.everything[other].day) * 1.000001 >= least:
                return True
        return False

    def _best(self, place: int) -> list[tuple[float, int]]:
        return _best(self._vectors[place], self._postings, self.everything, place)


def words_of(item: Item) -> dict[str, float]:
    """Return an item's words, cut to their beginnings, with their weight: most for a name in the title."""
    weights: dict[str, float] = {}
    for text, factor in ((item.text, 1.0), (item.title, _IN_TITLE)):
        words = _WORD.findall(text)
        capitals = sum(word[0].isupper() for word in words)
        name = _PLAIN if capitals > _CAPITALS_SHARE * len(words) else _NAME
        for word in words:
            low = word.casefold()
            if low in _EMPTY:
                continue
            first = word[0]
            weight = factor * (name if first.isupper() else _FIGURE if first.isdigit() else _PLAIN)
            if weights.get(low[:_BEGINNING], 0.0) < weight:
                weights[low[:_BEGINNING]] = weight
    weights.update((f"#{topic}", _TOPIC) for topic in item.topics)
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
) -> list[tuple[float, int]]:
    """Return the best scores of items before `place`, each with its item's place; both stand below zero."""
    scores: dict[int, float] = {}
    left = _WORDS_LOOKED_UP
    for weight, word in sorted((-weight, word) for word, weight in vector.items() if word in postings):
        found = postings[word]
        if not found or found[-1][0] >= place:
            found = found[: bisect_left(found, (place,))]
            if not found:
                continue
        for other, other_weight in found[-_NEWEST_LOOKED_AT:]:
            scores[other] = scores.get(other, 0.0) + weight * other_weight
        left -= 1
        if not left:
            break
    day = items[place].day
    # Scores are below zero here, so that the best sort first and, of equals, the newest.
    ranked = sorted(
        (score * _decay(day - items[other].day), -other) for other, score in scores.items() if score <= -LEAST_SCORE
    )
    return [one for one in ranked[:MOST] if one[0] <= -LEAST_SCORE]


def _keys(ranked: Sequence[tuple[float, int]], items: Sequence[Item]) -> tuple[str, ...]:
    return tuple([items[-other].key for _, other in ranked])


def item_of(article: Article) -> Item:
    """Return what counts of an article."""
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


def _decay(days: int) -> float:
    return _DECAY[days] if days < len(_DECAY) else _DECAY[-1]
