"""A team does every piece of work once."""

from __future__ import annotations

import os

import pytest

from generator.build.workers import Team, stretches

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a team is forked")


@pytest.mark.parametrize("pieces", [0, 1, 2, 7, 48, 49, 1_000, 100_000])
@pytest.mark.parametrize("members", [1, 2, 3])
@pytest.mark.parametrize("chunk", [1, 16])
def test_every_piece_falls_to_one_member(chunk: int, members: int, pieces: int) -> None:
    """No piece is left and none is taken twice, however few or many there are."""
    with Team() as team:
        if members > 1:
            team.fork(members)
        own = list(team.share_of(range(pieces), 0, chunk))
        shares = team.exchange(own)

    assert list(range(pieces)) == sorted(piece for share in shares for piece in share)


def test_a_member_begins_with_a_stretch_of_its_own() -> None:
    """Pieces beside each other have much in common, so no member is given every other one."""
    with Team() as team:
        team.fork(2)
        first = next(team.share_of(range(1_000), 0, 16))
        firsts = team.exchange(first)

    assert [0, 500] == firsts


@pytest.mark.parametrize(
    ("bounds", "total", "members", "ahead"),
    [
        ([0, 500, 1_000], 1_000, 2, 0),
        ([0, 8, 13], 13, 2, 2),
        ([0, 2, 2], 2, 2, 2),
        ([0, 1, 1], 1, 2, 2),
        ([0, 0, 0], 0, 2, 2),
        ([0, 6, 9, 12], 12, 3, 2),
    ],
)
def test_the_first_stretch_is_longer_where_beginning_costs(
    bounds: list[int], total: int, members: int, ahead: int
) -> None:
    """So that all members end at one time."""
    assert bounds == stretches(total, members, ahead)
