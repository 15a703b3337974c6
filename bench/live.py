"""From save to served: how long after a file is written the preview answers with the new text, and a browser shows it.

    python -m bench.live                      the sample site
    python -m bench.live --site DIR -n 50     another one; DIR is copied, never touched
    python -m bench.live --articles 10000     a site of the benchmark's corpus

A save is one write in place. The clock starts before it and stops when an answer over HTTP holds the new text. It is
asked every two milliseconds over one connection: asking without a pause would keep the server from building. In
Chromium it stops with the first frame drawn after the text is on the page that was open.
The start is that of a new process over the caches of the one before, until its first page has come whole.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.layouts import write_site

ROOT = Path(__file__).resolve().parents[1]
ADDRESS = re.compile(rb"Look at http://127\.0\.0\.1:(\d+)(\S*)/ ")
GIVE_UP_AFTER = 30.0
PAUSE = 0.12
REST = 6.0
SEED = 7
ASK_EVERY = 0.002


class Kind(NamedTuple):
    """One kind of edit: the file, its text for the nth time, the address that shows it, and what to look for there."""

    name: str
    path: str
    text: Callable[[int], str]
    address: str
    wanted: Callable[[int], str]


def main() -> int:
    """Measure and print one row for each kind of edit, for the start and for the browser."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=ROOT, help="the site to measure (default: the sample site)")
    parser.add_argument("--articles", type=int, default=0, help="measure a site of the corpus with so many instead")
    parser.add_argument("-n", "--times", type=int, default=30, help="saves of each kind (default: 30)")
    parser.add_argument("--browser", default="/usr/bin/chromium", help="Chromium (default: /usr/bin/chromium)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-live-") as folder:
        site = Path(folder) / "site"
        if options.articles:
            write_site("dateline", site, options.articles, seed=SEED)
            _arrange(site)
        else:
            _copy(options.site, site)
        print(f"{'milliseconds':<42}{'median':>8}{'p90':>8}{'worst':>8}")
        with _served(site) as at:
            time.sleep(REST)
        starts = [_start(site) for _ in range(min(5, options.times))]
        _print("start to first page, warm cache", starts)
        with _served(site) as at:
            time.sleep(REST)
            for kind in _kinds(site):
                _print(f"{kind.name}: saved to served", _measured(kind, site, at, options.times))
            if Path(options.browser).exists():
                for kind in list(_kinds(site))[:2]:
                    _print(f"{kind.name}: to repainted", _repainted(kind, site, at, options))
            else:
                print(f"There is no {options.browser}; nothing is said of browsers.")
    return 0


def _arrange(site: Path) -> None:
    """Arrange the newest day of a site of the corpus, which has no briefings, with all its articles."""
    folder = sorted((site / "content" / "articles").glob("*/*/*"))[-1]
    rows = [
        f"- [Report](../{place.relative_to(site / 'content').as_posix()})\n" for place in sorted(folder.glob("*.md"))
    ]
    briefing = site / "content" / "briefings" / f"{'-'.join(folder.parts[-3:])}.md"
    briefing.parent.mkdir(exist_ok=True)
    briefing.write_text(f"---\ntitle: The day\n---\n## The day\n\n{''.join(rows)}", encoding="utf-8")


def _print(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    p90 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.9))]
    print(f"{name:<42}{statistics.median(ordered):>8.1f}{p90:>8.1f}{ordered[-1]:>8.1f}", flush=True)


