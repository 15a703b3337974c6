"""The only door to watchdog: turns the file system's events into pending changes.

Watched are `content/`, `themes/` and `site.yaml`; what the product itself writes is never looked at.
Nothing is decided here but which paths matter and whether a happening is a finished write.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import GeneratorError
from generator.files import is_leaving
from generator.serve.pending import CREATED, EVERYTHING, GONE, QUIET, TOUCHED, WRITTEN, Pending

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver, ObservedWatch

FOLDERS = ("content", "themes")
FILES = ("site.yaml",)
INBOX = "content/inbox/"

POLL_EVERY = 0.7
SETTLE_WITHOUT_CLOSE = 0.02
PAIR_MOVES_WITHIN = 0.002


def is_watched(path: str) -> bool:
    """Say whether a change of this path, relative to the site, can change the site."""
    first, _, rest = path.partition("/")
    if not rest:
        return path in FILES or path in FOLDERS
    return first in FOLDERS and not any(_is_passing(part) for part in rest.split("/"))


def _is_passing(name: str) -> bool:
    # Vim tries whether it may write with a file of this name; JetBrains' editors save by way of the other two.
    return not name or is_leaving(name) or name == "4913" or name.endswith(("___jb_tmp___", "___jb_old___"))


class Changes:
    """The pending changes, shared between the thread that watches and the one that builds."""

    def __init__(self, pending: Pending) -> None:
        self._pending = pending
        self._condition = threading.Condition()
        self._stopped = False

    def note(self, kind: str, path: str) -> None:
        """Take in one happening now."""
        with self._condition:
            self._pending.note(kind, path, time.monotonic())
            self._condition.notify()

    def renamed(self, old: str, new: str) -> None:
        """Take in a rename now."""
        with self._condition:
            self._pending.renamed(old, new, time.monotonic())
            self._condition.notify()

    def wait(self, until: float | None = None) -> frozenset[str] | None:
        """Return the next changes to build, an empty set when `until` has come first, or None after `stop`."""
        with self._condition:
            while not self._stopped:
                now = time.monotonic()
                taken = self._pending.take(now)
                if taken or (until is not None and until <= now):
                    return taken
                moments = [moment for moment in (self._pending.due(), until) if moment is not None]
                self._condition.wait(min(moments) - now if moments else None)
            return None

    def are_waiting(self) -> bool:
        """Say whether anything has changed that no build has seen, or nobody waits for changes any more."""
        with self._condition:
            return self._stopped or self._pending.due() is not None

    def stop(self) -> None:
        """Let every `wait` return None."""
        with self._condition:
            self._stopped = True
            self._condition.notify_all()


class _Handler:
    """Sorts one watched folder's events; watchdog calls it from its own thread."""

    def __init__(self, root: str, changes: Changes, folder_came: Callable[[str], None]) -> None:
        self._root = root
        self._changes = changes
        self._folder_came = folder_came

    def dispatch(self, event: FileSystemEvent) -> None:
        """Note what an event says of a file or a folder, where it can change the site."""
        old = self._relative(event.src_path)
        new = self._relative(event.dest_path)
        if event.is_directory:
            self._folder(event.event_type, old, new)
        elif event.event_type == "moved":
            self._moved(old, new)
        elif old is not None:
            kinds = {"created": CREATED, "closed": WRITTEN, "deleted": GONE}
            self._changes.note(kinds.get(event.event_type, TOUCHED), old)

    def _moved(self, old: str | None, new: str | None) -> None:
        if old is not None and new is not None:
            self._changes.renamed(old, new)
        elif new is not None:
            self._changes.note(WRITTEN, new)
        elif old is not None:
            self._changes.note(GONE, old)

    def _folder(self, kind: str, old: str | None, new: str | None) -> None:
        if kind == "moved" and (old is not None or new is not None):
            self._changes.note(WRITTEN, EVERYTHING)
        elif kind == "deleted" and old is not None:
            self._changes.note(GONE, EVERYTHING)
        came = new if kind == "moved" else old if kind == "created" else None
        if came in FOLDERS:
            self._changes.note(WRITTEN, EVERYTHING)
            self._folder_came(came)

    def _relative(self, path: bytes | str) -> str | None:
        text = os.fsdecode(path)
        if not text.startswith(self._root):
            return None
        relative = text[len(self._root) :].replace(os.sep, "/")
        return relative if is_watched(relative) else None


