"""Mails and feeds as programs really write them: which part is the report, and that no entry is lost by its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.errors import IngestError
from generator.ingest.encoding import decoded
from generator.ingest.extracted import extract
from generator.ingest.facts import Said
from generator.ingest.forms import split
from generator.ingest.inputs import Input, gather
from generator.ingest.run import KNOWN, WRITTEN, Desk, take_all
from tests.ingest.conftest import desk_of

WORDS = "The port board sent two dredgers back into the basin on Monday, and the harbour master said so twice."
OTHER = "A fox was seen beside the cranes at dawn, said the watchman, who keeps a list of such things and shows it."
HEAD = """From: The Harbour Post <news@harbour-post.example>
Received: from a by b
Subject: Dredgers return
Date: Mon, 18 Nov 2019 07:30:00 +0000
MIME-Version: 1.0
Content-Type: multipart/{kind}; boundary="B"

"""


def part(kind: str, text: str, more: str = "") -> str:
    return f"--B\nContent-Type: {kind}; charset=utf-8\n{more}\n{text}\n"


TEXT = f"""{WORDS}

The channel had been closed to large ships since the spring, when a storm carried half of the bank into it.
Fishermen had marked a way around the silt with buoys of their own, and two coasters had to wait outside.

The work is to last until the end of the year, and the board has found money for one season of it, it said.
What comes after that is for the council to decide, which meets in January and has other things to pay for.
"""
PLAIN = part("text/plain", TEXT)
PAGE = part("text/html", f"<html><body><h1>Dredgers return</h1><p>{WORDS}</p><p>{WORDS}</p></body></html>")
OTHER_PAGE = f"<html><body><h1>A fox</h1><p>{OTHER}</p><p>{OTHER}</p><p>{OTHER}</p></body></html>"
ATTACHED = part("text/html", OTHER_PAGE, 'Content-Disposition: attachment; filename="fox.html"\n')
PICTURE = "--B\nContent-Type: image/png\nContent-ID: <1>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
FORWARDED = (
    "--B\nContent-Type: message/rfc822\n\nFrom: a@a.example\nSubject: old\nMIME-Version: 1.0\n"
    f"Content-Type: text/plain\n\n{TEXT}\n"
)


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("related", PAGE + PICTURE),
        ("alternative", PLAIN + PAGE),
        ("mixed", PLAIN + ATTACHED),
        ("mixed", part("text/plain", "For your information.") + FORWARDED),
        (
            "mixed",
            part("text/plain", "[This came through a list.]") + PLAIN + part("text/plain", "-- \nLeave the list"),
        ),
        ("mixed", PAGE + part("text/html", "<p>Leave the list</p>")),
    ],
)
def test_the_report_of_a_mail_is_its_longest_text(kind: str, parts: str) -> None:
    """Pictures, attachments and the notes of lists and senders are none, and a mail with pictures stays a mail."""
    mail = HEAD.format(kind=kind) + parts + "--B--\n"
    (item,) = Input("raw", None, mail.encode()).items()

    found = extract(item, latest="2019-11-20")

    assert (True, False) == ("two dredgers" in found.body, "fox" in found.body)
    assert ("2019-11-18T07:30+00:00", "The Harbour Post") == (found.date, found.source)


def test_a_page_that_is_attached_to_nothing_is_the_report() -> None:
    """A mail that only carries a saved page is that page."""
    (item,) = Input("raw", None, (HEAD.format(kind="mixed") + ATTACHED + PICTURE + "--B--\n").encode()).items()

    assert "fox" in extract(item).body


def rss(*entries: str, title: str = "The Harbour Post") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{"".join(entries)}</channel></rss>'


def entry(name: str, guid: str, host: str = "harbour-post.example") -> str:
    words = f"<p>{name}. {WORDS}</p><p>{OTHER} {name}.</p>"
    link = f"<link>https://{host}/{name.casefold()}</link>"
    day = "<pubDate>Mon, 18 Nov 2019 07:30:00 GMT</pubDate>"
    return f"<item><title>{name}</title>{link}{guid}{day}<description><![CDATA[{words}]]></description></item>"


@pytest.mark.parametrize(
    ("expected", "stated"),
    [
        ("2019-11-18T07:30+00:00", "Mon, 18 Nov 2019 07:30:00 GMT"),
        ("2019-11-18T07:30-05:00", "Mon, 18 Nov 2019 07:30:00 -0500"),
        ("2019-11-18", "Mon, 18 Nov 2019 00:00:00 +0000"),
        ("2019-11-18T07:30+03:00", "2019-11-18T07:30:00+03:00"),
        ("2019-11-18", "2019-11-18T00:00:00Z"),
        ("2019-11-18", "2019-11-18T07:30:00"),
        ("2019-11-18", "2019-11-18"),
        ("", "Monday"),
    ],
)
def test_a_feeds_clock_counts_with_its_zone(expected: str, stated: str) -> None:
    """A clock without a zone could be any moment of two days, and midnight is how feeds write a day alone."""
    feed = rss(entry("One", "<guid>post</guid>").replace("Mon, 18 Nov 2019 07:30:00 GMT", stated))
    (item,) = Input("raw", None, feed.encode()).items()

    assert expected == item.stated.date


@pytest.mark.parametrize(
    "feeds",
    [
        # A site that gives its front page, or an empty word, for the name of every entry.
        [rss(*(entry(name, "<guid>https://harbour-post.example/</guid>") for name in ("One", "Two", "Three")))],
        [rss(*(entry(name, "<guid>post</guid>") for name in ("One", "Two", "Three")))],
        # Feeds without a title whose entries are numbered from one.
        [
            rss(entry("One", "<guid>1</guid>"), title=""),
            rss(entry("Two", "<guid>1</guid>", "other.example"), title=""),
            rss(entry("Three", "<guid>1</guid>", "third.example"), title=""),
        ],
    ],
)
def test_no_entry_is_lost_by_its_name(desk: Desk, tmp_path: Path, feeds: list[str]) -> None:
    """What several entries are called names none of them; fetched again, they are known all the same."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for number, feed in enumerate(feeds):
        (folder / f"{number}.xml").write_text(feed, encoding="utf-8")

    first = list(take_all(gather([str(folder)], None), Said(source="own"), desk))
    again = list(take_all(gather([str(folder)], None), Said(source="own"), desk_of(desk.root)))

    assert [WRITTEN] * 3 == [each.state for each in first]
    assert [KNOWN] * 3 == [each.state for each in again]
    assert [each.path for each in first] == [each.path for each in again]


