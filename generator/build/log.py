"""An append-only file of records that is right or not there: the form of both caches.

A heading names what the records were made with; then come frames, each a length, a digest and a msgpack list of rows.
Rows are only ever appended, later ones replace earlier ones.
The rules: records are plain data (never pickle); a file with another heading counts as empty; reading stops at the
first frame that is cut short or garbled, and what stands behind it is overwritten. So a cache may be deleted, cut or
damaged at any byte: rows are lost, none is ever wrong.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgpack

from generator.digest import DIGEST_BYTES, digest_of_bytes
from generator.files import replace_file

_MAGIC = b"dateline log 1\n"
_LENGTH_BYTES = 4
_ROWS_A_FRAME = 512

Row = tuple[Any, ...]


class RecordLog:
    """One log file; `heading` is the digest of everything its rows depend on besides themselves."""

    def __init__(self, path: Path, heading: bytes) -> None:
        self.path = path
        self._head = _MAGIC + heading
        self._good = 0
        self.rows_read = 0

    def read(self) -> Iterator[Row]:
        """Yield every sound row in the order of writing; call this before `append`."""
        self._good = 0
        self.rows_read = 0
        try:
            content = self.path.read_bytes()
        except OSError:
            return
        if not content.startswith(self._head):
            return
        place = len(self._head)
        self._good = place
        frame_head = _LENGTH_BYTES + DIGEST_BYTES
        while place + frame_head <= len(content):
            length = int.from_bytes(content[place : place + _LENGTH_BYTES], "little")
            payload = content[place + frame_head : place + frame_head + length]
            digest = content[place + _LENGTH_BYTES : place + frame_head]
            if len(payload) != length or digest_of_bytes(payload) != digest:
                return
            rows = msgpack.unpackb(payload, use_list=False, strict_map_key=False)
            self.rows_read += len(rows)
            yield from rows
            place += frame_head + length
            self._good = place

    def append(self, rows: Iterable[Row]) -> None:
        """Write rows behind the last sound frame; raises OSError."""
        frames = b"".join(_frames(rows))
        if not frames:
            return
        if not self._good:
            self.rewrite_frames(frames)
            return
        with open(self.path, "r+b") as file:
            file.truncate(self._good)
            file.seek(self._good)
            file.write(frames)
        self._good += len(frames)

    def rewrite(self, rows: Iterable[Row]) -> None:
        """Replace the whole file by these rows; raises OSError."""
        self.rewrite_frames(b"".join(_frames(rows)))

    def rewrite_frames(self, frames: bytes) -> None:
        """Replace the whole file by frames already packed."""
        os.makedirs(self.path.parent, exist_ok=True)
        replace_file(os.fspath(self.path), self._head + frames)
        self._good = len(self._head) + len(frames)


def _frames(rows: Iterable[Row]) -> Iterator[bytes]:
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == _ROWS_A_FRAME:
            yield _frame(waiting)
            waiting = []
    if waiting:
        yield _frame(waiting)


def _frame(rows: list[Row]) -> bytes:
    payload: bytes = msgpack.packb(rows)
    return len(payload).to_bytes(_LENGTH_BYTES, "little") + digest_of_bytes(payload) + payload
