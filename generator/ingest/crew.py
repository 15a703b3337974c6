"""Prepare many raw files at once, in as many processes as there are cores; they come out in the order they went in.

Each process works on one file at a time and is told nothing else, so that a file that kills it, or keeps it too long,
costs that file alone: another process takes its place. Little is under way at any moment, however many files there are.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, TypeVar

import msgpack

from generator.ingest.prepare import Prepared, Refused, Rules, Task, outcome_of, prepare, task_of

LONGEST = 100.0
MOST_UNDER_WAY = 16
MOST_BYTES_UNDER_WAY = 128 * 2**20
# The libraries for web pages keep a little of each page; a process that has read many gives way to a fresh one.
MOST_FILES_EACH = 2_000
_TO_PUT_AWAY = 1.0
T = TypeVar("T")
Outcome = Prepared | Refused


class Crew:
    """Processes that prepare raw files; a context, at whose end they are gone.

    `longest` is how many seconds a file may take.
    """

    def __init__(self, rules: Rules, size: int, longest: float = LONGEST) -> None:
        self._rules = rules
        self._longest = longest
        # Forking is quick and safe while there is one thread; elsewhere a process starts from nothing.
        can_fork = sys.platform == "linux" and threading.active_count() == 1
        self._context = multiprocessing.get_context("fork" if can_fork else "spawn")
        self._hands = [_Hand(self._context, rules) for _ in range(size)]

    def prepare_each(self, steps: Iterable[Task | T]) -> Iterator[tuple[Task | T, Outcome | None]]:
        """Yield each step with its outcome; what is no task is passed on in its place."""
        steps = iter(steps)
        line: deque[_Place] = deque()
        while self._fill(line, steps) or line:
            self._hand_out(line)
            while line and line[0].is_done:
                yield line[0].step, line[0].outcome
                line.popleft()
            if line:
                self._hand_out(line)
                self._gather()

    def _fill(self, line: deque[_Place], steps: Iterator[Any]) -> bool:
        """Take more steps into the line while there is room; say whether there may be more still."""
        most = MOST_UNDER_WAY * len(self._hands)
        held = sum(len(place.step.content) for place in line if isinstance(place.step, Task))
        while len(line) < most and held < MOST_BYTES_UNDER_WAY:
            step = next(steps, None)
            if step is None:
                return False
            line.append(_Place(step))
            held += len(step.content) if isinstance(step, Task) else 0
        return True

    def _hand_out(self, line: deque[_Place]) -> None:
        waiting = (place for place in line if not place.is_done and not place.is_begun)
        for number, hand in enumerate(self._hands):
            if hand.place is not None:
                continue
            place = next(waiting, None)
            if place is None:
                return
            if hand.files >= MOST_FILES_EACH or not hand.process.is_alive():
                hand.end()
                hand = self._hands[number] = _Hand(self._context, self._rules)
            hand.begin(place, time.monotonic() + self._longest)

    def _gather(self) -> None:
        """Wait until a process has finished, has died, or has had its time."""
        busy = [hand for hand in self._hands if hand.place is not None]
        if not busy:
            return
        left = min(hand.until for hand in busy) - time.monotonic()
        ready = set(wait([hand.line for hand in busy] + [hand.process.sentinel for hand in busy], max(left, 0.0)))
        for hand in busy:
            if hand.line in ready or hand.process.sentinel in ready:
                hand.finish()
            elif hand.until <= time.monotonic():
                hand.give_up(f"reading it took longer than {self._longest:.0f} seconds")

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for hand in self._hands:
            hand.end()


class _Place:
    """One step in the line, and what became of it."""

    def __init__(self, step: Any) -> None:
        self.step = step
        self.outcome: Outcome | None = None
        self.is_begun = False
        self.is_done = not isinstance(step, Task)

    def settle(self, outcome: Outcome) -> None:
        """Keep what became of the step; it is done with."""
        self.outcome, self.is_done = outcome, True


class _Hand:
    """One process, the pipe to it, and the file it has in hand."""

    def __init__(self, context: Any, rules: Rules) -> None:
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, rules), daemon=True)
        self.process.start()
        theirs.close()
        self.place: _Place | None = None
        self.until = 0.0
        self.files = 0

    def begin(self, place: _Place, until: float) -> None:
        """Send a file to the process, which has until `until` to answer."""
        place.is_begun = True
        self.place, self.until = place, until
        self.files += 1
        try:
            self.line.send_bytes(msgpack.packb(place.step))
        except OSError:
            self.give_up("the process that was to read it had ended")

    def finish(self) -> None:
        """Take the answer that has come; a process that ended instead of answering is given up."""
        try:
            content = self.line.recv_bytes()
        except (EOFError, OSError):
            self.give_up("the process that read it ended without a word, perhaps for want of memory")
            return
        assert self.place is not None
        self.place.settle(outcome_of(msgpack.unpackb(content, use_list=False, strict_map_key=False)))
        self.place = None

    def give_up(self, why: str) -> None:
        """Refuse the file in hand for the reason `why`, and end the process that held it."""
        assert self.place is not None
        self.place.settle(Refused(f"{self.place.step.where}: {why}.\n  Save the report as plain text to take it in."))
        self.place = None
        self.end()

    def end(self) -> None:
        """End the process; whatever it is at is lost, and no file of the site is its to write."""
        self.line.close()
        self.process.terminate()
        self.process.join(_TO_PUT_AWAY)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def _work(line: Connection, rules: Rules) -> None:
    """Prepare what comes through the pipe until it closes, or until nobody is there to send."""
    # Ctrl-C reaches every process of a terminal; the first one ends the others, which then end what they have started.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    parent = multiprocessing.parent_process()
    watched: list[Any] = [line, parent.sentinel] if parent is not None else [line]
    try:
        while line in wait(watched):
            task = task_of(msgpack.unpackb(line.recv_bytes(), use_list=False))
            line.send_bytes(msgpack.packb(prepare(task, rules), default=sorted))
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _stop(*_: object) -> None:
    raise KeyboardInterrupt
