"""What a build is to publish, how it may be asked to run, and what its outputs were planned from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from generator.build.content import ContentCache
from generator.build.press import Press
from generator.errors import Diagnostic
from generator.model.article import Article, Extras
from generator.named import NamedTuple
from generator.render.bodies import Bodies
from generator.render.days import Days
from generator.render.desk import Desk
from generator.render.output import Files, Output
from generator.text.mentions import matcher


class Wishes(NamedTuple):
    """How a build is to be run. `now` gives the clock in seconds since 1970; it is asked once a build.

    `preview` lets drafts and held articles in; `keep_going` leaves out articles faulty by themselves; `fresh` ignores
    what the cache holds; `jobs` is how many processes may work, 0 for as many as pay.
    """

    now: Callable[[], int]
    preview: bool = False
    keep_going: bool = False
    fresh: bool = False
    jobs: int = 0


class Stand(NamedTuple):
    """The middle of a build, for one that lives on: what its outputs were planned from."""

    desk: Desk
    bodies: Bodies
    days: Days
    strings: Extras
    files: Files


class Planned(NamedTuple):
    """What a build is to publish; `press` and `stand` are None where faults stop it.

    `paths` maps the ids of articles to their files, `addresses` content paths to the addresses of their pages.
    `articles` are all that the clock decides on, `left_out` the files a build that keeps going went without.
    `linked_headings` are headings that links lead to, as content paths and ids: none is missing, some may be of before.
    """

    faults: tuple[Diagnostic, ...]
    articles: Sequence[Article] = ()
    held: int = 0
    left_out: tuple[str, ...] = ()
    outputs: Sequence[Output] = ()
    press: Press | None = None
    base_url: str = ""
    paths: Mapping[str, str] = MappingProxyType({})
    addresses: Mapping[str, str] = MappingProxyType({})
    stand: Stand | None = None
    linked_headings: frozenset[tuple[str, str]] = frozenset()


def stand_of(planned: Planned) -> Stand:
    """Return what the outputs of a faultless plan were planned from."""
    assert planned.stand is not None
    return planned.stand


def bodies_of(desk: Desk, content: ContentCache) -> Bodies:
    """Return the bodies of a site's content, ready for its pages."""
    site = desk.site
    return Bodies(
        content.body,
        matcher=matcher(tuple((topic.id, topic.linked, topic.excluded) for topic in site.topics.values())),
        topic_hrefs={id: link.href for id, link in desk.topics.items()},
        addresses=site.addresses,
        base=site.config.base_path,
    )
