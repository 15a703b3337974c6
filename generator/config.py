"""`site.yaml` as frozen, validated values."""

from __future__ import annotations

from typing import Any

from generator.model.article import Extras
from generator.model.extras import extras_of
from generator.named import NamedTuple


class ThemeChoice(NamedTuple):
    """The theme's name (a folder in `themes/`, or a bundled one) and the options passed to its templates."""

    name: str = "dateline"
    options: Extras = Extras()


class MenuItem(NamedTuple):
    """One entry of the site's menu; `to` is an address in the site (`/topics/`) or an https address."""

    label: str
    to: str


class EditionRule(NamedTuple):
    """One kind of briefing besides the daily one."""

    key: str
    title: str


class Tagging(NamedTuple):
    """How many points make a topic; `threshold_short` is for texts under 80 words."""

    threshold: float = 3.0
    threshold_short: float = 1.0


class IngestRules(NamedTuple):
    """Where ingest keeps what.

    `keep` is `content`, or `archive`: then text beyond an excerpt stays out of `content/`. `archive` is the folder of
    the raw files, in the site's folder or, with a whole path, outside of it. `readers` are (ending, command) pairs.
    """

    keep: str = "content"
    archive: str = "archive"
    readers: tuple[tuple[str, str], ...] = ()


class DeployTarget(NamedTuple):
    """One place the site is brought to.

    `kind` is `dir` (uses `path` and `keep`, a number of releases) or `git` (uses `remote` and `branch`).
    """

    name: str
    kind: str
    path: str = ""
    remote: str = ""
    branch: str = "gh-pages"
    keep: int = 5


class Config(NamedTuple):
    """A site's settings. `base_url` ends with `/`; `base_path` is its path without the last `/` ("" or "/briefs")."""

    title: str
    base_url: str
    base_path: str
    description: str = ""
    timezone: str = "UTC"
    language: str = "en"
    theme: ThemeChoice = ThemeChoice()
    menu: tuple[MenuItem, ...] = ()
    topic_order: tuple[str, ...] = ()
    day_closes: str = ""
    editions: tuple[EditionRule, ...] = ()
    tagging: Tagging = Tagging()
    ingest: IngestRules = IngestRules()
    deploy: tuple[DeployTarget, ...] = ()
    pairs_minimum: int = 5
    extra: Extras = Extras()


def revived(row: Any) -> Config:
    """Return the settings that were packed as `row`."""
    config = Config._make(row)
    return config._replace(
        theme=ThemeChoice(config.theme[0], extras_of(config.theme[1])),
        menu=tuple(map(MenuItem._make, config.menu)),
        editions=tuple(map(EditionRule._make, config.editions)),
        tagging=Tagging._make(config.tagging),
        ingest=IngestRules._make(config.ingest),
        deploy=tuple(map(DeployTarget._make, config.deploy)),
        extra=extras_of(config.extra),
    )
