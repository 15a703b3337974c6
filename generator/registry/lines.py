"""What differs between two states of a text, line by line; lines that are the same keep their own ends."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.named import NamedTuple
from generator.text.frontmatter import normalised

_MARK = "\ufeff"
# How much of a long line is shown on each side of what changes in it.
AROUND = 30


class Difference(NamedTuple):
    """Lines that are taken for others; `line` is where the first stood, or the one below which others come."""

    line: int
    was: tuple[str, ...]
    will_be: tuple[str, ...]

    def shown(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the lines for a person to compare: of a long one that changes in one place, that place."""
        if len(self.was) == len(self.will_be) == 1:
            was, will_be = _place(self.was[0], self.will_be[0])
            return (was,), (will_be,)
        return self.was, self.will_be


def differences(old: str, new: str) -> list[Difference]:
    """Return where two texts differ, in order."""
    had, has = (normalised(text).split("\n") for text in (old, new))
    return [
        Difference(start + 1 if end > start else start, tuple(had[start:end]), tuple(has[begin:stop]))
        for kind, start, end, begin, stop in _steps(had, has)
        if kind != "equal"
    ]


def with_own_ends(old: str, new: str) -> str:
    """Return `new`, whose lines end in `\\n`, with the line ends and the byte order mark of `old`."""
    mark = _MARK if old.startswith(_MARK) else ""
    bare = old.removeprefix(_MARK)
    if "\r" not in bare or bare.count("\r") != bare.count("\r\n"):
        return mark + new
    kept = bare.split("\n")
    had, has = normalised(bare).split("\n"), new.split("\n")
    sign = "\r" if 2 * bare.count("\r") > bare.count("\n") else ""
    rows: list[str] = []
    for kind, start, end, begin, stop in _steps(had, has):
        rows += kept[start:end] if kind == "equal" else [row + sign for row in has[begin:stop]]
    whole = "\n".join(rows)
    return mark + (whole if new.endswith("\n") or not whole.endswith("\r") else whole[:-1])


def _place(was: str, will_be: str) -> tuple[str, str]:
    least = min(len(was), len(will_be))
    head = next((place for place in range(least) if was[place] != will_be[place]), least)
    tail = next((place for place in range(least - head) if was[-1 - place] != will_be[-1 - place]), least - head)
    start = max(head - AROUND, 0)
    rest = max(tail - AROUND, 0)
    if start + rest < AROUND:
        return was, will_be
    before, after = "…" if start else "", "…" if rest else ""
    return (
        f"{before}{was[start : len(was) - rest]}{after}",
        f"{before}{will_be[start : len(will_be) - rest]}{after}",
    )


def _steps(had: list[str], has: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the steps from one list of lines to the other; equal ends are set aside, since most lines are in them."""
    least = min(len(had), len(has))
    head = next((place for place in range(least) if had[place] != has[place]), least)
    tail = next((place for place in range(least - head) if had[-1 - place] != has[-1 - place]), least - head)
    yield "equal", 0, head, 0, head
    inner = SequenceMatcher(None, had[head : len(had) - tail], has[head : len(has) - tail], autojunk=False)
    for kind, start, end, begin, stop in inner.get_opcodes():
        yield kind, start + head, end + head, begin + head, stop + head
    yield "equal", len(had) - tail, len(had), len(has) - tail, len(has)
