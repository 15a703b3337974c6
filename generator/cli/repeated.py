"""Say which lines a source repeats on its pages, so that ingest can leave them out.

Each PATH is a scraped text of one source, or a folder of them. Printed are the lines that would be kept in at least
--least of them, as the list `boilerplate` for the source's file in content/sources/.

Example:
  dateline repeated saved/post
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from generator.errors import IngestError
from generator.ingest.inputs import gather
from generator.ingest.raw import TEXT, told
from generator.ingest.repeated import LEAST_TEXTS, repeated_lines
from generator.text import frontmatter


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a text of the source, a folder of them, or -")
    parser.add_argument(
        "--least", type=int, default=LEAST_TEXTS, metavar="N", help="how many texts must have a line (default: 3)"
    )


def run(options: argparse.Namespace) -> int:
    """Print the list; a bad file is reported and does not stop the rest."""
    faults: list[str] = []
    lines = repeated_lines(_texts(options.paths, faults), options.least)
    for fault in faults:
        print(fault, file=sys.stderr)
    if lines:
        print(frontmatter.dump({"boilerplate": list(lines)}), end="")
    else:
        print("No line stands in that many of the texts.", file=sys.stderr)
    return 1 if faults else 0


def _texts(paths: list[str], faults: list[str]) -> Iterator[str]:
    for one in gather(paths, sys.stdin.buffer):
        try:
            yield from (item.text for item in one.items() if item.kind == TEXT)
        except IngestError as fault:
            faults.append(told(fault, one.name, one.where))