def json_feed(*items: object) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": items}).encode()


@pytest.mark.parametrize(
    "content", [rss().encode(), json_feed(), json_feed(*[{"id": str(number)} for number in range(10_001)])]
)
def test_a_feed_with_nothing_or_too_much_in_it_is_told(content: bytes) -> None:
    """Neither is passed over in silence."""
    with pytest.raises(IngestError, match=r"no entry in this feed|more than 10,000 entries"):
        list(split("feed", content))


JAPANESE = "港の評議会は火曜日、先月の嵐で三か所壊れた北の防波堤を修理することを決めた。"


@pytest.mark.parametrize(
    ("encoding", "doubts", "text", "said"),
    [
        ("iso-2022-jp", 0, JAPANESE, "iso-2022-jp"),
        ("iso-2022-jp", 1, JAPANESE, ""),
        ("iso-2022-jp", 1, JAPANESE, "utf-8"),
        ("iso-2022-kr", 0, "항만 위원회는 화요일에 북쪽 방파제를 고치기로 했다.", "iso-2022-kr"),
        ("hz", 0, "港口委员会星期二决定修理北防波堤。", "hz-gb-2312"),
        ("utf-7", 0, "Das Präsidium beschloß es – gestern.", "utf-7"),
        ("utf-8", 0, "Plain words with a +sign- in them.", "us-ascii"),
        ("utf-8", 0, "Plain words with a +sign- in them.", ""),
    ],
)
def test_letters_between_signs_that_shift(encoding: str, doubts: int, text: str, said: str) -> None:
    """Their bytes are all ASCII, and would be read as UTF-8 that says nothing; undeclared, the doubt is told."""
    found, _, doubtful = decoded("mail", text.encode(encoding), said)

    assert (text, doubts) == (found, len(doubtful))
