"""Lines that a source repeats: found among its texts, printed for its file, and left out from then on."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli.main import main
from generator.ingest.clean import clean, folded
from generator.ingest.repeated import repeated_lines

WALK = "Our people walk the quays every morning before the tide turns, and they write down what they see there."
STORIES = [
    f"{title}\n\nBy Ines Calder\n\n{first}\n\n{second}\n\n{WALK}\n\n{third}\n"
    for title, first, second, third in (
        (
            "Dredgers return to the inner basin",
            "Two dredgers went back to work in the inner basin on Monday after the port board had run out of money.",
            "“We lost eleven calls last winter because nobody trusted our soundings,” said Tomas Reyl on the quay.",
            "The board voted in October to spend four million on one season of dredging and on a survey.",
        ),
        (
            "Ferry fares to rise in spring",
            "Passengers on the island ferry will pay a fifth more from March, the company told the council.",
            "The company says that fuel and two new engines have cost it more than the winter timetable brings in.",
            "Councillors asked for a lower fare for pupils and for people who cross every day, and got no answer yet.",
        ),
        (
            "Museum reopens the lifeboat shed",
            "The shed that held the lifeboat for ninety years opened to visitors on Sunday after repairs to its roof.",
            "Volunteers had scraped and painted the boat through two winters, and hung the crew's coats beside it.",
            "Admission is free until the summer, when the museum wants to charge for the shed and the tower together.",
        ),
    )
]


def test_a_line_of_three_stories_is_the_source_s() -> None:
    """What stands in several stories is of none of them."""
    assert (WALK,) == repeated_lines(STORIES)
    assert () == repeated_lines(STORIES[:2])
    assert (WALK,) == repeated_lines(STORIES[:2], least=2)


def test_a_story_sent_again_is_not_the_source_s() -> None:
    """The paragraphs of a story that came three times are its own."""
    assert () == repeated_lines([STORIES[0]] * 4)


def test_what_is_printed_is_what_the_source_s_file_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The list goes into the source's front matter as it is, and cleaning leaves those lines out."""
    for number, story in enumerate(STORIES):
        (tmp_path / f"{number}.txt").write_text(story, "utf-8")

    assert 0 == main(["repeated", str(tmp_path)])
    printed = capsys.readouterr().out
    assert printed.startswith("boilerplate:\n")
    assert WALK in " ".join(printed.split())
    kept = clean(STORIES[0], frozenset({folded(WALK)})).blocks
    assert WALK not in [block.text for block in kept]
    assert 3 == len(kept)


def test_where_nothing_is_repeated_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty list would look like a fault."""
    (tmp_path / "one.txt").write_text(STORIES[0], "utf-8")

    assert 0 == main(["repeated", str(tmp_path)])
    assert "No line stands in that many" in capsys.readouterr().err
