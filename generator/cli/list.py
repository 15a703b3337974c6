"""List articles that wait or lack something: drafts, held, scheduled, untagged or unsourced ones.

Examples:
  dateline list held                           what is held, and what each article waits for
  dateline list held --set date=2020-01-02     give all of them that day: those that lack nothing else are released
  dateline list held --set date=2020-01-02 content/articles/held/one.md
  dateline list untagged --json
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from generator.cli.evidence import evidence_rows, plain_row
from generator.cli.site_arguments import add_now, add_root, now_of, root_of
from generator.config import Config
from generator.config_file import load_config
from generator.errors import ERROR, UsageError, did_you_mean
from generator.files import read_bytes, replace_file
from generator.ingest.suggest import Suggestion, suggestion
from generator.ingest.tag import tagger
from generator.load.release import given
from generator.load.scan import CONTENT
from generator.load.site_content import load_content
from generator.load.validate import Loaded
from generator.model.article import Article
from generator.model.site import in_site_order
from generator.text.dates import parse_moment, written, zone_named

GOOD, CONTENT_FAULTS = 0, 1
GIVEN = ("date", "source")
UNTAGGED = "untagged"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("what", choices=tuple(_LISTS), metavar="|".join(_LISTS), help="which articles")
    parser.add_argument("paths", nargs="*", default=[], metavar="PATH", help="only these files or folders")
    parser.add_argument("--set", metavar="KEY=VALUE", dest="given", help="of held ones: give what they lack")
    parser.add_argument("--json", action="store_true", help="one JSON line for each article")
    add_root(parser)
    add_now(parser)


def run(options: argparse.Namespace) -> int:
    """Print the list, or give held articles what they lack."""
    root = root_of(options)
    config = load_config(root)
    loaded = load_content(root, config, now_of(options))
    found = _chosen(_LISTS[options.what](loaded), options.paths, root)
    if options.given is not None:
        if options.what != "held":
            raise UsageError("--set gives held articles what they lack: dateline list held --set date=2020-01-02")
        return _give(root, config, found, options.given)
    suggested = _suggestions(root, config, loaded, found) if options.what == UNTAGGED else {}
    for article in found:
        why = suggested.get(article.path)
        if options.json:
            print(json.dumps(_row(article) | (_suggested_row(why) if why else {}), ensure_ascii=False))
        else:
            print(_line(article) + (_suggested_lines(article, why) if why else ""))
    if not options.json:
        _sum_up(options.what, found)
    faulty = sum(fault.severity == ERROR for fault in loaded.faults)
    if faulty:
        print(f"{_counted(faulty, 'error')} in content: dateline build", file=sys.stderr)
    return GOOD


def _everything(loaded: Loaded) -> Sequence[Article]:
    return (*loaded.published.articles, *loaded.scheduled, *loaded.held, *loaded.drafts)


_LISTS: Mapping[str, Callable[[Loaded], Sequence[Article]]] = {
    "drafts": lambda loaded: loaded.drafts,
    "held": lambda loaded: loaded.held,
    "scheduled": lambda loaded: loaded.scheduled,
    UNTAGGED: lambda loaded: [article for article in _everything(loaded) if not article.own_topics],
    "unsourced": lambda loaded: [
        article for article in _everything(loaded) if not article.source.key and not article.source.name
    ],
}


def _chosen(articles: Sequence[Article], paths: Sequence[str], root: Path) -> list[Article]:
    """Return the articles at or below the paths, all without any; sorted by path."""
    wanted = [_content_path(path, root) for path in paths]
    return sorted(
        article
        for article in articles
        if not wanted or any(article.path == path or article.path.startswith(f"{path}/") for path in wanted)
    )


def _content_path(path: str, root: Path) -> str:
    place = Path(os.path.abspath(path))
    content = root / CONTENT
    if not place.exists() or not place.is_relative_to(content):
        raise UsageError(f'"{path}" is no file or folder of {content}.')
    return place.relative_to(content).as_posix()


def _row(article: Article) -> dict[str, object]:
    return {
        "file": f"{CONTENT}/{article.path}",
        "id": article.id,
        "title": article.title,
        "date": article.date.iso if article.date else None,
        "source": article.source.key or article.source.name or None,
        "topics": list(article.own_topics),
        "held": list(article.held),
        "evidence": list(article.provenance.evidence),
        "publish_at": article.publish_at.iso if article.publish_at else None,
    }


def _line(article: Article) -> str:
    facts = [article.date.iso if article.date else "no day"]
    if article.held:
        facts.append(f"waits for {', '.join(article.held)}")
    if article.publish_at:
        facts.append(f"appears {written(article.publish_at)}")
    evidence = "".join(f"\n    seen: {seen}" for seen in article.provenance.evidence if article.held)
    return f"{CONTENT}/{article.path}\n    {article.title} ({'; '.join(facts)}){evidence}"


def _suggestions(root: Path, config: Config, loaded: Loaded, articles: Sequence[Article]) -> Mapping[str, Suggestion]:
    by = tagger(in_site_order(loaded.published.topics, config.topic_order), config.tagging)
    return {
        article.path: suggestion(
            article.title, (root / CONTENT / article.path).read_text("utf-8-sig"), by, article.excluded
        )
        for article in articles
    }


def _suggested_row(why: Suggestion) -> dict[str, object]:
    return {
        "suggested": [plain_row(each) for each in why.given],
        "nearest": [plain_row(each) for each in why.nearest],
        "threshold": why.threshold,
    }


def _suggested_lines(article: Article, why: Suggestion) -> str:
    """Return what the tagger would say of an article, and by which words."""
    if article.provenance.cut:
        head = "its words are kept out of the file; what is left of them says:"
    elif why.given:
        head = "the tagger would say:"
    elif why.nearest:
        head = f"named, with fewer than {why.threshold:g} points:"
    else:
        return "\n    no topic is named"
    return "\n".join((f"\n    {head}", *evidence_rows(why.given or why.nearest, "      ")))


def _sum_up(what: str, found: Sequence[Article]) -> None:
    if not found:
        print("No drafts." if what == "drafts" else f"No {what} articles.")
        return
    print(f"{_counted(len(found), 'article')}.")
    if what == UNTAGGED:
        print("Give them topics: in the files, or try better forms: dateline topics try TEXT")
    if what == "held" and any("date" in article.held for article in found):
        print("Give what is missing in the files, or to all at once: dateline list held --set date=2020-01-02")


def _give(root: Path, config: Config, articles: Sequence[Article], told: str) -> int:
    """Write one value into each held article that lacks it; say which are released and what the others wait for."""
    key, equals, value = told.partition("=")
    if not equals or key not in GIVEN or not value.strip():
        raise UsageError(f'"{told}" cannot be given. Write {" or ".join(f"{one}=…" for one in GIVEN)}.')
    _check(root, config, key, value.strip())
    released = waiting = 0
    for article in articles:
        if key not in article.held:
            continue
        place = root / CONTENT / article.path
        text = read_bytes(str(place)).decode("utf-8")
        replace_file(str(place), given(text, key, value.strip(), held=article.held).encode())
        rest = [reason for reason in article.held if reason != key]
        released += not rest
        waiting += bool(rest)
        print(f"{CONTENT}/{article.path}: {'released' if not rest else 'still waits for ' + ', '.join(rest)}")
    print(f"{_counted(released, 'article')} released, {waiting} still waiting.")
    return GOOD


def _check(root: Path, config: Config, key: str, value: str) -> None:
    if key == "date":
        try:
            parse_moment(value, zone_named(config.timezone))
        except ValueError as fault:
            raise UsageError(f"{fault} Write it as 2020-01-02 or 2020-01-02T09:30+03:00.") from fault
        return
    known = {place.stem for place in (root / CONTENT / "sources").glob("*.md")}
    if value not in known:
        raise UsageError(f'There is no source "{value}".{did_you_mean(value, known)}')


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
