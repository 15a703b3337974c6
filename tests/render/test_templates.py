"""Templates: what they may not do, what is said of their faults, and that their compiled code can be trusted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest

from generator.config import ThemeChoice
from generator.errors import ThemeError
from generator.render.codes import compile_ahead
from generator.render.templates import Renderer
from generator.render.theme_files import load_theme
from generator.render.views.frame import Page
from generator.render.views.kinds import ContentPageView
from tests import theme_samples

MakeSite = Callable[[str], Path]
PAGE = Page("page", "/about/", "https://brief.example/about/", "About & <b>")
VIEW = ContentPageView("About", theme_samples.body("<p>Text</p>\n"), theme_samples.FULL_ARTICLE.extra)


def with_page(make_site: MakeSite, template: str, cache: Path | None = None) -> Renderer:
    """Return a renderer of a theme whose `page.html` is `template`."""
    own = "-- themes/house/theme.yaml --\ncontract: 1\nextends: dateline\n-- themes/house/templates/page.html --\n"
    theme = load_theme(make_site(f"{own}{template}\n"), ThemeChoice("house"))
    return Renderer(theme, theme_samples.shared(), cache=cache)


def told(make_site: MakeSite, template: str) -> str:
    """Return what is said of a faulty template."""
    with pytest.raises(ThemeError) as caught:
        with_page(make_site, template).render("page.html", PAGE, VIEW)
    return "\n".join(fault.text() for fault in caught.value.diagnostics)


SHOWN = {
    "text is escaped": ("{{ page.title }}", "About &amp; &lt;b&gt;"),
    "a body is HTML": ("{{ view.body }}", "<p>Text</p>\n"),
    "a string of the theme": ("{{ t.home }}", "Home"),
    "a number with its noun": ('{{ 1|counted("reports") }}, {{ 1234|counted("reports") }}', "1 report, 1,234 reports"),
    "a word of a group": ('{{ "state-media"|word("source") }}', "state media"),
    "a word that is not known": ('{{ "by_hand"|word("source") }}', "by hand"),
    "a host": ('{{ "https://www.wire.example:8080/a"|host }}', "wire.example:8080"),
    "thousands": ("{{ 12345|grouped }}", "12,345"),
    "links": ("{{ site.menu[:2]|linked }}", '<a href="/">Latest</a>, <a href="/briefings/">Briefings</a>'),
    "a direction": ('{{ "fa"|direction }} {{ "de-AT"|direction }}', "rtl ltr"),
    "a line that says nothing": ("{{ (0, 0)|spark }}", ""),
    "a method": ('{{ "yes" if page.title.startswith("Ab") }}', "yes"),
    "a key that is not there": ('{{ view.extra.get("x_none", "-") }}', "-"),
    "a macro": ("{% macro m(x) %}({{ x }}){% endmacro %}{{ m(1) }}{{ m(page.title) }}", "(1)(About &amp; &lt;b&gt;)"),
    "a macro that calls back": (
        "{% macro m() %}[{{ caller() }}]{% endmacro %}{% call m() %}<i>{{ page.title }}</i>{% endcall %}",
        "[<i>About &amp; &lt;b&gt;</i>]",
    ),
    "joined text": ('{{ page.title ~ "<" }}', "About &amp; &lt;b&gt;&lt;"),
    "a set block": ("{% set x %}<i>{{ page.title }}</i>{% endset %}{{ x }}", "<i>About &amp; &lt;b&gt;</i>"),
    "the remainder of a place": ("{% for x in (1, 2) %}{{ loop.index % 2 }}{% endfor %}", "10"),
    "the first that exists": ('{% include ["parts/none.html", "parts/foot.html"] ignore missing %}', None),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_template_shows(make_site: MakeSite, name: str) -> None:
    """What the theme's documentation promises of the template language."""
    template, expected = SHOWN[name]

    shown = with_page(make_site, template).render("page.html", PAGE, VIEW)

    assert expected == shown or (expected is None and "<footer" in shown)


