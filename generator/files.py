"""The file system's few rules: sorted walks, whole files or none, nothing outside the root.

Paths inside a site are `/`-separated text relative to a root; `pathlib` and `os` stay on the outside.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path

from generator.errors import GeneratorError, OutputError
from generator.named import NamedTuple
from generator.piecewise import Pieces, at_once

# The names of a site's files, in its own folder: what we wrote is known as ours even without a cache.
OWN_FILES = ".dateline-files"
# A walk is left or paused after so many files at most.
FILES_A_PIECE = 512
_CAN_SCAN_HANDLES = os.scandir in os.supports_fd and hasattr(os, "O_DIRECTORY")


class FileStat(NamedTuple):
    """What the file system says of a file without its being read; times in nanoseconds."""

    path: str
    size: int
    mtime: int
    ctime: int
    inode: int


def walk(root: str | Path, under: str = "") -> list[FileStat]:
    """Return every regular file below `root`/`under`, sorted by path; hidden files and editors' leavings left out.

    Links to files are followed, links to folders are not: a loop would never end. Those are named with a slash at the
    end, and so is, without one, a link that leads nowhere; nothing else is known of them, and they can be told. Raises
    GeneratorError for a name that is no text, and for a file where the folder should be.
    """
    return at_once(walking(root, under))


def walking(root: str | Path, under: str = "") -> Pieces[list[FileStat]]:
    """Walk in pieces of a few files each."""
    found: list[FileStat] = []
    base = os.fspath(root)
    folders = [under]
    new = tuple.__new__  # Makes thousands of them in half the time.
    while folders:
        folder = folders.pop()
        prefix = f"{folder}/" if folder else ""
        for entry in _entries(os.path.join(base, folder) if folder else base):
            name = entry.name
            # The commonest answers of `is_leaving`, without a call for each of thousands.
            if name[0] in ".#" or (name[-3:] != ".md" and is_leaving(name)):
                continue
            path = prefix + name
            if not name.isascii():
                _check_name(base, path)
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif entry.is_file():
                stat = entry.stat()
                found.append(new(FileStat, (path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)))
            elif entry.is_symlink():
                leads_to_folder = os.path.isdir(os.path.join(base, path))
                found.append(FileStat(f"{path}/" if leads_to_folder else path, 0, 0, 0, 0))
            if len(found) % FILES_A_PIECE == 0:
                yield
    found.sort(key=_path_of)
    return found


_path_of = itemgetter(0)


def _entries(place: str) -> Iterator[os.DirEntry[str]]:
    """Yield what stands in a folder, nothing where there is none; raises GeneratorError where it is a file."""
    handle = -1
    try:
        if _CAN_SCAN_HANDLES:
            # Looked up from the folder itself: the whole way to each of its files need not be walked again.
            handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
        with os.scandir(place if handle < 0 else handle) as entries:
            yield from entries
    except FileNotFoundError:
        return
    except NotADirectoryError as fault:
        raise GeneratorError(f"{place} is a file and must be a folder. Move the file away.") from fault
    finally:
        if handle >= 0:
            os.close(handle)


def _check_name(base: str, path: str) -> None:
    """Raise GeneratorError where a name is made of bytes that are no text: no link, cache or message could hold it."""
    try:
        path.encode()
    except UnicodeEncodeError as fault:
        shown = os.path.join(base, path).encode(errors="backslashreplace").decode()
        raise GeneratorError(f"The name of {shown} is not UTF-8. Give the file or folder another name.") from fault


def is_leaving(name: str) -> bool:
    """Say whether a file name is hidden, a backup or an editor's temporary file, and so never content."""
    return name[0] == "." or name[-1] == "~" or name[0] == "#" or name.endswith((".swp", ".swx", ".tmp", ".part"))


