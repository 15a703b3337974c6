"""Amend the site that the last build left where an edit of words is all there was since.

Anything else, and anything in doubt, is answered with None: then the whole is built, to the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from generator.build.content import ContentCache
from generator.build.editing import plan_edited, read_saved, report_of
from generator.build.log import Lost
from generator.build.planning import Planned, Stand, bodies_of
from generator.build.press import Press, site_view
from generator.build.publish import Staged, bring_all_up
from generator.build.report import Report
from generator.build.stamp import Looked, Scan, Stamp, write_stamp
from generator.build.standing import (
    Standing,
    columns_edited,
    content_of,
    desk_of,
    packed_outputs,
    read_standing,
    site_of,
    state_of,
    told_of,
    write_standing,
)
from generator.build.state import OutputState
from generator.load.scan import CONTENT
from generator.named import NamedTuple
from generator.render.days import Days
from generator.render.plan import Files


class Place(NamedTuple):
    """Where one site is built: its folder, its output, its cache, and what holds readers off while files move."""

    root: Path
    output: Path
    cache: Path
    publishing: Callable[[], AbstractContextManager[Any]]


def amended(place: Place, looked: Looked, now: int) -> Report | None:
    """Bring the output up to an edit of words made since the stamp, `now` in seconds; None where it is more than that.

    Raises GeneratorError as a build does.
    """
    seen, stamp, touched = looked
    if stamp is None or touched is not None:
        return None
    if stamp.left_out or stamp.beside != seen.beside or not stamp.beside or not stamp.validity.holds_at(now):
        return None
    standing = read_standing(place.cache, stamp.standing)
    changed = standing.changed(seen) if standing is not None else None
    if standing is None or not changed:
        return None
    try:
        return _amended(place, stamp, seen, standing, changed)
    except Lost:
        return None


def _amended(place: Place, stamp: Stamp, seen: Scan, standing: Standing, changed: list[str]) -> Report | None:
    content = content_of(standing, place.cache, place.root)
    state = state_of(standing, stamp, place.cache, place.output)
    if content is None or state is None:
        return None
    planned = _stand_again(place, standing, content)
    saved = read_saved(place.root, content, planned, [f"{CONTENT}/{path}" for path in changed], seen.at)
    if saved is None:
        return None
    content.bodies.flush()
    content.entries.update(saved.entries)
    staged: list[Staged] = []
    if saved.edits:
        planned, outputs = plan_edited(planned, saved.edits)
        assert planned.press is not None
        staged = bring_all_up(
            outputs, planned.press, cache=place.cache, output=place.output, state=state, publishing=place.publishing
        )
    content.record(saved.entries, ())
    assert planned.press is not None
    planned.press.record()
    state.record(((one.path, one.left) for one in staged), ())
    columns = columns_edited(standing, saved, planned, content)
    columns["outputs"] = packed_outputs(state, stamp)
    _leave(place, stamp, seen, state, write_standing(place.cache, columns))
    return report_of(planned, saved, staged, len(stamp.outputs))


def _stand_again(place: Place, standing: Standing, content: ContentCache) -> Planned:
    """Return the plan of the site that stands, without its outputs."""
    config = standing.config
    theme = standing.theme
    site = site_of(standing, config, content)
    desk = desk_of(standing, site)
    bodies = bodies_of(desk, content)
    names = list(site.days)
    days = Days(
        desk,
        bodies,
        signs=dict(zip(names, standing.value("days"), strict=True)),
        totals=dict(zip(names, standing.value("totals"), strict=True)),
    )
    around = site_view(config, site, theme.strings, preview=False)
    faults, held = told_of(standing)
    return Planned(
        faults,
        held=held,
        press=Press(theme, around, place.cache, standing.toolchain),
        base_url=config.base_url,
        addresses=site.addresses,
        stand=Stand(desk, bodies, days, theme.strings, Files({}, {})),
    )


def _leave(place: Place, stamp: Stamp, seen: Scan, state: OutputState, token: bytes) -> None:
    lately = {path: (path, left.size, left.mtime) for path, left in state.left.items()}
    write_stamp(
        place.cache,
        seen,
        validity=stamp.validity,
        outputs=[lately.get(row[0], row) for row in stamp.outputs],
        counts=(stamp.held, 0),
        standing=token,
    )
