"""Hostile pages: nothing active reaches Markdown or a page, and what is endless is read in bounds."""

from __future__ import annotations

import json
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from generator.ingest.extract import MOST_TAGS, two_ways
from generator.ingest.extracted import Extracted, extract
from generator.ingest.page_kept import kept_of
from generator.ingest.page_tree import page_tree
from generator.ingest.pieces import pieces_of
from generator.ingest.raw import raw_item
from generator.text.markdown import render

TEXT = "<p>" + "The port board found the money for one more season of work in the inner basin, it said. " * 6 + "</p>"
SAFE = frozenset(
    ("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "strong", "em", "a", "table", "thead", "tbody",
     "tr", "th", "td", "code", "pre", "div", "br", "hr", "s")
)  # fmt: skip
SAFE_ATTRIBUTES = frozenset(("id", "href", "class", "start", "style", "tabindex", "role", "aria-label", "rel", "dir"))
MOST_SECONDS = 20


class Seen(HTMLParser):
    """The tags and attributes of a page that could act."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in SAFE:
            self.active.append(f"<{tag}>")
        for name, value in attrs:
            if name not in SAFE_ATTRIBUTES or (name == "href" and not re.match(r"https?://|mailto:|#", value or "")):
                self.active.append(f"{name}={value}")


def active_in(found: Extracted) -> list[str]:
    """Return what would act in the rendered body."""
    seen = Seen()
    seen.feed(render(found.body).html)
    return seen.active


def read(html: str) -> Extracted:
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    return extract(raw_item("page.html", html.encode("utf-8", "surrogatepass"), "html"))


def within(inner: str) -> str:
    """Return a page whose article has `inner` in its middle."""
    return f"<!doctype html><html><body><article><h1>Port</h1>{TEXT}<p>More {inner} words</p>{TEXT}</article></body>"


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">vote</a>',
        '<a href="java&#9;script:alert(1)">vote</a>',
        '<a href="data:text/html,<script>alert(1)</script>">vote</a>',
        '<a href="https://post.example/)<script>alert(1)</script>">vote</a>',
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "[vote](javascript:alert(1))",
        "![x](https://tracker.example/x.gif)",
        "&lt;img src=x onerror=alert(1)&gt;",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    ],
)
def test_nothing_active_passes(inner: str) -> None:
    """Whatever a page holds, or shows as text, is text in the body or nothing."""
    found = read(within(inner))

    assert "season of work" in found.body
    assert not active_in(found)


@pytest.mark.parametrize("address", ["https://[news]/1", "https://[::1/", "https://a.b℀.example/1"])
def test_an_address_that_cannot_be_read_is_none(address: str) -> None:
    """The article is taken in all the same, and has the next address that its page names."""
    head = f'<link rel=canonical href="{address}"><meta property="og:url" content="https://post.example/1">'
    found = read(within(f'<a href="{address}">vote</a>').replace("<body>", f"{head}<body>"))

    assert "https://post.example/1" == found.url
    assert "season of work" in found.body


@pytest.mark.parametrize(
    "unit", ["<div>", "<b>", "<ul><li>x", "<blockquote>x", "<table><td>x", "<a href=/x>x", "<p>x<br>"]
)
def test_an_endless_page_is_read_in_bounds(unit: str) -> None:
    """Ten thousand of anything, open or not, cost seconds at most and no stack."""
    began = time.process_time()
    read(f"<html><body><article>{TEXT}{unit * 10_000}{TEXT}</article></body></html>")

    assert time.process_time() - began < MOST_SECONDS


def test_of_a_page_of_endless_tags_the_library_sees_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its time grows with the square of the elements in a paragraph, so it is given few, whatever the page has."""
    elements: list[int] = []

    def counted(tree: Any, *, fast: bool) -> list[str]:
        elements.append(sum(1 for _ in tree.iter()))
        return ["a line"] * 60

    monkeypatch.setattr("generator.ingest.extract._lines_by_rules", counted)
    html = f"<html><body><p>{'<span class=x>a <b>b</b></span><br>' * MOST_TAGS}</p></body></html>"
    two_ways(page_tree(html), html)

    assert elements
    assert 10 > max(elements)


def test_of_a_huge_page_the_midst_of_its_text_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands far from all else is kept as the rules keep it; a stray line in it is judged with its neighbours."""
    measured: list[int] = []

    def counted(measures: list[list[float]], learned: Any) -> list[float]:
        measured.append(len(measures))
        return [0.0] * len(measures)

    monkeypatch.setattr("generator.ingest.page_kept.chances", counted)
    paragraphs = [
        f"<p>The harbour master counted {number} ships, and {number + 2} of them left the port.</p>"
        for number in range(4_000)
    ]
    pieces = pieces_of(
        page_tree(f"<html><body>{''.join([*paragraphs, '<p>Share it now</p>', *paragraphs])}</body></html>")
    )
    kept = kept_of(pieces, [piece.text for piece in pieces if piece.text != "Share it now"])

    assert [21 + 41 + 21] == measured
    assert 8_001 - (21 + 41 + 21) == len(kept.pieces)


def test_a_tag_without_end_is_read_in_bounds() -> None:
    """A parser compares each attribute with all others."""
    began = time.process_time()
    found = read(within("<b " + " ".join(f"x{number}=1" for number in range(40_000)) + ">bold</b>"))

    assert time.process_time() - began < MOST_SECONDS
    assert "season of work" in found.body


@pytest.mark.parametrize("tag", ["svg", "math", "textarea", "noscript", "script"])
def test_a_page_that_is_one_element_without_text_is_read(tag: str) -> None:
    """A library takes such elements out of their parents, and this one has none."""
    assert read(f"<{tag}><p>The port</p></{tag}>").doubtful


def test_the_corpus_of_hostile_pages_is_inert(corpora: Path) -> None:
    """No row of the corpus leaves anything active in a body, by itself or within an article."""
    file = corpora / "hostile" / "html_active.jsonl"
    if not file.exists():
        pytest.skip(f"the hostile corpus is not at {file}")
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    active = {row["id"]: found for row in rows if (found := active_in(read(within(row["input"]))))}

    assert {} == active
