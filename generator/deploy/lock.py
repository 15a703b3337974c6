"""One deploy to a place at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator.errors import DeployError
from generator.files import held_alone


@contextmanager
def one_at_a_time(path: Path, place: str) -> Iterator[None]:
    """Hold the lock file at `path`; raises DeployError at once when another deploy to `place` holds it."""
    busy = DeployError(f"Another deploy to {place} is running. Wait until it has ended, then run this one again.")
    with ExitStack() as held:
        try:
            held.enter_context(held_alone(path, busy))
        except OSError as fault:
            raise DeployError(f"{path} cannot be written: {fault.strerror}. Nothing was published.") from fault
        yield
