"""A builder that lives on: what it has in memory spares it looking at, and planning, what an edit has not touched.

An edit of an article's words is put into the site that stands; which outputs to bring up then follows from the values,
never from the names of the files that were saved. Everything else is a build like any other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from generator.build.amend import taken_up
from generator.build.build import Builder
from generator.build.clock import ALWAYS, Validity, validity_at
from generator.build.editing import plan_edited, report_of
from generator.build.legacy import Legacy
from generator.build.log import Lost
from generator.build.planned import Planned, stand_of
from generator.build.publish import Staged, bring_all_up
from generator.build.refusals import told_plainly
from generator.build.rehearsal import rehearsed
from generator.build.report import Report
from generator.build.saved import Saved, read_saved
from generator.build.stamp import Looked, Scan, Stamp, read_stamp, scanning
from generator.build.standing import read_standing
from generator.build.state import OutputState
from generator.collector import uncollected
from generator.load.scan import CONTENT
from generator.named import NamedTuple
from generator.piecewise import Pieces, at_once
from generator.render.output import Output
from generator.render.plan import plan


class Readers(Protocol):
    """Who looks at the site while it is built: what they look at comes first."""

    def looking_at(self) -> Collection[str]:
        """Return the files of the output that somebody has before him."""

    def ahead(self, later: Iterable[str]) -> AbstractContextManager[Any]:
        """Hold readers off while files are moved into place, and from those that come `later` until the build's end."""

    def shown(self, paths: Iterable[str]) -> None:
        """Hear that these files are in place."""


class _LookedOver(NamedTuple):
    """A look at all files, and the report of the edit it found; without one there is more to do than that."""

    seen: Scan
    report: Report | None


