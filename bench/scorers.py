"""The scorers that come with the external corpora, run as the programs they are: nothing of theirs is written again.

The corpora are found by DATELINE_CORPORA, else at ../shared/corpora beside the checkout.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, NamedTuple


class Given(NamedTuple):
    """What a way gives for one page: its text (Markdown where `suffix` says so), and what it knows beside it."""

    text: str
    metadata: Mapping[str, Any] | None = None
    suffix: str = ".txt"


def corpora() -> Path:
    """Return the folder of the external corpora."""
    named = os.environ.get("DATELINE_CORPORA")
    return Path(named) if named else Path(__file__).resolve().parent.parent.parent / "shared" / "corpora"


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


@cache
def scorer() -> ModuleType:
    """Return the extraction corpus's own scorer as a module."""
    spec = importlib.util.spec_from_file_location("corpus_score", corpora() / "extraction" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored_pages(given: Mapping[str, Given], rendering: str = "") -> dict[str, Any]:
    """Return the scorer's figures for all pages: f1, f1_sd, precision, recall; title, date and authors where given."""
    truth = corpora() / "extraction"
    with TemporaryDirectory() as folder:
        for name, one in given.items():
            Path(folder, name + one.suffix).write_text(one.text, "utf-8")
            if one.metadata is not None:
                Path(folder, f"{name}.json").write_text(json.dumps(one.metadata), "utf-8")
        figures = Path(folder, "figures")
        render = ("--render", rendering) if rendering else ()
        _run(truth / "score.py", truth, folder, "--json", figures, *render)
        found: dict[str, Any] = json.loads(figures.read_text("utf-8"))
    return found


def scored_topics(task: str, truth: Path, predictions: Iterable[str], *more: str) -> dict[str, Any]:
    """Return the figures of the topics corpus's scorer for lines of predictions."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "predictions.jsonl")
        file.write_text("".join(f"{line}\n" for line in predictions), "utf-8")
        found: dict[str, Any] = json.loads(_run(corpora() / "topics" / "score_topics.py", task, truth, file, *more))
    return found


def _run(program: Path, *words: object) -> str:
    command = [sys.executable, str(program), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
