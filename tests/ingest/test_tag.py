"""Tagging: what counts, how much, and that the evidence says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.config import Tagging
from generator.ingest.clean import clean
from generator.ingest.tag import Tagger, scores, tag, tagger
from generator.model.topic import Form, Topic

FILLER = "\n\n" + "Nothing of it is said in this long paragraph about something else. " * 9


def topic(id: str, *forms: str, context: tuple[str, ...] = (), veto: tuple[str, ...] = ()) -> Topic:
    return Topic(id, id, "", b"", forms=tuple(map(Form, forms)), context=context, veto=veto)


@pytest.fixture
def by() -> Tagger:
    return tagger(
        [
            topic("iran", "Iran", "Tehran", context=("uranium",)),
            topic("iraq", "Iraq", "Baghdad"),
            topic("forces", "troops", veto=("contract",)),
        ]
    )


@pytest.mark.parametrize(
    ("expected", "title", "body"),
    [
        (3.0, "Talks in Tehran", "Nothing."),
        (1.5, "", "Talks in Tehran."),
        (0.5, "", "One.\n\nTwo.\n\nTalks in Tehran."),
        (0.75, "", "An Iran-backed group."),
        (0.75, "", "Tehran water experts warn of cracks."),
        (1.5, "", "Tehran water runs low."),
        (0.45, "", "A site is hacked and shows a general, who was killed two years earlier in Iran."),
        (1.5, "", "A general, who was well known, is killed in Iran."),
        (1.5 + 0.6, "", "Iran enriches uranium."),
        (0.0, "", "Somebody enriches uranium."),
        (1.5 * 5, "", "Iran " * 9),
    ],
)
def test_points_by_field_and_form(expected: float, title: str, body: str, by: Tagger) -> None:
    """Title 3, opening 1.5, body 0.5; "-backed" and callings half, asides on the past less; five of a form suffice."""
    found = {each.topic: each.score for each in scores(title, body, by)}

    assert expected == pytest.approx(found.get("iran", 0.0))


def test_a_veto_silences_its_paragraph_only(by: Tagger) -> None:
    """Where a veto word stands, the paragraph says nothing of that topic."""
    assert () == scores("", "A contract for troops.", by)
    assert ["forces"] == [each.topic for each in scores("", "A contract.\n\nThe troops left.", by)]


def test_evidence_adds_up(by: Tagger) -> None:
    """The points shown are the score."""
    for found in scores("Iran and Iraq", "Iran-backed troops.\n\nBaghdad, Tehran, uranium.\n\nIran again.", by):
        assert found.score == pytest.approx(sum(row.points for row in found.evidence))


def test_best_first_and_ties_in_the_sites_order(by: Tagger) -> None:
    """The first topic is the main one; equal ones keep the order of the site."""
    assert ["iraq", "iran"] == [each.topic for each in scores("Iraq", "Iran.", by)]
    assert ["iran", "iraq"] == [each.topic for each in scores("", "Iraq and Iran.", by)]


def test_long_texts_need_more() -> None:
    """A mention is enough for a brief of a few words, and not for an article."""
    by = tagger([topic("iran", "Iran")], Tagging(threshold=3.0, threshold_short=1.0))

    assert ["iran"] == [each.topic for each in tag("", "Iran agreed.", by)]
    assert () == tag("", "Iran agreed." + FILLER, by)


def test_the_one_real_example_is_about_three_topics(corpora: Path) -> None:
    """Iraq, Iran and US forces rank above all others."""
    from generator.cli.ingest_values import tagging_values

    article = clean((corpora / "seed" / "raw.txt").read_text("utf-8"))
    text = "\n\n".join(block.text for block in article.blocks)
    lexicon = corpora / "topics" / "lexicon.yaml"
    for values in (tagging_values(lexicon.parent, lexicon), tagging_values(Path(__file__).parent)):
        found = tag(article.title, text, tagger(*values[:2]))
        assert {"iraq", "iran", "us-forces"} == {each.topic for each in found[:3]}
