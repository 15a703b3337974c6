"""Read rows of JSON lines, for the instruments that score many texts at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from generator.errors import Diagnostic, IngestError


def rows_of(path: Path, required: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield each row of a file; raises IngestError with the line that is no row or lacks a key."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as fault:
        raise IngestError(f"{path}: the rows cannot be read: {fault.strerror}.") from fault
    except UnicodeDecodeError as fault:
        raise IngestError(f"{path}: the rows cannot be read: they are not UTF-8. Save the file as UTF-8.") from fault
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as fault:
            raise _fault(path, number, f"this is not JSON ({fault}).") from fault
        if not isinstance(row, dict):
            raise _fault(path, number, "this is not an object with keys.")
        missing = [key for key in required if key not in row]
        if missing:
            raise _fault(path, number, f'the key "{missing[0]}" is missing.')
        yield row


def _fault(path: Path, line: int, message: str) -> IngestError:
    return IngestError(
        "The rows cannot be read.", [Diagnostic(str(path), line, message, "Each line is one JSON object.")]
    )
