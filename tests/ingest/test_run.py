"""Taking files in: what is written where, what is held and why, and that nothing is lost or overwritten."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from generator.cli.ingest_values import site_values
from generator.errors import IngestError
from generator.ingest import archive, ledger, standing
from generator.ingest.day import weekday_doubts
from generator.ingest.facts import Said
from generator.ingest.inputs import Input, gather
from generator.ingest.run import FAILED, HELD, KNOWN, WRITTEN, Desk, Taken, ingest_inbox, take_all
from generator.load.parse import ParseOptions, parse_article
from tests.ingest.conftest import CASES, NOW, desk_of

SLUG = "dredgers-return-to-the-inner-basin-after-a-year-of-silt"


def put(folder: Path, name: str, text: str) -> Input:
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return Input(str(place), place)


def take(desk: Desk, one: Input, **said: str) -> Taken:
    return next(iter(take_all([one], Said(**said), desk)))


def front(site: Path, path: str) -> str:
    return (site / "content" / path).read_text(encoding="utf-8").split("---\n")[1]


def test_with_source_and_day_the_article_is_written(site: Path, desk: Desk, tmp_path: Path, bulletin: str) -> None:
    """The file lies in the folder of its day, and load reads it without a fault."""
    taken = take(desk, put(tmp_path, "raw.txt", bulletin), source="own", date="2019-11-18")

    path = f"articles/2019/11/18/{SLUG}.md"
    parsed = parse_article(path, (site / "content" / path).read_text("utf-8"), ParseOptions())
    assert (WRITTEN, path) == (taken.state, taken.path)
    assert () == parsed.faults
    assert parsed.value is not None
    assert ("port",) == tuple(topic for topic, _ in parsed.value.tagged)
    assert "own" == parsed.value.source.key
    assert ("author: Ines Calder" in front(site, path)) is True


def test_without_a_day_the_article_is_held_with_what_was_seen(
    site: Path, desk: Desk, tmp_path: Path, bulletin: str
) -> None:
    """What is not known is not guessed: the file says what is missing, and shows the words that speak of it."""
    taken = take(desk, put(tmp_path, "raw.txt", bulletin), source="post")

    path = f"articles/held/{SLUG}.md"
    parsed = parse_article(path, (site / "content" / path).read_text("utf-8"), ParseOptions())
    assert (HELD, path, ("date", "url")) == (taken.state, taken.path, taken.reasons)
    assert parsed.faults == ()
    assert parsed.value is not None
    assert ("date", "url") == parsed.value.held
    assert any("Monday" in words for words in parsed.value.provenance.evidence)


def test_a_file_is_known_by_its_bytes(site: Path, desk: Desk, tmp_path: Path, bulletin: str) -> None:
    """A file is passed over though it has another name and its article was edited or deleted."""
    first = take(desk, put(tmp_path, "raw.txt", bulletin), source="own", date="2019-11-18")
    (site / "content" / first.path).unlink()

    again = take(desk_of(site), put(tmp_path, "other.txt", bulletin), source="own", date="2019-11-19")

    assert (KNOWN, first.path) == (again.state, again.path)
    assert not (site / "content" / first.path).exists()


def test_a_run_that_ended_before_the_ledger_is_mended(site: Path, desk: Desk, tmp_path: Path, bulletin: str) -> None:
    """An article that carries a file's digest is enough to know the file; the ledger is made whole."""
    first = take(desk, put(tmp_path, "raw.txt", bulletin), source="own", date="2019-11-18")
    (site / ledger.LEDGER).unlink()

    again = take(desk_of(site), put(tmp_path, "raw.txt", bulletin), source="own", date="2019-11-18")

    assert (KNOWN, first.path) == (again.state, again.path)
    assert [first.path] == [entry.article for entry in ledger.Ledger(site).by_sha256.values()]


def test_nothing_is_overwritten(site: Path, desk: Desk, tmp_path: Path, bulletin: str) -> None:
    """Another report under the same title gets a name of its own."""
    take(desk, put(tmp_path, "a.txt", bulletin), source="own", date="2019-11-18")
    person = site / f"content/articles/2019/11/18/{SLUG}.md"
    person.write_text("A person's words.", encoding="utf-8")

    taken = take(desk, put(tmp_path, "b.txt", bulletin + "\n"), source="own", date="2019-11-18")

    assert f"articles/2019/11/18/{SLUG}-2.md" == taken.path
    assert "A person's words." == person.read_text(encoding="utf-8")


