"""The quick reading of front matter: lines whose meaning is certain without a YAML library, nearly all there are.

One odd line and the whole block is left to the library. A test holds both readings against each other.
"""

from __future__ import annotations

import re
from typing import Any

from generator.text.block import Quoted, Value, unfit_character

# Told by what it is not: a set of few low letters takes a hundredth of the time to compile.
_WORD = r"[^\x00-.:-@\[-^`{-\xbf](?:[\w ./+-]*[\w./+])?"
_ITEM = rf'(?:{_WORD}|"[^"\\]*")'
_KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
_ATOM = r"[A-Za-z0-9_](?:(?:[\w .+-]|:(?=\w))*\w)?"
_PAIR = rf'{_KEY}: +(?:{_ATOM}|"[^"\\]*")'
_LINE = re.compile(
    rf"( *)(?:(- +)|({_KEY}):(?: +|$))"
    r'(?:"([^"\\]*)"'
    r"|'([^']*)'"
    rf"|\[ *((?:{_ITEM}(?: *, *{_ITEM})*)?) *\]"
    rf"|\{{ *({_PAIR}(?: *, *{_PAIR})*) *\}}"
    r"|([^\s\-?:,\[\]{}#&*!|>'\"%@`][^\t]*)"
    r")? *"
)
_ITEMS = re.compile(rf'({_WORD})|"([^"\\]*)"')
_PAIRS = re.compile(rf'({_KEY}): +(?:({_ATOM})|"([^"\\]*)")')


def read_plain(front: str, first_line: int) -> dict[str, Value] | None:
    """Read a block of plain lines, at most one level of nesting; None when any line is of another shape."""
    keys: dict[str, Value] = {}
    above, inner, inner_indent = "", None, ""
    match, new = _LINE.fullmatch, tuple.__new__
    for number, line in enumerate(front.split("\n"), first_line):
        if not line.isprintable() and unfit_character(line) is not None:
            return None
        found = match(line)
        if found is None:
            if line.strip(" ")[:1] in ("", "#"):
                continue
            return None
        indent, dash, key, double, single, items, pairs, plain = found.groups()
        if plain is not None:
            value: Any = plain.rstrip(" ")
        else:
            value = Quoted(double) if double is not None else _value(single, items, pairs, number)
        if value is None or (plain is not None and (": " in value or " #" in value or value[-1] == ":")):
            return None
        is_empty = value == "" and type(value) is str
        if not indent and not dash:
            if key in keys:
                return None
            keys[key] = new(Value, (value, number))
            above, inner = key if is_empty else "", None
            continue
        # A line that belongs to the empty key above it: an item of its list, or a key of its mapping.
        if not above or is_empty:
            return None
        if inner is None:
            inner, inner_indent = Value([] if dash else {}, keys[above].line), indent
            keys[above] = inner
        if indent != inner_indent or not _add(inner.value, key, Value(value, number)):
            return None
    return keys


def _value(single: str | None, items: str | None, pairs: str | None, number: int) -> Any:
    """Return what a line's shape holds; None where only the library can tell."""
    new = tuple.__new__
    if items is not None:
        return [new(Value, (word or Quoted(text), number)) for word, text in _ITEMS.findall(items)]
    if pairs is not None:
        found = _PAIRS.findall(pairs)
        mapping = {key: new(Value, (word or Quoted(text), number)) for key, word, text in found}
        return mapping if len(mapping) == len(found) else None
    return Quoted(single) if single is not None else ""


def _add(inner: Any, key: str | None, value: Value) -> bool:
    """Add a line to the list or mapping it belongs to; False when it does not fit there."""
    if key is None:
        if not isinstance(inner, list) or isinstance(value.value, dict):
            return False
        inner.append(value)
        return True
    if not isinstance(inner, dict) or key in inner:
        return False
    inner[key] = value
    return True
