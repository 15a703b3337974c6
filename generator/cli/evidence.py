"""Why a topic is suggested, in rows that a person reads at a glance: its points, and the words that made them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.ingest.tag import Evidence, TopicScore

WIDTH = 80


def evidence_rows(found: Iterable[TopicScore], indent: str = "  ") -> list[str]:
    """Return a row for each topic: id, points, and as many of its forms, the weightiest first, as the row holds."""
    topics = list(found)
    longest = max((len(each.topic) for each in topics), default=0)
    return [_row(each, f"{indent}{each.topic:<{longest}}  {each.score:>5.2f}  ") for each in topics]


def told(one: Evidence) -> str:
    """Return one form as words: how often it stands, where, and what that gives."""
    return f"{one.form} ×{one.count} in {one.field} {one.points:g}"


def plain_row(found: TopicScore) -> dict[str, Any]:
    """Return a score as plain data."""
    return {"topic": found.topic, "score": found.score, "evidence": [one._asdict() for one in found.evidence]}


def _row(found: TopicScore, row: str) -> str:
    words = [told(one) for one in found.evidence]
    shown = words[:1]
    for number, word in enumerate(words[1:], 2):
        rest = f", and {len(words) - number} more" if number < len(words) else ""
        if len(row) + len(", ".join((*shown, word))) + len(rest) > WIDTH:
            return f"{row}{', '.join(shown)}, and {len(words) - len(shown)} more"
        shown.append(word)
    return row + ", ".join(shown)
