"""What a system refuses a build, in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import OutputError


@contextmanager
def told_plainly(cache: Path) -> Iterator[None]:
    """Turn a system's refusal to write the cache into a sentence."""
    try:
        yield
    except OSError as fault:
        place = fault.filename or cache
        raise OutputError(
            f"{place} cannot be written: {fault.strerror}. Make room or mend it, then build again."
        ) from fault
