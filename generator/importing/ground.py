"""What of the site and of the other generator decides how a file is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.config import Config
from generator.importing.settings import ZONES, Settings
from generator.importing.tags import TopicNames
from generator.load.validate import Loaded
from generator.model.source import Source
from generator.named import NamedTuple
from generator.text.dates import zone_named


class Site(NamedTuple):
    """The site that content is imported into: its folder, its settings, and what stands in it."""

    root: Path
    config: Config
    loaded: Loaded


class Ground(NamedTuple):
    """The site's zone, topics and sources, and the other generator with its settings.

    `source` is the key of the source a person named for every file, "" for none.
    """

    generator: str
    settings: Settings
    zone: ZoneInfo
    names: TopicNames
    sources: Mapping[str, Source]
    source: str = ""

    @property
    def zone_there(self) -> ZoneInfo:
        """The zone in which the other generator reads a time without an offset."""
        name = self.settings.zone or ZONES.get(self.generator, "")
        return zone_named(name) if name else self.zone
