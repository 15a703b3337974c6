"""What the preview answers."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.serve.overlay import Shown
from tests.serve.running import Running, wait_for

Start = Callable[..., Running]

ADDRESSES = [
    ("/", 200, "text/html; charset=utf-8"),
    ("/index.html", 200, "text/html; charset=utf-8"),
    ("/topics/iraq/", 200, "text/html; charset=utf-8"),
    ("/topics/iraq", 307, "text/plain; charset=utf-8"),
    ("/assets/site.css", 200, "text/css; charset=utf-8"),
    ("/feed.xml", 200, "application/atom+xml; charset=utf-8"),
    ("/sitemap.xml", 200, "application/xml; charset=utf-8"),
    ("/robots.txt", 200, "text/plain; charset=utf-8"),
    ("/nothing/", 404, "text/html; charset=utf-8"),
    ("/assets/", 404, "text/html; charset=utf-8"),
    ("/%zz", 400, "text/plain; charset=utf-8"),
]


@pytest.mark.parametrize(("path", "status", "kind"), ADDRESSES)
def test_every_address_is_answered_like_a_host_would(
    public: Path, serving: Start, path: str, status: int, kind: str
) -> None:
    """Pages at their folders, files with their types, the site's own page for what is missing."""
    answer = serving(public).ask(path)

    assert (status, kind) == (answer[0], answer[1]["content-type"])


@pytest.mark.parametrize("path", ["/", "/topics/iraq/", "/nothing/"])
def test_pages_get_the_script_on_their_way_out(public: Path, serving: Start, path: str) -> None:
    """The script is in what is sent, before the page's end, and never in the file."""
    _, headers, body = serving(public).ask(path)

    assert b"/__dateline/live.js" in body
    assert body.endswith(b"</script></body></html>")
    assert "no-store" == headers["cache-control"]
    assert not any("__dateline" in page.read_text() for page in public.rglob("*.html"))


@pytest.mark.parametrize("path", ["/assets/site.css", "/feed.xml", "/robots.txt"])
def test_other_files_are_sent_as_they_are_and_revalidated(public: Path, serving: Start, path: str) -> None:
    """What is no page is sent byte for byte, and not sent again while it is the same."""
    running = serving(public)
    _, headers, body = running.ask(path)
    again, _, nothing = running.ask(path, If_None_Match=headers["etag"])
    (public / path[1:]).write_text("changed", encoding="utf-8")
    changed, _, _ = running.ask(path, If_None_Match=headers["etag"])

    assert ("no-cache", 304, b"", 200) == (headers["cache-control"], again, nothing, changed)
    assert b"__dateline" not in body


def test_a_missing_page_is_the_sites_own(public: Path, serving: Start) -> None:
    """The theme's page for missing pages is shown, with the status that says so."""
    status, _, body = serving(public).ask("/no/such/page/")

    assert (404, True) == (status, b"No such page" in body)


BASES = [
    ("/", 307, "/briefs/"),
    ("/briefs", 307, "/briefs/"),
    ("/briefs/", 200, None),
    ("/briefs/topics/iraq", 307, "/briefs/topics/iraq/"),
    ("/briefs/topics/iraq/", 200, None),
    ("/topics/iraq/", 404, None),
    ("/briefsx/", 404, None),
]


@pytest.mark.parametrize(("path", "status", "place"), BASES)
def test_a_site_below_a_path_is_served_there(
    public: Path, serving: Start, path: str, status: int, place: str | None
) -> None:
    """With base_url https://org.example/briefs/ the preview lies at /briefs/, and the root leads there."""
    answer = serving(public, base_path="/briefs").ask(path)

    assert (status, place) == (answer[0], answer[1].get("location"))


def test_head_tells_what_get_would(public: Path, serving: Start) -> None:
    """HEAD has the same length and no body."""
    running = serving(public)
    _, got, body = running.ask("/")
    status, told, nothing = running.ask("/", "HEAD")

    assert (200, str(len(body)), b"") == (status, told["content-length"], nothing)
    assert got["content-length"] == told["content-length"]


def test_part_of_a_file_can_be_asked_for(public: Path, serving: Start) -> None:
    """Players and readers ask for ranges."""
    status, headers, body = serving(public).ask("/robots.txt", Range="bytes=0-3")

    assert (206, "bytes 0-3/13", b"User") == (status, headers["content-range"], body)


def test_the_script_comes_from_the_preview(public: Path, serving: Start) -> None:
    """The script is one file of ours, served at an address no site has."""
    status, headers, body = serving(public).ask("/__dateline/live.js")

    assert (200, "text/javascript; charset=utf-8") == (status, headers["content-type"])
    assert b"EventSource" in body


def test_requests_wait_while_pages_are_replaced(public: Path, serving: Start) -> None:
    """Nobody sees half of a build."""
    running = serving(public)
    with running.hub.publication, socket.create_connection(("127.0.0.1", running.port)) as asking:
        asking.sendall(f"GET /robots.txt HTTP/1.0\r\nHost: 127.0.0.1:{running.port}\r\n\r\n".encode())
        asking.settimeout(0.15)
        with pytest.raises(TimeoutError):
            asking.recv(1)
        (public / "robots.txt").write_text("new", encoding="utf-8")
    status, _, body = running.ask("/robots.txt")

    assert (200, b"new") == (status, body)