FAULTS = {
    "a field that is not there": (
        "<p>\n{{ page.titel }}",
        'themes/house/templates/page.html:2: Page has no field "titel". Did you mean "title"?',
    ),
    "a field of nothing": (
        "{% for x in (none,) %}{{ x.href }}{% endfor %}",
        'page.html:1: The field "href" is asked of nothing.',
    ),
    "a name that is not there": ("\n{{ article.title }}", "page.html:2: 'article' is undefined."),
    "a string that is not there": ("{{ t.hame }}", 'page.html:1: There is no string "hame". Did you mean "home"?'),
    "a filter that is not there": ("{{ page.title|upper }}", 'page.html:1: There is no filter "upper".'),
    "a tag that is not there": (
        "{% foo %}",
        "page.html:1: The template cannot be read: Encountered unknown tag 'foo'.",
    ),
    "a tag that is not closed": ("{% if page.title %}", "page.html:1: The template cannot be read: Unexpected end"),
    "unescaped text": ("{{ page.title|safe }}", 'Templates print nothing unescaped: there is no filter "safe".'),
    "text as HTML": ("{{ page.title|html }}", "Only fields that are HTML already may be printed as HTML."),
    "escaping switched off": ("{% autoescape false %}x{% endautoescape %}", "Escaping cannot be switched off."),
    "a value in a script": ('<script>var t = "{{ page.title }}"</script>', "A value is printed inside a script."),
    "a value in a style": (
        "<style>\n{{ page.title }}</style>",
        "page.html:2: A value is printed inside a style sheet.",
    ),
    "a value in a handler": ("<p onclick=\"f('{{ page.title }}')\">", "A value is printed inside an event handler."),
    "an open attribute": ("<a href={{ page.address }}>", "A value is printed in an attribute without quotes."),
    "an open attribute after another": ('<a class="a" href={{ page.address }}>', "in an attribute without quotes."),
    "hidden parts": ("{{ page.__class__ }}", '"__class__" is hidden from templates.'),
    "hidden parts by another door": ("{{ page['__class__'] }}", "Square brackets take a number"),
    "a computed field": ("{{ page[page.kind] }}", "Square brackets take a number"),
    "a method that is none of ours": ("{{ page.title.format(page) }}", 'Templates do not call "format".'),
    "a changed view": ("{{ page._replace(title='x') }}", '"_replace" is hidden from templates.'),
    "a power": ("{{ 10**10**8 }}", "Templates do not multiply."),
    "a product": ("{{ 'a' * 1000000000 }}", "Templates do not multiply."),
    "a format": ("{{ '%1000000000d' % 1 }}", "The remainder is taken of loop.index only."),
    "a clock": ("{{ now() }}", "'now' is undefined."),
    "a range": ("{{ range(999999999) }}", "'range' is undefined."),
    "itself": ("{% block a %}{{ self.a() }}{% endblock %}", '"self" is not for templates.'),
    "a macro without end": (
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "The template calls itself without end.",
    ),
    "an endless part": ('{{ once("page.html", page=page, view=view) }}', "The template reaches itself"),
    "a part asked for by another name": (
        '{% set f = once %}{{ f("parts/foot.html") }}',
        '"once" is called by its own name only.',
    ),
    "starred arguments": ("{{ entry(*page.trail) }}", "What a call is given is written out."),
    "a division": ("{{ 1 / 0 }}", "page.html:1: ZeroDivisionError: division by zero."),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_template_is_told_with_its_line(make_site: MakeSite, name: str) -> None:
    """Where it is, what it is, and what was most likely meant."""
    template, expected = FAULTS[name]

    assert expected in told(make_site, template)


def test_a_fault_in_a_part_names_the_part(make_site: MakeSite) -> None:
    """The line is that of the file to be mended, not of the page it shows in."""
    literal = (
        "-- themes/house/theme.yaml --\ncontract: 1\nextends: dateline\n"
        "-- themes/house/templates/parts/entry.html --\n<p>\n{{ e.headline }}\n"
    )
    sample = next(sample for sample in theme_samples.full() if sample.name == "home")
    renderer = Renderer(load_theme(make_site(literal), ThemeChoice("house")), theme_samples.shared())

    with pytest.raises(ThemeError) as caught:
        renderer.render(sample.template, sample.page, sample.view)

    assert "themes/house/templates/parts/entry.html:2: EntryView has no field" in caught.value.diagnostics[0].text()


def test_a_bug_of_ours_is_not_blamed_on_the_template(make_site: MakeSite) -> None:
    """What goes wrong while a body is made keeps its own traceback."""

    def fail() -> str:
        raise ZeroDivisionError

    view = VIEW._replace(body=theme_samples.Body(b"x", fail))
    renderer = with_page(make_site, "{{ view.body }}")

    with pytest.raises(ZeroDivisionError):
        renderer.render("page.html", PAGE, view)


def test_all_templates_can_be_checked_at_once(make_site: MakeSite) -> None:
    """A theme's faults are found before the page that shows them is rendered."""
    renderer = with_page(make_site, "{{ page.title|safe }}{{ t.hame }}")

    with pytest.raises(ThemeError) as caught:
        renderer.check()

    assert {"page.html"} == {fault.path.rpartition("/")[2] for fault in caught.value.diagnostics}
    assert 2 <= len(caught.value.diagnostics)


def test_hostile_templates_are_refused(make_site: MakeSite, corpora: Path) -> None:
    """Each is a clear error with its file, and none takes long."""
    lines = (corpora / "hostile/theme_templates.jsonl").read_text(encoding="utf-8").splitlines()
    for case in map(json.loads, lines):
        started = perf_counter()

        with pytest.raises(ThemeError) as caught:
            with_page(make_site, case["template"]).render("page.html", PAGE, VIEW)

        assert perf_counter() - started < 2, case
        assert all(fault.path.startswith("themes/house/") for fault in caught.value.diagnostics), case
        assert caught.value.diagnostics, case
    assert lines


def test_compiled_templates_are_used_again(make_site: MakeSite, tmp_path: Path) -> None:
    """A second process finds the code where the first one left it, and renders the same."""
    first = with_page(make_site, "{{ page.title }}", tmp_path).render("page.html", PAGE, VIEW)
    (kept,) = tmp_path.glob("*.code")
    before = kept.stat().st_mtime_ns

    second = with_page(make_site, "{{ page.title }}", tmp_path).render("page.html", PAGE, VIEW)

    assert first == second
    assert [kept] == list(tmp_path.glob("*.code"))
    assert before == kept.stat().st_mtime_ns


@pytest.mark.parametrize("damage", [b"", b"x" * 40, None])
def test_damaged_code_is_compiled_anew(make_site: MakeSite, tmp_path: Path, damage: bytes | None) -> None:
    """The cache may be cut short or garbled at any time; what is not whole is never run."""
    expected = with_page(make_site, "{{ page.title }}", tmp_path).render("page.html", PAGE, VIEW)
    (kept,) = tmp_path.glob("*.code")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-9] + b"\0" * 9 if damage is None else damage)

    again = with_page(make_site, "{{ page.title }}", tmp_path).render("page.html", PAGE, VIEW)

    assert expected == again
    assert whole == kept.read_bytes()


