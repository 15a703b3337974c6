"""The forms in which raw reports come: what is in a file, told by its first bytes and never by its name.

A file of many reports is split; each piece is a raw file of its own from then on, with its own SHA-256.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import IO

from generator.config import IngestRules
from generator.errors import IngestError
from generator.ingest.feed import is_feed, is_other_xml, read_entry, split_feed
from generator.ingest.mail import is_mail, read_mail
from generator.ingest.members import is_warc
from generator.ingest.raw import NOTHING_STATED, TEXT, RawItem, Stated, raw_item, unpacked
from generator.ingest.reader import NOT_READ, Reading, command_for, read_by_command
from generator.ingest.warc import pages_of
from generator.named import NamedTuple


class Piece(NamedTuple):
    """One report of a raw file; `entry` is what a feed calls it, `stated` what its wrapping says.

    With a `fault` it could not be read.
    """

    name: str
    content: bytes
    stated: Stated = NOTHING_STATED
    entry: str = ""
    fault: str = ""


def split(name: str, content: bytes, kind: str = "", stated: Stated = NOTHING_STATED) -> Iterator[Piece]:
    """Yield the reports in a raw file, most often one; raises IngestError.

    An entry that was kept by itself is one piece, the same as it is.
    """
    if not kind and is_warc(content[:4096]):
        yield from split_archive(name, BytesIO(content))
        return
    taken_out = unpacked(name, content)
    if kind or not is_feed(taken_out):
        yield Piece(name, content, stated)
        return
    for part in split_feed(name, taken_out):
        # A feed's file is named after the day it was fetched, which is no entry's.
        yield Piece("entry.json" if part.content[:1] == b"{" else "entry.xml", part.content, part.stated, part.entry)


def split_archive(name: str, file: IO[bytes]) -> Iterator[Piece]:
    """Yield the pages of a web archive, which may be larger than memory."""
    for page in pages_of(name, file):
        yield Piece("page", page.content, page.stated, fault=page.fault)


def read_form(
    name: str, content: bytes, kind: str, stated: Stated, rules: IngestRules, *, reading: Reading = NOT_READ
) -> RawItem:
    """Return one report as a raw item; raises IngestError when it cannot be read.

    `reading` is what the command that a site has for such a file has already made of it.
    """
    ending, command = command_for(name, rules.readers)
    if reading.fault:
        raise IngestError(reading.fault)
    if reading.text or command:
        printed = reading.text or read_by_command(name, content, ending, command)
        return raw_item(name, printed, kind or None)._replace(content=content)
    if kind:
        return raw_item(name, content, kind, stated)
    taken_out = unpacked(name, content)
    if is_feed(taken_out):
        return read_entry(name, content, stated)
    if is_mail(taken_out):
        return read_mail(name, content)
    item = raw_item(name, content, None, stated)
    if item.kind == TEXT and is_other_xml(item.text):
        raise IngestError(f"{name}: this is XML, and neither a page nor a feed. Take in the pages it speaks of.")
    return item
