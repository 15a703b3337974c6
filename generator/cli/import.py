"""Take over the content of another generator: Hugo, Jekyll, Pelican, or an Obsidian vault.

Every Markdown file of FOLDER becomes an article in content/articles/ or a page in content/pages/; tags become topics
where a topic is called so, old addresses lead on, links and pictures come along. What cannot be taken over is told
with file and line. Run again, it takes in only what is new, and never touches a file that stands.

Examples:
  dateline import ../old-blog --dry-run
  dateline import ../old-blog
  dateline import ../vault/Clippings --from obsidian --source gazette
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

from generator.cli.ingest_values import SiteValues, site_values
from generator.cli.site_arguments import add_now, add_root, now_of, root_of
from generator.errors import UsageError, did_you_mean
from generator.importing.folder import Folder, open_folder
from generator.importing.ground import Ground, Site
from generator.importing.read import CHANGED, FAILED, HELD, KNOWN, SKIPPED, WRITTEN, Outcome
from generator.importing.run import Imported, import_folder
from generator.importing.settings import GENERATORS
from generator.importing.tags import topic_names
from generator.load.site_content import load_content
from generator.text.dates import zone_named

_WORDS = {
    WRITTEN: "written",
    HELD: "held",
    KNOWN: "known already",
    CHANGED: "changed since",
    SKIPPED: "left",
    FAILED: "not taken in",
}
MOST_TAGS = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("folder", metavar="FOLDER", help="the other site's folder, or a vault")
    parser.add_argument(
        "--from", dest="generator", choices=GENERATORS, help="what made it (default: seen by its files)"
    )
    parser.add_argument("--source", metavar="KEY", help="where all of it comes from: a key of content/sources/")
    parser.add_argument("--dry-run", action="store_true", help="say what would become of each file, and write nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON line for each file")
    add_root(parser)
    add_now(parser)


def run(options: argparse.Namespace) -> int:
    """Take the folder over; 1 when a file of it could not be."""
    root = root_of(options)
    folder_root = _folder(options.folder, root)
    site = site_values(root)
    source = options.source or ""
    known = [each.key for each in site.sources]
    if source and source not in known:
        raise UsageError(f'There is no source "{source}".{did_you_mean(source, known)} Make it: dateline new source')
    zone = zone_named(site.config.timezone)
    now = now_of(options)
    try:
        folder = open_folder(folder_root, options.generator)
        loaded = load_content(root, site.config, now)
        ground = _ground(folder, site, source)
        moment = datetime.fromtimestamp(now, zone)
        place = Site(root, site.config, loaded)
        done = import_folder(place, folder, ground, moment, is_dry=options.dry_run)
    except OSError as fault:
        raise UsageError(f"{fault.filename or options.folder}: {fault.strerror or fault}.") from fault
    _tell(done, folder, options)
    return 1 if any(outcome.state == FAILED for outcome in done.outcomes) else 0


def _folder(name: str, root: Path) -> Path:
    folder = Path(name)
    if not folder.is_dir():
        raise UsageError(f"{name} is no folder. Name the folder of the other site.")
    content, named = (root / "content").resolve(), folder.resolve()
    if named == content or content in named.parents or named in content.parents:
        raise UsageError(f"{name} is this site's own folder, or holds it. Name the folder of the other site.")
    return folder


def _ground(folder: Folder, site: SiteValues, source: str) -> Ground:
    return Ground(
        folder.generator,
        folder.settings,
        zone_named(site.config.timezone),
        topic_names(site.topics),
        {each.key: each for each in site.sources},
        source,
    )


def _tell(done: Imported, folder: Folder, options: argparse.Namespace) -> None:
    if options.json:
        for outcome in done.outcomes:
            row = {**outcome._asdict(), "notes": [note._asdict() for note in outcome.notes]}
            print(json.dumps(row, ensure_ascii=False))
        return
    for note in folder.notes:
        print(note.text(), file=sys.stderr)
    for outcome in done.outcomes:
        _tell_one(outcome)
    for tag, files, first in done.tags[:MOST_TAGS]:
        times = f" {files} files have it." if files > 1 else ""
        print(f'{first}: warning: No topic is called "{tag}", so it is kept under x_tags.{times}', file=sys.stderr)
    if len(done.tags) > MOST_TAGS:
        print(f"{len(done.tags) - MOST_TAGS} more tags name no topic.", file=sys.stderr)
    states = Counter(outcome.state for outcome in done.outcomes)
    told = ", ".join(f"{states[state]} {words}" for state, words in _WORDS.items() if states[state])
    named = f"Read as {folder.generator.capitalize()}: {told or 'nothing to take in'}."
    print(f"{named} Nothing was written: this was a dry run." if options.dry_run else named)


def _tell_one(outcome: Outcome) -> None:
    for note in outcome.notes:
        print(note.text(), file=sys.stderr)
    if outcome.state == KNOWN:
        print(f"{outcome.where}: known already, taken in as content/{outcome.path}")
    elif outcome.state in (WRITTEN, HELD):
        topics = "" if outcome.path.startswith("pages/") else f" [{', '.join(outcome.topics) or 'no topic'}]"
        state = " held;" if outcome.state == HELD else " draft;" if outcome.draft else ""
        print(f"content/{outcome.path}:{state} {outcome.title}{topics}")
