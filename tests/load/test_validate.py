"""Content as a whole: the clock, what is left out, what a preview shows, and files that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.config_file import load_config
from generator.errors import ERROR
from generator.load.scan import sort_out
from generator.load.site_content import load_content
from generator.load.validate import Loaded, sort_by_clock
from generator.text.addresses import canonical_url
from generator.text.dates import parse_moment, zone_named

NOON = parse_moment("2020-01-02T12:00", zone_named("Asia/Baghdad")).instant


def article(name: str, *lines: str) -> str:
    front = "\n".join(("title: " + name.upper(), "date: 2020-01-01", *lines))
    return f"-- content/articles/{name}.md --\n---\n{front}\n---\nText.\n"


def loaded(root: Path, now: int = NOON) -> Loaded:
    return load_content(root, load_config(root), now)


def names(articles: object) -> list[str]:
    return [one.path.removeprefix("articles/").removesuffix(".md") for one in articles]  # type: ignore[attr-defined]


WAITING = (
    article("shown")
    + article("draft", "draft: true", "publish_at: 2020-01-01")
    + article("held", "held: [url]")
    + article("late", "publish_at: 2020-01-02T12:01")
    + article("due", "publish_at: 2020-01-02T12:00")
    + article("past", "expire_at: 2020-01-02T12:00")
    + article("ending", "expire_at: 2020-01-02T12:02")
    + article("both", "publish_at: 2020-01-02T13:00", "expire_at: 2020-01-02T14:00")
)


def test_the_clock_sorts_articles_once(make_site: Callable[[str], Path]) -> None:
    """An article appears in its second and is gone in its second; each stands in exactly one group."""
    content = loaded(make_site(WAITING))

    assert ["due", "ending", "shown"] == names(content.published.articles)
    assert (["held"], ["draft"], ["both", "late"], ["past"]) == tuple(
        names(group) for group in (content.held, content.drafts, content.scheduled, content.expired)
    )


def test_content_is_valid_until_the_next_article_comes_or_goes(make_site: Callable[[str], Path]) -> None:
    """A build that answers "nothing changed" must not outlive this second."""
    root = make_site(WAITING)

    assert NOON + 60 == loaded(root).valid_until
    assert NOON + 120 == loaded(root, NOON + 60).valid_until
    assert NOON + 7200 == loaded(root, NOON + 3600).valid_until
    assert loaded(root, NOON + 7200).valid_until is None


@pytest.mark.parametrize("step", [-1, 0])
def test_nothing_changes_before_the_validity_ends(make_site: Callable[[str], Path], step: int) -> None:
    """In every second up to the last the same articles are published; in the last they are not."""
    articles = loaded(make_site(WAITING)).published.articles + loaded(make_site(WAITING)).scheduled
    first = sort_by_clock(articles, NOON)
    assert first.valid_until is not None

    later = sort_by_clock(articles, first.valid_until + step)

    assert (first.published == later.published) is (step < 0)


def test_a_preview_shows_drafts_and_held_articles_too(make_site: Callable[[str], Path]) -> None:
    """What is scheduled has its hour, and does not need a person."""
    preview = loaded(make_site(WAITING)).preview()

    assert {"due", "ending", "shown", "draft", "held"} == set(names(preview.articles))


def test_faulty_articles_can_be_left_out(make_site: Callable[[str], Path]) -> None:
    """A build that keeps going needs to know which articles are faulty by themselves, and whether more is wrong."""
    root = make_site(article("good") + article("bad", "topics: [nowhere]") + article("worse", "date: x"))
    content = loaded(root)

    assert ["good"] == names(content.published.articles)
    assert ("articles/bad.md", "articles/worse.md") == content.left_out
    assert {"content/articles/bad.md", "content/articles/worse.md"} == {fault.path for fault in content.errors}
    assert () == content.errors_that_remain
    (root / "content/topics").mkdir()
    (root / "content/topics/iraq.md").write_text("---\ntitel: x\n---\n", encoding="utf-8")
    assert {"content/topics/iraq.md"} == {fault.path for fault in loaded(root).errors_that_remain}


def test_a_lead_may_be_named_by_link_path_or_slug(make_site: Callable[[str], Path]) -> None:
    """A person copies a link from the list below; the model knows articles by id."""
    root = make_site(
        article("shown", "id: aaaaaaaaaaaa")
        + article("copy", "copy_of: shown.md")
        + "-- content/briefings/2020-01-01.md --\n---\nlead: ../articles/shown.md\n---\n"
        + "-- content/briefings/2020-01-02.md --\n---\nlead: articles/shown.md\n---\n"
        + "-- content/briefings/2020-01-03.md --\n---\nlead: shown\n---\n- [S](../articles/shown.md)\n"
    )
    content = loaded(root)

    assert () == content.faults
    assert ["aaaaaaaaaaaa"] * 3 == [briefing.lead for briefing in content.published.briefings]
    assert {"", "aaaaaaaaaaaa"} == {one.copy_of for one in content.published.articles}


def test_a_file_that_cannot_be_read_is_told_and_the_others_load(
    make_site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk's or a permission's fault is one file's fault."""
    from generator.load import site_content

    root = make_site(article("good") + article("locked"))
    reading = site_content.read_bytes

    def refuse(path: str) -> bytes:
        if path.endswith("locked.md"):
            raise PermissionError(13, "Permission denied")
        return reading(path)

    monkeypatch.setattr(site_content, "read_bytes", refuse)
    content = loaded(root)

    assert ["good"] == names(content.published.articles)
    assert ["content/articles/locked.md: The file cannot be read: permission denied."] == [
        fault.text().splitlines()[0] for fault in content.faults
    ]


