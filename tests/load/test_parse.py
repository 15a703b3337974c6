"""One file into its value: what is taken from the front matter, what from the path, what from the body."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.digest import digest_of, packed
from generator.load.decode import decoded
from generator.load.parse import PARSE, Parsed, ParseOptions, parse_article, parse_briefing, parse_topic
from generator.load.revive import REVIVE
from generator.model.article import Article, BodyLink, Extras, Provenance, SourceCredit
from generator.model.topic import Form
from generator.text.frontmatter import dump

OPTIONS = ParseOptions("Asia/Baghdad", 60)
PATH = "articles/2020/01/02/embassy-breached.md"


def article(front: str, body: str = "Text.\n", path: str = PATH, options: ParseOptions = OPTIONS) -> Article:
    parsed = parse_article(path, f"---\n{front}---\n{body}", options)
    assert parsed.faults == ()
    assert parsed.value is not None
    return parsed.value


OK = "title: A report\ndate: 2020-01-02\n"


def test_id_and_slug_come_from_the_path_where_nobody_gave_them() -> None:
    """Two files never share a made id; a rename without an id is a new article."""
    made = article(OK)

    assert "embassy-breached" == made.slug
    assert 12 == len(made.id)
    assert made.id == article(OK, "Other text.\n").id
    assert made.id != article(OK, path="articles/2020/01/02/other.md").id


def test_the_day_is_the_site_s() -> None:
    """A late evening in Washington is the next day in Baghdad."""
    text = "title: A\ndate: 2020-01-02T20:00-05:00\n"

    assert "2020-01-03" == article(text).date.day  # type: ignore[union-attr]
    assert "2020-01-02" == article(text, options=ParseOptions("America/New_York", 60)).date.day  # type: ignore[union-attr]


def test_everything_a_person_may_write_is_kept() -> None:
    """Each key of an article reaches the model under its name."""
    made = article("""\
title: "A: report"
date: 2020-01-02T09:30+03:00
id: 0123456789ab
slug: a-report
updated: 2020-01-03
summary: |
  Two
  lines.
dateline: Baghdad
topics: [iraq, us-forces]
topics_exclude: iran
tagged: {iran: 2, iraq: 14.5, gulf: 2}
source: {name: Elsewhere, url: "https://x.example/1", author: A. Writer, published: 2020-01-02T08:00Z}
edition: 2020-01-03
copy_of: ba9876543210
story: the-siege
weight: -3
lang: fa
dir: rtl
draft: true
publish_at: 2020-01-04
expire_at: 2020-01-05
redirect_from: [/old/, /older.html]
image: {src: map.png, alt: A map, credit: C. Grapher}
corrections:
  - {at: 2020-01-04, kind: corrected, text: The number was wrong.}
