"""What pure functions gave for inputs seen before: saves time, and cannot be wrong while they are pure.

Results are plain data, kept by the digest of all inputs in a log headed by the toolchain, so that they outlive the
process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.build.log import Lost, RecordLog
from generator.build.toolchain import toolchain
from generator.build.workers import Team

RECALL_PHASE = 2
# Who begins in the middle makes first what the values before would have left to it: it costs as much as two of them.
_AHEAD = 2


class Memory:
    """Remembers results of one site's builds; those a build did not ask for are dropped when the log is rewritten."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log: RecordLog | None = None
        self._known: dict[bytes, Any] = {}
        self._asked: dict[bytes, Any] = {}
        self._new: dict[bytes, Any] = {}
        self.team = Team()

    def load(self) -> None:
        """Read what earlier builds left."""
        self._known = dict(self._opened().read())

    def forget(self) -> None:
        """Know nothing any more."""
        self._known = {}

    def recall_all(self, make: Callable[[int, Mapping[int, Any]], Any], keys: Sequence[bytes]) -> list[Any]:
        """Return `make(place, known)` for the place of each key that is not known, and what is known for the others.

        A key is the digest of all that its value is made from; `known` has the values that are, by place. What is to be
        made the members of the team make together. A team does so once.
        """
        known = {place: self._known[key] for place, key in enumerate(keys) if key in self._known}
        unknown = [place for place in range(len(keys)) if place not in known]
        if unknown:
            shared = self.team.share_of(unknown, RECALL_PHASE, 1, ahead=_AHEAD)
            made = [(keys[place], make(place, known)) for place in shared]
            for share in self.team.exchange(made):
                self._new.update(share)
            self._known.update(self._new)
        results = [self._known[key] for key in keys]
        self._asked.update(zip(keys, results, strict=True))
        return results

    def record(self) -> None:
        """Keep what was made anew; raises OSError."""
        if len(self._known) > 2 * len(self._asked) + 32:
            self._known = dict(self._asked)
            self._opened().rewrite(self._known.items())
        elif self._new:
            try:
                self._opened().append(self._new.items())
            except Lost:
                self._opened().rewrite(self._known.items())
        self._new, self._asked = {}, {}

    def _opened(self) -> RecordLog:
        # The toolchain is asked for late: a build that has nothing to remember need not read our own code.
        if self._log is None:
            self._log = RecordLog(self._folder / "memory", toolchain())
        return self._log
