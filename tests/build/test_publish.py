"""What waits comes to its place: new folders whole, beside whatever lies there already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import OutputError
from tests.build.small_site import PAGE, SITE, Site

MakeSite = Callable[[str], Path]


def test_new_pages_join_the_folders_that_are_there(make_site: MakeSite) -> None:
    """A folder with a file of somebody else's is not replaced, and its new pages come all the same."""
    site = Site(make_site(SITE))
    stranger = (site.root / "public" / PAGE).parent / "notes.txt"
    stranger.parent.mkdir(parents=True)
    stranger.write_text("mine", encoding="utf-8")

    assert site.build().ok
    assert stranger.read_text("utf-8") == "mine"
    assert (site.root / "public" / PAGE).exists()


@pytest.mark.parametrize(("words", "more"), [("was not written", ()), ("and 1 more were not", ("feed.xml",))])
def test_nobody_elses_file_is_overwritten(make_site: MakeSite, words: str, more: tuple[str, ...]) -> None:
    """Another generator's site in the same folder stays as it is, whole, until a person moves it away."""
    site = Site(make_site(SITE))
    public = site.root / "public"
    public.mkdir()
    for name in ("index.html", "robots-of-theirs.txt", *more):
        (public / name).write_text("theirs", encoding="utf-8")

    with pytest.raises(OutputError, match=words):
        site.build()
    assert {"index.html", "robots-of-theirs.txt", *more} == {path.name for path in public.iterdir()}
    for name in ("index.html", *more):
        (public / name).unlink()

    assert site.build().ok
    assert "theirs" == (public / "robots-of-theirs.txt").read_text(encoding="utf-8")


def test_a_new_page_overwrites_nobody_elses_file(make_site: MakeSite) -> None:
    """Nor does a page that comes later; the site stays as it was."""
    site = Site(make_site(SITE))
    assert site.build().ok
    place = site.root / "public/articles/2020/01/03/later/index.html"
    place.parent.mkdir(parents=True)
    place.write_text("theirs", encoding="utf-8")
    later = "---\ntitle: Later\ndate: 2020-01-03\nsource: desk\n---\nWords.\n"
    site.write("content/articles/2020/01/03/later.md", later)

    with pytest.raises(OutputError, match="later/index"):
        site.build()
    assert "theirs" == place.read_text(encoding="utf-8")
    place.unlink()

    assert site.build().ok
    assert "Words." in place.read_text(encoding="utf-8")


def test_a_folder_that_is_a_link_is_followed(make_site: MakeSite, tmp_path: Path) -> None:
    """Who keeps a part of the site on another disk finds it there."""
    site = Site(make_site(SITE))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    public = site.root / "public"
    public.mkdir()
    (public / "topics").symlink_to(elsewhere)

    assert site.build().ok
    assert (public / "topics").is_symlink()
    assert (elsewhere / "iraq/index.html").exists()


@pytest.mark.parametrize("place", ["topics", "topics/iraq", "topics/iraq/index.html"])
def test_what_lies_in_the_way_is_named(make_site: MakeSite, place: str) -> None:
    """A file where a folder must be, or a folder where a file must be, is for a person to move."""
    site = Site(make_site(SITE))
    blocked = site.root / "public" / place
    if place.endswith(".html"):
        blocked.mkdir(parents=True)
    else:
        blocked.parent.mkdir(parents=True, exist_ok=True)
        blocked.write_text("mine", encoding="utf-8")

    with pytest.raises(OutputError) as caught:
        site.build()

    assert str(blocked) in str(caught.value)
    assert "must be moved" in str(caught.value)


def test_pages_that_come_back_are_whole(make_site: MakeSite) -> None:
    """A folder that was deleted is new again, and only what is missing is written."""
    site = Site(make_site(SITE))
    assert site.build().ok
    before = {path: path.read_bytes() for path in (site.root / "public").rglob("*") if path.is_file()}
    folder = (site.root / "public" / PAGE).parent
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink()
    folder.rmdir()

    report = site.build()

    assert report.written == (PAGE,)
    assert before == {path: path.read_bytes() for path in before}
