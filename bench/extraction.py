"""Print how well articles are cleaned, tagged, matched and related on the development sets.

Needs the corpora (DATELINE_CORPORA, else ../shared/corpora); their truths and their scorers are used as they are.

    python -m bench.extraction

`bench/README.md` says what the rows mean.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator

from bench import score_html, score_seed, score_speed, score_text, score_topics
from bench.scorers import corpora

PARTS: tuple[tuple[str, str, Callable[[], Iterator[str]]], ...] = (
    ("Plain text, 60 pages of 60 sites, three renderings", "extraction", score_text.report),
    ("Web pages, the same 60", "extraction", score_html.report),
    ("The seed", "seed", score_seed.report),
    ("Topics, wire copies, earlier on this", "topics", score_topics.report),
    ("Speed, in processor time of one process on this machine", "extraction", score_speed.report),
)


def main() -> int:
    if importlib.util.find_spec("sklearn") is None:
        print("scikit-learn is not installed: what is measured with sites left out is absent below.")
    absent = 0
    for title, folder, report in PARTS:
        print(f"\n{title}")
        if not (corpora() / folder).is_dir():
            print(f"  absent: there is no folder {corpora() / folder}. Set DATELINE_CORPORA.")
            absent += 1
            continue
        for line in report():
            print(f"  {line}", flush=True)
    return 2 if absent == len(PARTS) else 0


if __name__ == "__main__":
    sys.exit(main())
