"""Which reports belong together, before and after: the two-way form of "earlier on this", for the instruments.

The product itself only looks backwards (`model/related.py`), so that a published list never changes.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.likeness import MOST
from generator.model.matter import Item
from generator.model.related import earlier


def both_ways(items: Sequence[Item]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each item's key with the keys of those that belong to it; `items` run from old to new.

    What came later is found by reading time the other way round, and the two lists take turns.
    """
    before = dict(earlier((), items))
    turned = [item._replace(day=-item.day) for item in reversed(items)]
    after = dict(earlier((), turned))
    return tuple((item.key, _in_turns(before[item.key], after[item.key])) for item in items)


def _in_turns(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    longer = max(len(one), len(other))
    taken = [keys[place] for place in range(longer) for keys in (one, other) if place < len(keys)]
    return tuple(dict.fromkeys(taken))[:MOST]
