"""Raw files dropped into `content/inbox/`: noticed, waited for until they are whole, handed over once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from generator.files import is_leaving

FOLDER = "content/inbox"
STABLE_FOR = 0.3
LOOK_EVERY = 0.1
DOWNLOADS = (".crdownload", ".download", ".opdownload", ".partial")


class _Look(NamedTuple):
    """A file's size and time, and since when they have been the same."""

    stamp: tuple[int, int]
    since: float


class Inbox:
    """The files of the inbox that have not been handed over yet.

    A file that was handed over and still lies there (it could not be taken in) is not tried again until it changes.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._looks: dict[str, _Look] = {}
        self._tried: dict[str, tuple[int, int]] = {}
        self._looking = True

    def stir(self) -> None:
        """Look at the inbox again: something has happened there."""
        self._looking = True

    def next_look(self, now: float) -> float | None:
        """Return when to call `ready` next, or None while the inbox is at rest."""
        return now + LOOK_EVERY if self._looking else None

    def ready(self, now: float) -> tuple[Path, ...]:
        """Return the files that have kept their size long enough to be whole, in order of name, each once."""
        if not self._looking:
            return ()
        stamps = self._stamps()
        self._tried = {name: stamp for name, stamp in self._tried.items() if stamps.get(name) == stamp}
        waiting = {name: stamp for name, stamp in stamps.items() if name not in self._tried}
        looks = {}
        for name, stamp in waiting.items():
            before = self._looks.get(name)
            looks[name] = before if before is not None and before.stamp == stamp else _Look(stamp, now)
        whole = sorted(name for name, look in looks.items() if now - look.since >= STABLE_FOR)
        for name in whole:
            self._tried[name] = looks.pop(name).stamp
        self._looks = looks
        self._looking = bool(looks)
        return tuple(self._root / FOLDER / name for name in whole)

    def _stamps(self) -> dict[str, tuple[int, int]]:
        found = {}
        try:
            with os.scandir(self._root / FOLDER) as entries:
                for entry in entries:
                    if not is_leaving(entry.name) and not entry.name.endswith(DOWNLOADS) and entry.is_file():
                        stat = entry.stat()
                        found[entry.name] = (stat.st_size, stat.st_mtime_ns)
        except OSError:
            # No inbox, or a file that went while we looked: the next event brings us back.
            return found
        return found
