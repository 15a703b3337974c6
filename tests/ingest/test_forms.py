"""Reports as they really come: mails, page archives, feeds; forms are told by their bytes, hostile ones refused."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.errors import IngestError
from generator.ingest.extracted import Extracted, extract
from generator.ingest.facts import Said
from generator.ingest.forms import split
from generator.ingest.fragment import text_of
from generator.ingest.inputs import Input, gather
from generator.ingest.raw import raw_item
from generator.ingest.run import HELD, KNOWN, WRITTEN, Desk, Taken, take_all
from generator.load.parse import ParseOptions, parse_article
from tests.ingest.conftest import CASES, desk_of

FORMS = CASES / "forms"


class Told(NamedTuple):
    """What a report says of itself."""

    title: str
    date: str
    url: str
    source: str
    authors: tuple[str, ...] = ()
    dek: str = ""


def reports(content: bytes | str, name: str = "raw") -> list[Extracted]:
    content = content.encode("utf-8") if isinstance(content, str) else content
    one = Input(name, None, content)
    return [extract(item, latest="2019-11-20") for item in one.items()]


def told(found: Extracted) -> Told:
    return Told(found.title, found.date, found.url, found.source, found.authors, found.dek)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "rss.xml",
            [
                Told(
                    "Dredgers & barges return to the basin",
                    "2019-11-18T22:30+00:00",
                    "https://harbour-post.example/2019/dredgers",
                    "The Harbour Post",
                    ("Ines Calder",),
                    "The port board has sent two dredgers back.",
                ),
                Told("Herring quota settled", "", "https://harbour-post.example/2019/herring", "The Harbour Post"),
            ],
        ),
        (
            "atom.xml",
            [
                Told(
                    "The lock is closed",
                    "2019-11-18T09:30+01:00",
                    "https://port.example/notices/7",
                    "Port notices",
                    ("The harbour master",),
                    "Ships wait outside.",
                )
            ],
        ),
        (
            "feed.json",
            [
                Told(
                    "The ferry is late",
                    "2019-11-18T09:30+00:00",
                    "https://port.example/notices/8",
                    "Port notices",
                    ("The harbour master",),
                ),
                Told("The ferry is here", "", "", "Port notices"),
            ],
        ),
        (
            "newsletter.eml",
            [Told("Dredgers return: what it means", "2019-11-18T06:00+00:00", "", "The Harbour Post – Morning")],
        ),
        (
            "page.mhtml",
            [Told("Dredgers return to the basin", "", "https://harbour-post.example/2019/dredgers", "")],
        ),
    ],
)
def test_what_each_form_says_of_its_reports(name: str, expected: list[Told]) -> None:
    """The wrapping states title, moment, address and outlet; what it does not state, or states brokenly, is unknown."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")

    assert expected == [told(found) for found in reports((FORMS / name).read_bytes())]


@pytest.mark.parametrize(
    ("name", "number", "words", "never"),
    [
        (
            "rss.xml",
            0,
            ["into the inner basin on Monday & said", "[a written notice](https://harbour"],
            ["<p>", "CDATA"],
        ),
        ("rss.xml", 1, ["forty tonnes of herring this winter"], ["&nbsp;"]),
        ("atom.xml", 0, ["The lock is closed until the ice", "Ships wait outside & signal."], ["xss"]),
        ("feed.json", 0, ["late by two hours.", "Fog lies over the channel."], []),
        ("newsletter.eml", 0, ["that the work would last until spring", "the channel was shut."], ["=C3", "<td>"]),
        ("page.mhtml", 0, ["return to the café quay.", "the channel was shut."], ["Home", "iVBOR"]),
    ],
)
def test_the_text_of_each_form(name: str, number: int, words: list[str], never: list[str]) -> None:
    """Packing and marks are taken off, nothing of the text is lost, and no script becomes text."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    body = reports((FORMS / name).read_bytes())[number].body

    assert [] == [one for one in words if one not in body], body
    assert [] == [one for one in never if one in body], body


@pytest.mark.parametrize("name", sorted(place.name for place in FORMS.iterdir()))
def test_the_name_of_a_file_does_not_tell_its_form(name: str) -> None:
    """The same bytes, packed and called anything, are the same reports."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    content = (FORMS / name).read_bytes()

    assert reports(content) == reports(gzip.compress(content, mtime=0), "a.pdf")


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json"])
def test_an_entry_that_was_kept_reads_as_it_did_in_its_feed(name: str) -> None:
    """The archive holds entries by themselves; each is one report, with the same bytes, for ever."""
    for piece in Input(name, None, (FORMS / name).read_bytes()).pieces():
        (again,) = Input(piece.name, None, piece.content).pieces()

        assert piece.content == again.content


