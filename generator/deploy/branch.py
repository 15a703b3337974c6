"""A branch of a git remote, such as the one a host of static pages reads: one commit per deploy, history kept.

A commit is ours when its message names this site and the digest of its own files, so any machine can tell, and a branch
whose newest commit is not ours is refused. Pushing is never forced: who was first wins.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from generator.config import DeployTarget
from generator.deploy.git import Repository, without_password
from generator.deploy.lock import one_at_a_time
from generator.deploy.manifest import Difference, Manifest, PublishedFile, difference
from generator.digest import digest_of
from generator.errors import DeployError
from generator.files import read_bytes
from generator.named import NamedTuple

SITE = "Dateline-Site"
FILES = "Dateline-Files"
BACK_TO = "Dateline-Back-To"
NEW = "refs/dateline/new"
LIVE = "refs/dateline/live"
PLAIN_FILE = "100644"
SHORTEST_ID = 7


class Commit(NamedTuple):
    """One commit of the branch: its id, its message and its files."""

    id: str
    message: str
    manifest: Manifest

    def trailer(self, key: str) -> str:
        """Return what a line `key: …` of the message says, or nothing."""
        found = [line for line in self.message.splitlines() if line.startswith(f"{key}: ")]
        return found[-1].partition(": ")[2].strip() if found else ""


def blob_id(content: bytes) -> str:
    """Return the name git gives a file's content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


