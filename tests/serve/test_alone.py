"""One preview of a site at a time."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from generator.serve import alone


def test_a_full_disk_keeps_the_address_and_not_the_preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address is left for a second preview alone; the one that runs goes on without."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(alone, "replace_file", full)

    with alone.only_preview(tmp_path) as tell_others:
        tell_others("http://127.0.0.1:8000/")

        assert not (tmp_path / ".dateline" / "serve.address").exists()
