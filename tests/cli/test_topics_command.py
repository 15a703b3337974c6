"""dateline topics: trying forms on a sentence, and what changed forms would change in all articles."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.errors import OutputError
from generator.ingest.retag import Retagged, with_tagged, write_all

SITE = """\
-- content/topics/iraq.md --
---
title: Iraq
aliases: [Iraq, Baghdad]
---
-- content/topics/iran.md --
---
title: Iran
---
-- content/articles/one.md --
---
title: "Baghdad waits"   # a person's note
date: 2020-01-02
tagged: {iran: 3.0}
topics: [iran]
---

Nothing more.
-- content/articles/own.md --
---
title: Baghdad by night
date: 2020-01-02
---
Own writing without tags.
-- content/articles/cut.md --
---
title: A report
date: 2020-01-02
tagged: {iran: 3.0}
ingest: {cut: 300}
---
The rest is kept elsewhere.
"""


@pytest.fixture
def site(make_site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_site(SITE)
    monkeypatch.chdir(root)
    return root


def test_a_sentence_shows_its_points_form_by_form(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever changes a list of forms sees at once what each of them gives."""
    assert 0 == main(["topics", "try", "Baghdad speaks to Iraq", "--json"])

    row = json.loads(capsys.readouterr().out)
    assert ("iraq", 3.0, True) == (row["topic"], row["score"], row["given"])
    assert row["score"] == sum(one["points"] for one in row["evidence"])


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ('The topic is called "iraq" already.', ["rename", "iraq", "iraq"]),
        ("dateline topics merge OLD iran", ["rename", "iraq", "iran"]),
        ('There is no topic "irak". Did you mean "iraq"?\n', ["rename", "irak", "irak"]),
        (
            '"Iraq War" cannot be the id of a topic: small letters, digits and hyphens can: iraq-war',
            ["rename", "iraq", "Iraq War"],
        ),
        ('"iraq" cannot become part of itself.', ["merge", "iraq", "iraq"]),
        ("Say what the new topic takes", ["split", "iraq", "basra"]),
    ],
)
def test_what_cannot_be_changed_is_told(
    site: Path, capsys: pytest.CaptureFixture[str], told: str, words: list[str]
) -> None:
    """A change that makes no sense is told in a sentence, and nothing is written."""
    before = {place: place.read_bytes() for place in (site / "content").rglob("*.md")}

    assert 2 == main(["topics", *words])

    assert told in capsys.readouterr().err
    assert before == {place: place.read_bytes() for place in (site / "content").rglob("*.md")}


def test_a_difference_is_told_and_nothing_is_written(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Own writing without tags, and articles whose words are kept elsewhere, are left alone."""
    before = {place: place.read_bytes() for place in (site / "content").rglob("*.md")}

    assert 0 == main(["topics", "diff"])

    told = capsys.readouterr().out
    assert "content/articles/one.md\n  +iraq   3.00  Baghdad ×1 in title 3\n  -iran  not named\n" in told
    assert "+1 iraq, -1 iran, in 1 article.\n" in told
    assert before == {place: place.read_bytes() for place in before}


def test_applied_it_changes_tagged_and_no_other_byte(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Line ends, notes and what a person pinned stay; a second run finds nothing."""
    place = site / "content/articles/one.md"
    crlf = place.read_bytes().replace(b"\n", b"\r\n")
    place.write_bytes(crlf)

    assert 0 == main(["topics", "diff", "--apply"])

    assert crlf.replace(b"tagged: {iran: 3.0}\r\n", b"tagged:\r\n  iraq: 3.0\r\n") == place.read_bytes()
    capsys.readouterr()
    assert 0 == main(["topics", "diff"])
    assert "Nothing would change.\n" == capsys.readouterr().out


@pytest.mark.parametrize(
    ("expected", "tagged", "front"),
    [
        ("title: A\ntagged:\n  iraq: 3.0\n", {"iraq": 3.0}, "title: A\n"),
        (
            "title: A\ntagged:\n  iraq: 3.0\nx_b: 1\n",
            {"iraq": 3.0},
            "title: A\ntagged:\n  iran: 1\n  syria: 1\nx_b: 1\n",
        ),
        ("title: A\n", {}, "title: A\ntagged: {iran: 1}\n"),
    ],
)
def test_tagged_is_put_in_the_place_it_had(expected: str, tagged: dict[str, float], front: str) -> None:
    """Where it was absent it comes last; where nothing is left it goes."""
    assert f"---\n{expected}---\nText.\n" == with_tagged(f"---\n{front}---\nText.\n", tagged)


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    """A file that changed since it was looked at stops the whole."""
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_bytes(b"old")
    changes = [Retagged("a.md", "", (), (), b"old", b"new"), Retagged("b.md", "", (), (), b"other", b"new")]

    with pytest.raises(OutputError, match="has changed meanwhile"):
        write_all(tmp_path, changes)

    assert b"old" == (tmp_path / "a.md").read_bytes()