class BranchTarget:
    """A branch of a remote; `over` names the foreign commit that a person has looked at and lets be published over."""

    digest = staticmethod(blob_id)

    def __init__(self, root: Path, target: DeployTarget, *, site: str, title: str, over: str) -> None:
        self.place = f"{without_password(target.remote)} {target.branch}"
        self._name = target.name
        self._ref = f"refs/heads/{target.branch}"
        self._site = site
        self._title = title
        self._over = over
        self._store = root / ".dateline" / "deploy" / f"{target.name}.git"
        self._git = Repository(root, self._store, target.remote, self.place)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Refuse a second deploy from this folder; one from elsewhere is refused by the remote."""
        with one_at_a_time(self._store.with_suffix(".lock"), self.place):
            self._git.clear_leavings()
            yield

    def held(self) -> Manifest:
        """Return the files of the branch's newest commit; raises DeployError when that commit is foreign."""
        tip = self._tip()
        return () if tip is None else tip.manifest

    def publish(self, public: Path, wanted: Manifest, now: datetime, may_go_live: Callable[[], None]) -> str:
        """Put one commit on top of the branch and push it; returns the commit's short id."""
        tip = self._tip()
        changes = difference(() if tip is None else tip.manifest, wanted)
        subject = f"Publish: {len(changes.added)} added, {len(changes.changed)} changed, {len(changes.removed)} removed"
        self._git.run("update-ref", "-d", NEW)
        head = self._head(self._message(subject, wanted), now, tip)
        self._git.import_stream(_stream(public, wanted, changes, head))
        may_go_live()
        return self._push(self._git.run("rev-parse", NEW).strip())

    def roll_back(self, now: datetime) -> str:
        """Publish the files of the commit before the newest one again, as a new commit; history is kept."""
        tip = self._tip()
        if tip is None:
            raise DeployError(f"{self.place} holds no site yet, so there is none to go back to.")
        if (self._store / "shallow").exists():
            self._git.fetch(self._ref, LIVE, "--unshallow")
        since = tip.trailer(BACK_TO) or tip.id
        parent = self._git.run("rev-list", "--max-count=1", "--skip=1", since).strip()
        before = self._read(parent) if parent else None
        if before is None or not self._is_ours(before):
            raise DeployError(f"No deploy of this site stands before {since[:10]} on {self.place}.")
        message = self._message(f"Go back to {parent[:10]}", before.manifest) + f"{BACK_TO}: {parent}\n"
        name, email = self._author()
        who = {"NAME": name, "EMAIL": email, "DATE": f"{int(now.timestamp())} +0000"}
        ident = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
        made = self._git.run("commit-tree", f"{parent}^{{tree}}", "-p", tip.id, "-m", message, settings=ident)
        return self._push(made.strip())

    def _tip(self) -> Commit | None:
        self._git.prepare()
        newest = self._git.tip(self._ref)
        if not newest:
            return None
        if not self._git.has(newest):
            self._git.fetch(self._ref, LIVE, "--depth=1")
        tip = self._read(newest)
        looked_at = len(self._over) >= SHORTEST_ID and tip.id.startswith(self._over)
        if not looked_at and not self._is_ours(tip):
            raise DeployError(self._foreign(tip))
        return tip

    def _foreign(self, tip: Commit) -> str:
        subject = tip.message.strip().partition("\n")[0]
        other = tip.trailer(SITE)
        whose = f"publishes another site, {other}" if other and other != self._site else "is no deploy of this site"
        return (
            f'The newest commit on {self.place}, {tip.id[:10]} "{subject}", {whose}. Nothing was published.\n'
            "Look at it and take over what you need. To publish on top of it, keeping it in the history:\n"
            f"  dateline deploy {self._name} --over {tip.id[:10]}"
        )

    def _is_ours(self, commit: Commit) -> bool:
        return commit.trailer(SITE) == self._site and commit.trailer(FILES) == _digest(commit.manifest)

    def _message(self, subject: str, manifest: Manifest) -> str:
        return f"{subject}\n\n{SITE}: {self._site}\n{FILES}: {_digest(manifest)}\n"

    def _head(self, message: str, now: datetime, tip: Commit | None) -> bytes:
        name, email = self._author()
        who = f"{name} <{email}> {int(now.timestamp())} +0000"
        text = message.encode()
        head = f"commit {NEW}\nauthor {who}\ncommitter {who}\ndata {len(text)}\n".encode() + text
        return head + (f"from {tip.id}\n".encode() if tip else b"")

    def _author(self) -> tuple[str, str]:
        name = self._git.setting("user.name") or self._title
        email = self._git.setting("user.email") or f"dateline@{urlsplit(self._site).hostname or 'localhost'}"
        # These signs part the fields of a commit; a title may hold them.
        return "".join(sign for sign in name if sign not in "<>\n").strip() or "Dateline", email

    def _read(self, commit: str) -> Commit:
        message = self._git.run("log", "--max-count=1", "--format=%B", commit)
        rows = self._git.run("ls-tree", "-r", "-z", "-l", "--full-tree", commit).split("\0")
        return Commit(commit, message, tuple(sorted(_tree_row(row) for row in rows if row)))

    def _push(self, commit: str) -> str:
        self._git.push(commit, self._ref)
        self._git.run("update-ref", LIVE, commit)
        return commit[:10]


def _stream(public: Path, wanted: Manifest, changes: Difference, head: bytes) -> Iterator[bytes]:
    yield head
    for path in changes.removed:
        yield b"D " + _quoted(path) + b"\n"
    files = {file.path: file for file in wanted}
    for path in sorted((*changes.added, *changes.changed)):
        place = os.path.join(public, path)
        content = read_bytes(place)
        if blob_id(content) != files[path].digest:
            raise DeployError(f"{place} changed while it was being published. Nothing was published; deploy again.")
        yield b"M %s inline %s\ndata %d\n" % (PLAIN_FILE.encode(), _quoted(path), len(content))
        yield content
        yield b"\n"
    yield b"done\n"


def _quoted(path: str) -> bytes:
    text = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return b'"' + os.fsencode(text) + b'"'


def _tree_row(row: str) -> PublishedFile:
    head, _, path = row.partition("\t")
    mode, _, digest, size = head.split()
    # A link or a program is no file of ours: its digest must equal none.
    return PublishedFile(path, int(size) if size.isdigit() else 0, digest if mode == PLAIN_FILE else f"{mode} {digest}")


def _digest(manifest: Manifest) -> str:
    return digest_of(tuple((os.fsencode(file.path), file.digest) for file in manifest)).hex()
