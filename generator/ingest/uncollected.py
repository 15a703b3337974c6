"""Measuring and comparing without the collector of circular values, which visits what is measured time and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector of circular values wait until an article, or what copies another, is found.

    Thousands of values are made for each page, none of them circular, and nearly all are gone when it is done; the
    collector's visits to them took a tenth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
