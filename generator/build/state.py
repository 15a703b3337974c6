"""What the last build left in the output folder: each file's key, size and time.

A file is skipped only when its key is equal and the file is in place as we left it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.build.log import RecordLog
from generator.files import OWN_FILES, is_outside, replace_file

_SLACK = 2_000


class Left(NamedTuple):
    """One output as the last build left it.

    `key` is the digest of its view, `inputs` of all the view was made of, `parts` 4-byte sums of what the key is made
    of, in order. `why` names the parts that differed when it was last rendered.
    """

    key: bytes
    inputs: bytes
    size: int
    mtime: int
    parts: bytes
    why: tuple[str, ...]


# Ours, and to be rendered anew: what is known of a file whose row was lost.
_OUTDATED = Left(b"", b"", 0, 0, b"", ())


class OutputState:
    """The state of one output folder, kept in the log `outputs`."""

    def __init__(self, cache_folder: Path, output: Path) -> None:
        # Keys cover everything a file is made of, so the log itself depends on nothing but its own form.
        self._log = RecordLog(cache_folder / "outputs", b"outputs 1")
        self._output = os.fspath(output)
        self.left: dict[str, Left] = {}

    def load(self) -> None:
        """Read the log; the last row of a path counts, a row without a key means that we deleted the file."""
        self.left = {}
        for path, *rest in self._log.read():
            if rest[0] is None:
                self.left.pop(path, None)
            else:
                self.left[path] = Left(*rest) if len(rest) == len(Left._fields) else _OUTDATED
        for path in self._listed():
            self.left.setdefault(path, _OUTDATED)

    def announce(self, paths: Iterable[str]) -> None:
        """Say of new files that they are ours, before the first of them stands in the output folder; raises OSError.

        So a file is known as ours whatever becomes of the build, and of the cache: its name stands in the log and in
        the output folder's own list.
        """
        new = [path for path in paths if path not in self.left]
        if not new:
            return
        self.left.update(dict.fromkeys(new, _OUTDATED))
        self._log.append((path, *_OUTDATED) for path in new)
        self._write_list()

    def _listed(self) -> list[str]:
        """Return the names in the output folder's list that can be ours."""
        try:
            with open(f"{self._output}/{OWN_FILES}", encoding="utf-8", newline="") as file:
                names = file.read().split("\n")
        except (OSError, UnicodeDecodeError):
            return []
        return [name for name in names if name and not is_outside(name)]

    def _write_list(self) -> None:
        names = "".join(f"{path}\n" for path in sorted(self.left))
        replace_file(f"{self._output}/{OWN_FILES}", names.encode())

    def forget_keys(self) -> None:
        """Let every file count as outdated, but still as ours."""
        self.left = {path: left._replace(key=b"", inputs=b"") for path, left in self.left.items()}

    def is_in_place(self, path: str) -> bool:
        """Say whether the file has the size and time we left it with."""
        left = self.left[path]
        try:
            stat = os.stat(f"{self._output}/{path}")
        except OSError:
            return False
        return stat.st_size == left.size and stat.st_mtime_ns == left.mtime

    def record(self, written: Iterable[tuple[str, Left]], removed: Iterable[str]) -> None:
        """Keep what a build wrote and deleted; raises OSError."""
        rows: list[tuple[object, ...]] = []
        for path, left in written:
            self.left[path] = left
            rows.append((path, *left))
        for path in removed:
            self.left.pop(path, None)
            rows.append((path, None))
        self._log.rows_read += len(rows)
        if self._log.rows_read > 2 * len(self.left) + _SLACK:
            self._log.rewrite((path, *left) for path, left in self.left.items())
            self._log.rows_read = len(self.left)
        else:
            self._log.append(rows)
        if any(row[1] is None for row in rows):
            self._write_list()
