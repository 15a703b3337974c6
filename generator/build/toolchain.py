"""What pages are made with besides content: our own code and the libraries that parse and render."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from generator.digest import digest_of
from generator.files import FileStat, read_bytes, walk

_MODULES = ("jinja2", "markupsafe", "markdown_it", "yaml", "msgpack")
_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def toolchain() -> bytes:
    """Return the digest of our own source files and the libraries' signs; constant while the process lives."""
    own = tuple((stat.path, read_bytes(os.path.join(_PACKAGE, stat.path))) for stat in _own_files())
    return digest_of(own, _library_signs(), sys.version)


def toolchain_stats() -> tuple[tuple[str, int, int], ...]:
    """Return a quick sign of the same things: sizes and times, without reading any file."""
    own = tuple((stat.path, stat.size, stat.mtime) for stat in _own_files())
    return (*own, *_library_signs(), (sys.version, 0, 0))


def _library_signs() -> tuple[tuple[str, int, int], ...]:
    """Return where each library lies and when it was put there: asking for its version takes thirty times as long."""
    signs = []
    for name in _MODULES:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            stat = os.stat(spec.origin)
            signs.append((spec.origin, stat.st_size, stat.st_mtime_ns))
    return tuple(signs)


def _own_files() -> list[FileStat]:
    return [stat for stat in walk(_PACKAGE) if stat.path.endswith(".py")]
