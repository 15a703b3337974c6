"""What all tests share: sites from text literals, and expected texts that can be rewritten and reviewed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.built_site import absent
from tests.literal import write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-expected", action="store_true", help="rewrite expected texts; review the difference")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long runs out unless they are asked for by `-m deep`."""
    if "deep" not in config.option.markexpr:
        left_out = [item for item in items if item.get_closest_marker("deep")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that writes a site from a literal and returns its folder."""
    return lambda literal: write_site(tmp_path / "site", literal)


@pytest.fixture
def update_expected(request: pytest.FixtureRequest) -> bool:
    """Say whether expected texts are to be rewritten instead of compared."""
    return bool(request.config.getoption("--update-expected"))


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Return the folder of the external corpora; tests that need them are skipped, loudly, where they are absent."""
    place = Path(os.environ.get("DATELINE_CORPORA") or ROOT.parent / "shared" / "corpora")
    if not place.is_dir():
        pytest.skip(f"the external corpora are not at {place}: set DATELINE_CORPORA to their folder")
    return place


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a Chromium that ends with its module: the library that drives it serves no two in one process."""
    place = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if place is None:
        absent("no Chromium is installed (Debian: chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=place, args=FLAGS)
        yield running
        running.close()
