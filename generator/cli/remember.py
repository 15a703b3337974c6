"""What a source repeats, told after a batch, and written into its file when a person asks for it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.files import read_bytes, replace_file
from generator.ingest.batch import Lines
from generator.ingest.desk import Desk
from generator.load.scan import CONTENT
from generator.registry.carry import with_front
from generator.registry.front import with_items

MOST_SHOWN = 5
LONGEST_SHOWN = 72


def tell_repeated(lines: Lines, desk: Desk, options: argparse.Namespace) -> None:
    """Say which lines of a source were left out because it repeats them, or put them into its file."""
    out = sys.stderr if options.json else sys.stdout
    for key, found in lines.items():
        path = f"{CONTENT}/{desk.sources[key].path}"
        if options.remember and not options.dry_run:
            _write(desk.root / path, found)
            print(f"{path}: {_counted(found)} more under boilerplate.", file=out)
            continue
        print(f"{key} repeats {_counted(found)}, left out of every article:", file=out)
        for line in found[:MOST_SHOWN]:
            print(f"  {line if len(line) <= LONGEST_SHOWN else f'{line[: LONGEST_SHOWN - 1]}…'}", file=out)
        if len(found) > MOST_SHOWN:
            print(f"  and {len(found) - MOST_SHOWN} more", file=out)
        print(f"To keep them in {path}: the same command with --remember", file=out)


def _write(place: Path, lines: Sequence[str]) -> None:
    text = read_bytes(str(place)).decode("utf-8")
    changed = with_front(text, lambda front: with_items(front, "boilerplate", list(lines)))
    replace_file(str(place), changed.encode("utf-8"))


def _counted(lines: Sequence[str]) -> str:
    return f"{len(lines)} line{'' if len(lines) == 1 else 's'}"
