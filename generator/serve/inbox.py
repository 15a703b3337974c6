"""Raw files dropped into `content/inbox/`: noticed, and waited for until every one of them is whole."""

from __future__ import annotations

from pathlib import Path

from generator.files import walk
from generator.named import NamedTuple

FOLDER = "content/inbox"
STABLE_FOR = 0.3
LOOK_EVERY = 0.1
DOWNLOADS = (".crdownload", ".download", ".opdownload", ".partial")

Stamps = dict[str, tuple[int, int]]


class _Look(NamedTuple):
    """What lay in the inbox, and since when it has been the same."""

    stamps: Stamps
    since: float


class Inbox:
    """Says when the inbox is to be emptied: once all its files have kept their sizes for a moment.

    Files that stay (they could not be taken in) do not have it emptied again until something changes.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._look = _Look({}, 0.0)
        self._stayed: Stamps = {}
        self._is_stirred = True

    def stir(self) -> None:
        """Look at the inbox again: something has happened there."""
        self._is_stirred = True

    def next_look(self, now: float) -> float | None:
        """Return when to ask `is_full` next, or None while the inbox is at rest."""
        return now + LOOK_EVERY if self._is_stirred else None

    def is_full(self, now: float) -> bool:
        """Say whether there are new files and all are whole."""
        if not self._is_stirred:
            return False
        stamps = self._stamps()
        if stamps.items() <= self._stayed.items():
            self._stayed, self._is_stirred = stamps, False
            return False
        if stamps != self._look.stamps:
            self._look = _Look(stamps, now)
        return now - self._look.since >= STABLE_FOR

    def emptied(self) -> None:
        """Remember what has stayed behind."""
        self._stayed = self._stamps()
        self._is_stirred = False

    def _stamps(self) -> Stamps:
        # Nobody is hurt when a file goes while we look: its going is an event that brings us back.
        try:
            found = walk(self._root, FOLDER)
        except OSError:
            return {}
        return {stat.path: (stat.size, stat.mtime) for stat in found if not stat.path.endswith(DOWNLOADS)}
