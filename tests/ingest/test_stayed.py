"""Files that stay in the inbox are told once for each state they are in, however often a preview begins."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from generator.cli.ingest_values import site_values
from generator.ingest.run import FAILED, HELD, Taken, ingest_inbox
from generator.ingest.stayed import PLACE
from tests.ingest.conftest import NOW

BAD = b"\x89PNG\x00\x00\xff"


def take_in(site: Path) -> tuple[Taken, ...]:
    """Take in the inbox as a preview that begins does."""
    values = site_values(site)
    return ingest_inbox(site, values.config, values.topics, values.sources, NOW)


def bad(site: Path, name: str = "bad.txt") -> Path:
    """Put a file into the inbox that cannot be taken in."""
    path = site / "content/inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(BAD)
    return path


@pytest.mark.parametrize("name", ["bad.txt", "post/bad.txt", "no-such-source/bad.txt"])
def test_a_file_that_stays_is_told_once(site: Path, name: str) -> None:
    """And again when it, or the note beside it, is another one, or when what is known of it was lost."""
    path = bad(site, name)

    assert [FAILED] == [each.state for each in take_in(site)]
    assert () == take_in(site)

    path.write_bytes(BAD * 2)
    assert [FAILED] == [each.state for each in take_in(site)]
    path.with_name("bad.txt.yaml").write_text("date: 2019-11-18", encoding="utf-8")
    assert [FAILED] == [each.state for each in take_in(site)]
    assert () == take_in(site)
    (site / PLACE).write_text("{", encoding="utf-8")
    assert [FAILED] == [each.state for each in take_in(site)]


def test_another_file_is_told_by_itself(site: Path, bulletin: str) -> None:
    """What lies beside it is not told with it; what has gone is forgotten."""
    first = bad(site)
    take_in(site)
    (site / "content/inbox/good.txt").write_text(bulletin, encoding="utf-8")
    bad(site, "other.txt")

    assert [("good.txt", HELD), ("other.txt", FAILED)] == [
        (Path(each.where).name, each.state) for each in take_in(site)
    ]

    first.unlink()
    take_in(site)
    os.utime(bad(site), ns=(0, 0))
    assert ["bad.txt"] == [Path(each.where).name for each in take_in(site)]


def test_of_an_archive_with_one_bad_page_nothing_is_told_twice(site: Path, page: str) -> None:
    """Neither the page nor the articles that were made of the others and are known by now."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    pytest.importorskip("warcio", reason="the extra warc is not installed: web archives are not tested")
    from tests.ingest.test_warc import archive_of, record_of

    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: zstd\r\n\r\n\x28\xb5\x2f\xfd\0\1"
    record = record_of("response", "https://harbour-post.example/4", "application/http; msgtype=response", answer)
    (site / "content/inbox").mkdir()
    (site / "content/inbox/crawl.warc.gz").write_bytes(archive_of(page) + gzip.compress(record, mtime=0))

    assert 1 == [each.state for each in take_in(site)].count(FAILED)
    assert () == take_in(site)


def test_what_could_not_be_written_is_told_each_time(
    site: Path, bulletin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is no fault of the file, and whoever begins again wants to know that it is full still."""
    (site / "content/inbox").mkdir()
    (site / "content/inbox/good.txt").write_text(bulletin, encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert [FAILED] == [each.state for each in take_in(site)]
        assert [FAILED] == [each.state for each in take_in(site)]
    assert [HELD] == [each.state for each in take_in(site)]
