"""Looks for earlier reports that are kept while a site is being edited."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.related import Item, Look

_MOST_KEPT = 4
# With more than this the look is as quick from the start.
_MOST_EDITED = 4


class Looks:
    """Answers as `earlier` does; where it has looked at almost the same items before, it looks again at few of them."""

    def __init__(self) -> None:
        self._kept: list[Look] = []

    def lists(self, before: Sequence[Item], items: Sequence[Item]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return each item's key with the keys of those that belong to it, best first."""
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
        if (before.key, before.day, before.is_copy) != (after.key, after.day, after.is_copy):
            return None
    return places