class Watch:
    """A running watch of a site's folder; `start` returns once no change can be missed any more."""

    def __init__(self, root: Path, *, poll: bool = False) -> None:
        self._root = os.path.join(os.path.realpath(root), "")
        self._observer, reports_ends = _observer(poll=poll)
        self.changes = Changes(Pending(settle=QUIET if reports_ends else SETTLE_WITHOUT_CLOSE))
        self._overflow = _Overflow(self.changes)
        self._watched: dict[str, ObservedWatch] = {}

    def start(self) -> None:
        """Begin to watch; raises GeneratorError when the system allows no more watches."""
        logging.getLogger("watchdog").addHandler(self._overflow)
        try:
            self._observer.start()
            self._schedule("", recursive=False)
            for folder in FOLDERS:
                if os.path.isdir(self._root + folder):
                    self._schedule(folder, recursive=True)
        except OSError as fault:
            self.stop()
            raise GeneratorError(
                f"The folder cannot be watched: {fault.strerror or fault}. "
                'Start with "dateline serve --poll", or raise fs.inotify.max_user_watches.'
            ) from fault

    def stop(self) -> None:
        """End the watch and let whoever waits for changes go."""
        logging.getLogger("watchdog").removeHandler(self._overflow)
        self.changes.stop()
        with contextlib.suppress(RuntimeError):
            self._observer.stop()
            self._observer.join(timeout=2)

    def _schedule(self, folder: str, *, recursive: bool) -> None:
        # A folder that is a link is watched where it really lies, and its events are told by the name it has here.
        place = os.path.realpath(self._root + folder)
        root = self._root
        handler = _Handler(root, self.changes, self._folder_came)
        if folder and place != self._root + folder:
            handler = _Linked(place, self._root + folder, root, self.changes, self._folder_came)
        events = _events()
        self._watched[folder] = self._observer.schedule(handler, place, recursive=recursive, event_filter=events)  # type: ignore[arg-type]

    def _folder_came(self, folder: str) -> None:
        # The old watch follows the folder that has gone.
        old = self._watched.pop(folder, None)
        with contextlib.suppress(OSError, KeyError):
            if old is not None:
                self._observer.unschedule(old)
        with contextlib.suppress(OSError):
            self._schedule(folder, recursive=True)


class _Linked(_Handler):
    """As its parent, for a folder that is reached by a link."""

    def __init__(self, place: str, here: str, root: str, changes: Changes, folder_came: Callable[[str], None]) -> None:
        super().__init__(root, changes, folder_came)
        self._place = place
        self._here = here

    def _relative(self, path: bytes | str) -> str | None:
        text = os.fsdecode(path)
        return super()._relative(self._here + text[len(self._place) :]) if text.startswith(self._place) else None


class _Overflow(logging.Handler):
    """Hears watchdog say that the system dropped events, and then has every file looked at."""

    def __init__(self, changes: Changes) -> None:
        super().__init__(logging.WARNING)
        self._changes = changes

    def emit(self, record: logging.LogRecord) -> None:
        """Have every file looked at: what watchdog warns of is that it was not told of some."""
        self._changes.note(TOUCHED, EVERYTHING)


def _observer(*, poll: bool) -> tuple[BaseObserver, bool]:
    """Return an observer and whether it reports the end of a write."""
    if poll:
        from watchdog.observers.polling import PollingObserver

        return PollingObserver(timeout=POLL_EVERY), False
    if sys.platform == "linux":
        from watchdog.observers.inotify import InotifyObserver

        _pair_moves_quickly()
        # Full events tell a file that was moved here whole from one that has only been begun.
        return InotifyObserver(generate_full_events=True), True
    from watchdog.observers import Observer

    return Observer(), False


def _pair_moves_quickly() -> None:
    """Shorten the time watchdog waits for the second half of a rename.

    In its half second it holds back every later event too: saving would be slow for whoever keeps backups elsewhere.
    A rename that is told in two halves does us no harm.
    """
    try:
        from watchdog.observers.inotify_move_event_grouper import InotifyMoveEventGrouper

        InotifyMoveEventGrouper.delay = PAIR_MOVES_WITHIN
    except ImportError:  # watchdog 6
        from watchdog.observers import inotify_buffer  # type: ignore[attr-defined]

        inotify_buffer.InotifyBuffer.delay = PAIR_MOVES_WITHIN


def _events() -> list[type[FileSystemEvent]]:
    """Return the events worth hearing; without this list our own reading of files would wake us."""
    from watchdog import events

    return list(_chosen(events))


def _chosen(events: object) -> Iterator[type[FileSystemEvent]]:
    for name in ("Created", "Modified", "Moved", "Deleted", "Attrib", "Closed"):
        found = getattr(events, f"File{name}Event", None)
        if found is not None:
            yield found
    for name in ("Created", "Moved", "Deleted"):
        yield getattr(events, f"Dir{name}Event")
