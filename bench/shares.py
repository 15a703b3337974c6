"""How much of the corpus's Markdown Dateline's fast rules take, and how much is left to the library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from bench.corpus import stories
from bench.layouts import dateline_body
from generator.text.fast_markdown import take_prose


class Share(NamedTuple):
    """Of one shape of body: how many there are, how many need no library at all, and blocks with those taken fast."""

    bodies: int
    wholly_fast: int
    blocks: int
    fast_blocks: int


def markdown_shares(total: int, seed: int) -> Mapping[str, Share]:
    """Return the shares by shape of body."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for story in stories(total, seed):
        body = dateline_body(story)
        prose = take_prose(body)
        for place, number in enumerate((1, prose.is_whole, len(body.split("\n\n")), len(prose.blocks))):
            counts[story.shape][place] += number
    return {shape: Share(*numbers) for shape, numbers in sorted(counts.items())}


def told_shares(shares: Mapping[str, Share]) -> str:
    """Return the shares as lines for a person."""
    lines = ["Markdown taken by fast rules (the rest by markdown-it-py):"]
    for shape, share in shares.items():
        lines.append(
            f"  {shape:<10} {share.wholly_fast / share.bodies:4.0%} of bodies wholly, "
            f"{share.fast_blocks / share.blocks:4.0%} of blocks"
        )
    return "\n".join(lines)
