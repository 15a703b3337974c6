"""Read rows of JSON lines, for the instruments that score many texts at once.

Good rows are answered and all bad ones are told together, with line and what to do, when the last has been read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.errors import Diagnostic, IngestError
from generator.named import NamedTuple
from generator.text.dates import is_day

NAME = "a text or a number"
WORDS = "a text"
WORD_LIST = "a list of texts"
DAY = "a day, as 2020-01-02"
OBJECT = "an object with keys"
_MOST_TOLD = 20


class Column(NamedTuple):
    """One key of a row: what stands in it, whether it may be absent or null, and the keys of an object in it."""

    kind: str = WORDS
    required: bool = False
    within: tuple[tuple[str, Any], ...] = ()


Columns = Mapping[str, Column]


def rows_of(path: Path, columns: Columns, *, unique: bool = False) -> Iterator[dict[str, Any]]:
    """Yield each good row of a file; raises IngestError at the end with every line that is none.

    With `unique` no two rows may have the same `id`.
    """
    faults: list[Diagnostic] = []
    places: dict[str, int] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        row, fault = _row(line, columns)
        if unique and row is not None:
            first = places.setdefault(str(row["id"]), number)
            fault = f'the id "{row["id"]}" stands in line {first} already.' if first != number else fault
        if fault:
            faults.append(Diagnostic(str(path), number, fault, "Each line is one JSON object."))
        elif row is not None:
            yield row
    if faults:
        more = f" {len(faults) - _MOST_TOLD} more are like these." if len(faults) > _MOST_TOLD else ""
        count = "One row" if len(faults) == 1 else f"{len(faults):,} rows"
        raise IngestError(f"{path}: {count} cannot be read.{more}", faults[:_MOST_TOLD])


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as fault:
        reason = (fault.strerror or str(fault)).lower()
        raise IngestError(f"{path}: the rows cannot be read: {reason}. Name a file of JSON lines.") from fault
    except UnicodeDecodeError as fault:
        raise IngestError(f"{path}: the rows cannot be read: they are not UTF-8. Save the file as UTF-8.") from fault


def _row(line: str, columns: Columns) -> tuple[dict[str, Any] | None, str]:
    """Return the row in a line, or why there is none."""
    try:
        row = json.loads(line)
    except RecursionError:
        return None, "this is not a row: it is nested too deep."
    except ValueError as fault:
        return None, f"this is not JSON ({fault})."
    if not isinstance(row, dict):
        return None, "this is not an object with keys."
    wrong = _fault_in(row, columns) or _half_sign_in(row, line)
    return (None, wrong) if wrong else (row, "")


def _half_sign_in(row: Mapping[str, Any], line: str) -> str:
    if "\\ud" in line.lower():
        try:
            json.dumps(row, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            return "it holds half a sign (a lone surrogate), which no text may hold."
    return ""


def _fault_in(row: Mapping[str, Any], columns: Columns, of: str = "") -> str:
    """Return what is wrong with the first key of a row that is not as it should be, "" for nothing."""
    for key, column in columns.items():
        value = row.get(key)
        if key not in row and column.required:
            return f'the key "{of}{key}" is missing.'
        if value is None and not column.required:
            continue
        if not _is(value, column.kind):
            return f'"{of}{key}" must be {column.kind}, not {_quoted(value)}.'
        wrong = _fault_in(value, dict(column.within), f"{of}{key}.") if isinstance(value, dict) else ""
        if wrong:
            return wrong
    return ""


def _is(value: Any, kind: str) -> bool:
    if kind == OBJECT:
        return isinstance(value, dict)
    if kind == WORD_LIST:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if kind == NAME:
        return isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return isinstance(value, str) and (kind == WORDS or is_day(value[:10]))


def _quoted(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
