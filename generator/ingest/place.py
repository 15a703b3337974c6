"""Put a new content file in its place: whole or not at all, and never over one that stands there."""

from __future__ import annotations

import os
from pathlib import Path


def write_new(place: Path, content: bytes, aside: Path | None = None) -> bool:
    """Put a new file in its place, whole; return False when something stands there already. Raises OSError.

    It is written to `aside` first, which is this process's alone, so that a kill leaves nothing among the content.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = aside or place.with_name(f".{place.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link fails where a file stands already; a replacement would not.
            os.link(temporary, place)
        except FileExistsError:
            return False
        except OSError:
            return _write_where_links_fail(place, content)
        return True
    finally:
        temporary.unlink(missing_ok=True)


def _write_where_links_fail(place: Path, content: bytes) -> bool:
    try:
        with place.open("xb") as file:
            file.write(content)
    except FileExistsError:
        return False
    except OSError:
        place.unlink(missing_ok=True)
        raise
    return True
