"""Markdown as a site shows it: links stay symbolic, raw HTML stays text, headings have ids, nothing runs away."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from generator.text.addresses import read_address
from generator.text.markdown import MOST_BRACKETS, MOST_CHARACTERS, line_of, render
from generator.text.noted import MOST_WARNINGS, WrittenFile, WrittenLink
from tests.text.safe_html import unsafe_parts

TABLE = (
    '<div class="table" role="region" tabindex="0" aria-label="Table">\n<table>\n<thead>\n<tr>\n<th>a</th>\n'
    '<th class="right">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class="right">2</td>\n</tr>\n</tbody>\n'
    "</table>\n</div>\n"
)


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("", ""),
        ("<p>Words.</p>\n", "Words."),
        ('<h2 id="h-top">Top</h2>\n', "# Top"),
        ('<h6 id="h-six">Six</h6>\n', "###### Six"),
        ('<h3 id="h-a">A</h3>\n<h3 id="h-a-2">a</h3>\n', "## A\n\n## a"),
        ('<h3 id="h-a">A</h3>\n<h3 id="h-a-2">A!</h3>\n<h3 id="h-a-2-2">a 2</h3>\n', "## A\n## A!\n## a 2"),
        ('<h3 id="h-بغداد-1">بغداد 1</h3>\n', "## بغداد 1"),
        ('<h3 id="h-section">…</h3>\n', "## …"),
        ("<p>a &lt;b&gt;c&lt;/b&gt;</p>\n", "a <b>c</b>"),
        ('<p><a href="https://a.example/b">x</a></p>\n', "[x](https://a.example/b)"),
        ('<p><a href="https://xn--bcher-kva.example/%C3%BC">x</a></p>\n', "[x](https://bücher.example/ü)"),
        ('<p><a href="mailto:desk@a.example">x</a></p>\n', "[x](mailto:desk@a.example)"),
        ('<p><a href="dateline:../a.md">x</a></p>\n', "[x](../a.md)"),
        ('<p><a href="dateline:../a b.md#h-part-one">x</a></p>\n', "[x](../a%20b.md#Part-one)"),
        ('<p><a href="#h-part">x</a></p>\n', "[x](#part)"),
        ('<p><a href="dateline:/topics/iraq/">x</a></p>\n', "[x](/topics/iraq/)"),
        ('<p><a href="dateline:note%20one.pdf">x</a></p>\n', "[x](<note one.pdf>)"),
        ('<p>See <img src="dateline:p.jpg" alt="a b" loading="lazy"></p>\n', "See ![a *b*](p.jpg)"),
        (
            '<figure><img src="dateline:p.jpg" alt="a" loading="lazy"><figcaption>Tom &amp; Jo</figcaption></figure>\n',
            '![a](p.jpg "Tom & Jo")',
        ),
        ('<p><a href="https://a.example/p.png">chart</a></p>\n', "![chart](https://a.example/p.png)"),
        ('<p><a href="https://a.example/">chart</a></p>\n', "[![chart](https://b.example/p.png)](https://a.example/)"),
        (TABLE, "| a | b |\n| --- | ---: |\n| 1 | 2 |"),
        (TABLE, "a | b\n--- | ---:\n1 | 2"),
        ('<pre tabindex="0"><code class="language-sql">x &lt; y\n</code></pre>\n', '```sql" onclick="x\nx < y\n```'),
        ('<pre tabindex="0"><code>x\n</code></pre>\n', "    x"),
        ("<p>one<br>\ntwo</p>\n", "one  \ntwo"),
        ("<p>one\ntwo\ufffd</p>\n", "one\r\ntwo\0"),
        ('<ol start="3">\n<li>a</li>\n</ol>\n', "3. a"),
        ("<p>https://a.example/ stays text</p>\n", "https://a.example/ stays text"),
    ],
)
def test_a_body_reads_as_html(html: str, body: str) -> None:
    """The forms of HTML that themes and feeds rely on."""
    found = render(body).html

    # The order of a picture's attributes means nothing.
    assert sorted(html.split(" ")) == sorted(found.split(" "))
    assert [] == unsafe_parts(found)


def test_links_and_files_are_named_with_their_lines() -> None:
    """What a body refers to can be checked, and a fault can name the line."""
    body = "A [b](c.md)\nand [d](../e.md#Part).\n\n- ![p](p%20q.jpg)\n- [f](f.pdf) `code`\n"

    rendered = render(body, first_line=10)

    assert (WrittenLink("c.md", "", 10), WrittenLink("../e.md", "h-part", 11)) == rendered.links
    assert (WrittenFile("p q.jpg", 13), WrittenFile("f.pdf", 14)) == rendered.files


@pytest.mark.parametrize(
    ("line", "body", "message"),
    [
        (7, "One.\n\nTwo <script>x</script>", '"<script" looks like raw HTML, which is shown as text.'),
        (6, "Two \\<b\\>\n*and* <i>", '"<i" looks like raw HTML, which is shown as text.'),
        (6, "a\n[x](javascript:y)", '"javascript:y" is no address a page may hold, so only its words are shown.'),
        (5, "![x](data:image/png;base64,A)", '"data:image/png;base64,A" is no address a page may hold, so only its'),
        (5, "![x](https://a.example/p)", 'the picture "https://a.example/p" is on another server, so it is shown'),
    ],
)
def test_what_is_not_shown_as_written_is_warned_of(line: int, body: str, message: str) -> None:
    """A person who wrote it learns why it does not appear, and where."""
    (warning,) = render(body, first_line=5).warnings

    assert line == warning.line
    assert warning.message.startswith(message)
    assert warning.advice


@pytest.mark.parametrize(
    "body", ["Two \\<script\\>x\\</script\\>", "&lt;b> &#60;i>", "# \\<script src=x>", "`<b>`", "3 < 4"]
)
def test_a_sign_that_the_text_escapes_means_itself(body: str) -> None:
    """What ingest writes of a report on `<script>` is as it should be, and nobody can write it better."""
    assert () == render(body).warnings


@pytest.mark.parametrize(
    "written",
    [
        "javascript:x",
        "JAVASCRIPT:x",
        " javascript:x",
        "java\nscript:x",
        "\x01javascript:x",
        "javascript\ufeff:x",
        "%6aavascript:x",
        "java%0ascript:x",
        "vbscript:x",
        "data:text/html,x",
        "data:image/svg+xml,x",
        "file:///etc/passwd",
        "blob:https://a.example/1",
        "view-source:x",
        "feed:javascript:x",
        "x:javascript:y",
        "about:blank",
        "intent://x",
        "ms-msdt:/id",
        "//evil.example/x",
        "\\\\evil.example\\x",
        "/\\evil.example",
        "https:evil.example",
        "https:///evil.example",
        "https://user:pass@evil.example/",
        "https://a.example/\u202egnp.exe",
        "mailto:a@b.example?bcc=c@d.example",
        "mailto:a@b.example?subject=x%0d%0aBcc:y",
        "",
        "/%2fevil.example",
        "%2f/evil.example",
        "a?b=c",
        "a%00b",
        "a%2e%5cb",
    ],
)
def test_an_address_of_no_known_kind_is_none(written: str) -> None:
    """Only what is known to be harmless becomes a link; disguises are of no use."""
    assert read_address(written) is None


def test_no_active_content_reaches_a_page(corpora: Path) -> None:
    """Whatever a scraped text holds, its HTML has no script, handler, style, or address that runs or loads anything."""
    rows = [json.loads(line) for line in (corpora / "hostile/markdown_active.jsonl").read_text("utf-8").splitlines()]

    assert {} == {row["id"]: unsafe for row in rows if (unsafe := unsafe_parts(render(row["input"]).html))}


@pytest.mark.parametrize(
    "body",
    ["a" * (MOST_CHARACTERS + 1), "[" * (MOST_BRACKETS + 1), "a\n" * 10_001, "*a " * 8_001, ":-" * 16_000],
    ids=["characters", "brackets", "lines", "signs", "hyphens"],
)
def test_a_text_beyond_measure_is_refused(body: str) -> None:
    """What could run away is not parsed at all, and the fault says how much is too much."""
    rendered = render(body, first_line=4)

    assert rendered.html == ""
    assert [4] == [fault.line for fault in rendered.faults]
    assert "a text may have" in rendered.faults[0].message


@pytest.mark.parametrize("body", ["> " * 60 + "deep", "- " * 60 + "deep", "> " + "- " * 30 + "deep\n" + ">\n" * 30])
def test_what_is_nested_too_deep_is_a_fault_and_is_not_lost(body: str) -> None:
    """Nobody reads thirty levels; the words stay visible all the same."""
    rendered = render(body)

    assert 1 == len(rendered.faults)
    assert "deep" in rendered.html


def test_warnings_do_not_pile_up() -> None:
    """A thousand faults of one kind are told as the first few."""
    assert MOST_WARNINGS == len(render("<b> and <i>\n" * 1000).warnings)


def test_no_text_takes_long(corpora: Path) -> None:
    """Each pathological family, at the largest size that is accepted or any above it, ends within a moment."""
    slow = {}
    for row in map(json.loads, (corpora / "hostile/markdown_generators.jsonl").read_text("utf-8").splitlines()):
        for times in (300, 1_000, 2_000, 4_000, 8_000, 30_000, 100_000):
            body = row["prefix"] + row["unit"] * times + row["suffix"]
            began = time.process_time()
            render(body)
            if (took := time.process_time() - began) > 1.0:
                slow[row["id"], times] = took

    # A tenth of a second is the aim; the limit allows for a machine that is slow and busy.
    assert {} == slow


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (5, "First words."),
        (7, "The second paragraph begins"),
        (8, "Here a sentence begins"),
        (8, "Here a *sentence*  begins".replace("*", "")),
        (10, "an item"),
        (12, "A heading"),
        (0, "nowhere"),
        (0, ""),
    ],
)
def test_a_rendered_sentence_leads_to_its_line(line: int, text: str) -> None:
    """The editor opens where the sentence stands in the file."""
    body = "First words.\n\nThe second paragraph begins.\nHere a *sentence* begins.\n\n- an item\n\n## A heading\n"

    assert line == line_of(body, text, first_line=5)
