"""A folder that a web server reads: one folder per release, and the link `current` that names the live one.

    PATH/current -> releases/000012-2020-01-12T093000Z
    PATH/releases/000012-2020-01-12T093000Z/        the site
    PATH/releases/000012-2020-01-12T093000Z.json    its record: the files, and the release that was live before it

A release is whole when folder and record both stand; while it is copied or deleted its folder ends in `.part`. The link
is replaced in one step, so a reader sees the old site or the new one, and a deploy that is killed changes nothing.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from generator.deploy.lock import one_at_a_time
from generator.deploy.manifest import Manifest, PublishedFile, as_json, blake, from_json
from generator.errors import DeployError
from generator.files import read_bytes, replace_file
from generator.named import NamedTuple

CURRENT = "current"
RELEASES = "releases"
LOCK = ".deploy.lock"
PART = ".part"
NAME = re.compile(r"(\d{6,})-\d{4}-\d\d-\d\dT\d{6}Z")


class Release(NamedTuple):
    """One whole release: its name, its files, and the name of the release that was live before it ("" for none)."""

    name: str
    manifest: Manifest
    before: str


NOTHING = Release("", (), "")


class DirectoryTarget:
    """A folder of releases; `keep` of them are kept besides the live one and the one before it."""

    digest = staticmethod(blake)

    def __init__(self, path: Path, keep: int) -> None:
        self.place = str(path)
        self._path = path
        self._releases = path / RELEASES
        self._keep = max(keep, 1)

    def lock(self) -> AbstractContextManager[None]:
        """Refuse a second deploy to this folder while this one runs."""
        self._refuse_foreign()
        return one_at_a_time(self._path / LOCK, self.place)

    def held(self) -> Manifest:
        """Return the files of the live release."""
        self._refuse_foreign()
        return self._live().manifest

    def publish(self, public: Path, wanted: Manifest, now: datetime, may_go_live: Callable[[], None]) -> str:
        """Copy the site into a fresh release, make it the live one, and return its name.

        `may_go_live` is asked after the copying and raises when the site has meanwhile become stale.
        """
        live = self._live()
        try:
            self._clear_leavings()
            name = f"{self._last_number() + 1:06}-{now:%Y-%m-%dT%H%M%SZ}"
            part = self._releases / (name + PART)
            self._copy(public, wanted, part, live)
            may_go_live()
            record = as_json(wanted, {"before": live.name})
            replace_file(str(self._releases / f"{name}.json"), record)
            if hasattr(os, "sync"):
                # One call for ten thousand files: after a power cut the live release must not be full of empty ones.
                os.sync()
            part.rename(self._releases / name)
            self._swap(name)
        except OSError as fault:
            self._clear_leavings_quietly()
            raise self._unwritable(fault) from fault
        except DeployError:
            self._clear_leavings_quietly()
            raise
        self._prune(name, live.name)
        return name

    def roll_back(self, now: datetime) -> str:
        """Make the release that was live before the live one the live one again, and return its name."""
        live = self._live()
        if not live.name:
            raise DeployError(f"{self.place} holds no release yet, so there is none to go back to.")
        if not live.before or not self._is_whole(live.before):
            why = f'"{live.before}" is no longer kept whole' if live.before else f'"{live.name}" is the first release'
            raise DeployError(f"There is none to go back to: {why}. Mend the content, build, and deploy again.")
        try:
            self._swap(live.before)
        except OSError as fault:
            raise self._unwritable(fault) from fault
        return live.before

    def _refuse_foreign(self) -> None:
        try:
            names = {entry.name for entry in os.scandir(self._path)}
        except FileNotFoundError:
            return
        except OSError as fault:
            raise DeployError(f"{self.place} is no folder that can be read: {fault.strerror}.") from fault
        strangers = sorted(names - {CURRENT, RELEASES, LOCK})
        if strangers and RELEASES not in names:
            raise DeployError(
                f'{self.place} holds "{strangers[0]}", which no deploy put there. '
                f"Name an empty folder; the web server then reads its {CURRENT}/."
            )

    def _live(self) -> Release:
        link = self._path / CURRENT
        if not link.is_symlink():
            if link.exists():
                raise DeployError(f"{link} is not the link that a deploy makes. Move it away, then deploy again.")
            return NOTHING
        folder, _, name = os.readlink(link).replace(os.sep, "/").rpartition("/")
        if folder != RELEASES or not NAME.fullmatch(name):
            raise DeployError(f"{link} leads to {os.readlink(link)}, not to a release. Remove it, then deploy again.")
        return self._read(name)

    def _read(self, name: str) -> Release:
        try:
            manifest, facts = from_json(read_bytes(str(self._releases / f"{name}.json")))
        except (OSError, ValueError):
            # Without its record a release counts as empty: everything is then shown as new, and nothing is lost.
            return Release(name, (), "")
        return Release(name, manifest, facts.get("before", ""))

    def _is_whole(self, name: str) -> bool:
        folder = self._releases / name
        files = self._read(name).manifest
        return bool(files) and all(_size(folder, file.path) == file.size for file in files)

    def _copy(self, public: Path, wanted: Manifest, part: Path, live: Release) -> None:
        held = {file.path: file.digest for file in live.manifest}
        os.makedirs(part)
        made = {""}
        for file in wanted:
            folder = file.path.rpartition("/")[0]
            if folder not in made:
                os.makedirs(part / folder, exist_ok=True)
                made.add(folder)
            source = os.path.join(public, file.path)
            _copy_file(source, os.path.join(part, file.path), file)
            # An unchanged file keeps its time, so that browsers' caches of it stay good from release to release.
            older = os.path.join(self._releases, live.name, file.path)
            stat = os.stat(older if held.get(file.path) == file.digest and os.path.exists(older) else source)
            os.utime(os.path.join(part, file.path), ns=(stat.st_mtime_ns, stat.st_mtime_ns))

    def _swap(self, name: str) -> None:
        temporary = self._path / f"{CURRENT}{PART}"
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(f"{RELEASES}/{name}", target_is_directory=True)
        os.replace(temporary, self._path / CURRENT)

    def _names(self) -> list[str]:
        if not self._releases.is_dir():
            return []
        return sorted(name for name in os.listdir(self._releases) if NAME.fullmatch(name.partition(".")[0]))

    def _last_number(self) -> int:
        return max((int(name.partition("-")[0]) for name in self._names()), default=0)

    def _clear_leavings(self) -> None:
        names = set(self._names())
        for name in names:
            stem, dot, ending = name.partition(".")
            if dot + ending == PART:
                shutil.rmtree(self._releases / name)
            elif (ending == "json" and stem not in names) or ending.endswith(".tmp"):
                (self._releases / name).unlink()

    def _clear_leavings_quietly(self) -> None:
        # The fault that led here matters more than what it leaves; the next deploy tidies up first.
        try:
            self._clear_leavings()
        except OSError:
            pass

    def _prune(self, live: str, before: str) -> None:
        whole = [name for name in self._names() if "." not in name]
        by_number = sorted(whole, key=lambda name: int(name.partition("-")[0]))
        for name in by_number[: -self._keep]:
            if name in (live, before):
                continue
            try:
                # The name goes first: a deletion that is cut short must not leave what looks like a whole release.
                (self._releases / name).rename(self._releases / (name + PART))
            except OSError:
                continue
        self._clear_leavings_quietly()

    def _unwritable(self, fault: OSError) -> DeployError:
        return DeployError(
            f"{fault.filename or self.place} cannot be written: {fault.strerror}. "
            "What was live is live as before; mend this, then deploy again."
        )


def _size(folder: Path, path: str) -> int:
    try:
        return os.stat(os.path.join(folder, path)).st_size
    except OSError:
        return -1


def _copy_file(source: str, place: str, expected: PublishedFile) -> None:
    content = read_bytes(source)
    if len(content) != expected.size or blake(content) != expected.digest:
        raise DeployError(f"{source} changed while it was being published. Nothing was published; deploy again.")
    with open(place, "xb") as file:
        file.write(content)
