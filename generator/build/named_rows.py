"""The rows of a log by name: what is known of each content file, and of each file of the output folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.build.log import Frame, Lost, Place, RecordLog, Row, parts_of
from generator.named import NamedTuple

# A log is written anew when more than half of its rows, and more than these, no longer count.
_SLACK = 2_000


class Whereabouts(NamedTuple):
    """Where a log's rows lie, by the name each begins with; `end` is its length in bytes, `rows` how many it has."""

    places: Mapping[str, Place]
    end: int
    rows: int


class NamedRows:
    """The rows of a log by the name each begins with: a later one replaces an earlier one; None takes it away."""

    def __init__(self, log: RecordLog) -> None:
        self.places: dict[str, Place] = {}
        self._log = log
        self._frames: dict[int, Frame] = {}
        self.are_all_loaded = False

    def load(self) -> list[Row]:
        """Return the rows that count."""
        placed = {row[0]: (place, row) for place, row in self._log.read_placed()}
        alive = {name: one for name, one in placed.items() if one[1][1] is not None}
        self.places = {name: place for name, (place, _) in alive.items()}
        self._frames = {}
        self.are_all_loaded = True
        return [row for _, row in alive.values()]

    def are_as_left(self) -> bool:
        """Say whether nobody else has written to the log since this process read it or wrote to it."""
        return self._log.is_as_left()

    def resume(self, whereabouts: Whereabouts) -> bool:
        """Go on where another process left the log, reading only what is asked for; say whether that can be."""
        self.places = dict(whereabouts.places)
        return not self._is_long(whereabouts.rows) and self._log.resume(whereabouts.end, whereabouts.rows)

    def whereabouts(self) -> Whereabouts:
        """Return where the rows lie."""
        return Whereabouts(self.places, self._log.end, self._log.rows_read)

    def row(self, name: str) -> Row | None:
        """Return the row of a name, None where there is none; raises Lost where it has been damaged."""
        if name not in self.places:
            return None
        place = self.places[name]
        begin, number = parts_of(place)
        frame = self._frames.get(begin)
        if frame is None:
            frame = self._frames[begin] = self._log.frame_of(place)
        row = frame.row(number)
        if row[0] != name:
            raise Lost
        return row

    def record(self, rows: Sequence[Row], everything: Callable[[], Iterable[Row]]) -> None:
        """Write rows, or `everything` where the log has become long or was lost; it holds all rows if all were loaded.

        Raises OSError, and Lost where not all were loaded.
        """
        if self.are_all_loaded and self._is_long(self._log.rows_read + len(rows)):
            self._write_all(everything())
            return
        try:
            places = self._log.append(rows)
        except Lost:
            if not self.are_all_loaded:
                raise
            self._write_all(everything())
            return
        self._log.rows_read += len(rows)
        self._know(rows, places)

    def _write_all(self, everything: Iterable[Row]) -> None:
        rows = list(everything)
        self.places, self._frames = {}, {}
        places = self._log.rewrite(rows)
        self._log.rows_read = len(rows)
        self._know(rows, places)

    def _know(self, rows: Iterable[Row], places: Iterable[Place]) -> None:
        for row, place in zip(rows, places, strict=True):
            if row[1] is None:
                self.places.pop(row[0], None)
            else:
                self.places[row[0]] = place

    def forget(self) -> None:
        """Empty the log."""
        self.places = {}
        self._log.rewrite(())

    def _is_long(self, rows: int) -> bool:
        return rows > 2 * len(self.places) + _SLACK