def test_the_same_story_from_another_outlet_points_at_the_first(
    site: Path, desk: Desk, tmp_path: Path, bulletin: str
) -> None:
    """One lead, the others its copies; also when the lead was written by an earlier run."""
    first = take(desk, put(tmp_path, "a.txt", bulletin), source="own", date="2019-11-18")
    lead = ledger.Ledger(site).by_sha256
    copy = take(desk_of(site), put(tmp_path, "b.txt", f"Another outlet\n{bulletin}"), source="post", date="2019-11-19")

    assert [entry[:12] for entry in lead] == [copy.copy_of]
    assert f"copy_of: {copy.copy_of}" in front(site, copy.path).replace('"', "")
    assert "" == first.copy_of


def test_an_unknown_source_is_an_error_with_the_nearest_name(desk: Desk, tmp_path: Path, bulletin: str) -> None:
    """Nothing is written for a source that does not exist."""
    taken = take(desk, put(tmp_path, "raw.txt", bulletin), source="pots", date="2019-11-18")

    assert FAILED == taken.state
    assert 'Did you mean "post"?' in taken.message


def test_a_bad_file_does_not_stop_the_rest(site: Path, desk: Desk, tmp_path: Path, bulletin: str) -> None:
    """Each file is told by itself."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.png").write_bytes(b"\x89PNG\x00\x00\xff")
    put(tmp_path / "in", "b.txt", bulletin)

    states = [each.state for each in take_all(gather([str(tmp_path / "in")], None), Said(source="own"), desk)]

    assert [FAILED, HELD] == states


@pytest.mark.parametrize(
    ("expected", "name", "note", "said"),
    [
        ("2019-11-01", "2019-11-03-raw.txt", "date: 2019-11-02", "2019-11-01"),
        ("2019-11-02", "2019-11-03-raw.txt", "date: 2019-11-02", ""),
        ("2019-11-03", "2019-11-03-raw.txt", "", ""),
        ("2019-11-03", "20191103_raw.txt", "", ""),
    ],
)
def test_who_knows_the_day_best(  # noqa: PLR0917  # The case's own words, and the fixtures it is taken in by.
    site: Path, desk: Desk, tmp_path: Path, bulletin: str, expected: str, name: str, note: str, said: str
) -> None:
    """First the person, then the note beside the file, then the file's name."""
    one = put(tmp_path, name, bulletin)
    if note:
        (tmp_path / f"{name}.yaml").write_text(note, encoding="utf-8")
    taken = take(desk, one, source="own", date=said)

    assert f"date: {expected}\n" in front(site, taken.path)


def test_a_faulty_note_is_told_by_line(desk: Desk, tmp_path: Path, bulletin: str) -> None:
    """A key that no note has is an error with the nearest one."""
    one = put(tmp_path, "raw.txt", bulletin)
    (tmp_path / "raw.txt.yaml").write_text("date: 2019-11-02\nurll: https://x.example/\n", encoding="utf-8")

    taken = take(desk, one, source="own")

    assert FAILED == taken.state
    assert 'raw.txt.yaml:2: there is no key "urll" in a note. Did you mean "url"?' in taken.message


def test_the_raw_bytes_are_archived(site: Path, desk: Desk, tmp_path: Path, bulletin: str) -> None:
    """The bytes outlive the article, and the file that was given stays where it is."""
    one = put(tmp_path, "raw.txt", bulletin)
    take(desk, one, source="own")

    assert one.path is not None
    content = one.path.read_bytes()
    kept = archive.raw_of(site / "archive", hashlib.sha256(content).hexdigest())
    assert kept is not None
    assert content == kept.read_bytes()


