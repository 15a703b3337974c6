"""Web archives: the pages in them, one by one, with address and moment; what is no page or did not come is left."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from generator.errors import IngestError
from generator.ingest import warc as warc_module
from generator.ingest.facts import Said
from generator.ingest.inputs import Input, gather
from generator.ingest.run import FAILED, KNOWN, WRITTEN, take_all
from tests.ingest.conftest import desk_of

warcio = pytest.importorskip("warcio", reason="the extra warc is not installed: web archives are not tested")


def archive_of(page: str, *, is_packed: bool = True) -> bytes:
    """Return a web archive as a crawler writes it: a page, the same with its packing, and what is no page."""
    packed = gzip.compress(page.replace("Dredgers", "Two dredgers").encode(), mtime=0)
    answers = (
        ("1", "200 OK", "Content-Type: text/html; charset=utf-8", page.encode()),
        ("2", "200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip", packed),
        ("3", "404 Not Found", "Content-Type: text/html", page.encode()),
        ("p.png", "200 OK", "Content-Type: image/png", b"\x89PNG"),
        ("robots.txt", "200 OK", "Content-Type: text/plain", b"User-agent: *"),
        ("empty", "200 OK", "Content-Type: text/html", b""),
    )
    records = [record_of("warcinfo", "", "application/warc-fields", b"software: test\r\n")]
    for name, status, headers, body in answers:
        answer = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body
        records.append(
            record_of("response", f"https://harbour-post.example/{name}", "application/http; msgtype=response", answer)
        )
    return b"".join(gzip.compress(record, mtime=0) if is_packed else record for record in records)


def record_of(kind: str, url: str, form: str, content: bytes) -> bytes:
    """Return one record of an archive, with its head."""
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{target}WARC-Date: 2019-11-19T07:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:0-{url}>\r\nContent-Type: {form}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


@pytest.mark.parametrize("is_packed", [True, False])
def test_the_pages_of_an_archive(page: str, tmp_path: Path, is_packed: bool) -> None:
    """Told by its bytes; each page with its address, when it was fetched, and unpacked."""
    path = tmp_path / "crawl.bin"
    path.write_bytes(archive_of(page, is_packed=is_packed))
    for one in (Input(str(path), path), Input("standard input", None, path.read_bytes())):
        pieces = list(one.pieces())

        assert ["/1", "/2"] == [piece.stated.url[-2:] for piece in pieces]
        assert {"2019-11-19T07:00:00+00:00"} == {piece.stated.retrieved for piece in pieces}
        assert page.encode() == pieces[0].content
        assert b"Two dredgers" in pieces[1].content


def test_an_archive_becomes_articles_once(site: Path, page: str, tmp_path: Path) -> None:
    """Each page is known by its own bytes when the archive is taken in again."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(archive_of(page.replace("<link rel=", "<x rel=")))
    said = Said(date="2019-11-18")
    first = list(take_all(gather([str(path)], None), said, desk_of(site)))
    again = list(take_all(gather([str(path)], None), said, desk_of(site)))

    assert [WRITTEN, WRITTEN] == [each.state for each in first], first
    assert [KNOWN, KNOWN] == [each.state for each in again]
    assert "retrieved: 2019-11-19T07:00:00+00:00" in (site / "content" / first[0].path).read_text("utf-8")


def test_a_broken_archive_keeps_what_came_before(site: Path, page: str, tmp_path: Path) -> None:
    """The pages before the damage are articles; the damage is told."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    path = tmp_path / "crawl.warc"
    content = archive_of(page, is_packed=False)
    at = content.index(b"WARC/1.0", content.index(b"harbour-post.example/2") - 400)
    path.write_bytes(content[:at] + b"\x00\x01 this is no record\r\n\r\n" * 3)
    taken = list(take_all(gather([str(path)], None), Said(date="2019-11-18"), desk_of(site)))

    assert [WRITTEN, FAILED] == [each.state for each in taken], taken
    assert "broken from here on" in taken[1].message


@pytest.mark.parametrize("is_packed", [True, False])
def test_an_archive_that_is_cut_short_is_told(page: str, is_packed: bool) -> None:
    """The page it ends in is not taken for a whole one; those before it are there, and so is the sentence."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.encode()
    kind = "application/http; msgtype=response"
    records = [record_of("response", f"https://a.example/{name}", kind, answer) for name in "12"]
    first, second = (gzip.compress(record, mtime=0) if is_packed else record for record in records)
    for share in (0.2, 0.5, 0.9):
        pieces = Input("crawl.warc", None, first + second[: int(share * len(second))]).pieces()

        assert page.encode() == next(pieces).content
        with pytest.raises(IngestError, match=r"ends in the middle of .+\. Fetch the archive again"):
            next(pieces)


def test_an_archive_packed_all_at_once_is_read(page: str) -> None:
    """As `gzip` itself packs a file, and filled up with zero bytes as some writers do."""
    content = gzip.compress(archive_of(page, is_packed=False)) + b"\0" * 512

    assert ["/1", "/2"] == [piece.stated.url[-2:] for piece in Input("standard input", None, content).pieces()]


@pytest.mark.parametrize(
    ("header", "body", "told"),
    [
        ("Content-Type: text/html\r\nContent-Encoding: zstd", b"\x28\xb5\x2f\xfd\0\1", 'packed as "zstd"'),
        ("Content-Type: text/html\r\nContent-Encoding: zstd", b"<html><p>Unpacked.</html>", ""),
        ("X-Nothing: stated", b"<!doctype html><p>A page.", ""),
    ],
)
def test_a_page_is_judged_by_its_bytes(header: str, body: bytes, told: str) -> None:
    """What cannot be unpacked is told with its address; a head that is wrong or says nothing costs no page."""
    answer = f"HTTP/1.1 200 OK\r\n{header}\r\n\r\n".encode() + body
    content = record_of("response", "https://a.example/1", "application/http; msgtype=response", answer)

    (piece,) = Input("standard input", None, content).pieces()

    assert told in piece.fault
    assert bool(told) == bool(piece.fault)
    assert not told or "https://a.example/1" in piece.fault


def test_what_is_known_is_named_by_its_address(site: Path, page: str, tmp_path: Path) -> None:
    """An archive holds many pages, and its own name says nothing of which."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    path = tmp_path / "crawl.warc"
    path.write_bytes(archive_of(page) + archive_of(page))
    taken = list(take_all(gather([str(path)], None), Said(date="2019-11-18"), desk_of(site)))

    assert f"{path} (https://harbour-post.example/1)" in [each.where for each in taken if each.state == KNOWN]


def test_a_page_that_is_too_large_costs_itself_alone(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A packed page that grows without end is told, and the next one is read."""
    monkeypatch.setattr(warc_module, "MOST_BYTES", len(page.encode()))
    pieces = list(Input("standard input", None, archive_of(page)).pieces())

    assert ["", "standard input" in pieces[1].fault or "larger than" in pieces[1].fault] == [pieces[0].fault, True]


def test_without_the_library_the_extra_is_named(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is part of the sentence."""
    monkeypatch.setitem(__import__("sys").modules, "warcio.archiveiterator", None)
    with pytest.raises(IngestError, match="dateline\\[warc\\]"):
        list(Input("standard input", None, archive_of(page)).pieces())
