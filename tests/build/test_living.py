"""A builder that lives on: an edit costs what it changes, and its output is that of a clean build."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import generator.build.build as whole_build
from generator.build.stamp import scan
from generator.model.article import Article
from generator.model.edited import WORDS
from generator.model.site import Published, assemble
from generator.piecewise import at_once
from tests.build import edits
from tests.build.edits import OF_WORDS
from tests.build.living_site import Living
from tests.build.small_site import ARTICLE, PAGE, SITE
from tests.literal import write_site

# Edits of content, as a person makes them while the preview runs; words more often than all else.
WRITTEN = (
    edits.body, edits.title, edits.correction, edits.body, edits.title, edits.topics, edits.date, edits.edition,
    edits.publish_at, edits.draft, edits.new_article, edits.delete, edits.rename, edits.alias, edits.topic_title,
    edits.rights, edits.briefing, edits.summary, edits.link, edits.copy_of, edits.weight, edits.lead_of_day,
    edits.arrange, edits.backgrounder, edits.heading, edits.link_to_heading, edits.arrange, edits.heading,
)  # fmt: skip
STEPS = st.lists(st.tuples(st.integers(0, len(WRITTEN) - 1), st.integers(0, 1 << 20)), min_size=1, max_size=14)


@pytest.fixture
def living(make_site: Callable[[str], Path]) -> Living:
    return Living(make_site(SITE))


@pytest.fixture
def only_edits(living: Living, monkeypatch: pytest.MonkeyPatch) -> Living:
    """A living builder whose next builds may plan nothing but what an edit changed."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the whole site was planned")

    monkeypatch.setattr("generator.build.planning.plan_site", refuse)
    monkeypatch.setattr(whole_build, "scan", refuse)
    return living


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(STEPS)
def test_a_living_builder_equals_a_clean_build(steps: list[tuple[int, int]]) -> None:
    """After any series of saves the preview is what a clean build of it would be."""
    with tempfile.TemporaryDirectory() as folder:
        living = Living(write_site(Path(folder) / "site", SITE))
        for which, number in steps:
            WRITTEN[which](living.site, number)
            told = living.saved()
            if number % 3 == 0:
                at_once(living.builder.rest())
            if number % 4 == 0:
                living.start()
            if told.ok and number % 5 == 0:
                assert living.differences() == []
        if living.builder.build().ok:
            assert living.differences() == []


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(st.tuples(st.integers(0, len(OF_WORDS) - 1), st.integers(0, 1 << 20)), min_size=1, max_size=10))
def test_edits_of_words_alone_equal_a_clean_build(steps: list[tuple[int, int]]) -> None:
    """The same where no build of the whole site comes between that could mend anything."""
    with tempfile.TemporaryDirectory() as folder:
        living = Living(write_site(Path(folder) / "site", SITE))
        for which, number in steps:
            OF_WORDS[which](living.site, number)
            assert living.saved().ok
            if number % 3 == 0:
                at_once(living.builder.rest())
            if number % 4 == 0:
                living.start()
        assert living.differences() == []


def test_a_body_is_all_that_a_saved_body_costs(only_edits: Living) -> None:
    """One file is read and parsed; its page and the feeds that carry it are rendered; nothing else is looked at."""
    only_edits.site.replace(ARTICLE, "Crowds reached", "Large crowds reached")

    report = only_edits.saved()

    assert (report.read, report.parsed) == (1, ("articles/2020/01/01/gate.md",))
    assert set(report.rendered) == {PAGE, "feed.xml", "topics/iraq/feed.xml", "topics/iran/feed.xml"}


def test_a_title_renders_the_lists_it_stands_in(only_edits: Living) -> None:
    """What a whole build would render after the same edit, and no more."""
    only_edits.site.replace(ARTICLE, "Gate breached in Baghdad", "Outer gate breached in Baghdad")

    report = only_edits.saved()

    assert {PAGE, "briefings/2020/01/01/index.html", "topics/iraq/index.html"} <= report.rendered_html
    assert "articles/2020/01/03/tehran/index.html" not in report.rendered_html


