"""What the ingest commands need of a site, loaded and handed over as values: its topics, its sources, its settings."""

from __future__ import annotations

from pathlib import Path

from generator.config import Config, Tagging
from generator.config_file import SITE_FILE, load_config
from generator.errors import ERROR, Diagnostic, GeneratorError, IngestError, in_order
from generator.files import bundled
from generator.ingest.lexicon import read_lexicon
from generator.load.parse import ParseOptions, parse_source, parse_topic
from generator.model.source import Source
from generator.model.topic import Topic
from generator.named import NamedTuple


class SiteValues(NamedTuple):
    """A site as ingest sees it."""

    config: Config
    topics: tuple[Topic, ...]
    sources: tuple[Source, ...]


def site_values(root: Path) -> SiteValues:
    """Return what ingest needs of the site in `root`; raises ConfigError, and IngestError with every fault."""
    config = load_config(root)
    return SiteValues(config, _topics(root, config), _sources(root, config))


class TaggingValues(NamedTuple):
    """What a text is tagged by, and whose it is: `told` is a sentence for a person who did not name it, or ""."""

    topics: tuple[Topic, ...]
    rules: Tagging
    told: str


def tagging_values(root: Path | None, lexicon: Path | None = None) -> TaggingValues:
    """Return the topics to tag by: of a file of forms, else of the site named, else of the nearest, else the sample's.

    The sample's topics also stand in for those of a named folder that holds no site.
    """
    if lexicon is not None:
        return TaggingValues(*read_lexicon(lexicon), "")
    here = Path.cwd()
    folders = (here, *here.parents) if root is None else (root,)
    found = next((folder for folder in folders if (folder / SITE_FILE).is_file()), None)
    place = found or bundled("sample")
    config = load_config(place)
    topics = _topics(place, config)
    number = f"{len(topics)} topic{'' if len(topics) == 1 else 's'}"
    if not topics:
        told = f"The site in {place} has no topics, so nothing is suggested."
    elif found is None:
        nowhere = "here or above" if root is None else f"in {root}"
        told = f"There is no site {nowhere}: by the {number} of the sample site that comes with Dateline."
    else:
        told = f"By the {number} of the site in {found}." if root is None else ""
    return TaggingValues(topics, config.tagging, told)


def _topics(root: Path, config: Config) -> tuple[Topic, ...]:
    order = {key: place for place, key in enumerate(config.topic_order)}
    found: list[Topic] = []
    faults: list[Diagnostic] = []
    for path, text in _files(root, "topics"):
        parsed = parse_topic(path, text, ParseOptions(config.timezone))
        faults += parsed.faults
        if parsed.value is not None:
            found.append(parsed.value)
    _raise_errors(faults, "The topics cannot be read.")
    return tuple(sorted(found, key=lambda topic: (order.get(topic.id, len(order)), topic.id)))


def _sources(root: Path, config: Config) -> tuple[Source, ...]:
    found: list[Source] = []
    faults: list[Diagnostic] = []
    for path, text in _files(root, "sources"):
        parsed = parse_source(path, text, ParseOptions(config.timezone))
        faults += parsed.faults
        if parsed.value is not None:
            found.append(parsed.value)
    _raise_errors(faults, "The sources cannot be read.")
    return tuple(found)


def _files(root: Path, folder: str) -> list[tuple[str, str]]:
    found = []
    for place in sorted((root / "content" / folder).glob("*.md")):
        try:
            found.append((f"{folder}/{place.name}", place.read_text(encoding="utf-8-sig")))
        except (OSError, UnicodeDecodeError) as fault:
            raise IngestError(f"content/{folder}/{place.name}: the file cannot be read ({fault}).") from fault
    return found


def _raise_errors(faults: list[Diagnostic], message: str) -> None:
    errors = [fault for fault in faults if fault.severity == ERROR]
    if errors:
        raise GeneratorError(message, in_order(errors))
