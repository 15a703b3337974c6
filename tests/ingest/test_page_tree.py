"""Reading a page into its elements, as the library reads it."""

from __future__ import annotations

from typing import Any

import pytest

from generator.ingest.page_tree import MOST_IN_TAG, page_tree

trafilatura = pytest.importorskip("trafilatura", reason="the extra html is not installed")
BODY = "<head><meta charset=latin1><title>Port</title></head><body><p>Grüße, “port”\uffff</p><!-- x --><form><input>"
PAGES = [
    f"<!DOCTYPE html>\n<html lang=en>{BODY}</body></html>\n",
    f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"/>\n'
    f"<html>{BODY}</body></html>\n",
    f'<!DOCTYPE html>\n<html lang="en" />\n{BODY}</body></html>\n',
    f'<?xml version="1.0" encoding="latin1"?>\n<html>{BODY}\x01</html>\n',
    f"<div>one</div>{BODY}\n",
    "<p>one",
    "one",
    "",
]


def elements(tree: Any) -> list[tuple[str, str, str, list[tuple[str, str]]]] | None:
    return None if tree is None else [(one.tag, one.text, one.tail, one.items()) for one in tree.iter()]


@pytest.mark.parametrize("html", PAGES)
def test_a_page_has_the_elements_that_the_library_reads(html: str) -> None:
    """Only the time differs."""
    assert elements(trafilatura.load_html(html)) == elements(page_tree(html))


def test_a_huge_tag_is_left_out() -> None:
    """Its attributes would take the parser minutes, and nobody reads them."""
    tag = f"<a title='{'x' * MOST_IN_TAG}'>"

    assert [] == list(page_tree(f"<html><body><p>one {tag}two</a></p></body></html>").iter("a"))
    assert 1 == len(list(page_tree("<html><body><p>one <a title='x'>two</a></p></body></html>").iter("a")))
