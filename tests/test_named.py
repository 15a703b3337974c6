"""Our named tuples are those of `typing`, but for the time they take to be made."""

from __future__ import annotations

import typing
from copy import copy

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
    assert tuple(theirs) == ours == Report._make(theirs) == copy(ours)
    assert hash(theirs) == hash(ours)


def test_their_classes_say_the_same_of_themselves() -> None:
    """What documentation and messages ask a class is answered alike."""
    for name in ("_fields", "_field_defaults", "__doc__", "__module__", "__qualname__", "__match_args__", "__slots__"):
        assert getattr(Twin, name) == getattr(Report, name), name


def test_classes_of_as_many_fields_keep_theirs_apart() -> None:
    """They share what makes and reads them, not their names."""
    first, second = (type(named.NamedTuple)(name, (named.NamedTuple,), _fields_of(name)) for name in ("Day", "Week"))

    assert ("Day(begin_of_Day=1)", "Week(begin_of_Week=2)") == (repr(first(1)), repr(second(begin_of_Week=2)))
    assert (1, 2) == (first(1).begin_of_Day, second(2).begin_of_Week)
    with pytest.raises(TypeError, match="begin_of_Day"):
        second(begin_of_Day=1)


def _fields_of(name: str) -> dict[str, typing.Any]:
    return {"__module__": __name__, "__annotations__": {f"begin_of_{name}": "int"}}


def test_a_missing_field_and_a_second_base_are_refused() -> None:
    """Mistakes of ours show where they are made."""
    with pytest.raises(TypeError, match="title"):
        Report()
    with pytest.raises(TypeError, match="Expected 3 arguments, got 1"):
        Report._make(["A"])
    with pytest.raises(ValueError, match="titel"):
        Report("A")._replace(titel="B")
    with pytest.raises(TypeError, match="without a default"):
        type(named.NamedTuple)(
            "Late",
            (named.NamedTuple,),
            {"__module__": __name__, "__annotations__": {"a": "int", "b": "int"}, "a": 1},
        )
    with pytest.raises(TypeError, match="nothing else besides"):
        type(named.NamedTuple)("Both", (named.NamedTuple, dict), {"__module__": __name__})
