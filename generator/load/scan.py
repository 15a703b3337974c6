"""Which files a site's content consists of, by kind; nothing is opened here."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.errors import WARNING, Diagnostic
from generator.files import FileStat, walk

CONTENT = "content"
KINDS = {
    "articles": "article",
    "topics": "topic",
    "sources": "source",
    "briefings": "briefing",
    "pages": "page",
}
FLAT = ("topics", "sources", "briefings", "pages")
STATIC = "static"
BESIDE = "beside"
INBOX = "inbox"
# What tells people something about the folder, and the list of raw files taken in: no part of the site.
NOTICES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "README.md", "NOTICE", "ingested.jsonl")


class ContentFile(NamedTuple):
    """A file to parse: its kind (`article`, `topic` …), its path relative to `content/`, its stat."""

    kind: str
    path: str
    stat: FileStat


class Scan(NamedTuple):
    """The files of `content/`: those to parse, those passed on as they are, and what lies where nothing reads it.

    The stats of `static` and `beside` name paths relative to `content/`.
    """

    files: tuple[ContentFile, ...]
    static: tuple[FileStat, ...]
    beside: tuple[FileStat, ...]
    faults: tuple[Diagnostic, ...]


def scan(root: str | Path) -> Scan:
    """Return what the `content/` of the site at `root` holds, sorted by path; its inbox is left out."""
    return sort_out(walk(os.path.join(os.fspath(root), CONTENT)))


def kind_of(path: str) -> str:
    """Return what the content file at `path` is: a kind to parse, `static`, `beside`, or "" where nothing reads it."""
    folder, _, rest = path.partition("/")
    if not rest or folder == INBOX:
        return ""
    if folder == STATIC:
        return STATIC
    if folder not in KINDS:
        return ""
    if not rest.endswith(".md"):
        return BESIDE
    return "" if folder in FLAT and "/" in rest else KINDS[folder]


def sort_out(found: Iterable[FileStat]) -> Scan:
    """Return files, their paths relative to `content/`, by what they are."""
    files: list[ContentFile] = []
    static: list[FileStat] = []
    beside: list[FileStat] = []
    faults: list[Diagnostic] = []
    for stat in found:
        kind = kind_of(stat.path)
        if kind == STATIC:
            static.append(stat)
        elif kind == BESIDE:
            beside.append(stat)
        elif kind:
            files.append(ContentFile(kind, stat.path, stat))
        else:
            faults += _ignored(stat.path)
    return Scan(tuple(files), tuple(static), tuple(beside), tuple(faults))


def _ignored(path: str) -> Iterator[Diagnostic]:
    folder = path.partition("/")[0]
    if folder == INBOX or path in NOTICES:
        return
    where = f"content/{folder}/ itself" if folder in FLAT else f"one of {', '.join((*KINDS, STATIC, INBOX))}"
    yield Diagnostic(f"{CONTENT}/{path}", 0, "Nothing reads this file.", f"Put it into {where}.", WARNING)
