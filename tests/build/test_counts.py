"""What each kind of edit reads, parses, renders and writes: speed that a count can guard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.small_site import ARTICLE, PAGE, SITE, Site


@pytest.fixture
def site(make_site: Callable[[str], Path]) -> Site:
    built = Site(make_site(SITE))
    assert built.build().ok
    return built


def test_a_first_build_renders_every_output_once(make_site: Callable[[str], Path]) -> None:
    """The report counts what was rendered; each output is rendered once."""
    report = Site(make_site(SITE)).build()

    assert report.outputs == len(report.rendered) == len(set(report.rendered)) == len(report.written)


def test_an_unchanged_site_renders_nothing(site: Site) -> None:
    """Same files, same site: nothing is rendered or written."""
    report = site.build()

    assert (report.rendered, report.written, report.removed) == ((), (), ())


def test_editing_a_body_renders_its_page_alone(site: Site) -> None:
    """Lists show an article's reference, so its body cannot make them stale; feeds carry it whole."""
    site.replace(ARTICLE, "Crowds reached", "Large crowds reached")

    report = site.build()

    assert {PAGE} == report.rendered_html
    assert {"feed.xml", "topics/iraq/feed.xml", "topics/iran/feed.xml"} == set(report.rendered) - {PAGE}
    assert report.parsed == ("articles/2020/01/01/gate.md",)


def test_a_day_that_loses_its_briefing_is_led_to_no_more(site: Site) -> None:
    """Lists of a topic lead to the briefing of each article's day; with its last article the briefing goes."""
    site.replace("content/articles/2020/01/03/tehran.md", "date: 2020-01-03", "date: 2020-01-03\nedition: 2020-01-02")

    html = site.build().rendered_html

    assert {"topics/iran/index.html", "topics/iran/2020/01/index.html"} <= html
    assert site.differences() == []


def test_touching_a_file_parses_nothing(site: Site) -> None:
    """A file saved with the same bytes is read, and that is all."""
    site.replace(ARTICLE, "Crowds", "Crowds")

    report = site.build()

    assert (report.parsed, report.rendered) == ((), ())


def test_editing_a_title_renders_the_lists_it_stands_in(site: Site) -> None:
    """A title stands on its page, its day, its topics, home, archives that name leads, and where it is linked."""
    site.replace(ARTICLE, "Gate breached in Baghdad", "Outer gate breached in Baghdad")

    html = site.build().rendered_html

    assert PAGE in html
    assert {
        "briefings/2020/01/01/index.html",
        "topics/iraq/index.html",
        "topics/iraq/2020/01/index.html",
        "articles/2020/01/02/crowds/index.html",
    } <= html
    assert "articles/2020/01/03/tehran/index.html" not in html
    assert "about/index.html" not in html


def test_a_style_edit_renders_no_page(site: Site) -> None:
    """Theme files are passed on under their own names, so that pages need not know their content."""
    site.write("themes/own/theme.yaml", "contract: 1\nextends: dateline\n")
    site.write("themes/own/static/style.css", "body { color: black }\n")
    site.replace("site.yaml", "timezone: Asia/Baghdad", "timezone: Asia/Baghdad\ntheme: own")
    site.build()
    site.write("themes/own/static/style.css", "body { color: navy }\n")

    report = site.build()

    assert report.rendered == report.written == ("assets/style.css",)


def test_a_deleted_output_comes_back(site: Site) -> None:
    """A file that is not in place as we left it is written again."""
    (site.root / "public" / PAGE).unlink()

    report = site.build()

    assert report.rendered == (PAGE,)
    assert (site.root / "public" / PAGE).is_file()


def test_a_touched_output_is_mended(site: Site) -> None:
    """Bytes put there by another hand do not stay."""
    (site.root / "public" / PAGE).write_text("other", encoding="utf-8")

    site.build()

    assert "Gate breached" in (site.root / "public" / PAGE).read_text(encoding="utf-8")


def test_a_file_that_is_not_ours_stays(site: Site) -> None:
    """Only what we wrote is deleted."""
    foreign = site.root / "public" / "articles" / "theirs.html"
    foreign.write_text("theirs", encoding="utf-8")
    (site.root / ARTICLE).unlink()
    site.replace("content/articles/2020/01/02/crowds.md", "[the breach](../01/gate.md)", "the breach")

    report = site.build()

    assert PAGE in report.removed
    assert not (site.root / "public" / PAGE).exists()
    assert foreign.is_file()


def test_faults_write_nothing(site: Site) -> None:
    """A build with errors leaves the site as it was."""
    before = (site.root / "public" / PAGE).read_bytes()
    site.replace(ARTICLE, "date: 2020-01-01T10:00+03:00", "date: someday")

    report = site.build()

    assert not report.ok
    assert report.written == ()
    assert (site.root / "public" / PAGE).read_bytes() == before


def test_reasons_name_what_differed(site: Site) -> None:
    """A rendered page says which parts of its view were others."""
    site.replace(ARTICLE, "summary: Crowds enter the outer yard.", "summary: Crowds enter the yard.")

    reasons = dict(site.build().reasons)

    assert "summary" in reasons[PAGE]
    assert "title" not in reasons[PAGE]
