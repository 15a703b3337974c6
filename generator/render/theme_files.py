"""Find a theme, read it, check that it is whole, and say what each of its templates is made of.

A theme stands on another one by `extends`: of templates, static files and strings the nearest one counts.
Nothing is compiled here, so that a build with nothing to render never loads the template library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.config import ThemeChoice
from generator.config_file import SITE_FILE, line_of_setting
from generator.errors import Diagnostic, ThemeError, did_you_mean, in_order
from generator.files import bundled, read_bytes, walk
from generator.model.article import Extras
from generator.named import NamedTuple
from generator.render.references import Reference, references
from generator.render.theme import ENTRY, TemplateText, Theme
from generator.render.theme_values import CONTRACT, Settings, read_settings, read_strings

PAGES = (
    "404.html", "archive.html", "article.html", "briefing.html", "corrections.html", "held.html", "home.html",
    "page.html", "redirect.html", "topic-month.html", "topic.html", "topics.html",
)  # fmt: skip
REQUIRED = (*PAGES, ENTRY)


class _Layer(NamedTuple):
    """One theme of a chain as its folder holds it."""

    name: str
    settings: Settings
    templates: Mapping[str, TemplateText]
    static: Mapping[str, str]
    strings: Mapping[str, tuple[Any, int]]


def load_theme(root: Path, choice: ThemeChoice) -> Theme:
    """Return the theme that a site in `root` chose, with everything it extends; raises ThemeError with every fault."""
    faults: list[Diagnostic] = []
    layers = _layers(root, choice.name, faults)
    templates: dict[str, TemplateText] = {}
    static: dict[str, str] = {}
    for layer in reversed(layers):
        templates.update(layer.templates)
        templates.update({f"{layer.name}/{name}": text for name, text in layer.templates.items()})
        static.update(layer.static)
    named = {name: references(text.text) for name, text in templates.items()}
    faults.extend(_missing(choice.name, templates))
    faults.extend(_wrong_references(templates, named))
    faults.extend(_unused_pages(layers, named))
    strings = _strings(layers, templates, faults)
    options = _options(root, layers, choice, faults)
    reached = _reached(templates, named, faults)
    if faults:
        raise ThemeError(f'The theme "{choice.name}" cannot be used.', in_order(faults))
    chain = tuple(layer.name for layer in layers)
    return Theme(choice.name, chain, templates, static, strings, options, reached)


def _layers(root: Path, name: str, faults: list[Diagnostic]) -> list[_Layer]:
    """Read a theme and those it extends, nearest first."""
    layers: list[_Layer] = []
    asker = Diagnostic(SITE_FILE, line_of_setting(root, "theme", "name"), "")
    while name:
        folder = _folder(root, name)
        if folder is None:
            message = f'There is no theme "{name}".{did_you_mean(name, _known(root))}'
            raise ThemeError(message, [asker._replace(message=message, advice="A theme is a folder in themes/.")])
        if any(layer.name == name for layer in layers):
            message = f'The theme "{name}" extends itself, by way of {layers[-1].name}.'
            raise ThemeError(message, [asker._replace(message=message, advice='Take one "extends" away.')])
        layer = _layer(folder, name, faults)
        layers.append(layer)
        asker = Diagnostic(f"themes/{name}/theme.yaml", layer.settings.extends_line, "")
        name = layer.settings.extends
    return layers


def _folder(root: Path, name: str) -> Path | None:
    if not name or "/" in name or "\\" in name or name.startswith("."):
        return None
    for folder in (root / "themes" / name, bundled(f"themes/{name}")):
        if folder.is_dir():
            return folder
    return None


def _known(root: Path) -> list[str]:
    folders = (root / "themes", bundled("themes/dateline").parent)
    return [entry.name for folder in folders if folder.is_dir() for entry in folder.iterdir() if entry.is_dir()]


def _layer(folder: Path, name: str, faults: list[Diagnostic]) -> _Layer:
    """Read one theme's folder; what cannot be read is a fault and left out."""
    settings_path, strings_path = f"themes/{name}/theme.yaml", f"themes/{name}/strings.yaml"
    settings_text = _text(folder / "theme.yaml", settings_path, faults)
    if settings_text is None:
        advice = f"Make it with the line: contract: {CONTRACT}"
        faults.append(Diagnostic(f"themes/{name}", 0, "The theme has no theme.yaml.", advice))
    is_read = settings_text is not None and all(fault.path != settings_path for fault in faults)
    settings = read_settings(settings_text or "", settings_path, faults) if is_read else Settings()
    strings_text = _text(folder / "strings.yaml", strings_path, faults)
    templates = {}
    for path in _files(folder, "templates", name, faults):
        text = _text(folder / path, f"themes/{name}/{path}", faults)
        if text is not None:
            templates[path.removeprefix("templates/")] = TemplateText(f"themes/{name}/{path}", text)
    static = {path.removeprefix("static/"): str(folder / path) for path in _files(folder, "static", name, faults)}
    strings = read_strings(strings_text, strings_path, faults) if strings_text else {}
    return _Layer(name, settings, templates, static, strings)


