"""When a change is due, told with a clock of our own."""

from __future__ import annotations

import pytest

from generator.serve.pending import CREATED, EVERYTHING, GATHER, GONE, QUIET, TOUCHED, WRITTEN, Pending

# Each case: happenings as (milliseconds, kind, path or (old, new)), then builds as (milliseconds, paths).
SAVES = {
    "in place": ([(0, TOUCHED, "a.md"), (0.4, TOUCHED, "a.md"), (0.5, WRITTEN, "a.md")], [(2.5, ["a.md"])]),
    "rename over": (
        [(0, CREATED, "sedX1"), (0.2, WRITTEN, "sedX1"), (0.5, "renamed", ("sedX1", "a.md"))],
        [(2.5, ["a.md"])],
    ),
    "delete and create": (
        [(0, GONE, "a.md"), (10, CREATED, "a.md"), (11, WRITTEN, "a.md")],
        [(13, ["a.md"])],
    ),
    "backup elsewhere, written anew": (
        [(0, GONE, "a.md"), (1, CREATED, "a.md"), (2, WRITTEN, "a.md")],
        [(4, ["a.md"])],
    ),
    "save all": ([(0, WRITTEN, "a.md"), (0.5, WRITTEN, "b.md")], [(2, ["a.md", "b.md"])]),
    "deleted for good": ([(0, GONE, "a.md")], [(60, ["a.md"])]),
    "deleted while another is saved": ([(0, GONE, "a.md"), (5, WRITTEN, "b.md")], [(7, ["b.md"]), (60, ["a.md"])]),
    "renamed by a person": ([(0, "renamed", ("a.md", "b.md"))], [(2, ["a.md", "b.md"])]),
    "no end reported": ([(0, CREATED, "a.md"), (10, TOUCHED, "a.md")], [(70, ["a.md"])]),
    "begun again while due": ([(0, WRITTEN, "a.md"), (1, TOUCHED, "a.md"), (30, WRITTEN, "a.md")], [(32, ["a.md"])]),
    "temporary file": ([(0, CREATED, "x"), (1, GONE, "x")], []),
    "a folder came": ([(0, WRITTEN, "a.md"), (1, WRITTEN, EVERYTHING), (1, GONE, "b.md")], [(2, [""])]),
}


@pytest.mark.parametrize(("happenings", "builds"), SAVES.values(), ids=SAVES)
def test_each_way_of_saving_is_built_once_and_in_time(
    happenings: list[tuple[float, str, object]], builds: list[tuple[float, list[str]]]
) -> None:
    """Writes start at once, disappearances wait to see whether they are a save."""
    pending = Pending()
    waiting = list(happenings)
    built = []
    for tick in range(2000):
        now = tick / 10
        while waiting and waiting[0][0] <= now:
            at, kind, path = waiting.pop(0)
            if isinstance(path, tuple):
                pending.renamed(*path, at / 1000)
            else:
                pending.note(kind, str(path), at / 1000)
        taken = pending.take(now / 1000 + 1e-9)
        if taken:
            built.append((now, sorted(taken)))

    assert builds == built


def test_a_write_is_due_within_five_milliseconds() -> None:
    """Gathering the files of one "save all" may cost no more than a person could ever notice."""
    assert GATHER <= 0.005 < QUIET


def test_nothing_pending_is_never_due() -> None:
    """A build loop with nothing to do sleeps without end."""
    pending = Pending()

    assert pending.due() is None
