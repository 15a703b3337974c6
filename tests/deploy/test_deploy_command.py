"""`dateline deploy` through the front door: only what a complete build made of the content as it is goes out."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli.main import main

NOW = "2020-01-02T15:00+03:00"
LATER = "2020-01-03T15:00+03:00"
SITE = """\
-- site.yaml --
format: 1
title: The Test Brief
base_url: https://test.example/
timezone: Asia/Baghdad
deploy:
  web: {kind: dir, path: ../www, keep: 3}
-- content/topics/iraq.md --
---
title: Iraq
---
-- content/articles/2020/01/02/breach.md --
---
title: Embassy breached
date: 2020-01-02
topics: [iraq]
---
Crowds entered the outer compound.
-- content/articles/2020/01/02/later.md --
---
title: To be published tomorrow
date: 2020-01-02
publish_at: 2020-01-03T06:00
topics: [iraq]
---
Not yet.
"""
BREACH = "content/articles/2020/01/02/breach.md"
AGO = 1_577_900_000


@pytest.fixture
def site(make_site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_site(SITE)
    monkeypatch.chdir(root)
    return root


def grow_old(site: Path) -> None:
    """Date every input back, so that a build is sure of what it saw without waiting two seconds."""
    for place in [site / "site.yaml", *site.joinpath("content").rglob("*")]:
        os.utime(place, (AGO, AGO))


def live(site: Path) -> Path:
    return site.parent / "www/current"


def test_a_build_can_be_deployed_at_once(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file saved a moment before the build is no reason to wait."""
    assert main(["build", "--now", NOW]) == 0
    assert main(["deploy", "--now", NOW]) == 0

    assert (site / "public/index.html").read_bytes() == (live(site) / "index.html").read_bytes()
    assert capsys.readouterr().out.endswith("000001-2020-01-02T120000Z is live.\n")


def test_the_plan_can_be_read_by_programs(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` names every file; the text shows the first twenty of a kind."""
    main(["build", "--now", NOW])
    capsys.readouterr()

    assert main(["deploy", "--dry-run", "--json", "--now", NOW]) == 0

    plan = json.loads(capsys.readouterr().out)
    assert "index.html" in plan["added"]
    assert plan["live"] is None
    assert not live(site).exists()


def nothing_built(site: Path) -> None:
    pass


def an_article_edited(site: Path) -> None:
    main(["build", "--now", NOW])
    (site / BREACH).write_text((site / BREACH).read_text().replace("Crowds", "Many"))


def an_article_deleted(site: Path) -> None:
    main(["build", "--now", NOW])
    (site / BREACH).unlink()


def settings_edited(site: Path) -> None:
    main(["build", "--now", NOW])
    (site / "site.yaml").write_text((site / "site.yaml").read_text().replace("Test", "Best"))


def the_output_touched(site: Path) -> None:
    main(["build", "--now", NOW])
    (site / "public/index.html").write_text("by hand")


def the_output_cut(site: Path) -> None:
    main(["build", "--now", NOW])
    (site / "public/feed.xml").unlink()


def a_faulty_article_left_out(site: Path) -> None:
    (site / BREACH).write_text("no front matter")
    main(["build", "--keep-going", "--now", NOW])


@pytest.mark.parametrize(
    ("expected", "happen"),
    [
        ("public/ holds no complete build.", nothing_built),
        ("have changed since the last build", an_article_edited),
        ("have changed since the last build", an_article_deleted),
        ("have changed since the last build", settings_edited),
        ("public/index.html is not as the last build left it.", the_output_touched),
        ("public/feed.xml is not as the last build left it.", the_output_cut),
        ("The last build left out 1 faulty article.", a_faulty_article_left_out),
    ],
)
@pytest.mark.parametrize("age", ["old", "young"])
def test_what_is_not_current_is_refused(
    site: Path, capsys: pytest.CaptureFixture[str], expected: str, happen: Callable[[Path], None], age: str
) -> None:
    """The reason is said, with what to do; nothing goes out, and `public/` stays as it was."""
    if age == "old":
        grow_old(site)
    happen(site)
    before = sorted((place, place.stat().st_mtime_ns) for place in site.rglob("public/**/*"))
    capsys.readouterr()

    assert main(["deploy", "--now", NOW]) == 2

    assert before == sorted((place, place.stat().st_mtime_ns) for place in site.rglob("public/**/*"))
    told = capsys.readouterr().err
    assert expected in told
    assert 'Nothing was published; run "dateline build", then deploy again.' in told
    assert not live(site).exists()


def test_an_article_that_has_come_due_is_not_forgotten(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The site of yesterday is stale without any edit, when something was to be published this morning."""
    main(["build", "--now", NOW])

    assert main(["deploy", "--now", LATER]) == 2

    assert "an article has come due, or has expired" in capsys.readouterr().err


def test_a_rollback_asks_nothing_of_the_content(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Going back must be possible while the content is being mended."""
    main(["build", "--now", NOW])
    main(["deploy", "--now", NOW])
    before = (live(site) / "index.html").read_bytes()
    (site / BREACH).write_text((site / BREACH).read_text().replace("Embassy", "Consulate"))
    main(["build", "--now", NOW])
    main(["deploy", "--now", NOW])
    (site / BREACH).write_text("broken")

    assert main(["deploy", "--rollback", "--now", NOW]) == 0

    assert before == (live(site) / "index.html").read_bytes()
    assert "back at 000001-2020-01-02T120000Z" in capsys.readouterr().out


def test_a_rollback_takes_no_plan(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Words that say nothing together are refused rather than half obeyed."""
    assert main(["deploy", "--rollback", "--dry-run"]) == 2
    assert "--rollback goes back by one release" in capsys.readouterr().err
