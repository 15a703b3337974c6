"""What a build did, as values: counts that tests hold on to, faults that a person reads."""

from __future__ import annotations

from generator.errors import ERROR, Diagnostic
from generator.named import NamedTuple


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
