"""A preview takes up what the last one left: a save costs its edit from the start, and rest gives way to it anywhere.

The clock of these builds runs ten seconds ahead, so that files just written count as settled.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator import files
from generator.build import planning
from generator.build.content import ContentCache
from generator.files import walk, walking
from generator.piecewise import Pieces, at_once
from tests.build import edits
from tests.build.living_site import Living
from tests.build.small_site import ARTICLE, PAGE, SITE, Site, damage


def link_to_a_topic(site: Site, number: int) -> None:
    """A link to a draft, as a random one may be, is more than words."""
    edits.link(site, 3 * number)


def arrange(site: Site, number: int) -> None:
    """A day that names the draft, the fourth of the articles, is more than words too."""
    edits.arrange(site, number & 0b10111)


OF_WORDS = (
    edits.body, edits.title, arrange, edits.summary, link_to_a_topic, edits.heading, edits.weight, edits.backgrounder,
    edits.correction, edits.title, arrange,
)  # fmt: skip
OTHER = "content/articles/2020/01/03/tehran.md"
DRAFT = """-- content/articles/2020/01/03/draft.md --
---
title: A draft on Baghdad
date: 2020-01-03T08:00+03:00
source: desk
draft: true
topics: [iraq]
---
Not said yet.
"""


@pytest.fixture(autouse=True)
def ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every scan be made ten seconds from now."""
    later = SimpleNamespace(time_ns=lambda: time.time_ns() + 10_000_000_000)
    monkeypatch.setattr("generator.build.stamp.time", later)


@pytest.fixture
def begun(make_site: Callable[[str], Path]) -> Living:
    """A preview that has begun on a site that another one built and left."""
    living = Living(make_site(SITE + DRAFT))
    assert living.start().unchanged
    return living


