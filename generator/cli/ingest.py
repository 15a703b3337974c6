"""Turn raw files into clean articles in content/.

Each PATH is a saved web page, a scraped text, a mail, a feed, a folder of them, the address of one page, or - for
standard input. An article is written to
content/articles/YYYY/MM/DD/, or, when its day or its source is not known, held in content/articles/held/ until a person
gives what is missing. A file that was taken in before is passed over, whatever became of its article.
What is known besides may lie in a note beside the file, page.html.yaml: date, url, source, title, author, summary.

Examples:
  dateline ingest saved/ --source gazette
  dateline ingest raw.txt --source al-monitor --new-source --date 2020-01-02
  dateline ingest https://gazette.example/2020/01/02/embassy
  dateline ingest --again --dry-run
  curl -s https://gazette.example/1 | dateline ingest - --url https://gazette.example/1
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.cli.evidence import evidence_rows, plain_row
from generator.cli.ingest_values import SiteValues, site_values
from generator.cli.progress import Progress
from generator.cli.remember import tell_repeated
from generator.cli.renew import run_again
from generator.cli.site_arguments import add_jobs, add_now, add_root, jobs_of, now_of, root_of
from generator.errors import IngestError, UsageError, did_you_mean
from generator.ingest.batch import repeated_in_archive, repeated_in_batch, said_source, with_lines
from generator.ingest.crew import Crew
from generator.ingest.facts import Said
from generator.ingest.fetch import Limits, is_address
from generator.ingest.fit import unfitness
from generator.ingest.inputs import STANDARD_INPUT, Input, gather
from generator.ingest.prepare import Rules
from generator.ingest.raw import KINDS
from generator.ingest.run import FAILED, HELD, KNOWN, LEFT, RENEWED, WRITTEN, Desk, Taken, take_all
from generator.ingest.sources import new_source
from generator.machine import cores
from generator.text.dates import parse_moment, zone_named
from generator.text.kinds import URL

STOPPED = 130
# With fewer inputs, starting processes takes longer than they save.
WORTH_A_CREW = 24
# More inputs than a person reads the fate of, line by line.
MOST_TOLD = 100
if TYPE_CHECKING:
    from generator.ingest.cluster import Cluster

_WORDS = {
    WRITTEN: "written",
    RENEWED: "made whole",
    HELD: "held",
    KNOWN: "known already",
    LEFT: "edited and left alone",
    FAILED: "not taken in",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="a file, a folder, an address, or - for standard input"
    )
    parser.add_argument("--source", default="", metavar="KEY", help="where they come from: a key of content/sources/")
    parser.add_argument(
        "--new-source", action="store_true", help="make the source when there is none, as an excerpt one"
    )
    parser.add_argument("--date", default="", help="the day or moment of publication: 2020-01-02")
    parser.add_argument("--url", default="", help="the address of the original report")
    parser.add_argument("--kind", choices=KINDS, help="take every input for this, whatever it looks like")
    add_root(parser)
    add_now(parser)
    parser.add_argument("--again", action="store_true", help="clean articles anew from the raw files that were kept")
    parser.add_argument(
        "--dry-run", action="store_true", help="with --again: say what would change, and change nothing"
    )
    parser.add_argument("--remember", action="store_true", help="write the lines that a source repeats into its file")
    parser.add_argument("--private", action="store_true", help="fetch also from machines of your own network")
    add_jobs(parser)
    parser.add_argument("--cluster", default="", metavar="ADDRESS", help="prepare on a Dask cluster: tcp://host:8786")
    parser.add_argument("--json", action="store_true", help="print one JSON line for each input")


def run(options: argparse.Namespace) -> int:
    """Take every input in; 1 when one of them could not be."""
    root = root_of(options)
    site = site_values(root)
    zone = zone_named(site.config.timezone)
    _check_words(options)
    if not options.again:
        _check_paths(root, options.paths)
    try:
        if options.date:
            parse_moment(options.date, zone)
    except ValueError as fault:
        raise UsageError(f"{fault} Write it as 2020-01-02 or 2020-01-02T09:30+03:00.") from fault
    site = _with_source(root, site, options)
    now = datetime.fromtimestamp(now_of(options), zone)
    desk = Desk(root, site.config, site.topics, site.sources, now, jobs=options.jobs or cores())
    if options.again:
        lines = repeated_in_archive(desk)
        desk.learn(with_lines(site.sources, lines))
        status = run_again(desk, options)
    else:
        inputs = list(gather(options.paths, sys.stdin.buffer, Limits(private=options.private)))
        said = Said(options.source, options.date, options.url)
        lines = repeated_in_batch(inputs, said_source(said), desk.sources, desk.readings, options.kind or "")
        desk.learn(with_lines(site.sources, lines))
        status = _take(inputs, said, desk, options)
    if status != STOPPED:
        tell_repeated(lines, desk, options)
    return status


def _take(inputs: list[Input], said: Said, desk: Desk, options: argparse.Namespace) -> int:
    """Take the inputs in, in this process or in many, and tell what becomes of each."""
    states: Counter[str] = Counter()
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(len(inputs), sys.stderr))
        crew = _crew(inputs, desk.rules, options)
        preparing = None
        if crew is not None:
            stack.enter_context(crew)
            preparing = crew.prepare_each
        try:
            for taken in take_all(progress.counted(inputs), said, desk, options.kind, preparing):
                states[taken.state] += 1
                _tell(taken, progress, as_json=options.json, is_one_of_many=len(inputs) > MOST_TOLD)
                progress.show(_counted(states))
        except KeyboardInterrupt:
            progress.clear()
            print(
                f"Stopped: {_counted(states) or 'nothing done'}. The same command goes on from here.", file=sys.stderr
            )
            return STOPPED
        except IngestError:
            progress.clear()
            print(f"Stopped: {_counted(states) or 'nothing done'}.", file=sys.stderr)
            raise
    if not options.json and sum(states.values()) != 1:
        print(f"{_counted(states).capitalize()}." if states else "There is no raw file here.")
        if states[HELD] and len(inputs) > MOST_TOLD:
            print("What the held articles wait for: dateline list held")
    return 1 if states[FAILED] else 0


def _crew(inputs: list[Input], rules: Rules, options: argparse.Namespace) -> Crew | Cluster | None:
    """Return what prepares the inputs: a cluster, many processes, or, where these are not worth it, this one alone."""
    if options.cluster:
        from generator.ingest.cluster import Cluster

        return Cluster(rules, options.cluster)
    are_many = len(inputs) >= WORTH_A_CREW or any(one.is_archive for one in inputs)
    size = options.jobs or (cores() if are_many else 1)
    return Crew(rules, size) if size > 1 or are_many else None


def _counted(states: Counter[str]) -> str:
    return ", ".join(f"{states[state]:,} {words}" for state, words in _WORDS.items() if states[state])


def _check_words(options: argparse.Namespace) -> None:
    jobs_of(options)
    if options.dry_run and not options.again:
        raise UsageError("--dry-run goes with --again; without it nothing is tried.")
    if options.again:
        if any((options.source, options.date, options.url, options.kind, options.private, options.new_source)):
            raise UsageError("--again takes what was said when the files were taken in; edit the articles instead.")
        return
    if not options.paths:
        raise UsageError("Name the files, folders or addresses to take in, or - for standard input.")
    if options.new_source and not options.source:
        raise UsageError("--new-source makes the source that --source names; give both.")
    if options.url and (len(options.paths) > 1 or Path(options.paths[0]).is_dir()):
        raise UsageError("--url belongs to one file; for several, write a note beside each: page.html.yaml.")
    if options.private and not any(map(is_address, options.paths)):
        raise UsageError("--private is for addresses, and there is none among the paths.")
    if options.url and unfitness(URL, options.url):
        raise UsageError(f'"{options.url}" is not a web address. Write it whole, from https:// on, without blanks.')


def _check_paths(root: Path, paths: Sequence[str]) -> None:
    """Raise UsageError where a path would take in the site's own articles a second time, as raw reports."""
    content = (root / "content").resolve()
    for path in paths:
        if path == STANDARD_INPUT or is_address(path):
            continue
        if not path:
            raise UsageError('"" names no file. Name files, folders or addresses, or - for standard input.')
        place = Path(path).resolve()
        within = place.is_relative_to(content) and not place.is_relative_to(content / "inbox")
        if within or content.is_relative_to(place) or root.is_relative_to(place):
            raise UsageError(f"{path}: the site's own content lies there. Name raw files elsewhere, or content/inbox.")


