"""A theme whose pages show no earlier reports has none looked up; its pages are right after every edit all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.config import ThemeChoice
from generator.render.theme_files import load_theme
from tests.build import edits
from tests.build.small_site import ARTICLE, PAGE, SITE, Site

pytestmark = pytest.mark.usefixtures("ten_seconds_ahead")

WITHOUT = "<!doctype html><title>{{ view.title }}</title>{{ view.body }}\n"
WITH = WITHOUT + "{% for e in view.earlier %}{{ entry(e) }}{% endfor %}\n"
EDITS = (edits.title, edits.summary, edits.body, edits.weight, edits.copy_of, edits.link)


@pytest.fixture
def site(make_site: Callable[[str], Path]) -> Site:
    """Return a site with a theme of its own that shows titles and bodies alone."""
    own = Site(make_site(SITE))
    own.write("site.yaml", (own.root / "site.yaml").read_text(encoding="utf-8") + "theme: own\n")
    own.write("themes/own/theme.yaml", "contract: 1\nextends: dateline\n")
    own.write("themes/own/templates/article.html", WITHOUT)
    return own


def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what grows by a word for each month that is looked up."""
    from generator.model import related

    months: list[str] = []
    make = related._looked_up
    monkeypatch.setattr(related, "_looked_up", lambda *parts: months.append("month") or make(*parts))
    return months


def test_what_no_page_shows_is_not_looked_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a tenth of a first build."""
    months = looked_up(monkeypatch)

    assert site.build().ok
    assert not months


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_edits_give_what_a_clean_build_gives(site: Site, edit: edits.Edit) -> None:
    """Also those of titles, which tell earlier reports anew where pages show them."""
    assert site.build().ok
    for number in range(3, 40, 7):
        edit(site, number)
        site.build()

        assert [] == site.differences()


def test_a_theme_that_shows_them_again_has_them(site: Site) -> None:
    """The word in a template is enough."""
    assert site.build().ok
    site.write("themes/own/templates/article.html", WITH)
    assert site.build().ok
    assert "gate" in (site.root / "public" / PAGE.replace("01/01/gate", "01/02/crowds")).read_text(encoding="utf-8")
    site.replace(ARTICLE, "title: ", "title: Another ")
    assert site.build().ok

    assert [] == site.differences()


@pytest.mark.parametrize(
    ("shows", "text"),
    [
        (False, "{{ view.title }}"),
        (False, "{{ view.earlier_editions }} earlier"),
        (True, "{{ view.earlier|length }}"),
        (True, "{{ view . earlier|length }}"),
        (True, "{% for part in view %}{{ part }}{% endfor %}"),
        (True, "{{ view[17] }}"),
        (True, "{{ view|join }}"),
        (True, "{% set all = view %}{{ all }}"),
        (True, '{% from "parts/own.html" import shown %}{{ shown(view) }}'),
        (True, '{{ once("parts/own.html") }}'),
    ],
)
def test_whatever_may_show_them_counts(site: Site, shows: bool, text: str) -> None:
    """A view that is taken whole may be taken for all it holds, and so may one in a part."""
    site.write("themes/own/templates/article.html", text)
    site.write("themes/own/templates/parts/own.html", "{% macro shown(v) %}{{ v.earlier }}{% endmacro %}")

    assert shows == load_theme(site.root, ThemeChoice("own")).may_show("article.html", "earlier")
