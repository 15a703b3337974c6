"""Themes as folders: found, checked whole, standing on one another; and what each template is made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.config import ThemeChoice
from generator.errors import ThemeError
from generator.model.extras import extras_of
from generator.render.references import references
from generator.render.templates import Renderer
from generator.render.theme import Theme
from generator.render.theme_files import load_theme
from tests import theme_samples

MakeSite = Callable[[str], Path]
HOUSE = ThemeChoice("house")
OWN = "-- themes/house/theme.yaml --\ncontract: 1\nextends: dateline\n"


def house(make_site: MakeSite, literal: str = "", choice: ThemeChoice = HOUSE) -> Theme:
    """Return a theme that stands on the bundled one, with the files of `literal`."""
    return load_theme(make_site(OWN + literal), choice)


def told(make_site: MakeSite, literal: str, choice: ThemeChoice = HOUSE) -> str:
    """Return what is said of a faulty theme."""
    with pytest.raises(ThemeError) as caught:
        load_theme(make_site(literal), choice)
    return "\n".join(fault.text() for fault in caught.value.diagnostics)


def html(theme: Theme, name: str = "corrections") -> str:
    sample = next(sample for sample in theme_samples.full() if sample.name == name)
    return Renderer(theme, theme_samples.shared()).render(sample.template, sample.page, sample.view)


SETTINGS = "-- site.yaml --\nformat: 1\ntitle: T\nbase_url: https://t.example/\n"
FAULTS = {
    "no such theme, with its line": (
        SETTINGS + "theme: hause\n",
        ThemeChoice("hause"),
        'site.yaml:4: There is no theme "hause".',
    ),
    "an option it does not have, with its line": (
        OWN + SETTINGS + "theme:\n  name: house\n  options:\n    imprnt: x\n",
        ThemeChoice("house", extras_of((("imprnt", "x"),))),
        'site.yaml:7: The theme "house" has no option "imprnt".',
    ),
    "no such theme": (
        "-- themes/house/theme.yaml --\ncontract: 1\n",
        ThemeChoice("hause"),
        'site.yaml: There is no theme "hause". Did you mean "house"?',
    ),
    "a theme outside the folder": ("", ThemeChoice("../themes/dateline"), "There is no theme"),
    "no theme.yaml": (
        "-- themes/house/static/a.css --\n",
        HOUSE,
        "themes/house: The theme has no theme.yaml.\n  Make it with the line: contract: 1",
    ),
    "another contract": (
        "-- themes/house/theme.yaml --\nextends: dateline\ncontract: 2\n",
        HOUSE,
        'themes/house/theme.yaml:2: "contract" is 2',
    ),
    "no contract": (
        "-- themes/house/theme.yaml --\nextends: dateline\n",
        HOUSE,
        'themes/house/theme.yaml:1: theme.yaml needs "contract"',
    ),
    "nothing in theme.yaml": ("-- themes/house/theme.yaml --\n", HOUSE, 'theme.yaml:1: theme.yaml needs "contract"'),
    "a list instead of a name": (
        OWN + "title: [House]\n",
        HOUSE,
        'themes/house/theme.yaml:3: "title" must be one value, not a list.',
    ),
    "options that are none": (
        OWN + "options: [imprint]\n",
        HOUSE,
        'themes/house/theme.yaml:3: "options" must be a mapping of names and defaults.',
    ),
    "an option nobody can name": (
        OWN + "options:\n  imprint: x\n  Own Line: x\n",
        HOUSE,
        'themes/house/theme.yaml:5: "Own Line" is not a name.',
    ),
    "an unknown key": (
        OWN.replace("extends", "extend"),
        HOUSE,
        'themes/house/theme.yaml:2: theme.yaml has no key "extend". Did you mean "extends"?',
    ),
    "an unknown parent": (
        OWN.replace("dateline", "datelin"),
        HOUSE,
        'themes/house/theme.yaml:2: There is no theme "datelin". Did you mean "dateline"?',
    ),
    "its own parent": (OWN.replace("dateline", "house"), HOUSE, 'The theme "house" extends itself'),
    "broken yaml": ("-- themes/house/theme.yaml --\ncontract: [1\n", HOUSE, "themes/house/theme.yaml:"),
    "an option it does not have": (
        OWN,
        ThemeChoice("house", extras_of((("imprnt", "x"),))),
        'site.yaml: The theme "house" has no option "imprnt". Did you mean "imprint"?',
    ),
    "a page that is none": (
        f"{OWN}-- themes/house/templates/artcle.html --\nx\n",
        HOUSE,
        'templates/artcle.html: No page is made from the template "artcle.html". Did you mean "article.html"?',
    ),
    "a part that is not there": (
        f'{OWN}-- themes/house/templates/page.html --\nx\n{{% include "parts/lits.html" %}}\n',
        HOUSE,
        'themes/house/templates/page.html:2: There is no template "parts/lits.html". Did you mean "parts/lists.html"?',
    ),
    "a computed name": (
        f'{OWN}-- themes/house/templates/page.html --\n{{% include "parts/" ~ page.kind %}}\n',
        HOUSE,
        'themes/house/templates/page.html:1: "include" must name its template in quotes',
    ),
    "a computed part": (
        f"{OWN}-- themes/house/templates/page.html --\n{{{{ once(page.kind) }}}}\n",
        HOUSE,
        'themes/house/templates/page.html:1: "once" must name its template in quotes',
    ),
    "a template that extends itself": (
        f'{OWN}-- themes/house/templates/base.html --\n{{% extends "base.html" %}}\n',
        HOUSE,
        'The template reaches itself, by way of "base.html".\n'
        '  To build on the template it overrides, name that one\'s theme, as in "dateline/base.html".',
    ),
    "a string nobody reads": (
        f"{OWN}-- themes/house/strings.yaml --\ntakaways: In brief\n",
        HOUSE,
        'themes/house/strings.yaml:1: There is no string "takaways". Did you mean "takeaways"?',
    ),
    "strings that are no keys": (
        f"{OWN}-- themes/house/strings.yaml --\n- home\n",
        HOUSE,
        "themes/house/strings.yaml:1: The file is not a list of keys.",
    ),
    "a string under a list": (
        f"{OWN}-- themes/house/strings.yaml --\nhome: Start\n? [topics]\n: Themes\n",
        HOUSE,
        "themes/house/strings.yaml:2: A key of the file is a list or a mapping.",
    ),
    "a day's form that names what is not there": (
        f'{OWN}-- themes/house/strings.yaml --\nday_short: "{{dya}} {{month}}"\n',
        HOUSE,
        'themes/house/strings.yaml:1: The form "day_short" names {dya}, which it cannot. Did you mean "day"?',
    ),
    "a month's form that names a day": (
        f'{OWN}-- themes/house/strings.yaml --\nof_month: "{{day}} {{month}}"\n',
        HOUSE,
        "It may name {month}, {year}.",
    ),
    "a noun without its forms": (
        f"{OWN}-- themes/house/strings.yaml --\nreports: reports\n",
        HOUSE,
        'themes/house/strings.yaml:1: The string "reports" is counted: it needs "one" and "other".',
    ),
    "a string that is a list": (
        f"{OWN}-- themes/house/strings.yaml --\nhome: [a]\n",
        HOUSE,
        'The string "home" must be',
    ),
    "nothing to stand on": (
        "-- themes/house/theme.yaml --\ncontract: 1\n",
        HOUSE,
        "themes/house/templates/parts/entry.html: The theme has no such template.",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_theme_is_told_where_and_what_to_do(make_site: MakeSite, name: str) -> None:
    """A theme is checked whole before any page is rendered; each fault has its file and line."""
    literal, choice, expected = FAULTS[name]

    assert expected in told(make_site, literal, choice)


def test_all_faults_of_a_theme_are_told_at_once(make_site: MakeSite) -> None:
    """Whoever writes a theme should not run the build once for each mistake."""
    literal = "-- themes/house/theme.yaml --\nextends: dateline\nkind: x\n-- themes/house/templates/hom.html --\n"

    assert 3 == len(told(make_site, literal).split("themes/house/")) - 1


def test_a_file_that_is_not_text_is_told_with_its_line(make_site: MakeSite) -> None:
    """Templates saved in an old encoding would show wrong letters on every page."""
    root = make_site(f"{OWN}-- themes/house/templates/page.html --\n")
    (root / "themes/house/templates/page.html").write_bytes(b"first\nsecond \xe9\n")

    with pytest.raises(ThemeError) as caught:
        load_theme(root, HOUSE)

    assert "themes/house/templates/page.html:2: The file is not UTF-8." in caught.value.diagnostics[0].text()


def test_a_theme_of_nothing_looks_like_the_one_it_stands_on(make_site: MakeSite, tmp_path: Path) -> None:
    """Whatever a theme lacks comes from the one it extends."""
    theme = house(make_site)

    assert ("house", "dateline") == theme.chain
    assert html(load_theme(tmp_path, ThemeChoice())) == html(theme)


def test_one_template_is_overridden_alone(make_site: MakeSite) -> None:
    """The nearest template counts, and the others stay."""
    theme = house(make_site, "-- themes/house/templates/corrections.html --\n<p>{{ page.title }}</p>\n")

    assert html(theme) == "<p>Corrections</p>"
    assert "<h1>Topics</h1>" in html(theme, "topics")


def test_one_block_is_overridden_alone(make_site: MakeSite) -> None:
    """A template that overrides can extend what it overrides, by its theme's name."""
    text = '{% extends "dateline/base.html" %}\n{% block masthead %}{{ super() }}<p>Slogan</p>{% endblock %}\n'
    theme = house(make_site, f"-- themes/house/templates/base.html --\n{text}")

    assert '</header><p>Slogan</p>\n<main id="_main">' in html(theme)


