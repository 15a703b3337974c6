"""Many files at once: nothing lost, nothing twice, whatever is stopped, killed, broken or running beside it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from generator.cli.progress import Progress
from generator.ingest import crew as crew_module
from generator.ingest.crew import Crew
from generator.ingest.facts import Said
from generator.ingest.inputs import gather
from generator.ingest.ledger import Ledger
from generator.ingest.prepare import Prepared, Refused, Rules, Task
from generator.ingest.run import take_all
from tests.ingest.conftest import desk_of

# A shell that starts a test run in the background has Ctrl-C ignored by all that it starts.
COMMAND = """
import signal, sys
from generator.cli.main import main
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main(sys.argv[1:]))
"""
ROUNDS = int(os.environ.get("DATELINE_KILLS", "60"))


def many(folder: Path, count: int, bulletin: str) -> Path:
    """Write raw files that are different reports of the same length."""
    folder.mkdir()
    for number in range(count):
        text = bulletin.replace("Dredgers return", f"Dredgers {number} return").replace("the", f"the{number}")
        (folder / f"2019-11-{number % 18 + 1:02}-{number:05}.txt").write_text(text, encoding="utf-8")
    return folder


def ingest(site: Path, folder: Path, *more: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", COMMAND, "ingest", str(folder), "--root", str(site)]
    return subprocess.Popen(
        [*words, "--source", "own", "--now", "2019-11-20T09:30", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def articles(site: Path) -> list[Path]:
    return sorted((site / "content/articles").rglob("*.md"))


def assert_each_once(site: Path, folder: Path) -> None:
    """Every raw file is one article, and the ledger has each once."""
    raw = list(folder.iterdir())
    texts = [path.read_text("utf-8") for path in articles(site)]
    digests = Counter(line.split()[1] for text in texts for line in text.splitlines() if line.startswith("  sha256:"))
    assert len(raw) == len(texts)
    assert {1} == set(digests.values())
    assert len(raw) == len(Ledger(site).by_sha256)
    assert not list((site / "content").rglob("*.tmp"))


def test_a_crew_makes_the_same_articles_as_one_process(site: Path, tmp_path: Path, bulletin: str) -> None:
    """How many processes are at work shows in no byte, not in order, copies or names."""
    folder = many(tmp_path / "raw", 20, bulletin)
    for number in (3, 7):
        (folder / f"2019-11-18-copy-{number}.txt").write_text(bulletin + "\n" * number, encoding="utf-8")
    desk = desk_of(site)
    with Crew(desk.rules, 3) as crew:
        inputs = gather([str(folder)], None)
        by_many = list(take_all(inputs, Said(source="own"), desk, None, crew.prepare_each))
    first = {path.relative_to(site): path.read_bytes() for path in articles(site)}
    for path in first:
        (site / path).unlink()
    (site / "content/ingested.jsonl").unlink()
    by_one = list(take_all(gather([str(folder)], None), Said(source="own"), desk_of(site)))

    assert by_one == by_many
    assert first == {path.relative_to(site): path.read_bytes() for path in articles(site)}
    assert any(taken.copy_of for taken in by_one)


def _dies(task: Task, rules: Rules) -> Prepared | Refused:
    if "kill" in task.name:
        os.kill(os.getpid(), signal.SIGKILL)
    if "hang" in task.name:
        time.sleep(60)
    return Refused("seen")


@pytest.mark.skipif(sys.platform != "linux", reason="the replaced function reaches the processes by forking")
def test_a_file_that_kills_or_keeps_its_process_costs_itself_alone(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process takes the place of one that died or had its time, and the order stays."""
    monkeypatch.setattr(crew_module, "prepare", _dies)
    names = ["a", "kill", "b", "hang", "c", "kill", "d"]
    with Crew(desk_of(site).rules, 2, longest=1.0) as crew:
        outcomes = [outcome for _, outcome in crew.prepare_each([Task(n, n, b"", "") for n in names])]

    told = [outcome.message for outcome in outcomes if isinstance(outcome, Refused)]
    assert ["seen", "kill", "seen", "hang", "seen", "kill", "seen"] == [words.partition(":")[0] for words in told]
    assert "longer than 1 seconds" in told[3]
    assert "ended without a word" in told[1]