def test_a_changed_template_or_string_is_compiled_anew(make_site: MakeSite, tmp_path: Path) -> None:
    """Code belongs to the text it was made from, and to the strings that stand in it."""
    with_page(make_site, "{{ t.home }}", tmp_path).render("page.html", PAGE, VIEW)
    strings = "{{ t.home }}\n-- themes/house/strings.yaml --\nhome: Start"

    assert with_page(make_site, "{{ t.home }}!", tmp_path).render("page.html", PAGE, VIEW) == "Home!"
    assert with_page(make_site, strings, tmp_path).render("page.html", PAGE, VIEW) == "Start"


def test_templates_compiled_ahead_are_found(make_site: MakeSite, tmp_path: Path) -> None:
    """One process compiles what all will need, also where a theme extends another; faults wait for the page."""
    own = "-- themes/house/theme.yaml --\ncontract: 1\nextends: dateline\n-- themes/house/templates/topic.html --\n"
    theme = load_theme(make_site(f"{own}{{% nothing %}}\n"), ThemeChoice("house"))
    compile_ahead(theme, cache=tmp_path, made_by=b"")
    before = sorted(tmp_path.glob("*.code"))
    sample = next(sample for sample in theme_samples.full() if sample.name == "article")

    Renderer(theme, theme_samples.shared(), cache=tmp_path).render(sample.template, sample.page, sample.view)

    assert before
    assert before == sorted(tmp_path.glob("*.code"))


def test_an_entry_is_rendered_once_for_each_size(make_site: MakeSite) -> None:
    """However many lists show an article, it costs one rendering in each size."""
    made = []
    view = theme_samples.entry(3).view
    shown = theme_samples.Entry(b"digest", lambda: made.append(1) or view)
    again = theme_samples.Entry(b"digest", lambda: made.append(1) or view)
    line = theme_samples.HeldLine(shown, (), "")
    renderer = with_page(make_site, '{% for row in view.held %}{{ entry(row.entry, "line") }}{% endfor %}')

    html = renderer.render("page.html", PAGE, theme_samples.HeldView((line, line._replace(entry=again)), ()))

    assert html.count(view.href) == 2
    assert made == [1]
