"""What a source repeats is found among the files of one batch, and used and shown; the same in whatever order."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.cli.main import main
from generator.ingest.batch import MOST_LOOKED_AT, repeated_in_batch
from generator.ingest.inputs import Input, gather
from generator.ingest.reader import Readings
from generator.ingest.repeated import ENOUGH, trusted_lines
from generator.model.source import Source

WALK = "Our people walk the quays every morning before the tide turns, and they write down what they see there."
BACKGROUND = (
    "The port board has run out of money twice in the last ten years, first when the herring failed and then when the "
    "ferry company moved its winter berth to the other side of the bay, which cost the town some forty jobs."
)
SITE = """\
-- content/topics/port.md --
---
title: Port
---
-- content/sources/post.md --
---
name: The Post
rights: full   # by letter
---
"""
PLACES = ("basin", "ferry", "lifeboat", "crane", "market", "slipway", "bridge", "school", "lighthouse", "cannery")
PEOPLE = ("Ines Calder", "Tomas Reyl", "Maud Arkwright", "Jonas Feld", "Petra Lund", "Ravi Sen", "Ada Moor", "Lev Orr")


def story(number: int, *more: str) -> str:
    """Return a scraped text like no other: a title, three paragraphs, and what stands among them."""
    place, person = PLACES[number % len(PLACES)], PEOPLE[number % len(PEOPLE)]
    return "\n\n".join(
        (
            f"The {place} opens again after {number + 2} months",
            f"Work on the {place} ended on Monday after {number + 2} months, and {person} said that nobody had hoped "
            f"for it in the year {1990 + number}, when the last of the {number + 40} workers went home.",
            *more,
            f"“We lost {number + 11} calls last winter because nobody trusted the {place},” said {person} on the quay, "
            f"where some {number * 7 + 30} people had come to look at the {place} and at those who had mended it.",
            f"The town council of district {number} voted in October to spend {number + 4} million on one season of "
            f"work at the {place} and on a survey, against the word of {number + 3} members who wanted to wait.",
        )
    )


def test_a_line_of_many_stories_is_trusted() -> None:
    """In ten of ten stories a pitch is the source's; in fewer stories than that, nothing is said."""
    assert (WALK,) == trusted_lines([story(number, WALK) for number in range(ENOUGH)])
    assert () == trusted_lines([story(number, WALK) for number in range(ENOUGH - 1)])
    assert () == trusted_lines([story(number) for number in range(20)])


def test_paragraphs_of_articles_are_never_trusted() -> None:
    """Neither those of a story that came many times, nor a background that several reports share."""
    again = [f"{story(1)}\n\n{story(50 + number).splitlines()[4]}" for number in range(8)]
    shared = [story(number, *((BACKGROUND,) if number % 3 == 0 else ())) for number in range(2, 17)]

    assert () == trusted_lines([*again, *shared])


def test_the_order_says_nothing() -> None:
    """The lines, their writing and their order are the same however the texts come."""
    texts = [story(number, *((WALK if number % 2 else WALK.replace("Our", "OUR"),))) for number in range(30)]
    texts += [story(number, "Ask the desk what it knows.") for number in range(30, 40)]
    found = set()
    for seed in range(5):
        random.Random(seed).shuffle(texts)
        found.add(trusted_lines(texts))

    assert 1 == len(found)
    assert "OUR people" in next(iter(found))[0]


