"""The only door to uvicorn: a listening socket, a guarded HTTP/1.1 connection, a server that ends when told."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import re
import signal
import socket
import sys
import threading
from collections.abc import Callable, Generator
from types import FrameType
from typing import Any, cast

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from generator.errors import UsageError
from generator.serve.gate import LARGEST_HEAD

HEAD_WITHIN = 20.0
IDLE_WITHIN = 60
END_WITHIN = 2

# Line ends and folded lines that servers read differently are how one request is smuggled inside another.
_UNCLEAR = re.compile(rb"(?<!\r)\n|\r\n[ \t]")


class Connection(H11Protocol):
    """A connection that must say what it wants in time, and clearly."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin the time within which a request must be whole."""
        super().connection_made(transport)
        self._tail = b""
        self._deadline = self.loop.call_later(HEAD_WITHIN, self._too_slow)

    def data_received(self, data: bytes) -> None:
        """Take bytes in; refuse a head that can be read in two ways."""
        if self.conn.their_state is h11.IDLE:
            if self._deadline is None:
                self._deadline = self.loop.call_later(HEAD_WITHIN, self._too_slow)
            head = (self._tail + data).partition(b"\r\n\r\n")[0]
            if _UNCLEAR.search(head):
                self.send_400_response("The request is not clear.")
                return
            self._tail = _trailing_ends(self._tail + data)
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._tail = b""
            self._no_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the time limit."""
        self._no_deadline()
        super().connection_lost(exc)

    def _no_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        self._deadline = None
        if not self.transport.is_closing():
            self.transport.close()


def _trailing_ends(data: bytes) -> bytes:
    """Return the line ends that data stops with: what comes next may continue them."""
    return data[len(data.rstrip(b"\r\n")) :][-3:]


class Server(uvicorn.Server):
    """The server; `ending` is called when it is told to stop, so that open event streams let go."""

    def __init__(self, app: Callable[..., Any], listener: socket.socket, *, ending: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=Connection,
                ws="none",
                loop="asyncio",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                log_level="error",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                h11_max_incomplete_event_size=2 * LARGEST_HEAD,
                timeout_keep_alive=IDLE_WITHIN,
                timeout_graceful_shutdown=END_WITHIN,
            )
        )
        self._listener = listener
        self._ending = ending

    def serve_until_told(self) -> None:
        """Serve until `end` is called or the person presses Ctrl-C."""
        asyncio.run(self.serve(sockets=[self._listener]))

    def end(self) -> None:
        """Stop serving; safe from any thread."""
        self.should_exit = True
        self._ending()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Let Ctrl-C and a request to terminate end the server in order instead of raising."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        wanted = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self._told) for number in wanted}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _told(self, number: int, frame: FrameType | None) -> None:
        self.force_exit = self.should_exit
        self.end()


def listen(host: str, port: int, *, others: int = 0) -> socket.socket:
    """Return a listening socket, on one of the next `others` ports when the first is taken.

    It listens before anything is built: a second server, or a taken port, is noticed at once.
    """
    for candidate in range(port, port + others + 1):
        try:
            return _listener(host, candidate)
        except OSError as fault:
            if fault.errno == errno.EADDRINUSE and candidate < port + others:
                continue
            raise UsageError(_why_not(host, port, fault)) from fault
    raise AssertionError("unreachable: the last candidate returns or raises")


def _listener(host: str, port: int) -> socket.socket:
    found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, _, _, address = found[0]
    # Named as TCP, or asyncio would leave each answer's second packet waiting 40 ms for the first to be acknowledged.
    listener = socket.socket(family, kind, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            # On Windows this option would let two servers share a port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(256)
        listener.setblocking(False)
    except OSError:
        listener.close()
        raise
    return listener


def _why_not(host: str, port: int, fault: OSError) -> str:
    if isinstance(fault, socket.gaierror):
        return f'--host: "{host}" is no address of this machine.'
    if fault.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Choose another one with --port."
    if fault.errno == errno.EACCES:
        return f"Port {port} needs rights you do not have. Choose one above 1023 with --port."
    return f"Nothing can be served at {host}:{port}: {fault.strerror or fault}."


def port_of(listener: socket.socket) -> int:
    """Return the port a socket listens on."""
    return cast(int, listener.getsockname()[1])
