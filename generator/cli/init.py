"""Make a new site: a small example to write over, or with --sample the whole sample site.

Examples:
  dateline init mysite && cd mysite && dateline serve
  dateline init mysite --sample
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from pathlib import Path

from generator.errors import UsageError
from generator.files import bundled, is_leaving, replace_file, walk

GOOD = 0
IGNORED = "gitignore.txt"
INBOX = "content/inbox"
LEFT_AT_HOME = ("content/inbox/", "content/ingested.jsonl")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("folder", metavar="DIR", help="the new site's folder; it must not hold anything yet")
    parser.add_argument("--sample", action="store_true", help="the whole sample site instead of the small example")


def run(options: argparse.Namespace) -> int:
    """Copy the example and say what to do next."""
    folder = Path(options.folder)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file. Name a folder that does not exist yet.")
    standing = sorted(place.name for place in folder.iterdir() if not is_leaving(place.name)) if folder.exists() else []
    if standing:
        raise UsageError(f"{folder} holds {standing[0]} already. Name a folder that does not exist yet, or is empty.")
    copied = 0
    for place, target in _sample() if options.sample else _starter():
        if target == ".gitignore" and (folder / target).exists():
            continue
        replace_file(str(folder.resolve() / target), place.read_bytes())
        copied += 1
    # Raw files go here; the folder is no part of the site, so no file of the example lies in it.
    (folder / INBOX).mkdir(parents=True, exist_ok=True)
    print(f"Made {folder}: {copied} files.")
    print(f"Look at it:  cd {shlex.quote(str(folder))} && dateline serve")
    return GOOD


def _starter() -> Iterator[tuple[Path, str]]:
    starter = _folder()
    for stat in walk(starter):
        yield starter / stat.path, ".gitignore" if stat.path == IGNORED else stat.path


def _sample() -> Iterator[tuple[Path, str]]:
    sample = bundled("sample")
    yield sample / "site.yaml", "site.yaml"
    yield _folder() / IGNORED, ".gitignore"
    for stat in walk(sample, "content"):
        if not stat.path.startswith(LEFT_AT_HOME):
            yield sample / stat.path, stat.path


def _folder() -> Path:
    return Path(__file__).resolve().parent.parent / "starter"
