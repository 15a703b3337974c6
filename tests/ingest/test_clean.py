"""Plain text: the article is kept, what stands around it is not, and nothing is made up."""

from __future__ import annotations

import json
import re
from math import exp
from pathlib import Path

import pytest

from generator.ingest.clean import clean, folded
from generator.ingest.extracted import from_text
from generator.ingest.lines import lines_of, own_measures
from generator.ingest.measures import MEASURES
from generator.ingest.trees import chances, trees, trees_of


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


def test_each_cut_line_is_told_under_what_it_is(bulletin: str) -> None:
    """A person who looks for a lost paragraph finds it by its kind."""
    walk = "Our people walk the quays every morning before the tide turns."
    comment = "I have moored there for thirty years and the soundings were never wrong until the board changed hands."
    text = bulletin.replace("\nSign up", f"\n{walk}\n\n14 responses to this article\n\n{comment}\n\nSign up")
    cut = {
        line: kind
        for kind, numbers in clean(text, frozenset({folded(walk)})).dropped
        for line in (text.split("\n")[number - 1] for number in numbers)
    }

    assert "repeated by the source" == cut[walk]
    assert "readers' comments" == cut[comment]
    assert "byline or date" == cut["By Ines Calder"]
    assert "caption or credit" == cut["Photo: The Harbour Post/Ines Calder"]
    assert "navigation" == cut["Weather"]


def test_a_text_broken_off_is_doubtful(bulletin: str) -> None:
    """A paywall ends a text in the middle of a sentence; the line is named."""
    begin = bulletin[: bulletin.index("to leave the outer channel alone")].rstrip()

    assert () == clean(bulletin).doubtful
    assert any(f"(line {begin.count(chr(10)) + 1})" in doubt for doubt in clean(begin).doubtful)


def test_pieces_far_apart_are_doubtful(bulletin: str) -> None:
    """Where a menu of thirty lines stands within the text, a person looks whether both pieces are of the article."""
    menu = "\n".join(f"Section {number}" for number in range(30))
    text = bulletin.replace("\nAdvertisement\n", f"\n{menu}\n")

    assert any("pieces far apart (lines " in doubt for doubt in clean(text).doubtful)


BODY = (
    "Two dredgers went back to work in the inner basin on Monday, a year after the port board ran out of money.\n\n"
    "“We lost eleven calls last winter because masters did not trust our soundings,” said Tomas Reyl on the quay.\n\n"
    "The board voted in October to spend four million on one season of dredging and on a survey of the approach.\n"
)
TITLE = "Dredgers return to the inner basin"


@pytest.mark.parametrize(
    ("title", "head"),
    [
        (TITLE, f"{TITLE}\n\nBy Ines Calder\n"),
        (TITLE, f"The Harbour Post | {TITLE}\n\nNews\n\n{TITLE}\n\n19 November 2019\n"),
        (TITLE, f"The Harbour Post The Harbour Post\n\n{TITLE}\n\n19 November 2019\n"),
        (TITLE, f"{TITLE} [Watch]\n\nBy Ines Calder\n"),
        (TITLE, f"{TITLE}\n\nThe basin as it lay on Nov. 3, 2019 with both dredgers (Ines Calder/Harbour Post)\n"),
        ("", "Harbour Post\n\nShare\n"),
        ("", "News Weather Sport Harbour Basin Dredgers Board Money Work Quay\n\nShare\n"),
    ],
)
def test_a_title_is_found_or_left_unknown(title: str, head: str) -> None:
    """A title speaks of what the text speaks of and stands above a byline; menus and logos are none."""
    assert title == clean(f"{head}\n{BODY}").title


@pytest.mark.parametrize(
    ("day", "head"),
    [
        ("2019-11-19", f"{TITLE}\n\nNovember 19, 2019\n"),
        ("2019-11-19", f"{TITLE}\n\nBy Ines CalderNov. 19, 2019 9:00 am\n"),
        ("2019-11-19", f"{TITLE}\n\n11/19/2019\n"),
        ("2019-11-19", f"{TITLE}\n\n19-11-2019\n"),
        ("", f"{TITLE}\n\n11/10/2019\n"),
        ("2019-11-19", f"{TITLE}\n\nUpdated November 20, 2019\n\nPublished November 19, 2019\n"),
        ("2019-11-19", f"19 November 2019\n\n{TITLE}\n\nBy Ines Calder\n"),
        ("", f"{TITLE}\n\nThe basin as it lay on Nov. 3, 2019 with both dredgers (Ines Calder/Harbour Post)\n"),
        ("2019-11-19", f"{TITLE}\n\nThe quay on Nov. 3, 2019 (Ines Calder/Harbour Post)\n\nNovember 19, 2019\n"),
    ],
)
def test_a_day_is_read_beside_the_title(day: str, head: str) -> None:
    """Between title and text stands the day, or right above the title; a caption's day is not it."""
    assert day == from_text(f"{head}\n{BODY}").date


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
    """The trees that travel with the package were trained on the measures of this code; they tell rows apart."""
    count = len(MEASURES)

    low, none, high = chances([[0.0] * count, None, [10.0] * count], trees())

    assert none == 0
    assert 0 < low < 1
    assert 0 < high < 1
    assert low != high
    with pytest.raises(AssertionError, match="other measures"):
        trees_of({"measures": ["length"], "about": "", "base": 0.0, "trees": []})


# Two trees with a base of 0.5: what the ends of a row sum to.
TREES = {"about": "", "measures": ["a", "b"], "base": 0.5, "trees": [[0, 1.0, -2.0, [1, 0.25, 3.0, -1e-05]], 0.75]}


@pytest.mark.parametrize(
    ("expected", "row"),
    [
        (0.5 - 2.0 + 0.75, [1.0, 9.0]),
        (0.5 - 2.0 + 0.75, [0.0, 0.0]),
        (0.5 + 3.0 + 0.75, [1.5, 0.25]),
        (0.5 - 1e-05 + 0.75, [1.5, 0.26]),
    ],
)
def test_trees_sum_the_ends_of_a_row(expected: float, row: list[float]) -> None:
    """A measure up to a threshold goes to the first branch, one above it to the second; ends add up."""
    learned = trees_of(TREES, ("a", "b"))

    assert expected == learned.log_odds(row)
    assert chances([row], learned) == [1 / (1 + exp(-expected))]


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


def test_a_line_of_any_length_is_measured_by_its_beginning() -> None:
    """A file that is one line of megabytes holds signs of everything; looking through all of it would take minutes."""
    short, long = (lines_of("(photo he is at " * times)[0] for times in (1_000, 2_000))

    assert own_measures(short) == own_measures(long)
