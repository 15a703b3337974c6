"""Folders as they really lie: odd names, links, pipes, closed folders and stray notes are told, and stop nothing."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from generator.ingest.crew import Crew
from generator.ingest.facts import Said
from generator.ingest.inputs import gather
from generator.ingest.raw import unpacked
from generator.ingest.run import FAILED, WRITTEN, Desk, Taken, ingest_inbox, take_all
from tests.ingest.conftest import desk_of

pytestmark = pytest.mark.skipif(os.name != "posix", reason="names of any bytes, links and pipes are of POSIX")


def taken_from(folder: Path, desk: Desk) -> dict[str, Taken]:
    """Return what became of each input of a folder, by its path in it."""
    done = take_all(gather([str(folder)], None), Said(source="own", date="2019-11-18"), desk)
    return {each.where.removeprefix(f"{folder}/"): each for each in done}


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("caf\\udce9.txt", b"caf\xe9.txt"),
        ("two\\x0alines.txt", b"two\nlines.txt"),
        ("with a space.txt", b"with a space.txt"),
        ("متن.txt", "متن.txt".encode()),
    ],
)
def test_a_file_may_be_called_anything(desk: Desk, tmp_path: Path, bulletin: str, shown: str, name: bytes) -> None:
    """A name that is no text, from an old archive, is shown with its bytes written out, alone and by many processes."""
    folder = tmp_path / "raw"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(bulletin, encoding="utf-8")

    alone = taken_from(folder, desk)
    (desk.root / "content/ingested.jsonl").unlink()
    for article in (desk.root / "content/articles").rglob("*.md"):
        article.unlink()
    other = desk_of(desk.root)
    with Crew(other.rules, 1) as crew:
        inputs = gather([str(folder)], None)
        by_crew = list(take_all(inputs, Said(source="own", date="2019-11-18"), other, None, crew.prepare_each))

    assert {shown: WRITTEN} == {where: each.state for where, each in alone.items()}
    assert list(alone.values()) == by_crew


def _link_to_its_folder(place: Path) -> None:
    (place / "up").symlink_to(".")


def _link_to_nothing(place: Path) -> None:
    (place / "gone.txt").symlink_to("/nowhere/at/all.txt")


def _pipe(place: Path) -> None:
    os.mkfifo(place / "pipe.txt")


def _stray_note(place: Path) -> None:
    (place / "pgae.txt.yaml").write_text("date: 2020-01-02\n", "utf-8")


def _pictures_without_page(place: Path) -> None:
    (place / "press_files").mkdir()


@pytest.mark.parametrize(
    ("expected", "lay"),
    [
        ("up: this is a link to a folder, which is not followed.\n  Name the folder itself.", _link_to_its_folder),
        ("gone.txt: this link leads nowhere.\n  Delete it, or put the file there.", _link_to_nothing),
        ("pipe.txt: this is no file.\n  Take it out of the folder.", _pipe),
        (
            "pgae.txt.yaml: there is no file beside it that this note is for.\n"
            "  A note is called like its file: page.html.yaml beside page.html.",
            _stray_note,
        ),
        (
            "press_files: it is called like the pictures of a saved page, and the page is not there.\n"
            "  Put the page beside it, or rename the folder to take in what it holds.",
            _pictures_without_page,
        ),
    ],
)
def test_what_is_passed_over_is_told(desk: Desk, tmp_path: Path, bulletin: str, expected: str, lay: object) -> None:
    """Nothing in a folder is passed over in silence, and nothing in it keeps the other files out."""
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "page.txt").write_text(bulletin, encoding="utf-8")
    assert callable(lay)
    lay(folder)

    taken = taken_from(folder, desk)

    assert WRITTEN == taken.pop("page.txt").state
    (other,) = taken.values()
    assert (FAILED, f"{folder}/{expected}") == (other.state, other.message)


def test_a_folder_that_cannot_be_listed_is_told(
    desk: Desk, tmp_path: Path, bulletin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system does not let be read is told with what to do, and does not stop the rest."""
    folder = tmp_path / "raw"
    (folder / "closed").mkdir(parents=True)
    (folder / "page.txt").write_text(bulletin, encoding="utf-8")
    listed = Path.iterdir

    def refusing(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refusing)
    taken = taken_from(folder, desk)

    assert [FAILED, WRITTEN] == [each.state for each in taken.values()]
    assert "it cannot be read (permission denied).\n  Give yourself the right" in taken["closed"].message


def test_a_pipe_that_is_named_is_not_read_in_pieces(desk: Desk, tmp_path: Path) -> None:
    """What can be read only once, such as the shell's <(…), is refused with the way that works."""
    os.mkfifo(tmp_path / "pipe")

    (taken,) = take_all(gather([str(tmp_path / "pipe")], None), Said(), desk)

    assert (FAILED, True) == (taken.state, "Give it to standard input" in taken.message)


def test_the_pictures_of_a_packed_page_belong_to_it(site: Path, page: str) -> None:
    """However its name is written or packed, a page takes its folder along out of the inbox."""
    inbox = site / "content/inbox/own"
    (inbox / "Page_files").mkdir(parents=True)
    (inbox / "Page.HTML.gz").write_bytes(gzip.compress(page.encode()))
    desk = desk_of(site)

    taken = ingest_inbox(site, _config(site), desk.rules.topics, desk.rules.sources, desk.rules.now)

    assert 1 == len(taken)
    assert FAILED != taken[0].state
    assert [] == list(inbox.iterdir())


def test_every_member_of_a_packed_file_is_read() -> None:
    """Packed files put one behind the other are one text, as gzip itself reads them, padding left out."""
    packed = b"".join(gzip.compress(words) for words in (b"The first half, ", b"the second, ", b"the end."))

    assert b"The first half, the second, the end." == unpacked("a.gz", packed)
    assert b"The first half, the second, the end." == unpacked("a.gz", packed + b"\0" * 512)


def _config(site: Path) -> object:
    from generator.cli.ingest_values import site_values

    return site_values(site).config
