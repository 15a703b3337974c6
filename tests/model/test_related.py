"""Which earlier reports belong to an article: rules of model/related.py, without files."""

from __future__ import annotations

from generator.model.related import Item, earlier

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
        Item("one", 100, "Halbousi calls parliament", ""),
        Item("copy", 100, "Halbousi calls parliament", "", is_copy=True),
        Item("two", 100, "Halbousi calls parliament", ""),
    )

    assert {"one": (), "copy": ("one",), "two": ("one",)} == found


def test_a_year_between_two_items_is_no_fault() -> None:
    """However far apart two reports lie, they may be compared."""
    found = related(
        Item("old", 100, "Halbousi calls parliament", ""),
        Item("new", 100 + 3_000, "Halbousi calls parliament", ""),
    )

    assert ("old",) == found["new"]