confidence: disputed
noindex: true
ingest: {tool: dateline, sha256: abc, inferred: [date], cut: 12, evidence: ["line 3: 2 January"], retrieved: 2020-01-02}
x_desk: {shift: night, calls: [1, 2.5, true, "7", null]}
""")

    assert ("A: report", "0123456789ab", "a-report", "Two\nlines.", "Baghdad") == (
        made.title, made.id, made.slug, made.summary, made.place,
    )  # fmt: skip
    assert (("iraq", 14.5), ("gulf", 2.0), ("iran", 2.0)) == made.tagged
    assert ("iraq", "us-forces", "gulf") == made.own_topics
    assert SourceCredit("", "Elsewhere", "https://x.example/1", "A. Writer", "2020-01-02T11:00:00+03:00") == made.source
    assert ("2020-01-03", "ba9876543210", "the-siege", -3) == (made.edition, made.copy_of, made.story, made.weight)
    assert ("fa", "rtl", True, "disputed", True) == (made.lang, made.dir, made.draft, made.confidence, made.noindex)
    assert "articles/2020/01/02/map.png" == made.image.src  # type: ignore[union-attr]
    assert ("articles/2020/01/02/map.png",) == made.files
    assert "The number was wrong." == made.corrections[0].text
    assert Provenance("dateline", "abc", "2020-01-02", ("date",), (), 12, ("line 3: 2 January",)) == made.provenance
    assert "night" == made.extra.x_desk.shift
    assert (1, 2.5, True, "7", None) == made.extra.x_desk.calls


def test_links_and_files_are_named_by_content_path() -> None:
    """A link is relative to its file; what the build puts in must not depend on where the file lies."""
    body = (
        "See [that](../01/other.md#what-happened), [Iraq](../../../../topics/iraq.md),\n"
        "[a page](/about/), [the web](https://x.example/) and [a paper](my%20paper.pdf).\n\n"
        '![A map](map.png "The map")\n\n![logo](../../../../static/logo.png)\n'
    )
    parsed = parse_article(PATH, f"---\n{OK}---\n{body}", OPTIONS)

    assert parsed.value is not None
    assert (
        BodyLink("topics/iraq.md", "", 5),
        BodyLink("articles/2020/01/01/other.md", "h-what-happened", 5),
    ) == parsed.value.links
    assert (
        ("articles/2020/01/02/my paper.pdf", 6),
        ("articles/2020/01/02/map.png", 8),
        ("static/logo.png", 10),
    ) == parsed.files
    for written in (
        'href="dateline:articles/2020/01/01/other.md#h-what-happened"',
        'href="dateline:topics/iraq.md"',
        'href="dateline:/about/"',
        'href="dateline:articles/2020/01/02/my%20paper.pdf"',
        'src="dateline:articles/2020/01/02/map.png"',
        'src="dateline:/logo.png"',
    ):
        assert written in parsed.html


def test_opening_and_words_come_from_the_whole_body() -> None:
    """An excerpt can be cut from the opening; the count is of everything."""
    made = article(OK, "One two *three*.\n\n- four\n- five six\n", options=ParseOptions("UTC", 4))

    assert 6 == made.words
    assert made.opening.startswith("One two three. four")
    assert "five" not in made.opening


@pytest.mark.parametrize(
    ("held", "front"),
    [
        (("date", "url"), "title: A\nheld: [date, url]\n"),
        (("url",), "title: A\nheld: [date, url]\ndate: 2020-01-02\n"),
        (("date",), 'title: A\nheld: [date, url]\nsource: {name: X, url: "https://x.example/"}\n'),
        ((), 'title: A\nheld: [date, url]\ndate: 2020-01-02\nsource: {name: X, url: "https://x.example/"}\n'),
        (("date", "rights"), "title: A\nheld: rights\n"),
        (("rights",), "title: A\nheld: rights\ndate: 2020-01-02\n"),
    ],
)
def test_giving_what_is_missing_releases_an_article(held: tuple[str, ...], front: str) -> None:
    """A reason that names a key no longer counts when the key is there; without a day an article always waits."""
    assert held == article(front).held


@pytest.mark.parametrize("text", ["---\r\n{}---\r\nText.\r\n", "\ufeff---\n{}---\nText.\n", "---\r{}---\rText.\r"])
def test_line_ends_and_byte_order_marks_do_not_matter(text: str) -> None:
    """Editors differ; the article does not."""
    front = OK.replace("\n", "\r\n" if "\r\n" in text else "\r" if "\r" in text else "\n")

    assert article(OK) == parse_article(PATH, text.format(front), OPTIONS).value


@pytest.mark.parametrize(
    ("line", "words", "content"),
    [
        (2, "byte 6 is 0x93", b"ab\nc \x93quoted\x94"),
        (1, "UTF-16", "\ufeffab".encode("utf-16-le")),
        (1, "UTF-16", "title: a\n".encode("utf-16-be")),
        (1, "byte 3 is 0xE2", "a \u201c".encode()[:-1]),
        (1, "byte 1 is 0xC0", b"\xc0\xaf"),
        (1, "byte 1 is 0xED", b"\xed\xa0\x80"),
    ],
)
def test_what_is_not_utf_8_is_told_with_place_and_byte(line: int, words: str, content: bytes) -> None:
    """Nothing is guessed about encodings, and no byte is replaced in silence."""
    text, fault = decoded("content/a.md", content)

    assert "" == text
    assert fault is not None
    assert line == fault.line
    assert words in fault.message


def test_a_character_no_page_may_hold_is_told() -> None:
    """Controls would make pages and feeds invalid; joiners of Persian and soft marks are text."""
    parsed = parse_article(PATH, f"---\n{OK}---\nOne.\n\nTwo \x08 three.\n", OPTIONS)

    assert [(7, "The text contains the character U+0008, which no page may hold.")] == [
        (fault.line, fault.message) for fault in parsed.faults
    ]
    assert () == parse_article(PATH, f"---\n{OK}---\nمی‌خواهد\u00a0\u2028\ufeff x\n", OPTIONS).faults


def test_names_and_aliases_are_the_forms_of_a_topic() -> None:
    """Names in other scripts name it too; weights and case are the editor's; links are forms of full weight."""
    text = "---\ntitle: Iraq\nnames: {ar: X}\naliases: [Iraq, {Samarra: 0.9}]\ncased: [{PMF: 0.7}]\n---\n"
    topic = parse_topic("topics/iraq.md", text, OPTIONS).value

    assert topic is not None
    assert (Form("X"), Form("Iraq"), Form("Samarra", 0.9), Form("PMF", 0.7, True)) == topic.forms
    assert (Form("X"), Form("Iraq"), Form("PMF", 0.7, True)) == topic.linked
    bare = parse_topic("topics/iraq.md", "---\ntitle: Iraq\n---\n", OPTIONS).value
    assert bare is not None
    assert (Form("Iraq"),) == bare.forms
    chosen = parse_topic("topics/iraq.md", text.replace("---\n", "---\nlink: Samarra\n", 1), OPTIONS).value
    assert chosen is not None
    assert (Form("Samarra", 0.9),) == chosen.linked


