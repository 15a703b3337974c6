"""Work without the collector of circular values, which would look at all that lives again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(*, lasts: bool = False) -> Iterator[None]:
    """Stop the collector for a piece of work that makes many values, none of them circular: it visits them in vain.

    With `lasts` what lives on after the work, as a site and its plan do, is not visited later either; whatever is
    circular of it would then never go.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if lasts:
                gc.freeze()
            gc.enable()
