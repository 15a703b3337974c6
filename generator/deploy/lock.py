"""One deploy at a time: a lock that the system lets go of when its holder dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import DeployError


@contextmanager
def one_at_a_time(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file at `path`; raises DeployError at once when another process holds it.

    The file stays behind on purpose: once it is deleted, a third process could lock a new
    file while a second still holds the old one.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as fault:
        raise DeployError(f"{path} cannot be written: {fault.strerror}. Nothing was published.") from fault
    try:
        try:
            _lock(handle)
        except OSError as fault:
            raise DeployError(
                f"Another deploy to {what} is running. Wait until it has ended, then run this one again."
            ) from fault
        yield
    finally:
        # Closing lets go of the lock.
        os.close(handle)


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
