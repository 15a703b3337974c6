"""What goes wrong, and how it is said.

Content faults are `Diagnostic` values: collected, sorted, reported together, never raised.
Exceptions are for a broken environment:

    GeneratorError
    ├── ConfigError     site.yaml is missing or wrong
    ├── ThemeError      a theme is missing, incomplete or faulty
    ├── OutputError     the site cannot be written as planned
    ├── IngestError     a raw file cannot be taken in
    ├── DeployError     a target cannot be reached or refuses
    └── UsageError      the command was called with words it does not know

Anything else that is raised is a bug of ours and shows its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.named import NamedTuple

ERROR = "error"
WARNING = "warning"


class Diagnostic(NamedTuple):
    """One fault in one place: where it is, what it is, what to do.

    `path` is relative to the site's folder and `/`-separated; `line` counts from 1, 0 when a whole file is meant.
    """

    path: str
    line: int
    message: str
    advice: str = ""
    severity: str = ERROR

    def text(self) -> str:
        """Return the fault as a person reads it: place and message on one line, advice indented below."""
        where = f"{self.path}:{self.line}" if self.line else self.path
        kind = "warning: " if self.severity == WARNING else ""
        advice = "".join(f"\n  {line}" for line in self.advice.splitlines())
        return f"{where}: {kind}{self.message}{advice}"


class GeneratorError(Exception):
    """The environment is broken; `diagnostics` name every fault found, in order of file and line."""

    def __init__(self, message: str, diagnostics: Iterable[Diagnostic] = ()) -> None:
        super().__init__(message)
        self.diagnostics = tuple(diagnostics)


class ConfigError(GeneratorError):
    """`site.yaml` is missing or wrong."""


class ThemeError(GeneratorError):
    """A theme is missing, incomplete or faulty."""


class OutputError(GeneratorError):
    """The site cannot be written as planned."""


class IngestError(GeneratorError):
    """A raw file cannot be taken in."""


class DeployError(GeneratorError):
    """A target cannot be reached or refuses what it is given."""


class UsageError(GeneratorError):
    """A command was called with words it does not know."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, or None when none is near enough to be meant."""
    folded = {name.casefold(): name for name in sorted(known)}
    # Only a person who has mistyped waits for this.
    import difflib

    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ` Did you mean "…"?` for the nearest known word, or nothing."""
    near = nearest(word, known)
    return f' Did you mean "{near}"?' if near is not None else ""


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return each fault once, by file, line and message."""
    return tuple(sorted(set(diagnostics)))
