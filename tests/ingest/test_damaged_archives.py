"""Web archives that are damaged, and pages in them that are packed: what is whole is read, what is lost is told."""

from __future__ import annotations

import gzip
import random
import sys
import zlib

import pytest

from generator.errors import IngestError
from generator.ingest.inputs import Input
from generator.ingest.packing import Packed, body_of
from tests.ingest.test_warc import record_of

pytest.importorskip("warcio", reason="the extra warc is not installed: web archives are not tested")
brotli = pytest.importorskip("brotli", reason="the extra warc is not installed: br is not tested")


def page_of(number: int, paragraphs: int) -> bytes:
    """Return a page whose words do not repeat themselves, so that packed it is still large."""
    chance = random.Random(number)
    words = "".join(f"<p>{chance.random()} says {chance.random()}.</p>" for _ in range(paragraphs))
    return f"<!doctype html><title>{number}</title>{words}".encode()


def members_of(pages: list[bytes], level: int = 6) -> list[bytes]:
    """Return one packed record for each page, as a crawler writes them."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    form = "application/http; msgtype=response"
    records = [record_of("response", f"https://a.example/{n}", form, head + page) for n, page in enumerate(pages)]
    return [gzip.compress(record, level, mtime=0) for record in records]


def read(content: bytes) -> tuple[list[tuple[str, bytes]], str]:
    """Return the pages of an archive, each with its address, and what was told."""
    pages, told = [], []
    try:
        for piece in Input("standard input", None, content).pieces():
            if piece.fault:
                told.append(piece.fault)
            else:
                pages.append((piece.stated.url, piece.content))
    except IngestError as fault:
        told.append(str(fault))
    return pages, "\n".join(told)


@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_the_pages_behind_a_damaged_one_are_read(share: float) -> None:
    """Records are packed one by one; the one that is lost is told with its address and its place in the file."""
    pages = [page_of(number, 400) for number in range(4)]
    before, hit, *after = members_of(pages)
    at = int(share * len(hit))
    damaged = b"".join((before, hit[:at], bytes(value ^ 255 for value in hit[at : at + 20]), hit[at + 20 :], *after))

    found, told = read(damaged)

    assert [(f"https://a.example/{number}", pages[number]) for number in (0, 2, 3)] == found
    assert f"bytes {len(before):,} to {len(before) + len(hit):,}: " in told
    assert share == 0.02 or "stdin: https://a.example/1 is damaged in the web archive" in told


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_damaged_costs_what_it_hits(seed: int) -> None:
    """No page is given out garbled or twice, none that is whole is lost, and what is lost is told."""
    chance = random.Random(seed)
    pages = [page_of(number, chance.choice((1, 50, 1000))) for number in range(6)]
    members = members_of(pages, chance.choice((0, 6)))
    content, size = b"".join(members), chance.choice((1, 10, 1000, 20_000))
    at = chance.randrange(20, len(content))
    put_there = chance.randbytes(size) if chance.random() < 0.6 else b""
    taken_out = 0 if put_there and chance.random() < 0.3 else size
    damaged = content[:at] + put_there + content[at + taken_out :]
    starts = [sum(map(len, members[:number])) for number in range(7)]
    is_hit = [starts[number] < at + max(taken_out, 1) and at < starts[number + 1] for number in range(6)]

    found, told = read(damaged)

    whole = [(f"https://a.example/{number}", page) for number, page in enumerate(pages)]
    assert [page for page, hit in zip(whole, is_hit, strict=True) if not hit] == [
        page for page in found if not is_hit[int(page[0][-1])]
    ]
    assert [] == [page[0] for page in found if page not in whole]
    assert len(found) == len(whole) or told


def test_the_last_page_is_told_with_its_place() -> None:
    """Behind it there is nothing to go on with."""
    first, last = members_of([page_of(1, 400), page_of(2, 400)])
    found, told = read(first + last[:-8] + b"\0" * 8)

    assert ["https://a.example/0"] == [url for url, _ in found]
    assert "the web archive is broken from byte " in told
    assert "on, in the middle of https://a.example/1" in told


def test_an_archive_that_ends_between_two_pages_early_is_told() -> None:
    """Though of the page in which it ends not even the address has come."""
    first, last = members_of([page_of(1, 400), page_of(2, 400)])
    found, told = read(first + last[:12])

    assert 1 == len(found)
    assert "ends in the middle of what it holds" in told


BODY = page_of(7, 2000)
DEFLATED = zlib.compress(BODY)


@pytest.mark.parametrize(
    ("packing", "packed"),
    [
        ("", BODY),
        ("gzip", gzip.compress(BODY)),
        ("gzip", gzip.compress(BODY[:100]) + gzip.compress(BODY[100:])),
        ("gzip", BODY),
        ("deflate", DEFLATED),
        ("deflate", DEFLATED[2:-4]),
        ("br", brotli.compress(BODY)),
    ],
)
def test_a_body_comes_out_of_its_packing(packing: str, packed: bytes) -> None:
    """In each of the ways in which servers pack, and not when a crawler has unpacked it already."""
    assert BODY == body_of(packed, packing, len(BODY))
    assert len(BODY) > len(body_of(packed, packing, 1000)) > 1000 or packed == BODY


@pytest.mark.parametrize(
    ("packing", "packed"), [("gzip", gzip.compress(BODY)), ("deflate", DEFLATED), ("br", brotli.compress(BODY))]
)
def test_a_body_that_is_not_whole_is_told(packing: str, packed: bytes) -> None:
    """What could be unpacked of it would look like a short report."""
    half = len(packed) // 2
    for broken in (packed[:half], packed[:half] + b"\xff" * 60 + packed[half + 60 :]):
        with pytest.raises(Packed, match="is damaged in the archive"):
            body_of(broken, packing, len(BODY))


def test_a_page_packed_by_br_is_a_page() -> None:
    """As most of today's servers send them to browsers."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n"
    form = "application/http; msgtype=response"
    content = record_of("response", "https://a.example/1", form, head + brotli.compress(BODY))

    assert ([("https://a.example/1", BODY)], "") == read(content)


def test_few_bytes_of_br_do_not_fill_the_memory() -> None:
    """A gigabyte of blanks is a thousand bytes; no more of it is unpacked than was asked for."""
    packer = brotli.Compressor(quality=5)
    blanks = b" " * (1 << 24)
    packed = b"".join((*(packer.process(blanks) for _ in range(64)), packer.finish()))

    assert 4000 > len(packed)
    assert 3_000_000 > len(body_of(packed, "br", 1_000_000)) > 1_000_000


def test_without_brotli_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is part of what is told."""
    monkeypatch.setitem(sys.modules, "brotli", None)
    with pytest.raises(Packed) as fault:
        body_of(brotli.compress(BODY), "br", len(BODY))

    assert "dateline[warc]" in fault.value.advice
