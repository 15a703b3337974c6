"""The command `dateline ingest` as it is called: standard input, addresses, and words that do not go together."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.ingest.prepare import Refused
from tests.ingest.conftest import CASES, SITE
from tests.literal import write_site

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", SITE)


def ingest(site: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "generator.cli.main", "ingest", "--root", str(site), *words]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=60)


def test_standard_input_with_its_address(site: Path) -> None:
    """A report from a pipe becomes an article of the source at whose domain it stands."""
    url = "https://harbour-post.example/basin"
    given = (CASES / "bulletin.txt").read_bytes()
    done = ingest(site, "-", "--url", url, "--date", "2019-11-18", given=given)
    again = ingest(site, "-", "--url", url, given=given)

    assert 0 == done.returncode, done.stderr
    (article,) = (site / "content/articles/2019/11/18").glob("*.md")
    text = article.read_text("utf-8")
    assert f"url: {url}\n" in text
    assert "key: post\n" in text
    assert b"known already" in again.stdout


def test_ingest_finds_the_site_it_stands_in(site: Path) -> None:
    """As every other command: the nearest folder with a site.yaml is the site; paths are from where one stands."""
    place = site / "saved"
    place.mkdir(parents=True)
    (place / "one.txt").write_bytes((CASES / "bulletin.txt").read_bytes())
    command = [sys.executable, "-m", "generator.cli.main", "ingest", "one.txt", "--source", "post"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, check=False, timeout=60)

    assert 0 == done.returncode, done.stderr
    assert len(list((site / "content/articles").rglob("*.md"))) == 1


@pytest.mark.parametrize("path", ["content", "content/articles", "content/topics/harbour.md", "."])
def test_the_content_of_the_site_is_not_taken_in_again(site: Path, path: str) -> None:
    """A slip of the hand must not make a held article of every file; what lies in the inbox may be named."""
    inbox = site / "content/inbox"
    inbox.mkdir(parents=True)
    (inbox / "one.txt").write_bytes((CASES / "bulletin.txt").read_bytes())

    refused = ingest(site, str(site / path))
    taken = ingest(site, str(inbox))

    assert (2, True) == (refused.returncode, b"the site's own content lies there" in refused.stderr)
    assert 0 == taken.returncode, taken.stderr


def test_a_contradiction_is_a_warning(site: Path, tmp_path: Path) -> None:
    """What speaks against the day is told when the file is taken in, and the article is written."""
    raw = tmp_path / "2018-11-18-basin.txt"
    raw.write_bytes((CASES / "bulletin.txt").read_bytes().replace(b"Monday", b"Monday, Nov. 18,"))
    done = ingest(site, str(raw), "--source", "own")

    assert 0 == done.returncode
    assert b'warning: date: the text says "Monday, Nov. 18"' in done.stderr


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("Name the files, folders or addresses", []),
        ("--dry-run goes with --again", ["a.txt", "--dry-run"]),
        ("edit the articles instead", ["--again", "--source", "own"]),
        ("--private is for addresses", ["a.txt", "--private"]),
        ("is not a web address", ["a.txt", "--url", "ftp://a.example/"]),
        ("at least one process", ["a.txt", "--jobs", "0"]),
        ('"" names no file', [""]),
    ],
)
def test_words_that_do_not_go_together(site: Path, told: str, words: list[str]) -> None:
    """Each is told in a sentence, with status 2."""
    done = ingest(site, *words)

    assert (2, True) == (done.returncode, told in done.stderr.decode()), done.stderr


def test_an_address_nearby_is_refused(site: Path) -> None:
    """Without --private no machine of one's own is asked; the status says that something could not be taken in."""
    done = ingest(site, "http://127.0.0.1:9/", "file:///etc/passwd")

    assert 1 == done.returncode
    assert b"--private" in done.stderr
    assert b"Only http and https are fetched" in done.stderr


def test_a_run_that_has_to_stop_says_how_far_it_came(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A cluster that is gone takes nothing back of what was written."""
    from generator.cli.main import main
    from generator.errors import IngestError
    from generator.ingest.crew import Crew

    def gone(steps: Iterable[Any]) -> Iterator[Any]:
        yield next(iter(steps)), Refused("a.txt: refused.")
        raise IngestError("The cluster is gone.")

    monkeypatch.setattr(Crew, "prepare_each", lambda _, steps: gone(steps))
    (site / "raw").mkdir()
    for name in ("a", "b"):
        (site / f"raw/{name}.txt").write_text(name, encoding="utf-8")

    status = main(["ingest", "--root", str(site), str(site / "raw"), "--jobs", "2"])

    assert 2 == status
    assert [
        "a.txt: refused.",
        "Stopped: 1 not taken in.",
        "The cluster is gone.",
    ] == capsys.readouterr().err.splitlines()
