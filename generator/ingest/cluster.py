"""The one door to Dask: the same function that prepares a raw file here prepares it on the machines of a cluster.

The machines send back articles and write nothing; bytes go to them with each task, so they need no disk in common.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from generator import __version__
from generator.digest import digest_of_bytes
from generator.errors import IngestError
from generator.ingest.fit import seen
from generator.ingest.prepare import Prepared, Refused, Rules, Task, prepare

_ADDRESS = re.compile(r"(?:tcp|tls|ucx|ws|wss)://[^\s/]+:\d+")
_PATIENCE = "20s"
_EACH = 8
T = TypeVar("T")


class Cluster:
    """A connection to a Dask scheduler; a context, at whose end it is closed and the cluster stays."""

    def __init__(self, rules: Rules, address: str) -> None:
        if not _ADDRESS.fullmatch(address):
            raise IngestError(f'"{address}" is no address of a cluster. Write it as tcp://scheduler.example:8786.')
        self._client = _client(address)
        try:
            self._check()
            self._rules = self._client.scatter(rules, broadcast=True, hash=False)
            self._room = _EACH * max(1, sum(self._client.nthreads().values()))
        except BaseException:
            self._client.close()
            raise

    def prepare_each(self, steps: Iterable[Task | T]) -> Iterator[tuple[Task | T, Prepared | Refused | None]]:
        """Yield each step with its outcome, in order; what is no task is passed on in its place."""
        line: deque[tuple[Task | T, Any]] = deque()
        for step in steps:
            future = self._client.submit(prepare, step, self._rules, pure=False) if isinstance(step, Task) else None
            line.append((step, future))
            while len(line) >= self._room:
                yield self._settled(*line.popleft())
        while line:
            yield self._settled(*line.popleft())

    def _settled(self, step: Task | T, future: Any) -> tuple[Task | T, Prepared | Refused | None]:
        if future is None or not isinstance(step, Task):
            return step, None
        try:
            outcome: Prepared | Refused = future.result()
        except Exception as fault:
            # Whatever a cluster does to a task, it costs this file alone.
            outcome = Refused(
                f"{step.where}: the cluster did not bring it back ({type(fault).__name__}: {seen(str(fault)[:200])}).\n"
                "  Look whether its machines are at work and have memory enough, then run the same command again."
            )
        future.release()
        return step, outcome

    def _check(self) -> None:
        """Refuse a cluster whose machines would make other articles than this one."""
        try:
            versions = self._client.run(_version)
            # Tasks go through it, and it reads them on their way.
            scheduler = self._client.run_on_scheduler(_version)
        except Exception as fault:
            raise IngestError(f"The cluster's machines do not have Dateline ({fault}). Install it on each.") from fault
        if not versions:
            raise IngestError("The cluster has no machines at work. Start workers, and run this again.")
        versions = {**versions, "the scheduler": scheduler}
        own = OWN_VERSION
        others = sorted(machine for machine, version in versions.items() if version != own)
        if others:
            found = ", ".join(sorted({versions[machine] for machine in others}))
            raise IngestError(
                f"This is Dateline {own}, and in the cluster there is {found}: {', '.join(others)}.\n"
                "  Install the same one on each machine, start its workers and scheduler anew, and run this again."
            )

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()


def _version() -> str:
    return OWN_VERSION


def _own_version() -> str:
    """Return which Dateline this is: its version, and a digest of its code, which differs between two checkouts."""
    package = Path(__file__).parent.parent
    files = sorted((path.relative_to(package).as_posix(), path) for path in package.rglob("*.py"))
    code = b"".join(digest_of_bytes(name.encode()) + digest_of_bytes(path.read_bytes()) for name, path in files)
    return f"{__version__} ({digest_of_bytes(code).hex()[:8]})"


# Taken when the module is loaded: a worker that was started before an update runs the code of that time.
OWN_VERSION = _own_version()


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as fault:
        raise IngestError("A cluster needs the extra \"cluster\": pip install 'dateline[cluster]'") from fault
    try:
        connect: Any = Client
        return connect(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError) as fault:
        raise IngestError(f"There is no cluster at {address} ({fault}). Start a scheduler there first.") from fault
