"""What a finished site consists of: every file with its size and digest, and how two such lists differ.

Nothing is published here. A target compares the manifest of `public/` with its own and takes what differs.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from generator.digest import digest_of_bytes
from generator.errors import DeployError
from generator.files import OWN_FILES, read_bytes
from generator.named import NamedTuple

FORMAT = 1


class PublishedFile(NamedTuple):
    """One file of a site; `digest` is hexadecimal and of the kind the target compares by."""

    path: str
    size: int
    digest: str


Manifest = tuple[PublishedFile, ...]
"""Every file of a site, sorted by path."""


class Difference(NamedTuple):
    """What brings a target from what it holds to what `public/` holds; paths are sorted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        """Whether the target already holds exactly this site."""
        return not (self.added or self.changed or self.removed)


def blake(content: bytes) -> str:
    """Return the digest that files are compared by, unless a target has its own."""
    return digest_of_bytes(content).hex()


def read_manifest(folder: Path, digest: Callable[[bytes], str] = blake) -> Manifest:
    """Return every file below `folder` with its digest, hidden ones too; raises DeployError for what is no site."""
    try:
        found = sorted(_files(folder))
        manifest = tuple(_published(folder, path, digest) for path in found)
    except OSError as fault:
        raise DeployError(
            f"{fault.filename or folder} cannot be read: {fault.strerror}. Nothing was published."
        ) from fault
    if not any(file.path == "index.html" for file in manifest):
        raise DeployError(f'{folder} holds no index.html, so it is no finished site. Run "dateline build" first.')
    return manifest


def difference(held: Manifest, wanted: Manifest) -> Difference:
    """Return what must be added, changed and removed to come from `held` to `wanted`."""
    before = {file.path: file.digest for file in held}
    after = {file.path: file.digest for file in wanted}
    added = tuple(path for path in after if path not in before)
    changed = tuple(path for path, digest in after.items() if path in before and before[path] != digest)
    removed = tuple(path for path in before if path not in after)
    return Difference(added, changed, removed, len(after) - len(added) - len(changed))


def as_json(manifest: Manifest, facts: Mapping[str, str]) -> bytes:
    """Return the record of a release: the facts about it and its files, one to a line."""
    record = {"format": FORMAT, **facts, "files": manifest}
    return json.dumps(record, indent=0).encode()


def from_json(content: bytes) -> tuple[Manifest, Mapping[str, str]]:
    """Return what `as_json` wrote; raises ValueError when the record is cut short, garbled or of another format."""
    record = json.loads(content)
    if not isinstance(record, dict) or record.pop("format", None) != FORMAT:
        raise ValueError("not the record of a release")
    try:
        manifest = tuple(PublishedFile(str(path), int(size), str(digest)) for path, size, digest in record.pop("files"))
    except (KeyError, TypeError) as fault:
        raise ValueError("not the record of a release") from fault
    return manifest, {str(key): str(value) for key, value in record.items()}


def _files(folder: Path) -> list[str]:
    # Hidden files are part of a site (`.nojekyll`, `.well-known/`), so the walk over content does not serve here.
    base = os.fspath(folder)
    found: list[str] = []
    for place, folders, names in os.walk(base, onerror=_raise):
        below = os.path.relpath(place, base).replace(os.sep, "/")
        start = "" if below == "." else f"{below}/"
        found += [start + name for name in names]
        linked = [name for name in folders if os.path.islink(os.path.join(place, name))]
        if linked:
            raise DeployError(f'"{start}{linked[0]}" in {folder} is a link to a folder. Put the folder itself there.')
    return [name for name in found if name != OWN_FILES]


def _raise(fault: OSError) -> None:
    raise fault


def _published(folder: Path, path: str, digest: Callable[[bytes], str]) -> PublishedFile:
    content = read_bytes(os.path.join(folder, *path.split("/")))
    return PublishedFile(path, len(content), digest(content))
