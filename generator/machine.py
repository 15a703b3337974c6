"""What the machine lets a command do at one time."""

from __future__ import annotations

import os


def cores() -> int:
    """Return how many processes can work at once here."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
