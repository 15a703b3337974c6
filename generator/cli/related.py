"""Say which reports belong to an item.

FILE has rows with id, date and text (and title and topics, where there are any). One JSON line is printed for each: id
and related, best first. With --backwards only what came before, or on the same
day, counts, as in "earlier on this" of a site.

Example:
  dateline related --jsonl items.jsonl --backwards > related.jsonl
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from generator.ingest.related import both_ways
from generator.ingest.rows import DAY, NAME, WORD_LIST, Column, rows_of
from generator.model.matter import Item
from generator.model.related import earlier

_ROW = {
    "id": Column(NAME, required=True),
    "date": Column(DAY, required=True),
    **dict.fromkeys(("title", "text", "summary", "body"), Column()),
    "topics": Column(WORD_LIST),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.add_argument("--jsonl", type=Path, required=True, metavar="FILE", help="rows with id, date and text")
    parser.add_argument("--backwards", action="store_true", help="count only what came before an item")


def run(options: argparse.Namespace) -> int:
    """Print what belongs to each item, from old to new."""
    items = sorted(map(_item, rows_of(options.jsonl, _ROW, unique=True)), key=_age)
    found = earlier((), items) if options.backwards else both_ways(items)
    for key, related in found:
        print(json.dumps({"id": key, "related": list(related)}, ensure_ascii=False))
    return 0


def _age(item: Item) -> tuple[int, str]:
    return item.day, item.key


def _item(row: dict[str, Any]) -> Item:
    day = date.fromisoformat(row["date"][:10]).toordinal()
    text = row.get("text") or row.get("summary") or row.get("body") or ""
    return Item(str(row["id"]), day, row.get("title") or "", text, tuple(row.get("topics") or ()))
