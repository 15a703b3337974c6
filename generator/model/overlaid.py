"""Mappings of a site that stands: an edit asks them for a few names, and so they are not made whole for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Overlaid(Mapping[str, Value], Generic[Value]):
    """A mapping with other values for some of its names, which are `changed`."""

    __slots__ = ("_beneath", "changed")

    def __init__(self, beneath: Mapping[str, Value], changed: Mapping[str, Value]) -> None:
        self._beneath = beneath
        self.changed = changed

    def __getitem__(self, name: str) -> Value:
        return self.changed[name] if name in self.changed else self._beneath[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._beneath)

    def __len__(self) -> int:
        return len(self._beneath)

    def with_these(self, changed: Mapping[str, Value]) -> Overlaid[Value]:
        """Return the mapping with further values: one upon another, many edits would be asked layer after layer."""
        return Overlaid(self._beneath, {**self.changed, **changed})


def overlaid(beneath: Mapping[str, Value], changed: Mapping[str, Value]) -> Overlaid[Value]:
    """Return a mapping with other values for names that it has."""
    return beneath.with_these(changed) if isinstance(beneath, Overlaid) else Overlaid(beneath, changed)


class NamesByPlace(Mapping[str, tuple[str, ...]]):
    """Lists of names by name, held as places: `lists` has for each place of a name the places of others."""

    __slots__ = ("_lists", "_names", "_places")

    def __init__(self, names: Sequence[str], places: Mapping[str, int], lists: Sequence[Sequence[int]]) -> None:
        self._names = names
        self._places = places
        self._lists = lists

    def __getitem__(self, name: str) -> tuple[str, ...]:
        names = self._names
        return tuple([names[place] for place in self._lists[self._places[name]]])

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Waiting(Mapping[str, Value], Generic[Value]):
    """A mapping that is fetched when it is first asked; `fetch` answers every time with the same one."""

    __slots__ = ("_fetch",)

    def __init__(self, fetch: Callable[[], Mapping[str, Value]]) -> None:
        self._fetch = fetch

    def __getitem__(self, name: str) -> Value:
        return self._fetch()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fetch())

    def __len__(self) -> int:
        return len(self._fetch())
