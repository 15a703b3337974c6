"""Mappings that are not made whole: to whoever asks them they are the mappings they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from generator.model.overlaid import NamesByPlace, Overlaid, Waiting, overlaid

PLAIN = {"a": ("b", "c"), "b": (), "c": ("a",)}
NAMES = NamesByPlace(["a", "b", "c"], {"a": 0, "b": 1, "c": 2}, [[1, 2], [], [0]])


@pytest.mark.parametrize(
    ("expected", "mapping"),
    [
        (PLAIN, NAMES),
        (PLAIN, Waiting(lambda: PLAIN)),
        ({**PLAIN, "b": ("a",)}, overlaid(PLAIN, {"b": ("a",)})),
        ({**PLAIN, "b": ("c",), "a": ()}, overlaid(overlaid(NAMES, {"b": ("a",), "a": ()}), {"b": ("c",)})),
    ],
)
def test_they_are_the_mappings_they_stand_for(expected: dict[str, Any], mapping: Mapping[str, Any]) -> None:
    """Values, names, length, what is not there."""
    assert expected == dict(mapping)
    assert len(expected) == len(mapping)
    assert ((), "none") == (mapping.get("x", ()), mapping.get("x", "none"))
    with pytest.raises(KeyError):
        mapping["x"]


def test_many_edits_are_one_layer() -> None:
    """What is laid over an overlaid mapping lies beside what was laid there before."""
    twice = overlaid(overlaid(PLAIN, {"a": ()}), {"b": ("a",)})

    assert {"a": (), "b": ("a",)} == twice.changed
    assert type(twice._beneath) is dict
    assert isinstance(twice, Overlaid)
