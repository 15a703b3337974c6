"""A member of a team that was started from nothing: it does its share of a build that another process has begun."""

from __future__ import annotations

import os
from pathlib import Path

from generator.build.build import Builder
from generator.build.log import packed_value, unpacked_value
from generator.build.planned import Wishes
from generator.build.stamp import Scan
from generator.build.workers import Team
from generator.files import FileStat


def start_members(builder: Builder, team: Team, size: int, seen: Scan, now: int) -> None:
    """Let a team become one of `size` processes, which all build what this builder does; `now` is in seconds."""
    _, preview, keep_going, fresh, _ = builder.wishes
    places = tuple(map(os.fspath, (builder.root, builder.output, builder.cache)))
    team.start(size, _work, packed_value((places, (preview, keep_going, fresh), tuple(seen), now)))


def _work(team: Team, order: bytes) -> None:
    """Do a member's share of the build that was ordered; all it is not told it reads by itself."""
    places, (preview, keep_going, fresh), (content, *beside), now = unpacked_value(order)
    root, output, cache = map(Path, places)
    wishes = Wishes(lambda: now, preview=preview, keep_going=keep_going, fresh=fresh)
    seen = Scan([FileStat(*row) for row in content], *beside)
    Builder(root, output=output, cache=cache, wishes=wishes).take_part(team, seen, now)
