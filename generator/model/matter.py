"""What a report is about, as weighted words: names before other words, the title before the summary.

A name of a place or people also stands for its country, so that `Kabul` meets `Afghans`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from sys import intern

from generator.named import NamedTuple
from generator.text.countries import country_of

# Names tell events apart better than other words do, figures not at all; countries hold a matter together best.
# Weights are whole numbers, so that their sums do not depend on the order of adding.
_NAME, _PLAIN = 16, 10
_COUNTRY, _OF_A_COUNTRY = 25, 10
_IN_TITLE, _IN_FIRST_SENTENCE, _LATER, _TOPIC = 10, 5, 4, 25
# In a headline that capitalises (nearly) every word, capitals do not tell names.
_CAPITALS_SHARE = 0.7
# Beginnings of words are compared, so that `Syria` meets `Syrian` and `strike` meets `strikes`.
_BEGINNING = 6
_ENDINGS = ("ing", "ed", "er")
# What an ending is taken from keeps at least this much.
_LEAST_STEM = 3
_MOST_KEPT = 20_000
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]{2,}")
# Words of dates and grammar, which say nothing of an event.
_EMPTY_WORDS = """
    an the and or us for that with from are was were has have had its his her their they this which who will be been
    after over into than more not but also at of in to by as is it he she during between while about when where
    against said says two three four five six seven eight nine ten first second third year years month months week
    weeks day days today yesterday according including would could several many other others some most all any new
    around since until before following amid due only out up down there then
    if no can them were we our what such both just still how so may do does did yet within without under per each
    because though although whether those these him himself itself like near
    on off back one own same very too again also even every each either neither nor must cannot did done being i my me
    you your ours through upon onto once often now here why whose whom
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


# What a word weighs that is a name, wherever it stands.
NAMES = frozenset(_NAME * part for part in (_IN_TITLE, _IN_FIRST_SENTENCE, _LATER))
# What words with such beginnings stand for: a country, a topic.
COUNTRY, TOPIC = "@", "#"


class Item(NamedTuple):
    """What counts of one article.

    `day` is a number of days; `moment` tells apart what came within a day, as far as that is known. A copy of another
    story is never offered as earlier.
    """

    key: str
    day: int
    title: str
    text: str
    topics: tuple[str, ...] = ()
    is_copy: bool = False
    moment: str = ""


def words_of(item: Item) -> dict[str, int]:
    """Return an item's words, cut to their beginnings, with their weight: most for a name in the title."""
    text, title = item.text, item.title.split()
    end = _end_of_first_sentence(text)
    capitals = sum([word[0].isupper() for word in title])
    in_capitals = capitals > _CAPITALS_SHARE * len(title)
    # What stands in more than one of these counts as in the last.
    meanings = chain(
        map(_part(_LATER, _NAME).__getitem__, text[end:].split()),
        map(_part(_IN_FIRST_SENTENCE, _NAME).__getitem__, text[:end].split()),
        map(_part(_IN_TITLE, _PLAIN if in_capitals else _NAME).__getitem__, title),
    )
    weights = dict(chain.from_iterable(meanings))
    for topic in item.topics:
        weights[f"{TOPIC}{topic}"] = _TOPIC
    return weights


class _Meanings(dict[str, tuple[tuple[str, int], ...]]):
    """What words count as in one part of an item, each worked out when it is first met.

    A word is what stands between blanks: `Iran-backed,` counts as two.
    """

    def __init__(self, factor: int, name: int) -> None:
        self._factor = factor
        self._name = name

    def __missing__(self, written: str) -> tuple[tuple[str, int], ...]:
        words = _WORD.findall(written)
        # Most words come again; a text that is all new words must not fill the memory.
        if len(self) > _MOST_KEPT:
            self.clear()
        # One text object for each beginning, so that whoever looks it up need not compare letters.
        self[written] = found = tuple(
            (intern(what), weight * self._factor) for word in words for what, weight in _meanings(word, self._name)
        )
        return found


@cache
def _part(factor: int, name: int) -> _Meanings:
    return _Meanings(factor, name)


def _meanings(word: str, name: int) -> tuple[tuple[str, int], ...]:
    """Return what a word counts as, with the weight of each: its beginning, and the country it belongs to."""
    word = word.replace(".", "")
    low = word.casefold()
    is_name = word[0].isupper()
    # `us` in small letters, or at the head of a sentence, is no name.
    country = country_of(low) if is_name and (len(low) > _LEAST_STEM - 1 or word.isupper()) else ""
    if country:
        return ((f"{COUNTRY}{country}", _COUNTRY), (_beginning(low), _OF_A_COUNTRY))
    if low in _EMPTY or word[0].isdigit():
        return ()
    return ((_beginning(low), name if is_name else _PLAIN),)


def _end_of_first_sentence(text: str) -> int:
    """Return where the first sentence ends; a point after a capital, as in `U.S. envoy`, ends none."""
    at = text.find(". ")
    while at > 0 and not text[at - 1].islower():
        at = text.find(". ", at + 1)
    return at + 1 if at > 0 else len(text)


def _beginning(word: str) -> str:
    if len(word) <= _LEAST_STEM:
        return word
    if word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + _LEAST_STEM:
            word = word.removesuffix(ending)
            break
    return word.rstrip("e")[:_BEGINNING]
