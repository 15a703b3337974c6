"""The build loop: one at a time, faults told and forgotten, the inbox emptied when it is whole."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.errors import WARNING, ConfigError, Diagnostic
from generator.piecewise import Pieces
from generator.serve import rebuild
from generator.serve.inbox import STABLE_FOR, Inbox
from generator.serve.overlay import Shown, excerpt
from generator.serve.pending import WRITTEN, Pending
from generator.serve.rebuild import Rebuilder
from generator.serve.reload import Hub, Publication
from generator.serve.watch import Changes
from tests.serve.running import CopyingBuilder, Report, wait_for


class Loop:
    """A build loop over a copying builder, fed by hand."""

    def __init__(self, folder: Path, **wishes: object) -> None:
        self.hub = Hub(Publication(), session="s")
        self.said: list[str] = []
        self.builder = CopyingBuilder(folder, folder / "out", self.hub.publication)
        self.changes = Changes(Pending())
        self.rebuilder = Rebuilder(folder, self.builder.build, self.hub, say=self.said.append, **wishes)  # type: ignore[arg-type]
        (folder / "out").mkdir(exist_ok=True)
        self.rebuilder.first()
        self.thread = threading.Thread(target=self.rebuilder.run, args=(self.changes, lambda: None))

    def start(self) -> None:
        self.thread.start()
        wait_for(lambda: self.builder.done == 2)

    def stop(self) -> None:
        self.changes.stop()
        if self.thread.ident is not None:
            self.thread.join(timeout=10)


@pytest.fixture
def loop(folder: Path) -> Iterator[Loop]:
    loop = Loop(folder)
    yield loop
    loop.stop()


def test_a_start_with_nothing_new_says_so(loop: Loop) -> None:
    """Building no files is no news to tell in numbers."""
    loop.rebuilder.first()

    assert loop.said[0].startswith("Built 3 files in ")
    assert loop.said[1].startswith("Nothing new since last time; looked over in ")


def test_a_saved_file_is_built(loop: Loop, folder: Path) -> None:
    """A change is built with its path, and said in one line."""
    loop.start()
    (folder / "content" / "iraq.md").write_text("Changed.", encoding="utf-8")
    loop.changes.note(WRITTEN, "content/iraq.md")
    wait_for(lambda: len(loop.said) == 2)

    assert ("content/iraq.md",) == loop.builder.calls[-1]
    assert frozenset({"iraq/index.html"}) == loop.hub.stand.steps[-1].changed
    assert loop.said[1].startswith("content/iraq.md -> 1 file in ")


def test_at_most_one_build_runs_and_one_waits(loop: Loop, folder: Path) -> None:
    """Whatever is saved during a build is built once after it, however often it was saved."""
    loop.start()
    loop.builder.slow = 0.15
    for _ in range(20):
        loop.changes.note(WRITTEN, "content/iraq.md")
        time.sleep(0.005)
    wait_for(lambda: loop.builder.running == 0 and len(loop.builder.calls) >= 4)
    time.sleep(0.3)

    assert (4, 1) == (len(loop.builder.calls), loop.builder.most_running)


def test_a_build_that_changes_nothing_says_nothing(loop: Loop) -> None:
    """Saving without a change is no news."""
    loop.start()
    loop.changes.note(WRITTEN, "content/iraq.md")
    wait_for(lambda: len(loop.builder.calls) == 3)
    time.sleep(0.05)

    assert (1, 1) == (len(loop.said), len(loop.hub.stand.steps))


def test_a_fault_is_told_and_leaves_the_pages(loop: Loop, folder: Path) -> None:
    """A fault stands until it is mended; the last good pages stay meanwhile."""
    good = (folder / "content" / "iraq.md").read_text(encoding="utf-8")
    (folder / "content" / "iraq.md").write_text("One.\nFAULT\nThree.\n", encoding="utf-8")
    loop.rebuilder.rebuild(None)
    broken = loop.hub.stand
    (folder / "content" / "iraq.md").write_text(good, encoding="utf-8")
    loop.rebuilder.rebuild(None)

    excerpt = ((1, "One."), (2, "FAULT"), (3, "Three."), (4, ""))
    assert (Shown("content/iraq.md", 2, "This line is faulty.", "Mend it.", excerpt),) == broken.faults
    assert b"Iraq text." in (folder / "out" / "iraq" / "index.html").read_bytes()
    assert () == loop.hub.stand.faults
    assert "content/iraq.md:2: This line is faulty.\n  Mend it." in loop.said
    assert loop.said[-1].startswith("many files -> 0 files in ")


BROKEN = [
    (
        ConfigError("site.yaml is wrong.", [Diagnostic("site.yaml", 1, "There is no key.")]),
        "There is no key.",
        "site.yaml",
    ),
    (ConfigError("There is no site.yaml."), "There is no site.yaml.", ""),
    (ZeroDivisionError("division"), "Dateline itself has failed: ZeroDivisionError: division", ""),
]


@pytest.mark.parametrize(("fault", "message", "path"), BROKEN)
def test_a_broken_environment_is_shown_like_a_fault(loop: Loop, fault: Exception, message: str, path: str) -> None:
    """Settings, themes and even our own faults end nobody's session."""

    def fail() -> Report:
        raise fault

    loop.builder._build = fail  # type: ignore[method-assign]
    loop.rebuilder.rebuild(None)

    assert [(path, message)] == [(one.path, one.message) for one in loop.hub.stand.faults]


def test_a_fault_that_still_stands_is_not_said_again(loop: Loop, folder: Path) -> None:
    """Saving another file with a fault standing repeats that it stands, not what it is."""
    (folder / "content" / "iraq.md").write_text("FAULT", encoding="utf-8")
    loop.rebuilder.rebuild(None)
    loop.rebuilder.rebuild(None)
    loop.rebuilder.rebuild(frozenset({"content/index.md"}))

    assert (1, 2) == (
        sum("This line is faulty." in line for line in loop.said),
        sum(line.startswith("Not built;") for line in loop.said),
    )


