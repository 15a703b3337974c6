"""`dateline check` through the front door."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli.main import main

GOOD = '<!doctype html><html lang="en"><head><title>x</title></head><body><h1>x</h1></body></html>'
SITE = f"-- public/index.html --\n{GOOD}\n"


@pytest.mark.parametrize(
    ("status", "body", "counted"),
    [
        (0, "", "1 page, 1 file: no errors, no warnings."),
        (0, '<a href="http://old.example/">x</a>', "no errors, 1 warning."),
        (1, '<a href="/gone/">x</a>', "1 error, no warnings."),
    ],
)
def test_the_status_says_whether_there_are_errors(
    make_site: Callable[[str], Path],
    capsys: pytest.CaptureFixture[str],
    status: int,
    body: str,
    counted: str,
) -> None:
    """A warning is told, but does not stop a script that goes on to deploy."""
    root = make_site(SITE.replace("</body>", f"{body}</body>"))

    assert status == main(["check", "--root", str(root)])

    assert capsys.readouterr().out.endswith(f"{counted}\n")


def test_programs_read_json(make_site: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Every fault with file, line, message, advice and severity."""
    root = make_site(SITE.replace("</body>", '<a href="/gone/">x</a></body>'))

    main(["check", "--json", "--root", str(root)])

    told = json.loads(capsys.readouterr().out)
    assert (told["pages"], told["files"], told["errors"], told["warnings"]) == (1, 1, 1, 0)
    assert set(told["faults"][0]) == {"path", "line", "message", "advice", "severity"}


def test_without_a_built_site_it_says_what_to_do(
    make_site: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty folder is not a site without faults."""
    root = make_site("-- content/topics/iraq.md --\n---\ntitle: Iraq\n---\n")

    assert main(["check", "--root", str(root)]) == 2
    assert 'Run "dateline build" first' in capsys.readouterr().err