@pytest.mark.parametrize(
    ("same", "first", "second"),
    [
        (True, "https://x.example/a", "http://www.X.example/a/#top"),
        (True, "https://x.example", "https://x.example/"),
        (False, "https://x.example/a", "https://x.example/A"),
        (False, "https://x.example/a?p=1", "https://x.example/a?p=2"),
    ],
)
def test_one_report_has_one_address(same: bool, first: str, second: str) -> None:
    """Scheme, case of the host, a last slash and a fragment do not make another report."""
    assert same is (canonical_url(first) == canonical_url(second))


def test_files_are_known_by_their_folder(make_site: Callable[[str], Path]) -> None:
    """What lies beside a text travels with it, static files go to the root, the inbox is nobody's content."""
    from generator.files import walk

    root = make_site("".join(f"-- content/{path} --\nx\n" for path in (
        "articles/2020/a.md", "articles/2020/map.png", "topics/iraq.md", "topics/map.svg", "pages/about.md",
        "static/favicon.ico", "static/deep/x.md", "inbox/raw.md", "README.md", "articles/.hidden.md", "articles/a.md~",
    )))  # fmt: skip
    found = sort_out(walk(root / "content"))

    assert [("article", "articles/2020/a.md"), ("page", "pages/about.md"), ("topic", "topics/iraq.md")] == [
        (file.kind, file.path) for file in found.files
    ]
    assert ["articles/2020/map.png", "topics/map.svg"] == [stat.path for stat in found.beside]
    assert ["static/deep/x.md", "static/favicon.ico"] == [stat.path for stat in found.static]
    assert () == found.faults


def test_hostile_files_are_told_or_read(make_site: Callable[[str], Path], corpora: Path) -> None:
    """Wrong encodings and hostile front matter are one clear fault each, and never an exception."""
    root = make_site(article("good"))
    folder = root / "content/articles"
    for number, place in enumerate(sorted((corpora / "hostile").glob("*/*.md"))):
        (folder / f"h{number:02}-{place.name}").write_bytes(place.read_bytes())
    content = loaded(root)
    broken = {fault.path.partition("-")[2] for fault in content.faults if fault.severity == ERROR}

    refused = """binary cp1252 double-encoded empty mixed-utf8-cp1252 nul-bytes only-bom overlong surrogates-cesu8
        truncated-utf8 utf16be-nobom utf16le-bom front-01 front-03 front-04 deep-quotes"""
    assert set(refused.split()) <= {name.removesuffix(".md") for name in broken}
    assert not broken & {"utf8.md", "utf8-bom.md", "crlf.md", "cr-only.md", "no-final-newline.md"}
    assert "good" in names(content.published.articles)


def test_a_link_that_leads_nowhere_is_told(make_site: Callable[[str], Path]) -> None:
    """An article that is a broken link is an article that is missing, and so are all of a folder that is a link."""
    root = make_site(article("good"))
    (root / "content/articles/gone.md").symlink_to("../elsewhere.md")
    (root / "content/articles/folder").symlink_to(".")

    content = loaded(root)

    assert [
        ("content/articles/folder", "The folder is a link to another one, and such links are not followed"),
        ("content/articles/gone.md", "The file cannot be read"),
    ] == [(fault.path, fault.message.partition(":")[0]) for fault in content.errors]
