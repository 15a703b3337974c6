"""What was found in a raw item: a clean article that has no place yet."""

from __future__ import annotations

from typing import Any

from generator.ingest.clean import Dropped
from generator.named import NamedTuple


class Extracted(NamedTuple):
    """What was found in a raw item; "" and () for what it does not say, never a guess.

    `body` is CommonMark; `inferred` maps a field to what was concluded without being stated; `evidence` are words of
    the raw text that speak for a date or a source, for a person to judge;
    `moment` is that of publication, with its offset, where clock and zone are stated; `date` is its day there;
    `retrieved` is when the page was saved, as it says.
    """

    title: str = ""
    dek: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    url: str = ""
    source: str = ""
    body: str = ""
    place: str = ""
    doubtful: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    inferred: tuple[tuple[str, str], ...] = ()
    evidence: tuple[str, ...] = ()
    retrieved: str = ""
    moment: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the fields a program reads, null for what is not known."""
        return {
            "title": self.title or None,
            "dek": self.dek or None,
            "date": self.date or None,
            "authors": list(self.authors) or None,
            "language": self.language or None,
            "url": self.url or None,
            "source": self.source or None,
            "retrieved": self.retrieved or None,
            "inferred": dict(self.inferred),
            "doubtful": list(self.doubtful),
            "dropped": {cut.kind: list(cut.lines) for cut in self.dropped},
            "evidence": list(self.evidence),
        }

    @property
    def cut(self) -> int:
        """How many lines or pieces were cut."""
        return sum(len(cut.lines) for cut in self.dropped)