def _files(folder: Path, under: str, name: str, faults: list[Diagnostic]) -> list[str]:
    """Return the files below a folder of a theme; a link that leads to none is a fault."""
    found = walk(folder, under)
    for stat in found:
        if not stat.inode:
            path = f"themes/{name}/{stat.path.rstrip('/')}"
            faults.append(Diagnostic(path, 0, "This is a link that leads to no file.", "Mend the link, or delete it."))
    return [stat.path for stat in found if stat.inode]


def _text(place: Path, path: str, faults: list[Diagnostic]) -> str | None:
    """Return a file's text with line ends of one kind; None where there is no such file."""
    try:
        content = read_bytes(str(place))
    except FileNotFoundError:
        return None
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(Diagnostic(path, line, "The file is not UTF-8.", "Save it as UTF-8."))
        return ""


def _missing(theme: str, templates: Mapping[str, TemplateText]) -> Iterable[Diagnostic]:
    for name in REQUIRED:
        if name not in templates:
            advice = "Write it, or let the theme stand on the bundled one with: extends: dateline"
            yield Diagnostic(f"themes/{theme}/templates/{name}", 0, "The theme has no such template.", advice)


def _wrong_references(
    templates: Mapping[str, TemplateText], named: Mapping[str, tuple[Reference, ...]]
) -> Iterable[Diagnostic]:
    """Names that are computed, and names that lead nowhere."""
    own = [name for name in templates if "/" not in name or name.startswith("parts/")]
    for template, found in named.items():
        path = templates[template].path
        for reference in found:
            if not reference.name:
                message = f'"{reference.how}" must name its template in quotes; a computed name cannot be followed.'
                yield Diagnostic(path, reference.line, message, 'Write the name out, as in "parts/entry.html".')
            elif reference.name not in templates and not reference.optional:
                message = f'There is no template "{reference.name}".{did_you_mean(reference.name, own)}'
                yield Diagnostic(path, reference.line, message, "Templates are named from the folder templates/.")


def _unused_pages(layers: list[_Layer], named: Mapping[str, tuple[Reference, ...]]) -> Iterable[Diagnostic]:
    """A template beside the pages that no other one names was most likely meant to be one of the pages."""
    used = {reference.name for found in named.values() for reference in found}
    for layer in layers:
        for name, (path, _) in layer.templates.items():
            if "/" not in name and name not in PAGES and name not in used:
                message = f'No page is made from the template "{name}".{did_you_mean(name, PAGES)}'
                yield Diagnostic(path, 0, message, f"The pages are {', '.join(PAGES)}.")


def _strings(layers: list[_Layer], templates: Mapping[str, TemplateText], faults: list[Diagnostic]) -> Extras:
    """Return the strings of a chain; a theme's own must be one of its parent's or stand in a template."""
    strings: dict[str, Any] = {}
    for layer in reversed(layers):
        inherited = set(strings)
        for key, (value, line) in layer.strings.items():
            if inherited and key not in inherited and not any(_names(text.text, key) for text in templates.values()):
                message = f'There is no string "{key}".{did_you_mean(key, inherited)}'
                path = f"themes/{layer.name}/strings.yaml"
                faults.append(Diagnostic(path, line, message, "No template names it."))
            elif key in strings and isinstance(strings[key], str) is not isinstance(value, str):
                forms = "is one text" if isinstance(strings[key], str) else 'is counted: it needs "one" and "other"'
                path = f"themes/{layer.name}/strings.yaml"
                faults.append(Diagnostic(path, line, f'The string "{key}" {forms}.'))
            else:
                strings[key] = value
    return Extras(sorted(strings.items()))


def _names(text: str, key: str) -> bool:
    return re.search(rf"\b{key}\b", text) is not None


def _options(root: Path, layers: list[_Layer], choice: ThemeChoice, faults: list[Diagnostic]) -> Extras:
    """Return the theme's options, the site's choices in place of their defaults."""
    options: dict[str, Any] = {}
    for layer in reversed(layers):
        options.update(layer.settings.options)
    for key, value in choice.options:
        if key not in options:
            message = f'The theme "{choice.name}" has no option "{key}".{did_you_mean(key, options)}'
            advice = f"Its options are {', '.join(options)}." if options else "It has no options."
            line = line_of_setting(root, "theme", "options", key)
            faults.append(Diagnostic(SITE_FILE, line, message, advice))
        options[key] = value
    return Extras(sorted(options.items()))


def _reached(
    templates: Mapping[str, TemplateText], named: Mapping[str, tuple[Reference, ...]], faults: list[Diagnostic]
) -> dict[str, tuple[str, ...]]:
    """Return for each template the names of all it reaches, itself among them, in order of name."""
    reached = {name: _from(name, named, calls=True) for name in templates}
    # An entry printed by a part of an entry is no circle: the word alone is enough to count as a call.
    explicit = {name: _from(name, named, calls=False) for name in templates}
    for name, (path, _) in templates.items():
        for reference in named[name]:
            if reference.how != "entry" and name in explicit.get(reference.name, ()):
                message = f'The template reaches itself, by way of "{reference.name}".'
                advice = f'To build on the template it overrides, name that one\'s theme, as in "dateline/{name}".'
                faults.append(Diagnostic(path, reference.line, message, advice))
    return reached


def _from(start: str, named: Mapping[str, tuple[Reference, ...]], *, calls: bool) -> tuple[str, ...]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in named and name not in found:
            found.add(name)
            waiting.extend(reference.name for reference in named[name] if calls or reference.how != "entry")
    return tuple(sorted(found))
