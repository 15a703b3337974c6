"""What a builder leaves to the next process, kept up with edits of words at the cost of what they changed.

On disk it is worth nothing until the stamp, which comes last, leads to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.build.columns import Changes, Index
from generator.build.content import ContentCache, Entry
from generator.build.planned import Planned, Stand, stand_of
from generator.build.publish import Staged
from generator.build.saved import Saved
from generator.build.stamp import Outputs, Scan, Stamp, write_stamp
from generator.build.standing import Standing, listing_row, places_of, read_standing
from generator.build.state import Left, OutputState
from generator.model.overlaid import Overlaid
from generator.render.desk import Desk
from generator.render.plan_feeds import editions_known


class Legacy:
    """What the last build left, as its `stamp` tells, and what was edited since.

    `planned` is the plan of the site that was left.
    """

    def __init__(self, cache: Path, stamp: Stamp, standing: Standing, planned: Planned) -> None:
        self._cache = cache
        self._stamp = stamp
        self._standing = standing
        self._planned = planned
        self._saved: dict[str, Entry] = {}
        self._edited: set[str] = set()
        self._left: dict[str, Left] = {}
        self._is_signed = True

    def changed(self, seen: Scan) -> list[str] | None:
        """Return the content files that may have been saved since the last edit, None where files came or went."""
        return self._standing.changed(seen, {path: entry.seen for path, entry in self._saved.items()})

    def edited(self, saved: Saved, staged: Iterable[Staged]) -> None:
        """Take in what was read for an edit, and which outputs it brought up."""
        self._saved.update(saved.entries)
        self._edited.update(id for edit in saved.revision.articles for id in (edit.after.id, edit.after.copy_of))
        self._left.update((one.path, one.left) for one in staged)
        self._is_signed = False

    def renew(self, planned: Planned, content: ContentCache, state: OutputState) -> None:
        """Leave the site as it is `planned` after the edits; raises OSError and Lost."""
        if not self._saved:
            return
        numbers = {path: number for number, path in enumerate(self._stamp.outputs.paths) if path in self._left}
        self._stamp = self._stamp._replace(outputs=self._outputs(numbers))
        index = self._written(planned, content, state, numbers)
        standing = read_standing(self._cache, index)
        assert standing is not None
        self._standing, self._planned = standing, planned
        self._stamp = self._stamp._replace(standing=index)
        self._saved, self._edited, self._left = {}, set(), {}

    def sign(self, seen: Scan) -> None:
        """Say that all this is complete for the inputs that were `seen`; raises OSError."""
        stamp = self._stamp
        if self._is_signed and stamp.sign == seen.sign:
            return
        counts = (stamp.held, stamp.left_out)
        self._stamp = write_stamp(
            self._cache, seen, validity=stamp.validity, outputs=stamp.outputs, counts=counts, standing=stamp.standing
        )
        self._is_signed = True

    def _outputs(self, numbers: Mapping[str, int]) -> Outputs:
        """Return the output folder's files as they are now."""
        outputs = self._stamp.outputs
        sizes, times = list(outputs.sizes), list(outputs.times)
        for path, number in numbers.items():
            sizes[number], times[number] = self._left[path].size, self._left[path].mtime
        return Outputs(outputs.paths, sizes, times)

    def _written(
        self, planned: Planned, content: ContentCache, state: OutputState, numbers: Mapping[str, int]
    ) -> Index:
        before, saved = self._standing, self._saved
        where, left = content.whereabouts(), state.whereabouts()
        files = [(number, path) for number, path in enumerate(before.paths) if path in saved]
        changes: dict[str, Changes] = {
            "files": [(number, (path, *saved[path].seen)) for number, path in files],
            "where": [(number, where.places[path]) for number, path in files],
            "outputs": [(number, left.places[path]) for path, number in numbers.items()],
        }
        whole: dict[str, Any] = {"ends": (where.end, where.rows, left.end, left.rows)}
        if planned.linked_headings != self._planned.linked_headings:
            whole["linked headings"] = sorted(planned.linked_headings)
        was, now = stand_of(self._planned), stand_of(planned)
        site, old = now.desk.site, was.desk.site
        if (site.linked_from.places, site.corrected) != (old.linked_from.places, old.corrected):
            whole["links"] = (site.linked_from.places, site.corrected)
        editions = editions_known(now.desk, now.days)
        if editions != list(before.value("editions")):
            whole["editions"] = editions
        return before.columns.leave(whole, {**changes, **_differences(was, now, sorted(self._edited))})


def _differences(was: Stand, now: Stand, edited: Iterable[str]) -> dict[str, Changes]:
    """Return what edits changed of the columns that are made of the site; `edited` are articles by their ids."""
    site, old = now.desk.site, was.desk.site
    days = _differing(enumerate(now.days.names), was.days.signs, now.days.signs)
    places = [(site.by_id.places[id], id) for id in edited if id in site.by_id]
    changes: dict[str, Changes] = {
        "signs": _differing(places, was.desk.signs, now.desk.signs),
        "listings": _listings_differing(was.desk, now.desk),
        "days": days,
        "totals": [(number, now.days.total(now.days.names[number])) for number, _ in days],
        "briefings": _differing(enumerate(site.briefings), old.briefings, site.briefings),
        "topics": _differing(enumerate(site.topics), old.topics, site.topics),
    }
    if isinstance(site.earlier, Overlaid) and isinstance(site.concordances, Overlaid):
        retold = _differing(((site.by_id.places[id], id) for id in site.earlier.changed), old.earlier, site.earlier)
        changes["earlier"] = [(place, places_of(site, ids)) for place, ids in retold]
        months = ((month, month) for month in site.concordances.changed)
        changes["concordances"] = _differing(months, old.concordances, site.concordances)
    return changes


def _listings_differing(before: Desk, now: Desk) -> Changes:
    """Return the listings that are others now, each by the place of its topic."""
    return [
        (number, listing_row(now, topic))
        for number, topic in enumerate(now.site.topics)
        if now.listing(topic).sign != before.listing(topic).sign
    ]


def _differing(keys: Iterable[tuple[Any, str]], before: Mapping[str, Any], now: Mapping[str, Any]) -> Sequence[Any]:
    """Return the values that are others now; keys are pairs of what a column keeps a value by, and its name."""
    return [(key, now[name]) for key, name in keys if now[name] != before.get(name)]
