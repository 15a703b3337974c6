"""The command as a program: how it ends, and what its options are when none is given."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest

from generator.cli.main import COMMANDS, INSTRUMENTS

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "generator.cli.main"]


@pytest.mark.parametrize("name", [*COMMANDS, *INSTRUMENTS])
def test_options_without_words_are_those_of_the_reader_of_words(name: str) -> None:
    """A command that spares itself the reader must run exactly as if it had been asked."""
    module = importlib.import_module(f"generator.cli.{name}")
    if not hasattr(module, "WITHOUT_WORDS"):
        return
    parser = ArgumentParser()
    module.arguments(parser)

    assert vars(parser.parse_args([])) == module.WITHOUT_WORDS


def test_what_was_said_is_written_before_the_process_goes(tmp_path: Path) -> None:
    """The process ends without putting its memory in order; its words must be out by then, also into a pipe."""
    asked = subprocess.run(
        [*PROGRAM, "build"], check=False, cwd=tmp_path, env=_environment(), capture_output=True, text=True
    )

    assert asked.returncode == 2
    assert asked.stderr.startswith("There is no site.yaml here or above.")
    helped = subprocess.run(
        [*PROGRAM, "--help"], check=True, env=_environment(), capture_output=True, text=True, cwd=tmp_path
    )
    assert helped.stdout.endswith("dateline serve\n")


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}
