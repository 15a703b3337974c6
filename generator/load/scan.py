"""Which files a site's content consists of, by kind; nothing is opened here."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from generator.errors import WARNING, Diagnostic
from generator.files import FileStat, walk
from generator.named import NamedTuple

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


def sort_out(found: Iterable[FileStat]) -> Scan:
    """Return files, their paths relative to `content/`, by what they are."""
    files: list[ContentFile] = []
    static: list[FileStat] = []
    beside: list[FileStat] = []
    faults: list[Diagnostic] = []
    for stat in found:
        folder, _, rest = stat.path.partition("/")
        if stat.path.endswith("/"):
            faults.extend([_linked_folder(stat.path)] if folder != INBOX else ())
        elif folder == STATIC and rest:
            static.append(stat)
        elif folder == INBOX and rest:
            continue
        elif folder in KINDS and rest:
            if not rest.endswith(".md"):
                beside.append(stat)
            elif folder in FLAT and "/" in rest:
                faults.append(_ignored(stat.path, f"Put it into content/{folder}/ itself."))
            else:
                files.append(ContentFile(KINDS[folder], stat.path, stat))
        elif stat.path not in NOTICES:
            folders = ", ".join((*KINDS, STATIC, INBOX))
            faults.append(_ignored(stat.path, f"The folders of content/ are {folders}."))
    return Scan(tuple(files), tuple(static), tuple(beside), tuple(faults))


def _linked_folder(path: str) -> Diagnostic:
    message = "The folder is a link to another one, and such links are not followed: its files would be missing."
    return Diagnostic(
        f"{CONTENT}/{path.rstrip('/')}", 0, message, f"Put the files here, or make {CONTENT}/ itself a link."
    )


def _ignored(path: str, advice: str) -> Diagnostic:
    return Diagnostic(f"{CONTENT}/{path}", 0, "Nothing reads this file.", advice, WARNING)
