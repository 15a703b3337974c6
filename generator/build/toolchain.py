"""What pages are made with besides content: our own code and the libraries that parse and render."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from generator.digest import digest_of
from generator.files import FileStat, read_bytes, walk

_LIBRARIES = ("Jinja2", "MarkupSafe", "markdown-it-py", "mdurl", "PyYAML", "msgpack")
_MODULES = ("jinja2", "markupsafe", "markdown_it", "yaml", "msgpack")
_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def toolchain() -> bytes:
    """Return the digest of our own source files and of the libraries' versions; constant while the process lives."""
    own = tuple((stat.path, read_bytes(os.path.join(_PACKAGE, stat.path))) for stat in _own_files())
    return digest_of(own, tuple((name, _version(name)) for name in _LIBRARIES), tuple(sys.version_info))


def toolchain_stats() -> tuple[tuple[str, int, int], ...]:
    """Return a quick sign of the same things: sizes and times, without reading any file."""
    own = tuple((stat.path, stat.size, stat.mtime) for stat in _own_files())
    libraries = []
    for name in _MODULES:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            stat = os.stat(spec.origin)
            libraries.append((spec.origin, stat.st_size, stat.st_mtime_ns))
    return (*own, *libraries, (sys.version, 0, 0))


def _own_files() -> list[FileStat]:
    return [stat for stat in walk(_PACKAGE) if stat.path.endswith(".py")]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
