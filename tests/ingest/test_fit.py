"""What ingest writes, a build takes: no page, feed or note can put into a file what would stop the whole site."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import IngestError
from generator.ingest.facts import Said
from generator.ingest.fit import check_size, seen
from generator.ingest.inputs import Input
from generator.ingest.notes import read_note
from generator.ingest.run import FAILED, Desk, Taken, take_all
from generator.load.parse import ParseOptions, parse_article
from generator.text.frontmatter import Value, read, split

HEADLINE = "Dredgers return to the inner basin"


def paged(page: str, *, title: str = "", head: str = "", words: str = "") -> str:
    """Return the page of the cases with another title, more in its head, and more words in its text."""
    page = page.replace("<head>", f"<head>{head}", 1)
    if title:
        page = page.replace(HEADLINE, title)
    return page.replace("</p>", f" {words}</p>", 2) if words else page


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def take(desk: Desk, folder: Path, text: str, *, source: str = "own", date: str = "2019-11-18") -> Taken:
    place = folder / "page.html"
    place.write_text(text, encoding="utf-8")
    (taken,) = take_all([Input(str(place), place)], Said(source=source, date=date), desk)
    return taken


@pytest.mark.parametrize(
    ("doubt", "changed"),
    [
        ("", {"title": "A pause \x96 and no more"}),
        ("", {"title": "Signs \ufffe\uffff\ufeff\u2028 that nobody sees"}),
        ("", {"words": "odd \x85\x81 \ufffe \u2028 \u202e signs"}),
        ("", {"title": "Entities &#x96; &#xD83D; &#0; &#xFFFE;"}),
        ("", {"head": ld('{"@type":"NewsArticle","headline":"Half \\ud83d","author":{"name":"A \\udc00 B"}}')}),
        ("", {"head": ld('{"@type":"NewsArticle","headline":["a",{}],"author":[{"name":{}},null,5]}')}),
        ("title: left out, because", {"title": "Long title " * 300}),
        ("summary: left out, because", {"head": meta("og:description", "Long words " * 3000)}),
        ("url: left out, because", {"head": '<link rel="canonical" href="https://a.example/' + "a" * 5000 + '">'}),
        ("url: left out, because", {"head": '<link rel="canonical" href="https://me:pw@a.example/x">'}),
        ("", {"head": '<link rel="canonical" href="javascript:alert(1)">'}),
        ("", {"head": '<link rel="canonical" href="https://a.example/a b|c{d}">'}),
        ("", {"head": meta("article:published_time", "1066-10-14")}),
        ("", {"head": meta("article:published_time", "2019-11-18T25:99:00+99:99")}),
        ("", {"head": meta("og:locale", "klingon language")}),
        (
            "",
            {"words": '<a href="other.md">a file</a> <a href="data:text/html,x">data</a> <a href="ftp://a/b">ftp</a>'},
        ),
    ],
)
def test_what_ingest_writes_a_build_takes(
    desk: Desk, tmp_path: Path, page: str, doubt: str, changed: dict[str, str]
) -> None:
    """Signs that no page may hold are left out; of the rest, what is too long or no address, and that is told."""
    taken = take(desk, tmp_path, paged(page, **changed))

    text = (desk.root / "content" / taken.path).read_text("utf-8")
    parsed = parse_article(taken.path, text, ParseOptions())
    assert [] == [fault.text() for fault in parsed.faults if fault.severity == "error"]
    assert bool(doubt) == any(each.startswith(doubt) for each in taken.doubtful if doubt)


def test_a_title_that_is_none_holds_the_article(desk: Desk, tmp_path: Path, page: str) -> None:
    """What is too long for a headline is not one, so a person is asked."""
    taken = take(desk, tmp_path, paged(page, title="Long title " * 300))

    assert "title" in taken.reasons


def test_a_text_longer_than_a_build_takes_is_refused(site: Path, desk: Desk, tmp_path: Path, page: str) -> None:
    """A whole book is told and stays where it lies, instead of stopping every build."""
    taken = take(desk, tmp_path, paged(page, words="and so on it goes " * 12_000))

    told = f"{tmp_path}/page.html: cleaned, the text has "
    assert (FAILED, True) == (taken.state, taken.message.startswith(told))
    assert "Split it into several files." in taken.message
    assert not list((site / "content/articles").rglob("*.md"))


def test_what_is_kept_out_of_content_does_not_count() -> None:
    """Only what would stand in the file is judged."""
    check_size("a.txt", "short")
    with pytest.raises(IngestError, match="200,000"):
        check_size("a.txt", "a" * 200_001)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("plain", "plain"),
        ("a\u00a0b — “c”", "a\u00a0b — “c”"),
        ("“so” – it’s…", "\x93so\x94 \x96 it\x92s\x85"),
        ("ab", "a\x81\x00\ud800\ufffeb"),
        ("line\nline\ttab", "line\nline\ttab"),
        ("a b", "a\u2028b"),
    ],
)
def test_signs_that_cannot_be_seen(expected: str, text: str) -> None:
    """Controls that were Windows' quotation marks are read as these; all others go."""
    assert expected == seen(text)


