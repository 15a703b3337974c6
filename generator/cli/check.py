"""Look over the finished site in public/: links and the places in pages they lead to, headings, titles, picture texts,
feeds. Nothing is changed, and nothing outside is asked.

Examples:
  dateline check
  dateline check --json | jq '.faults[].path'
"""

from __future__ import annotations

import argparse
import json
import sys

from generator.cli.site_arguments import add_root, root_of
from generator.errors import ERROR, UsageError

EVERY = 200


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of `dateline check`."""
    parser.add_argument(
        "folder", nargs="?", metavar="FOLDER", default="public", help="the finished site (default: public)"
    )
    add_root(parser)
    parser.add_argument("--json", action="store_true", help="print the faults as JSON")


def run(options: argparse.Namespace) -> int:
    """Print every fault of the finished site; the status is 1 when one of them is an error."""
    from generator.check.links import Place
    from generator.check.run import check_site
    from generator.config_file import load_config

    root = root_of(options)
    folder = root / options.folder
    if not (folder / "index.html").is_file():
        raise UsageError(f'{folder} holds no index.html. Run "dateline build" first, or name the folder of the site.')
    config = load_config(root)
    shown = options.folder.rstrip("/") + "/"
    report = check_site(folder, Place(config.base_url, config.base_path), shown, _progress if _on_terminal() else None)
    errors = sum(fault.severity == ERROR for fault in report.faults)
    warnings = len(report.faults) - errors
    if options.json:
        faults = [fault._asdict() for fault in report.faults]
        counts = {"pages": report.pages, "files": report.files, "errors": errors, "warnings": warnings}
        print(json.dumps({**counts, "faults": faults}, ensure_ascii=False, indent=2))
    else:
        for fault in report.faults:
            print(fault.text())
        found = f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}"
        print(f"{_counted(report.pages, 'page')}, {_counted(report.files, 'file')}: {found}.")
    return 1 if errors else 0


def _counted(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s" if number else f"no {what}s"


def _on_terminal() -> bool:
    return sys.stderr.isatty()


def _progress(done: int, total: int) -> None:
    if done % EVERY == 0 or done == total:
        ending = "\r" if done < total else "\r" + " " * 40 + "\r"
        print(f"\rLooking over {done:,} of {total:,} files", end=ending, file=sys.stderr, flush=True)
