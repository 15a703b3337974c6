"""Web pages: what the page states, and its body as CommonMark."""

from __future__ import annotations

import sys

import pytest

from generator.errors import IngestError
from generator.ingest.extracted import Extracted, extract
from generator.ingest.page import bare_title
from generator.ingest.raw import raw_item
from generator.text.markdown import render


@pytest.fixture(scope="module")
def found(page: str) -> Extracted:
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    return extract(raw_item("page.html", page.encode()))


def test_what_the_page_states_is_read(found: Extracted) -> None:
    """Title, day, people, language, address and outlet come from the page's own statements."""
    assert Extracted(
        title="Dredgers return to the inner basin",
        dek="The port board found money for one season.",
        date="2019-11-18",
        moment="2019-11-18T07:30+00:00",
        authors=("Ines Calder", "Per Lund"),
        language="en",
        url="https://harbour-post.example/2019/11/18/dredgers",
        source="The Harbour Post",
    ) == found._replace(body="", dropped=(), evidence=(), doubtful=())


def test_headings_links_lists_and_quotations_survive(found: Extracted) -> None:
    """The body keeps its shape, and says the same when rendered."""
    html = render(found.body).html

    assert '<a href="https://harbour-post.example/2019/10/02/vote">vote in October</a>' in html
    assert ">What it costs</h" in html
    assert "<li>Inner basin: two million" in html
    assert "<blockquote>" in html
    assert "<strong>four million</strong>" in html


def test_captions_and_frames_are_no_text(found: Extracted) -> None:
    """Captions, menus and footers never become text, and the title stands in the front matter alone."""
    for words in ("Marta", "Sport", "All rights", "Dredgers return"):
        assert words not in found.body


def test_markup_shown_as_text_stays_text(found: Extracted) -> None:
    """A tag that a page shows as text is text in ours too."""
    assert "<script" not in render(found.body).html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in render(found.body).html


def test_without_the_libraries_a_page_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever lacks the extra is told what to install."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)

    with pytest.raises(IngestError, match=r"dateline\[html\]"):
        extract(raw_item("page.html", b"<!doctype html><html><body><p>Text</p></body></html>"))


@pytest.mark.parametrize(
    ("expected", "title", "site"),
    [
        ("Basin open", "Basin open | The Post", "The Post"),
        ("Basin open", "The Post - Basin open", "The Post"),
        ("Basin - what now", "Basin - what now", "The Post"),
        ("Basin open - a review", "Basin open - a review", ""),
    ],
)
def test_the_sites_name_is_taken_off_a_title(expected: str, title: str, site: str) -> None:
    """A window's title names the site; the article's does not."""
    assert expected == bare_title(title, site)
