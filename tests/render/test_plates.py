"""Plates are what the templates would be compiled to; they save time and change nothing."""

from __future__ import annotations

from pathlib import Path
from types import CodeType

import pytest

from generator.config import ThemeChoice
from generator.render import plates
from generator.render.codes import Codes
from generator.render.compiled import compiler_of
from generator.render.plates import PLATES, Plates, made_with, sign_of, written
from generator.render.theme import TemplateText, Theme
from generator.render.theme_files import load_theme

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def theme() -> Theme:
    """Return the theme that comes with Dateline."""
    return load_theme(ROOT, ThemeChoice("dateline"))


def own_names(theme: Theme) -> list[str]:
    """Return the templates by the names that other templates know them by."""
    return [name for name in theme.templates if not name.startswith("dateline/")]


def test_the_plates_are_what_the_templates_say_today(theme: Theme, update_expected: bool) -> None:
    """Whoever changes a template, a string or the language of themes makes them anew, with --update-expected."""
    compiler, tools = compiler_of(theme), made_with(theme)
    expected = written((sign_of(theme, name, tools), compiler.source(name)) for name in own_names(theme))
    if update_expected:
        PLATES.write_text(expected, encoding="utf-8")

    assert expected == PLATES.read_text(encoding="utf-8")


def test_with_plates_no_template_is_compiled(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first build of a site with the theme loads no template library."""
    compiler = compiler_of(theme)
    monkeypatch.setattr("generator.render.compiled.compiler_of", None)
    codes = Codes(theme)

    assert all(same(codes.code(name), compiler.code(name)) for name in own_names(theme))


def same(one: CodeType, other: CodeType) -> bool:
    return one == other and one.co_filename == other.co_filename


@pytest.mark.parametrize("changed", ["template", "string", "library", "language"])
def test_what_was_made_from_something_else_has_no_plate(
    theme: Theme, changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One letter more and the template is compiled."""
    if changed == "template":
        article = theme.templates["article.html"]
        others = {**theme.templates, "article.html": TemplateText(article.path, article.text + " ")}
        theme = theme._replace(templates=others)
    elif changed == "string":
        theme = theme._replace(strings=type(theme.strings)((*theme.strings[:-1], ("zzz", "other"))))
    else:
        read = plates.read_bytes
        part = "jinja2/parser.py" if changed == "library" else "template_rules.py"
        monkeypatch.setattr(plates, "read_bytes", lambda place: read(place) + b"#" * place.endswith(part))

    assert Plates(theme).source("article.html") is None


@pytest.mark.parametrize("content", [None, "", "{", "[]", "{}"])
def test_without_plates_templates_are_compiled(
    theme: Theme, content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is missing or cut costs time, nothing else."""
    place = tmp_path / "plates.json"
    if content is not None:
        place.write_text(content)
    monkeypatch.setattr(plates, "PLATES", place)

    assert same(compiler_of(theme).code("page.html"), Codes(theme).code("page.html"))
