"""A static host in miniature: serves one folder on this machine, below a base path, as real hosts do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _Host(ThreadingHTTPServer):
    # Connections may wait in a line of five by default; a link checker opens a hundred at once.
    request_queue_size = 128


class _StaticHost(SimpleHTTPRequestHandler):
    """Serves `folder` below `base_path`; what lies outside of that path is not found."""

    def __init__(self, *request: object, base_path: str, folder: Path) -> None:
        self._base_path = base_path
        super().__init__(*request, directory=str(folder))  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        if not path.startswith(f"{self._base_path}/"):
            return "/nowhere"
        return super().translate_path(path[len(self._base_path) :])

    def list_directory(self, path: object) -> None:
        # Static hosts show no folders.
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def served(folder: Path, base_path: str = "") -> Iterator[str]:
    """Serve `folder` and yield its address, which ends with a slash."""
    handler = partial(_StaticHost, base_path=base_path, folder=folder)
    with _Host(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base_path}/"
        finally:
            server.shutdown()
            thread.join()
