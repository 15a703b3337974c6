"""The bundled theme as a whole: its look in numbers, its pages with nothing and with everything on them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from generator.config import ThemeChoice
from generator.model.article import Extras
from generator.render.templates import Renderer
from generator.render.theme import Theme
from generator.render.theme_files import PAGES, load_theme
from generator.render.views import entry as entry_views
from generator.render.views import frame, kinds
from generator.render.views.kinds import Section
from tests import theme_samples
from tests.theme_samples import Sample

ROOT = Path(__file__).resolve().parent.parent
STYLES = (ROOT / "themes/dateline/static/style.css").read_text(encoding="utf-8")
LOOK = (ROOT / "docs/look.md").read_text(encoding="utf-8")
THEME_DOC = (ROOT / "docs/theme.md").read_text(encoding="utf-8")
TEXT_NEEDS, CONTROLS_NEED = 4.5, 3.0
SAMPLES = {
    **{f"minimal {sample.name}": sample for sample in theme_samples.minimal()},
    **{f"full {sample.name}": sample for sample in theme_samples.full()},
}
# Fields that views carry for other themes; each with the reason why the bundled one leaves it alone.
UNREAD = {
    "ArticleView.id": "addresses say which article it is",
    "ArticleView.edition": "the page's trail leads there",
    "ArticleView.extra": "keys of a site's own mean nothing to a bundled theme",
    "ContentPageView.extra": "likewise",
    "EntryView.id": "addresses say which article it is",
    "Page.kind": "each kind has its template",
    "Page.published": "for themes with a date in the head",
    "SiteView.url": "canonical addresses come whole",
    "TopicLink.id": "addresses say which topic it is",
    "TopicView.id": "likewise",
}


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load_theme(ROOT, ThemeChoice())


@pytest.fixture(scope="module")
def renderer(theme: Theme) -> Renderer:
    return Renderer(theme, theme_samples.shared())


def rendered(renderer: Renderer, sample: Sample) -> str:
    return renderer.render(sample.template, sample.page, sample.view)


def tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{3,6});", css))


LIGHT = tokens(STYLES[: STYLES.index("prefers-color-scheme")])
DARK = tokens(STYLES[STYLES.index("prefers-color-scheme") : STYLES.index("min-width: 48rem")])


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colors by the formula of WCAG 2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def rows(first: str) -> Iterator[list[str]]:
    """Yield the cells of the rows of docs/look.md whose first column holds a token and whose second is not one."""
    for line in LOOK.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|")] if line.startswith("| `--") else []
        if cells and "#" in line and (cells[0] in ("`--focus`", "`--mark`")) is (first == "grounds"):
            yield cells


@pytest.mark.parametrize("row", list(rows("colors")), ids=lambda row: row[0].strip("`"))
def test_every_color_is_the_documented_one_and_has_the_documented_contrast(row: list[str]) -> None:
    """The table in docs/look.md is a promise: it is computed from the style sheet, never copied by hand."""
    token = row[0].strip("`")
    for palette, (color, *ratios) in ((LIGHT, row[2:5]), (DARK, row[5:8])):
        expected = [f"{ratio(color, palette[ground]):.1f}" for ground in ("--paper", "--wash")]

        assert color == palette[token]
        assert token in ("--paper", "--wash") or expected == ratios
        if token not in ("--paper", "--wash", "--rule"):
            needed = CONTROLS_NEED if token == "--control" else TEXT_NEEDS
            assert min(map(float, ratios)) >= needed


@pytest.mark.parametrize("row", list(rows("grounds")), ids=lambda row: row[0].strip("`"))
def test_text_on_a_colored_ground_can_be_read(row: list[str]) -> None:
    """Focus and marks keep the contrast of text."""
    ground = row[0].strip("`")
    for palette, (color, text, told) in ((LIGHT, row[1:4]), (DARK, row[4:7])):
        assert color == palette[ground]
        assert told == f"{ratio(color, palette[text.strip('`')]):.1f}"
        assert float(told) >= TEXT_NEEDS


def test_the_style_sheet_is_within_its_budget() -> None:
    """Six kilobytes compressed reach a phone before anyone waits."""
    assert len(gzip.compress(STYLES.encode(), 9)) <= 6 * 1024


def test_the_style_sheet_keeps_its_manners() -> None:
    """Logical properties only, no ids, nothing that overrules, nothing fetched, no measure of the machine's."""
    bare = re.sub(r"/\*.*?\*/", "", STYLES, flags=re.DOTALL)

    assert not re.findall(
        r"\b(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b|text-align: (?:left|right)", bare
    )
    assert not re.findall(r"!important|@import|url\(|@font-face|animation|transition", bare)
    assert not re.findall(r"#(?![0-9a-fA-F]{3,6}\b)[\w-]+", bare)
    assert {"48rem", "64rem"} >= set(re.findall(r"min-width: ([\d.]+rem)", bare))
    assert set(re.findall(r"font-weight: (\d+)", bare)) <= {"400", "700"}