def test_pages_looked_at_come_first_and_others_wait(public: Path, serving: Start) -> None:
    """What an open page shows is there before the rest; who asks for another page meanwhile waits for the new one."""
    running = serving(public)
    running.ask("/topics/iraq/")
    assert {"topics/iraq/index.html"} == running.hub.looking_at()
    with running.hub.ahead(["robots.txt"]):
        (public / "topics/iraq/index.html").write_text("first", encoding="utf-8")
    running.hub.shown(["topics/iraq/index.html"])

    assert running.ask("/topics/iraq/")[2].startswith(b"first")
    with socket.create_connection(("127.0.0.1", running.port)) as asking:
        asking.sendall(f"GET /robots.txt HTTP/1.0\r\nHost: 127.0.0.1:{running.port}\r\n\r\n".encode())
        asking.settimeout(0.15)
        with pytest.raises(TimeoutError):
            asking.recv(1)
        with running.hub.publication:
            (public / "robots.txt").write_text("new", encoding="utf-8")
        asking.settimeout(5)
        assert asking.makefile("rb").read().endswith(b"new")


def test_after_a_build_that_failed_half_way_nobody_waits(public: Path, serving: Start) -> None:
    """What was to come does not come any more; the old page is the last good one."""
    running = serving(public)
    with running.hub.ahead(["robots.txt"]):
        pass
    running.hub.failed(())

    assert 200 == running.ask("/robots.txt")[0]


def test_a_page_that_came_first_hears_of_itself_once(public: Path, serving: Start) -> None:
    """The end of the build tells the other pages alone."""
    running = serving(public)
    running.hub.built(["index.html"])

    def do() -> None:
        with running.hub.ahead(["index.html"]):
            pass
        running.hub.shown(["topics/iraq/index.html"])
        time.sleep(0.1)
        running.hub.built(["topics/iraq/index.html", "index.html"])
        time.sleep(0.1)
        running.hub.built(["assets/site.css"])

    heard = events(running, "session=s&build=1&page=/topics/iraq/", 3, do)

    assert [("faults", []), ("reload", None), ("assets", {"build": 4, "files": ["/assets/site.css"]})] == heard


def test_without_any_build_the_fault_is_shown(tmp_path: Path, serving: Start) -> None:
    """When the first build fails there is no page to lay the fault over: it is the page."""
    running = serving(tmp_path)
    running.hub.failed((Shown("content/a.md", 3, "<b>is no key.", "Mend it."),))
    status, _, body = running.ask("/")

    assert 503 == status
    assert b"<code>content/a.md:3</code> &lt;b&gt;is no key." in body
    assert b"/__dateline/live.js" in body


def events(
    running: Running, query: str, count: int, do: Callable[[], object] = lambda: None
) -> list[tuple[str, object]]:
    """Return the first `count` events of a stream, `do` being done once it is open."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as stream:
        stream.sendall(f"GET /__dateline/events?{query} HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n\r\n".encode())
        received = b""
        while b"event: " not in received:
            received += stream.recv(4096)
        do()
        while received.count(b"event: ") < count or not received.endswith(b"\r\n"):
            received += stream.recv(4096)
    found = []
    for block in received.decode().split("event: ")[1:]:
        name, _, rest = block.partition("\n")
        found.append((name, json.loads(rest.partition("data: ")[2].partition("\n")[0])))
    return found


CHANGES = [
    ("own page", "page=/topics/iraq/", ["topics/iraq/index.html"], ("reload", None)),
    ("a new page where none was", "page=/new/", ["new/index.html"], ("reload", None)),
    ("the page for missing pages", "page=/missing/", ["404.html"], ("reload", None)),
    ("a style", "page=/topics/iraq/", ["assets/site.css"], ("assets", {"build": 2, "files": ["/assets/site.css"]})),
]


@pytest.mark.parametrize(("query", "changed", "expected"), [case[1:] for case in CHANGES], ids=[c[0] for c in CHANGES])
def test_a_page_hears_of_its_own_changes(
    public: Path, serving: Start, query: str, changed: list[str], expected: tuple[str, object]
) -> None:
    """A page is told to reload when its own file has changed, and which styles have."""
    running = serving(public)
    running.hub.built(["index.html"])
    heard = events(running, f"session=s&build=1&{query}", 2, lambda: running.hub.built(changed))

    assert [("faults", []), expected] == heard


def test_a_page_hears_nothing_of_others(public: Path, serving: Start) -> None:
    """Another page's change leaves a page alone: the next thing it hears is its own."""
    running = serving(public)
    running.hub.built(["index.html"])

    def do() -> None:
        running.hub.built(["topics/iran/index.html", "feed.xml"])
        time.sleep(0.1)
        running.hub.built(["assets/site.css"])

    heard = events(running, "session=s&build=1&page=/topics/iraq/", 2, do)

    assert [("faults", []), ("assets", {"build": 3, "files": ["/assets/site.css"]})] == heard


