"""A builder that lives on: what it has in memory spares it looking at, and planning, what an edit has not touched.

An edit of an article's words is put into the site that stands; which outputs to bring up then follows from the values,
never from the names of the files that were saved. Everything else is a build like any other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from generator.build.build import Builder, told_plainly
from generator.build.clock import ALWAYS, Validity, validity_at
from generator.build.content import present_in, unsure
from generator.build.editing import plan_edited, report_of
from generator.build.planned import Planned, stand_of
from generator.build.publish import Staged, bring_all_up
from generator.build.report import Report
from generator.build.saved import Saved, read_saved
from generator.build.stamp import Looked, Scan, read_stamp, scan, write_stamp
from generator.build.state import OutputState
from generator.collector import uncollected
from generator.load.scan import CONTENT
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


class LiveBuilder:
    """Builds as its builder does, at the cost of the edit where an edit is all there was.

    `validity` is the span of time in which the same files give the same site. To `readers` an edit's pages are given
    in two parts: first those that they look at.
    """

    def __init__(self, builder: Builder, readers: Readers | None = None) -> None:
        self._builder = builder
        self._readers = readers
        self._planned: Planned | None = None
        self._is_good = False
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
                with told_plainly(self._builder.cache), self._builder.alone(), uncollected(lasts=True):
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
            return self._whole(self._builder.build(Looked(seen)))
        present = present_in(seen.content)
        doubtful = [f"{CONTENT}/{stat.path}" for stat in unsure(content, present.stats)]
        found = self._read(doubtful, planned, seen.at) if present.kinds.keys() == content.entries.keys() else None
        if found is None:
            return self._whole(self._builder.build(Looked(seen)))
        with told_plainly(self._builder.cache), self._builder.alone(), uncollected(lasts=True):
            report = self._edit(planned, found)
            if not any(found.revision):
                self._leave_stamp(seen, planned)
        return report

    def plan(self) -> tuple[Planned, OutputState]:
        """Return what stands, with all its outputs; nothing is read for it where this builder knows."""
        if self._planned is None:
            return self._builder.plan()
        return self._planned._replace(outputs=plan(*stand_of(self._planned))), self._builder.state

    def _whole(self, report: Report) -> Report:
        self._is_good = report.ok
        self._planned = planned = self._builder.planned if report.ok else None
        if planned is not None:
            self.validity = validity_at(self._builder.wishes.now(), planned.articles)
        elif (stamp := read_stamp(self._builder.cache)) is not None:
            self.validity = stamp.validity
        return report

    def _leave_stamp(self, seen: Scan, planned: Planned) -> None:
        write_stamp(
            self._builder.cache,
            seen,
            validity=self.validity,
            outputs=self._builder.state.outputs(),
            counts=(planned.held, len(planned.left_out)),
        )

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
        self._planned, self._is_good = planned, True
        content.record(saved.entries, ())
        state.record(((one.path, one.left) for one in staged), ())
        return report_of(planned, saved, staged, len(state.left))

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
