"""A builder that lives on: what it has in memory spares it looking at, and planning, what an edit has not touched.

An edit of an article's words is put into the site that stands; which outputs to bring up then follows from the values,
never from the names of the files that were saved. Everything else is a build like any other.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.build.build import Builder, told_plainly, uncollected
from generator.build.clock import ALWAYS, Validity, validity_at
from generator.build.content import Entry, present_in, unsure
from generator.build.planning import Planned, Stand
from generator.build.press import Press
from generator.build.publish import Stage, Staged, move_into_place, staging_folder
from generator.build.report import Report
from generator.build.stamp import Scan, read_stamp, remove_stamp, scan, write_stamp
from generator.build.state import OutputState
from generator.files import FileStat
from generator.load.scan import CONTENT
from generator.model.article import SourceCredit
from generator.model.edited import Edit, edited, is_of_words
from generator.model.looks import Looks
from generator.model.site import Site
from generator.render.days import Days
from generator.render.output import Output
from generator.render.plan import plan
from generator.render.plan_edits import plan_edits

OWN_WRITING = SourceCredit()


class _Edits(NamedTuple):
    """Files that were saved: their entries as they are now by path, and those that say something else."""

    entries: dict[str, Entry]
    parsed: tuple[str, ...]
    edits: tuple[Edit, ...]


class LiveBuilder:
    """Builds as its builder does, at the cost of the edit where an edit is all there was.

    `validity` is the span of time in which the same files give the same site.
    """

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._looks = Looks()
        self._planned: Planned | None = None
        self._is_good = False
        self._days: Days | None = None
        self.validity = Validity(-ALWAYS, ALWAYS)

    def build(self, changed: Iterable[str] | None = None) -> Report:
        """Bring the output up to the content; `changed` are the files saved since the last build, None for unknown.

        Raises GeneratorError as a builder does.
        """
        planned, self._planned, self._is_good = self._planned, None, False
        now = self._builder.wishes.now()
        if changed is not None and planned is not None and self.validity.holds_at(now):
            found = self._read(changed, planned, time.time_ns())
            if found is not None:
                with told_plainly(self._builder.cache), self._builder.alone(), uncollected():
                    return self._edit(planned, found)
        return self._whole(self._builder.build())

    def rest(self) -> Report | None:
        """Use a quiet moment: have in memory what the next edit will need, and leave what the next start will.

        The look at all files that this takes also finds what nobody told of. None where a fault stands.
        """
        if not self._is_good:
            return None
        seen = scan(self._builder.root)
        planned, last, content = self._planned, self._builder.seen, self._builder.content
        if planned is None or last is None or content is None or last.beside != seen.beside:
            return self._whole(self._builder.build(seen))
        present = present_in(seen.content)
        doubtful = [f"{CONTENT}/{stat.path}" for stat in unsure(content, present.stats)]
        found = self._read(doubtful, planned, seen.at) if present.kinds.keys() == content.entries.keys() else None
        if found is None:
            return self._whole(self._builder.build(seen))
        with told_plainly(self._builder.cache), self._builder.alone(), uncollected():
            report = self._edit(planned, found)
            if not found.edits:
                self._leave_stamp(seen, planned)
        return report

    def plan(self) -> tuple[Planned, OutputState]:
        """Return what stands, with all its outputs; nothing is read for it where this builder knows."""
        if self._planned is None:
            return self._builder.plan()
        return self._planned._replace(outputs=plan(*_stand_of(self._planned))), self._builder.state

    def _whole(self, report: Report) -> Report:
        self._is_good = report.ok
        self._planned = planned = self._builder.planned if report.ok else None
        self._days = None
        if planned is not None:
            self.validity = validity_at(self._builder.wishes.now(), planned.articles)
        elif (stamp := read_stamp(self._builder.cache)) is not None:
            self.validity = stamp.validity
        return report

    def _leave_stamp(self, seen: Scan, planned: Planned) -> None:
        left = self._builder.state.left
        write_stamp(
            self._builder.cache,
            seen,
            validity=self.validity,
            outputs=((path, one.size, one.mtime) for path, one in left.items()),
            counts=(planned.held, len(planned.left_out)),
        )

    def _read(self, changed: Iterable[str], planned: Planned, at: int) -> _Edits | None:
        """Return what the files say that were saved before `at`, in nanoseconds; None where it is more than words."""
        content = self._builder.content
        site = _stand_of(planned).desk.site
        faulty = {fault.path for fault in planned.faults}
        entries: dict[str, Entry] = {}
        parsed: list[str] = []
        edits: list[Edit] = []
        for name in changed:
            path = name.removeprefix(f"{CONTENT}/")
            before = content.entries.get(path) if content is not None and path != name else None
            stat = _stat(self._builder.root / name, path)
            if content is None or before is None or stat is None:
                return None
            _, is_parsed, entry = content.read(stat, before.kind, at)
            entries[path] = entry
            if entry.digest == before.digest:
                continue
            article = site.by_path.get(path)
            if article is None or before.faults or entry.faults or name in faulty:
                return None
            edit = Edit(article, entry.value)
            if not is_of_words(edit) or not self._is_well_linked(before, entry, site):
                return None
            parsed += [path] * is_parsed
            edits.append(edit)
        return _Edits(entries, tuple(parsed), tuple(edits))

    def _is_well_linked(self, before: Entry, entry: Entry, site: Site) -> bool:
        """Say whether an article's links lead to what everybody may see, and those to it arrive as they did."""
        if before.headings != entry.headings:
            return False
        entries = self._builder.content.entries if self._builder.content is not None else {}
        for link in entry.value.links:
            article = site.by_path.get(link.target)
            if link.target not in site.addresses or (article is not None and (article.draft or article.held)):
                return False
            if link.fragment and link.fragment not in entries[link.target].headings:
                return False
            # Whether a heading is shown is its source's to say, and a build's to tell.
            if link.fragment and article is not None and article.source != OWN_WRITING:
                return False
        return True

    def _edit(self, planned: Planned, found: _Edits) -> Report:
        content = self._builder.content
        assert content is not None
        assert planned.press is not None
        content.bodies.flush()
        content.entries.update(found.entries)
        stand = _stand_of(planned)
        staged: list[Staged] = []
        if found.edits:
            days = self._days_of(stand)
            site = edited(stand.desk.site, found.edits, self._looks.lists)
            desk = stand.desk.edited(site, [edit.after for edit in found.edits])
            days = days.edited(desk, [edit.after for edit in found.edits])
            outputs = plan_edits(
                desk, stand.desk, bodies=stand.bodies, days=days, strings=stand.strings, edits=found.edits
            )
            staged = self._publish(planned.press, outputs)
            planned = planned._replace(outputs=(), stand=stand._replace(desk=desk))
            self._days = days
        self._planned, self._is_good = planned, True
        content.record(found.entries, ())
        self._builder.state.record(((one.path, one.left) for one in staged), ())
        return Report(
            ok=True,
            faults=planned.faults,
            read=len(found.entries),
            parsed=found.parsed,
            outputs=len(self._builder.state.left),
            rendered=tuple(one.path for one in staged if one.rendered),
            written=tuple(one.path for one in staged if one.waiting),
            reasons=tuple((one.path, one.left.why) for one in staged if one.rendered),
            held=planned.held,
        )

    def _publish(self, press: Press, outputs: Iterable[Output]) -> list[Staged]:
        builder = self._builder
        folder = staging_folder(builder.cache, builder.output) / "0"
        stage = Stage(folder, builder.output, state=builder.state, to_bytes=press.to_bytes)
        try:
            staged = [one for output in outputs if (one := stage.bring_up(output, press.ingredients(output)))]
            remove_stamp(builder.cache)
            with builder.publishing():
                move_into_place(staged, builder.output)
        finally:
            stage.clear()
        return staged

    def _days_of(self, stand: Stand) -> Days:
        if self._days is None:
            self._days = Days(stand.desk, stand.bodies)
        return self._days


def _stand_of(planned: Planned) -> Stand:
    assert planned.stand is not None
    return planned.stand


def _stat(place: Path, path: str) -> FileStat | None:
    try:
        stat = os.stat(place)
    except OSError:
        return None
    return FileStat(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
