"""Start a briefing, an article, a topic or a source. What stands already is never overwritten.

Examples:
  dateline new briefing 2020-01-02    the day ready-sorted; run again, it adds only what is new
  dateline new article "Crowds leave the embassy" --source wire
  dateline new topic us-forces --title "US forces"
  dateline new source wire --name "Example Wire" --home https://wire.example/
"""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.cli.site_arguments import add_now, add_root, now_of, root_of
from generator.config import Config
from generator.config_file import load_config
from generator.errors import ERROR, UsageError, did_you_mean
from generator.files import read_bytes, replace_file
from generator.ingest.place import write_new
from generator.load.briefing_file import Day, new_briefing, with_news
from generator.load.offered import offered, record_offered
from generator.load.site_content import load_content
from generator.load.validate import Loaded
from generator.model.arrange import edition_day
from generator.model.site import in_site_order
from generator.model.source import RIGHTS, SOURCE_KINDS
from generator.text.dates import is_day, moment_at, parse_moment, written, zone_named
from generator.text.frontmatter import dump
from generator.text.kinds import read_url
from generator.text.records import Reading, Unfit
from generator.text.slug import is_slug, slug_of

GOOD, CONTENT_FAULTS = 0, 1
_THINGS = {
    "briefing": (
        "a day, arranged",
        """Write a day's briefing ready-sorted, for an editor to arrange.

Run again, it adds what is new since at the end, under a heading of its own; every byte before that stays, and what was
taken out of the file stays out.

Example:
  dateline new briefing 2020-01-02""",
    ),
    "article": (
        "an article of your own, as a draft",
        """Start an article, as a draft in the folder of its day.

Example:
  dateline new article "Crowds leave the embassy" --topic iraq
  dateline new article "Crowds leave the embassy" --source wire --date 2020-01-02T09:30+03:00""",
    ),
    "topic": (
        "a topic and its page",
        """Start a topic: its page, and the forms by which texts name it.

Example:
  dateline new topic us-forces --title "US forces"
""",
    ),
    "source": (
        "an outlet",
        """Start a source: an outlet, what it is, and what of its reports may be shown.

Example:
  dateline new source wire --name "Example Wire" --home https://wire.example/""",
    ),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    things = parser.add_subparsers(dest="thing", required=True, metavar="briefing|article|topic|source")
    briefing, article, topic, source = (
        things.add_parser(thing, help=summary, description=words, formatter_class=argparse.RawDescriptionHelpFormatter)
        for thing, (summary, words) in _THINGS.items()
    )
    briefing.add_argument("day", metavar="DAY", help="as 2020-01-02")
    article.add_argument("title", metavar="TITLE", help="its headline; the file is named after it")
    article.add_argument("--date", metavar="DATE", help="its day or moment (default: now)")
    article.add_argument("--source", metavar="KEY", help="where it comes from (default: own writing)")
    article.add_argument("--topic", metavar="ID", action="append", default=[], help="a topic; may be given again")
    topic.add_argument("id", metavar="ID", help="its file name and address, such as us-forces")
    topic.add_argument("--title", metavar="TITLE", help="its name (default: made from the id)")
    source.add_argument("key", metavar="KEY", help="its file name, by which articles name it")
    source.add_argument("--name", metavar="NAME", help="its name (default: made from the key)")
    source.add_argument("--home", metavar="URL", help="its address")
    source.add_argument("--kind", choices=SOURCE_KINDS, default="wire", help="what sort of outlet it is")
    source.add_argument("--rights", choices=RIGHTS, default="excerpt", help="what may be shown of its reports")
    for one in (briefing, article, topic, source):
        add_root(one)
    for one in (briefing, article):
        add_now(one)


def run(options: argparse.Namespace) -> int:
    """Write the file and say where it is."""
    root = root_of(options)
    makers = {"briefing": _briefing, "article": _article, "topic": _topic, "source": _source}
    return makers[options.thing](root, load_config(root), options)


def _briefing(root: Path, config: Config, options: argparse.Namespace) -> int:
    if not is_day(options.day):
        raise UsageError(f'"{options.day}" is not a day. Write it as 2020-01-02.')
    now = now_of(options)
    loaded = load_content(root, config, now)
    path = f"briefings/{options.day}.md"
    place = root / "content" / path
    day = _day(loaded, config, options.day)
    if place.exists():
        status = _add_news(root, path, loaded, day._replace(offered=offered(root, path)))
    else:
        as_of = moment_at(now, zone_named(config.timezone))
        write_new(place, new_briefing(path, day, as_of).encode())
        record_offered(root, path, (article.id for article in day.articles))
        found = f"{_counted(len(day.articles), 'article')}, sorted" if day.articles else "no article is of that day yet"
        print(f"Wrote content/{path}: {found}. Now arrange it.")
        status = GOOD
    if loaded.left_out:
        print(f"{_counted(len(loaded.left_out), 'article')} with errors left out: dateline build", file=sys.stderr)
    if loaded.held:
        print(f"{_counted(len(loaded.held), 'article')} held back: dateline list held", file=sys.stderr)
    return status


def _day(loaded: Loaded, config: Config, day: str) -> Day:
    topics = in_site_order(loaded.published.topics, config.topic_order)
    return Day(
        tuple(article for article in loaded.published.articles if edition_day(article, config.day_closes) == day),
        {topic.id: topic.title for topic in topics},
        {source.key: source.name for source in loaded.published.sources},
    )


def _add_news(root: Path, path: str, loaded: Loaded, day: Day) -> int:
    """Add what is new to a day's file; every byte that stands there stays, and what was taken out stays out."""
    briefing = next((one for one in loaded.published.briefings if one.path == path), None)
    if briefing is None:
        for fault in loaded.faults:
            if fault.path == f"content/{path}" and fault.severity == ERROR:
                print(fault.text(), file=sys.stderr)
        print("The briefing cannot be read, so nothing was added.", file=sys.stderr)
        return CONTENT_FAULTS
    if briefing.closed:
        raise UsageError(f"content/{path} is closed. Take out the line closed: true to add to it.")
    place = str(root / "content" / path)
    content = read_bytes(place)
    text = content.decode("utf-8")
    added, new, taken_out = with_news(path, text, briefing, day)
    if new:
        written_out = added.replace("\n", "\r\n") if "\r\n" in text else added
        replace_file(place, content + written_out.encode())
        print(f"Added {_counted(len(new), 'article')} at the end of content/{path}.")
    elif taken_out:
        print("Nothing is new.")
    else:
        print(f"Nothing is new: content/{path} names every article of the day.")
    known = day.offered.union(article.id for article in day.articles)
    if known != day.offered:
        record_offered(root, path, known)
    if taken_out:
        print("Offered before, and not in the file:")
        for article in taken_out:
            print(f"  content/{article.path}")
    return GOOD


def _article(root: Path, config: Config, options: argparse.Namespace) -> int:
    zone = zone_named(config.timezone)
    title = " ".join(options.title.split())
    if not title:
        raise UsageError("An article needs a title.")
    if options.date:
        try:
            date = parse_moment(options.date, zone)
        except ValueError as fault:
            raise UsageError(f"{fault} Write it as 2020-01-02 or 2020-01-02T09:30+03:00.") from fault
    else:
        date = moment_at(now_of(options), zone)
    _check_known(root, "source", "sources", [options.source] if options.source else [])
    _check_known(root, "topic", "topics", options.topic)
    front = {
        "title": title,
        "date": written(date),
        "id": secrets.token_hex(6),
        "summary": None,
        "topics": options.topic or None,
        "source": options.source,
        "draft": True,
    }
    path = f"articles/{date.day.replace('-', '/')}/{slug_of(title)}.md"
    text = f"---\n{dump(front)}# summary: One or two sentences that stand below the title.\n---\nWrite here.\n"
    return _write(root, path, text, "Take out draft: true to publish it.")


def _topic(root: Path, config: Config, options: argparse.Namespace) -> int:
    _check_id(options.id, "topic")
    title = options.title or options.id.replace("-", " ").capitalize()
    front = {"title": title, "aliases": [title]}
    hints = (
        "# aliases are the forms that name it in text; {Samarra: 0.9} gives a form less weight.\n"
        "# cased: []      forms that count only in this case\n"
        "# exclude: []    phrases that contain a form and mean something else\n"
    )
    text = f"---\n{dump(front)}{hints}---\nWhat a reader must know of it, in a few paragraphs.\n"
    return _write(root, f"topics/{options.id}.md", text, "Give it the forms that name it.")


def _source(root: Path, config: Config, options: argparse.Namespace) -> int:
    _check_id(options.key, "source")
    name = options.name or options.key.replace("-", " ").title()
    if options.home and not _is_address(options.home):
        raise UsageError(f'--home: "{options.home}" is no web address. Write it whole, from https:// on.')
    front: Mapping[str, Any] = {"name": name, "home": options.home, "kind": options.kind, "rights": options.rights}
    advice = "Its reports are shown as excerpts." if options.rights == "excerpt" else "Look over its rights."
    return _write(root, f"sources/{options.key}.md", f"---\n{dump(front)}---\n", advice)


def _is_address(url: str) -> bool:
    try:
        read_url("home", url, 0, Reading("", zone_named("UTC")))
    except Unfit:
        return False
    return True


def _write(root: Path, path: str, text: str, advice: str) -> int:
    if not write_new(root / "content" / path, text.encode()):
        raise UsageError(f"content/{path} is there already. Nothing was written.")
    print(f"Wrote content/{path}. {advice}")
    return GOOD


def _check_id(id: str, sort: str) -> None:
    if not is_slug(id):
        raise UsageError(f'"{id}" cannot be the id of a {sort}: small letters, digits and hyphens can: {slug_of(id)}')


def _check_known(root: Path, sort: str, folder: str, ids: list[str]) -> None:
    known = {place.stem for place in (root / "content" / folder).glob("*.md")}
    for id in ids:
        if id not in known:
            raise UsageError(f'There is no {sort} "{id}".{did_you_mean(id, known)} Make it: dateline new {sort} {id}')


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
