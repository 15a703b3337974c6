"""The places a site can be brought to, and the one order in which that happens.

Refuse what is not fit to publish, compare, copy, ask once more, go live.
What kind of place it is, only the target knows.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from generator.config import Config, DeployTarget
from generator.deploy.branch import BranchTarget
from generator.deploy.directory import DirectoryTarget
from generator.deploy.manifest import Difference, Manifest, difference, read_manifest
from generator.errors import DeployError, did_you_mean
from generator.named import NamedTuple

DIRECTORY = "dir"
GIT = "git"

Verdict = Callable[[], str | None]
"""Says why the finished site may not be published, or None when it may."""


class Target(Protocol):
    """A place that holds at most one live site; `place` is how a person knows it."""

    place: str

    @property
    def digest(self) -> Callable[[bytes], str]:
        """How this place tells two files apart."""

    def lock(self) -> AbstractContextManager[None]:
        """Refuse a second deploy to this place while this one runs."""

    def held(self) -> Manifest:
        """Return the files that are live."""

    def publish(self, public: Path, wanted: Manifest, now: datetime, may_go_live: Callable[[], None]) -> str:
        """Make the site live, whole or not at all, and return the name of what is now live."""

    def roll_back(self, now: datetime) -> str:
        """Make live again what was live before, and return its name."""


class Plan(NamedTuple):
    """What a deploy would do, or has done: `live` is the name of what went live, "" when nothing did."""

    target: str
    place: str
    difference: Difference
    live: str = ""


def choose(config: Config, name: str | None) -> DeployTarget:
    """Return the target named, or the only one there is."""
    names = [target.name for target in config.deploy]
    if not names:
        raise DeployError('site.yaml names no place to deploy to. Add one under "deploy:"; docs/deploy.md shows how.')
    if name is None and len(names) > 1:
        raise DeployError(f"There are several targets: {', '.join(names)}. Name the one you mean.")
    for target in config.deploy:
        if name in (None, target.name):
            return target
    raise DeployError(f'site.yaml names no target "{name}".{did_you_mean(name or "", names)}')


def open_target(root: Path, config: Config, chosen: DeployTarget, over: str = "") -> Target:
    """Return the place that `chosen` describes; `over` is the foreign commit that may be published over."""
    if chosen.kind == DIRECTORY:
        path = (root / Path(chosen.path).expanduser()).resolve()
        for kept in ("content", "public", ".dateline"):
            inside = root.resolve() / kept
            if path == inside or inside in path.parents or path in inside.parents:
                raise DeployError(f'The target "{chosen.name}" would lie in, or over, {inside}. Name another folder.')
        return DirectoryTarget(path, chosen.keep)
    if chosen.kind == GIT:
        return BranchTarget(root, chosen, site=config.base_url, title=config.title, over=over)
    raise DeployError(f'The target "{chosen.name}" is of the unknown kind "{chosen.kind}". Kinds are dir and git.')


def plan(name: str, target: Target, public: Path, verdict: Verdict) -> Plan:
    """Return what publishing would change, changing nothing."""
    _refuse_stale(verdict)
    return Plan(name, target.place, difference(target.held(), read_manifest(public, target.digest)))


def publish(name: str, target: Target, public: Path, now: datetime, verdict: Verdict) -> Plan:
    """Bring `public` to the target; when the target already holds it, do nothing."""
    _refuse_stale(verdict)
    with target.lock():
        wanted = read_manifest(public, target.digest)
        changes = difference(target.held(), wanted)
        if changes.is_empty:
            return Plan(name, target.place, changes)
        # Asked again after the copying, because a build or an edit may have come in between.
        live = target.publish(public, wanted, now, lambda: _refuse_stale(verdict))
        return Plan(name, target.place, changes, live)


def roll_back(target: Target, now: datetime) -> str:
    """Make live again what was live before, and return its name; the content is not asked."""
    with target.lock():
        return target.roll_back(now)


def _refuse_stale(verdict: Verdict) -> None:
    reason = verdict()
    if reason is not None:
        raise DeployError(f'{reason} Nothing was published; run "dateline build", then deploy again.')
