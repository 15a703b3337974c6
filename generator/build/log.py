"""An append-only file of records that is right or not there: the form of both caches.

A heading names what the records were made with; then come frames, each a length, a digest and a msgpack list of rows.
Rows are only ever appended, later ones replace earlier ones.
The rules: records are plain data (never pickle); a file with another heading counts as empty; reading stops at the
first frame that is cut short or garbled, and what stands behind it is overwritten. So a cache may be deleted, cut or
damaged at any byte: rows are lost, none is ever wrong.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgpack

from generator.digest import DIGEST_BYTES, digest_of_bytes
from generator.files import replace_file

_MAGIC = b"dateline log 1\n"
_LENGTH_BYTES = 4
# Who asks for one row reads its frame.
_ROWS_A_FRAME = 16
_FRAME_HEAD = _LENGTH_BYTES + DIGEST_BYTES

# The sign of a log that is not there.
_NO_FILE = (0, 0, 0)

Row = tuple[Any, ...]
# Where a row lies: the first byte of its frame in the file and its number in the frame, as one number of both.
Place = int


class Lost(Exception):
    """A row that was there is cut or garbled, or the whole log is gone."""


class RecordLog:
    """One log file; `heading` is the digest of everything its rows depend on besides themselves."""

    def __init__(self, path: Path, heading: bytes) -> None:
        self.path = path
        self._head = _MAGIC + heading
        self._good = 0
        self._mark = _NO_FILE
        self.rows_read = 0

    @property
    def end(self) -> int:
        """The length of the sound part of the file, in bytes."""
        return self._good

    def is_as_left(self) -> bool:
        """Say whether the file is as this process last read or wrote it: nobody else has written to it since."""
        return self._mark == _mark_of(self.path)

    def read(self) -> Iterator[Row]:
        """Yield every sound row in the order of writing; call this before `append`."""
        return (row for _, row in self.read_placed())

    def read_placed(self) -> Iterator[tuple[Place, Row]]:
        """Yield every sound row with its place; call this before `append`."""
        self._good = 0
        self.rows_read = 0
        self._mark = _mark_of(self.path)
        try:
            content = self.path.read_bytes()
        except OSError:
            return
        if not content.startswith(self._head):
            return
        place = len(self._head)
        self._good = place
        while place + _FRAME_HEAD <= len(content):
            try:
                rows, end = _rows_at(content, place)
            except Lost:
                return
            self.rows_read += len(rows)
            for number, row in enumerate(rows):
                yield _place(place, number), row
            self._good = place = end

    def resume(self, end: int, rows: int) -> bool:
        """Say whether the file still has its heading and ends where it ended; then rows can be read by their places.

        `rows` is how many have been read from it or written to it.
        """
        try:
            with open(self.path, "rb") as file:
                is_ours = self._length_of(file) == end
        except OSError:
            return False
        if is_ours:
            self._good, self.rows_read = end, rows
            self._mark = _mark_of(self.path)
        return is_ours

    def _length_of(self, file: BinaryIO) -> int:
        """Return the length of a file in bytes, -1 where it has not our heading."""
        return os.fstat(file.fileno()).st_size if file.read(len(self._head)) == self._head else -1

    def frame_of(self, place: Place) -> Frame:
        """Return the frame of the row at `place`; raises Lost."""
        return Frame(self._payload_of(place))

    def row_alone(self, place: Place) -> Row:
        """Return the row at `place`, which has a frame of its own; raises Lost."""
        row: Row
        (row,) = unpacked_value(self._payload_of(place))
        return row

    def _payload_of(self, place: Place) -> bytes:
        try:
            with open(self.path, "rb", buffering=0) as file:
                file.seek(parts_of(place)[0])
                head = file.read(_FRAME_HEAD)
                length = int.from_bytes(head[:_LENGTH_BYTES], "little")
                payload = file.read(min(length, self._good))
        except OSError as fault:
            raise Lost from fault
        return _checked(head, payload)

    def append(self, rows: Iterable[Row], *, apart: bool = False) -> list[Place]:
        """Write rows behind the last sound frame and return their places; raises OSError, and Lost where that is gone.

        Rows that are to be read one by one are written `apart`, each in a frame of its own.
        """
        frames = list(_frames(rows, 1 if apart else _ROWS_A_FRAME))
        if not frames:
            return []
        content = b"".join(frame for frame, _ in frames)
        start = self._good or len(self._head)
        if self._good:
            self._put_behind(content)
        else:
            self._replace(content)
        return _places(frames, start)

    def _put_behind(self, content: bytes) -> None:
        try:
            with open(self.path, "r+b") as file:
                # Whoever deleted the cache meanwhile may have let another build begin it anew.
                if self._length_of(file) < self._good:
                    raise Lost
                file.truncate(self._good)
                file.seek(self._good)
                file.write(content)
        except FileNotFoundError as fault:
            raise Lost from fault
        self._good += len(content)
        self._mark = _mark_of(self.path)

    def rewrite(self, rows: Iterable[Row], *, apart: bool = False) -> list[Place]:
        """Replace the whole file by these rows and return their places; raises OSError."""
        frames = list(_frames(rows, 1 if apart else _ROWS_A_FRAME))
        self._replace(b"".join(frame for frame, _ in frames))
        return _places(frames, len(self._head))

    def _replace(self, frames: bytes) -> None:
        os.makedirs(self.path.parent, exist_ok=True)
        replace_file(os.fspath(self.path), self._head + frames)
        self._good = len(self._head) + len(frames)
        self._mark = _mark_of(self.path)


class Frame:
    """The rows of one frame, each unpacked when it is asked for: who asks for one has no use for all."""

    def __init__(self, payload: bytes) -> None:
        self._payload = payload
        reader = msgpack.Unpacker(max_buffer_size=max(len(payload), 1))
        reader.feed(payload)
        self._starts = [0] * reader.read_array_header()
        for number in range(len(self._starts)):
            self._starts[number] = reader.tell()
            reader.skip()
        self._starts.append(len(payload))

    def row(self, number: int) -> Row:
        """Return the row of that number; raises Lost where there is none."""
        if number + 1 >= len(self._starts):
            raise Lost
        row: Row = unpacked_value(self._payload[self._starts[number] : self._starts[number + 1]])
        return row


def _mark_of(path: Path) -> tuple[int, int, int]:
    """Return what tells one state of a file from another: inode, size, time of its last change in nanoseconds."""
    try:
        stat = path.stat()
    except OSError:
        return _NO_FILE
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def _rows_at(content: bytes, place: int) -> tuple[list[Row], int]:
    """Return the rows of the frame at `place` and where it ends; raises Lost."""
    payload = _payload_at(content, place)
    return unpacked_value(payload), place + _FRAME_HEAD + len(payload)


def _payload_at(content: bytes, place: int) -> bytes:
    """Return what the frame at `place` holds; raises Lost."""
    head = content[place : place + _FRAME_HEAD]
    length = int.from_bytes(head[:_LENGTH_BYTES], "little")
    return _checked(head, content[place + _FRAME_HEAD : place + _FRAME_HEAD + length])


def _checked(head: bytes, payload: bytes) -> bytes:
    """Return what a frame holds where it is what its head says; raises Lost."""
    length = int.from_bytes(head[:_LENGTH_BYTES], "little")
    if len(payload) != length or digest_of_bytes(payload) != head[_LENGTH_BYTES:]:
        raise Lost
    return payload


def parts_of(place: Place) -> tuple[int, int]:
    """Return the first byte of the frame a row lies in, and the row's number there."""
    return divmod(place, _ROWS_A_FRAME)


