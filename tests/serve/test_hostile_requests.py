"""Every request of the corpus of hostile requests, sent as bytes to a running preview."""

from __future__ import annotations

import json
import os
import re
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.serve.running import PAGE, Running

CORPORA = Path(os.environ.get("DATELINE_CORPORA", Path(__file__).parents[3] / "shared" / "corpora"))
FILE = CORPORA / "hostile" / "http_requests.jsonl"
CANARY = b"canary-5f1c"
ANSWER_WITHIN = 3.0

pytestmark = pytest.mark.skipif(
    not FILE.is_file(), reason=f"NOT RUN: there is no corpus of hostile requests at {FILE}; set DATELINE_CORPORA."
)


def rows() -> list[dict[str, Any]]:
    if not FILE.is_file():
        return []
    with FILE.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Any:
    top = tmp_path_factory.mktemp("hostile")
    canary = CANARY.decode()
    inside = {
        "index.html": PAGE.format(title="Home", body="<p>Home"),
        "dir/index.html": PAGE.format(title="Folder", body="<p>Folder"),
        "app.js": "let x = 1;",
        "search.json": "[]",
        ".env": canary,
        ".git/config": canary,
    }
    outside = {
        "secret.txt": canary,
        "public-secret/secret.txt": canary,
        "config.yaml": canary,
        "content/draft.md": canary,
    }
    for place, text in {**{f"public/{name}": text for name, text in inside.items()}, **outside}.items():
        (top / place).parent.mkdir(parents=True, exist_ok=True)
        (top / place).write_text(text, encoding="utf-8")
    (top / "public" / "big.bin").write_bytes(b"\0" * 40_000_000)
    (top / "public" / "link-out.txt").symlink_to("../secret.txt")
    (top / "public" / "linkdir-out").symlink_to("../public-secret")
    running = Running(top / "public")
    running.hub.built(["index.html"])
    yield running
    running.stop()


def exchange(port: int, raw: str) -> bytes:
    """Return every byte that comes back until the server closes, or has been silent for a while."""
    sent = raw.replace("{port}", str(port)).replace("{reload}", "/__dateline/events").encode("latin-1")
    with socket.create_connection(("127.0.0.1", port), timeout=ANSWER_WITHIN) as connection:
        try:
            connection.sendall(sent)
        except OSError:
            pass  # The server may refuse before it has read all.
        received = b""
        quiet = ANSWER_WITHIN
        while True:
            connection.settimeout(quiet)
            try:
                chunk = connection.recv(65536)
            except (TimeoutError, ConnectionResetError):
                return received
            if not chunk:
                return received
            received += chunk
            quiet = 0.2


def status_of(answer: bytes) -> int:
    found = re.match(rb"HTTP/1\.[01] ([0-9]{3})", answer)
    return int(found[1]) if found else 0


def head_and_body(answer: bytes) -> tuple[bytes, bytes]:
    head, _, body = answer.partition(b"\r\n\r\n")
    return head.lower(), body


def is_client_fault(status: int) -> bool:
    return 400 <= status < 500


def one_of(*allowed: int) -> Callable[[bytes], bool]:
    return lambda answer: status_of(answer) in allowed


def has_no_body(answer: bytes) -> bool:
    return head_and_body(answer)[1] == b""


def locations(answer: bytes) -> list[bytes]:
    return re.findall(rb"\r\nlocation: *([^\r]*)", b"\r\n" + head_and_body(answer)[0])


