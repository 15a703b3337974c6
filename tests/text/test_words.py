"""HTML and words: escaping, reading rendered HTML back as text, cutting after so many words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.html import count_words, escape, first_words, opening_and_count, plain_text
from generator.text.markdown import render


@pytest.mark.parametrize(
    ("html", "text"),
    [("plain", "plain"), ("a &amp; b", "a & b"), ("&lt;b&gt;", "<b>"), ("&quot;x&quot; 'y'", "\"x\" 'y'")],
)
def test_escaped_text_can_stand_anywhere(html: str, text: str) -> None:
    """One escape serves elements and double-quoted attributes."""
    assert html == escape(text)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("One two.\nThree.", "One\n*two*.\n\nThree."),
        ("Head\nWords & <more>.", "# Head\n\nWords &amp; <more>."),
        ("a\nb\nc", "- a\n- b\n  - c"),
        ("a b\n1 2", "| a | b |\n| - | - |\n| 1 | 2 |"),
        ("Before.\nAfter.", 'Before.\n\n![x](p.jpg "Caption")\n\nAfter.'),
        ("one\ntwo", "one  \ntwo"),
        ("Quoted.\nSaid.", "> Quoted.\n\nSaid."),
        ("", ""),
    ],
)
def test_rendered_html_reads_back_as_its_words(text: str, body: str) -> None:
    """Each block is a line; pictures and captions are no part of the text."""
    assert text == plain_text(render(body).html)


@pytest.mark.parametrize(
    ("cut", "text", "count"),
    [
        ("one two", "one two", 2),
        ("one two", " one\ntwo ", 3),
        ("one two…", "one two three", 2),
        ("one two…", "one two, three", 2),
        ("one two. …", "one two. three", 2),
        ("…", "one", 0),
        ("", "", 3),
        ("伊拉克…", "伊拉克总统说", 3),
        ("بغداد مدينة…", "بغداد مدينة، كبيرة", 2),
    ],
)
def test_a_text_is_cut_after_so_many_words(cut: str, text: str, count: int) -> None:
    """The ellipsis stands only where something was cut."""
    assert (cut if cut != "…" else "") == first_words(text, count)


def test_a_run_without_spaces_does_not_slip_through_a_limit() -> None:
    """An excerpt is short in every script, and in a text that is one long run of letters."""
    assert len(first_words("一" * 5_000, 60)) == 61
    assert len(first_words("x" * 5_000, 60)) < 60 * 41 + 2


@given(st.text(alphabet=st.sampled_from("ab ,.\n一ไé’ابê"), max_size=80) | st.text(max_size=200), st.integers(0, 30))
def test_cutting_and_counting_agree(text: str, count: int) -> None:
    """What was cut has no more words than asked for, and a text within the limit is not cut."""
    cut = first_words(text, count)

    assert (cut, count_words(text)) == opening_and_count(escape(text), count)
    assert count_words(cut.removesuffix("…")) <= count
    assert (count_words(text) > count > 0) == cut.endswith("…") or text.rstrip().endswith("…")
