"""The forms in which raw reports come: what is in a file, told by its first bytes and never by its name.

A file of many reports is split; each piece is a raw file of its own from then on, with its own SHA-256.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.config import IngestRules
from generator.ingest.raw import NOTHING_STATED, RawItem, Stated, raw_item


class Piece(NamedTuple):
    """One report of a raw file; `entry` is what a feed calls it, `stated` what its wrapping says."""

    name: str
    content: bytes
    stated: Stated = NOTHING_STATED
    entry: str = ""


def split(name: str, content: bytes, kind: str = "", stated: Stated = NOTHING_STATED) -> Iterator[Piece]:
    """Yield the reports in a raw file, most often one; raises IngestError."""
    yield Piece(name, content, stated)


def read_form(name: str, content: bytes, kind: str, stated: Stated, rules: IngestRules) -> RawItem:
    """Return one report as a raw item; raises IngestError when it cannot be read."""
    return raw_item(name, content, kind or None, stated)
