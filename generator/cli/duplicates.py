"""Say which pairs of reports are the same wire story.

FILE has rows with id, a and b, where a and b have title and body. One JSON line is printed for each: id and same.

Example:
  dateline duplicates --jsonl pairs.jsonl > same.jsonl
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from generator.ingest.duplicates import Report, is_same, likeness, report
from generator.ingest.rows import NAME, OBJECT, Column, rows_of

_REPORT = Column(OBJECT, required=True, within=(("id", Column(NAME)), ("title", Column()), ("body", Column())))
_ROW = {"id": Column(NAME, required=True), "a": _REPORT, "b": _REPORT}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.add_argument("--jsonl", type=Path, required=True, metavar="FILE", help="rows with id, a and b")


def run(options: argparse.Namespace) -> int:
    """Print the verdict on every pair."""
    for row in rows_of(options.jsonl, _ROW):
        one, other = _report(row["a"]), _report(row["b"])
        share = round(likeness(one, other), 3)
        print(json.dumps({"id": row["id"], "same": int(is_same(one, other)), "share": share}, ensure_ascii=False))
    return 0


def _report(row: dict[str, Any]) -> Report:
    return report(str(row.get("id") or ""), "", row.get("title") or "", row.get("body") or "")
