"""What has changed on disk and when it is time to build: pure bookkeeping, with the time handed in.

A finished write is due at once. A disappearance waits, because many editors delete or rename a file just before they
write it anew; so does a write whose end the system has not reported.
"""

from __future__ import annotations

from generator.named import NamedTuple

CREATED = "created"
TOUCHED = "touched"
WRITTEN = "written"
GONE = "gone"

EVERYTHING = ""
"""Stands for "look at every file": a whole folder came or went, or the system lost count."""

GATHER = 0.002
QUIET = 0.06


class Change(NamedTuple):
    """One path's newest happening: when it may be built, and whether no build has seen the path yet."""

    kind: str
    due: float
    fresh: bool


class Pending:
    """The changes no build has seen yet.

    `settle` is how long a write without a reported end is given to end. Linux reports every end, and there it is only
    a net; elsewhere it is the usual way. `gather` lets "save all" become one build.
    """

    def __init__(self, *, settle: float = QUIET, quiet: float = QUIET, gather: float = GATHER) -> None:
        self._wait = {CREATED: settle, TOUCHED: settle, WRITTEN: gather, GONE: quiet}
        self._changes: dict[str, Change] = {}

    def note(self, kind: str, path: str, now: float) -> None:
        """Take in one happening; it replaces an earlier one of the same path."""
        before = self._changes.get(path)
        fresh = kind == CREATED if before is None else before.fresh
        if kind == GONE and fresh:
            # A temporary file came and went between two builds: nobody needs to hear of it.
            del self._changes[path]
            return
        self._changes[path] = Change(kind, now + self._wait[kind], fresh)

    def renamed(self, old: str, new: str, now: float) -> None:
        """Take in a rename between two places we watch: both ends are certain, and belong into one build."""
        before = self._changes.pop(old, None)
        if before is None or not before.fresh:
            self._changes[old] = Change(GONE, now + self._wait[WRITTEN], fresh=False)
        self.note(WRITTEN, new, now)

    def due(self) -> float | None:
        """Return when the next build may start, or None while nothing is pending."""
        return min((change.due for change in self._changes.values()), default=None)

    def take(self, now: float) -> frozenset[str]:
        """Return the paths that may be built now, and forget them."""
        due = {path for path, change in self._changes.items() if change.due <= now}
        if any(self._changes[path].kind == WRITTEN for path in due):
            # A finished write need not wait for its own moment when a build starts anyway.
            due |= {path for path, change in self._changes.items() if change.kind == WRITTEN}
        taken = frozenset(due)
        if EVERYTHING in taken:
            self._changes.clear()
            return frozenset((EVERYTHING,))
        for path in taken:
            del self._changes[path]
        return taken
