"""The build loop: one build at a time, what comes meanwhile waits, faults leave the last pages in place."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from generator.errors import ERROR, Diagnostic, GeneratorError
from generator.piecewise import Pieces
from generator.serve.inbox import Inbox
from generator.serve.overlay import Shown, of_exception, shown
from generator.serve.pending import EVERYTHING
from generator.serve.reload import Hub
from generator.serve.watch import INBOX, Changes

MOST_NAMED = 200
LONGEST_WAIT = 3600.0

# Who writes pauses about so long; a moment of work then is in nobody's way.
REST_AFTER = 3.0

Say = Callable[[str], None]
TakeIn = Callable[[], Iterable[str]]


class Report(Protocol):
    """What a build says of itself, as far as the preview needs it; paths are relative to the output."""

    @property
    def written(self) -> tuple[str, ...]:
        """The files that are new or different."""

    @property
    def parsed(self) -> tuple[str, ...]:
        """The files of `content/` that say something else than before."""

    @property
    def removed(self) -> tuple[str, ...]:
        """The files that are no longer part of the site."""

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """Every error and warning of the content."""

    @property
    def ok(self) -> bool:
        """Whether the site was written."""


class Build(Protocol):
    """What builds the site; `changed` only saves looking at files that have not changed."""

    def __call__(self, changed: Iterable[str] | None = None) -> Report:
        """Build, from the named files' changes or from a look at every file."""


Rest = Callable[[], Pieces[Report | None]]


