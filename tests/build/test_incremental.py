"""After any series of edits, the incremental output equals a clean build, byte for byte."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.build.edits import EDITS
from tests.build.small_site import SITE, Site
from tests.literal import write_site

STEP = st.tuples(st.integers(0, len(EDITS) - 1), st.integers(0, 1 << 20), st.booleans())
STEPS = st.lists(STEP, min_size=1, max_size=14)
LONG = st.lists(STEP, min_size=50, max_size=50)


def run_series(steps: list[tuple[int, int, bool]]) -> None:
    """Apply edits, building after some of them, and compare with a clean build at the end.

    A builder that lives on (as in the dev server) and a new one for each build take turns.
    """
    with tempfile.TemporaryDirectory() as folder:
        site = Site(write_site(Path(folder) / "site", SITE))
        living = site.builder()
        living.build()
        for which, number, again in steps:
            EDITS[which](site, number)
            if again:
                living.build()
            elif number % 2:
                site.build()
        told = site.build()
        if told.ok:
            assert site.differences() == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(STEPS)
def test_incremental_equals_clean(steps: list[tuple[int, int, bool]]) -> None:
    """A cache is never wrong, whatever was edited, lost or garbled between builds."""
    run_series(steps)


@pytest.mark.deep
@settings(
    max_examples=int(os.environ.get("DATELINE_SERIES", "2000")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(LONG)
def test_incremental_equals_clean_in_the_large(steps: list[tuple[int, int, bool]]) -> None:
    """The same over two thousand series of fifty edits."""
    run_series(steps)
