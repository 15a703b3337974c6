"""Clean raw files: write each one's article as Markdown and what it says of itself as JSON.

Each PATH is a saved web page, a scraped text, a folder of them, or - for standard input; gzip is unpacked.
Writes STEM.md (the body) and STEM.json (title, dek, date, authors, language, url, source; null for unknown).

Example:
  dateline extract saved/page.html.gz notes.txt --out cleaned
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from generator.errors import IngestError
from generator.ingest.extracted import Extracted, extract
from generator.ingest.inputs import Input, gather
from generator.ingest.raw import KINDS, told


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")
    parser.add_argument("--kind", choices=KINDS, help="take every input for this, whatever it looks like")
    parser.add_argument("--json", action="store_true", help="also print one JSON line for each input")


def run(options: argparse.Namespace) -> int:
    """Extract every input; a bad one is reported and does not stop the rest."""
    failed = 0
    written: dict[str, str] = {}
    for one in gather(options.paths, sys.stdin.buffer):
        try:
            for number, item in enumerate(one.items(options.kind or ""), 1):
                stem = _stem(one, number, written)
                found = extract(item)
                _write(options.out, stem, found)
                if options.json:
                    print(json.dumps({"id": stem, **found.as_json()}, ensure_ascii=False))
        except IngestError as fault:
            print(told(fault, one.name, one.where), file=sys.stderr)
            failed += 1
    return 1 if failed else 0


def _stem(one: Input, number: int, written: dict[str, str]) -> str:
    """Return the name of what is written for an input's first report, its second one, and so on."""
    stem = one.stem if number == 1 else f"{one.stem}-{number}"
    if stem in written:
        raise IngestError(
            f"{one.where}: {written[stem]} is written as {stem}.md already. Use another --out for this one."
        )
    written[stem] = one.where
    return stem


def _write(folder: Path, stem: str, found: Extracted) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{stem}.md").write_text(found.body, encoding="utf-8")
    text = json.dumps(found.as_json(), ensure_ascii=False, indent=1)
    (folder / f"{stem}.json").write_text(text + "\n", encoding="utf-8")
