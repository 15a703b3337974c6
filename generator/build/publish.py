"""Render what is not current, and bring it to the output folder all at once.

First everything is rendered into a staging folder; only when every page of every worker is there are files and new
folders moved into place, each by one rename. A fault on the way, a full disk or a kill leaves the site as it was, or
some whole files of it new and the rest old, which the next build sees by size and time and mends.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from generator.build.keys import Ingredients, Key, differing, inputs_digest, key_of, names_of
from generator.build.press import Press
from generator.build.stamp import remove_stamp
from generator.build.state import Left, OutputState
from generator.errors import OutputError
from generator.files import read_bytes, remove_with_empty_folders, safe_join
from generator.named import NamedTuple
from generator.render.output import Output

RENDER_PHASE = 1


class Staged(NamedTuple):
    """One output brought up to date: where its file waits ("" when the bytes in place are the same), what it leaves.

    `rendered` is false where other inputs gave an equal view.
    """

    path: str
    waiting: str
    left: Left
    rendered: bool


class Stage:
    """The staging folder of one member of the team; in the folder `new` files wait that were never there before."""

    def __init__(
        self, folder: Path, output: Path, *, state: OutputState, to_bytes: Callable[[Output, Any], bytes]
    ) -> None:
        self._folder = os.fspath(folder)
        self.new = f"{self._folder}/new"
        self._output = output
        self._state = state
        self._to_bytes = to_bytes
        self._number = 0
        # What a killed build left waiting is none of this one's pages, and would be moved into place with them.
        _remove_tree(self._folder)
        os.makedirs(self.new)

    def bring_up(self, output: Output, ingredients: Ingredients) -> Staged | None:
        """Render one output unless it is current and in place; raises OutputError when there is no room."""
        path = output.path
        before = self._state.known(path)
        in_place = before is not None and self._state.is_in_place(path, before)
        inputs = inputs_digest(output, ingredients)
        if before is not None and in_place and before.inputs == inputs:
            return None
        view = output.view()
        key = key_of(output, ingredients, view)
        if before is not None and in_place and before.key == key.digest:
            return Staged(path, "", before._replace(inputs=inputs), False)
        why = _why(before, key, lambda: names_of(output, ingredients, view))
        content = self._to_bytes(output, view)
        may_be_same = before is not None and in_place and before.size == len(content)
        if before is not None and may_be_same and read_bytes(safe_join(self._output, path)) == content:
            return Staged(path, "", Left(key.digest, inputs, before.size, before.mtime, key.sums, why), True)
        waiting = safe_join(self.new, path) if before is None else f"{self._folder}/{self._number}"
        self._number += 1
        size, mtime = _write(waiting, content, has_folder=before is not None)
        return Staged(path, waiting, Left(key.digest, inputs, size, mtime, key.sums, why), True)

    def clear(self) -> None:
        """Remove the staging folder and what still waits in it."""
        try:
            # Nothing waits any more where all went well.
            os.rmdir(self.new)
            os.rmdir(self._folder)
        except OSError:
            import shutil

            shutil.rmtree(self._folder, ignore_errors=True)


def bring_all_up(
    outputs: Iterable[Output],
    press: Press,
    *,
    cache: Path,
    output: Path,
    state: OutputState,
    publishing: Callable[[], AbstractContextManager[Any]],
) -> list[Staged]:
    """Render what is not current among some outputs and move it into place; all others stay as they are."""
    stage = Stage(staging_folder(cache, output) / "0", output, state=state, to_bytes=press.to_bytes)
    try:
        staged = [one for each in outputs if (one := stage.bring_up(each, press.ingredients(each)))]
        remove_stamp(cache)
        with publishing():
            move_into_place(staged, output, (stage,))
    finally:
        stage.clear()
    return staged


def move_into_place(staged: Iterable[Staged], output: Path, stages: Sequence[Stage]) -> None:
    """Rename everything that waits to where it belongs, new folders whole; raises OutputError."""
    news = tuple(f"{stage.new}{os.sep}" for stage in stages)
    os.makedirs(output, exist_ok=True)
    for stage in stages:
        _merge(stage.new, os.fspath(output))
    for path, waiting, *_ in staged:
        if waiting and not waiting.startswith(news):
            place = safe_join(output, path)
            with _telling_what_is_in_the_way(place):
                os.makedirs(os.path.dirname(place), exist_ok=True)
                os.replace(waiting, place)


def _merge(waiting: str, folder: str) -> None:
    """Rename what lies in a folder that waits to where it belongs: a folder whole, where there is none of its name yet.

    Most folders of a site are made once, where its pages wait; making them twice costs a file system more than all
    else here. Other members do the same beside this one.
    """
    with os.scandir(waiting) as entries:
        for entry in entries:
            place = os.path.join(folder, entry.name)
            with _telling_what_is_in_the_way(place):
                if not entry.is_dir(follow_symlinks=False):
                    os.replace(entry.path, place)
                elif not _is_renamed(entry.path, place):
                    _merge(entry.path, place)


def _is_renamed(waiting: str, place: str) -> bool:
    try:
        os.rename(waiting, place)
    except OSError:
        if not os.path.isdir(place):
            raise
        return False
    return True


@contextmanager
def _telling_what_is_in_the_way(place: str) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise OutputError(
            f"{place} cannot be written: {fault.strerror}. What is in the way must be moved, then build again."
        ) from fault


def remove(paths: Iterable[str], output: Path) -> None:
    """Delete files we wrote and no longer plan, and folders that become empty."""
    for path in paths:
        remove_with_empty_folders(output, path)


def _remove_tree(folder: str) -> None:
    """Delete a folder with all that lies in it, where there is one; raises OSError."""
    if os.path.lexists(folder):
        import shutil

        shutil.rmtree(folder)


def staging_folder(cache_folder: Path, output: Path) -> Path:
    """Return where to stage: with the cache, or beside the output where that lies on another file system."""
    os.makedirs(output, exist_ok=True)
    os.makedirs(cache_folder, exist_ok=True)
    if os.stat(cache_folder).st_dev == os.stat(output).st_dev:
        return cache_folder / "stage"
    return output.parent / f".{output.name}.stage"


def _why(before: Left | None, key: Key, names: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    if before is None:
        return ("new",)
    return ("missing",) if before.key == key.digest else differing(names(), before.parts, key.sums)


def _write(place: str, content: bytes, *, has_folder: bool) -> tuple[int, int]:
    """Write a file, where need be with its folder, and return its size and time (nanoseconds)."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        if not has_folder:
            _make_folder(os.path.dirname(place))
        handle = os.open(place, flags, 0o644)
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(handle, view) :]
            return len(content), os.fstat(handle).st_mtime_ns
        finally:
            os.close(handle)
    except OSError as fault:
        raise OutputError(
            f"The site cannot be written: {fault.strerror}. Nothing was published; the site is as it was."
        ) from fault


def _make_folder(folder: str) -> None:
    """Make a folder; nearly always it is not there yet, and only the last part of its path is missing."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
