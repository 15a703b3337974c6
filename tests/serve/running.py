"""A small site, a builder that copies, and a running preview to ask."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from generator.errors import Diagnostic
from generator.serve.gate import House
from generator.serve.preview import Order, Preview
from generator.serve.reload import Hub, Publication
from generator.serve.server import Server, listen, port_of

PAGE = "<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"


class Report(NamedTuple):
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    ok: bool = True
    parsed: tuple[str, ...] = ()


class CopyingBuilder:
    """Makes `x/index.html` of each `content/x.md` and copies styles; a file that says FAULT cannot be built."""

    def __init__(self, root: Path, output: Path, publication: Publication) -> None:
        self.root = root
        self.output = output
        self.publication = publication
        self.calls: list[tuple[str, ...] | None] = []
        self.running = 0
        self.done = 0
        self.most_running = 0
        self.slow = 0.0
        self.heard: Callable[[tuple[str, ...] | None], None] = self.calls.append

    def build(self, changed: Iterable[str] | None = None) -> Report:
        self.heard(None if changed is None else tuple(changed))
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        time.sleep(self.slow)
        try:
            return self._build()
        finally:
            self.running -= 1
            self.done += 1

    def _build(self) -> Report:
        planned: dict[str, bytes] = {}
        faults = []
        for file in sorted((self.root / "content").glob("*.md")):
            text = file.read_text(encoding="utf-8")
            for number, line in enumerate(text.splitlines(), 1):
                if "FAULT" in line:
                    faults.append(Diagnostic(f"content/{file.name}", number, "This line is faulty.", "Mend it."))
            name = "index.html" if file.stem == "index" else f"{file.stem}/index.html"
            planned[name] = PAGE.format(title=file.stem, body=text).encode()
        for file in sorted((self.root / "themes").glob("*.css")):
            planned[f"assets/{file.name}"] = file.read_bytes()
        if faults:
            return Report(faults=tuple(faults), ok=False)
        written = [name for name, body in planned.items() if self._differs(name, body)]
        there = {str(path.relative_to(self.output)) for path in self.output.rglob("*") if path.is_file()}
        removed = sorted(there - set(planned))
        with self.publication:
            for name in written:
                (self.output / name).parent.mkdir(parents=True, exist_ok=True)
                (self.output / name).write_bytes(planned[name])
            for name in removed:
                (self.output / name).unlink()
        return Report(tuple(written), tuple(removed))

    def _differs(self, name: str, body: bytes) -> bool:
        place = self.output / name
        return not place.is_file() or place.read_bytes() != body


class Running:
    """A preview that is being served, and how to ask it."""

    def __init__(self, output: Path, *, base_path: str = "", answer: str | None = "Opened it") -> None:
        self.hub = Hub(Publication(), session="s")
        self.orders: list[Order] = []
        self.listener = listen("127.0.0.1", 0)
        self.port = port_of(self.listener)

        def open_source(order: Order) -> str | None:
            self.orders.append(order)
            return answer

        preview = Preview(output, self.hub, House.of("127.0.0.1"), base_path=lambda: base_path, open_source=open_source)
        self.server = Server(preview, self.listener, ending=self.hub.close)
        self.thread = threading.Thread(target=self.server.serve_until_told)
        self.thread.start()
        wait_for(lambda: self.server.started)

    def ask(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body, headers={"Connection": "close", **sent})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content

    def order(self, what: object, origin: str | None = None) -> tuple[int, bytes]:
        origin = f"http://127.0.0.1:{self.port}" if origin is None else origin
        status, _, body = self.ask(
            "/__dateline/open", "POST", json.dumps(what), Origin=origin, Content_Type="application/json"
        )
        return status, body

    def stop(self) -> None:
        self.server.end()
        self.thread.join(timeout=10)
        assert not self.thread.is_alive()
        self.listener.close()


def wait_for(is_so: Callable[[], bool], seconds: float = 10.0, told: Callable[[], str] = str) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"it did not happen in time {told()}"
        time.sleep(0.005)
