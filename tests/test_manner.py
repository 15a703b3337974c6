"""The style the code is held to: lint, format and types, run as the tools' own commands."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    "words",
    [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)],
    ids=" ".join,
)
def test_the_tools_find_nothing(words: tuple[str, ...]) -> None:
    """Lint, format and strict types are clean; what they say is shown."""
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_no_folder_of_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    """The runner looks into every folder that holds tests; by default it leaves out those called `build`."""
    passed_over = pytestconfig.getini("norecursedirs")
    folders = {folder for test in (ROOT / "tests").rglob("test_*.py") for folder in test.relative_to(ROOT).parts[:-1]}

    assert "build" in folders
    assert [] == [folder for folder in folders - {"node_modules"} if any(map(Path(folder).match, passed_over))]


def test_what_has_a_name_of_its_own_says_what_it_is() -> None:
    """Every class, and every function or method without a leading underscore, has a docstring.

    The tools ask this only of what is public all the way up; a method of a private class is called by others too.
    """
    silent = [
        f"{path.relative_to(ROOT)}:{found.lineno}: {found.name}"
        for path in sorted((ROOT / "generator").rglob("*.py"))
        for found in _named(ast.parse(path.read_text(encoding="utf-8")))
        if not ast.get_docstring(found)
    ]

    assert silent == []


def _named(tree: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node
            yield from _named(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


def test_the_continuous_check_runs_what_the_readme_says() -> None:
    """Whoever follows the README runs the same line as the machine that guards the branch."""
    line = (ROOT / ".ci/run").read_text().rstrip().rpartition("\n")[2]

    assert line.endswith("-m pytest")
    assert line in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock", "tests/node/package-lock.json"])
def test_locks_name_no_place_to_load_from(name: str) -> None:
    """Where packages come from is each machine's own matter; digests say that they are the right ones."""
    text = (ROOT / name).read_text()

    assert "resolved" not in text
    assert "index-url" not in text.replace("--no-emit-index-url", "")
    assert "sha256:" in text or "sha512-" in text


def test_both_locks_agree() -> None:
    """What the tests run with is what the program runs with."""
    runs, tests = (_pins(ROOT / name) for name in ("requirements.lock", "requirements-test.lock"))

    assert runs.items() <= tests.items()


def _pins(path: Path) -> dict[str, str]:
    rows = [row.split(" ")[0] for row in path.read_text().splitlines() if "==" in row and not row.startswith("#")]
    return dict(row.split("==") for row in rows)