def test_of_many_files_the_same_sample_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch of any size costs the same, and the names of its files choose."""
    for number in range(MOST_LOOKED_AT + 40):
        (tmp_path / f"{number}.txt").write_text(story(number, WALK), "utf-8")
    inputs = list(gather([str(tmp_path)], None))
    opened: list[str] = []
    pieces = Input.pieces

    def noted(one: Input, *rest: Any) -> Any:
        opened.append(one.where)
        return pieces(one, *rest)

    monkeypatch.setattr(Input, "pieces", noted)
    for given in (inputs, inputs[::-1]):
        lines = repeated_in_batch(given, lambda one: "post", {"post": Source("post", "The Post")}, Readings(()))
        assert {"post": (WALK,)} == lines

    assert 2 * MOST_LOOKED_AT == len(opened)
    assert opened[:MOST_LOOKED_AT] == opened[MOST_LOOKED_AT:]


@pytest.fixture
def site(make_site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_site(SITE)
    monkeypatch.chdir(root)
    (root / "raw").mkdir()
    for number in range(12):
        (root / f"raw/2020-01-02-{number:02}.txt").write_text(story(number, WALK), "utf-8")
    return root


INGEST = ["ingest", "raw", "--source", "post", "--now", "2020-01-03"]


def bodies(root: Path) -> dict[str, str]:
    return {place.name: place.read_text("utf-8") for place in (root / "content/articles").rglob("*.md")}


def test_a_batch_leaves_out_what_its_source_repeats(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told, with the words that keep it; the source's file is a person's, and stays."""
    before = (site / "content/sources/post.md").read_bytes()

    assert 0 == main([*INGEST, "--jobs", "1"])

    articles = bodies(site)
    assert 12 == len(articles)
    assert not [name for name, text in articles.items() if "walk the quays" in text]
    assert all("repeated by the source: 1 line" in text for text in articles.values())
    told = capsys.readouterr().out
    assert f"post repeats 1 line, left out of every article:\n  {WALK[:71]}…\n" in told
    assert before == (site / "content/sources/post.md").read_bytes()


def test_it_is_the_same_in_many_processes_and_for_the_rest_of_a_batch(site: Path, tmp_path: Path) -> None:
    """A run that was stopped goes on as it began, though fewer than enough files are left."""
    main([*INGEST, "--jobs", "1"])
    whole = bodies(site)
    for place in sorted((site / "content/articles").rglob("*.md"))[:5]:
        place.unlink()
    ledger = site / "content/ingested.jsonl"
    kept = {name.removesuffix(".md") for name in bodies(site)}
    rows = [row for row in ledger.read_text("utf-8").splitlines(True) if any(f"/{name}.md" in row for name in kept)]
    ledger.write_text("".join(rows), "utf-8")

    main([*INGEST, "--jobs", "2"])

    assert whole == bodies(site)


def test_asked_to_it_remembers(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The lines stand in the source's file, where a person can see and change them; a second run adds none."""
    main(INGEST)

    assert 0 == main([*INGEST, "--remember"])
    first = (site / "content/sources/post.md").read_text("utf-8")
    main([*INGEST, "--remember"])

    assert f"---\nname: The Post\nrights: full   # by letter\nboilerplate:\n  - {WALK}\n---\n".split() == first.split()
    assert first == (site / "content/sources/post.md").read_text("utf-8")
    assert "content/sources/post.md: 1 line more under boilerplate.\n" in capsys.readouterr().out


def test_cleaning_again_knows_what_the_archive_shows(site: Path) -> None:
    """What a batch left out does not come back, whichever article is cleaned again."""
    main(INGEST)
    before = bodies(site)
    one = next(iter(sorted((site / "content/articles").rglob("*.md"))))

    assert 0 == main(["ingest", "--again", str(one), "--now", "2020-01-03"])

    assert before == bodies(site)


def test_the_inbox_is_a_batch_too(site: Path) -> None:
    """The folder in it says whose files they are."""
    from datetime import UTC, datetime

    from generator.cli.ingest_values import site_values
    from generator.ingest.run import ingest_inbox

    (site / "content/inbox").mkdir()
    (site / "raw").rename(site / "content/inbox/post")
    values = site_values(site)

    taken = ingest_inbox(site, values.config, values.topics, values.sources, datetime(2020, 1, 3, tzinfo=UTC))

    assert ["written"] * 12 == [each.state for each in taken]
    assert not [name for name, text in bodies(site).items() if "walk the quays" in text]
