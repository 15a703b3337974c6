"""The preview as a web application: the last good build's pages, live reload, faults, and the way to the editor.

It changes no page on disk; what it adds, it adds on the way out.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, MutableMapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

from generator.named import NamedTuple
from generator.serve import gate, kinds, pages
from generator.serve.gate import House, Request
from generator.serve.pages import Answer
from generator.serve.reload import Hub, Seat, news

OWN = "/__dateline/"
EVENTS = f"{OWN}events"
OPEN = f"{OWN}open"
SCRIPT = f"{OWN}live.js"

LARGEST_ORDER = 16_384
STILL_THERE_EVERY = 15.0

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Order(NamedTuple):
    """What an Alt-click asks for: the sentence and its page's address, or a fault's file and line."""

    address: str = ""
    text: str = ""
    path: str = ""
    line: int = 0


class Preview:
    """The ASGI application of the preview.

    `base_path` is asked for at each request ("" or "/briefs"), since `site.yaml` may change; `open_source` opens what
    an order names and returns what to tell the person, or None when it does not know the place.
    """

    def __init__(
        self,
        output: Path,
        hub: Hub,
        house: House,
        *,
        base_path: Callable[[], str],
        open_source: Callable[[Order], str | None],
    ) -> None:
        self._root = os.path.realpath(output)
        self._hub = hub
        self._house = house
        self._base_path = base_path
        self._open_source = open_source
        self._script = (Path(__file__).parent / "live.js").read_bytes()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        request = Request(scope["method"], scope["raw_path"], scope["query_string"], tuple(scope["headers"]))
        refused = gate.refusal(request, self._house, orders=(OPEN,))
        if scope["http_version"] not in ("1.0", "1.1"):
            refused = gate.Refusal(400, "This preview speaks HTTP/1.1.")
        if refused is not None:
            extra = (*refused.headers, (b"connection", b"close"))
            await _send(send, pages.plain(refused.status, refused.reason, extra))
        elif request.method == "POST":
            await _send(send, await self._ordered(receive))
        elif request.target == EVENTS.encode():
            await self._events(request, receive, send)
        else:
            await _send(send, await self._page(request))

    async def _page(self, request: Request) -> Answer:
        path = gate.path_of(request.target)
        if path is None:
            return pages.plain(400, "This is no address of a page.")
        if f"/{path}" == SCRIPT:
            return pages.whole(200, self._script, kinds.SCRIPT)
        base = self._base_path()
        inside = _inside(path, base)
        if inside is None:
            # A person who types only the machine's name is brought to the site.
            return pages.redirect(f"{_escaped(base)}/") if path == "" or f"/{path}" == base else self._nowhere(base)
        file = _file_of(inside)
        await self._hub.publication.reading(file)
        try:
            if file.endswith(".html"):
                self._hub.asked(file)
            return self._file(request, inside, base)
        finally:
            self._hub.publication.read()

    def _file(self, request: Request, path: str, base: str) -> Answer:
        found = pages.find(self._root, path)
        try:
            if found is not None:
                return pages.answer(request, found, self._tag())
            if pages.is_folder(self._root, path):
                return pages.redirect(_escaped(f"{base}/{path}/"))
            missing = pages.find(self._root, pages.NOT_FOUND)
            if missing is not None:
                return pages.answer(request, missing, self._tag(), status=404)
        except OSError:
            # The file went between finding and reading; the next build or the next request will tell.
            return pages.plain(404, "There is no such page.")
        return self._nowhere(base) if self._hub.stand.has_pages else self._unbuilt()

    def _tag(self) -> bytes:
        stand = self._hub.stand
        shown = f'data-session="{stand.session}" data-build="{self._hub.publication.number}"'
        return f'<script src="{SCRIPT}" {shown} data-pages="{int(stand.has_pages)}" defer></script>'.encode()

    def _nowhere(self, base: str) -> Answer:
        place = escape(f"{base}/")
        body = (
            f'<!doctype html><title>Not found</title><p>There is no such page. <a href="{place}">The site is here.</a>'
        )
        return pages.whole(404, body.encode() + self._tag(), kinds.HTML)

    def _unbuilt(self) -> Answer:
        rows = "".join(
            f"<li><code>{escape(fault.path)}{f':{fault.line}' if fault.line else ''}</code> {escape(fault.message)}"
            for fault in self._hub.stand.faults
        )
        body = (
            "<!doctype html><html lang=en><meta charset=utf-8><title>Not built yet</title>"
            f"<body style='font:1rem/1.5 sans-serif;margin:2rem'><h1>The site cannot be built yet</h1><ul>{rows}</ul>"
            "<p>This page reloads as soon as it can.</p></body></html>"
        )
        return pages.whole(503, pages.with_script(body.encode(), self._tag()), kinds.HTML)

    async def _ordered(self, receive: Receive) -> Answer:
        order = _order(await _body(receive))
        if order is None:
            return pages.plain(400, "This is no order the preview knows.")
        path = gate.path_of(order.address.encode(errors="replace"))
        inside = _inside(path, self._base_path()) if path is not None else None
        if not order.path and inside is None:
            return pages.plain(400, "This is no address of a page.")
        if order.path and (order.path, order.line) not in {(one.path, one.line) for one in self._hub.stand.faults}:
            return pages.plain(403, "Only a place that is shown can be opened.")
        address = f"/{(inside or '').removesuffix('index.html')}"
        said = await asyncio.to_thread(self._open_source, order._replace(address=address))
        body = json.dumps({"said": said or "The place in the content is not known."}).encode()
        return pages.whole(200 if said else 404, body, kinds.JSON)

    async def _events(self, request: Request, receive: Receive, send: Send) -> None:
        if not gate.is_from_own_page(request):
            await _send(send, pages.plain(403, "Only a page of this preview may listen."))
            return
        headers = ((b"content-type", kinds.EVENTS.encode()), (b"cache-control", b"no-store"), *pages.PROTECTION)
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
        if request.method == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return
        leaving = asyncio.ensure_future(_until_gone(receive))
        asked = _asked(request)
        event = self._hub.listen(self._files_of(asked.get("page", "/"), self._base_path()))
        leaving.add_done_callback(lambda _: event.set())
        try:
            await self._tell(asked, event, leaving, send)
        finally:
            self._hub.leave(event)
            leaving.cancel()

    async def _tell(
        self, asked: dict[str, str], event: asyncio.Event, leaving: asyncio.Future[None], send: Send
    ) -> None:
        seen = asked.get("build", "")
        seat = Seat(
            asked.get("session", ""),
            int(seen) if seen.isascii() and seen.isdigit() else 0,
            had_pages=asked.get("pages") != "0",
        )
        await send({"type": "http.response.body", "body": b"retry: 500\n\n", "more_body": True})
        while not leaving.done() and not self._hub.is_closed:
            event.clear()
            base = self._base_path()
            messages, seat = news(self._hub.stand, seat, self._files_of(asked.get("page", "/"), base), base)
            for name, content in messages:
                text = f"event: {name}\ndata: {json.dumps(content)}\n\n"
                await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
            try:
                await asyncio.wait_for(event.wait(), STILL_THERE_EVERY)
            except TimeoutError:
                await send({"type": "http.response.body", "body": b": still here\n\n", "more_body": True})
        if not leaving.done():
            await send({"type": "http.response.body", "body": b""})

    def _files_of(self, address: str, base: str) -> frozenset[str]:
        path = gate.path_of(address.encode(errors="replace"))
        inside = _inside(path, base) if path is not None else None
        if inside is None:
            return frozenset()
        file = _file_of(inside)
        shows_not_found = pages.find(self._root, file) is None
        return frozenset((file, pages.NOT_FOUND)) if shows_not_found else frozenset((file,))


def _inside(path: str, base: str) -> str | None:
    """Return a path within the site, or None when it lies outside the site's base path."""
    prefix = f"{base[1:]}/" if base else ""
    return path[len(prefix) :] if path.startswith(prefix) else None


