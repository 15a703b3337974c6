"""An edit of words, put into the site that stands: the cost is that of the edit, not of the site.

Which outputs to bring up follows from the values, never from the names of the files that were saved. What says more
than words is not taken here; the site is then planned anew.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.build.planned import Planned, stand_of
from generator.build.publish import Staged
from generator.build.report import Report
from generator.build.saved import Saved, linked_headings
from generator.model.edited import Revision, edited
from generator.named import NamedTuple
from generator.render.output import Output
from generator.render.plan_edits import plan_edits


class Edited(NamedTuple):
    """The site as it stands after an edit, and the outputs that may differ."""

    planned: Planned
    outputs: Sequence[Output]


def plan_edited(planned: Planned, revision: Revision) -> Edited:
    """Return what an edit makes of the site that stands."""
    stand = stand_of(planned)
    site = edited(stand.desk.site, revision)
    articles = [edit.after for edit in revision.articles]
    desk = stand.desk.edited(site, articles)
    days = stand.days.edited(desk, articles, [briefing.day for briefing in revision.briefings])
    both = (days, stand.days)
    outputs = plan_edits(desk, stand.desk, bodies=stand.bodies, days=both, strings=stand.strings, revision=revision)
    after = planned._replace(
        outputs=(),
        stand=stand._replace(desk=desk, days=days),
        linked_headings=planned.linked_headings | linked_headings(revision),
    )
    return Edited(after, tuple(outputs))


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