@pytest.mark.parametrize(
    ("expected", "note"),
    [
        ('1: "url" must be a web address, not "javascript:alert(1)".', "url: javascript:alert(1)"),
        ('1: "url" must be a web address, not "https://[news]/1".', "url: https://[news]/1"),
        ('1: "url" must be a web address, not "https://a.b℀.example/1".', "url: https://a.b℀.example/1"),
        ('1: "archive_url" must be a web address, not "nowhere".', "archive_url: nowhere"),
        ('1: "soon" is not a day.', "edition: soon"),
        ('1: "yesterday" is not a date.', "retrieved: yesterday"),
        ('1: "2020-02-30" is not a date: there is no such day or time.', 'date: "2020-02-30"'),
        ('1: "2020-01-02T25:00" is not a date: there is no such day or time.', "date: 2020-01-02T25:00"),
        ('2: "klingon language" is not a language.', "title: A\nlang: klingon language"),
        ('1: "The Post" is not an id.', "source: The Post"),
        ('1: "source" must be one value, not a mapping.', "source: {a: b}"),
        ('1: there is no key "datum" in a note. Did you mean "date"?', "datum: 2020-01-02"),
        ("1: The front matter is not a list of keys.", "- a\n- b"),
    ],
)
def test_a_note_is_as_strict_as_an_article(tmp_path: Path, expected: str, note: str) -> None:
    """What a build would refuse is told beside the raw file, by line, before anything is written."""
    place = tmp_path / "page.html.yaml"
    place.write_text(note, encoding="utf-8")

    with pytest.raises(IngestError) as fault:
        read_note(place)

    told = [each.text().split("\n")[0] for each in fault.value.diagnostics]
    assert [f"{place}:{expected}"] == told
    assert "Mend it" in str(fault.value)


def test_a_note_in_another_encoding_says_what_to_do(tmp_path: Path) -> None:
    """Python's own words on bytes help nobody."""
    place = tmp_path / "page.html.yaml"
    place.write_bytes(b"title: caf\xe9\n")

    with pytest.raises(IngestError, match="is not UTF-8"):
        read_note(place)


def test_a_source_that_is_not_there_is_told_with_the_file(desk: Desk, tmp_path: Path, bulletin: str) -> None:
    """Of many files, the one whose note is wrong must be found."""
    place = tmp_path / "raw.txt"
    place.write_text(bulletin, encoding="utf-8")
    (tmp_path / "raw.txt.yaml").write_text("source: pots\n", encoding="utf-8")

    (taken,) = take_all([Input(str(place), place)], Said(), desk)

    assert taken.message.startswith(f'{place}: there is no source "pots". Did you mean "post"?')


@pytest.mark.parametrize("day", ["2019-11-8", "2019-11-08"])
def test_a_day_without_its_zeros_lies_in_the_same_folder(desk: Desk, tmp_path: Path, page: str, day: str) -> None:
    """Dates are read as generously as in articles, and written as all others are."""
    taken = take(desk, tmp_path, page, date=day)

    assert taken.path.startswith("articles/2019/11/08/")
    front, _ = read(split((desk.root / "content" / taken.path).read_text("utf-8")).front)
    assert Value("2019-11-08", front["date"].line) == front["date"]