@pytest.mark.parametrize("length", [83, 80, 75, 20])
def test_a_long_name_of_another_script_can_be_kept(
    site: Path, desk: Desk, tmp_path: Path, bulletin: str, length: int
) -> None:
    """Each of its letters takes three bytes of the 255 that a name may have, and a temporary name needs some too."""
    name = "港" * length + ".txt"
    taken = take(desk, put(tmp_path, name, bulletin), source="own", date="2019-11-18")

    assert (WRITTEN, "") == (taken.state, taken.message)
    kept = archive.raw_of(site / "archive", hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert kept is not None
    assert kept.name.endswith("港.txt")
    assert archive.note_of(kept) is not None


def test_text_beyond_an_excerpt_can_stay_out_of_the_content(site: Path, tmp_path: Path, bulletin: str) -> None:
    """With `keep: archive` only what rights let a page show is in `content/`, and in its history."""
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("ingest: {keep: archive}\n")
    one = put(tmp_path, "raw.txt", bulletin)
    taken = take(desk_of(site), one, source="post", date="2019-11-18")

    text = (site / "content" / taken.path).read_text("utf-8")
    assert "landfill" not in text
    assert "cut: " in text
    assert any("landfill" in place.read_text("utf-8") for place in (site / "archive").rglob("*.md"))


def test_the_inbox_becomes_articles_and_is_empty_then(site: Path, bulletin: str) -> None:
    """The folder says the source; the raw file lies in the archive, its note is used up."""
    inbox = site / "content/inbox"
    put(inbox / "post", "2019-11-18-basin.txt", bulletin)
    put(inbox / "post", "2019-11-18-basin.txt.yaml", "url: https://harbour-post.example/1")
    values = site_values(site)

    taken = ingest_inbox(site, values.config, values.topics, values.sources, NOW)

    assert [(WRITTEN, f"articles/2019/11/18/{SLUG}.md")] == [(each.state, each.path) for each in taken]
    assert [] == [place for place in inbox.rglob("*") if place.is_file()]
    assert () == ingest_inbox(site, values.config, values.topics, values.sources, NOW)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rss.xml", [WRITTEN, HELD]),
        ("atom.xml", [WRITTEN]),
        ("feed.json", [WRITTEN, HELD]),
        ("newsletter.eml", [WRITTEN]),
        ("page.mhtml", [HELD]),
    ],
)
def test_every_form_may_lie_in_the_inbox(site: Path, name: str, expected: list[str]) -> None:
    """Mails, page archives and feeds leave the inbox as articles, as texts and pages do."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    inbox = site / "content/inbox/post"
    inbox.mkdir(parents=True)
    (inbox / name).write_bytes((CASES / "forms" / name).read_bytes())
    values = site_values(site)

    taken = ingest_inbox(site, values.config, values.topics, values.sources, NOW)

    assert expected == [each.state for each in taken]
    assert [] == [place for place in inbox.rglob("*") if place.is_file()]


def test_an_article_says_what_was_dropped(site: Path, desk: Desk, tmp_path: Path, bulletin: str) -> None:
    """By kind, so that everybody can see what the machine took for no part of the article."""
    taken = take(desk, put(tmp_path, "raw.txt", bulletin), source="own", date="2019-11-18")
    parsed = parse_article(taken.path, (site / "content" / taken.path).read_text("utf-8"), ParseOptions()).value

    assert parsed is not None
    assert any(words.startswith("navigation: ") for words in parsed.provenance.dropped)


def test_the_words_of_few_days_are_in_memory(
    site: Path, tmp_path: Path, bulletin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day that had to go is read again from its files when a report of it comes."""
    monkeypatch.setattr(standing, "MOST_DAYS", 8)
    desk = desk_of(site)
    first = take(desk, put(tmp_path, "a.txt", bulletin), source="own", date="2019-11-18")
    for day in range(1, 9):
        text = (
            f"Ferry {day} sails\n"
            + "A ferry sails to the island with its passengers and their luggage today. " * day * 9
        )
        take(desk, put(tmp_path, f"{day}.txt", text), source="own", date=f"2019-10-{day:02}")
    copy = take(desk, put(tmp_path, "b.txt", f"Another outlet\n{bulletin}"), source="post", date="2019-11-19")

    assert first.copy_of != copy.copy_of
    assert f"id: {copy.copy_of}" in front(site, first.path).replace('"', "")


