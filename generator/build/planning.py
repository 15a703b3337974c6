"""From parsed content to the plan of the site: the middle of a build, made anew from values every time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from generator.build.content import ContentCache, Present
from generator.build.memory import Memory
from generator.build.press import Press, site_view
from generator.build.settings import files_of
from generator.config import Config
from generator.errors import Diagnostic, in_order
from generator.load.parse import PARSE
from generator.load.validate import validate
from generator.model.article import Article, Extras
from generator.model.site import assemble
from generator.named import NamedTuple
from generator.render.bodies import Bodies
from generator.render.days import Days
from generator.render.desk import Desk
from generator.render.output import Output, collisions
from generator.render.plan import Files, plan
from generator.render.theme import load_theme
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


def plan_site(
    root: Path, config: Config, content: ContentCache, present: Present, *, now: int, wishes: Wishes, memory: Memory
) -> Planned:
    """Return every output of the site, or the faults that stop it."""
    entries = content.entries
    parsed = {path: entry.as_parsed() for path, entry in entries.items() if entry.kind in PARSE}
    loaded = validate(root, present.scan, parsed, config, now)
    published = loaded.preview() if wishes.preview else loaded.published
    planned = Planned(
        loaded.faults,
        articles=(*loaded.published.articles, *loaded.scheduled, *loaded.expired),
        held=len(loaded.held),
        left_out=tuple(f"content/{path}" for path in loaded.left_out) if wishes.keep_going else (),
    )
    if loaded.errors_that_remain if wishes.keep_going else loaded.errors:
        return planned
    theme = load_theme(root, config.theme)
    site = assemble(config, published, memory.recall_all)
    desk = Desk(site, preview=wishes.preview)
    bodies = bodies_of(desk, content)
    stand = Stand(desk, bodies, Days(desk, bodies), theme.strings, files_of(root, entries, theme))
    outputs = plan(*stand)
    claims = tuple(collisions(outputs))
    if claims:
        return planned._replace(faults=in_order((*planned.faults, *claims)))
    around = site_view(config, site, theme.strings, preview=wishes.preview)
    press = Press(theme, around, content.bodies.folder)
    paths = {article.id: f"content/{article.path}" for article in site.articles}
    return planned._replace(
        outputs=outputs, press=press, base_url=config.base_url, paths=paths, addresses=site.addresses, stand=stand
    )


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