@pytest.fixture
def only_edits(begun: Living, monkeypatch: pytest.MonkeyPatch) -> Living:
    """The same, and it may neither plan the whole site nor read all that is known of its content."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the whole site was read or planned")

    monkeypatch.setattr(planning, "plan_site", refuse)
    monkeypatch.setattr(ContentCache, "load", refuse)
    return begun


def test_the_first_save_after_a_start_costs_its_edit(only_edits: Living) -> None:
    """Neither is the site planned for it nor its content read: one file is."""
    only_edits.site.replace(ARTICLE, "Crowds reached", "Large crowds reached")

    report = only_edits.saved()

    assert PAGE in report.written
    assert (report.read, report.parsed) == (1, ("articles/2020/01/01/gate.md",))


def test_every_edit_of_words_is_taken_after_a_start(only_edits: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    """One upon another, with rests and further starts between them: to the bytes of a clean build."""
    for number in range(33):
        OF_WORDS[number % len(OF_WORDS)](only_edits.site, number)
        assert only_edits.saved().ok
        if number % 3 == 0:
            at_once(only_edits.builder.rest())
        if number % 9 == 0:
            only_edits.start()
    monkeypatch.undo()

    assert only_edits.differences() == []


def test_what_was_saved_before_the_start_is_taken_as_an_edit(only_edits: Living) -> None:
    """The first build of a preview, too, amends what the last one left."""
    only_edits.site.replace(ARTICLE, "Gate breached in Baghdad", "Outer gate breached in Baghdad")

    report = only_edits.start()

    assert {PAGE, "topics/iraq/index.html"} <= {*report.written}
    assert report.outputs == len([place for place in _outputs(only_edits) if place.name != files.OWN_FILES])


def test_a_look_at_all_files_is_an_edit_where_that_is_all_there_was(only_edits: Living) -> None:
    """Whoever does not know what was saved looks, and then does no more than who knows."""
    only_edits.site.replace(ARTICLE, "Crowds reached", "Large crowds reached")

    report = only_edits.builder.build()

    assert (report.read, PAGE in report.written) == (1, True)


def test_rest_plans_nothing_and_leaves_a_start_nothing_to_do(only_edits: Living) -> None:
    """What it rehearses is thrown away; the site is as it was, and so the next process finds it."""
    only_edits.site.replace(ARTICLE, "Crowds reached", "Large crowds reached")
    only_edits.saved()
    before = {place: place.read_bytes() for place in _outputs(only_edits)}

    report = at_once(only_edits.builder.rest())

    assert report is not None
    assert report.written == ()
    assert {place: place.read_bytes() for place in _outputs(only_edits)} == before
    assert only_edits.start().unchanged


def test_rest_may_be_left_between_any_two_pieces(only_edits: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    """A save then costs its edit as ever, nothing stays held, and another rest does what the first one did not."""
    monkeypatch.setattr(files, "FILES_A_PIECE", 1)
    for number in count(1):
        rest = only_edits.builder.rest()
        if not _is_left_after(number, rest):
            break
        OF_WORDS[number % len(OF_WORDS)](only_edits.site, number)
        assert only_edits.saved().ok
    at_once(only_edits.builder.rest())

    assert number > 12
    assert only_edits.start().unchanged
    monkeypatch.undo()
    assert only_edits.differences() == []


@pytest.mark.parametrize("name", ["standing", "content", "outputs", "bodies-0"])
@pytest.mark.parametrize("seed", range(4))
def test_what_is_taken_up_may_be_cut_or_garbled(begun: Living, name: str, seed: int) -> None:
    """Damaged at any byte, before it is taken up or after, it costs time and nothing else."""
    if seed % 3 == 0:
        at_once(begun.builder.rest())
    damage(begun.site.root / ".dateline/build" / name, seed)
    for number in range(seed, seed + 4):
        OF_WORDS[number % len(OF_WORDS)](begun.site, number)
        assert begun.saved().ok

    assert at_once(begun.builder.rest()) is not None
    assert begun.differences() == []


@pytest.mark.parametrize("edit", [edits.topic_title, edits.briefing, edits.new_article, edits.date])
def test_more_than_words_is_built_whole_after_a_start(begun: Living, edit: Callable[[Any, int], None]) -> None:
    """Then the content is read and planned whole, also where an edit of words came before, and another comes after."""
    for each in (edits.title, edit, edits.body):
        each(begun.site, 1)
        told = begun.saved()

    assert told.ok
    assert begun.differences() == []


def test_what_another_builder_wrote_meanwhile_is_read(begun: Living) -> None:
    """Nothing is written over what another builder left, neither after a save nor in rest."""
    for rest in (False, True):
        begun.site.replace(ARTICLE, "Crowds reached", "Large crowds reached")
        assert begun.saved().ok
        old = begun.site.root / OTHER
        old.rename(old.with_name("answer.md"))
        begun.site.builder(preview=True).build()
        begun.site.replace(ARTICLE, "Large crowds reached", "Crowds reached")
        assert at_once(begun.builder.rest()) is not None if rest else begun.saved().ok
        old.with_name("answer.md").rename(old)
        assert begun.builder.build().ok
        assert begun.differences() == []


def test_where_a_sentence_was_written_is_known_after_a_start(begun: Living) -> None:
    """The plan of a site that was taken up has all its pages, and knows the files they are made of."""
    planned, _ = begun.builder.plan()

    assert PAGE in {output.path for output in planned.outputs}
    assert ARTICLE in planned.paths.values()
    assert {f"content/{article.path}" for article in planned.articles} >= {ARTICLE, OTHER}


def test_a_walk_comes_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many files lie in one folder, it can be left after a few; in pieces or not it finds the same."""
    monkeypatch.setattr(files, "FILES_A_PIECE", 4)
    for number in range(40):
        (tmp_path / f"{number}.md").touch()
    pieces = walking(tmp_path)

    assert len([*pieces]) >= 10
    assert len(walk(tmp_path)) == 40


def _is_left_after(number: int, pieces: Pieces[Any]) -> bool:
    """Do so many pieces and leave the rest; say whether there was any."""
    for _ in range(number):
        try:
            next(pieces)
        except StopIteration:
            return False
    pieces.close()
    return True


def _outputs(living: Living) -> Iterator[Path]:
    return (place for place in (living.site.root / "public").rglob("*") if place.is_file())
