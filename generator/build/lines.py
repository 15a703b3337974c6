"""The lines between the first member of a team and another: bytes out, bytes in, and how the other is put an end to.

A forked member is at the other end of two pipes, a started one at the other end of a connection of the library's.
"""

from __future__ import annotations

import os
from typing import Any, Protocol

_LENGTH_BYTES = 8
_MOST_AT_ONCE = 1 << 20


class Line(Protocol):
    """A line to another member; whoever listens where nobody is left gets EOFError or OSError."""

    def send(self, content: bytes) -> None:
        """Send bytes, waiting until there is room."""

    def receive(self) -> bytes:
        """Return the bytes that were sent next, waiting for them."""

    def end(self, *, at_once: bool) -> None:
        """Close the line and wait until who is at its other end has gone; `at_once` does not let it finish."""


class PipeLine:
    """Two pipes, and the process at their other ends where it is a child of this one."""

    def __init__(self, reader: int, writer: int, child: int = 0) -> None:
        self._reader = reader
        self._writer = writer
        self._child = child

    def send(self, content: bytes) -> None:
        """Send the bytes behind their length."""
        view = memoryview(len(content).to_bytes(_LENGTH_BYTES, "little") + content)
        while view:
            view = view[os.write(self._writer, view) :]

    def receive(self) -> bytes:
        """Return the bytes that were sent next; raises EOFError."""
        return self._exactly(int.from_bytes(self._exactly(_LENGTH_BYTES), "little"))

    def _exactly(self, length: int) -> bytes:
        content = bytearray()
        while len(content) < length:
            piece = os.read(self._reader, min(length - len(content), _MOST_AT_ONCE))
            if not piece:
                raise EOFError
            content += piece
        return bytes(content)

    def end(self, *, at_once: bool) -> None:
        """Close both pipes and wait for the child."""
        os.close(self._reader)
        os.close(self._writer)
        if self._child:
            if at_once:
                import signal

                os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)


class StartedLine:
    """A connection, and the process at its other end where this one has started it."""

    def __init__(self, connection: Any, process: Any = None) -> None:
        self._connection = connection
        self._process = process

    def send(self, content: bytes) -> None:
        """Send the bytes."""
        self._connection.send_bytes(content)

    def receive(self) -> bytes:
        """Return the bytes that were sent next; raises EOFError."""
        content: bytes = self._connection.recv_bytes()
        return content

    def end(self, *, at_once: bool) -> None:
        """Close the connection and wait for the process."""
        self._connection.close()
        if self._process is not None:
            if at_once:
                self._process.kill()
            self._process.join()
