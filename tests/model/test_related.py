"""Which earlier reports belong to an article: rules of model/related.py, without files."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from generator.model.matter import Item
from generator.model.related import MOST_LOOKED_AT, best, earlier

FILL = tuple(
    Item(f"fill-{number}", 90, "", text)
    for number, text in enumerate(
        ("Bread prices rise in Samarra", "A bridge opens near Tikrit", "Rain closes the road to Najaf", "Schools begin")
    )
)


def related(*items: Item, before: tuple[Item, ...] = FILL) -> dict[str, tuple[str, ...]]:
    return dict(earlier(before, items))


def test_the_same_story_is_found_by_its_names() -> None:
    """A name shared counts, whatever ending it has; what shares no word is not offered."""
    found = related(
        Item("first", 100, "Halbousi calls parliament", "The speaker wants a vote"),
        Item("other", 101, "Locusts reach the coast", "Farmers fear for wheat"),
        Item("second", 102, "Parliamentary vote put off", "Halbousi names no date"),
    )

    assert () == found["first"]
    assert ("first",) == found["second"]


def test_only_what_came_before_is_offered() -> None:
    """A later report never enters the list of an earlier one; a copy is never offered."""
    found = related(
        Item("one", 100, "Halbousi calls parliament", "", moment="09:00"),
        Item("copy", 100, "Halbousi calls parliament", "", is_copy=True, moment="09:30"),
        Item("two", 100, "Halbousi calls parliament", "", moment="10:00"),
    )

    assert {"one": (), "copy": ("one",), "two": ("one",)} == found


def test_reports_of_one_moment_name_each_other() -> None:
    """Of a day without clocks nobody knows what came first, so its order in a list of files decides nothing."""
    items = [Item(key, 100, "Halbousi calls parliament", "") for key in ("one", "two")]

    assert {"one": ("two",), "two": ("one",)} == related(*items) == related(*reversed(items))


@pytest.mark.parametrize(
    ("earlier_title", "later_title"),
    [
        ("Gunfire in Kabul", "An Afghan village floods"),
        ("U.S. envoy arrives", "An American is freed"),
        ("Putin speaks", "Moscow-based carrier ends its flights"),
    ],
)
def test_names_of_a_country_meet(earlier_title: str, later_title: str) -> None:
    """Its capital, its people and who led it all stand for a country."""
    assert ("first",) == related(Item("first", 100, earlier_title, ""), Item("second", 101, later_title, ""))["second"]


def test_small_letters_name_no_country() -> None:
    """`us` is a country in capitals only, and so is a turkey on a table."""
    items = (Item("first", 100, "They told us of turkey", ""), Item("second", 101, "Turkish envoy meets US envoy", ""))

    assert () == related(*items)["second"]


def test_an_item_is_compared_with_a_bounded_number() -> None:
    """However many reports share all of an item's words, only so many places are looked at."""
    looked: list[int] = []

    class Counted(list[tuple[int, float]]):
        def __getitem__(self, at: Any) -> Any:
            got = super().__getitem__(at)
            looked.append(len(got) if isinstance(at, slice) else 0)
            return got

    items = [Item(str(number), 100, "", "") for number in range(5_000)]
    vector = {f"word{number}": 0.1 for number in range(100)}
    postings = defaultdict(list, {word: Counted((place, 0.1) for place in range(5_000)) for word in vector})

    assert best(vector, postings, items, (4_999, 5_000))
    assert sum(looked) <= MOST_LOOKED_AT


def test_a_year_between_two_items_is_no_fault() -> None:
    """However far apart two reports lie, they may be compared."""
    found = related(
        Item("old", 100, "Halbousi calls parliament", ""),
        Item("new", 100 + 3_000, "Halbousi calls parliament", ""),
    )

    assert ("old",) == found["new"]