def _place(begin: int, number: int) -> Place:
    return begin * _ROWS_A_FRAME + number


def _places(frames: Iterable[tuple[bytes, int]], start: int) -> list[Place]:
    places: list[Place] = []
    for frame, count in frames:
        places.extend(range(_place(start, 0), _place(start, count)))
        start += len(frame)
    return places


def _frames(rows: Iterable[Row], most: int) -> Iterator[tuple[bytes, int]]:
    """Yield frames of at most so many rows, each with the number of its rows."""
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == most:
            yield _frame(waiting), len(waiting)
            waiting = []
    if waiting:
        yield _frame(waiting), len(waiting)


def _frame(rows: list[Row]) -> bytes:
    payload = packed_value(rows)
    return len(payload).to_bytes(_LENGTH_BYTES, "little") + digest_of_bytes(payload) + payload


class _Packers(threading.local):
    """One packer for each thread: making one costs more than packing a frame, and none may serve two at once."""

    def __init__(self) -> None:
        self.pack = msgpack.Packer().pack


_PACKERS = _Packers()


def packed_value(value: Any) -> bytes:
    """Return plain data as bytes, as rows hold it."""
    content: bytes = _PACKERS.pack(value)
    return content


def unpacked_value(content: bytes) -> Any:
    """Return the plain data that was packed; lists come back as tuples."""
    return msgpack.unpackb(content, use_list=False, strict_map_key=False)