def take(desk: Desk, path: Path, **said: str) -> list[Taken]:
    return list(take_all(gather([str(path)], None), Said(**said), desk))


def test_each_entry_of_a_feed_is_an_article(site: Path, desk: Desk, tmp_path: Path) -> None:
    """An entry's day is that of its moment in the site's zone; the day in the file's name is the feed's."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    feed = tmp_path / "2019-11-01-feed.xml"
    feed.write_bytes((FORMS / "rss.xml").read_bytes())
    taken = take(desk, feed)

    assert [(WRITTEN, ()), (HELD, ("date",))] == [(each.state, each.reasons) for each in taken]
    text = (site / "content" / taken[0].path).read_text("utf-8")
    parsed = parse_article(taken[0].path, text, ParseOptions("Asia/Baghdad"))
    assert () == parsed.faults
    assert parsed.value is not None
    assert parsed.value.date is not None
    assert "2019-11-18T22:30:00+00:00" == parsed.value.date.iso or "2019-11-19" == parsed.value.date.day
    assert ("post", "Ines Calder") == (parsed.value.source.key, parsed.value.source.author)


def test_an_entry_may_have_an_address_that_cannot_be_read(site: Path, desk: Desk, tmp_path: Path) -> None:
    """It costs neither that entry nor the others of its feed."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    feed = tmp_path / "feed.xml"
    entry = "<item><title>Fog</title><guid>99</guid><link>https://[news]/1</link><description>Fog.</description></item>"
    content = (FORMS / "rss.xml").read_text("utf-8")
    feed.write_text(content.replace("</channel>", entry + "</channel>"), encoding="utf-8")

    assert [WRITTEN, HELD, HELD] == [each.state for each in take(desk, feed)]


@pytest.mark.parametrize("after", ["", "<item><title>Fog</title></item>", "<ttl>60</ttl>"])
def test_an_empty_entry_is_an_entry(after: str) -> None:
    """One that is a single tag ends with it, and is not read together with what stands behind it."""
    feed = f"<rss><channel><title>Port</title><item/>{after}</channel></rss>"

    assert b"<item/>" == next(iter(split("feed.xml", feed.encode(), ""))).content


def test_an_entry_is_known_by_what_the_feed_calls_it(site: Path, desk: Desk, tmp_path: Path) -> None:
    """A feed fetched again brings only what is new, though counts in its entries have changed."""
    feed = tmp_path / "feed.xml"
    content = (FORMS / "rss.xml").read_text("utf-8")
    feed.write_text(content, encoding="utf-8")
    first = take(desk, feed)
    (site / "content" / first[0].path).unlink()
    more = "<item><title>Fog</title><guid>99</guid><description>Fog lies over the channel.</description></item>"
    feed.write_text(
        content.replace("<media:title>", "<x>5</x><media:title>").replace("</channel>", more + "</channel>")
    )

    again = take(desk_of(site), feed)

    assert [KNOWN, KNOWN, HELD] == [each.state for each in again]


def test_a_newsletter_is_its_senders(site: Path, desk: Desk) -> None:
    """The address a mail was sent from lies at a source's domain; that this was concluded is written down."""
    (taken,) = take(desk, FORMS / "newsletter.eml")

    assert (WRITTEN, "articles/2019/11/18") == (taken.state, taken.path.rpartition("/")[0])
    text = (site / "content" / taken.path).read_text("utf-8")
    assert "  key: post\n" in text
    assert "source: post" in text