MISSED = [
    ("changed before it asked", "session=s&build=1&page=/topics/iraq/"),
    ("of another run", "session=other&build=2&page=/"),
    ("had no page at all", "session=s&build=2&page=/&pages=0"),
]


@pytest.mark.parametrize("query", [case[1] for case in MISSED], ids=[case[0] for case in MISSED])
def test_nothing_is_missed_between_loading_and_asking(public: Path, serving: Start, query: str) -> None:
    """A page says what it shows, and is told at once when that is no longer so."""
    running = serving(public)
    running.hub.built(["index.html"])
    running.hub.built(["topics/iraq/index.html"])

    assert [("faults", []), ("reload", None)] == events(running, query, 2)


def test_a_page_opened_while_broken_hears_of_the_fault(public: Path, serving: Start) -> None:
    """Faults are a state: who comes late is told as well, and everybody when they are mended."""
    running = serving(public)
    running.hub.built(["index.html"])
    fault = Shown("content/a.md", 2, "There is no topic.", "", ((1, "one"), (2, "two")))
    running.hub.failed((fault,))
    heard = events(running, "session=s&build=1&page=/", 2, lambda: running.hub.built([]))
    told = {**fault._asdict(), "excerpt": [[1, "one"], [2, "two"]]}

    assert [("faults", [told]), ("faults", [])] == heard


def test_a_hundred_pages_hear_at_once_and_leave_nothing(public: Path, serving: Start) -> None:
    """Every open page is told within half a second, and a closed one is forgotten."""
    running = serving(public)
    running.hub.built(["index.html"])
    ask = f"GET /__dateline/events?session=s&build=1&page=/ HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n\r\n"
    streams = [socket.create_connection(("127.0.0.1", running.port), timeout=5) for _ in range(100)]
    for stream in streams:
        stream.sendall(ask.encode())
    wait_for(lambda: running.hub.listeners() == 100)
    began = time.monotonic()
    running.hub.built(["index.html"])
    for stream in streams:
        received = b""
        while b"event: reload" not in received:
            received += stream.recv(4096)
    took = time.monotonic() - began
    for stream in streams:
        stream.close()
    wait_for(lambda: running.hub.listeners() == 0)

    assert took < 0.5


def test_an_alt_click_is_passed_on(public: Path, serving: Start) -> None:
    """The page's address goes on without the base path, the sentence as it was shown."""
    running = serving(public, base_path="/briefs")
    status, body = running.order({"address": "/briefs/topics/iraq/", "text": "A sentence."})

    assert (200, {"said": "Opened it"}) == (status, json.loads(body))
    assert [("/topics/iraq/", "A sentence.", "", 0)] == [tuple(order) for order in running.orders]


def test_a_fault_that_is_shown_can_be_opened_and_no_other_file(public: Path, serving: Start) -> None:
    """Only places the overlay names can be opened by their path."""
    running = serving(public)
    running.hub.failed((Shown("content/a.md", 3, "Wrong.", ""),))
    shown, _ = running.order({"path": "content/a.md", "line": 3})
    other, _ = running.order({"path": "../secret", "line": 1})

    assert (200, 403) == (shown, other)


ORDERS = [
    ("another site", {"address": "/", "text": "x"}, "http://evil.example", 403),
    ("a sandboxed frame", {"address": "/", "text": "x"}, "null", 403),
    ("another port", {"address": "/", "text": "x"}, "http://127.0.0.1:1", 403),
    ("no origin", {"address": "/", "text": "x"}, "", 403),
    ("not an order", ["x"], None, 400),
    ("no text", {"address": "/"}, None, 400),
    ("an address that climbs out", {"address": "/../x", "text": "x"}, None, 400),
    ("half a letter", {"address": "/\ud800", "text": "x"}, None, 200),
    ("too much", {"address": "/", "text": "x" * 20_000}, None, 400),
]


@pytest.mark.parametrize(("what", "origin", "status"), [case[1:] for case in ORDERS], ids=[case[0] for case in ORDERS])
def test_orders_come_from_our_own_pages_only(
    public: Path, serving: Start, what: object, origin: str | None, status: int
) -> None:
    """The one request that does something is taken from the preview's own pages, and only when it makes sense."""
    running = serving(public)

    assert status == running.order(what, origin)[0]


def test_a_sentence_whose_place_is_unknown_is_said_so(public: Path, serving: Start) -> None:
    """Not every word of a page stands in the content."""
    status, body = serving(public, answer=None).order({"address": "/", "text": "Topics"})

    assert (404, {"said": "The place in the content is not known."}) == (status, json.loads(body))


def test_the_server_ends_with_streams_open(public: Path) -> None:
    """Ctrl-C does not wait for browsers to go away."""
    running = Running(public)
    with socket.create_connection(("127.0.0.1", running.port)) as stream:
        stream.sendall(f"GET /__dateline/events?page=/ HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n\r\n".encode())
        wait_for(lambda: running.hub.listeners() == 1)
        began = time.monotonic()
        running.stop()

        assert time.monotonic() - began < 2
