"""Hostile front matter of the external corpora, read as whole articles: what is wrong is told with field and line."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.errors import ERROR
from generator.load.parse import Parsed, ParseOptions, parse_article

PATH = "articles/2020/01/02/a.md"
# A tenth of a second is the aim; the limit allows for a machine that is slow and busy.
LONGEST = 0.5


def rows(place: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, place.read_text(encoding="utf-8").splitlines())


def read(text: str) -> Parsed[Any]:
    return parse_article(PATH, text, ParseOptions("Europe/Berlin"))


def test_a_field_that_is_wrong_is_named(corpora: Path) -> None:
    """A fault says which key it is about, and keeps the article out."""
    unnamed = []
    for row in rows(corpora / "hostile" / "yaml_frontmatter.jsonl"):
        kind, _, field = row["expect"].partition(":")
        # Whether a picture lies outside of the content is for the whole site to say.
        if kind not in ("error_field", "error_duplicate") or (".." in row["yaml"] and field == "image"):
            continue
        faults = [fault for fault in read(f"---\n{row['yaml']}\n---\nText.\n").faults if fault.severity == ERROR]
        if not any(
            field in fault.message or row["yaml"].partition(": ")[2].strip() in fault.message for fault in faults
        ):
            unnamed.append((row["id"], row["expect"], faults))

    assert [] == unnamed


@pytest.mark.parametrize(
    ("kind", "clock"), [("date", ""), ("instant", "04:04"), ("instant", "22:19"), ("date_site_tz", "03:04")]
)
def test_a_date_is_read_by_us(corpora: Path, kind: str, clock: str) -> None:
    """A day stays a day; a time without an offset is the site's, one with an offset is that moment."""
    found = [
        parsed.value.date.clock
        for row in rows(corpora / "hostile" / "yaml_frontmatter.jsonl")
        if row["expect"].startswith(f"{kind}:") and (parsed := read(f"---\n{row['yaml']}\n---\nText.\n")).value
    ]

    assert clock in found


def test_no_block_takes_long(corpora: Path) -> None:
    """Depth and length that stop a common parser are refused at once, and the process lives."""
    wrong = []
    for row in rows(corpora / "hostile" / "yaml_generators.jsonl"):
        for number in row["n"]:
            block = row.get("head", "") + row["unit"] * number + row.get("tail", "") + row.get("close", "") * number
            for front in (block, f"title: {block}", f"x_own: {block}"):
                began = time.perf_counter()
                parsed = read(f"---\n{front}\n---\nText.\n")
                took = time.perf_counter() - began
                if took > LONGEST or not parsed.faults:
                    wrong.append((row["id"], number, took, parsed.faults[:1]))

    assert [] == wrong


def test_every_fence_is_understood_or_told(corpora: Path) -> None:
    """A file has one block of front matter from its first line on, or one fault that says how it should begin."""
    wrong = []
    for row in rows(corpora / "hostile" / "frontmatter_fences.jsonl"):
        text = row["file"]
        parsed = read(text)
        lines = max(1, len(text.splitlines()))
        if any(not 1 <= fault.line <= lines for fault in parsed.faults):
            wrong.append((row["id"], "a line outside of the file", parsed.faults))
        if parsed.value is None and len(parsed.faults) != 1:
            wrong.append((row["id"], "not one fault", parsed.faults))
        if parsed.value is not None and not text.removeprefix("\ufeff").startswith("---"):
            wrong.append((row["id"], "read without a fence", parsed.value))
        if parsed.value is not None and "draft: true" in text and not parsed.value.draft and not _told(parsed):
            wrong.append((row["id"], "a draft is published", parsed.value))

    assert [] == wrong


def _told(parsed: Parsed[Any]) -> bool:
    return any("front matter" in fault.message for fault in parsed.faults)
