"""The bench of "earlier on this" times the finding itself, wherever a build takes it from."""

from __future__ import annotations

from pathlib import Path

from bench.earlier import cold_build
from bench.layouts import write_site


def test_the_share_is_of_the_build(tmp_path: Path) -> None:
    """What finding took is more than nothing and less than the whole build."""
    write_site("dateline", tmp_path / "site", 60, seed=7)

    spent = cold_build(tmp_path / "site", tmp_path)

    assert 0 < spent.earlier < spent.build