def test_a_bug_on_one_file_is_told_and_passed_over(site: Path, tmp_path: Path, bulletin: str) -> None:
    """What a library raises on a broken page does not stop the batch."""
    folder = many(tmp_path / "raw", 3, bulletin)
    (folder / "0-bad.txt").write_bytes(b"\x89PNG\x00\x00\xff")
    with ingest(site, folder) as process:
        out, err = process.communicate(timeout=60)

    assert 1 == process.returncode
    assert "0-bad.txt: this is not a text" in err
    assert "3 written, 1 not taken in." == out.splitlines()[-1]


def test_many_files_are_told_in_sum(site: Path, tmp_path: Path, bulletin: str) -> None:
    """Of more files than a person reads lines, only what is wrong is told; there is no progress without a terminal."""
    folder = many(tmp_path / "raw", 120, bulletin)
    with ingest(site, folder, "--jobs", "2") as process:
        out, err = process.communicate(timeout=120)

    assert ("120 written.\n", "", 0) == (out, err, process.returncode)
    assert_each_once(site, folder)


def test_progress_is_one_line_that_goes_away() -> None:
    """The line says how far it is and is wiped before anything else is printed."""

    class Terminal:
        def __init__(self) -> None:
            self.text = ""

        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> None:
            self.text += text

        def flush(self) -> None:
            pass

    terminal = Terminal()
    with Progress(10, terminal) as progress:  # type: ignore[arg-type]
        for _ in progress.counted(range(3)):
            time.sleep(0.11)
            progress.show("2 written")

    assert "2 of 10: 2 written;" in terminal.text
    assert terminal.text.endswith("\r\x1b[K")
    assert "\n" not in terminal.text


def test_two_ingests_of_one_folder_at_once(site: Path, tmp_path: Path, bulletin: str) -> None:
    """Each looks at what the other has put down before it puts down its own."""
    folder = many(tmp_path / "raw", 60, bulletin)
    with ingest(site, folder, "--jobs", "1") as one, ingest(site, folder, "--jobs", "1") as other:
        told = [one.communicate(timeout=120), other.communicate(timeout=120)]

    assert [0, 0] == [one.returncode, other.returncode], told
    assert_each_once(site, folder)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_stopped_run_goes_on(site: Path, tmp_path: Path, bulletin: str) -> None:
    """Ctrl-C ends with 130 and says how far it came; the same command does the rest."""
    folder = many(tmp_path / "raw", 400, bulletin)
    with ingest(site, folder, "--jobs", "2") as process:
        _wait_for_articles(site, 3)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert 130 == process.returncode
    assert "The same command goes on from here." in err

    with ingest(site, folder, "--jobs", "2") as process:
        process.communicate(timeout=120)
    assert 0 == process.returncode
    assert_each_once(site, folder)


def _wait_for_articles(site: Path, count: int) -> None:
    until = time.monotonic() + 30
    while len(articles(site)) < count and time.monotonic() < until:
        time.sleep(0.01)


@pytest.mark.deep
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_killed_ingest_is_mended_by_the_next(site: Path, tmp_path: Path, bulletin: str) -> None:
    """Killed at random moments, time after time, the runs together take each file in once; no process stays behind."""
    folder = many(tmp_path / "raw", ROUNDS * 12, bulletin)
    chance = random.Random(4)
    for _ in range(ROUNDS):
        with ingest(site, folder, "--jobs", "2") as process:
            began = len(articles(site))
            _wait_for_articles(site, began + chance.randint(0, 12))
            time.sleep(chance.random() * 0.05)
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            process.kill()
            process.communicate()
        until = time.monotonic() + 10
        while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < until:
            time.sleep(0.01)
        assert not [child for child in children if Path(f"/proc/{child}").exists()]
    with ingest(site, folder) as process:
        process.communicate(timeout=600)
    assert 0 == process.returncode
    assert_each_once(site, folder)
