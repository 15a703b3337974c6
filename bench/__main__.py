"""Measure Dateline beside other generators on the same articles, in one run, and print a table.

    python -m bench [--articles 1000,10000] [--runs 5] [--peers hugo,eleventy,pelican] [--json FILE]

How it is fair stands in `bench/README.md`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import gettempdir

from bench.edits import EDITS, OF_THE_THEME, Edited, own_theme
from bench.generators import NAMES, Generator, Missing, generator, move_aside
from bench.layouts import write_site
from bench.measure import Cost, peak_memory, run
from bench.shares import markdown_shares, told_shares
from bench.table import OURS, YARDSTICK, Measured, as_json, table

# The slower peers take part where a site is built whole; an edit's rebuild is the same work for them.
_SEED = 7
_FOR_ALL = ("cold", "one body edit")


class Bench:
    """One run of the benchmark at one size: the sites of all generators side by side."""

    def __init__(self, folder: Path, generators: Sequence[Generator], *, articles: int, runs: int, theme: str) -> None:
        self.folder = folder
        self.generators = generators
        self.articles = articles
        self.runs = runs
        self.theme = theme
        self.rows: list[Measured] = []
        self._edits_done = 0

    def measure(self, situations: Sequence[str]) -> list[Measured]:
        """Measure every situation, the generators in turn within each run."""
        for maker in self.generators:
            write_site(maker.name, self._site(maker), self.articles, seed=_SEED, theme=self.theme)
        _let_files_settle()
        if "cold" in situations:
            self._timed("cold", self._move_aside, self.generators)
        if "memory" in situations:
            self._memory()
        self._built()
        for situation in [name for name in EDITS if name in situations]:
            takes_part = [m for m in self.generators if situation in _FOR_ALL or m.name in (OURS, YARDSTICK)]
            if situation in OF_THE_THEME:
                self._theme()
            self._timed(situation, self._edit(situation), takes_part)
        return self.rows

    def _site(self, maker: Generator) -> Path:
        return self.folder / maker.name

    def _move_aside(self, maker: Generator, number: int) -> None:
        move_aside(self._site(maker), maker, self.folder / "aside")

    def _edit(self, situation: str) -> Callable[[Generator, int], None]:
        first = self._edits_done
        self._edits_done += self.runs

        def edit(maker: Generator, number: int) -> None:
            EDITS[situation](Edited(maker.name, self._site(maker)), first + number)

        return edit

    def _built(self) -> None:
        """Bring every site up to date."""
        for maker in self.generators:
            run(maker.command, self._site(maker), maker.environment)
        _let_files_settle()
        for maker in self.generators:
            if maker.name == OURS:
                run(maker.command, self._site(maker), maker.environment)

    def _theme(self) -> None:
        for maker in self.generators:
            own_theme(Edited(maker.name, self._site(maker)))
        self._built()

    def _timed(
        self, situation: str, prepare: Callable[[Generator, int], None], generators: Sequence[Generator]
    ) -> None:
        costs: dict[str, list[Cost]] = {maker.name: [] for maker in generators}
        for number in range(self.runs):
            for maker in generators:
                prepare(maker, number)
                costs[maker.name].append(run(maker.command, self._site(maker), maker.environment))
        for name, found in costs.items():
            walls, cpus = tuple(cost.wall for cost in found), tuple(cost.cpu for cost in found)
            printed = found[-1].printed.strip().splitlines()[0] if name == OURS and found[-1].printed.strip() else ""
            self.rows.append(Measured(self.articles, situation, name, walls, cpus, printed=printed))
            print(f"{self.articles:,} {situation}: {name} {self.rows[-1].wall:.3f} s {printed}", file=sys.stderr)

    def _memory(self) -> None:
        for maker in self.generators:
            self._move_aside(maker, 0)
            most = peak_memory(maker.command, self._site(maker), maker.environment)
            self.rows.append(Measured(self.articles, "memory, cold", maker.name, (0.0,), (0.0,), memory=most))
            print(f"{self.articles:,} memory: {maker.name} {most / 2**20:.0f} MiB", file=sys.stderr)


def _let_files_settle() -> None:
    """Let two seconds pass: Dateline reads files again that are newer than that, to be sure."""
    time.sleep(2.1)


def main() -> int:
    """Measure, print the table, write the JSON."""
    options = _arguments().parse_args()
    work = Path(options.work).resolve()
    # A folder of its own for each run: deleting an earlier one just before would disturb what is timed.
    place = work / time.strftime("run-%Y%m%d-%H%M%S")
    generators = []
    for name in [OURS, *filter(None, options.peers.split(","))]:
        try:
            generators.append(generator(name, work / "tools"))
        except Missing as missing:
            print(f"{name} is left out: {missing}", file=sys.stderr)
    rows: list[Measured] = []
    situations = options.only.split(",") if options.only else ["cold", "memory", *EDITS]
    for articles in map(int, options.articles.split(",")):
        rows += Bench(
            place / str(articles), generators, articles=articles, runs=options.runs, theme=options.theme
        ).measure(situations)
    versions = [maker.version for maker in generators]
    shares = markdown_shares(total=1000, seed=_SEED)
    print(table(rows, versions, options.theme), told_shares(shares), sep="\n")
    if options.json:
        told = as_json(rows, versions, shares)
        Path(options.json).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if not options.keep:
        shutil.rmtree(place)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", default="1000,10000", help="sizes of the site (default: 1000,10000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each situation; medians are told (default: 5)")
    parser.add_argument("--peers", default="hugo", help=f"of {', '.join(NAMES[1:])} (default: hugo)")
    parser.add_argument("--theme", default="dateline", choices=("dateline", "bench"), help="bench has Hugo's markup")
    parser.add_argument("--only", default="", help="situations, such as cold,memory,'one body edit' (default: all)")
    parser.add_argument("--json", metavar="FILE", help="write every run's figures here")
    parser.add_argument("--work", default=f"{gettempdir()}/dateline-bench", help="where sites are written")
    parser.add_argument("--keep", action="store_true", help="keep the sites")
    return parser


if __name__ == "__main__":
    sys.exit(main())
