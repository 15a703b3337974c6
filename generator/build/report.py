"""What a build did, as values: counts that tests hold on to, faults that a person reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.errors import ERROR, Diagnostic
from generator.named import NamedTuple

if TYPE_CHECKING:
    from generator.build.content import Update
    from generator.build.planned import Planned
    from generator.build.publish import Staged


class Report(NamedTuple):
    """One build. Paths in `written`, `rendered` and `removed` are output files; `parsed` and `read` content files.

    `rendered` were made anew, `written` came out differently from what was there. `reasons` says for each rendered file
    which parts of what it is made of differed. `left_out` are faulty articles that `keep_going` went without.
    `held` counts articles that wait.
    """

    ok: bool
    faults: tuple[Diagnostic, ...] = ()
    read: int = 0
    parsed: tuple[str, ...] = ()
    outputs: int = 0
    rendered: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reasons: tuple[tuple[str, tuple[str, ...]], ...] = ()
    left_out: tuple[str, ...] = ()
    held: int = 0
    unchanged: bool = False

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The faults that stop a build."""
        return tuple(fault for fault in self.faults if fault.severity == ERROR)

    @property
    def rendered_html(self) -> set[str]:
        """The rendered files that are pages."""
        return {path for path in self.rendered if path.endswith(".html")}


def refused(planned: Planned, found: Update) -> Report:
    """Return what a build did that faults have stopped."""
    return Report(ok=False, faults=planned.faults, read=found.read, parsed=found.parsed, held=planned.held)


def report_of(planned: Planned, staged: Sequence[Staged], gone: tuple[str, ...], found: Update) -> Report:
    """Return what a build did that brought the site up to its plan; `gone` are the files it took away."""
    return Report(
        ok=True,
        faults=planned.faults,
        read=found.read,
        parsed=found.parsed,
        outputs=len(planned.outputs),
        rendered=tuple(one.path for one in staged if one.rendered),
        written=tuple(one.path for one in staged if one.waiting),
        removed=gone,
        reasons=tuple((one.path, one.left.why) for one in staged if one.rendered),
        left_out=planned.left_out,
        held=planned.held,
    )
