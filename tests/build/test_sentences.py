"""From what a page shows to the line it was written in."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.sentences import source_line

ARTICLE = """---
title: "Crowds leave the 'Green Zone'"
date: 2020-01-01
summary: >
  The siege ended without
  further injuries.
---

First paragraph, with a [link](x.md) in it.
It has two lines. The third sentence
runs on.

- An **item** of a list
"""
OTHER = "---\ntitle: Another report\ndate: 2020-01-01\n---\nSomething else happened far away from there.\n"

PLACES = [
    ("Crowds leave the 'Green Zone'", ("content/a.md", 2)),
    ("The siege ended without further injuries.", ("content/a.md", 5)),
    ("First paragraph, with a link in it.", ("content/a.md", 9)),
    ("The third sentence runs on.", ("content/a.md", 10)),
    ("An item of a list", ("content/a.md", 13)),
    ("Another report", ("content/b.md", 2)),
    ("Something else happened…", ("content/b.md", 5)),
    ("Something else happened far away from there. Gazette, 1 January", ("content/b.md", 5)),
    ("Topics", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_a_sentence_leads_to_its_line(tmp_path: Path, text: str, expected: tuple[str, int] | None) -> None:
    """Titles, summaries and sentences are found however their lines were broken; what a theme says is not."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "content" / "b.md").write_text(OTHER, encoding="utf-8")

    assert expected == source_line(tmp_path, ("the theme", "content/a.md", "content/b.md", "content/gone.md"), text)
