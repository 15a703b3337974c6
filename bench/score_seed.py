"""Compare the one real example with what a person made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bench.scorers import corpora
from generator.ingest.commonmark import plain
from generator.ingest.extracted import from_text

_STRAIGHT = str.maketrans("“”’‘", "\"\"''")


def report() -> Iterator[str]:
    """Yield one line for each thing that must be exact."""
    folder = corpora() / "seed"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    found = from_text((folder / "raw.txt").read_text("utf-8"))
    body = plain(found.body)
    yield _row("title", expected["title"], found.title)
    yield _row("dek", expected["dek"], found.dek)
    yield _row("date, which the text does not state", "", found.date)
    yield _row("paragraphs", expected["body_paragraphs"], len([part for part in body.split("\n\n") if part.strip()]))
    yield _row("body", _folded((folder / "body.txt").read_text("utf-8")), _folded(body))
    yield _row("source, concluded", expected["source_inferable"]["value"], dict(found.inferred).get("source"))


def _row(what: str, expected: object, found: object) -> str:
    return f"{what:<46}{'exact' if expected == found else 'DIFFERS'}"


def _folded(text: str) -> str:
    return " ".join(text.translate(_STRAIGHT).split())
