"""What a build no longer needs goes at once: the collector of circular values visits nothing that a build made."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.build import Builder
from generator.piecewise import at_once
from tests.build import edits
from tests.build.living_site import Living
from tests.build.small_site import SITE, Site

MACRO = "{% macro named(a) %}{{ a.title }} {{ site.title }}{% endmacro %}<!doctype html>{{ named(view) }}"


def circular(work: Callable[[], object]) -> Counter[str]:
    """Return the types of what `work` leaves behind that only the collector could take away, of ours alone."""
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        work()
        gc.collect()
        found = [f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.garbage]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    return Counter(name for name in found if name.startswith("generator."))


@pytest.fixture
def site(make_site: Callable[[str], Path]) -> Site:
    return Site(make_site(SITE))


def retitled(site: Site, builder: Builder, number: int) -> None:
    """Build the whole site anew, since a topic has another title."""
    site.write("content/topics/iran.md", f"---\ntitle: Iran {number}\naliases: [Iran, Tehran]\n---\nNeighbour.\n")
    assert builder.build().rendered


def test_a_builder_that_lives_on_leaves_nothing(site: Site) -> None:
    """A preview builds all day; each plan of the site goes when the next one comes."""
    living = site.builder()
    retitled(site, living, 0)

    assert Counter() == circular(lambda: [retitled(site, living, number) for number in (1, 2)])


def test_a_builder_goes_with_all_it_had(site: Site) -> None:
    """As in a program that builds many sites."""
    retitled(site, site.builder(), 0)

    assert Counter() == circular(lambda: retitled(site, site.builder(), 1))


def test_a_save_leaves_nothing(make_site: Callable[[str], Path]) -> None:
    """Edits put into the site that stands, a start that takes it up, and what is done in quiet moments."""
    living = Living(make_site(SITE))

    def saves() -> None:
        for number in range(3):
            edits.title(living.site, number)
            edits.heading(living.site, number)
            assert living.saved().ok
            at_once(living.builder.rest())
        living.start()
        edits.body(living.site, 1)
        assert living.saved().ok

    saves()

    assert Counter() == circular(saves)


def test_macros_of_a_page_go_with_it(site: Site) -> None:
    """A macro that asks for a name of the page holds the names; they do not hold the macro longer than the page."""
    site.write("themes/own/theme.yaml", "contract: 1\nextends: dateline\n")
    site.write("themes/own/templates/page.html", MACRO)
    site.write("site.yaml", "format: 1\ntitle: Own\nbase_url: https://small.example/b/\ntheme: own\n")
    retitled(site, site.builder(), 0)

    assert Counter() == circular(lambda: retitled(site, site.builder(fresh=True), 1))
    assert "About Own" in (site.root / "public/about/index.html").read_text("utf-8")
