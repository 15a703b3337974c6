"""Faults as the browser shows them: place, message, advice and the lines around."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.errors import ERROR, Diagnostic, GeneratorError
from generator.files import safe_join
from generator.named import NamedTuple

LINES_AROUND = 2
LONGEST_LINE = 240
MOST_SHOWN = 50


class Shown(NamedTuple):
    """One fault with its excerpt: pairs of line number and text; empty when the file has no such line."""

    path: str
    line: int
    message: str
    advice: str
    excerpt: tuple[tuple[int, str], ...] = ()

    def fields(self) -> dict[str, Any]:
        """Return the fault as the page's script reads it."""
        return self._asdict()


def shown(root: Path, faults: Iterable[Diagnostic]) -> tuple[Shown, ...]:
    """Return the errors among `faults`, each with the lines around it; warnings do not cover the page."""
    errors = [fault for fault in faults if fault.severity == ERROR][:MOST_SHOWN]
    return tuple(
        Shown(fault.path, fault.line, fault.message, fault.advice, excerpt(root, fault.path, fault.line))
        for fault in errors
    )


def of_exception(root: Path, fault: GeneratorError) -> tuple[Shown, ...]:
    """Return what is shown of a broken environment: its diagnostics, or its own sentence when it has none."""
    return shown(root, fault.diagnostics) or (Shown("", 0, str(fault), ""),)


def excerpt(root: Path, path: str, line: int) -> tuple[tuple[int, str], ...]:
    """Return the lines around one, with their numbers, or nothing when they cannot be read."""
    if line < 1:
        return ()
    try:
        text = Path(safe_join(root, path)).read_text(encoding="utf-8", errors="replace")
    except (OSError, GeneratorError):
        return ()
    lines = text.split("\n")
    if line > len(lines):
        return ()
    first = max(1, line - LINES_AROUND)
    around = lines[first - 1 : line + LINES_AROUND]
    return tuple((first + place, words.rstrip("\r")[:LONGEST_LINE]) for place, words in enumerate(around))