def test_pages_that_are_looked_at_come_first(only_edits: Living) -> None:
    """They stand in place and are told of while the others are still to come, which are named."""
    only_edits.site.replace(ARTICLE, "Gate breached in Baghdad", "Outer gate breached in Baghdad")

    report = only_edits.saved()
    [(first, later)] = only_edits.looking.told

    assert {PAGE, "index.html"} == set(first)
    assert set(report.rendered) <= {*first, *later}
    assert set(first).isdisjoint(later)
    assert [True, False] == [b"Outer gate breached" in page for page in only_edits.looking.pages]


def test_a_saved_file_that_says_the_same_costs_nothing(only_edits: Living) -> None:
    """A save without a change renders and writes nothing."""
    only_edits.site.replace(ARTICLE, "Crowds", "Crowds")

    report = only_edits.builder.build([ARTICLE])

    assert (report.read, report.parsed, report.rendered) == (1, (), ())


def test_rest_leaves_what_the_next_start_needs(living: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    """After edits and a quiet moment a new process has nothing to do."""
    living.site.replace(ARTICLE, "Crowds reached", "Large crowds reached")
    living.saved()
    later = SimpleNamespace(time_ns=lambda: time.time_ns() + 10_000_000_000)
    monkeypatch.setattr("generator.build.stamp.time", later)
    at_once(living.builder.rest())

    assert living.site.builder(preview=True).build().unchanged


def test_rest_finds_what_nobody_told_of(living: Living) -> None:
    """A change whose event was lost is found by the next look at all files."""
    living.site.replace(ARTICLE, "Crowds reached", "Large crowds reached")

    report = at_once(living.builder.rest())

    assert report is not None
    assert PAGE in report.written


def test_what_rest_finds_is_told_whenever_it_is_published(living: Living) -> None:
    """A rest may be left between two pieces; an edit that it found would then be on the page, and nobody would know."""
    page = living.site.root / "public" / PAGE
    before = page.read_bytes()
    living.site.replace(ARTICLE, "Crowds reached", "Large crowds reached")
    rest = living.builder.rest()

    published_by_piece = []
    try:
        while True:
            next(rest)
            published_by_piece.append(page.read_bytes() != before)
    except StopIteration as end:
        report = end.value

    assert PAGE in report.written
    assert not any(published_by_piece)


BRIEFING = "content/briefings/2020-01-02.md"
ENTRY = "- [Crowds leave](../articles/2020/01/02/crowds.md) They left at noon."
LINK = "[That day](../../../../briefings/2020-01-02.md#iraq)"
TAKEAWAYS = "takeaways: [One thing is known.]"
# What is to be told, the file, and what is written in it in the place of what.
TOLD_OF = [
    ("is an entry already", BRIEFING, ENTRY, f"{ENTRY}\n{ENTRY}"),
    ("is no article", BRIEFING, ENTRY, f"{ENTRY}\n- [Iraq](../topics/iraq.md) No article."),
    ("does not exist", BRIEFING, ENTRY, f"{ENTRY}\n- [Lost](../articles/2020/01/02/lost.md) Not there."),
    ('There is no topic "syria"', BRIEFING, TAKEAWAYS, f"{TAKEAWAYS}\norder: [syria]"),
    ('There is no article "lost" to lead', BRIEFING, TAKEAWAYS, f"{TAKEAWAYS}\nlead: lost"),
    ("is closed and does not name this article", BRIEFING, TAKEAWAYS, f"{TAKEAWAYS}\nclosed: true"),
    ("There is no file", BRIEFING, ENTRY, f"{ENTRY}\n\n![A map](map.png)"),
    ("no heading", BRIEFING, "## Iraq", "## The country"),
    ("There is no topic", "content/topics/iraq.md", "title: Iraq", "title: Iraq\nrelated: [syria]"),
    ("does not exist", "content/topics/iraq.md", "(iran.md)", "(lost.md)"),
]


@pytest.mark.parametrize(("expected", "path", "old", "new"), TOLD_OF)
def test_a_save_that_makes_a_fault_is_told(living: Living, expected: str, path: str, old: str, new: str) -> None:
    """What could be a fault in the light of other files is left to the checks of load, which see them all."""
    living.site.replace(ARTICLE, "Tehran denied", f"{LINK} Tehran denied")
    assert living.saved().faults == ()
    living.site.replace(path, old, new)

    assert expected in " ".join(fault.message for fault in living.saved().faults)


def test_a_link_saved_together_with_the_loss_of_its_heading_is_told(living: Living) -> None:
    """Files that are saved at once are looked at as they all are then, in whatever order they come."""
    living.site.replace(ARTICLE, "Tehran denied", f"{LINK} Tehran denied")
    living.site.replace(BRIEFING, "## Iraq", "## The country")

    assert "no heading" in " ".join(fault.message for fault in living.saved().faults)


def test_a_day_arranged_otherwise_plans_nothing_else(only_edits: Living) -> None:
    """The day's page, the front page, the archives that count it and the feed of briefings; no article's page."""
    only_edits.site.replace(
        BRIEFING, "They left at noon.", "They left at one.\n- [Breach](../articles/2020/01/01/gate.md)"
    )

    report = only_edits.saved()

    assert {
        "briefings/2020/01/02/index.html", "briefings/2020/01/index.html", "briefings/2020/index.html",
        "briefings/index.html", "briefings/feed.xml", "index.html",
    } == set(report.rendered)  # fmt: skip


@pytest.mark.parametrize(
    ("whole", "lead"), [(False, "0123456789ab"), (False, "../articles/2020/01/02/crowds.md"), (True, "crowds")]
)
def test_a_day_keeps_its_lead(make_site: Callable[[str], Path], whole: bool, lead: str) -> None:
    """Named by id or by a link, the lead is known without a look at all articles; by a slug it is looked for."""
    site = SITE.replace("title: Crowds leave", "id: 0123456789ab\ntitle: Crowds leave")
    living = Living(make_site(site.replace(TAKEAWAYS, f"{TAKEAWAYS}\nlead: {lead}")))
    living.site.replace(BRIEFING, "They left at noon.", "They left at one.")
    with pytest.MonkeyPatch.context() as patch:
        planned: list[bool] = []
        patch.setattr(whole_build, "scan", lambda root: planned.append(True) or scan(root))
        assert living.saved().ok

    assert [True] * whole == planned
    assert living.differences() == []


def test_a_topic_written_otherwise_plans_nothing_else(only_edits: Living) -> None:
    """The topic's page, and where topics are listed with what is known of them."""
    only_edits.site.replace("content/topics/iraq.md", "The country,", "A country,")

    report = only_edits.saved()

    assert "topics/iraq/index.html" in report.rendered
    assert set(report.rendered) <= {"topics/iraq/index.html", "topics/index.html", "index.html"}


class _WithoutWords(Article):
    """An article that cannot be asked for its words."""

    def __getattribute__(self, name: str) -> Any:
        if name in WORDS - {"source", "links", "title", "summary", "corrections"}:
            raise AssertionError(f"{name} was asked for")
        return super().__getattribute__(name)


def test_words_do_not_decide_where_an_article_stands(living: Living) -> None:
    """Assembling a site asks for nothing that an edit of words may change but links, titles and corrections."""
    planned, _ = living.builder.plan()
    assert planned.stand is not None
    site = planned.stand.desk.site
    articles = tuple(_WithoutWords(*article) for article in site.articles)
    rest = (tuple(site.topics.values()), tuple(site.sources.values()), tuple(site.briefings.values()), site.pages)

    assert assemble(site.config, Published(articles, *rest)).days == site.days
