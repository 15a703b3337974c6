"""Templates compiled in a process beside save time and change nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.ahead import TEMPLATES, templates_ahead
from generator.build.workers import members_possible
from tests.build.small_site import SITE, Site

pytestmark = pytest.mark.skipif(members_possible() < 2, reason="this machine lets a build use one process")


def kept(cache: Path) -> dict[str, int]:
    """Return the compiled templates of a cache, each with its time."""
    return {place.name: place.stat().st_mtime_ns for place in (cache / TEMPLATES).glob("*.code")}


def test_a_build_finds_what_was_compiled_ahead(make_site: Callable[[str], Path]) -> None:
    """It compiles none of them again, nor any other."""
    site = Site(make_site(SITE))
    cache = site.root / ".dateline/build"
    templates_ahead(site.root, cache)()
    before = kept(cache)

    assert site.build().ok
    assert before
    assert before == kept(cache)


def test_where_templates_are_compiled_nothing_is_begun(make_site: Callable[[str], Path]) -> None:
    """What was compiled for another version of a theme is left for the build to judge."""
    root = make_site(SITE)
    cache = root / ".dateline/build"
    (cache / TEMPLATES).mkdir(parents=True)

    templates_ahead(root, cache)()

    assert not kept(cache)


def test_one_process_stays_one(make_site: Callable[[str], Path]) -> None:
    """Who allows a single process gets no second one for templates."""
    root = make_site(SITE)

    templates_ahead(root, root / ".dateline/build", jobs=1)()

    assert not kept(root / ".dateline/build")


@pytest.mark.parametrize(
    "settings", ["title: [", "format: 1\ntitle: T\nbase_url: https://t.example/\ntheme: nowhere\n"]
)
def test_faults_are_left_for_the_build_to_tell(make_site: Callable[[str], Path], settings: str) -> None:
    """A process beside says nothing of settings or themes that are broken."""
    root = make_site(SITE)
    (root / "site.yaml").write_text(settings, encoding="utf-8")

    templates_ahead(root, root / ".dateline/build")()

    assert not kept(root / ".dateline/build")
