"""Change ids and items in a block of front matter: the words concerned alone, so that comments and order stay.

Every change is read back. Where the light way does not give the values that are wanted, the one key is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.text.block import Value, bare
from generator.text.block_editor import with_keys
from generator.text.block_writer import LONGEST_ROW, inline, scalar
from generator.text.frontmatter import read

# A longer list of new items stands in brackets and filled rows, as lists of forms do.
MOST_IN_ROWS = 8
LONGEST_IN_ROWS = 60
_COMMENT = re.compile(r"(?:^|\s)#.*$")


def with_ids(front: str, key: str, moved: Mapping[str, str]) -> str:
    """Return front matter whose `key` names other ids; an id that stands there already is not written twice.

    Scores of two topics that become one are added up, as the points of their forms are.
    """
    values = read(front, 1)[0]
    if key not in values:
        return front
    had = bare(values[key])
    wanted = _renamed(had, moved)
    if wanted == had:
        return front
    rows = _Rows(front, key, values)
    seen: set[str] = set()
    for id, line in _items_of(values[key]):
        new = moved.get(id, id)
        if new in seen:
            rows.take_out(id, line)
        elif new != id:
            rows.replace(id, new, line)
        seen.add(new)
    typed = {id: float(score) for id, score in wanted.items()} if isinstance(wanted, dict) else wanted
    return _settled(front, key, wanted, rows.front(), typed)


def with_items(front: str, key: str, items: Sequence[Any]) -> str:
    """Return front matter with these items at the end of the list `key`, which is made where it is absent."""
    if not items:
        return front
    values = read(front, 1)[0]
    had = bare(values[key]) if key in values else []
    wanted = [*(had if isinstance(had, list) else [had]), *items]
    if not had and len(items) > MOST_IN_ROWS and all(len(str(item)) <= LONGEST_IN_ROWS for item in items):
        return f"{front}{key}: [\n{_in_rows(items)}\n  ]\n"
    if not had or not isinstance(had, list):
        return _written_anew(front, {key: wanted})
    rows = _Rows(front, key, values)
    rows.add(items, max(line for _, line in _items_of(values[key])))
    return _settled(front, key, [*had, *(_as_read(item) for item in items)], rows.front(), _typed(wanted))


def with_item_behind(front: str, key: str, before: str, item: str) -> str:
    """Return front matter whose list `key` has an item more, behind the item `before`."""
    values = read(front, 1)[0]
    had = bare(values[key])
    place = had.index(before) + 1
    wanted = [*had[:place], item, *had[place:]]
    rows = _Rows(front, key, values)
    rows.follow(before, item, values[key].value[place - 1].line)
    return _settled(front, key, wanted, rows.front(), wanted)


def without_items(front: str, key: str, texts: Iterable[str]) -> str:
    """Return front matter without these items of the list `key`; a list that is left empty goes."""
    values = read(front, 1)[0]
    gone = set(texts)
    if key not in values or not gone & {text for text, _ in _items_of(values[key])}:
        return front
    had = bare(values[key])
    wanted = [item for item in had if text_of(item) not in gone] if isinstance(had, list) else []
    if not wanted:
        return _written_anew(front, {key: None})
    rows = _Rows(front, key, values)
    for text, line in _items_of(values[key]):
        if text in gone:
            rows.take_out(text, line)
    return _settled(front, key, wanted, rows.front(), _typed(wanted))


def with_values(front: str, changes: Mapping[str, Any]) -> str:
    """Return front matter with these keys set, or taken away where the value is None."""
    return _written_anew(front, changes)


def text_of(item: Any) -> str:
    """Return the text of an item: itself, or the form that a mapping gives a weight."""
    return next(iter(item)) if isinstance(item, dict) else str(item)


class _Rows:
    """The rows of a block while one key's are changed; a row that is taken out is None."""

    def __init__(self, front: str, key: str, values: Mapping[str, Value]) -> None:
        self._rows: list[str | None] = list(front.split("\n"))
        self._first = values[key].line
        self._after_key = len(key) + 1
        later = [value.line for value in values.values() if value.line > self._first]
        self._end = min(later, default=len(self._rows))

    def front(self) -> str:
        """Return the block without the rows that were taken out."""
        return "\n".join(row for row in self._rows if row is not None)

    def replace(self, old: str, new: str, line: int) -> None:
        """Write another item in the place of one, and leave the row and its comment as they are."""
        begin, row, comment = self._parts(line)
        self._rows[line - 1] = begin + _token(old).sub(lambda _: new, row, count=1) + comment

    def follow(self, old: str, new: str, line: int) -> None:
        """Put an item behind another: behind its comma in brackets, else in a row of its own."""
        begin, row, comment = self._parts(line)
        found = re.match(r"(\s*)- ", row)
        if found and not begin:
            self._rows[line - 1] = f"{row}{comment}\n{found[1]}- {new}"
        else:
            self._rows[line - 1] = begin + _token(old).sub(lambda found: f"{found[0]}, {new}", row, count=1) + comment

    def take_out(self, text: str, line: int) -> None:
        """Take an item out: with its comma in brackets, with its row where it has one of its own."""
        begin, row, comment = self._parts(line)
        item = rf"(?:\{{\s*{_token(text).pattern}\s*:\s*[-+.\w]+\s*\}}|{_token(text).pattern}(?:\s*:\s*[-+.\w]+)?)"
        for pattern in (rf"^\s*-\s+{item}\s*$", rf"{item}\s*,[ \t]*", rf"\s*,\s*{item}(?=\s*[\]}}])", item):
            rest, times = re.subn(pattern, "", row, count=1)
            if times:
                is_bare = not begin and not rest.strip() and not comment
                self._rows[line - 1] = None if is_bare else begin + rest.rstrip(" ") + comment
                return

    def add(self, items: Sequence[Any], last: int) -> None:
        """Put items behind the last one, which stands in row `last`: before the bracket that closes, or in rows."""
        found = re.match(r"(\s*)- ", self._rows[last - 1] or "")
        if found and last > self._first:
            self._rows[last - 1] = "\n".join(
                (self._rows[last - 1] or "", *(f"{found[1]}- {inline(item)}" for item in items))
            )
            return
        for line in range(self._end - 1, self._first - 1, -1):
            begin, row, comment = self._parts(line)
            before, bracket, after = row.rpartition("]")
            if bracket:
                self._rows[line - 1] = self._closed(begin + before, items, line) + bracket + after + comment
                return

    def _closed(self, before: str, items: Sequence[Any], line: int) -> str:
        """Return what stands before the bracket with items more; where it would be too long, in rows of their own."""
        new = ", ".join(inline(item, in_list=True) for item in items)
        joined = f"{before.rstrip().removesuffix(',')}, {new}"
        if before.strip() and len(joined) < LONGEST_ROW:
            return joined
        rows = _in_rows(items)
        if before.strip():
            return f"{before.rstrip().removesuffix(',')},\n{rows}\n  "
        # The bracket stands in a row of its own, so the row above it ends the list so far.
        begin, row, comment = self._parts(line - 1)
        if row.strip() and not row.rstrip().endswith(","):
            self._rows[line - 2] = f"{begin}{row.rstrip()},{comment}"
        return f"{rows}\n{before}"

    def _parts(self, line: int) -> tuple[str, str, str]:
        """Return a row in three: the key where it stands in it, what may be changed, the comment behind."""
        row = self._rows[line - 1] or ""
        cut = self._after_key if line == self._first else 0
        comment = _COMMENT.search(row, cut)
        end = comment.start() if comment else len(row)
        return row[:cut], row[cut:end], row[end:]


