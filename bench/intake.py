"""Measure `dateline ingest FOLDER` on many raw files: half scraped texts, half saved web pages, and a few bad ones.

    python -m bench.intake [--files 10000] [--jobs 1,2] [--folder DIR]

Prints seconds and files a second, the memory of all processes together at its highest, and the same folder again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import threading
import time
from html import escape
from pathlib import Path
from tempfile import mkdtemp

from bench.corpus import SOURCE_FILES, Story, stories
from bench.layouts import dateline_body
from generator.ingest.commonmark import plain

_MENU = "Home\nWorld\nPolitics\nBusiness\nSign in\nSubscribe now for full access\n"
_FOOT = "Related articles\nMore from this section\nFollow us on social media\nPrivacy policy\nAll rights reserved\n"
_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | {site}</title>
<meta property="og:title" content="{title}"><meta property="article:published_time" content="{day}T08:00:00+00:00">
<link rel="canonical" href="https://{site}.example/{day}/{slug}"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/me">Sign in</a></li></ul></nav>
<main><article><h1>{title}</h1><p class="byline">By a correspondent</p>{body}</article>
<aside><h2>More</h2><ul><li><a href="/1">Another story of the day</a></li></ul></aside></main>
<footer><p>All rights reserved.</p></footer></body></html>
"""
_BAD = 250


def write_raw(folder: Path, total: int) -> None:
    """Write the raw files; one in 250 cannot be taken in, as among real ones."""
    folder.mkdir(parents=True)
    for story in stories(total):
        stem = folder / f"{story.day}-{story.number:06}"
        if story.number % _BAD == 0:
            stem.with_suffix(".txt").write_bytes(b"\x89PNG\x00\x01\xff" * 40)
        elif story.number % 2:
            stem.with_suffix(".txt").write_text(_text(story), encoding="utf-8")
        else:
            stem.with_suffix(".html").write_text(_page(story), encoding="utf-8")


def _text(story: Story) -> str:
    return f"{_MENU}{story.title}\n{story.summary}\n{plain(dateline_body(story))}\n{_FOOT}"


def _page(story: Story) -> str:
    body = "".join(f"<p>{escape(part)}</p>" for part in plain(dateline_body(story)).split("\n\n") if part.strip())
    return _PAGE.format(title=escape(story.title), site=story.source, day=story.day, slug=story.slug, body=body)


def write_site(folder: Path) -> None:
    """Write a site that knows the corpus's sources and the sample's topics."""
    repository = Path(__file__).resolve().parent.parent
    shutil.copytree(repository / "content/topics", folder / "content/topics")
    (folder / "content/sources").mkdir()
    for key, text in SOURCE_FILES.items():
        (folder / f"content/sources/{key}.md").write_text(text, encoding="utf-8")
    settings = "format: 1\ntitle: Intake\nbase_url: https://intake.example/\ntimezone: Asia/Baghdad\n"
    (folder / "site.yaml").write_text(settings, encoding="utf-8")


def ingest(site: Path, raw: Path, jobs: int) -> tuple[float, float, str]:
    """Return seconds, the memory of all processes together at its highest in MB, and what the command said last."""
    command = [sys.executable, "-m", "generator.cli.main", "ingest", str(raw), "--root", str(site)]
    command += ["--source", "gazette", "--jobs", str(jobs), "--now", "2020-07-01T06:00"]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        watch = _Watch(process.pid)
        said, _ = process.communicate()
    return time.perf_counter() - began, watch.highest, (said.strip().splitlines() or [""])[0]


class _Watch(threading.Thread):
    """Looks at a process and its children while they live."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.highest = 0.0
        self._pid = pid
        self.start()

    def run(self) -> None:
        while os.path.exists(f"/proc/{self._pid}"):
            try:
                children = Path(f"/proc/{self._pid}/task/{self._pid}/children").read_text().split()
                self.highest = max(self.highest, sum(map(_own_memory, [str(self._pid), *children])))
            except OSError:
                return
            time.sleep(0.2)


def _own_memory(pid: str) -> float:
    """Return the memory of a process in MB, its share of what it has in common with others counted once."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(row.split()[1]) / 1024 for row in rows if row.startswith("Pss:")), 0.0)


def main() -> int:
    """Measure each number of processes on a fresh site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--jobs", default="1,2")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(mkdtemp(prefix="intake-"))
    raw = folder / "raw"
    if not raw.exists():
        write_raw(raw, options.files)
    print("| jobs | run | seconds | files/s | memory MB | said |\n| ---: | --- | ---: | ---: | ---: | --- |")
    for jobs in map(int, options.jobs.split(",")):
        site = folder / f"site-{jobs}"
        shutil.rmtree(site, ignore_errors=True)
        write_site(site)
        for name in ("first", "again"):
            seconds, memory, said = ingest(site, raw, jobs)
            print(f"| {jobs} | {name} | {seconds:.1f} | {options.files / seconds:,.0f} | {memory:.0f} | {said} |")
    if options.folder is None:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