def _file_of(inside: str) -> str:
    return f"{inside}index.html" if inside == "" or inside.endswith("/") else inside


def _escaped(path: str) -> str:
    return quote(path, safe="/~!$&'()*+,;=:@")


def _asked(request: Request) -> dict[str, str]:
    found = parse_qs(request.query.decode("latin-1"), max_num_fields=8)
    return {name: values[0] for name, values in found.items()}


def _order(body: bytes | None) -> Order | None:
    try:
        sent = json.loads(body or b"")
    except ValueError:
        return None
    if not isinstance(sent, dict):
        return None
    address, text, path, line = (sent.get(name) for name in Order._fields)
    if isinstance(path, str) and isinstance(line, int):
        return Order("/", "", path, line)
    return Order(address, text) if isinstance(address, str) and isinstance(text, str) else None


async def _body(receive: Receive) -> bytes | None:
    body = b""
    while len(body) <= LARGEST_ORDER:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += bytes(message.get("body", b""))
        if not message.get("more_body"):
            break
    return body if len(body) <= LARGEST_ORDER else None


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, answer: Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": list(answer.headers)})
    if answer.span is not None:
        with answer.span.file as file:
            file.seek(answer.span.start)
            for left in range(answer.span.length, 0, -pages.CHUNK):
                chunk = file.read(min(pages.CHUNK, left))
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": answer.body})
