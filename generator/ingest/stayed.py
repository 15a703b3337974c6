"""What was told of the raw files that stay in the inbox, so that each is told once in each state it is in.

It belongs to the machine and is no part of the site; where it is lost, everything is told again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.files import replace_file
from generator.ingest.desk import FAILED, KNOWN, Taken
from generator.ingest.inputs import Input

PLACE = ".dateline/inbox.json"


class Stayed:
    """The files that could not be taken in, by where they lie: each with its state and what was told of it then."""

    def __init__(self, root: Path) -> None:
        self._place = root / PLACE
        self._before = _read(self._place)
        self._now: dict[str, dict[str, Any]] = {}

    def news(self, where: str, one: Input, taken: Iterable[Taken]) -> list[Taken]:
        """Return what became of a file that stays, without what was told of it before, and keep what is told now.

        A report that was read and could not be written is told each time, because the fault is not in the file.
        """
        taken = list(taken)
        state = [_sign(one.path), _sign(one.note)]
        faults = [each.message for each in taken if _is_of_the_file(each)]
        before = self._before.get(where, {})
        self._now[where] = {"state": state, "told": faults}
        if before.get("state") != state:
            return taken
        told = before.get("told", [])
        return [each for each in taken if each.state != KNOWN and not (_is_of_the_file(each) and each.message in told)]

    def keep(self) -> None:
        """Write down what was told of the files that stay now."""
        if self._now != self._before:
            # Where nothing can be written, files are told once more, and no report is lost for that.
            with contextlib.suppress(OSError):
                replace_file(str(self._place), json.dumps(self._now, ensure_ascii=False, indent=1).encode("utf-8"))


def _is_of_the_file(taken: Taken) -> bool:
    return taken.state == FAILED and not taken.title


def _sign(path: Path | None) -> list[int] | None:
    try:
        stat = path.stat() if path is not None else None
    except OSError:
        return None
    return [stat.st_size, stat.st_mtime_ns] if stat is not None else None


def _read(place: Path) -> dict[str, dict[str, Any]]:
    try:
        rows = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    is_whole = isinstance(rows, dict) and all(isinstance(row, dict) for row in rows.values())
    return rows if is_whole else {}
