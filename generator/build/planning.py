"""From parsed content to the plan of the site: the middle of a build, made anew from values every time."""

from __future__ import annotations

from pathlib import Path

from generator.build.content import ContentCache, Present
from generator.build.memory import Memory
from generator.build.planned import Planned, Stand, Wishes, bodies_of
from generator.build.press import Press, site_view
from generator.build.settings import files_of
from generator.config import Config
from generator.errors import in_order
from generator.load.parse import PARSE
from generator.load.validate import validate
from generator.model.site import assemble
from generator.render.days import Days
from generator.render.desk import Desk
from generator.render.output import collisions
from generator.render.plan import plan
from generator.render.theme_files import load_theme

# The page, and the field of its view, that names earlier reports.
_EARLIER = ("article.html", "earlier")


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
    site = assemble(config, published, memory.recall_all, tells_earlier=theme.may_show(*_EARLIER))
    desk = Desk(site, strings=theme.strings, preview=wishes.preview)
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
        outputs=outputs, press=press, base_url=config.base_url, paths=paths, addresses=site.addresses, stand=stand,
        linked_headings=loaded.linked_headings,
    )  # fmt: skip
