"""What share of a cold build "earlier on this" takes.

    python -m bench.earlier [--articles 10000] [--runs 3]

Sites are built cold in this one process, so that nothing waits for another, and the processor time spent in finding
what came earlier is held against that of the whole build, imports and start-up left out of both.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unittest.mock import patch

from bench.layouts import write_site
from generator.build.build import Builder
from generator.build.planned import Wishes
from generator.model.related import earlier_lists

_SEED = 7


class Spent(NamedTuple):
    """Processor seconds of one cold build, and of them those that finding what came earlier took."""

    build: float
    earlier: float


def cold_build(site: Path, into: Path) -> Spent:
    """Build a site into a folder that does not exist yet."""
    seconds = [0.0]

    def timed(*values: Any) -> Any:
        begun = time.process_time()
        try:
            return earlier_lists(*values)
        finally:
            seconds[0] += time.process_time() - begun

    wishes = Wishes(now=lambda: int(time.time()), jobs=1)
    builder = Builder(site, output=into / "public", cache=into / "cache", wishes=wishes)
    begun = time.process_time()
    with patch("generator.model.related.earlier_lists", timed):
        report = builder.build()
    assert report.ok, report.faults[:3]
    return Spent(time.process_time() - begun, seconds[0])


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.earlier", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000, help="size of the site (default: 10000)")
    parser.add_argument("--runs", type=int, default=3, help="builds; the median share is told (default: 3)")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        write_site("dateline", site, options.articles, seed=_SEED)
        runs = [cold_build(site, Path(folder) / str(number)) for number in range(options.runs)]
    share = median(run.earlier / run.build for run in runs)
    told = ", ".join(f"{run.earlier:.2f} of {run.build:.2f} s" for run in runs)
    print(f'{options.articles:,} articles: "earlier on this" took {share:.1%} of a cold build ({told}).')
    return 0


if __name__ == "__main__":
    sys.exit(main())
