"""Plain text: the article is kept, what stands around it is not, and nothing is made up."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.ingest.clean import clean, folded
from generator.ingest.extracted import from_text
from generator.ingest.trees import chances, trees


def test_the_title_the_dek_and_the_paragraphs_are_found(bulletin: str) -> None:
    """Title and dek stand above the text and never in it; each paragraph is kept whole."""
    article = clean(bulletin)

    assert "Dredgers return to the inner basin after a year of silt" == article.title
    assert article.dek.startswith("Dredgers went back to work")
    assert ["Two dredgers went", "“We lost eleven", "The board voted", "Fishermen who moor", "The silt is"] == [
        " ".join(block.text.split()[:3]) for block in article.blocks
    ]


@pytest.mark.parametrize("words", ["newsletter", "inbox", "Sign in", "All rights", "Photo", "Ferry fares", "Advertise"])
def test_what_stands_around_is_dropped(bulletin: str, words: str) -> None:
    """Menus, pitches, captions, teasers and footers are no part of the article."""
    assert words not in from_text(bulletin).body


def test_what_was_cut_is_told_by_line(bulletin: str) -> None:
    """Whoever doubts the cleaning can look up every line that was left out."""
    cut = {kind.kind: kind.lines for kind in clean(bulletin).dropped}

    lines = bulletin.split("\n")
    assert {"promotion", "page furniture", "navigation"} <= set(cut)
    assert any("newsletter" in lines[number - 1] for number in cut["promotion"])


def test_a_day_is_never_guessed(bulletin: str) -> None:
    """ "On Monday" is evidence for a person, not a date."""
    found = from_text(bulletin)

    assert "" == found.date
    assert any("Monday" in words for words in found.evidence)


def test_the_byline_is_read_but_is_not_text(bulletin: str) -> None:
    """A byline names the author and is no paragraph."""
    found = from_text(bulletin)

    assert ("Ines Calder",) == found.authors
    assert "Calder" not in found.body


def test_lines_a_source_repeats_are_dropped(bulletin: str) -> None:
    """The boilerplate a person noted for a source never reaches its articles."""
    line = "Our people walk the quays every morning before the tide turns."
    text = bulletin.replace("\nSign up", f"\n{line}\n\nSign up")

    assert line not in from_text(text, boilerplate=frozenset({folded(line)})).body


@pytest.mark.parametrize("text", ["", "\n\n  \n", "Home\nNews\nSport\n", "🙂\n"])
def test_a_text_without_an_article_is_doubtful(text: str) -> None:
    """Where there is no article, none is made up, and the reason is given."""
    found = from_text(text)

    assert ("", "") == (found.title, found.body)
    assert any("no article" in doubt for doubt in found.doubtful)


def test_readers_comments_are_not_the_article(bulletin: str) -> None:
    """Below a heading of comments nothing is kept, however well it is written."""
    comment = "I have moored there for thirty years and the soundings were never wrong until the board changed hands."
    text = bulletin.replace("\nSign up", f"\n14 responses to this article\n\n{comment}\n\nSign up")

    assert "moored there" not in from_text(text).body


def test_the_trees_know_every_measure() -> None:
    """The trees that travel with the package were trained on the measures of this code."""
    assert len(trees().trees) > 50
    assert chances([]) == []


def test_the_one_real_example_is_exact(corpora: Path) -> None:
    """Title, dek and eleven paragraphs, no boilerplate, no date: as a person cleaned it."""
    seed = corpora / "seed"
    if not (seed / "raw.txt").exists():
        pytest.skip(f"the seed is not at {seed}")
    expected = json.loads((seed / "expected.json").read_text("utf-8"))
    found = from_text((seed / "raw.txt").read_text("utf-8"))

    body = (seed / "body.txt").read_text("utf-8")
    paragraphs = [part for part in found.body.split("\n\n") if part.strip()]
    assert (expected["title"], expected["dek"], "") == (found.title, found.dek, found.date)
    assert expected["body_paragraphs"] == len(paragraphs)
    assert _plain(body) == _plain(found.body)
    assert "Al-Monitor" == dict(found.inferred)["source"]


def _plain(text: str) -> str:
    bare = re.sub(r"\\([\[\]])", r"\1", text)
    return " ".join(bare.translate(str.maketrans("“”’‘", "\"\"''")).split())
