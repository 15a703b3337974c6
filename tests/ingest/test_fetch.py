"""Fetching one page: public addresses only, judged before any packet goes out; size and time have an end."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator.errors import IngestError
from generator.ingest import fetch as fetch_module
from generator.ingest.facts import Said
from generator.ingest.fetch import Limits, fetch
from generator.ingest.inputs import Input, gather
from generator.ingest.reachable import addresses_of, is_public, place_of
from generator.ingest.run import FAILED, KNOWN, WRITTEN, Desk, take_all
from tests.ingest.conftest import desk_of

PUBLIC = "93.184.216.34"
MINE = Limits(most_bytes=200_000, longest=3.0, private=True)


class Answers(BaseHTTPRequestHandler):
    """A server that behaves as the path says."""

    protocol_version = "HTTP/1.1"
    page = ""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        name, _, rest = self.path.lstrip("/").partition("/")
        getattr(self, f"say_{name}")(rest)

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def say_page(self, _: str) -> None:
        self.send(200, self.page.encode())

    def say_packed(self, _: str) -> None:
        self.send(200, gzip.compress(self.page.encode()), Content_Encoding="gzip")

    def say_old(self, _: str) -> None:
        self.send(200, "<p>Şehir ışık ve gölge</p>".encode("cp1254"), Content_Type="text/html; charset=windows-1254")

    def say_lie(self, _: str) -> None:
        self.send(200, "<p>Şehir</p>".encode("utf-16"))

    def say_to(self, rest: str) -> None:
        self.send(302, b"", Location=rest)

    def say_loop(self, _: str) -> None:
        self.send(302, b"", Location="/loop")

    def say_hops(self, rest: str) -> None:
        self.send(302, b"", Location=f"/hops/{int(rest) - 1}" if int(rest) > 1 else "/page")

    def say_bomb(self, _: str) -> None:
        self.send(200, gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")

    def say_picture(self, _: str) -> None:
        self.send(200, b"\0\1", Content_Type="application/octet-stream")

    def say_lost(self, _: str) -> None:
        self.send(404, b"")

    def _pour(self, head: bytes, piece: bytes, pause: float) -> None:
        self.close_connection = True
        try:
            self.wfile.write(head)
            for _ in range(100_000):
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(pause)
        except OSError:
            pass

    def say_endless(self, _: str) -> None:
        self._pour(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"x" * 4096 + b"\r\n", 0)

    def say_slow(self, _: str) -> None:
        self._pour(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x", 0.2)

    def say_slowhead(self, _: str) -> None:
        self._pour(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x", 0.2)

    def say_cut(self, _: str) -> None:
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<p>The first half")

    def say_cutchunk(self, _: str) -> None:
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>Th\r\n")

    def say_cutpack(self, _: str) -> None:
        self.send(200, gzip.compress(self.page.encode())[:400], Content_Encoding="gzip")

    def say_more(self, _: str) -> None:
        self._pour(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", b"x" * 4096, 0)


@pytest.fixture
def server(page: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Answers, "page", page)
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as serving:
        serving.daemon_threads = True
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()


@pytest.fixture
def no_packet(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*place: object, **_: object) -> None:
        raise AssertionError(f"a packet went to {place}")

    monkeypatch.setattr(socket, "create_connection", forbidden)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost./", "http://[::1]/", "http://0/", "http://127.1/", "http://0x7f000001/",
        "http://0177.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::a00:1]/", "http://169.254.169.254/x",
        "http://100.64.0.1/", "http://224.0.0.1/", "http://router/", "http://printer.local/", "http://a.example:22/",
        "http://name@a.example/", "http://a.example\\@b.example/", "http://a b.example/", "http://①⓪.0.0.1/",
        "http://127。0。0。1/", "http://a%00.example/", "http:///x", "ftp://a.example/", "file:///etc/passwd",
        "gopher://a.example/", "http://a.example:99999/",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("no_packet")
def test_what_is_not_of_the_public_web_is_not_asked(url: str) -> None:
    """The name alone tells, in whatever notation it is written."""
    with pytest.raises(IngestError):
        fetch(url, resolve=lambda host, port: [PUBLIC])


@pytest.mark.usefixtures("no_packet")
def test_hostile_addresses_are_refused(corpora: Path) -> None:
    """Every address of the collection is refused before any packet, whatever its name stands for."""
    rows = [json.loads(line) for line in (corpora / "hostile/urls_ssrf.jsonl").read_text("utf-8").splitlines()]
    urls = [
        row["url"] for row in rows if not row["url"].startswith(("redirect:", "dns:", "body:", "type:", "charset:"))
    ]
    for url in urls:
        with pytest.raises(IngestError):
            fetch(url, resolve=lambda host, port: ["127.0.0.1"])

    assert 50 < len(urls)


@pytest.mark.usefixtures("no_packet")
@pytest.mark.parametrize("answer", [["10.0.0.1"], [PUBLIC, "127.0.0.1"], ["fe80::1%eth0"], ["::ffff:192.168.0.1"]])
def test_a_name_that_stands_for_a_machine_nearby_is_refused(answer: list[str]) -> None:
    """One such answer of the name server is enough."""
    with pytest.raises(IngestError, match="no address of the public web"):
        fetch("http://news.example/", resolve=lambda host, port: answer)


def test_public_addresses_are_public() -> None:
    """Ordinary hosts are fetched, in both families, also by names in other scripts."""
    assert is_public(PUBLIC)
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")
    assert "xn--bcher-kva.example" == place_of("https://bücher.example/a?b=ü").host
    assert "/a?b=%C3%BC" == place_of("https://bücher.example/a?b=ü").target
    assert (PUBLIC,) == addresses_of(place_of("http://a.example/"), lambda host, port: [PUBLIC, PUBLIC])


def test_the_address_that_was_judged_is_the_one_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers otherwise the second time is not asked a second time."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    asked = []

    def connect(place: tuple[str, int], **_: object) -> socket.socket:
        asked.append(place)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(IngestError, match="cannot be fetched"):
        fetch("http://news.example/", resolve=lambda host, port: next(answers))
    assert [(PUBLIC, 80)] == asked


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/", "file:///etc/passwd", "//169.254.169.254/", "http://10.0.0.1/"]
)
def test_a_redirection_is_judged_too(server: str, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public page may not send us to a machine nearby."""
    port = int(server.rpartition(":")[2])
    real = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda place, **words: real(("127.0.0.1", port), **words))

    with pytest.raises(IngestError, match=r"public web|Only http"):
        fetch(f"http://news.example/to/{target}", MINE._replace(private=False), lambda host, port: [PUBLIC])


