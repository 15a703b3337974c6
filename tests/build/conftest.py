"""What several tests of the build need of their surroundings."""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest


@pytest.fixture
def ten_seconds_ahead() -> Iterator[None]:
    """Let every scan be made ten seconds from now, so that files just written count as settled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.build.stamp.time", SimpleNamespace(time_ns=lambda: time.time_ns() + 10_000_000_000))
        yield
