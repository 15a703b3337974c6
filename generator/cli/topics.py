"""Try the forms of topics, see what a changed list would change in all articles, and rename, merge or split topics.

Examples:
  dateline topics try "US troops leave Ain al-Asad"    the points of every topic named, form by form
  dateline topics diff                                 which articles would gain or lose which topics
  dateline topics diff --apply                         write that into their tagged, and nothing else
  dateline topics rename us-forces american-forces --dry-run
                                                       every line that would change
  dateline topics merge nuclear iran --dry-run         one topic becomes part of the other
  dateline topics split militias kataib-hezbollah --form "Kataib Hezbollah"
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from generator.cli.evidence import evidence_rows
from generator.cli.ingest_values import site_values
from generator.cli.registry import CHANGES, add_changes, change_topics
from generator.cli.site_arguments import add_root, root_of
from generator.files import read_bytes, walk
from generator.ingest.retag import Retagged, retag, write_all
from generator.ingest.tag import Tagger, scores, tag, tagger

GOOD, CONTENT_FAULTS = 0, 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    things = parser.add_subparsers(dest="thing", required=True, metavar="|".join(("try", "diff", *CHANGES)))
    one = things.add_parser("try", help="the points of a sentence")
    one.add_argument("text", metavar="TEXT", help="a sentence, in quotes")
    one.add_argument("--title", default="", metavar="TITLE", help="a headline that stands above it")
    diff = things.add_parser("diff", help="what the forms would change")
    diff.add_argument("--apply", action="store_true", help="write it into the articles")
    for each in (one, diff):
        each.add_argument("--json", action="store_true", help="print JSON lines")
        add_root(each)
    add_changes(things)


def run(options: argparse.Namespace) -> int:
    """Print the points or the difference; write the difference, or a change of topics, when asked to."""
    root = root_of(options)
    if options.thing in CHANGES:
        return change_topics(options, root)
    site = site_values(root)
    by = tagger(site.topics, site.config.tagging)
    return _try(options, by) if options.thing == "try" else _diff(options, root, by)


def _try(options: argparse.Namespace, by: Tagger) -> int:
    given = {each.topic for each in tag(options.title, options.text, by)}
    found = scores(options.title, options.text, by)
    for each in found:
        if options.json:
            row = {"topic": each.topic, "score": each.score, "given": each.topic in given}
            print(json.dumps({**row, "evidence": [one._asdict() for one in each.evidence]}, ensure_ascii=False))
            continue
        print(f"{each.topic}  {each.score:g}{'' if each.topic in given else '  (too little to be given)'}")
        for one in each.evidence:
            print(f"  {one.points:>6g}  {one.form} ×{one.count} in {one.field}")
    if not found and not options.json:
        print("No topic is named.")
    return GOOD


def _diff(options: argparse.Namespace, root: Path, by: Tagger) -> int:
    changes, unread = _changes(root, by)
    for path in unread:
        print(f"{path}: the file cannot be read as text, and is left as it is.", file=sys.stderr)
    if options.apply:
        write_all(root, changes)
    for change in changes:
        print(_row(change) if options.json else _lines(change))
    if not options.json:
        _sum_up(changes, is_written=options.apply)
    return CONTENT_FAULTS if unread else GOOD


def _changes(root: Path, by: Tagger) -> tuple[list[Retagged], list[str]]:
    changes, unread = [], []
    for stat in walk(root, "content/articles"):
        if not stat.path.endswith(".md"):
            continue
        try:
            change = retag(stat.path, read_bytes(str(root / stat.path)), by)
        except UnicodeDecodeError:
            unread.append(stat.path)
            continue
        if change is not None:
            changes.append(change)
    return changes, unread


def _lines(change: Retagged) -> str:
    """Return an article's change: what it gains and loses, with the words that speak for it, or still do."""
    rows = [f"  +{row}" for row in evidence_rows(change.gained, "")]
    short = {each.topic: row for each, row in zip(change.short, evidence_rows(change.short, ""), strict=True)}
    rows += [f"  -{short.get(topic, f'{topic}  not named')}" for topic in change.lost]
    return "\n".join((change.path, *(rows or ["  the same topics, in another order"])))


def _row(change: Retagged) -> str:
    return json.dumps(
        {
            "file": change.path,
            "gained": [each.topic for each in change.gained],
            "lost": list(change.lost),
            "evidence": {
                each.topic: [one._asdict() for one in each.evidence] for each in (*change.gained, *change.short)
            },
        },
        ensure_ascii=False,
    )


def _sum_up(changes: Sequence[Retagged], *, is_written: bool) -> None:
    gained = Counter(each.topic for change in changes for each in change.gained)
    lost = Counter(topic for change in changes for topic in change.lost)
    if not changes:
        print("Nothing would change.")
        return
    told = [f"+{times} {topic}" for topic, times in sorted(gained.items(), key=lambda each: (-each[1], each[0]))]
    told += [f"-{times} {topic}" for topic, times in sorted(lost.items(), key=lambda each: (-each[1], each[0]))]
    articles = f"{len(changes):,} article{'' if len(changes) == 1 else 's'}"
    print(f"{', '.join(told) or 'Another order'}, in {articles}{' (written)' if is_written else ''}.")
    if not is_written:
        print("Write it into them: dateline topics diff --apply")
