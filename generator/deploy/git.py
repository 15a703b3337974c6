"""The only door to git, and the repository of our own that publishing goes through.

It lies below `.dateline/` and may be deleted at any time; the folder a person works in, its index and its settings are
never touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from generator.errors import DeployError

# Who calls us may itself run inside git (a hook, say); these would lead our calls into that repository.
FOREIGN_SETTINGS = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
)


class Repository:
    """A bare repository at `store` that speaks to one remote; `place` is how messages name the branch there."""

    def __init__(self, root: Path, store: Path, remote: str, place: str) -> None:
        self._root = root
        self._store = store
        self._remote = remote
        self._place = place

    def prepare(self) -> None:
        """Make the repository when it is missing or garbled."""
        if self._store.exists() and self._ask("rev-parse", "--git-dir").returncode:
            # Only a store of ours lies here, and the remote holds all that matters.
            shutil.rmtree(self._store, ignore_errors=True)
        if not self._store.exists():
            self._store.parent.mkdir(parents=True, exist_ok=True)
            self.run("init", "--quiet", "--bare")

    def clear_leavings(self) -> None:
        """Remove the locks of a git that was killed; to be called while our own lock says that none is running."""
        for left in self._store.rglob("*.lock"):
            left.unlink(missing_ok=True)

    def tip(self, ref: str) -> str:
        """Return the id of the remote's newest commit on `ref`, or nothing."""
        listed = self.run("ls-remote", "--", self._address(), ref).split()
        return listed[0] if listed else ""

    def fetch(self, ref: str, into: str, depth: str) -> None:
        """Bring the remote's `ref` here under the name `into`."""
        self.run("fetch", "--quiet", "--no-tags", depth, "--", self._address(), f"+{ref}:{into}")

    def push(self, commit: str, ref: str) -> None:
        """Make `commit` the newest on the remote's `ref`; unforced, so that an earlier deploy is never lost."""
        self.run("push", "--quiet", "--", self._address(), f"{commit}:{ref}")

    def has(self, commit: str) -> bool:
        """Say whether a commit and its list of files are here already."""
        return self._ask("cat-file", "-e", f"{commit}^{{tree}}").returncode == 0

    def setting(self, key: str) -> str:
        """Return what the person's own git settings say, or nothing."""
        return self._ask_beside("config", "--get", key).stdout.decode().strip()

    def run(self, *words: str, settings: dict[str, str] | None = None) -> str:
        """Return what a git command says; raises DeployError when it fails."""
        done = self._ask(*words, settings=settings)
        if done.returncode:
            raise self._refused(words[0], done.stderr)
        return os.fsdecode(done.stdout)

    def import_stream(self, stream: Iterator[bytes]) -> None:
        """Hand a stream to `git fast-import`, which takes it whole or not at all."""
        command = ["git", "--git-dir", str(self._store), "fast-import", "--quiet", "--done", "--force"]
        try:
            with subprocess.Popen(
                command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment(), cwd=self._root
            ) as running:
                _feed(running.stdin, stream)
                _, complaint = running.communicate()
        except OSError as fault:
            raise _unrunnable(fault) from fault
        if running.returncode:
            raise self._refused("fast-import", complaint)

    def _address(self) -> str:
        """Return the remote as git outside the site's folder understands it: `origin` means the site's own."""
        if any(sign in self._remote for sign in "/:\\") or (self._root / self._remote).exists():
            return self._remote
        found = self._ask_beside("remote", "get-url", self._remote)
        if found.returncode:
            raise DeployError(f'{self._root} is no git repository with a remote "{self._remote}". Write its address.')
        return found.stdout.decode().strip()

    def _ask(self, *words: str, settings: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
        return _called(["--git-dir", str(self._store), *words], self._root, settings)

    def _ask_beside(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return _called(list(words), self._root, None)

    def _refused(self, word: str, complaint: bytes) -> DeployError:
        said = os.fsdecode(complaint).replace(self._remote, without_password(self._remote)).strip()
        advice = "Check the address of the remote in site.yaml, and that you may read and write it."
        if word == "push":
            advice = "When another deploy or commit came first, look at the branch, then deploy again."
        return DeployError(f"git {word} failed for {self._place}. What was live is live as before.\n{said}\n{advice}")


def without_password(remote: str) -> str:
    """Return a remote's address fit to be shown."""
    scheme, parted, rest = remote.partition("://")
    if not parted or "@" not in rest.partition("/")[0]:
        return remote
    name, _, place = rest.partition("@")
    return f"{scheme}://{name.partition(':')[0]}@{place}" if ":" in name else f"{scheme}://{place}"


def _called(words: list[str], folder: Path, settings: dict[str, str] | None) -> subprocess.CompletedProcess[bytes]:
    environment = {**_environment(), **(settings or {})}
    try:
        return subprocess.run(["git", *words], capture_output=True, env=environment, cwd=folder, check=False)
    except OSError as fault:
        raise _unrunnable(fault) from fault


def _feed(pipe: IO[bytes] | None, stream: Iterator[bytes]) -> None:
    assert pipe is not None
    try:
        for piece in stream:
            pipe.write(piece)
    except BrokenPipeError:
        # git has stopped reading; what it says and returns tells why.
        pass


def _environment() -> dict[str, str]:
    return {**{key: value for key, value in os.environ.items() if key not in FOREIGN_SETTINGS}, "LC_ALL": "C"}


def _unrunnable(fault: OSError) -> DeployError:
    return DeployError(f"git cannot be run: {fault.strerror}. Install it; a git target needs it.")
