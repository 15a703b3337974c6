"""A build without the collector of circular values, which would look at all that lives again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Stop the collector of circular values: a build makes none, and every visit would walk over all live articles.

    What lives on after the build, a site and its plan, is no longer visited either.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()
