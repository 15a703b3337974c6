"""A theme as pages are made with it: its templates, strings and options, and what each template is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.digest import digest_of
from generator.model.article import Extras
from generator.model.extras import extras_of
from generator.named import NamedTuple

# The template that prints an article as lists show it, which every theme has.
ENTRY = "parts/entry.html"


class TemplateText(NamedTuple):
    """A template as its file holds it; `path` is the file as messages name it."""

    path: str
    text: str


class Theme(NamedTuple):
    """A theme with all it stands on; `chain` names the themes, nearest first.

    `templates` holds each template by its own name, and each theme's also as `dateline/article.html`, so that one that
    overrides can extend what it overrides. `static` maps names of files to places on disk.
    `options` are the theme's own with the site's choices in place.
    """

    name: str
    chain: tuple[str, ...]
    templates: Mapping[str, TemplateText]
    static: Mapping[str, str]
    strings: Extras
    options: Extras
    reached: Mapping[str, tuple[str, ...]]

    def closure(self, template: str) -> bytes:
        """Return the digest of all a template is made of: every file it reaches, the strings, the options."""
        found = tuple((name, *self.templates[name]) for name in self.reached.get(template, (template,)))
        return digest_of(found, self.strings, self.options)

    def may_show(self, page: str, field: str) -> bool:
        """Say whether a page may show a field of its view: whether a template reads it, or takes the view whole."""
        reads = re.compile(rf"\.\s*{field}\b|\bview\b(?!\s*\.\s*[a-z_])")
        return any(reads.search(self.templates[name].text) for name in (page, *self.reached.get(page, ())))


def packable(theme: Theme) -> tuple[Any, ...]:
    """Return a theme as plain data, without its static files, which lie where the site's folder lies."""
    return (theme.name, theme.chain, theme.templates, theme.strings, theme.options, theme.reached)


def revived(row: Any) -> Theme:
    """Return the theme that was packed as `row`; it can make pages, and knows of no static files."""
    name, chain, templates, strings, options, reached = row
    texts = {own: TemplateText(*text) for own, text in templates.items()}
    return Theme(name, chain, texts, {}, extras_of(strings), extras_of(options), reached)