def _with_source(root: Path, site: SiteValues, options: argparse.Namespace) -> SiteValues:
    """Return the site with the source that was asked for, made when that was asked for too."""
    known = [source.key for source in site.sources]
    if not options.source or options.source in known:
        return site
    if options.new_source:
        host = (urlsplit(options.url).hostname or "").removeprefix("www.")
        made = new_source(root, options.source, domain=host)
        print(f"content/{made.path}: made, with rights: {made.rights}.", file=sys.stderr)
        return site._replace(sources=(*site.sources, made))
    raise IngestError(
        f'There is no source "{options.source}".{did_you_mean(options.source, known)}\n'
        f"  A source is a file in content/sources/; --new-source makes this one."
    )


def _tell(taken: Taken, progress: Progress, *, as_json: bool, is_one_of_many: bool) -> None:
    """Say what became of an input; among many, only what a person should look at."""
    wrong = [
        f"content/{taken.path}: warning: {doubt}"
        for doubt in taken.doubtful
        if not as_json and (_is_contradiction(doubt) or not is_one_of_many)
    ]
    right = ""
    if as_json:
        row = {**taken._asdict(), "tags": [plain_row(each) for each in taken.tags]}
        right = json.dumps(row, ensure_ascii=False)
    elif taken.state == FAILED:
        wrong.append(taken.message)
    elif taken.state in (RENEWED, LEFT):
        right = f"content/{taken.path}: {taken.message}"
    elif not is_one_of_many and taken.state == KNOWN:
        right = f"{taken.where}: known already, {taken.message or f'taken in as content/{taken.path}'}"
    elif not is_one_of_many:
        right = f"content/{taken.path}: {_outcome(taken)}"
    if wrong or right:
        progress.clear()
    for line in wrong:
        print(line, file=sys.stderr)
    if right:
        print(right)


def _is_contradiction(doubt: str) -> bool:
    return doubt.startswith(("date:", "url:"))


def _outcome(taken: Taken) -> str:
    copy = f" (the same story as {taken.copy_of})" if taken.copy_of else ""
    tags = "".join(f"\n{row}" for row in evidence_rows(taken.tags)) or "\n  no topic"
    if taken.state == WRITTEN:
        return f"{taken.title}{copy}{tags}"
    evidence = "".join(f"\n  seen: {words}" for words in taken.evidence[:6])
    return f"held, missing {', '.join(taken.reasons)}{copy}{evidence}{tags}"