def test_a_warning_is_said_once_and_covers_nothing(loop: Loop) -> None:
    """Warnings belong into the terminal, and not at every save."""
    warning = Diagnostic("content/a.md", 1, "A day is late.", severity=WARNING)
    loop.builder._build = lambda: Report(faults=(warning,))  # type: ignore[method-assign]
    loop.rebuilder.rebuild(None)
    loop.rebuilder.rebuild(None)

    assert 1 == loop.said.count(warning.text())
    assert () == loop.hub.stand.faults


def test_a_save_ends_the_rest(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a quiet moment is used for gives way between two pieces, and is begun anew when all is quiet again."""
    monkeypatch.setattr(rebuild, "REST_AFTER", 0.0)
    happened: list[str] = []

    def rest() -> Pieces[None]:
        try:
            for number in range(3):
                happened.append(f"piece {number}")
                if happened == ["piece 0", "piece 1"]:
                    loop.changes.note(WRITTEN, "content/iraq.md")
                yield
            loop.changes.stop()
        finally:
            happened.append("left")

    loop = Loop(folder, rest=rest)
    loop.builder.heard = lambda changed: happened.append(f"build {changed}") if changed else None
    loop.rebuilder.run(loop.changes, lambda: None)

    first = ["piece 0", "piece 1", "left", "build ('content/iraq.md',)"]
    assert [*first, "piece 0", "piece 1", "piece 2", "left"] == happened


def test_the_inbox_is_emptied_before_the_build(folder: Path) -> None:
    """Raw files become articles once they are whole, and the articles are built at once."""
    taken = []

    def take_in() -> list[str]:
        for raw in sorted((folder / "content" / "inbox").iterdir()):
            raw.rename(folder / "content" / f"{raw.stem}.md")
            taken.append(raw.name)
        return ["taken in"]

    loop = Loop(folder, take_in=take_in)
    (folder / "content" / "inbox").mkdir()
    loop.start()
    (folder / "content" / "inbox" / "new.txt").write_text("News.", encoding="utf-8")
    loop.changes.note(WRITTEN, "content/inbox/new.txt")
    wait_for((folder / "out" / "new" / "index.html").is_file)
    loop.stop()

    assert (["new.txt"], True) == (taken, "taken in" in loop.said)


def test_the_clock_alone_can_change_the_site(folder: Path) -> None:
    """An article that is due is shown without anybody saving anything."""
    due = time.monotonic() + 0.1
    loop = Loop(folder, next_turn=lambda: due - time.monotonic() if len(loop.builder.calls) < 3 else None)
    loop.start()
    wait_for(lambda: len(loop.builder.calls) == 3)
    loop.stop()

    assert [None, None, None] == loop.builder.calls


@pytest.fixture
def drop(tmp_path: Path) -> Callable[[str, str], None]:
    (tmp_path / "content" / "inbox" / "wire").mkdir(parents=True)

    def drop(name: str, text: str) -> None:
        (tmp_path / "content" / "inbox" / name).write_text(text, encoding="utf-8")

    return drop


def test_a_file_is_taken_when_it_has_kept_its_size(tmp_path: Path, drop: Callable[[str, str], None]) -> None:
    """A file that is still growing is not raw material yet, wherever in the inbox it lies."""
    inbox = Inbox(tmp_path)
    drop("wire/a.html", "half")
    growing = inbox.is_full(0.0)
    drop("wire/a.html", "half and the rest")
    grown = inbox.is_full(STABLE_FOR)
    whole = inbox.is_full(2 * STABLE_FOR)

    assert (False, False, True) == (growing, grown, whole)


def test_a_file_that_stays_is_not_tried_again(tmp_path: Path, drop: Callable[[str, str], None]) -> None:
    """What could not be taken in waits until it, or another file, changes."""
    inbox = Inbox(tmp_path)
    drop("bad.html", "x")
    inbox.is_full(0.0)
    first = inbox.is_full(1.0)
    inbox.emptied()
    inbox.stir()
    still = (inbox.is_full(2.0), inbox.is_full(3.0))
    drop("good.html", "y")
    inbox.stir()
    inbox.is_full(4.0)

    assert (True, (False, False), True) == (first, still, inbox.is_full(5.0))


@pytest.mark.parametrize("name", ["x.crdownload", "x.part", ".x.html", "x.html~"])
def test_a_download_under_way_is_no_raw_file(tmp_path: Path, drop: Callable[[str, str], None], name: str) -> None:
    """Browsers write under another name until a file is whole."""
    inbox = Inbox(tmp_path)
    drop(name, "x")

    assert (False, False, None) == (inbox.is_full(0.0), inbox.is_full(9.0), inbox.next_look(9.0))


@pytest.mark.parametrize(
    ("path", "line", "expected"),
    [
        ("a.md", 1, ((1, "one"), (2, "two"), (3, "three"))),
        ("a.md", 4, ((2, "two"), (3, "three"), (4, "four"), (5, ""))),
        ("a.md", 0, ()),
        ("a.md", 99, ()),
        ("../a.md", 1, ()),
        ("none.md", 1, ()),
    ],
)
def test_the_lines_around_a_fault_are_shown(
    tmp_path: Path, path: str, line: int, expected: tuple[tuple[int, str], ...]
) -> None:
    """Two lines before and after, of files inside the site only."""
    (tmp_path / "a.md").write_text("one\ntwo\nthree\nfour\n", encoding="utf-8")

    assert expected == excerpt(tmp_path, path, line)
