"""Names that want out of their folder, or that some file system holds for one, of the external corpora."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from generator.build.build import Builder
from generator.build.planned import Wishes
from generator.build.report import Report
from generator.load.parse import ParseOptions, parse_article
from generator.text.frontmatter import dump
from generator.text.slug import slug_of
from tests.literal import write_site

NOW = 1_578_000_000


def built(root: Path, *, keep_going: bool = False) -> Report:
    wishes = Wishes(lambda: NOW, keep_going=keep_going, jobs=1)
    return Builder(root, output=root / "public", cache=root / "cache", wishes=wishes).build()


def article(title: str, slug: str) -> str:
    return f"---\n{dump({'title': title, 'date': '2020-01-02', 'slug': slug})}---\nText.\n"


def test_every_name_is_built_inside_or_told(make_site: Callable[[str], Path], corpora: Path) -> None:
    """A slug that cannot stand in an address is made safe or refused by name; nothing leaves the site."""
    root = make_site("")
    inputs = [
        json.loads(row)["input"].encode("utf-8", "replace").decode()
        for row in (corpora / "hostile" / "paths_slugs.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    folder = root / "content" / "articles"
    folder.mkdir(parents=True)
    for number, written in enumerate(inputs):
        # Each on a day of its own, so that two that become one name do not hide each other.
        day = f"20{10 + number // 300:02}-{1 + number // 28 % 12:02}-{1 + number % 28:02}"
        front = {"title": f"Number {number}", "date": day, "slug": written}
        (folder / f"n{number}.md").write_text(f"---\n{dump(front)}---\nText.\n", encoding="utf-8")
    before = {place for place in root.parent.rglob("*") if root not in place.parents}

    report = built(root, keep_going=True)

    assert report.ok, report.faults
    assert before == {place for place in root.parent.rglob("*") if root not in place.parents}
    pages = list((root / "public" / "articles").glob("*/*/*/*/index.html"))
    assert len(inputs) == len(pages) + len(report.left_out)
    assert all(f"{name}:" in "".join(fault.text() for fault in report.faults) for name in report.left_out)
    assert all(place.parent.name == slug_of(place.parent.name) for place in pages)


def test_two_names_for_one_place_are_told_or_two_pages(tmp_path: Path, corpora: Path) -> None:
    """Whatever some file system holds for one name, no page silently takes the place of another."""
    lost = []
    for row in map(json.loads, (corpora / "hostile" / "slug_collisions.jsonl").read_text("utf-8").splitlines()):
        files = {
            f"content/articles/f{number}.md": article(f"T{number}", name) for number, name in enumerate(row["inputs"])
        }
        root = write_site(tmp_path / row["id"], "".join(f"-- {path} --\n{text}" for path, text in files.items()))
        report = built(root)
        pages = {str(place).casefold() for place in (root / "public").glob("articles/*/*/*/*/index.html")}
        told = "".join(fault.text() for fault in report.faults)
        names_both = all(path in told for path in files)
        refused = [parse_article("a.md", text, ParseOptions()).faults for text in files.values()]
        if len(pages) != len(files) and not (names_both or any(refused)):
            lost.append((row["id"], told))

    assert [] == lost
