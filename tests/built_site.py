"""The sample site, built as a newcomer builds it, and the outside tools that look at it.

What an absent tool would have looked at is skipped and named; with CI=true its absence fails.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOW = "2020-01-12T18:00+03:00"
AT_THE_ROOT = "https://brief.example/"
BELOW_A_PATH = "https://org.example/briefs/"
BASE_URLS = {AT_THE_ROOT: "", BELOW_A_PATH: "/briefs"}

BuiltSample = Callable[[str], Path]


@pytest.fixture(scope="session")
def built_sample(tmp_path_factory: pytest.TempPathFactory) -> BuiltSample:
    """Return a function from a base URL to the folder of the sample built for it; each is built once a run."""

    @cache
    def build(base_url: str) -> Path:
        root = tmp_path_factory.mktemp("sample")
        shutil.copytree(ROOT / "content", root / "content", ignore=shutil.ignore_patterns("inbox"))
        settings = (ROOT / "site.yaml").read_text(encoding="utf-8")
        (root / "site.yaml").write_text(
            re.sub(r"(?m)^base_url: .*$", f"base_url: {base_url}", settings), encoding="utf-8"
        )
        done = dateline("build", "--root", str(root), "--now", NOW)
        assert done.returncode == 0, done.stdout + done.stderr
        return root / "public"

    return build


def dateline(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, as a person does."""
    command = [sys.executable, "-m", "generator.cli.main", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def program(name: str, package: str) -> str:
    """Return the path of an installed program, or leave the test with a word on what to install."""
    found = shutil.which(name)
    return found if found is not None else absent(f"{name} is not installed (Debian: {package})")


def node_tool(path: str) -> Path:
    """Return a file of the node tools, from the folder that DATELINE_NODE names or where npm puts them."""
    named = os.environ.get("DATELINE_NODE")
    folders = [Path(named)] if named else [ROOT / "tests/node/node_modules", ROOT / "node_modules"]
    for folder in folders:
        if (folder / path).exists():
            return folder / path
    return absent(f"{path} is not installed (npm ci --prefix tests/node --ignore-scripts)")


def absent(what: str) -> NoReturn:
    """Leave the test, loudly: skipped with what was not looked at, or failed where nothing may be skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}, and CI=true lets nothing be skipped")
    pytest.skip(f"NOT CHECKED: {what}")
