"""The commands an editor writes with: new, list, init and schema, through the front door."""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.config_file import load_config
from generator.load.site_content import load_content

NOW = "2020-01-02T15:00+03:00"
LATER = "2020-01-02T18:30+03:00"


def article(name: str, clock: str, *lines: str) -> str:
    front = "\n".join((f"title: {name.capitalize()}", f"date: 2020-01-02T{clock}+03:00", *lines))
    return f"-- content/articles/2020/01/02/{name}.md --\n---\n{front}\n---\nText.\n"


MORNING = (
    "-- content/topics/iraq.md --\n---\ntitle: Iraq\n---\n-- content/topics/iran.md --\n---\ntitle: Iran\n---\n"
    "-- content/sources/wire.md --\n---\nname: Example Wire\n---\n"
    + article("one", "08:00", "topics: [iraq]", "id: aaaaaaaaaaaa")
    + article("two", "09:00", "topics: [iraq]", "weight: 5")
    + article("three", "10:00", "topics: [iran]")
    + article("four", "11:00")
    + article("copy", "12:00", "copy_of: aaaaaaaaaaaa", "source: wire", "topics: [iraq]")
    + article("waits", "12:00", "draft: true")
)
DAY = "content/briefings/2020-01-02.md"


@pytest.fixture
def site(make_site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_site(MORNING)
    monkeypatch.chdir(root)
    return root


def sound(root: Path) -> bool:
    return load_content(root, load_config(root), 1_600_000_000).faults == ()


def test_a_new_briefing_is_the_day_ready_sorted(site: Path) -> None:
    """Sections by number of articles, weight first, copies folded under their lead, the rest last."""
    assert 0 == main(["new", "briefing", "2020-01-02", "--now", NOW])

    assert """\
---
as_of: 2020-01-02T15:00+03:00
lead: ../articles/2020/01/02/two.md
# takeaways:
#   - What a reader in a hurry must know, in one sentence.
---
## Iraq
- [Two](../articles/2020/01/02/two.md)
- [One](../articles/2020/01/02/one.md) (also: [Example Wire](../articles/2020/01/02/copy.md))

## Iran
- [Three](../articles/2020/01/02/three.md)

## Other reports
- [Four](../articles/2020/01/02/four.md)
""" == (site / DAY).read_text(encoding="utf-8")
    assert sound(site)


def test_run_again_it_adds_only_what_is_new_and_keeps_every_byte(site: Path) -> None:
    """The file belongs to its editor from the first line on; copies of what stands there are folded already."""
    front = "---\r\nas_of: 2020-01-02T06:10+03:00\r\n---\r\n"
    edited = front + "## Mine\r\n* [Two](../articles/2020/01/02/two.md)  My  words.\r\n"
    (site / "content/briefings").mkdir()
    (site / DAY).write_bytes((edited + "+ [One](../articles/2020/01/02/one.md)").encode())

    assert 0 == main(["new", "briefing", "2020-01-02", "--now", LATER])

    text = (site / DAY).read_bytes().decode()
    assert text.startswith(edited + "+ [One](../articles/2020/01/02/one.md)\r\n")
    assert (
        "\r\n## New since 06:10\r\n- [Three](../articles/2020/01/02/three.md)\r\n"
        "- [Four](../articles/2020/01/02/four.md)\r\n"
    ) == text.removeprefix(edited + "+ [One](../articles/2020/01/02/one.md)\r\n")
    assert sound(site)


def test_what_comes_later_still_joins_the_same_section(site: Path) -> None:
    """The heading says since when; a third run adds below it, and a fourth finds nothing."""
    main(["new", "briefing", "2020-01-02", "--now", NOW])
    for name in ("five", "six"):
        place = site / f"content/articles/2020/01/02/{name}.md"
        place.write_text(f"---\ntitle: {name}\ndate: 2020-01-02\n---\nText.\n", encoding="utf-8")
        assert 0 == main(["new", "briefing", "2020-01-02", "--now", LATER])
    before = (site / DAY).read_bytes()

    assert 0 == main(["new", "briefing", "2020-01-02", "--now", LATER])

    assert before == (site / DAY).read_bytes()
    assert before.decode().endswith(
        "\n## New since 15:00\n- [five](../articles/2020/01/02/five.md)\n- [six](../articles/2020/01/02/six.md)\n"
    )


RECORD = "content/briefings/.offered/2020-01-02.txt"
THREE = "- [Three](../articles/2020/01/02/three.md)\n"


def edit(place: Path, before: str, after: str) -> None:
    text = place.read_text(encoding="utf-8")
    assert before in text
    place.write_text(text.replace(before, after), encoding="utf-8")


def test_what_an_editor_took_out_stays_out(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An entry is offered once; what is new since is still added, and what was taken out is named."""
    main(["new", "briefing", "2020-01-02", "--now", NOW])
    edit(site / DAY, THREE, "")
    five = site / "content/articles/2020/01/02/five.md"
    five.write_text("---\ntitle: Five\ndate: 2020-01-02\n---\nText.\n", encoding="utf-8")
    before = (site / DAY).read_text(encoding="utf-8")
    capsys.readouterr()

    assert 0 == main(["new", "briefing", "2020-01-02", "--now", LATER])

    added = "\n## New since 15:00\n- [Five](../articles/2020/01/02/five.md)\n"
    assert before + added == (site / DAY).read_text(encoding="utf-8")
    assert (
        f"Added 1 article at the end of {DAY}.\n"
        "Offered before, and not in the file:\n  content/articles/2020/01/02/three.md\n"
    ) == capsys.readouterr().out
    edit(site / DAY, added, "")
    assert 0 == main(["new", "briefing", "2020-01-02", "--now", LATER])
    assert before == (site / DAY).read_text(encoding="utf-8")


def test_a_copy_goes_out_with_its_lead(site: Path) -> None:
    """Another outlet's copy of a story that an editor took out is the same story."""
    main(["new", "briefing", "2020-01-02", "--now", NOW])
    edit(site / DAY, THREE, "")
    lead = load_content(site, load_config(site), 1_600_000_000).published.articles
    three = next(one.id for one in lead if one.title == "Three")
    copy = site / "content/articles/2020/01/02/again.md"
    copy.write_text(f"---\ntitle: Again\ndate: 2020-01-02\ncopy_of: {three}\n---\nText.\n", encoding="utf-8")
    before = (site / DAY).read_text(encoding="utf-8")

    assert 0 == main(["new", "briefing", "2020-01-02", "--now", LATER])

    assert before == (site / DAY).read_text(encoding="utf-8")


@pytest.mark.parametrize("record", [None, b"", b"\xff\xfe nothing\r\n<<<<<<< mine\r\n"])
def test_without_a_record_the_file_itself_says_what_is_new(site: Path, record: bytes | None) -> None:
    """A lost or garbled record can bring an entry back; it can never lose one."""
    main(["new", "briefing", "2020-01-02", "--now", NOW])
    edit(site / DAY, THREE, "")
    (site / RECORD).unlink()
    if record is not None:
        (site / RECORD).write_bytes(record)

    assert 0 == main(["new", "briefing", "2020-01-02", "--now", LATER])

    assert (site / DAY).read_text(encoding="utf-8").endswith(f"\n## New since 15:00\n{THREE}")


def test_records_of_two_editors_merge_as_lines(site: Path) -> None:
    """Marks of a merge, other line ends and lines twice do no harm."""
    main(["new", "briefing", "2020-01-02", "--now", NOW])
    edit(site / DAY, THREE, "")
    ids = [line for line in (site / RECORD).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert sorted(ids) == ids
    (site / RECORD).write_text("<<<<<<< mine\r\n" + "\r\n".join([*ids, *ids]), encoding="utf-8")
    before = (site / DAY).read_bytes()

    assert 0 == main(["new", "briefing", "2020-01-02", "--now", LATER])

    assert before == (site / DAY).read_bytes()
    assert sound(site)


def test_titles_cannot_break_the_briefing(site: Path) -> None:
    """A title is text, whatever signs of Markdown it holds."""
    title = 'A [draft](x.md) `of` *all* <b> & \\"that\\" ]('
    (site / "content/articles/2020/01/02/odd name (1).md").write_text(
        f'---\ntitle: "{title}"\ndate: 2020-01-02\n---\nText.\n', encoding="utf-8"
    )
    main(["new", "briefing", "2020-01-02", "--now", NOW])

    content = load_content(site, load_config(site), 1_600_000_000)
    assert () == content.errors
    entries = [entry.target for section in content.published.briefings[0].sections for entry in section.entries]
    assert "articles/2020/01/02/odd name (1).md" in entries


@pytest.mark.parametrize(
    ("words", "text"),
    [("closed", "---\nclosed: true\n---\n"), ("cannot be read", "---\ntitel: x\n---\n"), ("is not a day", "")],
)
def test_a_briefing_it_may_not_or_cannot_add_to_is_left_alone(
    site: Path, capsys: pytest.CaptureFixture[str], words: str, text: str
) -> None:
    """A closed day and a faulty file stay as they are."""
    (site / "content/briefings").mkdir()
    (site / DAY).write_text(text, encoding="utf-8")

    assert main(["new", "briefing", "2020-01-02" if text else "today", "--now", NOW]) in (1, 2)

    assert words in capsys.readouterr().err
    assert text == (site / DAY).read_text(encoding="utf-8")


def test_new_articles_topics_and_sources_stand_where_they_belong(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A skeleton is sound as it is written, says where it lies, and is never overwritten."""
    words = [
        ["article", "A: report [1]", "--source", "wire", "--topic", "iraq", "--now", NOW],
        ["topic", "us-forces", "--title", "US forces"],
        ["source", "gazette", "--name", "Gazette", "--home", "https://gazette.example/"],
    ]
    assert [0, 0, 0] == [main(["new", *one]) for one in words]

    places = ["content/articles/2020/01/02/a-report-1.md", "content/topics/us-forces.md", "content/sources/gazette.md"]
    said = capsys.readouterr().out
    assert all((site / place).is_file() and place in said for place in places)
    assert sound(site)
    before = [(site / place).read_bytes() for place in places]
    assert [2, 2, 2] == [main(["new", *one]) for one in words]
    assert before == [(site / place).read_bytes() for place in places]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('There is no source "wier". Did you mean "wire"?', ["article", "A", "--source", "wier"]),
        ('There is no topic "irak". Did you mean "iraq"?', ["article", "A", "--topic", "irak"]),
        ('"someday" is not a date.', ["article", "A", "--date", "someday"]),
        ('"US Forces" cannot be the id of a topic', ["topic", "US Forces"]),
        ('"../x" cannot be the id of a source', ["source", "../x"]),
    ],
)
def test_new_refuses_what_the_site_would_refuse(
    site: Path, capsys: pytest.CaptureFixture[str], said: str, words: list[str]
) -> None:
    """A wrong word is told before a file is written."""
    assert 2 == main(["new", *words])
    assert said in capsys.readouterr().err


HELD = (
    "-- content/sources/wire.md --\n---\nname: Wire\n---\n"
    "-- content/articles/held/a.md --\n"
    '---\ntitle: A\nheld: [date]\ningest: {evidence: ["line 2: Thursday"]}\n---\nText.\n'
    "-- content/articles/held/b.md --\n---\r\ntitle: B\r\nheld:\r\n  - date\r\n  - url\r\nlang: en\r\n---\r\nText.\r\n"
    "-- content/articles/held/c.md --\n---\ntitle: C\nheld: source\ndate: 2020-01-01\n---\nText.\n"
    "-- content/articles/2020/late.md --\n---\ntitle: L\ndate: 2020-01-01\npublish_at: 2999-01-01\nsource: wire\n---\n"
    "-- content/articles/2020/draft.md --\n---\ntitle: D\ndate: 2020-01-01\ndraft: true\nsource: wire\n---\n"
)


@pytest.mark.parametrize(
    ("files", "what"),
    [
        (["2020/draft.md"], "drafts"),
        (["held/a.md", "held/b.md", "held/c.md"], "held"),
        (["2020/late.md"], "scheduled"),
        (["2020/draft.md", "2020/late.md", "held/a.md", "held/b.md", "held/c.md"], "untagged"),
        (["held/a.md", "held/b.md", "held/c.md"], "unsourced"),
    ],
)
def test_lists_name_the_files_that_wait_or_lack_something(
    make_site: Callable[[str], Path], capsys: pytest.CaptureFixture[str], files: list[str], what: str
) -> None:
    """Sorted by path, for people and as JSON lines."""
    root = make_site(HELD)

    assert 0 == main(["list", what, "--json", "--root", str(root)])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [f"content/articles/{file}" for file in files] == [row["file"] for row in rows]
    assert 0 == main(["list", what, "--root", str(root)])
    said = capsys.readouterr().out
    assert files == re.findall(r"^content/articles/(\S+)$", said, re.MULTILINE)


def test_the_list_of_held_articles_says_what_was_seen(
    make_site: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """A person decides from the evidence, without opening the file."""
    main(["list", "held", "--root", str(make_site(HELD))])

    said = capsys.readouterr().out
    assert "waits for date" in said
    assert "seen: line 2: Thursday" in said


def test_one_line_releases_many(make_site: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The value takes the place of the reason; all else in the file stays as it was."""
    root = make_site(HELD)

    assert 0 == main(["list", "held", "--set", "date=2020-01-02", "--root", str(root)])

    assert "1 article released, 1 still waiting." in capsys.readouterr().out
    assert '---\ntitle: A\ndate: 2020-01-02\ningest: {evidence: ["line 2: Thursday"]}\n---\nText.\n' == (
        root / "content/articles/held/a.md"
    ).read_text(encoding="utf-8")
    assert (
        b"---\r\ntitle: B\r\ndate: 2020-01-02\r\nheld: [url]\r\nlang: en\r\n---\r\nText.\r\n"
        == (root / "content/articles/held/b.md").read_bytes()
    )
    content = load_content(root, load_config(root), 1_600_000_000)
    assert ["articles/held/a.md"] == [article.path for article in content.published.articles]


@pytest.mark.parametrize("told", ["date=soon", "date", "source=wier", "draft=false", "url=https://x.example/"])
def test_nothing_wrong_is_given_to_held_articles(make_site: Callable[[str], Path], told: str) -> None:
    """One wrong line would put many files in error."""
    root = make_site(HELD)
    before = {place: place.read_bytes() for place in root.rglob("*.md")}

    assert 2 == main(["list", "held", "--set", told, "--root", str(root)])

    assert before == {place: place.read_bytes() for place in root.rglob("*.md")}


@pytest.mark.parametrize(("articles", "words"), [(3, []), (100, ["--sample"])])
def test_a_new_site_is_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], articles: int, words: list[str]
) -> None:
    """The first thing a newcomer sees has no fault, and what a build makes there is not for git."""
    root = tmp_path / "mysite"

    assert 0 == main(["init", str(root), *words])

    content = load_content(root, load_config(root), 1_800_000_000)
    assert () == content.errors
    assert articles <= len(content.published.articles) < articles * 3
    assert {"/public/", "/.dateline/"} <= set((root / ".gitignore").read_text(encoding="utf-8").splitlines())
    assert f"cd {root} && dateline serve" in capsys.readouterr().out


def test_init_shows_a_line_that_can_be_copied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder's name with spaces is quoted where it is part of a command."""
    assert 0 == main(["init", str(tmp_path / "my site")])

    assert f"cd '{tmp_path}/my site' && dateline serve" in capsys.readouterr().out


def test_init_touches_no_folder_that_holds_something(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hidden folder such as .git may be there; a person's file may not be written over."""
    (tmp_path / ".git").mkdir()
    assert 0 == main(["init", str(tmp_path)])
    (tmp_path / "site.yaml").write_text("mine", encoding="utf-8")

    assert 2 == main(["init", str(tmp_path)])

    assert "already" in capsys.readouterr().err
    assert "mine" == (tmp_path / "site.yaml").read_text(encoding="utf-8")


def test_schemas_name_every_key_and_no_other(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An editor completes what parsing reads: both look at the same tables."""
    assert 0 == main(["schema"])
    assert {"article", "briefing", "page", "site", "source", "theme", "topic"} == {
        place.stem for place in (site / ".dateline/schemas").glob("*.json")
    }
    capsys.readouterr()
    assert 0 == main(["schema", "article"])
    schema = json.loads(capsys.readouterr().out)
    assert {"title", "date", "topics_exclude", "ingest"} <= schema["properties"].keys()
    assert schema["additionalProperties"] is False
    assert all(entry["description"] for entry in schema["properties"].values())
    assert re.fullmatch(schema["properties"]["id"]["pattern"], "0123456789ab")
    assert 2 == main(["schema", "artcle"])


def test_the_schema_of_the_settings_knows_what_lies_in_them(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An editor completes the keys of a theme and of a target too, and asks for what each kind of target needs."""
    assert 0 == main(["schema", "site"])

    keys = json.loads(capsys.readouterr().out)["properties"]
    name, mapping = keys["theme"]["anyOf"]
    assert "string" == name["type"]
    assert {"name", "options"} == mapping["properties"].keys()
    target = keys["deploy"]["additionalProperties"]
    assert {"kind", "path", "keep", "remote", "branch"} == target["properties"].keys()
    assert [["kind", "path"], ["kind", "remote"]] == [one["required"] for one in target["anyOf"]]
    assert target["additionalProperties"] is False
    several, one = keys["topic_order"]["anyOf"]
    assert ("array", one) == (several["type"], several["items"])


def test_the_schema_of_a_theme_knows_its_keys(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What theme.yaml may hold is one table, which reading and the schema share."""
    assert 0 == main(["schema", "theme"])

    schema = json.loads(capsys.readouterr().out)
    assert {"contract", "extends", "title", "description", "author", "options"} == schema["properties"].keys()
    assert ["contract"] == schema["required"]
    assert 1 == schema["properties"]["contract"]["const"]


def test_a_source_is_not_made_with_an_address_that_is_none(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is written by a command can be read by all others."""
    assert 2 == main(["new", "source", "harbour-post", "--home", "harbour-post.example"])

    assert '"harbour-post.example" is no web address. Write it whole' in capsys.readouterr().err
    assert not (site / "content/sources/harbour-post.md").exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('"dateline list" needs drafts|held|scheduled|untagged|unsourced.', ["list"]),
        ('--jobs takes a whole number, not "all".', ["build", "--jobs", "all"]),
        ('There is no "helt". Did you mean "held"?', ["list", "helt"]),
    ],
)
def test_wrong_words_are_told_in_sentences(capsys: pytest.CaptureFixture[str], said: str, words: list[str]) -> None:
    """What a command needs is named as its help names it; what may be left out is not asked for."""
    assert 2 == main(words)

    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["new", "topic", "abc"], ["new", "briefing", "2020-01-02"], ["schema"], ["init", "fresh"]]
)
def test_a_full_disk_is_told_in_a_sentence(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """Whatever a command was about to write, a person reads why it could not, and finds no half of a file."""
    before = {place: place.read_bytes() for place in site.rglob("*") if place.is_file()}

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    monkeypatch.setattr(os, "fsync", full)

    assert 2 == main([*words, "--now", NOW] if words[:2] == ["new", "briefing"] else words)

    said = capsys.readouterr().err
    assert "no space left on device. Mend that, then run the command again.\n" in said
    assert before == {
        place: place.read_bytes() for place in site.rglob("*") if place.is_file() and "fresh" not in place.parts
    }


@pytest.mark.parametrize("out", ["taken", "taken/cleaned"])
def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str) -> None:
    """It is nothing to report, and stays as it is."""
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    (tmp_path / "a.txt").write_text("The port board met.", encoding="utf-8")

    assert 2 == main(["extract", str(tmp_path / "a.txt"), "--out", str(tmp_path / out)])

    assert f"{tmp_path / out} cannot be read or written: " in capsys.readouterr().err
    assert "mine" == (tmp_path / "taken").read_text("utf-8")


@pytest.mark.parametrize(
    ("waiting", "now"), [(1, "2020-01-02T08:59"), (0, "2020-01-02T09:00"), (0, "2020-01-02T06:00Z")]
)
def test_a_moment_without_an_offset_is_one_of_the_site(
    make_site: Callable[[str], Path], capsys: pytest.CaptureFixture[str], waiting: int, now: str
) -> None:
    """The command line and the content read one clock: the site's."""
    root = make_site(article("later", "08:00", "publish_at: 2020-01-02T09:00"))

    assert 0 == main(["list", "scheduled", "--json", "--root", str(root), "--now", now])

    assert waiting == len(capsys.readouterr().out.splitlines())
