"""Earlier on this: which earlier reports belong to an article.

Only backwards: what stands in the list of an article never changes because a later one was published.
Only title, summary and topics count, so that a body edit leaves every list as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import log
from typing import NamedTuple

WINDOW_DAYS = 45
HALF_LIFE_DAYS = 7.0
MOST = 5
# Below this a shared word is chance; found on the development set of the topics corpus.
LEAST_SCORE = 0.08
# Words in more than this share of a window's items say nothing about which of them belong together.
_COMMON_SHARE = 0.2
_WORD = re.compile(r"[^\W\d_]{3,}|\d{3,}")


class Item(NamedTuple):
    """What counts of one article; `day` is a number of days, `title` words count twice."""

    key: str
    day: int
    title: str
    text: str
    topics: tuple[str, ...] = ()


def words_of(item: Item) -> dict[str, float]:
    """Return an item's words with their weight: twice in the title, once in the summary; topics count as half a word."""
    weights: dict[str, float] = {}
    for word in _WORD.findall(item.text.casefold()):
        weights[_stem(word)] = 1.0
    for word in _WORD.findall(item.title.casefold()):
        weights[_stem(word)] = 2.0
    for topic in item.topics:
        weights[f"#{topic}"] = 0.5
    return weights


def earlier(
    items: Sequence[Item], wanted: Iterable[str], *, half_life: float = HALF_LIFE_DAYS, most: int = MOST
) -> dict[str, tuple[str, ...]]:
    """Return for each wanted key the keys of earlier items that belong to it, best first.

    `items` are in order of time, oldest first; an item counts as earlier when it stands before in that order. The weight
    of a word is its rarity among `items`; a score halves with every `half_life` days between the two.
    """
    vectors, postings = _vectors([words_of(item) for item in items])
    place = {item.key: index for index, item in enumerate(items)}
    found: dict[str, tuple[str, ...]] = {}
    for key in wanted:
        index = place[key]
        scores: dict[int, float] = {}
        for word, weight in vectors[index].items():
            for other, other_weight in postings[word]:
                if other >= index:
                    break
                scores[other] = scores.get(other, 0.0) + weight * other_weight
        day = items[index].day
        ranked = sorted(
            (-score * 0.5 ** ((day - items[other].day) / half_life), -other) for other, score in scores.items()
        )
        found[key] = tuple(items[-other].key for score, other in ranked[:most] if -score >= LEAST_SCORE)
    return found


def _vectors(
    weights: list[dict[str, float]],
) -> tuple[list[dict[str, float]], dict[str, list[tuple[int, float]]]]:
    """Return each item's words weighted by rarity and scaled to length one, and where each word stands."""
    seen: dict[str, int] = {}
    for words in weights:
        for word in words:
            seen[word] = seen.get(word, 0) + 1
    total = len(weights)
    common = max(3.0, total * _COMMON_SHARE)
    rarity = {word: log(1 + total / times) for word, times in seen.items() if 1 < times <= common}
    vectors: list[dict[str, float]] = []
    postings: dict[str, list[tuple[int, float]]] = {}
    for index, words in enumerate(weights):
        full = sum((weight * rarity.get(word, log(1 + total))) ** 2 for word, weight in words.items())
        length = full**0.5 or 1.0
        vector = {word: weight * rarity[word] / length for word, weight in words.items() if word in rarity}
        vectors.append(vector)
        for word, weight in vector.items():
            postings.setdefault(word, []).append((index, weight))
    return vectors, postings


def _stem(word: str) -> str:
    """Return the word without a plural or possessive ending; enough to let `strike` meet `strikes`."""
    if len(word) > 4 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
