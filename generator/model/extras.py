"""Values passed through to templates by name, made of plain pairs."""

from __future__ import annotations

from typing import Any

from generator.model.article import Extras


def extras_of(pairs: Any) -> Extras:
    """Return pairs of names and values as Extras, and every value that is such pairs itself likewise.

    A list of two-part lists that begin with text reads the same: fresh values and those from a cache must not differ.
    """
    return Extras((name, _inner(value)) for name, value in pairs)


def _inner(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    if value and all(isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], str) for pair in value):
        return extras_of(value)
    return tuple(_inner(item) for item in value)
