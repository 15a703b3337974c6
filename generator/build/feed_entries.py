"""The entries of feeds as they were written, kept between builds: a feed is its newest entries, and most stay alike.

An entry is kept by its digest, which covers all it is made of, in a log headed by the code that writes it.
"""

from __future__ import annotations

from pathlib import Path

from generator.build.log import Lost, RecordLog

# A site's feeds have some hundreds; with more than these the log is begun anew.
_MOST = 2_000


class FeedEntries:
    """Written entries by digest and host, read from the folder when the first feed is written."""

    def __init__(self, folder: Path, made_by: bytes) -> None:
        self._log = RecordLog(folder / "feeds", made_by)
        self._written: dict[tuple[bytes, str], str] | None = None
        self._kept: set[tuple[bytes, str]] = set()

    def written(self) -> dict[tuple[bytes, str], str]:
        """Return all that are known; new ones are put in here."""
        if self._written is None:
            self._written = {(digest, host): text for digest, host, text in self._log.read()}
            self._kept = set(self._written)
        elif len(self._written) > _MOST:
            self._written.clear()
        return self._written

    def record(self) -> None:
        """Keep what was written anew; raises OSError."""
        if self._written is None:
            return
        new = [(*key, text) for key, text in self._written.items() if key not in self._kept]
        if new and len(self._kept) + len(new) > _MOST:
            self._log.rewrite(new)
            self._kept.clear()
        else:
            try:
                self._log.append(new)
            except Lost:
                self._log.rewrite([(*key, text) for key, text in self._written.items()])
        self._kept.update((digest, host) for digest, host, _ in new)


def forget_feed_entries(folder: Path) -> None:
    """Know no written entry any more."""
    (folder / "feeds").unlink(missing_ok=True)
