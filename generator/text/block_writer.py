"""Front matter as a tool writes it: block style, keys in the order given, quotes only where they are needed."""

from __future__ import annotations

import re
from typing import Any

from generator.text.block import unfit_character

LONGEST_ROW = 100

# What another YAML reader would take for a boolean, nothing or a number.
_TYPED = re.compile(
    r"(?i:true|false|yes|no|on|off|y|n|null|~|[-+.]?[0-9][0-9_.,:]*(?:e[-+]?[0-9]+)?|0[xob]\w+|\.inf|\.nan)"
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")
_SAFE = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=](?:[^\n\r\t\x85\u2028\u2029]*\S)?")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def dump(mapping: Any) -> str:
    """Return `mapping` as a block that `read` reads back; None is left out.

    Values are text, numbers, booleans, and lists, tuples and dictionaries of them.
    """
    return "".join(_rows(mapping, ""))


def scalar(text: str, *, in_list: bool = False) -> str:
    """Return text as one value of a line, in quotes where it would not be read back as it is."""
    if _DATE.fullmatch(text) and not (in_list and ":" in text):
        return text
    if _SAFE.fullmatch(text) is None or ": " in text or " #" in text or text[-1] == ":" or _TYPED.fullmatch(text):
        return _quoted(text)
    if unfit_character(text) is not None or (in_list and any(mark in text for mark in ",[]{}:")):
        return _quoted(text)
    return text


def _rows(mapping: Any, indent: str) -> list[str]:
    rows = []
    for key, value in mapping.items():
        if value is None:
            continue
        if isinstance(value, dict) and value:
            rows += [f"{indent}{_key(key)}:\n", *_rows(value, indent + "  ")]
        elif isinstance(value, (list, tuple)) and _needs_rows(value, len(indent) + len(key)):
            rows.append(f"{indent}{_key(key)}:\n")
            for item in value:
                rows += _item_rows(item, indent + "  ")
        else:
            rows.append(f"{indent}{_key(key)}: {inline(value)}\n")
    return rows


def _item_rows(item: Any, indent: str) -> list[str]:
    if isinstance(item, dict) and item:
        first, *others = _rows(item, indent + "  ")
        return [f"{indent}- {first.lstrip(' ')}", *others]
    return [f"{indent}- {inline(item)}\n"]


def _needs_rows(value: Any, before: int) -> bool:
    return any(isinstance(item, (dict, list, tuple)) for item in value) or before + len(inline(value)) > LONGEST_ROW


def _key(key: Any) -> str:
    return scalar(str(key), in_list=True)


def inline(value: Any, *, in_list: bool = False) -> str:
    """Return a value as it stands within one row; `in_list` where brackets or braces are around it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {inline(item, in_list=True)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(inline(item, in_list=True) for item in value) + "]"
    return scalar(str(value), in_list=in_list)


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(letter) or _escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if unfit_character(letter) is not None else letter
