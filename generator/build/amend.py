"""Amend the site that the last build left where an edit of words is all there was since.

Anything else, and anything in doubt, is answered with None: then the whole is built, to the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from generator.build.content import ContentCache
from generator.build.editing import plan_edited, report_of
from generator.build.legacy import Legacy
from generator.build.log import Lost
from generator.build.planned import Planned, Stand, bodies_of
from generator.build.press import Press, site_view
from generator.build.publish import Staged, bring_all_up
from generator.build.report import Report
from generator.build.saved import read_saved
from generator.build.stamp import Looked, Scan, Stamp
from generator.build.standing import Standing, read_standing
from generator.build.standing_site import content_of, desk_of, site_of, state_of, told_of
from generator.build.state import OutputState
from generator.load.scan import CONTENT
from generator.named import NamedTuple
from generator.render.days import Days
from generator.render.output import Files

# With more files than this an edit is no longer one.
_MOST_EDITED = 50


class Place(NamedTuple):
    """Where one site is built: its folder, its output, its cache, and what holds readers off while files move.

    `preview` says whether drafts and held articles are let in.
    """

    root: Path
    output: Path
    cache: Path
    publishing: Callable[[], AbstractContextManager[Any]]
    preview: bool = False


class TakenUp(NamedTuple):
    """A site taken up as the last build left it: its plan without outputs, its content, its state, what was left."""

    planned: Planned
    content: ContentCache
    state: OutputState
    legacy: Legacy


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
    if standing is None:
        return None
    try:
        return _amended(place, stamp, seen, standing)
    except Lost:
        return None


def _amended(place: Place, stamp: Stamp, seen: Scan, standing: Standing) -> Report | None:
    changed = standing.changed(seen)
    if not changed or len(changed) > _MOST_EDITED:
        return None
    found = _taken_up(place, stamp, standing)
    if found is None:
        return None
    planned, content, state, legacy = found
    saved = read_saved(place.root, content, planned, [f"{CONTENT}/{path}" for path in changed], seen.at)
    if saved is None:
        return None
    content.bodies.flush()
    content.entries.update(saved.entries)
    staged: list[Staged] = []
    if any(saved.revision):
        planned, differing = plan_edited(planned, saved.revision)
        assert planned.press is not None
        staged = bring_all_up(
            differing, planned.press, cache=place.cache, output=place.output, state=state, publishing=place.publishing
        )
    content.record(saved.entries, ())
    assert planned.press is not None
    planned.press.record()
    state.record(((one.path, one.left) for one in staged), ())
    legacy.edited(saved, staged)
    legacy.renew(planned, content, state)
    legacy.sign(seen)
    return report_of(planned, saved, staged, len(stamp.outputs.paths))


def taken_up(place: Place, stamp: Stamp | None) -> TakenUp | None:
    """Return the site that the last build left, as its stamp tells; None where it left none, or another has begun.

    Articles are read when they are asked for; whatever asks for one that has been damaged raises Lost.
    """
    standing = read_standing(place.cache, stamp.standing) if stamp is not None else None
    if stamp is None or standing is None:
        return None
    try:
        return _taken_up(place, stamp, standing)
    except Lost:
        return None


def _taken_up(place: Place, stamp: Stamp, standing: Standing) -> TakenUp | None:
    content = content_of(standing, place.cache, place.root)
    state = state_of(standing, stamp, place.cache, place.output)
    if content is None or state is None:
        return None
    planned = _stand_again(place, standing, content)
    return TakenUp(planned, content, state, Legacy(place.cache, stamp, standing, planned))


def _stand_again(place: Place, standing: Standing, content: ContentCache) -> Planned:
    """Return the plan of the site that stands, without its outputs."""
    config = standing.config
    theme = standing.theme
    site = site_of(standing, config, content)
    desk = desk_of(standing, site, theme.strings, preview=place.preview)
    bodies = bodies_of(desk, content)
    names = list(site.days)
    days = Days(
        desk,
        bodies,
        signs=dict(zip(names, standing.value("days"), strict=True)),
        totals=dict(zip(names, standing.value("totals"), strict=True)),
    )
    around = site_view(config, site, theme.strings, preview=place.preview)
    faults, held = told_of(standing)
    return Planned(
        faults,
        articles=site.articles,
        held=held,
        press=Press(theme, around, place.cache, standing.toolchain),
        base_url=config.base_url,
        addresses=site.addresses,
        stand=Stand(desk, bodies, days, theme.strings, Files({}, {})),
        linked_headings=standing.linked_headings,
    )
