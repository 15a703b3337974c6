"""An edit of words, put into the site that stands: the cost is that of the edit, not of the site.

Which outputs to bring up follows from the values, never from the names of the files that were saved. What says more
than words is not taken here; the site is then planned anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.build.content import ContentCache, Entry
from generator.build.planned import Planned, Stand
from generator.build.publish import Staged
from generator.build.report import Report
from generator.files import FileStat
from generator.load.scan import CONTENT
from generator.model.article import SourceCredit
from generator.model.edited import Edit, edited, is_of_words
from generator.model.site import Site
from generator.named import NamedTuple
from generator.render.output import Output
from generator.render.plan_edits import plan_edits

_OWN_WRITING = SourceCredit()


class Saved(NamedTuple):
    """Files that were saved: their entries as they are now by path, those parsed, and those that say something else."""

    entries: dict[str, Entry]
    parsed: tuple[str, ...]
    edits: tuple[Edit, ...]


def read_saved(root: Path, content: ContentCache, planned: Planned, changed: Iterable[str], at: int) -> Saved | None:
    """Return what the files say that were saved before `at`, in nanoseconds; None where it is more than words."""
    site = stand_of(planned).desk.site
    faulty = {fault.path for fault in planned.faults}
    entries: dict[str, Entry] = {}
    parsed: list[str] = []
    edits: list[Edit] = []
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
        article = site.by_path.get(path)
        if article is None or before.faults or entry.faults or name in faulty:
            return None
        edit = Edit(article, entry.value)
        if not is_of_words(edit) or not _is_well_linked(content, before, entry, site):
            return None
        parsed += [path] * is_parsed
        edits.append(edit)
    return Saved(entries, tuple(parsed), tuple(edits))


def _is_well_linked(content: ContentCache, before: Entry, entry: Entry, site: Site) -> bool:
    """Say whether an article's links lead to what everybody may see, and those to it arrive as they did."""
    if before.headings != entry.headings:
        return False
    for link in entry.value.links:
        article = site.by_path.get(link.target)
        if link.target not in site.addresses or (article is not None and (article.draft or article.held)):
            return False
        target = content.known(link.target) if link.fragment else None
        if link.fragment and (target is None or link.fragment not in target.headings):
            return False
        # Whether a heading is shown is its source's to say, and a build's to tell.
        if link.fragment and article is not None and article.source != _OWN_WRITING:
            return False
    return True


class Edited(NamedTuple):
    """The site as it stands after an edit, and the outputs that may differ."""

    planned: Planned
    outputs: Sequence[Output]


def plan_edited(planned: Planned, edits: Sequence[Edit]) -> Edited:
    """Return what an edit makes of the site that stands."""
    stand = stand_of(planned)
    articles = [edit.after for edit in edits]
    site = edited(stand.desk.site, edits)
    desk = stand.desk.edited(site, articles)
    days = stand.days.edited(desk, articles)
    both = (days, stand.days)
    outputs = plan_edits(desk, stand.desk, bodies=stand.bodies, days=both, strings=stand.strings, edits=edits)
    return Edited(planned._replace(outputs=(), stand=stand._replace(desk=desk, days=days)), tuple(outputs))


def report_of(planned: Planned, saved: Saved, staged: Sequence[Staged], outputs: int) -> Report:
    """Return what was done for an edit to a site of so many `outputs`."""
    return Report(
        ok=True,
        faults=planned.faults,
        read=len(saved.entries),
        parsed=saved.parsed,
        outputs=outputs,
        rendered=tuple(one.path for one in staged if one.rendered),
        written=tuple(one.path for one in staged if one.waiting),
        reasons=tuple((one.path, one.left.why) for one in staged if one.rendered),
        held=planned.held,
    )


def stand_of(planned: Planned) -> Stand:
    """Return what the outputs of a faultless plan were planned from."""
    assert planned.stand is not None
    return planned.stand


def _stat(place: Path, path: str) -> FileStat | None:
    try:
        stat = os.stat(place)
    except OSError:
        return None
    return FileStat(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
