"""An edit of words between two builds is put into the site that the first one left: to the same bytes, at its own cost.

The clock of these builds runs ten seconds ahead, so that files just written count as settled.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import columns, planning
from generator.build.report import Report
from generator.render import feeds, plan_feeds
from generator.render.views.feed import FeedEntry, SharedFeedEntry
from generator.render.views.words import Around
from tests.build import edits
from tests.build.edits import OF_WORDS
from tests.build.small_site import ARTICLE, PAGE, SITE, Site, damage
from tests.literal import write_site

pytestmark = pytest.mark.usefixtures("ten_seconds_ahead")

KEPT = ("standing", "stamp", "content", "outputs", "feeds")


@pytest.fixture
def site(make_site: Callable[[str], Path]) -> Site:
    built = Site(make_site(SITE))
    assert built.build().ok
    return built


def amended(site: Site) -> Report:
    """Build as a new process that may not plan the whole site."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the whole site was planned")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "plan_site", refuse)
        return site.build()


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(st.tuples(st.integers(0, len(OF_WORDS) - 1), st.integers(0, 1 << 20)), min_size=1, max_size=8))
def test_edits_of_words_equal_a_clean_build(steps: list[tuple[int, int]]) -> None:
    """After any series of edits of words, each taken by itself, the output is that of a clean build."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(write_site(Path(folder) / "site", SITE))
        assert site.build().ok
        for which, number in steps:
            OF_WORDS[which](site, number)
            assert amended(site).ok
        assert site.differences() == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Crowds reached", "Large crowds reached"),
        ("Gate breached in Baghdad", "Outer gate breached in Baghdad"),
        ("Crowds enter the outer yard.", "Crowds enter the yard."),
        ("source: desk", "weight: 3\nsource: desk"),
    ],
)
def test_it_renders_what_a_whole_build_renders(site: Site, old: str, new: str) -> None:
    """The report of an edit is that of a build that planned everything."""
    twin = Site(site.root.parent / "twin")
    shutil.copytree(site.root, twin.root)
    twin.build()
    (twin.root / ".dateline/build/standing").unlink()
    for one in (site, twin):
        one.replace(ARTICLE, old, new)

    told, whole = amended(site), twin.build()

    assert told.read == 1
    assert told.parsed == whole.parsed == (ARTICLE.removeprefix("content/"),)
    assert (sorted(told.rendered), sorted(told.written)) == (sorted(whole.rendered), sorted(whole.written))
    assert told.outputs == whole.outputs


def test_a_heading_is_missed_by_a_link_of_an_earlier_process(site: Site) -> None:
    """Which headings links lead to is left for the next process, so that taking one away is told."""
    site.replace(ARTICLE, "Crowds reached", "[Then](../../../../briefings/2020-01-02.md#iraq) crowds reached")
    assert amended(site).faults == ()
    site.replace("content/briefings/2020-01-02.md", "## Iraq", "## The country")

    assert "no heading" in " ".join(fault.message for fault in site.build().faults)


def test_entries_of_feeds_are_written_once(site: Site) -> None:
    """What a feed carries besides an edited article is taken as it was written, in another process too."""
    written: list[str] = []

    def write(entry: FeedEntry, origin: str) -> str:
        written.append(entry.title)
        return entry_as_written(entry, origin)

    entry_as_written = feeds._entry
    site.replace(ARTICLE, "Crowds reached", "Large crowds reached")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feeds, "_entry", write)
        amended(site)

    assert written == ["Gate breached in Baghdad"]


def test_only_the_day_of_an_edit_is_arranged_for_the_feed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the feed of briefings carries of other days is known by their signs, in another process too."""
    arranged: list[str] = []

    def arrange(around: Around, day: str, *beside: Any) -> SharedFeedEntry:
        arranged.append(day)
        return briefing_entry(around, day, *beside)

    briefing_entry = plan_feeds.briefing_entry
    site.replace(ARTICLE, "title: Gate breached", "title: The gate breached")
    amended(site)
    monkeypatch.setattr(plan_feeds, "briefing_entry", arrange)
    site.replace(ARTICLE, "title: The gate breached", "title: A gate breached")
    amended(site)

    assert arranged == ["2020-01-01"]
    assert site.differences() == []


