"""The quick reading of front matter: lines whose meaning is certain without a YAML library, nearly all there are.

A list may go over several lines, and below a key there may be a list, a mapping, or a list of mappings. One odd line
and the whole block is left to the library. A test holds both readings against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.text.block import Quoted, Value, unfit_character

# Told by what it is not: a set of few low letters takes a hundredth of the time to compile.
_WORD = r"[^\x00-.:-@\[-^`{-\xbf](?:[\w ./+'\u2019\u2013\u200c-]*[\w./+])?"
_ITEM = rf'(?:{_WORD}|"[^"\\]*")'
_KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
_ATOM = r"[A-Za-z0-9_/](?:(?:[\w .+/-]|:(?=\w))*[\w/])?"
_PAIR = rf'{_KEY}: +(?:{_ATOM}|"[^"\\]*")'
_LINE = re.compile(
    rf"( *+)(?:(- ++)|({_KEY}):(?: ++|$))"
    r'(?:"([^"\\]*)"'
    r"|'([^']*)'"
    rf"|\[ *((?:{_ITEM}(?: *, *{_ITEM})*)?) *\]"
    rf"|\{{ *({_PAIR}(?: *, *{_PAIR})*) *\}}"
    r"|([^\s\-?:,\[\]{}#&*!|>'\"%@`][^\t]*)"
    r")? *"
)
_ITEMS = re.compile(rf'({_WORD})|"([^"\\]*)"')
_PAIRS = re.compile(rf'({_KEY}): +(?:({_ATOM})|"([^"\\]*)")')
# A list over several lines, whose lines part where its items do.
_OPEN = re.compile(rf"({_KEY}): +\[ *")
_NAMED = rf"\{{ *{_WORD}: +{_ATOM} *\}}"
_ROW = re.compile(rf"(?:(?:{_ITEM}|{_NAMED})(?: *, *(?:{_ITEM}|{_NAMED}))*(?: *(,))?)?")
_ROW_ITEMS = re.compile(rf'\{{ *({_WORD}): +({_ATOM}) *\}}|({_WORD})|"([^"\\]*)"')

# The library counts values and depths; a block as short as this cannot have too many.
_MOST_CHARACTERS = 8_000


def read_plain(front: str, first_line: int) -> dict[str, Value] | None:
    """Read a block of plain lines, at most two levels of nesting; None when any line is of another shape."""
    if len(front) > _MOST_CHARACTERS or not (front.replace("\n", " ").isprintable() or unfit_character(front) is None):
        return None
    keys: dict[str, Value] = {}
    above: _Nested | None = None
    match, new = _LINE.fullmatch, tuple.__new__
    lines = enumerate(front.split("\n"), first_line)
    for number, line in lines:
        found = match(line)
        if found is None:
            opened = _OPEN.match(line)
            if opened is not None and opened[1] not in keys:
                rows = _rows_of(line[opened.end() :], number, lines)
                if rows is None:
                    return None
                keys[opened[1]], above = new(Value, (rows, number)), None
            elif line.strip(" ")[:1] not in ("", "#"):
                return None
            continue
        indent, dash, key, plain = found.group(1, 2, 3, 8)
        if plain is not None:
            value: Any = _plain(plain)
        else:
            value = _held(found, number)
        if not indent and not dash and value is not None:
            if key in keys:
                return None
            keys[key] = new(Value, (value, number))
            above = _Nested(keys, key) if value == "" and type(value) is str else None
        # A line that belongs to the empty key above it: an item of its list, or a key of its mapping.
        elif above is None or not above.takes(found, value, number):
            return None
    return keys


class _Nested:
    """What stands below an empty key: a list of values or of mappings, or one mapping."""

    __slots__ = ("_column", "_indent", "_item", "_key", "_keys", "_value")

    def __init__(self, keys: dict[str, Value], key: str) -> None:
        self._keys = keys
        self._key = key
        self._value: Any = None
        self._indent = ""
        self._item: dict[str, Value] | None = None
        self._column = 0

    def takes(self, found: re.Match[str], value: Any, number: int) -> bool:
        """Take in a line and what it holds, None for a plain text that may be more; False when it does not fit."""
        indent, dash, key = found[1], found[2], found[3]
        if value == "" and type(value) is str:
            return False
        if self._item is not None and not dash and len(indent) == self._column:
            return _is_put(self._item, key, value, number)
        if self._value is None:
            self._value, self._indent = [] if dash else {}, indent
            self._keys[self._key] = Value(self._value, self._keys[self._key].line)
        self._item = None
        if indent != self._indent or isinstance(self._value, list) != bool(dash):
            return False
        if not dash:
            return _is_put(self._value, key, value, number)
        if value is None:
            value = self._item = _begun(found[8], number)
            self._column = len(indent) + len(dash)
        self._value.append(Value(value, number))
        return value is not None


def _is_put(mapping: dict[str, Value], key: str, value: Any, number: int) -> bool:
    """Put a value under its key; False where there is none, or another one already."""
    if value is None or key in mapping:
        return False
    mapping[key] = Value(value, number)
    return True


def _begun(text: str | None, number: int) -> dict[str, Value] | None:
    """Return the mapping that begins behind a hyphen, with its first key; None where none does."""
    found = _LINE.fullmatch(text) if text else None
    if found is None or found[2]:
        return None
    value = _plain(found[8]) if found[8] is not None else _held(found, number)
    return {found[3]: Value(value, number)} if value is not None and value != "" else None


def _plain(text: str) -> str | None:
    """Return plain text without the blanks behind it; None where only the library can tell what it is."""
    text = text.rstrip(" ")
    return None if ": " in text or " #" in text or text[-1] == ":" else text


def _held(found: re.Match[str], number: int) -> Any:
    """Return what a line's shape holds that is no plain text; None where only the library can tell."""
    double, single, items, pairs = found.group(4, 5, 6, 7)
    if double is not None:
        return Quoted(double)
    new = tuple.__new__
    if items is not None:
        return [new(Value, (word or Quoted(text), number)) for word, text in _ITEMS.findall(items)]
    if pairs is not None:
        named = _PAIRS.findall(pairs)
        mapping = {key: new(Value, (word or Quoted(text), number)) for key, word, text in named}
        return mapping if len(mapping) == len(named) else None
    return Quoted(single) if single is not None else ""


def _rows_of(row: str, number: int, lines: Iterator[tuple[int, str]]) -> list[Value] | None:
    """Return the items of a list over several lines, which begins with `row`; None where it is of another shape."""
    items: list[Value] = []
    may_go_on = True
    while True:
        row = row.strip(" ")
        is_last = row.endswith("]")
        found = _ROW.fullmatch(row[:-1].rstrip(" ") if is_last else row)
        # Without a comma between them, two lines are one text.
        if found is None or (row.strip("] ") and not may_go_on):
            return None
        may_go_on = bool(found[1]) or (may_go_on and not row)
        for name, weight, word, text in _ROW_ITEMS.findall(row):
            value = {name: Value(weight, number)} if name else word or Quoted(text)
            items.append(Value(value, number))
        if is_last:
            return items
        # Where the block ends before the list does, what comes is of no shape.
        number, row = next(lines, (number, "}"))
