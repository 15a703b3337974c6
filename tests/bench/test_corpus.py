"""The benchmark's corpus is what its README says of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from bench.corpus import Story, lexicon, stories
from bench.edits import EDITS, OF_THE_THEME, Edited
from bench.layouts import article_path, dateline_body, write_site
from bench.shapes import SHAPES
from generator.text.mentions import matcher

TOTAL = 600


@pytest.fixture(scope="module")
def corpus() -> list[Story]:
    return list(stories(TOTAL, seed=7))


def test_the_same_seed_gives_the_same_articles(corpus: list[Story]) -> None:
    """Two generators, and two runs, must be given the same work."""
    assert corpus == list(stories(TOTAL, seed=7))
    assert corpus != list(stories(TOTAL, seed=8))


def test_articles_name_their_topics(corpus: list[Story]) -> None:
    """Linking mentions must cost what it costs on real reports: three to eight of them in a text."""
    words = lexicon()
    known = matcher([(topic.id, topic.forms, ()) for topic in words.topics])

    named = [len(known.find(story.body)) for story in corpus if not story.copy_of]

    assert 3 <= mean(named) <= 9
    assert sum(total >= 3 for total in named) > 0.9 * len(named)


def test_shares_are_as_told(corpus: list[Story]) -> None:
    """The README names shares of scripts, copies and excerpts; a corpus that drifts from them misleads."""
    shapes = Counter(story.shape for story in corpus)

    assert set(SHAPES) == set(shapes)
    assert 0.06 < sum(story.voice.lang != "en" for story in corpus) / TOTAL < 0.14
    assert 0.03 < sum(bool(story.copy_of) for story in corpus) / TOTAL < 0.07
    assert 0.06 < sum(story.source == "wire" for story in corpus) / TOTAL < 0.14
    assert 440 < mean(len(story.body.split()) for story in corpus) < 500


def test_links_lead_to_articles_of_the_corpus(corpus: list[Story]) -> None:
    """A site with a dead link does not build, and a benchmark without links between articles flatters."""
    known = {f"(article:{story.folder}/{story.slug})" for story in corpus}

    links = [
        word for story in corpus for word in story.body.replace("](", " (").split() if word.startswith("(article:")
    ]

    assert len(links) > TOTAL / 4
    assert {link.rstrip(".,") for link in links} <= known
    assert not any("(article:" in dateline_body(story) for story in corpus)


@pytest.mark.parametrize("generator", ["dateline", "hugo", "eleventy", "pelican"])
def test_every_edit_changes_a_file(generator: str, tmp_path: Path) -> None:
    """An edit that changes nothing would measure the wrong thing, and measure it as very quick."""
    site = tmp_path / generator
    write_site(generator, site, 60, seed=7)

    def content() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}

    edits = {
        name: edit for name, edit in EDITS.items() if name not in ("no change", *OF_THE_THEME, "one topic's title")
    }
    for name, edit in edits.items():
        before = content()
        edit(Edited(generator, site), 1)
        after = content()

        assert len([path for path in after if after[path] != before.get(path)]) == 1, name
    assert len(list((site / article_path(generator, "", "x")).parent.parent.rglob("report-*.md"))) >= 60