EXPECTED: dict[str, Callable[[bytes], bool]] = {
    "no_leak": lambda answer: CANARY not in answer,
    "4xx": lambda answer: is_client_fault(status_of(answer)),
    "4xx_no_content": lambda answer: is_client_fault(status_of(answer)) and b"<p>Home" not in answer,
    "4xx_or_404": lambda answer: is_client_fault(status_of(answer)),
    "4xx_or_close_no_crash": lambda answer: answer == b"" or is_client_fault(status_of(answer)),
    "200_or_4xx": lambda answer: status_of(answer) == 200 or is_client_fault(status_of(answer)),
    "not_5xx": lambda answer: 100 <= status_of(answer) < 500,
    "405_or_501_no_echo": lambda answer: status_of(answer) in (405, 501) and b"X-Secret" not in answer,
    "no_foreign_location": lambda answer: all(re.match(rb"/[^/\\]", place) for place in locations(answer)),
    "no_injected_header": lambda answer: (
        not re.search(rb"\r\n(set-cookie|x-injected|location: *http)", head_and_body(answer)[0])
    ),
    "no_reflection": lambda answer: b"xss(1)" not in answer,
    "ignored": lambda answer: status_of(answer) == 200 and b"evil.example" not in answer,
    "no_acao": lambda answer: b"access-control-allow-origin" not in head_and_body(answer)[0],
    "200_frame_denied": lambda answer: status_of(answer) == 200 and b"x-frame-options:" in head_and_body(answer)[0],
    "400_405_501_single_response": lambda answer: (
        status_of(answer) in (400, 405, 501) and answer.count(b"HTTP/1.1 ") == 1
    ),
    "200_no_body": lambda answer: status_of(answer) == 200 and has_no_body(answer),
    "404_no_body": lambda answer: status_of(answer) == 404 and has_no_body(answer),
    "no_body": has_no_body,
    "no_body_and_closes": has_no_body,
}


def accepts(expect: str) -> Callable[[bytes], bool]:
    if expect in EXPECTED:
        return EXPECTED[expect]
    words = expect.replace("_or_", "_").removesuffix("_fast").split("_")
    return one_of(*(int(word) for word in words))


@pytest.mark.parametrize("row", [row for row in rows() if "behaviour" not in row], ids=lambda row: row["id"])
def test_a_hostile_request_is_answered_as_it_deserves(running: Running, row: dict[str, Any]) -> None:
    """The rules of the corpus: no byte from outside, no foreign name, no order from others, no crash."""
    began = time.perf_counter()
    answer = exchange(running.port, row["raw"])
    took = time.perf_counter() - began

    assert CANARY not in answer
    assert accepts(row["expect"])(answer), (row["expect"], answer[:300])
    assert status_of(answer) < 500
    if row["expect"].endswith("_fast"):
        assert took < 0.5


def test_a_large_file_is_sent_whole(running: Running) -> None:
    """Large files are streamed, and every byte arrives."""
    status, headers, body = running.ask("/big.bin")

    assert (200, "40000000", 40_000_000) == (status, headers["content-length"], len(body))


def test_a_reader_who_stalls_holds_up_nobody(running: Running) -> None:
    """A reader who takes one byte of a large file and stops keeps neither readers nor a build waiting."""
    with socket.create_connection(("127.0.0.1", running.port)) as stalled:
        stalled.sendall(f"GET /big.bin HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n\r\n".encode())
        assert stalled.recv(1)
        began = time.perf_counter()
        running.hub.built(["index.html"])
        status, _, _ = running.ask("/")

        assert (200, True) == (status, time.perf_counter() - began < 0.5)


def test_idle_connections_hold_up_nobody(running: Running) -> None:
    """Two hundred connections that say nothing leave a request as quick as before."""
    idle = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(200)]
    try:
        began = time.perf_counter()
        status, _, _ = running.ask("/")

        assert (200, True) == (status, time.perf_counter() - began < 0.5)
    finally:
        for connection in idle:
            connection.close()


def test_callers_who_hang_up_leave_nothing_behind(running: Running, capfd: pytest.CaptureFixture[str]) -> None:
    """A thousand connections reset at once leave no trace on the terminal and no connection open."""
    for _ in range(1000):
        connection = socket.create_connection(("127.0.0.1", running.port))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.close()
    status, _, _ = running.ask("/")

    assert (200, "") == (status, capfd.readouterr().err)


def test_a_caller_who_half_closes_is_let_go(running: Running) -> None:
    """Who closes after the request line gets the connection closed, not kept."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        connection.shutdown(socket.SHUT_WR)

        assert connection.recv(1000) == b""


def test_a_caller_who_dawdles_is_sent_away(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request must be whole in time, however steadily its bytes drip."""
    monkeypatch.setattr("generator.serve.server.HEAD_WITHIN", 0.5)
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as connection:
        began = time.monotonic()
        for byte in b"GET / HTTP/1.1\r\nHost: localhost" * 3:
            try:
                connection.sendall(bytes([byte]))
            except OSError:
                break
            time.sleep(0.05)
            if time.monotonic() - began > 3:
                break

        assert time.monotonic() - began < 2
