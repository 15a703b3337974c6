"""Score topics, wire copies and "earlier on this" by the commands themselves and the scorer of their corpus."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from bench.scorers import corpora, rows, scored_topics
from generator.model.matter import Item
from generator.model.related import MONTHS_BEFORE, earlier

_TAG_BARS = {"iran": ".97", "iraq": ".97", "us-forces": ".82, aim .90"}
_PLACE_BARS = {"iran": ".87, precision .88", "iraq": ".84, precision .88"}


def report() -> Iterator[str]:
    """Yield the lines of the table."""
    folder = corpora() / "topics"
    yield f"{'':<46}{'F1':>6}{'P':>8}{'R':>8}   bar"
    for topics, way in (((), "the sample site's topics"), (("--topics", folder / "lexicon.yaml"), "the lexicon given")):
        yield from _tags("hand labels", folder / "handlabelled.jsonl", topics, way, _TAG_BARS)
        yield from _tags("Reuters places", folder / "reuters_places.jsonl", topics, way, _PLACE_BARS)
    pairs = folder / "near_dups.jsonl"
    yield _row("wire copies", scored_topics("dups", pairs, printed("duplicates", "--jsonl", pairs)), ".84, aim .90")
    yield from _related(folder / "events.jsonl")


class Failed(Exception):
    """A command ended with a fault, so it has no figures."""


def printed(*words: object) -> list[str]:
    """Return the lines that a command of ours prints; raises Failed with the last of what it complains of."""
    command = [sys.executable, "-m", "generator.cli.main", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        told = done.stderr.strip().splitlines()
        raise Failed(f"`dateline {words[0]}` failed: {told[-1] if told else done.returncode}")
    return done.stdout.splitlines()


def _tags(labels: str, truth: Path, topics: tuple[object, ...], way: str, bars: dict[str, str]) -> Iterator[str]:
    lines = printed("tag", "--jsonl", truth, *topics)
    found = scored_topics("tags", truth, lines, "--topics", ",".join(bars))
    for topic, bar in bars.items():
        yield _row(f"{labels}, {way}: {topic}", found[topic], bar)


def _related(truth: Path) -> Iterator[str]:
    ceiling = _ceiling(rows(truth))
    for name, more in (("earlier on this", ("--backwards",)), ("the same, both ways", ())):
        try:
            lines = printed("related", "--jsonl", truth, *more)
        except Failed as fault:
            yield f"{name:<46}{fault}"
            continue
        yield _hits(name, scored_topics("related", truth, lines), ceiling if more else None)
    by_months = scored_topics("related", truth, _by_months(truth))
    yield _hits("earlier on this, by months as a site does", by_months, ceiling)


def _hits(name: str, found: dict[str, float], ceiling: float | None) -> str:
    of_ceiling = f", {found['hit@5'] / ceiling:.3f} of the ceiling {ceiling:.3f} (bar .85)" if ceiling else ""
    return f"{name:<46}hit@1 {found['hit@1']:.3f}, hit@5 {found['hit@5']:.3f}{of_ceiling}"


def _by_months(truth: Path) -> Iterator[str]:
    """Yield what is related to each item within its month and those before that a site looks back over."""
    months: list[list[Item]] = []
    for _, group in groupby(sorted(rows(truth), key=lambda row: (row["date"], row["id"])), lambda row: row["date"][:7]):
        items = [Item(row["id"], date.fromisoformat(row["date"]).toordinal(), "", row["text"]) for row in group]
        for key, related in earlier([item for month in months[-MONTHS_BEFORE:] for item in month], items):
            yield json.dumps({"id": key, "related": related})
        months.append(items)


def _ceiling(items: list[dict[str, Any]]) -> float:
    """Return the share of items of a thread that have one no later: the most that looking backwards can hit."""
    threads: dict[str, list[str]] = {}
    for item in items:
        threads.setdefault(item["thread"], []).append(item["date"])
    shared = [sorted(days) for days in threads.values() if len(days) > 1]
    # The first of a thread has nothing before it, unless another came on its day.
    return sum(len(days) - (days[0] != days[1]) for days in shared) / sum(map(len, shared))


def _row(what: str, figures: dict[str, float], bar: str) -> str:
    return f"{what:<46}{figures['f1']:>6.3f}{figures['p']:>8.3f}{figures['r']:>8.3f}   {bar}"