def test_a_pages_pictures_leave_the_inbox_with_it(site: Path, page: str) -> None:
    """The folder a browser saved beside a page is no article, and is kept with the raw files."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    inbox = site / "content/inbox"
    put(inbox / "post", "page.html", page)
    put(inbox / "post/page_files", "frame.html", page)
    put(inbox / "post", "page.html.yaml", "date: 2019-11-17")
    values = site_values(site)

    (taken,) = ingest_inbox(site, values.config, values.topics, values.sources, NOW)

    assert WRITTEN == taken.state
    assert [] == [place for place in inbox.rglob("*") if place.is_file()]
    assert page == (site / "archive/folders/page_files/frame.html").read_text("utf-8")


def test_a_folder_of_the_inbox_that_is_no_source_is_told(site: Path, bulletin: str) -> None:
    """The file stays where it is until its folder has a source's name."""
    one = put(site / "content/inbox/pots", "a.txt", bulletin)
    values = site_values(site)

    (taken,) = ingest_inbox(site, values.config, values.topics, values.sources, NOW)

    assert FAILED == taken.state
    assert 'Did you mean "post"?' in taken.message
    assert one.path is not None
    assert one.path.exists()


def test_a_crash_while_writing_loses_nothing(site: Path, bulletin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fails, the raw file stays in the inbox, and the next run takes it in."""
    one = put(site / "content/inbox", "a.txt", bulletin)
    values = site_values(site)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        (taken,) = ingest_inbox(site, values.config, values.topics, values.sources, NOW)
    assert FAILED == taken.state
    assert "its article cannot be written: no space left on device.\n  Mend that, then" in taken.message
    assert one.path is not None
    assert one.path.exists()

    (again,) = ingest_inbox(site, values.config, values.topics, values.sources, NOW)
    assert HELD == again.state


def test_a_ledger_with_a_merges_marks_is_still_read(site: Path) -> None:
    """Lines that are no entries are passed over, and the next entry gets a line of its own."""
    place = site / ledger.LEDGER
    place.write_text('<<<<<<< ours\n{"sha256": "aa", "article": "articles/a.md"}\n=======', encoding="utf-8")
    ledger.Ledger(site).remember(ledger.Entry("bb", "articles/b.md", "b.txt", "", ""))

    assert {"aa": "articles/a.md", "bb": "articles/b.md"} == {
        digest: entry.article for digest, entry in ledger.Ledger(site).by_sha256.items()
    }
    assert "bb" == json.loads(place.read_text("utf-8").splitlines()[-1])["sha256"]


def test_a_weekday_that_contradicts_the_day_is_told() -> None:
    """A weekday named with its date confirms the year or contradicts it."""
    assert () == weekday_doubts("2020-01-02", "It happened on Tuesday, Dec. 31.")
    assert "Monday 31 December 2018" in weekday_doubts("2019-01-02", "It happened on Tuesday, Dec. 31.")[0]


def test_a_source_is_known_by_the_pages_address(site: Path, desk: Desk, tmp_path: Path, page: str) -> None:
    """A page whose address lies at a source's domain is that source's, and says that this was concluded."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    taken = take(desk, put(tmp_path, "page.html", page))

    assert WRITTEN == taken.state
    assert "key: post" in front(site, taken.path)
    assert "source: post" in front(site, taken.path)


@pytest.mark.parametrize(
    ("expected", "stated"),
    [
        ("2019-11-18T09:30+02:00", "2019-11-18T07:30:00+00:00"),
        ("2019-11-19T06:30+02:00", "2019-11-18T23:30:00-05:00"),
        ("2019-11-18", "2019-11-18T00:00:00-05:00"),
        ("2019-11-18", "2019-11-18T23:30:00"),
        ("2019-11-20", "2019-11-20T23:30:00+00:00"),
    ],
)
def test_the_moment_of_a_page_is_told_by_the_sites_clocks(
    site: Path, tmp_path: Path, page: str, expected: str, stated: str
) -> None:
    """A page's moment decides the day in the site's zone; without a clock to go by the page's day counts."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    now = NOW.astimezone(timezone(timedelta(hours=2)))
    one = put(tmp_path, "page.html", page.replace("2019-11-18T07:30:00+00:00", stated))
    taken = take(desk_of(site, now), one)

    assert f"date: {expected}\n" in front(site, taken.path)
    assert taken.path.startswith(f"articles/{expected[:10].replace('-', '/')}/")


def test_an_unreadable_source_key_is_refused(site: Path) -> None:
    """A key that cannot be a file's name makes no source."""
    from generator.ingest.sources import new_source

    with pytest.raises(IngestError, match='Write it as "the-post"'):
        new_source(site, "The Post")
    assert "excerpt" == new_source(site, "the-post").rights
