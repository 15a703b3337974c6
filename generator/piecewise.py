"""Long work in pieces: between two of them whoever drives it may do something more urgent first, or leave it there."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

Result = TypeVar("Result")

Pieces = Generator[None, None, Result]


def at_once(work: Generator[None, None, Result]) -> Result:
    """Do one piece of a work after the other, without a pause, and return what comes of it."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Result = end.value
            return result
