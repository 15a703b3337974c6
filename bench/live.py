"""From save to served: how long after a file is written the preview answers with the new text.

    python -m bench.live                      the sample site
    python -m bench.live --site DIR -n 50     another one; DIR is copied, never touched

A save is one write in place. The clock starts before it and stops when an answer over HTTP holds the new text. It is
asked every two milliseconds over one connection: asking without a pause would keep the server from building.
"""

from __future__ import annotations

import argparse
import http.client
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
ADDRESS = re.compile(rb"Look at http://127\.0\.0\.1:(\d+)(\S*)/ ")
GIVE_UP_AFTER = 30.0
PAUSE = 0.12
ASK_EVERY = 0.002


class Kind(NamedTuple):
    """One kind of edit: the file, its text for the nth time, the address that shows it, and what to look for there."""

    name: str
    path: str
    text: Callable[[int], str]
    address: str
    wanted: Callable[[int], str]


def main() -> int:
    """Measure and print one row for each kind of edit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=ROOT, help="the site to measure (default: the sample site)")
    parser.add_argument("-n", "--times", type=int, default=30, help="saves of each kind (default: 30)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-live-") as folder:
        site = _copy(options.site, Path(folder) / "site")
        with _served(site) as (port, base):
            print(f"{'save -> new text served, ms':<34}{'median':>8}{'p90':>8}{'worst':>8}")
            for kind in _kinds(site):
                times = _measured(kind, site, port, base, options.times)
                worst = sorted(times)
                p90 = worst[min(len(worst) - 1, int(len(worst) * 0.9))]
                print(f"{kind.name:<34}{statistics.median(times):>8.1f}{p90:>8.1f}{worst[-1]:>8.1f}")
    return 0


def _kinds(site: Path) -> Iterator[Kind]:
    article = sorted((site / "content" / "articles").rglob("20*/**/*.md"))[-1]
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


def _measured(kind: Kind, site: Path, port: int, base: str, times: int) -> list[float]:
    place = site / kind.path
    before = place.read_text(encoding="utf-8")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=GIVE_UP_AFTER)
    took = []
    for number in range(1000, 1000 + times):
        text = kind.text(number)
        began = time.perf_counter()
        place.write_text(text, encoding="utf-8")
        _wait(connection, f"{base}/{kind.address}", kind.wanted(number).encode(), began)
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


@contextmanager
def _served(site: Path) -> Iterator[tuple[int, str]]:
    """Serve a site and yield port and base path; the preview's words go to a file."""
    command = [sys.executable, "-m", "generator.cli.main", "serve", "--root", str(site)]
    said = site.parent / "said.txt"
    with said.open("wb") as words:
        process = subprocess.Popen(command, cwd=ROOT, stdout=words, stderr=subprocess.STDOUT)
    try:
        while (found := ADDRESS.search(said.read_bytes())) is None:
            if process.poll() is not None:
                raise SystemExit(said.read_text(encoding="utf-8"))
            time.sleep(0.01)
        yield int(found[1]), found[2].decode()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=15)


def _copy(site: Path, place: Path) -> Path:
    for name in ("content", "themes"):
        if (site / name).is_dir():
            shutil.copytree(site / name, place / name, ignore=shutil.ignore_patterns("inbox"))
    shutil.copy(site / "site.yaml", place)
    return place


if __name__ == "__main__":
    sys.exit(main())
