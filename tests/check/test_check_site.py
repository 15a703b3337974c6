"""Cases: what stands in one page of a site, and what the check says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.links import Place
from generator.check.run import check_site

ROOT = Place("https://brief.example/", "")
BRIEFS = Place("https://org.example/briefs/", "/briefs")

FEED = """<feed xmlns="http://www.w3.org/2005/Atom">
<id>tag:a</id><title>All</title><updated>2020-01-02T00:00:00Z</updated>
<entry><id>tag:1</id><title>One</title><updated>2020-01-02T00:00:00Z</updated><link href="{link}"/></entry>
{more}</feed>"""
UNDATED = "<entry><id>tag:2</id><title>Two</title></entry>"
TWICE = "<entry><id>tag:1</id><title>Two</title><updated>2020-01-02T00:00:00Z</updated></entry>"


def page(body: str = "", *, head: str = "<title>A page</title>", lang: str = ' lang="en"') -> str:
    return f"<!doctype html>\n<html{lang}>\n<head>{head}</head>\n<body>\n<h1>A page</h1>\n{body}\n</body></html>"


def said(tmp_path: Path, files: dict[str, str], place: Place = ROOT) -> list[str]:
    around = {"index.html": page(), "topics/iraq/index.html": page('<h2 id="status">Status</h2>'), "feed.txt": "x"}
    for path, text in {**around, **files}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return [fault.text() for fault in check_site(tmp_path, place).faults]


LEADS_SOMEWHERE = [
    '<a href="/topics/iraq/">x</a>',
    '<a href="/topics/iraq/#status">x</a>',
    '<a href="/topics/iraq/?from=mail#status">x</a>',
    '<a href="topics/iraq/">x</a>',
    '<a href="../topics/iraq/index.html">x</a>',
    '<a href="https://brief.example/topics/iraq/">x</a>',
    '<a href="https://brief.example">x</a>',
    '<a href="https://brief.example.org/anything">x</a>',
    '<a href="https://elsewhere.example/">x</a>',
    '<a href="mailto:desk@brief.example">x</a>',
    '<a href="#top">x</a>',
    '<a href="/feed.txt">x</a>',
    '<a href="/caf%C3%A9/">x</a>',
    '<a href="#here">x</a><p id="here">y</p>',
    '<a href="#old">x</a><a name="old">y</a>',
    '<a href="/topics/iraq/"><img src="data:image/png;base64,AA" alt="Iraq"></a>',
    '<a href="/topics/iraq/" aria-label="Iraq"><svg><title>y</title></svg></a>',
]


@pytest.mark.parametrize("body", LEADS_SOMEWHERE)
def test_good_addresses_are_silent(tmp_path: Path, body: str) -> None:
    """What a browser can follow is no fault, however it is written."""
    assert said(tmp_path, {"index.html": page(body), "café/index.html": page()}) == []


MEND = "  Mend the link, or make what it leads to."

LEADS_NOWHERE = [
    (
        '<a href="/topics/irak/">x</a>',
        'index.html:6: "/topics/irak/" leads nowhere: there is no file topics/irak/index.html.\n'
        "  Did you mean /topics/iraq/?",
    ),
    (
        '<a href="/topics/iraq/#state">x</a>',
        'index.html:6: "/topics/iraq/#state" leads to no place in topics/iraq/index.html.\n  Did you mean "#status"?',
    ),
    (
        '<a href="/topics/iraq">x</a>',
        'index.html:6: warning: "/topics/iraq" is a folder.\n'
        "  Add the last slash; without it every visit is redirected.",
    ),
    (
        '\n<img src="/photo.jpg" alt="">',
        'index.html:7: "/photo.jpg" leads nowhere: there is no file photo.jpg.\n' + MEND,
    ),
    (
        '<img src="/feed.txt" srcset="/feed.txt 1x, /photo.jpg 2x" alt="">',
        'index.html:6: "/photo.jpg" leads nowhere: there is no file photo.jpg.\n' + MEND,
    ),
    (
        '<script src="http://cdn.example/x.js"></script>',
        'index.html:6: "http://cdn.example/x.js" is fetched without https, so browsers refuse it.\n  Write https://.',
    ),
    (
        '<a href="http://old.example/">x</a>',
        'index.html:6: warning: "http://old.example/" is not https.\n'
        "  Write https:// when the site it leads to has it.",
    ),
    (
        '<a href="http://brief.example/">x</a>',
        'index.html:6: "http://brief.example/" leads back here without https.\n  Write it as an address in the site.',
    ),
    (
        '<a href="http://127.0.0.1:8000/">x</a>',
        'index.html:6: "http://127.0.0.1:8000/" leads to the reader\'s own machine.\n  Write the public address.',
    ),
    (
        '<a href="javascript:alert(1)">x</a>',
        'index.html:6: "javascript:alert(1)" is of a kind that has no place in a page.\n'
        "  Leave the link out, or use https.",
    ),
    (
        '<a href="dateline:articles/a.md">x</a>',
        'index.html:6: "dateline:articles/a.md" was never turned into an address.\n'
        "  This is a fault of the generator; report it.",
    ),
    (
        '<a href="">x</a>',
        "index.html:6: A link has an empty address.\n  Give it the address it leads to, or leave the link out.",
    ),
    (
        '<a href="/topics/iraq/"><svg></svg></a>',
        "index.html:6: A link has no words.\n  Put words in it, or an aria-label on it.",
    ),
    (
        '<img src="/feed.txt">',
        'index.html:6: A picture has no alt text.\n  Say what it shows; alt="" when it shows nothing that matters.',
    ),
    (
        '<p id="a"></p>\n<p id="a"></p>',
        'index.html:7: The id "a" stands twice on this page.\n  A link can lead to one of them only.',
    ),
    (
        "<h1>Another</h1>",
        "index.html:6: warning: The page has a second first heading (h1).\n"
        "  One first heading says what a page is about.",
    ),
    (
        "<h3>Deep</h3>",
        "index.html:6: warning: An h3 follows an h1; a level is missing between them.\n  Make it an h2.",
    ),
]


@pytest.mark.parametrize(("body", "expected"), LEADS_NOWHERE)
def test_a_fault_in_a_page_is_named_with_its_line(tmp_path: Path, body: str, expected: str) -> None:
    """Where it stands, what it is, what to do."""
    assert [expected] == said(tmp_path, {"index.html": page(body)})


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("does not say its language", page(lang="")),
        ("has no title", page(head="<title> </title>")),
        ("has no title", page(head="<svg><title>A drawing</title></svg>")),
        ("has no first heading", page().replace("h1", "h2")),
        ("is not UTF-8", ""),
    ],
)
def test_what_a_page_lacks_is_named(tmp_path: Path, expected: str, text: str) -> None:
    """Language, title, first heading and encoding are what software reads a page by."""
    faults = said(tmp_path, {})
    assert faults == []
    (tmp_path / "index.html").write_bytes(text.encode() or page("caf\xe9").encode("latin-1"))

    assert [expected in fault.text() for fault in check_site(tmp_path, ROOT).faults] == [True]


def test_a_page_that_only_redirects_needs_no_heading(tmp_path: Path) -> None:
    """Its target is looked at like any link."""
    moved = '<html lang="en"><title>Moved</title><meta http-equiv="refresh" content="0; url={}">'

    assert said(tmp_path, {"old/index.html": moved.format("/topics/iraq/")}) == []
    assert len(said(tmp_path, {"old/index.html": moved.format("/gone/")})) == 1


@pytest.mark.parametrize(
    ("faults", "body"),
    [
        (0, '<a href="/briefs/topics/iraq/">x</a>'),
        (0, '<a href="https://org.example/briefs/topics/iraq/">x</a>'),
        (0, '<a href="https://org.example/another/">x</a>'),
        (0, '<a href="topics/iraq/">x</a>'),
        (1, '<a href="/topics/iraq/">x</a>'),
        (1, '<a href="/briefsx/topics/iraq/">x</a>'),
        (1, '<a href="../topics/iraq/">x</a>'),
        (1, '<a href="https://org.example/briefs/topics/irak/">x</a>'),
    ],
)
def test_a_base_path_is_honoured(tmp_path: Path, faults: int, body: str) -> None:
    """Below a base path an address from the root leaves the site, and is told so."""
    assert faults == len(said(tmp_path, {"index.html": page(body)}, BRIEFS))


def test_a_fault_on_every_page_is_told_once(tmp_path: Path) -> None:
    """A dead link in the footer must not bury everything else."""
    body = '<a href="/gone/">x</a>'

    faults = said(tmp_path, {f"{number}.html": page(body) for number in range(5)})

    assert len(faults) == 1
    assert "0.html:6:" in faults[0]
    assert "It stands in 4 other files too." in faults[0]


@pytest.mark.parametrize(
    ("expected", "name", "text"),
    [
        ("", "feed.xml", FEED.format(link="https://brief.example/topics/iraq/", more="")),
        ("feed.xml:1: This is not well-formed XML", "feed.xml", "<feed><entry></feed>"),
        (
            "leads nowhere: there is no file gone/index.html",
            "feed.xml",
            FEED.format(link="https://brief.example/gone/", more=""),
        ),
        ('the id "tag:1" of an earlier one', "feed.xml", FEED.format(link="/", more=TWICE)),
        ("Entry 2 of the feed has no updated", "feed.xml", FEED.format(link="/", more=UNDATED)),
        (
            "there is no file gone/index.html",
            "sitemap.xml",
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://brief.example/gone/</loc></url></urlset>',
        ),
        ("changes.json:1: This is not JSON", "changes.json", "{"),
        ('a.css:2: "/gone.woff2" leads nowhere', "a.css", "/* url(x)\n*/ a { src: url('/gone.woff2') }"),
        ("", "assets/a.css", "a { src: url(../feed.txt), url(data:font/woff2;base64,AA) }"),
    ],
)
def test_files_for_machines_are_read_too(tmp_path: Path, expected: str, name: str, text: str) -> None:
    """A feed, a sitemap or a style can be as broken as a page."""
    faults = said(tmp_path, {name: text})

    assert (len(faults) == 1 and expected in faults[0]) if expected else faults == []
