"""The same articles from a cluster: a local one of two workers prepares them, and this process puts them down."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import generator
from generator.errors import IngestError
from generator.ingest import cluster as cluster_module
from generator.ingest.facts import Said
from generator.ingest.inputs import gather
from generator.ingest.prepare import Prepared, Refused, Task
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
    with running(tmp_path_factory.mktemp("cluster")) as (address, _):
        yield address


@contextmanager
def running(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run a cluster: its address, and the process that holds scheduler and nannies."""
    script = folder / "start.py"
    script.write_text(START, encoding="utf-8")
    words = [sys.executable, str(script)]
    with subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**__import__("os").environ, "PYTHONPATH": str(ROOT)},
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip(), process
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


def test_machines_with_another_dateline_are_named(cluster: str, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two checkouts may call themselves by one version, and would make other articles, or none."""
    assert re.fullmatch(r"\d+\.\d+\.\d+ \([0-9a-f]{8}\)", cluster_module.OWN_VERSION)

    monkeypatch.setattr(cluster_module, "OWN_VERSION", f"{generator.__version__} (00000000)")
    with pytest.raises(IngestError, match=r"\(00000000\), and in the cluster there is .+: .*tcp://.+\n  Install"):
        cluster_module.Cluster(desk_of(site).rules, cluster)


def test_a_file_that_does_not_come_back_costs_itself(cluster: str, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the cluster says of it is told, with what to do; the others go on."""
    tasks = [Task("1.txt", "1.txt", b"x", "1"), Task("2.txt", "2.txt", b"x", "2")]
    with cluster_module.Cluster(desk_of(site).rules, cluster) as machines:
        submit = machines._client.submit

        def failing(work: Any, task: Task, *rest: Any, **more: Any) -> Any:
            return submit(int, "x") if task is tasks[0] else submit(work, task, *rest, **more)

        monkeypatch.setattr(machines._client, "submit", failing)
        outcomes = [outcome for _, outcome in machines.prepare_each(tasks)]

    assert isinstance(outcomes[0], Refused)
    assert outcomes[0].message.startswith("1.txt: the cluster did not bring it back (ValueError: invalid literal")
    assert "run the same command again" in outcomes[0].message
    assert outcomes[1] != outcomes[0]


def test_no_cluster_is_told(site: Path, tmp_path: Path, bulletin: str) -> None:
    """A wrong word for an address is told at once."""
    done = ingest(site, many(tmp_path / "raw", 1, bulletin), "scheduler")

    assert 2 == done.returncode
    assert "is no address of a cluster" in done.stderr


def tasks_of(folder: Path, bulletin: str) -> list[Task]:
    files = sorted(many(folder, 60, bulletin).iterdir())
    return [Task(path.name, path.name, path.read_bytes(), path.name) for path in files]


def test_a_cluster_that_dies_is_told_once(
    site: Path, tmp_path: Path, bulletin: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not once for each file that it had in hand, and what to do is in the sentence; what came before stays."""
    monkeypatch.setattr(cluster_module, "_PATIENCE", "2s")
    tasks, outcomes = tasks_of(tmp_path / "raw", bulletin), []
    with running(tmp_path) as (address, process), cluster_module.Cluster(desk_of(site).rules, address) as machines:
        workers = machines._client.run(os.getpid).values()
        with pytest.raises(IngestError) as fault:
            for _, outcome in machines.prepare_each(tasks):
                outcomes.append(outcome)
                if len(outcomes) == 5:
                    for pid in (process.pid, *workers):
                        os.kill(pid, signal.SIGKILL)

    assert f"The cluster at {address} is gone (" in str(fault.value)
    assert "run the same command, which goes on from there; or leave out --cluster." in str(fault.value)
    assert [] == [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert len(tasks) > len(outcomes) >= 5
    assert "Traceback" not in capfd.readouterr().err


def test_machines_that_are_there_again_go_on(site: Path, tmp_path: Path, bulletin: str) -> None:
    """With the workers goes what they had in hand and what they knew of the site; those that follow get both."""
    tasks, outcomes = tasks_of(tmp_path / "raw", bulletin), []
    with running(tmp_path) as (address, _), cluster_module.Cluster(desk_of(site).rules, address) as machines:
        workers = machines._client.run(os.getpid).values()
        for step, outcome in machines.prepare_each(tasks):
            outcomes.append((step, outcome))
            if len(outcomes) == 5:
                for pid in workers:
                    os.kill(pid, signal.SIGKILL)

    assert tasks == [step for step, _ in outcomes]
    assert [] == [outcome for _, outcome in outcomes if not isinstance(outcome, Prepared)]


def test_no_machine_at_work_is_not_waited_for(cluster: str, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler without workers keeps what it was given for ever, and says nothing."""
    monkeypatch.setattr(cluster_module, "_LOOK_EVERY", 0.1)
    with cluster_module.Cluster(desk_of(site).rules, cluster) as machines:
        submit = machines._client.submit
        monkeypatch.setattr(
            machines._client, "submit", lambda *_, **__: submit(int, workers=["127.0.0.1:1"], pure=False)
        )
        monkeypatch.setattr(machines._client, "wait_for_workers", _none)
        with pytest.raises(IngestError, match=r"is gone \(no machine of it is at work\)"):
            list(machines.prepare_each([Task("1.txt", "1.txt", b"x", "1")]))


def _none(*_: object, **__: object) -> None:
    raise TimeoutError
