"""Columns: what was left is read again as it was left, by the index that was left with it, or not at all."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from generator.build.columns import Columns, Index, write_columns
from generator.build.log import Lost, packed_value, unpacked_value

HEADING = b"columns of a test"
FIRST: dict[str, Any] = {"list": tuple(range(40)), "names": {f"n{number}": number for number in range(30)}, "word": "a"}


def again(index: Index) -> Index:
    """Return an index as a stamp gives it back."""
    return Index(*unpacked_value(packed_value(index)))


def told(columns: Columns) -> dict[str, Any]:
    """Return all columns, lists as tuples."""
    values = {name: columns.value(name) for name in FIRST}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


@pytest.mark.parametrize("seed", range(6))
def test_any_series_of_changes_is_read_as_it_was_left(tmp_path: Path, seed: int) -> None:
    """Whole columns, changes of some values, changes that have become many: each index leads to its own state."""
    chance = random.Random(seed)
    place, expected = tmp_path / "columns", dict(FIRST)
    index = write_columns(place, HEADING, b"token", FIRST)
    for number in range(120):
        columns = Columns(place, HEADING, again(index))
        whole: dict[str, Any] = {"word": f"{number}" * chance.randrange(60)} if chance.random() < 0.3 else {}
        places = {chance.randrange(40): number for _ in range(chance.randrange(3))}
        names = {f"n{chance.randrange(40)}": number for _ in range(chance.randrange(3))}
        index = columns.leave(whole, {"list": list(places.items()), "names": list(names.items())})
        expected |= whole
        expected["list"] = tuple(places.get(at, value) for at, value in enumerate(expected["list"]))
        expected["names"] = expected["names"] | names

        assert told(Columns(place, HEADING, again(index))) == expected


def test_an_index_of_before_leads_nowhere(tmp_path: Path) -> None:
    """What was written behind it, and another log in its place, are noticed before anything is read."""
    place = tmp_path / "columns"
    before = write_columns(place, HEADING, b"token", FIRST)
    after = Columns(place, HEADING, before).leave({}, {"list": [(3, 4)]})

    with pytest.raises(Lost):
        Columns(place, HEADING, before).value("word")
    write_columns(place, HEADING, b"other", FIRST)
    for index in (before, after):
        with pytest.raises(Lost):
            Columns(place, HEADING, index).value("word")


def test_nothing_damaged_is_read(tmp_path: Path) -> None:
    """Cut or garbled at any byte, a column is what it was or not there."""
    place = tmp_path / "columns"
    index = write_columns(place, HEADING, b"token", FIRST)
    index = Columns(place, HEADING, index).leave({"word": "b"}, {"list": [(3, 4)]})
    sound, whole = told(Columns(place, HEADING, index)), place.read_bytes()
    for at in range(len(whole)):
        for content in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
            place.write_bytes(content)
            columns = Columns(place, HEADING, index)
            for name, value in sound.items():
                try:
                    found = columns.value(name)
                except Lost:
                    continue
                assert value == (tuple(found) if isinstance(found, list) else found)
