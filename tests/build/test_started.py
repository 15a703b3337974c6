"""Where no process can be forked members are started from nothing; the site is the same, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import build as building
from generator.build.member import start_members
from generator.build.verify import compared
from generator.build.workers import Team
from generator.errors import OutputError
from tests.build.small_site import ARTICLE, SITE, Site

COUNTED = 103


def taking_part(team: Team, order: bytes) -> None:
    """Draw a share and tell of it, twice."""
    for phase in range(2):
        team.exchange(list(team.share_of(range(COUNTED), phase, 4)))
    team.gather([team.rank, order.decode()])


def gone(team: Team, order: bytes) -> None:
    """End without a word."""
    os._exit(3)


def failing(team: Team, order: bytes) -> None:
    """Tell of a fault."""
    raise OutputError("There is no room here.")


@pytest.fixture
def site(make_site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site that is built by two members, of which the second is started."""
    monkeypatch.setattr(building, "members_possible", lambda: 1)
    monkeypatch.setattr(building, "most_members", lambda: 2)
    monkeypatch.setattr(building, "_PARSES_WORTH_A_TEAM", 1)
    return Site(make_site(SITE))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return what grows by the size of each team that is started."""
    sizes: list[int] = []
    start = Team.start
    monkeypatch.setattr(Team, "start", lambda team, size, *order: sizes.append(size) or start(team, size, *order))
    return sizes


@pytest.mark.parametrize("members", [2, 3])
def test_every_piece_falls_to_one_member(members: int) -> None:
    """None is left and none is taken twice, and each hears of all."""
    with Team() as team:
        team.start(members, taking_part, b"so")
        shares = [team.exchange(list(team.share_of(range(COUNTED), phase, 4))) for phase in range(2)]
        told = team.gather([0, "so"])

    assert [list(range(COUNTED))] * 2 == [sorted(piece for share in found for piece in share) for found in shares]
    assert [[rank, "so"] for rank in range(members)] == [list(one) for one in told]


@pytest.mark.parametrize(("words", "work"), [("worker process ended", gone), ("There is no room here", failing)])
def test_a_member_that_ends_is_told_of(words: str, work: Callable[[Team, bytes], None]) -> None:
    """It is an error in the first one, never a wait."""
    with pytest.raises(OutputError, match=words), Team() as team:
        team.start(2, work, b"")
        team.exchange(None)


@pytest.mark.parametrize("fresh", [False, True])
def test_the_site_is_the_one_that_one_process_builds(site: Site, started: list[int], fresh: bool) -> None:
    """The first build, and one after an edit, with the cache and without."""
    assert site.builder(jobs=2, fresh=fresh, start=start_members).build().ok
    assert [] == site.differences()
    site.replace(ARTICLE, "Crowds", "Great crowds")
    assert site.builder(jobs=2, fresh=fresh, start=start_members).build().ok

    assert [] == site.differences()
    assert [2, 2] == started


def test_what_was_built_so_is_known_to_the_next_build(site: Site, started: list[int]) -> None:
    """A build with the same content reads nothing again."""
    assert site.builder(jobs=2, start=start_members).build().ok
    report = site.build()

    assert (True, ()) == (report.ok, report.rendered)
    assert [2] == started


def test_faults_of_content_are_told_once(site: Site, started: list[int]) -> None:
    """Each member finds them; the first one tells."""
    site.replace(ARTICLE, "date: ", "dote: ")
    report = site.builder(jobs=2, start=start_members).build()

    assert not report.ok
    assert len(report.errors) == len(set(report.errors))
    assert [2] == started


def test_the_bytes_do_not_depend_on_how_members_came(site: Site, tmp_path: Path) -> None:
    """A team that was forked writes the same files."""
    assert site.builder(jobs=2, start=start_members).build().ok
    first = site.root / "public"
    kept = tmp_path / "kept"
    first.rename(kept)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "members_possible", lambda: 2)
        assert site.builder(jobs=2, fresh=True).build().ok

    assert [] == compared(kept, first)
