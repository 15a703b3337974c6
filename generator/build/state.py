"""What the last build left in the output folder: each file's key, size and time.

A file is skipped only when its key is equal and the file is in place as we left it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from generator.build.log import RecordLog
from generator.build.named_rows import NamedRows, Whereabouts
from generator.build.stamp import Outputs
from generator.errors import OutputError
from generator.files import OWN_FILES, is_outside, replace_file
from generator.named import NamedTuple


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


def own_files(output: str) -> list[str]:
    """Return the names in the output folder's own list that can be ours."""
    try:
        with open(f"{output}/{OWN_FILES}", encoding="utf-8", newline="") as file:
            names = file.read().split("\n")
    except (OSError, UnicodeDecodeError):
        return []
    return [name for name in names if name and not is_outside(name)]


class OutputState:
    """The state of one output folder, kept in the log `outputs`."""

    def __init__(self, cache_folder: Path, output: Path) -> None:
        # Keys cover everything a file is made of, so the log itself depends on nothing but its own form.
        self._rows = NamedRows(RecordLog(cache_folder / "outputs", b"outputs 1"))
        self._output = os.fspath(output)
        self.left: dict[str, Left] = {}

    def load(self) -> None:
        """Read the log; the last row of a path counts, a row without a key means that we deleted the file."""
        self.left = {row[0]: _left_of(row) for row in self._rows.load()}
        for path in own_files(self._output):
            self.left.setdefault(path, _OUTDATED)

    def is_as_left(self) -> bool:
        """Say whether no other builder has written to the output folder since this one knew it."""
        return self._rows.are_as_left()

    def resume(self, whereabouts: Whereabouts) -> bool:
        """Go on where another process left the log, reading only what is asked for; say whether that can be."""
        return self._rows.resume(whereabouts)

    def whereabouts(self) -> Whereabouts:
        """Return where the rows of all files lie."""
        return self._rows.whereabouts()

    def __len__(self) -> int:
        """Return how many files are ours."""
        # Where all rows were read `left` may have more, where they are read as asked for the log has.
        return max(len(self.left), len(self._rows.places))

    def outputs(self) -> Outputs:
        """Return all files as the stamp holds them."""
        left = self.left.values()
        return Outputs(list(self.left), [one.size for one in left], [one.mtime for one in left])

    def has_unwritten(self) -> bool:
        """Say whether files are known as ours that have no row, as after the log was lost."""
        return not self._rows.places.keys() >= self.left.keys()

    def known(self, path: str) -> Left | None:
        """Return what is known of a file, None where it is not ours; raises Lost where that has been damaged."""
        left = self.left.get(path)
        if left is None and (row := self._rows.row(path)) is not None:
            left = self.left[path] = _left_of(row)
        return left

    def announce(self, paths: Iterable[str]) -> None:
        """Say of new files that they are ours, before the first of them stands in the output folder; raises OSError.

        So a file is known as ours whatever becomes of the build, and of the cache: its name stands in the log and in
        the output folder's own list. Raises OutputError where somebody else's file stands in the place of one.
        """
        new = [path for path in paths if path not in self.left]
        if not new:
            return
        self._refuse_to_overwrite(new)
        self.left.update(dict.fromkeys(new, _OUTDATED))
        self._rows.record([(path, *_OUTDATED) for path in new], self._all_rows)
        self._write_list()

    def _refuse_to_overwrite(self, new: Iterable[str]) -> None:
        with os.scandir(self._output) as entries:
            if next(entries, None) is None:
                return
        taken = sorted(path for path in new if os.path.isfile(f"{self._output}/{path}"))
        if taken:
            others = len(taken) - 1
            what = f"and {others:,} more were" if others else "was"
            raise OutputError(
                f"{self._output}/{taken[0]} {what} not written by Dateline and would be overwritten; nothing was "
                "published. Move away what is yours, delete the folder if it holds an old site, or name another "
                "with --output."
            )

    def _write_list(self) -> None:
        names = "".join(f"{path}\n" for path in sorted(self.left))
        replace_file(f"{self._output}/{OWN_FILES}", names.encode())

    def forget_keys(self) -> None:
        """Let every file count as outdated, but still as ours."""
        self.left = {path: left._replace(key=b"", inputs=b"") for path, left in self.left.items()}

    def is_in_place(self, path: str, left: Left) -> bool:
        """Say whether the file has the size and time we left it with."""
        try:
            stat = os.stat(f"{self._output}/{path}")
        except OSError:
            return False
        return stat.st_size == left.size and stat.st_mtime_ns == left.mtime

    def record(self, written: Iterable[tuple[str, Left]], removed: Iterable[str]) -> None:
        """Keep what a build wrote and deleted; raises OSError, and Lost where the log is gone and was not loaded."""
        rows: list[tuple[object, ...]] = []
        for path, left in written:
            self.left[path] = left
            rows.append((path, *left))
        for path in removed:
            self.left.pop(path, None)
            rows.append((path, None))
        self._rows.record(rows, self._all_rows)
        if any(row[1] is None for row in rows):
            self._write_list()

    def _all_rows(self) -> Iterator[tuple[object, ...]]:
        return ((path, *left) for path, left in self.left.items())


def _left_of(row: tuple[Any, ...]) -> Left:
    return Left(*row[1:]) if len(row) == 1 + len(Left._fields) else _OUTDATED