def _token(text: str) -> re.Pattern[str]:
    """Return what finds a text as one whole item, in quotes or without."""
    ways = dict.fromkeys((scalar(text, in_list=True), text, f'"{text}"', "'" + text.replace("'", "''") + "'"))
    return re.compile(rf"(?<![\w'\"-])(?:{'|'.join(map(re.escape, ways))})(?![\w'\"-])")


def _items_of(value: Value) -> list[tuple[str, int]]:
    """Return the texts in a key's value with their lines."""
    if isinstance(value.value, str):
        return [(value.value, value.line)]
    if isinstance(value.value, dict):
        return [(key, each.line) for key, each in value.value.items()]
    return [(text_of(each.value), each.line) for each in value.value]


def _renamed(had: Any, moved: Mapping[str, str]) -> Any:
    if isinstance(had, list):
        return list(dict.fromkeys(moved.get(each, each) for each in had))
    if not isinstance(had, dict):
        return moved.get(had, had)
    if len({moved.get(id, id) for id in had}) == len(had):
        return {moved.get(id, id): score for id, score in had.items()}
    added: dict[str, float] = {}
    for id, score in had.items():
        new = moved.get(id, id)
        added[new] = round(added.get(new, 0.0) + float(score), 3)
    return added


def _settled(front: str, key: str, wanted: Any, tried: str, typed: Any) -> str:
    """Return what was tried where it reads as it should, else the front matter with the one key written anew.

    `typed` are the values wanted with their numbers as numbers.
    """
    expected = {name: bare(value) for name, value in read(front, 1)[0].items()} | {key: wanted}
    found, faults = read(tried, 1)
    if not faults and {name: bare(value) for name, value in found.items()} == expected:
        return tried
    return _written_anew(front, {key: typed})


def _in_rows(items: Sequence[Any]) -> str:
    """Return items as filled rows; none is parted."""
    rows = [" "]
    for item in items:
        word = f" {inline(item, in_list=True)},"
        if len(rows[-1]) + len(word) > LONGEST_ROW:
            rows.append(" ")
        rows[-1] += word
    return "\n".join(rows).removesuffix(",")


def _written_anew(front: str, changes: Mapping[str, Any]) -> str:
    """Return front matter with keys written anew; a mapping that stood in one row stays in one."""
    for key, value in changes.items():
        row = re.search(rf"^{re.escape(key)}: *\{{[^#\n]*\}} *$", front, re.MULTILINE)
        if row and isinstance(value, dict) and value:
            return f"{front[: row.start()]}{key}: {inline(value)}{front[row.end() :]}"
    return with_keys(f"---\n{front}---\n", changes, "").removeprefix("---\n").removesuffix("---\n")


def _as_read(item: Any) -> Any:
    """Return an item as it is read again: every number is the text that stands for it."""
    return {key: inline(value) for key, value in item.items()} if isinstance(item, dict) else item


def _typed(items: Sequence[Any]) -> list[Any]:
    """Return items with their weights as numbers, so that they are written without quotes."""
    return [{key: float(value) for key, value in item.items()} if isinstance(item, dict) else item for item in items]
