"""Wherever a topic is suggested, the words that speak for it are shown, in rows that fit a terminal."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli.evidence import WIDTH, evidence_rows
from generator.cli.main import main
from generator.ingest.tag import Evidence, TopicScore

ROOT = Path(__file__).resolve().parent.parent.parent
SITE = """\
-- content/topics/iraq.md --
---
title: Iraq
aliases: [Iraq, Baghdad, Mosul]
---
-- content/topics/iran.md --
---
title: Iran
---
-- content/sources/gazette.md --
---
name: Gazette
---
-- content/articles/near.md --
---
title: A short word
date: 2020-01-02
---
They met in Mosul and then in Baghdad.
-- content/articles/far.md --
---
title: A long word
date: 2020-01-02
---
Mosul. {filler}
-- content/articles/nowhere.md --
---
title: Nowhere near Mosul
date: 2020-01-02
tagged: {{iraq: 3.0}}
topics_exclude: [iraq]
---
Nothing.
-- content/articles/cut.md --
---
title: Mosul
date: 2020-01-02
ingest: {{cut: 300}}
---
-- raw/2020-01-03-report.html --
<html><head><title>Baghdad speaks to Iran</title></head><body><article><h1>Baghdad speaks to Iran</h1>
<p>The government in Baghdad spoke to Tehran on Friday and said that Iraq was content with what it had heard of it.</p>
<p>Iraq, it said, would say more on another day, when there was more to be said about it by all those concerned.</p>
<p>Nobody asked what that would be, and the men and women went home, where they told what they had heard.</p>
</article></body></html>
"""

INGEST = ["ingest", "raw/2020-01-03-report.html", "--source", "gazette", "--url", "https://gazette.example/1"]
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def site(make_site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_site(SITE.format(filler="word " * 100))
    monkeypatch.chdir(root)
    return root


def test_rows_fit_a_terminal_and_say_how_many_forms_are_left_out() -> None:
    """The weightiest form is always shown; the points stand in one column."""
    forms = tuple(Evidence(f"the form {number}", "lede", 1, 1.5) for number in range(9))
    rows = evidence_rows([TopicScore("us-forces", 13.5, forms), TopicScore("iran", 3.0, forms[:1])])

    assert "  us-forces  13.50  the form 0 ×1 in lede 1.5, and 8 more" == rows[0]
    assert "  iran        3.00  the form 0 ×1 in lede 1.5" == rows[1]
    assert max(map(len, rows)) <= WIDTH


def test_ingest_says_why_each_topic_was_given(site: Path, capsys: Printed) -> None:
    """A row for each topic, below the article; programs get every form."""
    assert 0 == main([*INGEST])

    told = capsys.readouterr().out.splitlines()
    assert "content/articles/2020/01/03/baghdad-speaks-to-iran.md: Baghdad speaks to Iran" == told[0]
    assert ["  iraq   7.50  Baghdad ×1 in title 3, Iraq ×2 in lede 3, Baghdad ×1 in lede 1.5"] == told[1:2]
    assert ["  iran   3.00  Iran ×1 in title 3"] == told[2:3]


def test_ingest_tells_programs_every_form(site: Path, capsys: Printed) -> None:
    """The points of the evidence add up to the score."""
    main([*INGEST, "--json"])

    row = json.loads(capsys.readouterr().out)
    assert ["iraq", "iran"] == row["topics"] == [each["topic"] for each in row["tags"]]
    assert [7.5, 3.0] == [sum(one["points"] for one in each["evidence"]) for each in row["tags"]]


def test_untagged_articles_show_what_the_tagger_would_say(site: Path, capsys: Printed) -> None:
    """What reaches the threshold, else the nearest that is named, else that nothing is."""
    assert 0 == main(["list", "untagged"])

    assert (
        "content/articles/cut.md\n"
        "    Mosul (2020-01-02)\n"
        "    its words are kept out of the file; what is left of them says:\n"
        "      iraq   3.00  Mosul ×1 in title 3\n"
        "content/articles/far.md\n"
        "    A long word (2020-01-02)\n"
        "    named, with fewer than 3 points:\n"
        "      iraq   1.50  Mosul ×1 in lede 1.5\n"
        "content/articles/near.md\n"
        "    A short word (2020-01-02)\n"
        "    the tagger would say:\n"
        "      iraq   3.00  Baghdad ×1 in lede 1.5, Mosul ×1 in lede 1.5\n"
        "content/articles/nowhere.md\n"
        "    Nowhere near Mosul (2020-01-02)\n"
        "    no topic is named\n"
        "4 articles.\n"
    ) == capsys.readouterr().out.partition("Give them")[0]


def test_untagged_tells_programs_the_same(site: Path, capsys: Printed) -> None:
    """Suggested, nearest and the threshold, with all evidence."""
    main(["list", "untagged", "content/articles/far.md", "--json"])

    row = json.loads(capsys.readouterr().out)
    assert ([], ["iraq"], 3.0) == (row["suggested"], [each["topic"] for each in row["nearest"]], row["threshold"])


@pytest.mark.parametrize(
    ("expected", "within", "words"),
    [
        ("By the 2 topics of the site in {root}.\n", ".", []),
        ("By the 2 topics of the site in {root}.\n", "content/articles", []),
        ("", ".", ["--root", "."]),
        ("", "..", ["--root", "site"]),
        ("There is no site here or above: by the 14 topics of the sample site that comes with Dateline.\n", "..", []),
        (
            "There is no site in content: by the 14 topics of the sample site that comes with Dateline.\n",
            ".",
            ["--root", "content"],
        ),
    ],
)
def test_tag_says_by_whose_topics(
    expected: str, within: str, words: list[str], site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """On standard error, where the site was not named; the JSON is of the texts alone."""
    os.chdir(site / within)

    assert 0 == main(["tag", str(site / "raw/2020-01-03-report.html"), "--json", *words])

    printed = capfd.readouterr()
    assert expected.format(root=site) == printed.err
    assert "iraq" in json.loads(printed.out)["topics"]


def test_the_sample_is_tagged_as_its_own_forms_say(capsys: Printed) -> None:
    """What an editor sees besides is pinned in topics; whoever changes forms applies what the difference tells."""
    assert 0 == main(["topics", "diff", "--root", str(ROOT)])

    assert "Nothing would change.\n" == capsys.readouterr().out