class LiveBuilder:
    """Builds as its builder does, at the cost of the edit where an edit is all there was.

    `validity` is the span of time in which the same files give the same site. To `readers` an edit's pages are given
    in two parts: first those that they look at.
    What the last process left is taken up as it lies; a site is read and planned whole only where it must be.
    """

    def __init__(self, builder: Builder, readers: Readers | None = None) -> None:
        self._builder = builder
        self._readers = readers
        self._planned: Planned | None = None
        self._legacy: Legacy | None = None
        self._stamp: Stamp | None = None
        self._is_good = False
        self._is_rehearsed = False
        self.validity = Validity(-ALWAYS, ALWAYS)

    def build(self, changed: Iterable[str] | None = None) -> Report:
        """Bring the output up to the content; `changed` are the files saved since the last build, None for unknown.

        Raises GeneratorError as a builder does.
        """
        if self._is_good and self.validity.holds_at(self._builder.wishes.now()):
            try:
                report = self._amended(changed) if changed is not None else at_once(self._looked_over()).report
            except Lost:
                report = None
            if report is not None:
                return report
        return self._whole()

    def rest(self) -> Pieces[Report | None]:
        """Use a quiet moment: have in memory what the next edit will need, and leave what the next start will.

        The look at all files that this takes also finds what nobody told of; that is then all of this rest, so that it
        is told whenever it was published. None comes of it where a fault stands.
        Between two pieces it may be left for a build, and then begun anew.
        """
        if not self._is_good:
            return None
        try:
            seen, report = yield from self._looked_over()
            if report is not None and (report.parsed or report.written):
                return report
            if report is not None:
                yield from self._leave(seen)
                yield from self._ready()
                return report
        except Lost:
            seen = yield from scanning(self._builder.root)
        return self._whole(Looked(seen))

    def plan(self) -> tuple[Planned, OutputState]:
        """Return what stands, with the outputs of all its pages; nothing is read for it where this builder knows."""
        try:
            planned = self._standing()
            if planned is not None:
                site = stand_of(planned).desk.site
                paths = {id: f"{CONTENT}/{article.path}" for id, article in site.by_id.items()}
                planned = planned._replace(outputs=plan(*stand_of(planned)), paths=paths)
                return planned, self._builder.state
        except Lost:
            pass
        self._planned, self._is_good = None, False
        return self._builder.plan()

    def _whole(self, looked: Looked | None = None) -> Report:
        """Build like a builder that knows of no edits; after a look without a stamp, the whole site in any case."""
        self._planned, self._legacy, self._is_good, self._is_rehearsed = None, None, False, False
        builder = self._builder
        report = builder.build(looked)
        self._is_good = report.ok
        stamp = builder.stamp or read_stamp(builder.cache)
        self._planned = planned = builder.planned if report.ok else None
        if planned is None:
            self._stamp = stamp
            self.validity = stamp.validity if stamp is not None else self.validity
            return report
        self.validity = validity_at(builder.wishes.now(), planned.articles)
        standing = read_standing(builder.cache, stamp.standing) if stamp is not None else None
        if stamp is not None and standing is not None:
            self._legacy = Legacy(builder.cache, stamp, standing, planned)
        return report

    def _standing(self) -> Planned | None:
        """Return the site that stands; one that this builder did not plan is taken up from what was left."""
        if self._planned is None and self._is_good:
            with uncollected(lasts=True):
                found = taken_up(self._builder.place, self._stamp)
            self._stamp = None
            if found is not None:
                self._planned, self._builder.content, self._builder.state, self._legacy = found
        return self._planned

    def _looked_over(self) -> Pieces[_LookedOver]:
        """Look at every file, and amend where an edit is all there was; without a report it is more than that."""
        planned, last = self._standing(), self._builder.seen
        yield
        with uncollected():
            seen = yield from scanning(self._builder.root)
        yield
        if planned is None or self._legacy is None or last is None or last.beside != seen.beside:
            return _LookedOver(seen, None)
        changed = self._legacy.changed(seen)
        yield
        if changed is None:
            return _LookedOver(seen, None)
        return _LookedOver(seen, self._amended([f"{CONTENT}/{path}" for path in changed], seen.at))

    def _amended(self, changed: Iterable[str], at: int = 0) -> Report | None:
        """Bring the output up to files saved before `at`, in nanoseconds; None where it is more than words."""
        planned = self._standing()
        self._planned, self._is_good = None, False
        # What another builder wrote meanwhile is to be read again before anything is written behind it.
        if planned is None or not self._builder.state.is_as_left():
            return None
        saved = self._read(changed, planned, at or time.time_ns())
        if saved is None:
            return None
        with told_plainly(self._builder.cache), self._builder.alone(), uncollected(lasts=True):
            return self._edit(planned, saved)

    def _leave(self, seen: Scan) -> Pieces[None]:
        builder, planned, legacy, content = self._builder, self._planned, self._legacy, self._builder.content
        assert planned is not None
        assert planned.press is not None
        assert legacy is not None
        assert content is not None
        with told_plainly(builder.cache), builder.alone(), uncollected(lasts=True):
            planned.press.record()
            legacy.renew(planned, content, builder.state)
        yield
        with told_plainly(builder.cache), builder.alone(), uncollected(lasts=True):
            legacy.sign(seen)

    def _ready(self) -> Pieces[None]:
        """Rehearse an edit, once for each site that was taken up or planned."""
        if self._is_rehearsed or self._planned is None:
            return
        yield
        with uncollected(lasts=True):
            yield from rehearsed(self._planned, self._builder.state)
        self._is_rehearsed = True

    def _read(self, changed: Iterable[str], planned: Planned, at: int) -> Saved | None:
        content = self._builder.content
        return read_saved(self._builder.root, content, planned, changed, at) if content is not None else None

    def _edit(self, planned: Planned, saved: Saved) -> Report:
        content, state = self._builder.content, self._builder.state
        assert content is not None
        content.bodies.flush()
        content.entries.update(saved.entries)
        staged: list[Staged] = []
        if any(saved.revision):
            planned, outputs = plan_edited(planned, saved.revision)
            staged = self._publish(planned, outputs)
        content.record(saved.entries, ())
        state.record(((one.path, one.left) for one in staged), ())
        if self._legacy is not None:
            self._legacy.edited(saved, staged)
        self._planned, self._is_good = planned, True
        return report_of(planned, saved, staged, len(state))

    def _publish(self, planned: Planned, outputs: Sequence[Output]) -> list[Staged]:
        readers, publishing = self._readers, self._builder.publishing
        wanted = readers.looking_at() if readers is not None else ()
        first = [output for output in outputs if output.path in wanted]
        later = [output for output in outputs if output.path not in wanted]
        if readers is None or not first or not later:
            return self._bring_up(planned, outputs, publishing)
        staged = self._bring_up(planned, first, lambda: readers.ahead([output.path for output in later]))
        readers.shown([one.path for one in staged if one.waiting])
        return staged + self._bring_up(planned, later, publishing)

    def _bring_up(
        self, planned: Planned, outputs: Iterable[Output], publishing: Callable[[], AbstractContextManager[Any]]
    ) -> list[Staged]:
        builder = self._builder
        assert planned.press is not None
        return bring_all_up(
            outputs, planned.press, cache=builder.cache, output=builder.output, state=builder.state,
            publishing=publishing,
        )  # fmt: skip
