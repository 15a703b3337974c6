"""Our named tuples are those of `typing`, but for the time they take to be made."""

from __future__ import annotations

import typing

import pytest

from generator import named


def made(kind: typing.Any) -> typing.Any:
    """Return the class that one of the two kinds makes of the same fields."""
    body = {
        "__module__": __name__,
        "__qualname__": "Report",
        "__doc__": "A report.",
        "__annotations__": {"title": "str", "words": "int", "topics": "tuple[str, ...]"},
        "words": 3,
        "topics": (),
        "is_long": property(lambda self: self.words > 2),
        "told": lambda self: f"{self.title}: {self.words}",
    }
    return (
        type(kind)("Report", (kind,), body)
        if kind is named.NamedTuple
        else typing.NamedTupleMeta(  # type: ignore[attr-defined]
            "Report",
            (typing._NamedTuple,),
            body,  # type: ignore[attr-defined]
        )
    )


Report = made(named.NamedTuple)
Twin = made(typing.NamedTuple)


@pytest.mark.parametrize("values", [("A",), ("A", 2), ("A", 2, ("iraq",))])
def test_they_are_what_typing_makes(values: tuple[typing.Any, ...]) -> None:
    """Fields, defaults, methods, comparing, printing, replacing: nothing tells one from the other."""
    ours, theirs = Report(*values), Twin(*values)

    assert theirs == ours
    assert repr(theirs) == repr(ours)
    assert theirs._asdict() == ours._asdict()
    assert (theirs.is_long, theirs.told()) == (ours.is_long, ours.told())
    assert theirs._replace(title="B") == ours._replace(title="B")
    assert tuple(theirs) == ours == Report._make(theirs)


def test_their_classes_say_the_same_of_themselves() -> None:
    """What documentation and messages ask a class is answered alike."""
    for name in ("_fields", "_field_defaults", "__doc__", "__module__", "__qualname__", "__match_args__", "__slots__"):
        assert getattr(Twin, name) == getattr(Report, name), name


def test_a_missing_field_and_a_second_base_are_refused() -> None:
    """Mistakes of ours show where they are made."""
    with pytest.raises(TypeError, match="title"):
        Report()
    with pytest.raises(TypeError, match="nothing else besides"):
        type(named.NamedTuple)("Both", (named.NamedTuple, dict), {"__module__": __name__})
