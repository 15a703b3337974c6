"""Suggest topics for texts, with the words that speak for each.

Topics are those of the site in --root, else of the nearest site, from the current folder upwards, else those of the
sample site; which they are is said on standard error where it was not named. --topics reads a file of forms instead.
Each PATH is cleaned first; with --jsonl, rows with id, title and body are taken as they are.
With --json (and always with --jsonl) one JSON line is printed for each text: id, topics (best first) and evidence,
whose points add up to the score.

Example:
  dateline tag saved/page.html --json
  dateline tag --jsonl articles.jsonl > topics.jsonl
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from generator.cli.evidence import evidence_rows
from generator.cli.ingest_values import tagging_values
from generator.errors import IngestError, UsageError
from generator.ingest.commonmark import plain
from generator.ingest.extracted import extract
from generator.ingest.inputs import gather
from generator.ingest.raw import told
from generator.ingest.rows import NAME, Column, rows_of
from generator.ingest.tag import TopicScore, tag, tagger

_ROW = {"id": Column(NAME, required=True), "title": Column(), "body": Column(required=True)}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a file, a folder, or - for standard input")
    parser.add_argument("--jsonl", type=Path, metavar="FILE", help="rows with id, title and body")
    parser.add_argument("--topics", type=Path, metavar="FILE", help="a YAML file of topics and their forms")
    parser.add_argument("--root", type=Path, help="the site's folder (default: the nearest one)")
    parser.add_argument("--json", action="store_true", help="print JSON lines")


def run(options: argparse.Namespace) -> int:
    """Print the topics of every text; a bad file is reported and does not stop the rest."""
    if bool(options.paths) == bool(options.jsonl):
        raise UsageError("Give either paths or --jsonl FILE.")
    values = tagging_values(options.root, options.topics)
    if values.told:
        print(values.told, file=sys.stderr)
    by = tagger(values.topics, values.rules)
    if options.jsonl:
        for row in rows_of(options.jsonl, _ROW):
            _print(str(row["id"]), tag(row.get("title") or "", row["body"], by), as_json=True)
        return 0
    failed = 0
    for one in gather(options.paths, sys.stdin.buffer):
        try:
            for item in one.items():
                found = extract(item)
                _print(one.stem, tag(found.title, plain(found.body), by), as_json=options.json)
        except IngestError as fault:
            print(told(fault, one.name, one.where), file=sys.stderr)
            failed += 1
    return 1 if failed else 0


def _print(name: str, found: tuple[TopicScore, ...], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_row(name, found), ensure_ascii=False))
        return
    print(name)
    for row in evidence_rows(found) or ["  no topic"]:
        print(row)


def _row(name: str, found: tuple[TopicScore, ...]) -> dict[str, Any]:
    return {
        "id": name,
        "topics": [each.topic for each in found],
        "scores": {each.topic: each.score for each in found},
        "evidence": {each.topic: [row._asdict() for row in each.evidence] for each in found},
    }
