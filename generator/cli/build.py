"""Write the site to public/: all of it the first time, then only what changed.

Example:
  dateline build
  dateline build --verify      build both ways and compare every byte
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.site_arguments import add_jobs, add_now, add_root, jobs_of, now_of, root_of
from generator.collector import uncollected
from generator.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from generator.build.report import Report
    from generator.build.stamp import Looked

GOOD, CONTENT_FAULTS, LEFT_OUT = 0, 1, 3
CACHE = Path(".dateline/build")
PUBLIC = Path("public")
# What the site is made from, and what it keeps; a result written among it would be lost or take it for its own.
OWN_FOLDERS = ("content", "themes", "archive", ".dateline")
WITHOUT_WORDS = {
    "root": None, "output": None, "keep_going": False, "fresh": False,
    "verify": False, "jobs": None, "json": False, "now": None,
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_root(parser)
    parser.add_argument("--output", metavar="DIR", help="write here (default: public/ in the site's folder)")
    parser.add_argument("--keep-going", action="store_true", help="leave out articles faulty by themselves, list them")
    parser.add_argument("--fresh", action="store_true", help="ignore the cache")
    parser.add_argument("--verify", action="store_true", help="build both ways and compare every byte")
    add_jobs(parser)
    parser.add_argument("--json", action="store_true", help="report as JSON")
    add_now(parser)


def run(options: argparse.Namespace) -> int:
    """Build, say what was done, and return the exit status."""
    with uncollected(lasts=True):
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    from generator.build.ahead import templates_ahead

    root = root_of(options)
    now = now_of(options)
    output = _output_of(options, root)
    jobs = jobs_of(options)
    cache = root / CACHE if output == root / PUBLIC else root / ".dateline" / f"build-{_name_of(output)}"
    compiled = templates_ahead(root, cache, jobs=jobs)
    looked = _looked(options, cache, root, output)
    report = _unchanged(looked, now)
    if report is None:
        from generator.build.build import Builder
        from generator.build.member import start_members
        from generator.build.planned import Wishes

        wishes = Wishes(lambda: now, keep_going=options.keep_going, fresh=options.fresh, jobs=jobs)
        # Whoever holds the options says how long the site's values live.
        options.builder = Builder(root, output=output, cache=cache, wishes=wishes, start=start_members)
        try:
            report = options.builder.build(looked)
        finally:
            compiled()
    _say(report, output, as_json=options.json)
    if not report.ok:
        return CONTENT_FAULTS
    if options.verify:
        # The site is built once more, and need not be there twice.
        options.builder = None
        if not _is_verified(root, output, now, options):
            return CONTENT_FAULTS
    return LEFT_OUT if report.left_out else GOOD


def _looked(options: argparse.Namespace, cache: Path, root: Path, output: Path) -> Looked:
    from generator.build.stamp import Looked, look, scan

    return Looked(scan(root)) if options.fresh else look(root, output=output, cache=cache)


def _unchanged(looked: Looked, now: int) -> Report | None:
    """Answer "nothing changed" before anything heavy is imported."""
    from generator.build.report import Report

    stamp = looked.stamp
    if stamp is None or not looked.is_unchanged(now):
        return None
    return Report(ok=True, outputs=len(stamp.outputs.paths), held=stamp.held, unchanged=True)


def _output_of(options: argparse.Namespace, root: Path) -> Path:
    """Return the folder to write to; raises UsageError where the site's own files lie, or would lie in it."""
    if not options.output:
        return root / PUBLIC
    output = Path(options.output).resolve()
    within = any(output.is_relative_to(root / name) for name in OWN_FOLDERS)
    if within or root.is_relative_to(output):
        raise UsageError(
            f"--output {options.output}: the site's own files lie there. Name a folder for the result alone."
        )
    return output


def _name_of(output: Path) -> str:
    from generator.digest import digest_of

    return digest_of(str(output)).hex()[:12]


def _is_verified(root: Path, output: Path, now: int, options: argparse.Namespace) -> bool:
    from generator.build.verify import proof

    found = proof(root, output, now, keep_going=options.keep_going)
    for path in found.strangers:
        print(f"{path}: no build wrote this file, so none changes it; a deploy publishes it.", file=sys.stderr)
    for line in found.differing:
        print(line, file=sys.stderr)
    if found.differing:
        print("The incremental build differs from a clean one. This is a fault of Dateline: please report it.")
        return False
    print("Verified: a clean build gives the same bytes.")
    return True


def _say(report: Report, output: Path, *, as_json: bool) -> None:
    for fault in report.faults:
        print(fault.text(), file=sys.stderr)
    if as_json:
        import json

        told = report._asdict()
        told["faults"] = [fault._asdict() for fault in report.faults]
        told["reasons"] = dict(report.reasons)
        print(json.dumps(told, ensure_ascii=False))
        return
    if not report.ok:
        errors = len(report.errors)
        print(f"{_counted(errors, 'error')}. Nothing was written; the site is as it was.", file=sys.stderr)
        return
    if report.left_out:
        print(f"{_counted(len(report.left_out), 'faulty article')} left out.", file=sys.stderr)
    place = output.name + "/"
    if report.unchanged or not (report.rendered or report.removed):
        print(f"Nothing changed: {place} is current ({_counted(report.outputs, 'file')}).")
    else:
        removed = f", {len(report.removed)} removed" if report.removed else ""
        print(
            f"Built {place}: {_counted(report.outputs, 'file')}, "
            f"{len(report.rendered)} rendered, {len(report.written)} written{removed}."
        )
    if report.held:
        print(f"{_counted(report.held, 'article')} held back: dateline list held")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
