"""Cases: the levels a body was written with, and those its page shows."""

from __future__ import annotations

import re

import pytest

from generator.text.headings import without_gaps


def body(levels: str) -> str:
    return "".join(f'<h{level} id="h-{place}">x</h{level}>\n<p>&lt;h4&gt;</p>\n' for place, level in enumerate(levels))


@pytest.mark.parametrize(
    ("expected", "written"),
    [
        ("", ""),
        ("2", "2"),
        ("2", "3"),
        ("22", "33"),
        ("232", "343"),
        ("234", "246"),
        ("22", "42"),
        ("2323", "3535"),
        ("23456", "23456"),
        ("2342", "2462"),
    ],
)
def test_headings_begin_below_the_title_and_skip_no_level(expected: str, written: str) -> None:
    """Authors begin with # or ## as they please; opening and closing tags stay a pair, and text stays as it is."""
    html = without_gaps(body(written))

    assert expected == "".join(re.findall(r"<h(\d) id", html))
    assert expected == "".join(re.findall(r"</h(\d)>", html))
    assert html.count("&lt;h4&gt;") == len(written)
