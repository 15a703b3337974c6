"""A small site to take raw files into, and the texts of the cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.cli.ingest_values import site_values
from generator.ingest.run import Desk

CASES = Path(__file__).resolve().parent.parent / "cases" / "ingest"
SITE = """\
-- content/topics/port.md --
---
title: The port
aliases: [harbour, port board, dredgers, inner basin]
---
The port.
-- content/topics/fishing.md --
---
title: Fishing
aliases: [fishermen, herring]
---
The fleet.
-- content/sources/post.md --
---
name: The Harbour Post
domains: [harbour-post.example]
rights: excerpt
---
-- content/sources/own.md --
---
name: Own desk
kind: own
rights: full
---
"""
NOW = datetime(2019, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def site(make_site: Callable[[str], Path]) -> Path:
    """Return the folder of a site with two topics and two sources."""
    return make_site(SITE)


@pytest.fixture
def desk(site: Path) -> Desk:
    """Return the desk of that site."""
    return desk_of(site)


def desk_of(site: Path, now: datetime = NOW) -> Desk:
    values = site_values(site)
    return Desk(site, values.config, values.topics, values.sources, now)


@pytest.fixture(scope="session")
def bulletin() -> str:
    """Return a scraped text, with the menu, the pitch and the footer around it."""
    return (CASES / "bulletin.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def page() -> str:
    """Return a saved web page."""
    return (CASES / "page.html").read_text(encoding="utf-8")
