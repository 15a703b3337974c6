"""How changes are written: line ends and comments as a person has them, all files or none, the feed at both places."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import files
from generator.cli.main import main
from generator.errors import OutputError
from generator.files import Rewrite, rewrite_all
from generator.registry.front import with_ids, with_item_behind, with_items, without_items
from generator.registry.lines import with_own_ends
from generator.text.frontmatter import read

SITE = """\
-- content/topics/iraq.md --
---
title: Iraq
---
-- content/articles/one.md --
---
title: One
date: 2020-01-02
topics: [iraq]
---
Words.
"""
MOVED = {"a": "b"}


@pytest.mark.parametrize(
    ("expected", "front"),
    [
        ("topics: [b, c] # a\n", "topics: [a, c] # a\n"),
        ("topics: [c, b]\n", "topics: [c, a, b]\n"),
        ("topics: [ b ]\n", "topics: [ b, a ]\n"),
        ("topics: b\n", "topics: 'a'\n"),
        ("topics:\n  # why a\n  - b\n  - c\n", "topics:\n  # why a\n  - b\n  - a\n  - c\n"),
        ("topics: [\n  c,\n  b]\n", "topics: [\n  c,\n  a]\n"),
        ("topics: [a-b, xa]\n", "topics: [a-b, xa]\n"),
        ("topics: {b: 3.5, c: 1}\n", "topics: {a: 3.5, c: 1}\n"),
        ("topics: {b: 3.75, c: 1.0}\n", "topics: {a: 3.5, c: 1, b: 0.25}\n"),
    ],
)
def test_ids_change_where_they_stand(expected: str, front: str) -> None:
    """Comments, quotes around others and the way a list is written stay; no id stands twice, scores add up."""
    assert expected == with_ids(front, "topics", MOVED)


@pytest.mark.parametrize(
    "front", ["", "x: [p, q]\n", "x:\n- p\n- q # two\n", "x: p\n", "x: [\n  p, {q: 0.5}\n  ]\ny: 1\n"]
)
@pytest.mark.parametrize("items", [["r"], ["it's", {"s: t": 0.8}], [f"a long form {number}" for number in range(30)]])
def test_items_are_added_and_taken_out_again(front: str, items: list[object]) -> None:
    """However a list is written, what was put in comes out, and what stood there reads as before."""
    added = with_items(front, "x", items)
    texts = [next(iter(item)) if isinstance(item, dict) else str(item) for item in items]

    assert all(text in str(read(added, 1)[0]["x"]) for text in texts)
    had, has = (str(read(text, 1)[0].get("x", "")) for text in (front, without_items(added, "x", texts)))
    assert [] == [sign for sign in ("'p'", "'q'") if sign in had and sign not in has]
    assert [] == [text for text in texts if f"'{text}'" in has]


@pytest.mark.parametrize(
    ("expected", "front"),
    [("x: [a, n, b]\n", "x: [a, b]\n"), ("x:\n  - a # one\n  - n\n  - b\n", "x:\n  - a # one\n  - b\n")],
)
def test_an_item_stands_behind_another(expected: str, front: str) -> None:
    """In brackets and in rows."""
    assert expected == with_item_behind(front, "x", "a", "n")


def test_lines_keep_their_ends_and_the_file_its_mark() -> None:
    """Of a file with other line ends only the lines that change are written; their ends are the file's."""
    assert "\ufeffa\r\nB\r\nc" == with_own_ends("\ufeffa\r\nb\r\nc", "a\nB\nc")
    assert "a\nb\r\nC\r\n" == with_own_ends("a\nb\r\nc\r\n", "a\nb\nC\n")


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_one_file_that_cannot_be_written_stops_all(
    fault: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written before it is put back, and nothing temporary stays; the same when a person stops the run."""
    for name in "abc":
        (tmp_path / name).write_bytes(b"old")
    replace = files.os.replace

    def fails_once(source: str, target: str) -> None:
        if target.endswith("b") and not source.endswith(f"b.{files.os.getpid()}.tmp"):
            raise fault
        replace(source, target)

    monkeypatch.setattr(files.os, "replace", fails_once)
    with pytest.raises(type(fault)):
        rewrite_all(tmp_path, [Rewrite("a", b"old", b"new"), Rewrite("c", b"old", None), Rewrite("b", b"old", b"new")])

    assert {"a": b"old", "b": b"old", "c": b"old"} == {each.name: each.read_bytes() for each in tmp_path.iterdir()}


def test_a_file_that_has_changed_meanwhile_stops_all(tmp_path: Path) -> None:
    """Also one that has come, or gone, since it was looked at."""
    (tmp_path / "a").write_bytes(b"old")

    for rewrite in (Rewrite("a", b"other", b"new"), Rewrite("a", None, b"new"), Rewrite("b", b"old", b"new")):
        with pytest.raises(OutputError, match="has changed meanwhile"):
            rewrite_all(tmp_path, [Rewrite("c", None, b"new"), rewrite])

    assert ["a"] == [each.name for each in tmp_path.iterdir()]


def test_a_month_that_stands_again_is_no_old_address(
    make_site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A month parted from its topic leads on until the topic has articles of that month again."""
    root = make_site(SITE)
    monkeypatch.chdir(root)
    assert 0 == main(["topics", "split", "iraq", "basra", "--where", "content/articles"])
    assert 0 == main(["build"])
    first = (root / "public/_redirects").read_text("utf-8")
    (root / "content/articles/two.md").write_text("---\ntitle: Two\ndate: 2020-01-03\ntopics: [iraq]\n---\n")

    assert 0 == main(["build"])

    assert "/topics/iraq/2020/01/ /topics/basra/2020/01/ 301\n" in first
    assert "/topics/iraq/2020/01/" not in (root / "public/_redirects").read_text("utf-8")


def test_a_feed_stands_at_its_old_address_too(
    make_site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers of feeds follow no page that leads elsewhere: they find the whole feed, and the new address in it."""
    root = make_site(SITE)
    monkeypatch.chdir(root)
    assert 0 == main(["topics", "rename", "iraq", "mesopotamia"])

    assert 0 == main(["build"])

    old, new = ((root / f"public/topics/{id}/feed.xml").read_bytes() for id in ("iraq", "mesopotamia"))
    assert old == new
    assert b"https://test.example/topics/mesopotamia/feed.xml" in new


def test_a_site_with_faults_is_left_alone(
    make_site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be read cannot be carried along, so everything that is wrong is told first."""
    root = make_site(SITE.replace("date: 2020-01-02", "date: soon"))
    monkeypatch.chdir(root)

    assert 1 == main(["topics", "rename", "iraq", "mesopotamia"])

    assert 'content/articles/one.md:3: "soon" is not' in capsys.readouterr().err
    assert (root / "content/topics/iraq.md").exists()


BOTH = f"""{SITE}-- content/topics/basra.md --
---
title: Basra
aliases: [Basra, Basrah]
---
-- content/articles/two.md --
---
title: Basra
date: 2020-01-02
tagged: {{basra: 4.5}}
---
Basra and Basrah.
"""


@pytest.mark.parametrize(
    ("there", "back", "id"),
    [
        (["rename", "basra", "south"], ["rename", "south", "basra"], "basra"),
        (["merge", "basra", "iraq"], ["split", "iraq", "basra", "--form", "Basra", "--form", "Basrah"], "basra"),
    ],
)
def test_a_change_can_be_taken_back(
    there: list[str], back: list[str], id: str, make_site: Callable[[str], Path]
) -> None:
    """The address that led away from the old id is the topic's own again, and stands in no file as an old one."""
    site = make_site(BOTH)
    for words in (there, back):
        assert 0 == main(["topics", *words, "--root", str(site), "--now", "2020-01-20"])

    texts = [path.read_text("utf-8") for path in (site / "content/topics").glob("*.md")]
    assert (site / f"content/topics/{id}.md").is_file()
    assert not [text for text in texts if f"/topics/{id}/" in text]
    assert f"{{{id}: " in (site / "content/articles/two.md").read_text("utf-8")