class Rebuilder:
    """Builds whenever there is something to build, and tells the hub and the person how it went.

    `take_in` turns the raw files of the inbox into articles and returns a line for each. `next_turn` says in how many
    seconds the clock alone will change the site, when an article is due to appear or to go. `rest` is driven when
    nothing has been saved for a while, and at the start; it is left where something is.
    """

    def __init__(
        self,
        root: Path,
        build: Build,
        hub: Hub,
        *,
        say: Say,
        take_in: TakeIn | None = None,
        next_turn: Callable[[], float | None] | None = None,
        rest: Rest | None = None,
    ) -> None:
        self._root = root
        self._build = build
        self._hub = hub
        self._say = say
        self._take_in = take_in
        self._next_turn = next_turn
        self._rest = rest
        self._rest_at: float | None = None
        self._no_turn_before = 0.0
        self._inbox = Inbox(root)
        self._told: frozenset[str] = frozenset()
        self._is_named = False

    def first(self) -> bool:
        """Build the whole site before anything is served; return whether it could be built."""
        began = time.perf_counter()
        report = self._attempt(lambda: self._build(None))
        if report is None:
            return False
        built = (
            f"Built {_pages(report)}"
            if report.written or report.removed
            else "Nothing new since last time; looked over"
        )
        self._say(f"{built} in {_duration(time.perf_counter() - began)}.")
        return True

    def run(self, changes: Changes, ready: Callable[[], None]) -> None:
        """Build after each change until the changes stop; to be run in a thread of its own.

        `ready` is called once whatever was saved before the watch began is built too.
        """
        self.rebuild(None, "saved meanwhile")
        ready()
        self._rest_at = time.monotonic()
        while True:
            turn, rest = self._turn(), self._rest_at if self._rest is not None else None
            look = self._inbox.next_look(time.monotonic()) if self._take_in is not None else None
            taken = changes.wait(min((moment for moment in (look, turn, rest) if moment is not None), default=None))
            if taken is None:
                return
            if any(path.startswith(INBOX) for path in taken) or EVERYTHING in taken:
                self._inbox.stir()
            self._empty_inbox()
            named = frozenset(path for path in taken if not path.startswith(INBOX))
            if turn is not None and turn <= time.monotonic():
                self._no_turn_before = time.monotonic() + 1.0
                self.rebuild(None, "the clock")
            elif named:
                self.rebuild(None if EVERYTHING in named or len(named) > MOST_NAMED else named)
            elif rest is not None and rest <= time.monotonic():
                self._quiet(changes)

    def rebuild(self, changed: frozenset[str] | None, because: str = "many files") -> None:
        """Build once and say so in a line; a build that changes nothing says nothing."""
        self._rest_at = time.monotonic() + REST_AFTER
        had_faults = bool(self._hub.stand.faults)
        self._is_named = changed is not None
        began = time.perf_counter()
        report = self._attempt(lambda: self._build(None if changed is None else sorted(changed)))
        took = time.perf_counter() - began
        if report is not None and (report.written or report.removed or had_faults):
            cause = because if changed is None else _named(changed)
            self._say(f"{cause} -> {_pages(report)} in {_duration(took)}")

    def _quiet(self, changes: Changes) -> None:
        """Let the builder use a quiet moment; what it finds that nobody told of is said like any build."""
        self._rest_at, self._is_named = None, False
        if self._rest is None:
            return
        began = time.perf_counter()
        pieces = self._rest()
        report = self._attempt(lambda: self._until_saved(pieces, changes))
        if report is None:
            return
        if report.written or report.removed:
            cause = f"content/{report.parsed[0]}" if len(report.parsed) == 1 else "a look at all files"
            self._say(f"{cause} -> {_pages(report)} in {_duration(time.perf_counter() - began)}")
        if report.parsed or report.written or report.removed:
            self._rest_at = time.monotonic() + REST_AFTER

    def _until_saved(self, pieces: Pieces[Report | None], changes: Changes) -> Report | None:
        """Do one piece of a rest after the other; a save ends it, and it is then begun anew when all is quiet again."""
        while not changes.are_waiting():
            try:
                next(pieces)
            except StopIteration as end:
                report: Report | None = end.value
                return report
        pieces.close()
        self._rest_at = time.monotonic() + REST_AFTER
        return None

    def _attempt(self, work: Callable[[], Report | None]) -> Report | None:
        try:
            report = work()
        except GeneratorError as fault:
            self._tell([*(diagnostic.text() for diagnostic in fault.diagnostics), str(fault)])
            self._failed(of_exception(self._root, fault))
            return None
        except Exception as fault:
            # A bug of ours must not end an editor's session; its traceback is what we will be asked for.
            summary = f"Dateline itself has failed: {type(fault).__name__}: {fault}"
            self._tell([traceback.format_exc(), summary])
            self._failed((Shown("", 0, summary, "The whole report is in the terminal."),))
            return None
        return self._reported(report) if report is not None else None

    def _reported(self, report: Report) -> Report | None:
        errors = [fault for fault in report.faults if fault.severity == ERROR]
        self._tell([fault.text() for fault in report.faults])
        if report.ok:
            self._hub.built((*report.written, *report.removed))
            return report
        self._failed(shown(self._root, errors) or (Shown("", 0, "The site could not be built.", ""),))
        return None

    def _tell(self, texts: list[str]) -> None:
        """Say what has not been said since the last build; who saves with a fault standing need not read it again."""
        for text in texts:
            if text not in self._told:
                self._say(text)
        self._told = frozenset(texts)

    def _failed(self, faults: tuple[Shown, ...]) -> None:
        stays = "the last good pages stay" if self._hub.stand.has_pages else "there are no pages yet"
        # A save deserves an answer, even if it is the same again; a look at the files for our own sake does not.
        if self._is_named or faults != self._hub.stand.faults:
            self._say(f"Not built; {stays}. Saving a mended file builds again.")
        self._hub.failed(faults)

    def _turn(self) -> float | None:
        # While a fault stands, building again because of the clock alone would fail again, without end.
        seconds = self._next_turn() if self._next_turn is not None and not self._hub.stand.faults else None
        return None if seconds is None else max(time.monotonic() + min(seconds, LONGEST_WAIT), self._no_turn_before)

    def _empty_inbox(self) -> None:
        if self._take_in is None or not self._inbox.is_full(time.monotonic()):
            return
        try:
            for line in self._take_in():
                self._say(line)
        except GeneratorError as fault:
            for line in [*(diagnostic.text() for diagnostic in fault.diagnostics), str(fault)]:
                self._say(line)
        except Exception:
            self._say(traceback.format_exc())
        self._inbox.emptied()
        self.rebuild(None, "the inbox")


def _named(changed: frozenset[str]) -> str:
    return next(iter(changed)) if len(changed) == 1 else f"{len(changed)} files"


def _pages(report: Report) -> str:
    written = len(report.written)
    removed = f", {len(report.removed)} removed" if report.removed else ""
    return f"{written} file{'' if written == 1 else 's'}{removed}"


def _duration(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