def read_bytes(path: str) -> bytes:
    """Return a file's bytes with as few system calls as it takes; raises OSError."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        size = os.fstat(handle).st_size
        content = os.read(handle, size + 1)
        while len(content) < size:
            more = os.read(handle, size + 1 - len(content))
            if not more:
                break
            content += more
        return content
    finally:
        os.close(handle)


def replace_file(path: str, content: bytes) -> None:
    """Put `content` at `path` whole or not at all, making folders as needed; raises OSError.

    The bytes go to a temporary name in the same folder first, so that no reader ever sees half a file.
    """
    temporary = f"{path}.{os.getpid()}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(temporary, flags, 0o644)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        handle = os.open(temporary, flags, 0o644)
    try:
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(handle, view) :]
        finally:
            os.close(handle)
        os.replace(temporary, path)
    except BaseException:
        _remove_quietly(temporary)
        raise


class Rewrite(NamedTuple):
    """A file's bytes before and after, its path below a root; None where there is no file."""

    path: str
    old: bytes | None
    new: bytes | None


def rewrite_all(root: str | Path, rewrites: Iterable[Rewrite]) -> None:
    """Put all these files in place or none of them; raises OutputError where one is no longer what it was, and OSError.

    All bytes are written under temporary names first, so that a full disk is met before the first file is changed.
    """
    wanted = list(rewrites)
    for path, old, _ in wanted:
        if _bytes_at(safe_join(root, path)) != old:
            raise OutputError(f"{path}: the file has changed meanwhile. Nothing was written; run it again.")
    staged = {each.path: f"{safe_join(root, each.path)}.{os.getpid()}.new.tmp" for each in wanted}
    done: list[Rewrite] = []
    try:
        for path, _, new in wanted:
            if new is not None:
                replace_file(staged[path], new)
        # What goes away goes last: until then every word stands in at least one file.
        for each in sorted(wanted, key=lambda each: each.new is None):
            done.append(each)
            _put(each, safe_join(root, each.path), staged[each.path])
    except BaseException:
        # Ctrl-C between two files would leave a site of which nobody knows the half.
        for each in done:
            _put_back(each, safe_join(root, each.path))
        raise
    finally:
        for place in staged.values():
            _remove_quietly(place)


def _put(rewrite: Rewrite, place: str, staged: str) -> None:
    if rewrite.new is None:
        os.unlink(place)
    else:
        os.replace(staged, place)


def _put_back(rewrite: Rewrite, place: str) -> None:
    if rewrite.old is None:
        _remove_quietly(place)
    else:
        replace_file(place, rewrite.old)


def _bytes_at(place: str) -> bytes | None:
    try:
        return read_bytes(place)
    except FileNotFoundError:
        return None


def safe_join(root: str | Path, path: str) -> str:
    """Return the place of a `/`-separated path below `root`; raises OutputError when it would lie outside."""
    if is_outside(path):
        raise OutputError(f'The path "{path}" does not stay inside {root}.')
    return os.path.join(os.fspath(root), *path.split("/"))


def is_outside(path: str) -> bool:
    """Say whether a `/`-separated path could lead out of the folder it is meant to stay in."""
    return "\\" in path or "\0" in path or any(part in ("", ".", "..") for part in path.split("/"))


def remove_with_empty_folders(root: str | Path, path: str) -> None:
    """Delete a file below `root`, then each folder above it that has become empty; a missing file is no fault."""
    place = safe_join(root, path)
    _remove_quietly(place)
    top = os.path.abspath(os.fspath(root))
    folder = os.path.dirname(os.path.abspath(place))
    while folder != top:
        try:
            os.rmdir(folder)
        except OSError:
            return
        folder = os.path.dirname(folder)


@contextmanager
def held_alone(path: Path, otherwise: GeneratorError) -> Iterator[None]:
    """Hold the lock file at `path`; raises `otherwise` at once when another process holds it.

    The system lets go of a lock when its holder dies. The file stays behind on purpose: once it is deleted, a third
    process could lock a new file while a second still holds the old one.
    """
    os.makedirs(path.parent, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _lock(handle)
        except OSError:
            raise otherwise from None
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def bundled(name: str) -> Path:
    """Return the folder of a thing that travels with the package: `themes/dateline`, `sample` or `starter`.

    In an installed package it lies in `generator/bundled/`; in a checkout the theme and the sample are the top level's.
    """
    package = Path(__file__).resolve().parent
    inside = package / "bundled" / name
    if inside.exists():
        return inside
    top = package.parent
    return top if name == "sample" else top / name


def _remove_quietly(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
