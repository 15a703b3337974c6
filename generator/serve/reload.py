"""What open pages are told: which build they show, what has changed since, and which faults stand.

The news is a state, not a queue: a page says what it has seen and is told the difference, so that none is lost between
its loading and its asking, nor while it was hidden, nor over a restart.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from generator.named import NamedTuple
from generator.serve.kinds import PICTURES, extension
from generator.serve.overlay import Shown

REMEMBERED = 200
# Of the pages that no open tab listens for, so many asked for last count as looked at.
LATELY_ASKED = 2

RELOAD = "reload"
ASSETS = "assets"
FAULTS = "faults"


class Step(NamedTuple):
    """One build's outcome: the files it wrote or removed."""

    number: int
    changed: frozenset[str]


class Stand(NamedTuple):
    """How things are: the newest build's number, the steps that led here, the faults that stand."""

    session: str
    number: int = 0
    steps: tuple[Step, ...] = ()
    faults: tuple[Shown, ...] = ()
    has_pages: bool = False

    def since(self, session: str, seen: int) -> frozenset[str] | None:
        """Return the files changed after build `seen`, or None when that is no longer known."""
        is_forgotten = len(self.steps) == REMEMBERED and seen < self.steps[0].number - 1
        if session != self.session or is_forgotten:
            return None
        return frozenset().union(*(step.changed for step in self.steps if step.number > seen))


class Publication:
    """The moment in which finished pages replace the old ones: the build holds it, requests wait for its end.

    It counts, so that a page can say of which build it is. Where the pages that are looked at come first, requests for
    those that are still to come wait for these.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._to_come: frozenset[str] = frozenset()
        self.number = 0

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self.number += 1
        self._to_come = frozenset()
        self._lock.release()

    @contextmanager
    def ahead(self, later: Iterable[str]) -> Iterator[None]:
        """Be the moment of a first part; files of the part that comes `later` are not read until it is there."""
        with self._lock:
            self._to_come = frozenset(later)
            try:
                yield
            finally:
                self.number += 1

    def come(self) -> None:
        """Say that nothing more is to come, as after a build that failed half-way."""
        self._to_come = frozenset()

    async def reading(self, file: str = "") -> None:
        """Wait until no build replaces pages or owes this file, then hold the next one off until `read` is called."""
        while True:
            if self._lock.acquire(blocking=False):
                if file not in self._to_come:
                    return
                self._lock.release()
            await asyncio.sleep(0.001)

    def read(self) -> None:
        """Let builds publish again."""
        self._lock.release()


class Hub:
    """The one place where the build thread tells, and open pages hear, how things stand."""

    def __init__(self, publication: Publication, *, session: str = "") -> None:
        self.publication = publication
        self.stand = Stand(session or secrets.token_hex(8))
        self._lock = threading.Lock()
        self._listeners: dict[asyncio.Event, tuple[asyncio.AbstractEventLoop, frozenset[str]]] = {}
        self._asked: deque[str] = deque(maxlen=LATELY_ASKED)
        self._shown: frozenset[str] = frozenset()
        self.is_closed = False

    def looking_at(self) -> frozenset[str]:
        """Return the files of the pages that are open and seen, and of those asked for last."""
        with self._lock:
            return frozenset(self._asked).union(*(files for _, files in self._listeners.values()))

    def asked(self, page: str) -> None:
        """Hear that a page has been asked for."""
        if page not in self._asked:
            with self._lock:
                self._asked.append(page)

    def ahead(self, later: Iterable[str]) -> AbstractContextManager[None]:
        """Be the moment in which pages that are looked at are replaced, ahead of the others."""
        return self.publication.ahead(later)

    def shown(self, paths: Iterable[str]) -> None:
        """Tell those who look at these files that they are there, though the build goes on."""
        self._shown = files = frozenset(paths)
        if files:
            number = self.publication.number
            steps = (*self.stand.steps, Step(number, files))[-REMEMBERED:]
            self._tell(self.stand._replace(number=number, steps=steps))

    def built(self, changed: Iterable[str]) -> None:
        """Tell that a build has succeeded, and which files it wrote or removed."""
        self.publication.come()
        files = frozenset(changed) - self._shown
        self._shown = frozenset()
        if files and self.publication.number == self.stand.number:
            with self.publication:
                pass
        number = self.publication.number
        steps = (*self.stand.steps, Step(number, files))[-REMEMBERED:] if files else self.stand.steps
        self._tell(self.stand._replace(number=number, steps=steps, faults=(), has_pages=True))

    def failed(self, faults: tuple[Shown, ...]) -> None:
        """Tell that a build has failed; the pages stay as they are."""
        self.publication.come()
        self._shown = frozenset()
        self._tell(self.stand._replace(faults=faults))

    def listen(self, files: frozenset[str] = frozenset()) -> asyncio.Event:
        """Return an event that is set whenever there may be news; to be given back with `leave`.

        `files` are the outputs that the one who listens looks at.
        """
        event = asyncio.Event()
        with self._lock:
            self._listeners[event] = (asyncio.get_running_loop(), files)
        return event

    def leave(self, event: asyncio.Event) -> None:
        """Stop hearing."""
        with self._lock:
            self._listeners.pop(event, None)

    def listeners(self) -> int:
        """Return how many pages are listening."""
        return len(self._listeners)

    def close(self) -> None:
        """Send every listener away, as when the server stops."""
        self.is_closed = True
        self._wake()

    def _tell(self, stand: Stand) -> None:
        self.stand = stand
        self._wake()

    def _wake(self) -> None:
        with self._lock:
            for event, (loop, _) in self._listeners.items():
                if not loop.is_closed():
                    loop.call_soon_threadsafe(event.set)


class Seat(NamedTuple):
    """What one open page has been told so far."""

    session: str
    seen: int
    faults: tuple[Shown, ...] | None = None
    had_pages: bool = True


def news(stand: Stand, seat: Seat, files: frozenset[str], base_path: str) -> tuple[list[tuple[str, Any]], Seat]:
    """Return the messages that bring a page up to date, and what it has been told then.

    `files` are the outputs the page was made from: its own, and the "not found" page when that is what it shows.
    """
    messages: list[tuple[str, Any]] = []
    if stand.faults != seat.faults:
        messages.append((FAULTS, [fault.fields() for fault in stand.faults]))
    changed = stand.since(seat.session, seat.seen)
    if changed is None or changed & files or (stand.has_pages and not seat.had_pages):
        messages.append((RELOAD, None))
    elif assets := sorted(file for file in changed if _is_asset(file)):
        messages.append((ASSETS, {"build": stand.number, "files": [f"{base_path}/{file}" for file in assets]}))
    # A page that was loaded between a build's publishing and its report is ahead of the report.
    seen = max(stand.number, seat.seen) if changed is not None else stand.number
    return messages, Seat(stand.session, seen, stand.faults, stand.has_pages)


def _is_asset(file: str) -> bool:
    return extension(file) in ("css", "js", "mjs", "woff2", "woff", "ttf", "otf", *PICTURES)
