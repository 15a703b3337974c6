"""When a published site stops being what the clock makes it: `publish_at` and `expire_at` of its articles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.named import NamedTuple

if TYPE_CHECKING:
    from generator.model.article import Article

ALWAYS = 1 << 62


class Validity(NamedTuple):
    """The span of time, in seconds since 1970, in which the same files give the same site; `until` lies outside it."""

    since: int
    until: int

    def holds_at(self, now: int) -> bool:
        """Say whether a build at `now` would find the same articles published."""
        return self.since <= now < self.until


def validity_at(now: int, articles: Iterable[Article]) -> Validity:
    """Return the span around `now` in which no article is published or expires."""
    turns = [
        moment.instant
        for article in articles
        for moment in (article.publish_at, article.expire_at)
        if moment is not None
    ]
    return Validity(
        max((turn for turn in turns if turn <= now), default=-ALWAYS),
        min((turn for turn in turns if turn > now), default=ALWAYS),
    )
