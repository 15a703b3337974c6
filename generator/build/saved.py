"""What files say that were saved, where that is no more than words: text of articles and topics, a day's arrangement.

Here stands what decides whether a save can be put into the site that stands. In doubt it cannot: then all content is
checked and the site planned anew, to the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from generator.build.content import ContentCache, Entry
from generator.build.planned import Planned, stand_of
from generator.files import FileStat
from generator.load.body import content_path
from generator.load.scan import CONTENT
from generator.model.article import Article, SourceCredit
from generator.model.briefing import Briefing
from generator.model.edited import Edit, Revision, is_of_text, is_of_words
from generator.model.site import Site
from generator.model.topic import Topic
from generator.named import NamedTuple

_OWN_WRITING = SourceCredit()


class Saved(NamedTuple):
    """Files that were saved: their entries as they are now by path, those parsed, and what they say otherwise."""

    entries: dict[str, Entry]
    parsed: tuple[str, ...]
    revision: Revision


def read_saved(root: Path, content: ContentCache, planned: Planned, changed: Iterable[str], at: int) -> Saved | None:
    """Return what the files say that were saved before `at`, in nanoseconds; None where it is more than words."""
    site = stand_of(planned).desk.site
    faulty = {fault.path for fault in planned.faults}
    entries: dict[str, Entry] = {}
    parsed: list[str] = []
    saves: list[tuple[str, Entry, Entry]] = []
    revised: dict[str, list[Any]] = {kind: [] for kind in _REVISED}
    for name in changed:
        path = name.removeprefix(f"{CONTENT}/")
        before = content.known(path) if path != name else None
        stat = _stat(root / name, path)
        if before is None or stat is None:
            return None
        _, is_parsed, entry = content.read(stat, before.kind, at)
        entries[path] = entry
        if entry.digest == before.digest:
            continue
        if entry.kind not in _REVISED or before.faults or entry.faults or name in faulty:
            return None
        found = _REVISED[entry.kind](site, path, before, entry)
        if found is None:
            return None
        parsed += [path] * is_parsed
        saves.append((path, before, entry))
        revised[entry.kind].append(found)
    revision = Revision(*map(tuple, revised.values()))
    # One save may take a heading away and another one lead to it, so that links are looked at when all are read.
    linked = planned.linked_headings | linked_headings(revision)
    if not all(_leads_as_before(content, site, linked, entries, save) for save in saves):
        return None
    return Saved(entries, tuple(parsed), revision)


def linked_headings(revision: Revision) -> frozenset[tuple[str, str]]:
    """Return the headings that what is written otherwise leads to, as content paths and ids."""
    written: tuple[Any, ...] = (*(edit.after for edit in revision.articles), *revision.briefings, *revision.topics)
    return frozenset((link.target, link.fragment) for value in written for link in value.links if link.fragment)


def _article(site: Site, path: str, before: Entry, entry: Entry) -> Edit | None:
    article = site.by_path.get(path)
    if article is None:
        return None
    edit = Edit(article, entry.value)
    return edit if is_of_words(edit) else None


def _briefing(site: Site, path: str, before: Entry, entry: Entry) -> Briefing | None:
    """Return a day as it is arranged now, its lead named by id; what could be a fault is left to the checks of load."""
    was, now = before.value, entry.value
    if type(now) is not Briefing or now.edition or now.day not in site.briefings or was.closed or now.closed:
        return None
    entries = [one for section in now.sections for one in section.entries]
    named = [target for one in entries for target in (one.target, *one.also)]
    if any(site.by_path.get(target) is None for target in named) or len({one.target for one in entries}) < len(entries):
        return None
    if any(topic not in site.topics for topic in now.order):
        return None
    lead = _lead(site, path, was, now)
    return now._replace(lead=lead) if lead is not None else None


def _lead(site: Site, path: str, was: Briefing, now: Briefing) -> str | None:
    """Return the id of a day's lead, "" where it names none; None where all articles must be looked at for it."""
    if not now.lead:
        return ""
    article: Article | None = site.by_path.get(content_path(path, now.lead)) or site.by_path.get(now.lead)
    if article is not None:
        return article.id
    # What is named otherwise is who it was, unless it is a slug: then the day's entries decide whose.
    targets = (one.target for briefing in (was, now) for section in briefing.sections for one in section.entries)
    entries = filter(None, map(site.by_path.get, targets))
    if now.lead != was.lead or any(entry.slug == now.lead for entry in entries):
        return None
    return site.briefings[now.day].lead


def _topic(site: Site, path: str, before: Entry, entry: Entry) -> Topic | None:
    now = entry.value
    if type(now) is not Topic or now.id not in site.topics:
        return None
    return now if is_of_text(site.topics[now.id], now) else None


# Kinds of content in the order of a revision's fields.
_REVISED: Mapping[str, Callable[[Site, str, Entry, Entry], Any]] = {
    "article": _article,
    "briefing": _briefing,
    "topic": _topic,
}


def _leads_as_before(
    content: ContentCache,
    site: Site,
    linked: AbstractSet[tuple[str, str]],
    entries: Mapping[str, Entry],
    save: tuple[str, Entry, Entry],
) -> bool:
    """Say whether a file's links lead to what everybody may see, those to it arrive as they did, and files are there.

    `linked` are the headings that links lead to, `entries` the saved files as they are; `save` is the path of one of
    them, its entry as it was and as it is.
    """
    path, before, entry = save
    if {name for name, _ in before.files} != {name for name, _ in entry.files}:
        return False
    if any((path, heading) in linked for heading in {*before.headings} ^ {*entry.headings}):
        return False
    for link in entry.value.links:
        article = site.by_path.get(link.target)
        if link.target not in site.addresses or (article is not None and (article.draft or article.held)):
            return False
        if not link.fragment:
            continue
        target = entries.get(link.target) or content.known(link.target)
        if target is None or link.fragment not in target.headings:
            return False
        # Whether a heading is shown is its source's to say, and a build's to tell.
        if article is not None and article.source != _OWN_WRITING:
            return False
    return True


def _stat(place: Path, path: str) -> FileStat | None:
    try:
        stat = os.stat(place)
    except OSError:
        return None
    return FileStat(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
