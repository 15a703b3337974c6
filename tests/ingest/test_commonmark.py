"""What ingest writes is read again by our own Markdown as exactly the text that was cleaned."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.ingest.clean import Block
from generator.ingest.commonmark import body_of, link, plain
from generator.text.html import plain_text
from generator.text.markdown import render

_LINE = st.text(st.sampled_from("ab1 .)(*_`~#<>&;[]!|+-=\\:/\"'x“é"), min_size=1, max_size=40)


@settings(max_examples=300, deadline=None)
@example("&#1 &copy &#1; &amp;")
@given(_LINE)
def test_any_line_is_said_again(line: str) -> None:
    """No mark of a scraped text becomes a mark of ours: rendered, it is the same text."""
    text = " ".join(line.split())
    if text:
        body = body_of([Block("paragraph", text, 1)])

        assert text == plain_text(render(body).html)
        assert text == plain(body).strip()


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "# 1. not a heading", "- no item", "1986. A year", "a &amp; b", "---", "===", "> no"],
)
def test_marks_and_markup_stay_text(text: str) -> None:
    """Scraped markup never acts on a page."""
    html = render(body_of([Block("paragraph", text, 1)])).html

    assert html.startswith("<p>")
    assert text == plain_text(html)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", " JaVaScRiPt:x", "/relative"])
def test_only_web_addresses_become_links(address: str) -> None:
    """A link of a scraped page leads to the web or nowhere."""
    assert "words" == link("words", address)


def test_an_address_keeps_its_brackets_harmless() -> None:
    """Brackets in an address do not end the link."""
    assert "[a](https://x.example/a_%28b%29)" == link("a", "https://x.example/a_(b)")
