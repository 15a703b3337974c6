"""A finished site, a folder to edit, and previews that end with the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.serve.running import PAGE, Running


@pytest.fixture
def public(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    for name, text in {
        "index.html": PAGE.format(title="Home", body="<p>Home"),
        "topics/iraq/index.html": PAGE.format(title="Iraq", body="<p>Iraq"),
        "404.html": PAGE.format(title="Missing", body="<p>No such page"),
        "assets/site.css": "body{color:black}",
        "feed.xml": "<feed/>",
        "sitemap.xml": "<urlset/>",
        "robots.txt": "User-agent: *",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def serving() -> Iterator[Callable[..., Running]]:
    running: list[Running] = []

    def start(output: Path, **wishes: object) -> Running:
        running.append(Running(output, **wishes))  # type: ignore[arg-type]
        return running[-1]

    yield start
    for one in running:
        one.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "themes").mkdir()
    (root / "site.yaml").write_text("title: Test\n", encoding="utf-8")
    (root / "content" / "index.md").write_text("Home text.\n", encoding="utf-8")
    (root / "content" / "iraq.md").write_text("Iraq text.\n", encoding="utf-8")
    (root / "themes" / "site.css").write_text("body{color:black}", encoding="utf-8")
    return root