def test_the_frame_of_a_page_is_within_its_budget(renderer: Renderer) -> None:
    """What every page carries besides its content stays within five kilobytes compressed."""
    frame_alone = rendered(renderer, SAMPLES["minimal page"])

    assert len(gzip.compress(frame_alone.encode(), 9)) <= 5 * 1024


class Outline(HTMLParser):
    """Reads a page as a browser would, and keeps what its shape is judged by."""

    VOID = frozenset(("meta", "link", "br", "hr", "img", "rect", "circle", "path", "polyline"))

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        opened = self.open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_page_has_the_shape_of_one(renderer: Renderer, name: str) -> None:
    """Elements close in order, ids are unique, and there is one title, one main part and one first heading."""
    outline = Outline(rendered(renderer, SAMPLES[name]))
    ids = [attributes["id"] for _, attributes in outline.found if "id" in attributes]

    assert outline.open == []
    assert sorted(set(ids), key=str) == sorted(ids, key=str)
    assert [1, 1, 1] == [len(outline.all(tag)) for tag in ("title", "main", "h1")]
    assert outline.all("html") == [{"lang": "en", "dir": "ltr"}]
    assert all(label in ids for _, given in outline.found if (label := given.get("aria-labelledby")))
    assert all("scope" in cell for cell in outline.all("th")) or "page" in name or "article" in name
    assert all(given.get("aria-label") or given.get("aria-labelledby") for given in outline.all("nav"))


@pytest.mark.parametrize("name", [name for name in SAMPLES if "redirect" not in name])
def test_the_first_link_of_a_page_leads_past_the_menu(renderer: Renderer, name: str) -> None:
    """Nobody should have to walk the menu on every page."""
    outline = Outline(rendered(renderer, SAMPLES[name]))

    assert outline.all("a")[0] == {"class": "skip", "href": f"#{outline.all('main')[0]['id']}"}


@pytest.mark.parametrize("name", SAMPLES)
def test_headings_skip_no_level(renderer: Renderer, name: str) -> None:
    """Whoever walks a page by its headings finds each one below the one it belongs to."""
    levels = [int(tag[1]) for tag, _ in Outline(rendered(renderer, SAMPLES[name])).found if re.fullmatch("h[1-6]", tag)]

    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_head_says_what_the_page_is(renderer: Renderer) -> None:
    """Search engines, feed readers and messengers find what they show."""
    outline = Outline(rendered(renderer, SAMPLES["full article"]))
    page = SAMPLES["full article"].page
    meta = {given.get("name") or given.get("property"): given.get("content") for given in outline.all("meta")}
    links = {(given["rel"], given["href"]) for given in outline.all("link")}

    assert meta["description"] == meta["og:description"] == page.description
    assert meta["og:title"] == page.title
    assert meta["og:type"] == "article"
    assert meta["og:url"] == page.canonical
    assert meta["robots"] == "noindex"
    assert meta["color-scheme"] == "light dark"
    assert {
        ("canonical", page.canonical),
        ("stylesheet", "/assets/style.css"),
        ("icon", "/assets/icon.svg"),
        ("alternate", "/feed.xml"),
    } <= links


def test_structured_values_cannot_end_their_script(renderer: Renderer) -> None:
    """A headline that closes the element would run as script."""
    html = rendered(renderer, SAMPLES["full article"])

    assert html.count("</script>") == 1
    assert r"\u003c/script\u003e\u003cscript\u003exss(1)" in html


HOSTILE = "</title><script>xss(1)</script>\"' onclick=xss(1) &amp; {{ 7 * 7 }} <!--"


def hostile(value: Any) -> Any:
    """Return a view with every text in it replaced, but those that are HTML, addresses or keys."""
    if isinstance(value, Extras):
        return value
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        kept = ("href", "chart", "note", "prose", "structured", "anchor", "lang", "dir", "src", "rights", "trend")
        return type(value)(*(v if k in kept else hostile(v) for k, v in zip(value._fields, value, strict=True)))
    if isinstance(value, tuple):
        return tuple(map(hostile, value))
    if isinstance(value, entry_views.Entry):
        changed = hostile(value.view)
        return entry_views.Entry(value.digest, lambda: changed)
    return HOSTILE if isinstance(value, str) and value else value


