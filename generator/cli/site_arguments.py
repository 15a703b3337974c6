"""What commands on a site have in common: which site, and what time it is."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from zoneinfo import ZoneInfo

SETTINGS = "site.yaml"


def add_root(parser: argparse.ArgumentParser) -> None:
    """Add `--root DIR`."""
    parser.add_argument("--root", metavar="DIR", help="the site's folder (default: the nearest one with a site.yaml)")


def add_now(parser: argparse.ArgumentParser) -> None:
    """Add `--now MOMENT`."""
    parser.add_argument(
        "--now",
        metavar="MOMENT",
        help="take this for the present, in the site's zone, as 2020-01-02T09:30 "
        "(default: SOURCE_DATE_EPOCH, else the clock)",
    )


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Add `--jobs N`."""
    parser.add_argument("--jobs", type=int, metavar="N", help="processes at work (default: as many as pay)")


def jobs_of(options: argparse.Namespace) -> int:
    """Return how many processes may work, 0 for as many as pay; raises UsageError where none may."""
    if options.jobs is not None and options.jobs < 1:
        raise UsageError(f"--jobs {options.jobs}: at least one process is needed.")
    return options.jobs or 0


def root_of(options: argparse.Namespace) -> Path:
    """Return the site's folder; raises UsageError where there is none."""
    if options.root is not None:
        root = Path(options.root).resolve()
        if not (root / SETTINGS).is_file():
            raise UsageError(f"There is no {SETTINGS} in {options.root}. Name a site's folder, or run dateline init.")
        return root
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise UsageError(f"There is no {SETTINGS} here or above. Go to a site's folder, or make one: dateline init mysite")


def now_of(options: argparse.Namespace) -> int:
    """Return the present in seconds since 1970: as told, else as SOURCE_DATE_EPOCH says, else by the clock.

    A moment told without an offset is one of the site's zone, as it is in content.
    """
    if options.now is not None:
        # Loaded here, because a build that finds nothing changed has no other use for it.
        from datetime import datetime

        try:
            told = datetime.fromisoformat(options.now)
        except ValueError as fault:
            raise UsageError(f'--now "{options.now}" is not a moment. Write it as 2020-01-02T09:30+03:00.') from fault
        return int((told if told.tzinfo is not None else told.replace(tzinfo=_zone_of(options))).timestamp())
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        if not epoch.isdigit():
            raise UsageError(f'SOURCE_DATE_EPOCH is "{epoch}", which is no number of seconds.')
        return int(epoch)
    return int(time.time())


def _zone_of(options: argparse.Namespace) -> ZoneInfo:
    from generator.config_file import load_config
    from generator.text.dates import zone_named

    return zone_named(load_config(root_of(options)).timezone)
