"""What prints pages without the template library prints what the library prints, or leaves the page to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.config import ThemeChoice
from generator.render.templates import Renderer
from generator.render.theme_files import load_theme
from tests import theme_samples
from tests.render.test_templates import PAGE, SHOWN, VIEW

MakeSite = Callable[[str], Path]
SAMPLES = {sample.name: sample for sample in (*theme_samples.minimal(), *theme_samples.full())}
# What a theme may write, by what it stands for; the last ones are more than the runtime has.
WRITTEN = {
    **{name: template for name, (template, _) in SHOWN.items()},
    "where a loop is": (
        "{% for x in (1, 2, 3) %}{{ loop.index }}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}"
        "{% else %}none{% endfor %}"
    ),
    "a loop with a condition": "{% for x in (1, 2, 3) if x is odd %}{{ loop.index }}{{ x }}{% endfor %}",
    "tests": "{{ 4 is even }}{{ 3 is odd }}{{ 6 is divisibleby 3 }}{{ view.extra is none }}{{ 1 is in (1, 2) }}",
    "joined values": '{{ (1, "<", 3)|join(", ") }}',
    "joined HTML": '{{ (view.body, "<")|join("&") }}',
    "HTML and text": '{{ view.body ~ "<" ~ 3 }}',
    "ends of a list": '{{ (1, 2)|first }}{{ (1, 2)|last }}{{ (1, 2)|reverse|join }}{{ "ab"|reverse }}{{ " x "|trim }}',
    "a macro with defaults": (
        '{% macro m(a, b="-", c=2) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1, c="<") }}{{ m(2, 3) }}'
    ),
    "a part that knows what is set": '{% set x = 7 %}{% include "parts/foot.html" %}{{ x }}',
    "the block beneath": '{% extends "base.html" %}{% block title %}<{{ super() }}>{% endblock %}',
    "a block of one's own": "{% block own %}{{ page.title }}{% endblock %}{{ self.own() }}",
    "nothing": '{{ "yes" if page.title == "no" }}|{{ ("" if page.title else 1)|length }}',
    "what goes round": '{% for x in (1, 2, 3) %}{{ loop.cycle("a", "b") }}{{ loop.changed(x) }}{% endfor %}',
    "the first of none": "{{ ()|first is none }}",
    "beside": "{% for x in (1, 2) %}{{ loop.previtem is none }}{{ loop.revindex }}{% endfor %}",
    "a name that changes": "{% set ns = namespace(x=1) %}{% set ns.x = 2 %}{{ ns.x }}",
}


def printed(renderer: Renderer, template: str, values: tuple[object, object]) -> str:
    """Return a page, or what goes wrong with it."""
    try:
        return renderer.render(template, *values)  # type: ignore[arg-type]
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"


@pytest.mark.parametrize("name", SAMPLES)
def test_our_own_pages_need_no_library(make_site: MakeSite, name: str) -> None:
    """Every page of the bundled theme is printed without it, to the same bytes."""
    sample = SAMPLES[name]
    theme = load_theme(make_site(""), ThemeChoice())
    ours, librarys = (Renderer(theme, theme_samples.shared()) for _ in range(2))
    librarys.load_library()

    page = ours.render(sample.template, sample.page, sample.view)

    assert librarys.render(sample.template, sample.page, sample.view) == page
    assert not ours.is_library


@pytest.mark.parametrize("name", WRITTEN)
def test_a_template_prints_what_the_library_prints(make_site: MakeSite, name: str) -> None:
    """Whatever a theme writes: it is printed to the same bytes, or left to the library."""
    own = "-- themes/house/theme.yaml --\ncontract: 1\nextends: dateline\n-- themes/house/templates/page.html --\n"
    theme = load_theme(make_site(f"{own}{WRITTEN[name]}\n"), ThemeChoice("house"))
    ours, librarys = (Renderer(theme, theme_samples.shared()) for _ in range(2))
    librarys.load_library()

    assert printed(librarys, "page.html", (PAGE, VIEW)) == printed(ours, "page.html", (PAGE, VIEW))