def test_a_briefing_is_arranged_as_its_list_items_say() -> None:
    """Headings are sections; items that begin with a link are entries, with the editor's sentence and the copies."""
    text = """\
---
takeaways: [One thing.]
---
Before all.

## Iraq
- [Embassy](../articles/2020/01/02/a.md) Crowds *entered*. (also: [wire](../articles/2020/01/02/b.md))
"""
    briefing = parse_briefing("briefings/2020-01-02.morning.md", text, OPTIONS).value

    assert briefing is not None
    assert ("2020-01-02", "morning", ("One thing.",)) == (briefing.day, briefing.edition, briefing.takeaways)
    assert ["", "Iraq"] == [section.title for section in briefing.sections]
    entry = briefing.sections[1].entries[0]
    assert ("articles/2020/01/02/a.md", ("articles/2020/01/02/b.md",), 7) == (entry.target, entry.also, entry.line)
    assert "Crowds <em>entered</em>." == entry.note


_FILES = {
    "article": (PATH, f"---\n{OK}x_a: {{b: [1, [c, d], {{e: f}}], g: []}}\nx_pairs: [[a, 1], [b, 2]]\n"
                'corrections: [{at: 2020-01-02, kind: corrected, text: x}]\nimage: {src: /a.png, alt: a}\n'
                "source: {name: n}\nupdated: 2020-01-03\n---\n[l](a.md)\n"),
    "topic": ("topics/iraq.md", "---\ntitle: Iraq\nnames: {ar: X}\naliases: [A, {B: 0.5}]\nreviewed: 2020-01-02\n"
              "status: [{date: 2020-01-02, trend: better, reason: r}]\n---\n[l](iran.md)\n"),
    "source": ("sources/wire.md", "---\nname: Wire\ndomains: [A.example]\n---\n"),
    "briefing": ("briefings/2020-01-02.md", "---\nas_of: 2020-01-02T10:00\n---\n## S\nText.\n\n"
                 "- [a](../articles/a.md) n\n"),
    "page": ("pages/about.md", "---\ntitle: About\nx_a: {b: c}\n---\n[l](../topics/iraq.md)\n"),
}  # fmt: skip


def same_types(first: Any, second: Any) -> bool:
    """Equal named tuples of different types are equal to Python, not to a template."""
    if type(first) is not type(second):
        return False
    return not isinstance(first, tuple) or all(map(same_types, first, second))


@pytest.mark.parametrize("kind", _FILES)
def test_a_value_from_the_cache_is_the_value_that_was_parsed(kind: str) -> None:
    """Pages made from cached and from fresh values must have equal bytes and equal digests."""
    path, text = _FILES[kind]
    parsed: Parsed[Any] = PARSE[kind](path, text, OPTIONS)
    assert parsed.faults == ()

    revived = REVIVE[kind](msgpack.unpackb(packed(parsed.value), use_list=False))

    assert parsed.value == revived
    assert same_types(parsed.value, revived)
    assert digest_of(parsed.value) == digest_of(revived)


def test_pairs_read_as_extras_at_any_depth() -> None:
    """A template asks for `x_a.b`; it must not matter whether the value was cached."""
    made = article(OK + "x_a: {b: {c: [1, {d: e}]}}\n")

    assert isinstance(made.extra, Extras)
    assert "e" == made.extra.x_a.b.c[1].d


@given(st.dictionaries(st.sampled_from(["title", "date", "topics", "x_a", "weight", "lang", "summary"]), st.text()))
def test_no_front_matter_breaks_parsing(front: dict[str, str]) -> None:
    """Whatever a file holds, the answer is a value, or faults with lines of that file."""
    text = f"---\n{dump(front)}---\nText.\n"
    parsed = parse_article(PATH, text, OPTIONS)

    assert parsed.value is not None or parsed.faults
    assert all(0 <= fault.line <= text.count("\n") + 1 for fault in parsed.faults)
    assert all(fault.path == f"content/{PATH}" and fault.message[-1] in ".?" for fault in parsed.faults)


def test_hostile_texts_are_kept_as_text_or_told(corpora: Path) -> None:
    """A title is what was written, whatever it looks like to HTML, YAML or a shell; or one fault says why not."""
    rows = (corpora / "hostile" / "text_fields.jsonl").read_text(encoding="utf-8").splitlines()
    lost = []
    for row in map(json.loads, rows):
        written = row["input"].encode("utf-8", "replace").decode()
        front = dump({"title": written, "date": "2020-01-02", "source": {"name": written}})
        parsed = parse_article(PATH, f"---\n{front}---\nText.\n", OPTIONS)
        wanted = " ".join(written.split()) if "\n" in written or "\t" in written else written.strip()
        if not parsed.faults and (parsed.value is None or wanted != parsed.value.title != wanted.replace("\ufeff", "")):
            lost.append((row["id"], written, parsed.value and parsed.value.title))

    assert [] == lost