@pytest.mark.parametrize("name", [name for name in SAMPLES if name.startswith("full")])
def test_no_text_of_a_view_becomes_markup(theme: Theme, name: str) -> None:
    """Whatever a scraped headline holds, a page shows it and does nothing of it."""
    sample = SAMPLES[name]
    html = Renderer(theme, theme_samples.shared()).render(sample.template, hostile(sample.page), hostile(sample.view))
    outline = Outline(html)

    assert all(given.get("type") == "application/ld+json" for given in outline.all("script"))
    assert not [given for _, given in outline.found if any(key.startswith("on") for key in given)]
    assert "7 * 7" in html


def test_foreign_titles_carry_their_language(renderer: Renderer) -> None:
    """A headline from right to left among English ones is set and read in its own language."""
    article = rendered(renderer, SAMPLES["full article-rtl"])
    title = theme_samples.ARABIC["title"]

    assert f'<h1 lang="ar" dir="rtl">{title}</h1>' in article
    assert '<div class="body" lang="ar" dir="rtl">' in article
    assert f'lang="ar" dir="rtl">{title}</a>' in article
    assert '<html lang="en" dir="ltr">' in article


def test_a_site_from_right_to_left_says_so(theme: Theme) -> None:
    """The style sheet knows no left and right; the page's direction is all it needs."""
    sample = SAMPLES["minimal home"]

    html = Renderer(theme, theme_samples.shared(language="fa")).render(sample.template, sample.page, sample.view)

    assert '<html lang="fa" dir="rtl">' in html


def test_what_an_editor_writes_before_the_first_heading_stands_without_one(renderer: Renderer) -> None:
    """Opening words are no section: they get no heading of ours and no line in the contents."""
    sample = SAMPLES["full briefing"]
    opening = Section("", "reports", "", "<p>The council meets again.</p>\n", ())
    view = sample.view._replace(sections=(opening, *sample.view.sections))

    html = rendered(renderer, sample._replace(view=view))

    assert '<div class="prose opening"><p>The council meets again.</p>' in html
    assert '"reports"' not in html
    assert '"#reports"' not in html


def test_the_menu_marks_where_the_reader_is(renderer: Renderer) -> None:
    """The page itself is marked as such, the section a page belongs to more weakly."""
    assert '<a href="/topics/" aria-current="page">' in rendered(renderer, SAMPLES["full topics"])
    assert '<a href="/topics/" aria-current="true">' in rendered(renderer, SAMPLES["full topic"])
    assert "aria-current" not in rendered(renderer, SAMPLES["full article"])


def view_types() -> list[type]:
    """Return every view a template can meet."""
    modules = (kinds, entry_views, frame)
    names = {module.__name__ for module in modules}
    found = {name: kind for module in modules for name, kind in vars(module).items() if hasattr(kind, "_fields")}
    # What an entry is made from is no view.
    return [kind for name, kind in sorted(found.items()) if kind.__module__ in names and name != "Beside"]


FIELDS = [f"{kind.__name__}.{field}" for kind in view_types() for field in kind._fields]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_of_a_view_is_read_or_has_a_reason(theme: Theme, name: str) -> None:
    """What no template shows is computed for nothing, and changes the key of a page for nothing."""
    field = name.partition(".")[2]
    # Filters read the links they are given.
    read = any(re.search(rf"\.{field}\b", text.text) for text in theme.templates.values())

    assert read or name in UNREAD


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_of_a_view_is_documented(name: str) -> None:
    """The contract is written down, whole."""
    kind, _, field = name.partition(".")
    place = re.search(rf"(?:^#+ .*\b{kind}\b|^\*\*{kind}\*\*).*?(?=^#|^\*\*|\Z)", THEME_DOC, re.MULTILINE | re.DOTALL)

    assert place is not None, f"docs/theme.md says nothing of {kind}"
    assert f"`{field}`" in place[0]


def test_every_page_template_is_documented_and_sampled() -> None:
    """A new kind of page comes with its words and its samples."""
    assert set(PAGES) == {sample.template for sample in SAMPLES.values()}
    assert all(f"`{name}`" in THEME_DOC for name in PAGES)


def test_every_string_is_used(theme: Theme) -> None:
    """A string that no template names is a line translators write for nothing."""
    templates = "\n".join(text.text for text in theme.templates.values())
    groups = ("trend_", "confidence_", "correction_", "source_", "mark_", "missing_", "month_", "weekday_")
    # These name pages and days, and are read where pages are planned.
    planned = (
        "briefings", "topics", "corrections", "held", "not_found", "comma", "day_long", "day_short", "of_month",
    )  # fmt: skip
    unused = [
        key
        for key, _ in theme.strings
        if key not in planned and not key.startswith(groups) and not re.search(rf'\bt\.{key}\b|"{key}"', templates)
    ]

    assert unused == []