def test_one_string_is_overridden_alone(make_site: MakeSite) -> None:
    """A word is changed in one line."""
    theme = house(
        make_site, "-- themes/house/strings.yaml --\ntopics: Themes\nreports: {one: one piece, other: '{n} pieces'}\n"
    )

    assert "Themes</a>" in html(theme, "topic")
    assert "1,234 pieces" in html(theme, "topics")
    assert "Skip to content" in html(theme)


def test_a_string_of_ones_own_is_welcome_where_a_template_reads_it(make_site: MakeSite) -> None:
    """Themes say more than the one they stand on."""
    literal = (
        "-- themes/house/strings.yaml --\nslogan: At six\n-- themes/house/templates/page.html --\n{{ t.slogan }}\n"
    )

    assert html(house(make_site, literal), "page") == "At six"


def test_one_style_is_overridden_alone(make_site: MakeSite) -> None:
    """Of files with one name the nearest is published, beside all others."""
    theme = house(make_site, "-- themes/house/static/style.css --\nbody {}\n-- themes/house/static/house.css --\n")

    assert ["house.css", "icon.svg", "style.css"] == sorted(theme.static)
    assert Path(theme.static["style.css"]).read_text(encoding="utf-8") == "body {}\n"


def test_an_option_of_the_site_takes_the_place_of_its_default(make_site: MakeSite) -> None:
    """A theme says what may be chosen, a site chooses."""
    theme = house(make_site, choice=ThemeChoice("house", extras_of((("imprint", "Desk, 1 Main Street"),))))

    assert "<p>Desk, 1 Main Street</p>" in html(theme)
    assert "Main Street" not in html(house(make_site))


