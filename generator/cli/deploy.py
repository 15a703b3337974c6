"""Publish the finished site to a place named in site.yaml: a folder on this machine, or a branch of a git remote.

Only a complete build that is newer than the content is published, and what is live stays live until the new site stands
whole beside it.

Examples:
  dateline build && dateline deploy
  dateline deploy web --dry-run     what would be added, changed and removed
  dateline deploy web --rollback    back to what was live before
"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from generator.cli.build import CACHE, PUBLIC
from generator.cli.site_arguments import add_now, add_root, now_of, root_of
from generator.errors import UsageError

if TYPE_CHECKING:
    from generator.deploy.targets import Plan

NAMES_SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of `dateline deploy`."""
    parser.add_argument(
        "target", nargs="?", metavar="TARGET", help="a target of site.yaml; may be left out when there is only one"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    parser.add_argument("--rollback", action="store_true", help="make live again what was live before")
    parser.add_argument(
        "--over", default="", metavar="COMMIT", help="publish on top of this commit, though no deploy made it (git)"
    )
    parser.add_argument("--json", action="store_true", help="print the plan as JSON, with every name")
    add_root(parser)
    add_now(parser)


def run(options: argparse.Namespace) -> int:
    """Publish, or say what publishing would do."""
    from generator.build.current import why_not_current
    from generator.config_file import load_config
    from generator.deploy import targets

    if options.rollback and (options.dry_run or options.over):
        raise UsageError("--rollback goes back by one release and takes neither --dry-run nor --over.")
    root = root_of(options)
    now = now_of(options)
    moment = datetime.fromtimestamp(now, UTC)
    config = load_config(root)
    chosen = targets.choose(config, options.target)
    target = targets.open_target(root, config, chosen, options.over)
    if options.rollback:
        live = targets.roll_back(target, moment)
        told = json.dumps({"target": chosen.name, "live": live}) if options.json else f"{target.place}: back at {live}."
        print(told)
        return 0

    def verdict() -> str | None:
        return why_not_current(root, output=root / PUBLIC, cache=root / CACHE, now=now)

    if options.dry_run:
        plan = targets.plan(chosen.name, target, root / PUBLIC, verdict)
    else:
        plan = targets.publish(chosen.name, target, root / PUBLIC, moment, verdict)
    print(_as_json(plan) if options.json else _as_text(plan, dry=options.dry_run))
    return 0


def _as_text(plan: Plan, *, dry: bool) -> str:
    changes = plan.difference
    if changes.is_empty:
        return f"{plan.place} already holds this site: {changes.unchanged:,} files, nothing to do."
    counts = (
        f"{len(changes.added):,} added, {len(changes.changed):,} changed, {len(changes.removed):,} removed, "
        f"{changes.unchanged:,} as they are"
    )
    rows = [*_names("+", changes.added), *_names("~", changes.changed), *_names("-", changes.removed)]
    last = "Nothing was published (--dry-run)." if dry else f"{plan.live} is live."
    return "\n".join([f"{plan.target}, {plan.place}: {counts}.", *rows, last])


def _names(sign: str, paths: tuple[str, ...]) -> list[str]:
    rows = [f"  {sign} {path}" for path in paths[:NAMES_SHOWN]]
    return [*rows, f"  {sign} and {len(paths) - NAMES_SHOWN:,} more"] if len(paths) > NAMES_SHOWN else rows


def _as_json(plan: Plan) -> str:
    record = {"target": plan.target, "place": plan.place, "live": plan.live or None, **plan.difference._asdict()}
    return json.dumps(record, ensure_ascii=False, indent=2)