def test_many_edits_are_folded_into_what_is_left(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes that have become many are written whole again, and so is the file that has become long."""
    monkeypatch.setattr(columns, "_MOST_CHANGES", 2)
    monkeypatch.setattr(columns, "_MOST_TIMES", 1.2)
    place = site.root / ".dateline/build/standing"
    lengths = [place.stat().st_size]
    for number in range(24):
        OF_WORDS[number % len(OF_WORDS)](site, number)
        assert amended(site).ok
        lengths.append(place.stat().st_size)

    assert site.differences() == []
    assert max(lengths) < 3 * lengths[0]
    assert any(later < length for length, later in pairwise(lengths))


def test_a_second_edit_builds_on_the_first(site: Site) -> None:
    """What an amended site leaves serves the next edit, and then nothing has changed."""
    site.replace(ARTICLE, "Crowds reached", "Large crowds reached")
    assert PAGE in amended(site).rendered
    site.replace("content/articles/2020/01/02/crowds.md", "title: Crowds leave", "title: All crowds leave")

    assert PAGE in amended(site).rendered
    assert amended(site).unchanged
    assert site.differences() == []


def test_files_that_are_no_content_are_in_nobodys_way(make_site: Callable[[str], Path]) -> None:
    """A licence and the list of what was taken in lie in content/ too, as in the sample site; nothing reads them."""
    site = Site(make_site(f"{SITE}-- content/LICENSE --\nCC BY\n-- content/ingested.jsonl --\n{{}}\n"))
    assert site.build().ok
    site.replace(ARTICLE, "Crowds reached", "Large crowds reached")

    assert PAGE in amended(site).rendered
    assert site.differences() == []

    site.write("content/notes.txt", "A file that comes is told as any other build tells it.")
    site.replace(ARTICLE, "Large crowds reached", "Crowds reached")

    assert [fault.path for fault in site.build().faults] == ["content/notes.txt"]


@pytest.mark.parametrize(
    "edit",
    [edits.topic_title, edits.briefing, edits.new_article, edits.delete, edits.date, edits.draft, edits.rights],
)
def test_what_is_more_than_words_is_built_whole(site: Site, edit: Callable[[Site, int], None]) -> None:
    """Where an edit moves something, everything is planned anew."""
    edit(site, 1)

    with pytest.raises(AssertionError, match="the whole site was planned"):
        amended(site)
    if site.build().ok:
        assert site.differences() == []


def test_a_change_of_theme_is_built_whole(site: Site) -> None:
    """Settings and themes are beside the content: another one is another site."""
    site.replace("site.yaml", "Small Brief", "Brief")
    site.replace(ARTICLE, "Crowds reached", "Large crowds reached")

    site.build()

    assert site.differences() == []


def test_a_deleted_output_comes_back(site: Site) -> None:
    """An output that is not in place is not taken for granted."""
    (site.root / "public/topics/iran/index.html").unlink()
    site.replace(ARTICLE, "Crowds reached", "Large crowds reached")

    site.build()

    assert site.differences() == []


def test_a_faulty_edit_is_told_and_nothing_is_written(site: Site) -> None:
    """An edit with an error stops as in any build."""
    site.replace(ARTICLE, "title: Gate breached in Baghdad", "titel: Gate")

    report = site.build()

    assert not report.ok
    assert ARTICLE in {fault.path for fault in report.faults}


def test_an_edit_loads_nothing_it_can_do_without(site: Site) -> None:
    """It finds its templates compiled and plans no whole site: neither the library nor the planner is loaded for it."""
    site.replace(ARTICLE, "Crowds reached", "Large crowds reached")
    program = """
import sys, time
from types import SimpleNamespace
from typing import Any
from generator.build import stamp
from generator.cli.main import main
stamp.time = SimpleNamespace(time_ns=lambda: time.time_ns() + 10_000_000_000)
main(["build"])
print(*sys.modules)
"""

    told = subprocess.run([sys.executable, "-c", program], cwd=site.root, capture_output=True, text=True, check=True)

    built, loaded = told.stdout.splitlines()
    assert " rendered" in built
    assert {"generator.build.amend", "generator.render.runtime"} <= {*loaded.split()}
    assert not {*loaded.split()} & {
        "generator.model.related", "generator.text.block_writer", "generator.text.outline",
        "generator.build.planning", "generator.load.validate", "generator.render.library",
        "generator.render.plan_lists", "jinja2", "markdown_it", "yaml", "hashlib", "dataclasses", "tempfile",
        "shutil", "traceback", "html.entities",
    }  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("seed", range(8))
def test_what_was_left_may_be_cut_or_garbled(site: Site, name: str, seed: int) -> None:
    """Damaged at any byte, what a build left costs time and nothing else."""
    damage(site.root / ".dateline/build" / name, seed)
    OF_WORDS[seed % len(OF_WORDS)](site, seed)

    assert site.build().ok
    assert site.differences() == []
