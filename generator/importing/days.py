"""Days and moments of another generator's files: read strictly, in its own zone, written in the site's."""

from __future__ import annotations

import posixpath
import re

from generator.importing.ground import Ground
from generator.importing.settings import HUGO, JEKYLL, OBSIDIAN, PELICAN
from generator.importing.values import Keys
from generator.named import NamedTuple
from generator.text.dates import Moment, is_day, moment_at, parse_moment, written

DATES = {
    HUGO: ("date", "publishdate", "pubdate", "published"),
    JEKYLL: ("date",),
    PELICAN: ("date",),
    OBSIDIAN: ("date", "published"),
}
UPDATED = ("lastmod", "last_modified_at", "modified", "updated")
DATE_ADVICE = "Write it as 2020-01-02 or 2020-01-02T09:30+03:00."

_NAMED = re.compile(r"(\d{4}-\d\d?-\d\d?)(?:[-_ ]+(.+))?")


class Dated(NamedTuple):
    """A file's moment in the site's zone, None where none is stated; its day where it stood; what speaks of it.

    `stem` is the file's name without a day at its head. `inferred` says what only the name told.
    """

    stem: str
    moment: Moment | None
    day_there: str = ""
    inferred: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


def dated(keys: Keys, path: str, ground: Ground, *, is_clipping: bool) -> Dated:
    """Return the day of the file at `path`: what a key says, else what its name begins with."""
    stem, named = stem_and_day(path)
    own = DATES[ground.generator]
    # A note's "created" says when it was written; a clipping's, when it was saved.
    names = (*own, "created") if ground.generator == OBSIDIAN and not is_clipping else own
    evidence: list[str] = []
    for name in names:
        line, text = keys.line(name), keys.text(name)
        if not text:
            continue
        moment = _read(text, ground)
        if moment is not None:
            return Dated(stem, moment, _day_there(text, moment, ground))
        keys.note(line, f'"{text[:80]}" is not a date, so the article is held.', DATE_ADVICE)
        evidence.append(f"{name}: {text[:200]}")
    if evidence or not named:
        return Dated(stem, None, "", (), tuple(evidence))
    inferred = () if ground.generator == JEKYLL else ("date: from the file's name",)
    return Dated(stem, parse_moment(named, ground.zone), named, inferred)


def stem_and_day(path: str) -> tuple[str, str]:
    """Return a file's name without ending and day, and the day it begins with; a bundle is named by its folder."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    if stem == "index" and "/" in path:
        stem = posixpath.basename(posixpath.dirname(path))
    found = _NAMED.fullmatch(stem)
    if found is None:
        return stem, ""
    day = "-".join(part.zfill(2) for part in found[1].split("-"))
    return (found[2] or stem, day) if is_day(day) else (stem, "")


def other_moments(keys: Keys, ground: Ground) -> dict[str, str | None]:
    """Return what else a file says of times, by the keys it will have; what cannot be read is kept and told."""
    found: dict[str, str | None] = {"updated": moment_text(keys, ground, *UPDATED)}
    if ground.generator == HUGO:
        found["publish_at"] = moment_text(keys, ground, "publishdate")
        found["expire_at"] = moment_text(keys, ground, "expirydate", "unpublishdate")
    return found


def moment_text(keys: Keys, ground: Ground, *names: str) -> str | None:
    """Take the first of the keys that holds a moment, as it is written in a content file; None for none."""
    for name in names:
        line, kept = keys.line(name), keys.left.get(name)
        text = keys.text(name)
        moment = _read(text, ground) if text else None
        if moment is not None:
            return written(moment)
        if text and kept is not None:
            keys.left[name] = kept
            keys.note(line, f'"{text[:80]}" is not a date, so "{name}" is kept as x_{name}.', DATE_ADVICE)
    return None


def _read(text: str, ground: Ground) -> Moment | None:
    try:
        there = parse_moment(text, ground.zone_there)
        return moment_at(there.instant, ground.zone) if there.clock else parse_moment(text, ground.zone)
    except (ValueError, OverflowError, OSError):
        return None


def _day_there(text: str, moment: Moment, ground: Ground) -> str:
    """Return the day the old address was made of: Jekyll turns times into its own zone, the others keep the offset."""
    if ground.generator == JEKYLL and ground.settings.zone:
        return moment_at(moment.instant, ground.zone_there).day if moment.clock else moment.day
    return "-".join(part.zfill(2) for part in re.split(r"[Tt ]", text)[0].split("-"))
