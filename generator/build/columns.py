"""Values kept by name in a log, each read when it is asked for; what an edit changes of one is written behind it.

Where the parts of each lie is not said in the log itself: whoever keeps the index knows which state of it he has. A log
is told from another by its token, and by its length from what it was before or became since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.build.log import Lost, Place, RecordLog, Row
from generator.digest import digest_of
from generator.named import NamedTuple

# What changed of a list or a mapping: the place or the name of each value that is another one, and the value.
Changes = Sequence[tuple[Any, Any]]

# With more changes than this a column is written whole again, and a log that is so many times as long as it was.
_MOST_CHANGES = 24
_MOST_TIMES = 3


class Index(NamedTuple):
    """Where the parts of each column lie, the whole first, in the log with this token; lengths are in bytes."""

    token: bytes
    end: int
    first_end: int
    places: Mapping[str, Sequence[Place]]


class Columns:
    """The columns that an index leads to."""

    def __init__(self, place: Path, heading: bytes, index: Index) -> None:
        self._place = place
        self._heading = heading
        self._log = RecordLog(place, heading + index.token)
        self._index = index
        self._values: dict[str, Any] = {}
        self._is_there = self._log.resume(index.end, 0)

    def value(self, name: str) -> Any:
        """Return a column's value as plain data; raises Lost where it is not there or damaged."""
        if name not in self._values:
            if not self._is_there:
                raise Lost
            whole, *changes = map(self._log.row_alone, self._index.places[name])
            value = whole[1]
            for row in changes:
                value = changed(value, row[1])
            self._values[name] = value
        return self._values[name]

    def leave(self, whole: Mapping[str, Any], changes: Mapping[str, Changes]) -> Index:
        """Write columns that are others now, and of further ones what changed; raises OSError and Lost."""
        index = self._index
        many = [name for name, pairs in changes.items() if pairs and len(index.places[name]) > _MOST_CHANGES]
        whole = {**whole, **{name: changed(self.value(name), changes[name]) for name in many}}
        changes = {name: pairs for name, pairs in changes.items() if pairs and name not in whole}
        if index.end > _MOST_TIMES * index.first_end:
            kept = {
                name: changed(self.value(name), changes.get(name, ())) for name in index.places if name not in whole
            }
            # An index of before must not lead into what is written now.
            token = digest_of(index.token, index.end)
            return write_columns(self._place, self._heading, token, {**kept, **whole})
        rows: list[Row] = [*whole.items(), *changes.items()]
        places = dict(index.places)
        for (name, _), place in zip(rows, self._log.append(rows, apart=True), strict=True):
            places[name] = (place,) if name in whole else (*places[name], place)
        return index._replace(end=self._log.end, places=places)


def write_columns(place: Path, heading: bytes, token: bytes, columns: Mapping[str, Any]) -> Index:
    """Begin the log anew with these columns; raises OSError."""
    log = RecordLog(place, heading + token)
    places = log.rewrite(columns.items(), apart=True)
    return Index(token, log.end, log.end, {name: (place,) for name, place in zip(columns, places, strict=True)})


def changed(value: Any, pairs: Changes) -> Any:
    """Return a list or a mapping with other values at some places; anything may stay as it is."""
    if not pairs:
        return value
    other: Any = dict(value) if isinstance(value, dict) else list(value)
    for key, one in pairs:
        other[key] = one
    return other
