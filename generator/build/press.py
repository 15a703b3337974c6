"""From outputs to bytes: what each output is made of besides its view, and how it is printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.build.ahead import TEMPLATES
from generator.build.feed_entries import FeedEntries
from generator.build.keys import Ingredients
from generator.build.toolchain import toolchain
from generator.config import Config
from generator.files import read_bytes
from generator.model import route
from generator.model.site import Site
from generator.render.feeds import atom
from generator.render.output import COPY, FEED, PAGE, Output
from generator.render.theme import Theme
from generator.render.views.frame import Link, SharedSite, SiteView

if TYPE_CHECKING:
    from generator.render.templates import Renderer

GENERATOR = "Dateline"


class Press:
    """Prints the outputs of one build with one theme.

    `cache` is the folder of compiled templates and written entries of feeds, `made_by` the toolchain where it is known.
    """

    def __init__(self, theme: Theme, site: SharedSite, cache: Path, made_by: bytes = b"") -> None:
        self.theme = theme
        self._site = site
        self._bytecode = cache / TEMPLATES
        self._made_by = made_by or toolchain()
        self._printer: Renderer | None = None
        self._templates: dict[str, Ingredients] = {}
        self._feed_entries = FeedEntries(cache, self._made_by)

    def ingredients(self, output: Output) -> Ingredients:
        """Return what an output is made of besides its view."""
        found = self._templates.get(output.template)
        if found is None:
            if output.template:
                closure = self.theme.closure(output.template)
                found = Ingredients(self._made_by, closure, self._site.digest)
            else:
                found = Ingredients(self._made_by, b"", b"")
            self._templates[output.template] = found
        return found

    def templates_of(self, output: Output) -> tuple[str, ...]:
        """Return the template files an output is made of; its own first."""
        if not output.template:
            return ()
        own = self.theme.templates[output.template].path
        reached = (self.theme.templates[name].path for name in self.theme.reached[output.template])
        return tuple(dict.fromkeys((own, *reached)))

    def to_bytes(self, output: Output, view: Any) -> bytes:
        """Return the bytes of an output whose view is `view`."""
        if output.renderer == PAGE:
            return self._renderer().render(output.template, *view).encode()
        if output.renderer == FEED:
            return atom(view, self._feed_entries.written()).encode()
        if output.renderer == COPY:
            content: bytes = read_bytes(view.place)
            return content
        return str(view).encode()

    def record(self) -> None:
        """Keep what another build can use again; raises OSError."""
        self._feed_entries.record()

    def _renderer(self) -> Renderer:
        """Return the renderer, made when the first page asks for it: a build with nothing to render loads no Jinja."""
        if self._printer is None:
            from generator.render.templates import Renderer

            self._printer = Renderer(self.theme, self._site, cache=self._bytecode, made_by=self._made_by)
        return self._printer


def site_view(config: Config, site: Site, strings: Any, *, preview: bool) -> SharedSite:
    """Return the site around every page."""
    base = config.base_path
    menu = tuple(Link(item.label, base + item.to if item.to.startswith("/") else item.to) for item in config.menu)
    feeds = (
        Link(config.title, base + route.FEED),
        Link(f"{config.title}: {strings.get('briefings', 'Briefings')}", base + route.BRIEFINGS_FEED),
    )
    return SharedSite(
        SiteView(
            title=config.title,
            description=config.description,
            language=config.language,
            url=config.base_url,
            base=base,
            home=base + route.HOME,
            assets=base + route.ASSETS,
            menu=menu or _own_menu(base, strings, site),
            feeds=feeds,
            options=config.theme.options,
            generator=GENERATOR,
            preview=preview,
        )
    )


def _own_menu(base: str, strings: Any, site: Site) -> tuple[Link, ...]:
    """Return the menu of a site that names none."""
    named = (("briefings", "Briefings", route.BRIEFINGS), ("topics", "Topics", route.TOPICS))
    menu = [Link(strings.get(key, label), base + address) for key, label, address in named]
    menu += [Link(page.title, base + route.content_page(page.slug)) for page in site.pages]
    return tuple(menu)
