"""A web archive (WARC) taken out of gzip, as it is read: most writers pack each record by itself, one behind the other.

So a damaged record costs itself alone: the next one has a beginning that can be found. An archive that was packed all
at once is one member, and nothing behind a damage can be read.
"""

from __future__ import annotations

import zlib
from typing import IO

from generator.ingest.raw import GZIP_MAGIC

_BLOCK = 1 << 16
_FIRST = 1 << 11
# More than the blank lines behind a record, so that no record is whole before its member is.
_KEPT_BACK = 64
_MEMBER = GZIP_MAGIC + b"\x08"


def is_warc(head: bytes) -> bool:
    """Say whether the first bytes of a file, packed or not, are those of a web archive."""
    if head.startswith(GZIP_MAGIC):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 16)
        except zlib.error:
            return False
    return head.startswith(b"WARC/")


def is_packed(file: IO[bytes]) -> bool:
    """Say whether an archive, opened at its beginning, lies in gzip; it is left at its beginning."""
    head = file.read(len(GZIP_MAGIC))
    file.seek(0)
    return head == GZIP_MAGIC


class Members:
    """A packed archive as it is read; where it is cut short, what could be unpacked before that is all there is.

    The standard library's own reader loses up to a buffer of good pages there. `start` is the place of the member that
    is being read.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._begin(0)

    def _begin(self, start: int, packed: bytes = b"") -> None:
        self.start = start
        self._is_begun = False
        self._packed = packed
        self._plain = b""
        self._unpacker = zlib.decompressobj(wbits=31)

    @property
    def is_within(self) -> bool:
        """Whether a member has begun whose end has not come."""
        return self._is_begun and not self._unpacker.eof

    @property
    def reached(self) -> int:
        """The place up to which, at least, there was no damage."""
        return self._file.tell() - len(self._packed)

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes, and none at the end; raises zlib.error for damaged ones."""
        while True:
            # The last bytes of a member wait until its check sum, which stands behind them, is found to be right.
            room = len(self._plain) - (_KEPT_BACK if self.is_within else 0)
            if room > 0:
                return self._handed(min(size, room))
            if self._unpacker.eof:
                self._begin(self.start, self._unpacker.unused_data)
            self._packed = self._packed or self._file.read(_BLOCK)
            if not self._packed:
                return self._handed(size)
            if not self._is_begun:
                # Some writers fill up to a block with zero bytes.
                self._packed = self._packed.lstrip(b"\0")
                self.start = self._file.tell() - len(self._packed)
                self._is_begun = bool(self._packed)
            # A small piece first, so that the address of a page is known when what comes behind is damaged.
            self._plain += self._unpacker.decompress(self._packed, size if self._plain else _FIRST)
            self._packed = self._unpacker.unconsumed_tail

    def _handed(self, size: int) -> bytes:
        handed, self._plain = self._plain[:size], self._plain[size:]
        return handed

    def go_on(self) -> bool:
        """Leave the member that is read, and go on with the next one that begins a record; say whether there is one."""
        at = self.start + 1
        while True:
            self._file.seek(at)
            block = self._file.read(_BLOCK)
            found = block.find(_MEMBER)
            if found < 0:
                if len(block) < _BLOCK:
                    return False
                at += len(block) - len(_MEMBER) + 1
                continue
            at += found
            self._file.seek(at)
            if is_warc(self._file.read(4096)):
                self._file.seek(at)
                self._begin(at)
                return True
            at += 1