def test_the_icon_of_the_site_takes_the_place_of_the_themes(make_site: MakeSite) -> None:
    """A newsroom has a mark of its own; without one the theme's spares readers a request for what is not there."""
    own = house(make_site, choice=ThemeChoice("house", extras_of((("icon", "/favicon.ico"),))))

    assert '<link rel="icon" href="/favicon.ico">' in html(own)
    assert '<link rel="icon" href="/assets/icon.svg">' in html(house(make_site))


def test_a_folder_of_the_sites_own_comes_before_the_bundled_theme(make_site: MakeSite) -> None:
    """So a site can keep the theme it was made with, or one of that name that is quite different."""
    own = make_site("-- themes/dateline/theme.yaml --\ncontract: 1\n")

    with pytest.raises(ThemeError) as caught:
        load_theme(own, ThemeChoice())

    assert "The theme has no such template." in caught.value.diagnostics[0].text()


REFERENCES = {
    "extends": ('{% extends "base.html" %}', ("base.html",)),
    "with dashes": ("{%- extends 'base.html' -%}", ("base.html",)),
    "over lines": ('{% include\n  "a.html"\n%}', ("a.html",)),
    "without context": ('{% include "a.html" without context %}', ("a.html",)),
    "that may be missing": ('{% include "a.html" ignore missing %}', ("a.html",)),
    "one of several": ('{% include ["a.html", "b.html"] %}', ("a.html", "b.html")),
    "import": ('{% import "a.html" as a %}', ("a.html",)),
    "from": ('{% from "a.html" import one, two as three %}', ("a.html",)),
    "once": ('{{ once("a.html", here=1) }}', ("a.html",)),
    "entry": ('{{ entry(e, "line") }}', ("parts/entry.html",)),
    "entry by another name": ("{% set show = entry %}", ("parts/entry.html",)),
    "a class of that name": ('<article class="entry">', ()),
    "a comment": ('{# {% include "a.html" %} #}', ()),
    "raw text": ('{% raw %}{% include "a.html" %}{% endraw %}', ()),
    "a bracket in a string": ('{% include "a%}b.html" %}', ("a%}b.html",)),
    "joined": ('{% include "a" ~ ".html" %}', ("",)),
    "a variable": ("{% include page.kind %}", ("",)),
    "a choice": ('{% extends "a.html" if x else "b.html" %}', ("",)),
    "a list with a variable": ('{% include ["a.html", b] %}', ("",)),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_references_are_read_from_the_text(name: str) -> None:
    """The key of a page covers every file its template reaches, and knows them without compiling."""
    text, expected = REFERENCES[name]

    assert expected == tuple(reference.name for reference in references(text))


CLOSURES = {
    "the template itself": ("templates/corrections.html", {"corrections.html"}),
    "a part of one page": ("templates/parts/day.html", {"home.html", "briefing.html"}),
}


@pytest.mark.parametrize("name", CLOSURES)
def test_a_changed_file_changes_the_pages_made_from_it_and_no_others(make_site: MakeSite, name: str) -> None:
    """A build renders again what a changed template shows in, and nothing else."""
    path, expected = CLOSURES[name]
    before = house(make_site)
    bundled = before.templates[path.removeprefix("templates/")].text

    after = house(make_site, f"-- themes/house/{path} --\n{bundled}<!-- more -->\n")

    assert expected == {
        page for page in before.templates if "/" not in page and before.closure(page) != after.closure(page)
    }


@pytest.mark.parametrize(
    "change",
    [
        "-- themes/house/strings.yaml --\nhome: Start\n",
        "-- themes/house/templates/parts/entry.html --\n{{ e.title }}\n",
    ],
)
def test_strings_and_entries_are_part_of_every_page_that_shows_them(make_site: MakeSite, change: str) -> None:
    """What is rendered once and shared still belongs to each page it stands in."""
    before, after = house(make_site), house(make_site, change)

    assert before.closure("home.html") != after.closure("home.html")


def test_a_style_is_part_of_no_page(make_site: MakeSite) -> None:
    """Editing a style renders nothing; the browser asks for the file anew."""
    before, after = house(make_site), house(make_site, "-- themes/house/static/style.css --\nbody {}\n")

    assert all(before.closure(name) == after.closure(name) for name in before.templates)
