"""A cache may be deleted at any time, under a builder that lives on too: it is begun anew and nothing is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.small_site import ARTICLE, SITE, Site

CACHE = ".dateline/build"
FILES = ("content", "outputs", "memory", "feeds", "stamp", "standing", "bodies-0")


def damaged(file: Path, way: str) -> None:
    """Delete a file of the cache, cut it short, or put one of another making in its place."""
    if way == "deleted":
        file.unlink(missing_ok=True)
    elif way == "cut":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    else:
        file.write_bytes(b"x" * file.stat().st_size)


@pytest.mark.parametrize("way", ["deleted", "cut", "replaced"])
@pytest.mark.parametrize("name", FILES)
def test_a_living_builder_outlives_a_file_of_its_cache(make_site: Callable[[str], Path], name: str, way: str) -> None:
    """What it knows it writes again, for the builds to come; what it publishes is what a clean build publishes."""
    site = Site(make_site(SITE))
    living = site.builder()
    living.build()
    damaged(site.root / CACHE / name, way)

    site.replace(ARTICLE, "Crowds reached", "Large crowds reached")
    assert living.build().ok
    assert [] == site.differences()

    report = site.build()
    assert (report.ok, report.written) == (True, ())
    site.replace(ARTICLE, "Gate breached in Baghdad", "Outer gate breached in Baghdad")
    assert site.build().ok
    assert [] == site.differences()


def test_a_living_builder_outlives_its_whole_cache(make_site: Callable[[str], Path]) -> None:
    """`rm -rf .dateline` beside a running preview costs time, nothing else."""
    site = Site(make_site(SITE))
    living = site.builder()
    living.build()
    shutil.rmtree(site.root / CACHE)

    site.replace(ARTICLE, "Crowds reached", "Large crowds reached")
    assert living.build().ok
    assert [] == site.differences()
