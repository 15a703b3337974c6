"""`dateline ingest --again`: clean articles anew from the raw files that were kept, and say what changed."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from generator.cli.progress import Progress
from generator.errors import UsageError
from generator.files import walk
from generator.ingest.again import MISSING, SAME, Renewed, renew, steps
from generator.ingest.crew import Crew
from generator.ingest.desk import FAILED, LEFT, RENEWED, Desk
from generator.ingest.prepare import Task
from generator.machine import cores

WORTH_A_CREW = 24
_WORDS = {
    RENEWED: "cleaned anew",
    SAME: "as before",
    LEFT: "left alone",
    MISSING: "without a raw file",
    FAILED: "failed",
}


def run_again(desk: Desk, options: argparse.Namespace) -> int:
    """Clean the articles named, or all, anew; 1 when one of them could not be."""
    paths = _articles(desk.root, options.paths)
    size = options.jobs or (cores() if len(paths) >= WORTH_A_CREW else 1)
    states: Counter[str] = Counter()
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(len(paths), sys.stderr))
        crew = stack.enter_context(Crew(desk.rules, max(size, 1)))
        for step, outcome in crew.prepare_each(steps(progress.counted(paths), desk)):
            done = renew(step, outcome, desk, is_trial=options.dry_run) if isinstance(step, Task) else step
            states[done.state] += 1
            _tell(done, progress, as_json=options.json)
            progress.show(_counted(states))
    if not options.json:
        trial = " Nothing was written." if options.dry_run else ""
        print(f"{_counted(states).capitalize() or 'There is no article that came from a raw file'}.{trial}")
    return 1 if states[FAILED] else 0


def _articles(root: Path, given: Sequence[str]) -> list[str]:
    """Return the articles named, or all, as paths below `content/`."""
    content = (root / "content").resolve()
    if not given:
        return [stat.path for stat in walk(content, "articles") if stat.path.endswith(".md")]
    return [path for word in given for path in _below(content, word)]


def _below(content: Path, word: str) -> Iterator[str]:
    place = Path(word).resolve()
    if not place.exists() or not place.is_relative_to(content):
        raise UsageError(
            f'"{word}" is no file or folder of {content}. --again takes articles, and all when none is named.'
        )
    within = place.relative_to(content).as_posix()
    if place.is_file():
        yield within
    else:
        yield from (stat.path for stat in walk(content, within) if stat.path.endswith(".md"))


def _tell(done: Renewed, progress: Progress, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(done._asdict(), ensure_ascii=False))
        return
    if done.state == SAME:
        return
    progress.clear()
    if done.message:
        print(done.message, file=sys.stderr)
        return
    parts = []
    if done.changed:
        parts.append(f"cleaned anew: {', '.join(done.changed)}")
    if done.left:
        parts.append(f"left alone, edited since: {', '.join(done.left)}")
    print(f"content/{done.path}: {'; '.join(parts)}")


def _counted(states: Counter[str]) -> str:
    return ", ".join(f"{states[state]:,} {words}" for state, words in _WORDS.items() if states[state])
