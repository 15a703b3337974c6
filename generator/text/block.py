"""What a block of `key: value` lines is made of once it has been read: values with their lines, and faults."""

from __future__ import annotations

import re
from typing import Any

from generator.named import NamedTuple

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Fault(NamedTuple):
    """What is wrong in one line, and what to do about it."""

    line: int
    message: str
    advice: str = ""


class Quoted(str):
    """Text that stood in quotes, and so is text even where it reads `true` or `7`."""

    __slots__ = ()


class Value(NamedTuple):
    """What a key holds, and the line it stands in: text, a list of Values, or a dictionary of them."""

    value: Any
    line: int


def bare(value: Any) -> Any:
    """Return a value, or a mapping of Values, without the numbers of its lines."""
    if isinstance(value, Value):
        return bare(value.value)
    if isinstance(value, dict):
        return {key: bare(each) for key, each in value.items()}
    return [bare(each) for each in value] if isinstance(value, list) else value


def unfit_character(text: str) -> re.Match[str] | None:
    """Return the first character that no text of a site may hold: controls, lone surrogates, line separators."""
    return _UNFIT.search(text)
