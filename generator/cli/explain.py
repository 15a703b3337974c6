"""Say what a page is made of, and why it was or was not rendered.

Example:
  dateline explain /topics/iraq/
  dateline explain https://brief.example/briefings/2020/01/02/
"""

from __future__ import annotations

import argparse
import json
import sys

from generator.cli.site_arguments import add_now, add_root, now_of, root_of

GOOD, CONTENT_FAULTS = 0, 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("address", metavar="ADDRESS", help="an address of the site, or a file in public/")
    add_root(parser)
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    add_now(parser)


def run(options: argparse.Namespace) -> int:
    """Print what is known of one address."""
    from generator.build.build import Builder
    from generator.build.explain import explain
    from generator.build.planned import Wishes
    from generator.cli.build import CACHE, PUBLIC

    root, now = root_of(options), now_of(options)
    builder = Builder(root, output=root / PUBLIC, cache=root / CACHE, wishes=Wishes(lambda: now))
    planned, state = builder.plan()
    if planned.press is None:
        for fault in planned.faults:
            print(fault.text(), file=sys.stderr)
        return CONTENT_FAULTS
    found = explain(options.address, planned, state)
    if options.json:
        print(json.dumps(found._asdict(), ensure_ascii=False))
        return GOOD
    print(f"{found.address} is public/{found.path}, made from {found.origin}.")
    _list("Content", found.content)
    _list("It leads to", found.linked)
    _list("Templates", found.templates)
    if found.last:
        print(f"Last rendered because of: {', '.join(found.last)}.")
    print(f"It would be rendered now because of: {', '.join(found.now)}." if found.now else "It is current.")
    return GOOD


def _list(heading: str, rows: tuple[str, ...]) -> None:
    if rows:
        print(f"{heading}:")
        for row in rows:
            print(f"  {row}")