def test_a_page_is_fetched(server: str, page: str) -> None:
    """Packed or not, redirected or not; the address is where it came from in the end."""
    for path in ("page", "packed", "hops/5"):
        found = fetch(f"{server}/{path}#top", MINE)

        assert page == found.content.decode()
        assert f"{server}/page" == found.url or path == "packed"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("loop", "more than 5 times"),
        ("hops/21", "more than 5 times"),
        ("bomb", "larger than"),
        ("endless", "larger than"),
        ("slow", "nothing came in time"),
        ("slowhead", "nothing came in time"),
        ("picture", "which is no page"),
        ("lost", "answered 404"),
    ],
)
def test_what_has_no_end_has_one_here(server: str, path: str, told: str) -> None:
    """Redirections, size and time are bounded, and what is no page is refused."""
    began = time.monotonic()
    with pytest.raises(IngestError, match=told):
        fetch(f"{server}/{path}", MINE._replace(longest=1.5))

    assert 4.0 > time.monotonic() - began


@pytest.mark.parametrize("path", ["cut", "cutchunk", "cutpack"])
def test_half_a_page_is_none(server: str, path: str) -> None:
    """What breaks off is told, and not taken for the report."""
    with pytest.raises(IngestError, match=r"broke off before its end|cannot be fetched"):
        fetch(f"{server}/{path}", MINE)


def test_a_fault_names_the_address_that_was_given(desk: Desk, server: str) -> None:
    """Among many addresses the one that leads elsewhere must be found."""
    url = f"{server}/to/file:///etc/passwd"

    (taken,) = take_all(gather([url], None, MINE), Said(), desk)

    assert f'{url}: "file:///etc/passwd" is not a web address' in taken.message


def test_no_more_is_read_than_the_server_announced(server: str) -> None:
    """What comes after the length that was told is not the page."""
    assert b"x" * 10 == fetch(f"{server}/more", MINE).content


@pytest.mark.parametrize(("path", "text"), [("old", "Şehir ışık ve gölge"), ("lie", "Şehir")])
def test_the_servers_charset_counts_last(server: str, path: str, text: str) -> None:
    """A byte order mark and valid UTF-8 know better; before statistics, the server is believed."""
    (item,) = Input("x", None, url=f"{server}/{path}", limits=MINE).items()

    assert text in item.text


def test_an_address_becomes_an_article(site: Path, desk: Desk, server: str) -> None:
    """The page's own address is kept if it lies at the same host; fetched again, it is the same article's."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")

    def taken(at: Desk, *urls: str) -> list[str]:
        said = Said(source="post", date="2019-11-18")
        return [each.state for each in take_all(gather(list(urls), None, MINE), said, at)]

    assert [WRITTEN, FAILED] == taken(desk, f"{server}/page", f"{server}/lost")
    assert [KNOWN] == taken(desk_of(site), f"{server}/page")
    (article,) = (site / "content/articles").rglob("2019/11/18/*.md")
    assert f"url: {server}/page" in article.read_text("utf-8").replace('"', "")


def test_deflated_pages_are_read(monkeypatch: pytest.MonkeyPatch, server: str) -> None:
    """Servers that deflate without being asked to are understood."""

    def say(self: Answers, _: str) -> None:
        self.send(200, zlib.compress(b"<p>x</p>"), Content_Encoding="deflate")

    monkeypatch.setattr(Answers, "say_deflated", say, raising=False)

    assert b"<p>x</p>" == fetch_module.fetch(f"{server}/deflated", MINE).content