def _start(site: Path) -> float:
    """Return how long a new process takes to its first page, in milliseconds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.perf_counter()
    with _process(site, "--port", str(port)):
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=GIVE_UP_AFTER)
            try:
                connection.request("GET", "/")
                answer = connection.getresponse()
                answer.read()
                break
            except OSError:
                time.sleep(ASK_EVERY)
            finally:
                connection.close()
        took = (time.perf_counter() - began) * 1000
        time.sleep(REST)
    return took


def _repainted(kind: Kind, site: Path, at: At, options: argparse.Namespace) -> list[float]:
    """Return how long after each save an open page shows it, in milliseconds."""
    from playwright.sync_api import sync_playwright

    place = site / kind.path
    before = place.read_text(encoding="utf-8")
    took = []
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=options.browser, args=arguments)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{at.port}{at.base}/{kind.address}")
        page.wait_for_timeout(500)
        for number in range(5000, 5000 + options.times):
            shows = f"() => document.body && document.body.textContent.includes({json.dumps(kind.wanted(number))})"
            text = kind.text(number)
            began = time.perf_counter()
            place.write_text(text, encoding="utf-8")
            page.wait_for_function(shows, polling="raf")
            took.append((time.perf_counter() - began) * 1000)
            page.wait_for_timeout(PAUSE * 1000)
        browser.close()
    place.write_text(before, encoding="utf-8")
    time.sleep(PAUSE * 4)
    return took


def _kinds(site: Path) -> Iterator[Kind]:
    # A copy stands in no list.
    found = sorted((site / "content" / "articles").rglob("20*/**/*.md"), reverse=True)
    article = next(place for place in found if "copy_of:" not in place.read_text(encoding="utf-8"))
    path = article.relative_to(site).as_posix()
    text = article.read_text(encoding="utf-8")
    title = _title(text)
    address = _address_of(site, path)
    yield Kind(
        "a sentence of an article",
        path,
        lambda n: f"{text}\nSentence number {n}.\n",
        address,
        "Sentence number {}.".format,
    )
    yield Kind(
        "the title of an article",
        path,
        lambda n: text.replace(title, f"{title} {n}", 1),
        address,
        lambda n: f"{title} {n}",
    )
    topic = sorted((site / "content" / "topics").glob("*.md"))[0]
    backgrounder = topic.read_text(encoding="utf-8")
    yield Kind(
        "a topic's backgrounder",
        topic.relative_to(site).as_posix(),
        lambda n: f"{backgrounder}\nSentence number {n}.\n",
        f"topics/{topic.stem}/",
        "Sentence number {}.".format,
    )
    briefing = sorted((site / "content" / "briefings").glob("*.md"))[-1]
    day = briefing.read_text(encoding="utf-8")
    yield Kind(
        "a day's arrangement",
        briefing.relative_to(site).as_posix(),
        lambda n: f"{day}\nSentence number {n}.\n",
        f"briefings/{briefing.stem.replace('-', '/')}/",
        "Sentence number {}.".format,
    )
    style = site / "themes" / "dateline" / "static" / "style.css"
    if style.is_file():
        rules = style.read_text(encoding="utf-8")
        name = style.relative_to(site).as_posix()
        yield Kind("a style", name, lambda n: f"{rules}\n.n{n} {{}}\n", "assets/style.css", lambda n: f".n{n} {{}}")


def _title(text: str) -> str:
    found = re.search(r"(?m)^title: *(.+)$", text)
    assert found is not None
    return found[1].strip("'\" ")


def _address_of(site: Path, path: str) -> str:
    """Return an article's address, found by its slug in the preview."""
    slug = Path(path).stem
    folder = site / ".dateline" / "preview"
    found = sorted(folder.glob(f"articles/*/*/*/{slug}/index.html"))
    return f"{found[-1].parent.relative_to(folder).as_posix()}/"


def _measured(kind: Kind, site: Path, at: At, times: int) -> list[float]:
    place = site / kind.path
    before = place.read_text(encoding="utf-8")
    connection = http.client.HTTPConnection("127.0.0.1", at.port, timeout=GIVE_UP_AFTER)
    took = []
    for number in range(1000, 1000 + times):
        text = kind.text(number)
        began = time.perf_counter()
        place.write_text(text, encoding="utf-8")
        _wait(connection, f"{at.base}/{kind.address}", kind.wanted(number).encode(), began)
        took.append((time.perf_counter() - began) * 1000)
        time.sleep(PAUSE)
    place.write_text(before, encoding="utf-8")
    time.sleep(PAUSE * 4)
    connection.close()
    return took


def _wait(connection: http.client.HTTPConnection, address: str, wanted: bytes, began: float) -> None:
    while time.perf_counter() - began < GIVE_UP_AFTER:
        connection.request("GET", address)
        if wanted in connection.getresponse().read():
            return
        time.sleep(ASK_EVERY)
    raise SystemExit(f"{address} did not show {wanted.decode()!r} within {GIVE_UP_AFTER:.0f} s.")


class At(NamedTuple):
    """Where the preview is served."""

    port: int
    base: str


@contextmanager
def _served(site: Path) -> Iterator[At]:
    """Serve a site until the block ends; yield where, once it has said so."""
    with _process(site) as (process, said):
        while (found := ADDRESS.search(said.read_bytes())) is None or b"Not built" in said.read_bytes():
            if process.poll() is not None or found:
                raise SystemExit(said.read_text(encoding="utf-8"))
            time.sleep(0.01)
        yield At(int(found[1]), found[2].decode())


@contextmanager
def _process(site: Path, *options: str) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Run the preview until the block ends; its words go to a file."""
    command = [sys.executable, "-m", "generator.cli.main", "serve", "--root", str(site), *options]
    said = site.parent / "said.txt"
    with said.open("wb") as words:
        process = subprocess.Popen(command, cwd=ROOT, stdout=words, stderr=subprocess.STDOUT)
    try:
        yield process, said
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def _copy(site: Path, place: Path) -> Path:
    for name in ("content", "themes"):
        if (site / name).is_dir():
            shutil.copytree(site / name, place / name, ignore=shutil.ignore_patterns("inbox"))
    shutil.copy(site / "site.yaml", place)
    return place


if __name__ == "__main__":
    sys.exit(main())
