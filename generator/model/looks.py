"""Looks for earlier reports that are kept while a site is being edited."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from generator.model.matter import Item, words_of
from generator.model.related import LEAST_SCORE, MOST, Postings, best, decay, keys_of, moments, post, vector_of

_MOST_KEPT = 4
# With more than this the look is as quick from the start.
_MOST_EDITED = 4


class Look:
    """One look for earlier reports over two months, with what it worked out on the way.

    `replace` brings it up to one item written otherwise, at the cost of what that changes; the lists are then those of
    a new look over the same items.
    """

    def __init__(self, before: Sequence[Item], items: Sequence[Item]) -> None:
        self.everything = [*before, *items]
        self.first = len(before)
        self._words = [words_of(item) for item in self.everything]
        self._spans = [span for span in moments(self.everything) for _ in range(*span)]
        # How often each word of an item stands in what is no later, itself included.
        self._times: list[dict[str, int]] = []
        self._vectors: list[dict[str, float]] = []
        self._ranked: list[list[tuple[float, int]]] = []
        self._postings: Postings = defaultdict(list)
        seen: dict[str, int] = defaultdict(int)
        for start, end in moments(self.everything):
            for words in self._words[start:end]:
                for word in words:
                    seen[word] += 1
            for place in range(start, end):
                words = self._words[place]
                self._times.append({word: seen[word] for word in words})
                self._vectors.append(vector_of(words, seen, end - 1))
                if not self.everything[place].is_copy:
                    post(self._vectors[place], place, self._postings)
            self._ranked += [self._best(place) if place >= self.first else [] for place in range(start, end)]

    def lists(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return each item's key with the keys of those that belong to it, best first."""
        everything = self.everything
        places = range(self.first, len(everything))
        return tuple((everything[place].key, keys_of(self._ranked[place], everything)) for place in places)

    def replace(self, place: int, item: Item) -> None:
        """Let another item of the same key, day, moment and kind stand at `place`."""
        self.everything[place] = item
        words, before = words_of(item), self._words[place]
        self._words[place] = words
        start, end = self._spans[place]
        known = self._times[place]
        self._times[place] = {
            word: known[word] if word in known else sum(word in other for other in self._words[:end]) for word in words
        }
        # What is no earlier and has one of the changed words weighs it otherwise, and with it all of its words.
        came_or_went = words.keys() ^ before.keys()
        others = [place]
        for other in range(start, len(self.everything)):
            shared = came_or_went & self._words[other].keys() if other != place else ()
            for word in shared:
                self._times[other][word] += 1 if word in words else -1
            if shared:
                others.append(other)
        for other in others:
            self._weigh_again(other)
        self._rank_again(others, start)

    def _weigh_again(self, place: int) -> None:
        before = self._vectors[place]
        vector = self._vectors[place] = vector_of(self._words[place], self._times[place], self._spans[place][1] - 1)
        if self.everything[place].is_copy:
            return
        for word in before.keys() | vector.keys():
            found = self._postings[word]
            at = bisect_left(found, (place,))
            is_there = at < len(found) and found[at][0] == place
            found[at : at + is_there] = [(place, vector[word])] if word in vector else []

    def _rank_again(self, changed: Sequence[int], start: int) -> None:
        """Rank anew what the changed items may have come into, or stood in."""
        gone = set(changed)
        for place in range(max(self.first, start), len(self.everything)):
            ranked = self._ranked[place]
            if place in gone or any(-other in gone for _, other in ranked) or self._may_enter(changed, place):
                self._ranked[place] = self._best(place)

    def _may_enter(self, changed: Sequence[int], place: int) -> bool:
        """Say whether one of the changed items could now stand in a list, by the highest score it could have there."""
        ranked, vector = self._ranked[place], self._vectors[place]
        least = -ranked[-1][0] if len(ranked) == MOST else LEAST_SCORE
        day = self.everything[place].day
        for other in changed:
            if other >= self._spans[place][1] or self.everything[other].is_copy:
                continue
            its = self._vectors[other]
            score = sum([weight * its[word] for word, weight in vector.items() if word in its])
            # A little is added, for the order of adding decides the last digit.
            if score * decay(day - self.everything[other].day) * 1.000001 >= least:
                return True
        return False

    def _best(self, place: int) -> list[tuple[float, int]]:
        return best(self._vectors[place], self._postings, self.everything, (place, self._spans[place][1]))


class Looks:
    """Answers as `earlier` does; where it has looked at almost the same items before, it looks again at few of them."""

    def __init__(self) -> None:
        self._kept: list[Look] = []

    def lists(
        self, before: Sequence[Item], items: Sequence[Item], first: int = 0
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return each item's key with the keys of those that belong to it, best first; `first` spares nothing here."""
        everything = [*before, *items]
        for look in self._kept:
            places = _edited(look, everything, len(before))
            if places is not None:
                for place in places:
                    look.replace(place, everything[place])
                self._kept.remove(look)
                break
        else:
            look = Look(before, items)
        self._kept = [look, *self._kept][:_MOST_KEPT]
        return look.lists()


def _edited(look: Look, everything: Sequence[Item], first: int) -> list[int] | None:
    """Return the places where a look's items differ in their words; None when it was a look at other things."""
    if look.first != first or len(look.everything) != len(everything):
        return None
    places = [place for place, pair in enumerate(zip(look.everything, everything, strict=True)) if pair[0] != pair[1]]
    if len(places) > _MOST_EDITED:
        return None
    for place in places:
        before, after = look.everything[place], everything[place]
        if before._replace(title="", text="", topics=()) != after._replace(title="", text="", topics=()):
            return None
    return places
