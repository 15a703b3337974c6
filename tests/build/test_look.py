"""A look at a site before a build, with the outputs looked at in a process beside this one."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import stamp
from generator.build.stamp import look
from generator.build.workers import beside, members_possible
from tests.build.small_site import PAGE, SITE, Site

pytestmark = pytest.mark.skipif(members_possible() < 2, reason="this machine lets a build use one process")


@pytest.fixture
def site(make_site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Site:
    """A built site whose few outputs are worth a process."""
    monkeypatch.setattr(stamp, "_OUTPUTS_WORTH_A_PROCESS", 0)
    built = Site(make_site(SITE))
    assert built.build().ok
    return built


def touched(site: Site) -> str | None:
    return look(site.root, output=site.root / "public", cache=site.root / ".dateline/build").touched


def test_outputs_in_place_are_found_in_place(site: Site) -> None:
    """Nothing was touched since the build."""
    assert touched(site) is None


def test_a_touched_output_is_named(site: Site) -> None:
    """What is not as it was left is found from beside as well."""
    (site.root / "public" / PAGE).write_text("other", encoding="utf-8")

    assert touched(site) == PAGE


def test_the_process_beside_gives_what_its_work_gave() -> None:
    """Its bytes come back whole."""
    assert beside(lambda: b"done")() == b"done"


def test_a_process_that_was_killed_has_told_nothing() -> None:
    """A killed process is an empty answer, never a wait without end."""

    def die() -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b"done"

    assert beside(die)() == b""
