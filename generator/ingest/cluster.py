"""The one door to Dask: the same function that prepares a raw file here prepares it on the machines of a cluster.

The machines send back articles and write nothing; bytes go to them with each task, so they need no disk in common.
"""

from __future__ import annotations

import logging
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
_LOOK_EVERY = 10.0
# What the rules are while machines of the cluster have them.
_HELD = ("pending", "finished")
T = TypeVar("T")


class Cluster:
    """A connection to a Dask scheduler; a context, at whose end it is closed and the cluster stays."""

    def __init__(self, rules: Rules, address: str) -> None:
        if not _ADDRESS.fullmatch(address):
            raise IngestError(f'"{address}" is no address of a cluster. Write it as tcp://scheduler.example:8786.')
        self._address = address
        self._client = _client(address)
        try:
            self._check()
            self._site = rules
            self._rules = self._handed_out()
            self._room = _EACH * max(1, sum(self._client.nthreads().values()))
        except BaseException:
            self._client.close()
            raise

    def prepare_each(self, steps: Iterable[Task | T]) -> Iterator[tuple[Task | T, Prepared | Refused | None]]:
        """Yield each step with its outcome, in order; what is no task is passed on in its place.

        Raises IngestError where the cluster is gone; what it has not brought back by then was not taken in.
        """
        line: deque[tuple[Task | T, Any]] = deque()
        for step in steps:
            line.append((step, self._given(step) if isinstance(step, Task) else None))
            while len(line) >= self._room:
                yield self._settled(*line.popleft())
        while line:
            yield self._settled(*line.popleft())

    def _given(self, task: Task) -> Any:
        """Give a task to the cluster, and the rules of the site anew where the machines that had them are gone."""
        try:
            if self._rules.status not in _HELD:
                self._rules = self._handed_out()
            return self._client.submit(prepare, task, self._rules, pure=False)
        except _gone() as fault:
            raise self._lost(fault) from fault

    def _handed_out(self) -> Any:
        # In a list, because of a tuple each part would be handed out by itself.
        return self._client.scatter([self._site], broadcast=True, hash=False)[0]

    def _settled(self, step: Task | T, future: Any) -> tuple[Task | T, Prepared | Refused | None]:
        if future is None or not isinstance(step, Task):
            return step, None
        try:
            return step, self._brought(future)
        except _gone() as fault:
            # Machines that are there again have forgotten what they were to do.
            if not self._has_machines():
                raise self._lost(fault) from fault
        except Exception as fault:
            return step, _refused(step, fault)
        try:
            return step, self._brought(self._given(step))
        except IngestError:
            raise
        except Exception as fault:
            # Whatever a cluster does to a task twice, it costs this file alone.
            return step, _refused(step, fault)

    def _brought(self, future: Any) -> Prepared | Refused:
        """Return what a machine has made, however long that takes; raises TimeoutError when there are none any more."""
        while True:
            try:
                outcome: Prepared | Refused = future.result(timeout=_LOOK_EVERY)
                future.release()
                return outcome
            except TimeoutError:
                if future.done() or not self._has_machines():
                    raise

    def _has_machines(self) -> bool:
        """Say whether a machine is at work, after some patience: one that has fallen may be set up again."""
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except Exception:
            return False
        return True

    def _lost(self, fault: BaseException) -> IngestError:
        why = "no machine of it is at work" if isinstance(fault, TimeoutError) else _seen(fault)
        return IngestError(
            f"The cluster at {self._address} is gone ({why}).\n"
            "  Start it again, then run the same command, which goes on from there; or leave out --cluster."
        )

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


def _refused(task: Task, fault: Exception) -> Refused:
    return Refused(
        f"{task.where}: the cluster did not bring it back ({_seen(fault)}).\n"
        "  Look whether its machines are at work and have memory enough, then run the same command again."
    )


def _seen(fault: BaseException) -> str:
    return f"{type(fault).__name__}: {seen(str(fault)[:200])}"


def _gone() -> tuple[type[BaseException], ...]:
    """Return what is raised where a cluster, or all that it had in hand, is gone."""
    from distributed.client import ClosedClientError, FutureCancelledError

    return OSError, TimeoutError, ClosedClientError, FutureCancelledError


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
    # What it has to say of a lost connection, at length and with tracebacks, is told in a sentence here.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL + 1)
    try:
        connect: Any = Client
        return connect(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError) as fault:
        raise IngestError(f"There is no cluster at {address} ({fault}). Start a scheduler there first.") from fault
