"""The tutorial is true: its commands are run as they stand, and print what it says they print.

Marked blocks of `docs/tutorial.md` are played in their order: `console` runs commands, `console server` starts the
preview, `text server` is what the preview says next, `file=` and `append=` are what a person types, `diff` is an edit.
`--update-expected` writes what was printed into the tutorial; review the difference.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
TUTORIAL = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOW = "1767774600"  # 2026-01-07T08:30+00:00
PATIENCE = 20.0
SILENCE = 20  # looks at the log, a tenth of a second apart
# What no two runs have in common: how long it took, and the port when the usual one is taken.
LASTED = re.compile(r"\b\d+(?:\.\d+)? (?:ms|s)\b")
PORT = re.compile(r"(?<=127\.0\.0\.1:)\d+")
# Which saves one rebuild answers is a matter of milliseconds, so the tutorial leaves out what was rebuilt.
REBUILT = re.compile(r"^.* -> [\d,]+ files?.* in …\n", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block: the words after its fence, its text, and where that text stands in the tutorial."""

    words: str
    text: str
    start: int
    end: int


def blocks() -> list[Block]:
    return [Block(found[1].strip(), found[2], found.start(2), found.end(2)) for found in BLOCK.finditer(_tutorial())]


def test_every_step_of_the_tutorial_does_what_it_says(tmp_path: Path, update_expected: bool) -> None:
    """A newcomer who types what the tutorial says sees what the tutorial shows."""
    (tmp_path / "dateline").symlink_to(ROOT, target_is_directory=True)
    told = []
    with contextlib.closing(Morning(tmp_path)) as morning:
        for block in blocks():
            told.append(morning.play(block))
            if not update_expected:
                assert matches(block.text, told[-1]), f"said:\n{block.text}\nhappened:\n{told[-1]}"

    assert morning.ran > 10
    if update_expected:
        _rewrite(told)


def test_a_difference_in_what_is_printed_is_seen() -> None:
    """The ellipsis stands for what varies within a line, and for nothing else."""
    assert matches("Built 3 files in …\n", "Built 3 files in 12 ms\n")
    assert not matches("Built 3 files in …\n", "Built 4 files in 12 ms\n")
    assert not matches("Built 3 files in …\n", "Built 3 files in 12 ms\nOne more line.\n")


def matches(said: str, happened: str) -> bool:
    """Whether what happened is what was said, an ellipsis standing for anything in its line."""
    pattern = ".*".join(re.escape(part) for part in said.split("…"))
    return re.fullmatch(pattern, happened) is not None


class Morning:
    """A shell at one place, and the preview beside it."""

    def __init__(self, folder: Path) -> None:
        self._place = self._folder = folder
        self._log = folder / "server.log"
        self._server: subprocess.Popen[bytes] | None = None
        self._heard = 0
        self.ran = 0
        self._environment = {
            "PATH": os.pathsep.join((str(_command(folder)), os.environ["PATH"])),
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "SOURCE_DATE_EPOCH": NOW,
        }

    def play(self, block: Block) -> str:
        """Do what a block says; return the block as it is true."""
        match block.words.split():
            case ["console"]:
                return "".join(self._run(line.removeprefix("$ ")) for line in _commands(block))
            case ["console", "server"]:
                (line,) = _commands(block)
                return f"{line}\n{self._serve(line.removeprefix('$ '))}"
            case ["text", "server"]:
                return self._hear(block.text)
            case ["diff"]:
                self._edit(block.text)
            case [_, where] if where.startswith("file="):
                (self._folder / where.removeprefix("file=")).write_text(block.text)
            case [_, where] if where.startswith("append="):
                with (self._folder / where.removeprefix("append=")).open("a") as file:
                    file.write(block.text)
            case _:
                pass
        return block.text

    def _run(self, line: str) -> str:
        self.ran += 1
        if line.startswith("cd "):
            self._folder = self._folder / line.removeprefix("cd ")
            return f"$ {line}\n"
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"$ {line}\n{done.stdout}"
        return f"$ {line}\n{self._settled(done.stdout)}"

    def _serve(self, line: str) -> str:
        with self._log.open("wb") as log:
            self._server = subprocess.Popen(
                shlex.split(line), cwd=self._folder, env=self._environment, stdout=log, stderr=log
            )
        return self._until(lambda said: "Look at " in said and said.endswith("\n"))

    def _hear(self, said: str) -> str:
        """Return what the preview says once it has fallen silent, or has said what was to be said."""
        heard_before: list[str] = []

        def is_whole(heard: str) -> bool:
            heard_before.append(heard)
            is_still = len(heard_before) > SILENCE and set(heard_before[-SILENCE:]) == {heard} != {""}
            return matches(said, heard) if said and not is_still else is_still

        return self._until(is_whole)

    def _until(self, is_whole: Callable[[str], bool]) -> str:
        assert self._server is not None
        ends = time.monotonic() + PATIENCE
        while True:
            log = self._log.read_text()
            heard = REBUILT.sub("", self._settled(log[self._heard :]))
            if is_whole(heard):
                break
            assert self._server.poll() is None, f"the preview has ended:\n{heard}"
            assert time.monotonic() < ends, f"the preview has said only:\n{heard}"
            time.sleep(0.1)
        self._heard = len(log)
        return heard

    def _settled(self, printed: str) -> str:
        return PORT.sub("8000", LASTED.sub("…", printed.replace(str(self._place), "…")))

    def _edit(self, difference: str) -> None:
        subprocess.run(["git", "apply", "-"], input=difference, text=True, cwd=self._folder, check=True)

    def close(self) -> None:
        """End the preview as a person does."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            self._server.wait(timeout=PATIENCE)


def _tutorial() -> str:
    return TUTORIAL.read_text(encoding="utf-8")


def _commands(block: Block) -> Iterator[str]:
    return (line for line in block.text.splitlines() if line.startswith("$ "))


def _command(folder: Path) -> Path:
    """Make the command `dateline` as this interpreter runs it, whatever else is called so on this machine."""
    place = folder / "bin" / "dateline"
    place.parent.mkdir()
    place.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m generator.cli.main "$@"\n')
    place.chmod(0o755)
    return place.parent


def _rewrite(told: list[str]) -> None:
    text = _tutorial()
    for block, happened in zip(reversed(blocks()), reversed(told), strict=True):
        text = text[: block.start] + happened + text[block.end :]
    TUTORIAL.write_text(text, encoding="utf-8")
    pytest.skip("the tutorial was rewritten: review the difference")
