"""The parsed bodies of all content files, kept on disk and read when a page is rendered.

Each worker appends to a file of its own. A body's place names its digest, so that a damaged body is never shown.
"""

from __future__ import annotations

import os
from pathlib import Path

from generator.digest import digest_of_bytes
from generator.named import NamedTuple


class BodyPlace(NamedTuple):
    """Where a body lies: file number, offset and length in bytes, and the digest of its bytes."""

    file: int
    offset: int
    length: int
    digest: bytes


class BodyStore:
    """Bodies in `folder`, in files `bodies-N`; one store of each process writes to one file."""

    def __init__(self, folder: Path, writes_to: int = 0) -> None:
        self.folder = folder
        self._writes_to = writes_to
        self._readers: dict[int, int] = {}
        self._waiting: list[bytes] = []
        self._end = -1

    def add(self, html: str) -> BodyPlace:
        """Take a body in; it can be read, here and in other processes, after `flush`."""
        content = html.encode()
        if self._end < 0:
            self._end = self._size_on_disk()
        place = BodyPlace(self._writes_to, self._end, len(content), digest_of_bytes(content))
        self._end += len(content)
        self._waiting.append(content)
        return place

    def flush(self) -> None:
        """Bring what was added to disk; raises OSError."""
        if not self._waiting:
            return
        os.makedirs(self.folder, exist_ok=True)
        with open(self._path(self._writes_to), "ab") as file:
            file.write(b"".join(self._waiting))
        self._waiting = []

    def read(self, place: BodyPlace) -> str | None:
        """Return a body, None when it is no longer what was written."""
        try:
            handle = self._readers.get(place.file)
            if handle is None:
                handle = os.open(self._path(place.file), os.O_RDONLY)
                self._readers[place.file] = handle
            content = os.pread(handle, place.length, place.offset)
        except OSError:
            return None
        return content.decode() if digest_of_bytes(content) == place.digest else None

    def size(self) -> int:
        """Return how many bytes all files of the store hold."""
        return sum(path.stat().st_size for path in self.folder.glob("bodies-*"))

    def clear(self) -> None:
        """Delete every body."""
        self.close()
        for path in self.folder.glob("bodies-*"):
            path.unlink(missing_ok=True)
        self._end = -1

    def close(self) -> None:
        """Let go of the files; reading opens them anew."""
        for handle in self._readers.values():
            os.close(handle)
        self._readers = {}

    def _path(self, number: int) -> Path:
        return self.folder / f"bodies-{number}"

    def _size_on_disk(self) -> int:
        try:
            return self._path(self._writes_to).stat().st_size
        except OSError:
            return 0