@pytest.mark.parametrize(
    ("expected", "content"),
    [
        ("declares entities", '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x "y">]><rss><channel/></rss>'),
        ("more than 200 levels", "<rss>" + "<a>" * 300 + "</a>" * 300 + "</rss>"),
        ("line 3 is not XML", "<rss>\n<channel>\n</rss>"),
        ("neither a page nor a feed", "<?xml version='1.0'?><urlset><url><loc>https://a.example/</loc></url></urlset>"),
        ("JSON Feed is broken", '{"version": "https://jsonfeed.org/version/1", "items": [}'),
        ('has no list of "items"', '{"version": "https://jsonfeed.org/version/1", "items": 3}'),
        ("no text in this mail", "From: a@b.example\nDate: x\nMIME-Version: 1.0\nContent-Type: image/png\n\nxx"),
    ],
)
def test_what_cannot_be_read_is_told(expected: str, content: str) -> None:
    """One clear sentence says what is wrong with a file."""
    with pytest.raises(IngestError, match=expected):
        reports(content)


def test_a_text_about_mail_is_a_text(bulletin: str) -> None:
    """A scraped text that begins with a word and a colon is no mail."""
    (found,) = reports("Subject: the port\n" + bulletin)

    assert "inner basin" in found.body


def test_a_folder_that_belongs_to_a_page_is_no_article(tmp_path: Path, page: str) -> None:
    """Browsers put pictures and frames beside a page, in a folder they call in their own language."""
    for name in ("a.html", "b.htm", "c.html"):
        (tmp_path / name).write_text(page, encoding="utf-8")
    for name in (
        "a_files/frame.html",
        "b-Dateien/x.html",
        "c_fichiers/y.html",
        "d_fichiers/z.html",
        "gone_files/q.html",
    ):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(page, encoding="utf-8")

    found = {Path(one.where).relative_to(tmp_path).as_posix(): bool(one.fault) for one in gather([str(tmp_path)], None)}

    told = {"gone_files": True}
    assert {"a.html": False, "b.htm": False, "c.html": False, "d_fichiers/z.html": False, **told} == found


def test_a_comment_and_a_script_are_no_text() -> None:
    """What a reader of the feed would not see is not read."""
    html = "a<!-- <p>no</p> --><script>if (1 < 2) no</script> b<p>c &lt;d&gt;</p><style>no"

    assert "a b\nc <d>" == text_of(html)


def test_hostile_xml_is_refused_or_harmless(corpora: Path, site: Path, desk: Desk, tmp_path: Path) -> None:
    """No entity is expanded, nothing is fetched or read, no script becomes text, and all of it ends quickly."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    # Loading the libraries takes longer than all of these together.
    extract(raw_item("a.html", b"<html><body><p>Some words.</p></body></html>"))
    for row in map(json.loads, (corpora / "hostile/xml_hostile.jsonl").read_text("utf-8").splitlines()):
        path = tmp_path / f"{row['id']}.xml"
        path.write_bytes(row["input"].encode("utf-8"))
        began = time.process_time()
        taken = take(desk, path, source="own", date="2019-11-18")

        assert 1.0 > time.process_time() - began, row["id"]
        for each in taken:
            text = (site / "content" / each.path).read_text("utf-8") if each.path else ""
            assert "root:" not in text, row["id"]
            assert "javascript:" not in text, row["id"]
            assert 20_000 > len(text), row["id"]
            assert () == parse_article(each.path, text, ParseOptions()).faults if text else True, row["id"]


def test_bytes_that_are_no_text_are_told_by_their_name(tmp_path: Path) -> None:
    """A sign of a tag among them makes nobody take them for a feed, and lose the name."""
    place = tmp_path / "photo.bin"
    place.write_bytes(b"\x89\x00\x00<rss>\x00\xff" * 40)

    with pytest.raises(IngestError, match=r"^photo\.bin: this is not a text"):
        list(Input(str(place), place).items())
