"""The same articles from a cluster: a local one of two workers prepares them, and this process puts them down."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.ingest.facts import Said
from generator.ingest.inputs import gather
from generator.ingest.run import take_all
from tests.ingest.conftest import desk_of
from tests.ingest.test_batch import articles, many

pytest.importorskip("distributed", reason="the extra cluster is not installed: --cluster is not tested")

ROOT = Path(__file__).resolve().parent.parent.parent
START = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a cluster of two workers, in processes of their own."""
    script = tmp_path_factory.mktemp("cluster") / "start.py"
    script.write_text(START, encoding="utf-8")
    words = [sys.executable, str(script)]
    with subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**__import__("os").environ, "PYTHONPATH": str(ROOT)},
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.close()
        process.wait(30)


def ingest(site: Path, folder: Path, address: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "generator.cli.main", "ingest", str(folder), "--root", str(site), "--source", "own"]
    words += ["--now", "2019-11-20T09:30", "--cluster", address]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


def test_a_cluster_makes_the_same_articles(site: Path, tmp_path: Path, bulletin: str, cluster: str) -> None:
    """Not a byte tells where an article was prepared; a bad file is told as ever."""
    folder = many(tmp_path / "raw", 30, bulletin)
    (folder / "0-bad.txt").write_bytes(b"\x89PNG\x00\x00\xff")
    done = ingest(site, folder, cluster)
    by_cluster = {path.relative_to(site): path.read_bytes() for path in articles(site)}
    for path in by_cluster:
        (site / path).unlink()
    (site / "content/ingested.jsonl").unlink()
    list(take_all(gather([str(folder)], None), Said(source="own"), desk_of(site)))
    here = {path.relative_to(site): path.read_bytes() for path in articles(site)}

    assert 1 == done.returncode, done.stderr
    assert "30 written, 1 not taken in." == done.stdout.splitlines()[-1]
    assert "0-bad.txt: this is not a text" in done.stderr
    assert [_without_moment(text) for text in here.values()] == [_without_moment(text) for text in by_cluster.values()]
    assert here.keys() == by_cluster.keys()


def _without_moment(text: bytes) -> list[bytes]:
    return [line for line in text.splitlines() if not line.startswith(b"  retrieved:")]


def test_no_cluster_is_told(site: Path, tmp_path: Path, bulletin: str) -> None:
    """A wrong word for an address is told at once."""
    done = ingest(site, many(tmp_path / "raw", 1, bulletin), "scheduler")

    assert 2 == done.returncode
    assert "is no address of a cluster" in done.stderr
