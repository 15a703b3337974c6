"""Real files, saved in every way editors save, seen through the real file system."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.serve.pending import EVERYTHING
from generator.serve.watch import Watch, is_watched

A = "content/articles/a.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "themes" / "own").mkdir(parents=True)
    (tmp_path / "public").mkdir()
    (tmp_path / ".dateline").mkdir()
    (tmp_path / A).write_text("one\n", encoding="utf-8")
    (tmp_path / "site.yaml").write_text("title: T\n", encoding="utf-8")
    return tmp_path


@pytest.fixture(params=[False, True], ids=["events", "poll"])
def watch(root: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    monkeypatch.setattr("generator.serve.watch.POLL_EVERY", 0.1)
    yield from _running(root, poll=request.param)


@pytest.fixture
def quick(root: Path) -> Iterator[Watch]:
    yield from _running(root, poll=False)


def _running(root: Path, *, poll: bool) -> Iterator[Watch]:
    watch = Watch(root, poll=poll)
    watch.start()
    time.sleep(0.05)
    yield watch
    watch.stop()


def seen(watch: Watch, *, rest: float = 0.4) -> tuple[list[list[str]], float]:
    """Return the builds that were due until nothing came for `rest` seconds, and how long the first took."""
    began = time.monotonic()
    builds: list[list[str]] = []
    first = 0.0
    while taken := watch.changes.wait(time.monotonic() + (rest if builds else 3.0)):
        first = first or time.monotonic() - began
        builds.append(sorted(taken))
    return builds, first


def in_place(root: Path) -> None:
    (root / A).write_text("two\n", encoding="utf-8")


def rename_over(root: Path) -> None:
    other = root / "content" / "articles" / ".a.md.swp"
    other.write_text("two\n", encoding="utf-8")
    os.replace(other, root / A)


def rename_over_plain_name(root: Path) -> None:
    other = root / "content" / "articles" / "sedk3Xy"
    other.write_text("two\n", encoding="utf-8")
    os.replace(other, root / A)


def rename_from_elsewhere(root: Path) -> None:
    other = root / "public" / "a.md"
    other.write_text("two\n", encoding="utf-8")
    os.replace(other, root / A)


def delete_and_create(root: Path) -> None:
    (root / A).unlink()
    (root / A).write_text("two\n", encoding="utf-8")


def backup_and_write(root: Path) -> None:
    os.rename(root / A, root / f"{A}~")
    (root / A).write_text("two\n", encoding="utf-8")
    (root / f"{A}~").unlink()


def backup_elsewhere_and_write(root: Path) -> None:
    os.rename(root / A, root / "public" / "a.md~")
    (root / A).write_text("two\n", encoding="utf-8")


def trial_file_first(root: Path) -> None:
    trial = root / "content" / "articles" / "4913"
    trial.touch()
    trial.unlink()
    backup_and_write(root)


SAVES = [
    in_place,
    rename_over,
    rename_over_plain_name,
    rename_from_elsewhere,
    delete_and_create,
    backup_and_write,
    backup_elsewhere_and_write,
    trial_file_first,
]


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_every_way_of_saving_is_one_change(watch: Watch, root: Path, save: Callable[[Path], None]) -> None:
    """However an editor saves, the file's new text is built, and nothing else."""
    save(root)
    builds, _ = seen(watch)

    assert {A} == {path for build in builds for path in build}
    assert "two\n" == (root / A).read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux reports the end of a write.")
@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_every_way_of_saving_is_seen_at_once(quick: Watch, root: Path, save: Callable[[Path], None]) -> None:
    """A save never waits for the quiet time: that is for disappearances."""
    save(root)
    builds, first = seen(quick)

    assert 1 == len(builds)
    assert first < 0.05


WAYS: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "deleted": (lambda root: (root / A).unlink(), {A}),
    "new file": (lambda root: (root / "content" / "b.md").write_text("x"), {"content/b.md"}),
    "settings": (lambda root: (root / "site.yaml").write_text("title: U\n"), {"site.yaml"}),
    "theme": (lambda root: (root / "themes" / "own" / "x.css").write_text("a{}"), {"themes/own/x.css"}),
    "output": (lambda root: (root / "public" / "x.html").write_text("x"), set()),
    "our own folder": (lambda root: (root / ".dateline" / "x").write_text("x"), set()),
    "hidden file": (lambda root: (root / "content" / ".x.md").write_text("x"), set()),
    "backup file": (lambda root: (root / "content" / "x.md~").write_text("x"), set()),
    "our reading": (lambda root: (root / A).read_text(), set()),
    "another file at the top": (lambda root: (root / "notes.txt").write_text("x"), set()),
}


@pytest.mark.parametrize(("do", "expected"), WAYS.values(), ids=WAYS)
def test_only_what_can_change_the_site_is_seen(
    quick: Watch, root: Path, do: Callable[[Path], object], expected: set[str]
) -> None:
    """Content, themes and site.yaml are watched; what the product writes, and editors' leavings, are not."""
    do(root)
    builds: set[str] = set()
    end = time.monotonic() + 0.25
    while time.monotonic() < end:
        builds |= quick.changes.wait(end) or set()

    assert expected == builds


def test_a_file_in_a_new_folder_is_seen(quick: Watch, root: Path) -> None:
    """A new day's folder and the article in it arrive together."""
    place = root / "content" / "articles" / "2020" / "01" / "02"
    place.mkdir(parents=True)
    (place / "new.md").write_text("x", encoding="utf-8")
    builds, _ = seen(quick)

    assert "content/articles/2020/01/02/new.md" in {path for build in builds for path in build}


def test_a_folder_moved_away_has_every_file_looked_at(quick: Watch, root: Path) -> None:
    """The system does not name the files of a folder that leaves."""
    os.rename(root / "content" / "articles", root / "public" / "articles")
    builds, _ = seen(quick)

    assert [EVERYTHING] in builds


def test_content_that_goes_and_comes_back_is_watched_again(quick: Watch, root: Path) -> None:
    """Switching branches may replace the whole folder."""
    os.rename(root / "content", root / "public" / "content")
    seen(quick)
    (root / "content").mkdir()
    seen(quick)
    (root / "content" / "b.md").write_text("x", encoding="utf-8")
    builds, _ = seen(quick)

    assert "content/b.md" in {path for build in builds for path in build}


def test_content_behind_a_link_is_watched(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Content may lie elsewhere and be linked to; its paths are told as they are here."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "content"
    os.rename(root / "content", elsewhere)
    (root / "content").symlink_to(elsewhere)
    for watch in _running(root, poll=False):
        in_place(root)
        builds, _ = seen(watch)

        assert [[A]] == builds


@pytest.mark.skipif(sys.platform != "linux", reason="Uses the sed of Linux.")
def test_sed_saves_are_seen(quick: Watch, root: Path) -> None:
    """A real program that saves by renaming over."""
    subprocess.run(["sed", "-i", "s/one/two/", str(root / A)], check=True)
    builds, _ = seen(quick)

    assert {A} == {path for build in builds for path in build}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("content/articles/x.md", True),
        ("content", True),
        ("site.yaml", True),
        ("themes/own/site.css", True),
        ("site.yaml.tmp", False),
        ("public/index.html", False),
        ("archive/x.html", False),
        (".dateline/preview/index.html", False),
        ("content/.git/x", False),
        ("content/x.md___jb_tmp___", False),
        ("content/4913", False),
        ("", False),
    ],
)
def test_which_paths_matter(path: str, expected: bool) -> None:
    """A path matters when the site could be made of it."""
    assert expected == is_watched(path)
