"""The finished sample site in real Chromium: as a reader walks it, on a phone and at a desk, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.built_site import AT_THE_ROOT, BELOW_A_PATH, BuiltSample, built_sample, dateline, node_tool
from tests.literal import write_site
from tests.served import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["built_sample"]
pytestmark = pytest.mark.browser

KINDS = {
    "home": "",
    "briefing by an editor": "briefings/2020/01/03/",
    "briefing that arranges itself": "briefings/2020/01/04/",
    "year": "briefings/2020/",
    "month": "briefings/2020/01/",
    "briefings": "briefings/",
    "article": "articles/2020/01/02/*/",
    "article in Arabic script": "articles/2020/01/11/setad-kol-havapeyma/",
    "topics": "topics/",
    "topic": "topics/iraq/",
    "topic's month": "topics/iraq/2020/01/",
    "corrections": "corrections/",
    "page": "method/",
    "not found": "404.html",
}
MISSING = 400
WIDTHS = {"phone": 360, "desk": 1280}
AXE = "async () => (await axe.run(document, {resultTypes: ['violations', 'incomplete']})).violations"


@pytest.fixture(scope="module")
def public(built_sample: BuiltSample) -> Path:
    return built_sample(AT_THE_ROOT)


@pytest.fixture(scope="module")
def site(public: Path) -> Iterator[str]:
    with served(public) as address:
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A fresh page; whatever it complains of or fetches from elsewhere fails its test."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda fault: complaints.append(str(fault)))
    opened.on("response", lambda answer: complaints.append(answer.url) if answer.status >= MISSING else None)
    opened.on("request", lambda asked: None if _is_within(site, asked.url) else complaints.append(asked.url))
    yield opened
    context.close()
    assert complaints == []


def _is_within(site: str, address: str) -> bool:
    return address.startswith((site, "data:"))


def address_of(public: Path, pattern: str) -> str:
    """Return the first address of the site that fits a pattern."""
    if "*" not in pattern:
        return pattern
    found = sorted(public.glob(f"{pattern}index.html"))
    return found[0].parent.relative_to(public).as_posix() + "/"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(page: Page, public: Path, site: str, kind: str, width: str) -> None:
    """Contrast, names, roles, landmarks and order are right for those who do not see the page as we do."""
    axe = node_tool("axe-core/axe.min.js").read_text(encoding="utf-8")
    page.set_viewport_size({"width": WIDTHS[width], "height": 800})
    page.goto(site + address_of(public, KINDS[kind]))
    page.evaluate(axe)
    told = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        rows = page.evaluate(AXE)
        told += [f"{scheme}: {row['id']}: {row['help']}: {row['nodes'][0]['html'][:200]}" for row in rows]

    assert not told, "\n".join(told)


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways(page: Page, public: Path, site: str, kind: str, width: int) -> None:
    """What is too wide scrolls in its own box; the page never does."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + address_of(public, KINDS[kind]))

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_dates_and_drawings_run_to_the_right_on_a_page_that_runs_to_the_left(page: Page, site: str) -> None:
    """Dates are English words, so their day comes first; the labels of the drawing stay within it."""
    page.goto(f"{site}topics/iraq/")
    page.evaluate("document.documentElement.dir = 'rtl'")
    directions = page.evaluate("[...document.querySelectorAll('time')].map((one) => getComputedStyle(one).direction)")
    outside = page.evaluate("""() => {
      const box = document.querySelector(".activity").getBoundingClientRect();
      return [...document.querySelectorAll(".activity text")].filter((one) => {
        const { left, right } = one.getBoundingClientRect();
        return left < box.left - 1 || right > box.right + 1;
      }).map((one) => one.textContent);
    }""")

    assert {"ltr"} == set(directions)
    assert outside == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["home", "article", "topic", "corrections", "not found"])
def test_a_link_that_has_the_focus_can_be_read(page: Page, public: Path, site: str, kind: str, scheme: str) -> None:
    """Yellow is behind it by day and by night, so its words are dark, whatever color they have from around them."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(site + address_of(public, KINDS[kind]))
    page.keyboard.press("Tab")
    colors = page.evaluate("""() => [...document.links].filter((one) => one.checkVisibility()).map((one) => {
      one.focus();
      return [getComputedStyle(one).backgroundColor, getComputedStyle(one).color].join(" ");
    })""")

    dark = {"light": "rgb(26, 27, 29)", "dark": "rgb(22, 24, 27)"}[scheme]
    assert {f"rgb(255, 216, 77) {dark}"} == set(colors)


def go_by_keyboard(page: Page, address: str) -> None:
    """Press Tab until the focus is on the link to `address`, then Enter; every stop on the way must be visible."""
    for _ in range(300):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "() => { const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);"
            " return {tag: e.tagName, path: e.pathname || '', seen: box.width > 0 && box.height > 0,"
            " marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none'} }"
        )
        if here["tag"] == "BODY":
            break
        assert here["seen"], f"the focus is on something that is not there: {here}"
        assert here["marked"], f"the focus is on something that does not show it: {here}"
        if here["path"] == address:
            page.keyboard.press("Enter")
            page.wait_for_url(f"**{address}")
            return
    pytest.fail(f"no link to {address} was reached by the keyboard on {page.url}")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_reader_walks_the_site_by_keyboard(page: Page, public: Path, site: str, width: str) -> None:
    """Home, briefing, article, topic, its month, and back to where the walk began; no mouse."""
    page.set_viewport_size({"width": WIDTHS[width], "height": 800})
    page.goto(site)
    briefing = _first_link(public, "/", "/briefings/2020/01/")
    article = _first_link(public, briefing, "/articles/")
    topic = _first_link(public, article, "/topics/")
    month = _first_link(public, topic, f"{topic}2020/")
    stops = [briefing, article, topic, month]

    for stop in stops:
        go_by_keyboard(page, stop)
        assert page.locator("h1").count() == 1
    for _ in stops:
        page.go_back()

    assert page.url == site


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(page: Page, site: str) -> None:
    """Nobody should have to walk the menu on every page."""
    page.goto(f"{site}topics/iraq/")
    page.keyboard.press("Tab")
    target = page.evaluate("document.activeElement.hash")
    page.keyboard.press("Enter")

    assert target.startswith("#")
    assert page.locator(target).count() == 1


@pytest.mark.parametrize("kind", ["home", "article", "topic"])
def test_a_printed_page_is_whole_and_bare(page: Page, public: Path, site: str, kind: str) -> None:
    """On paper there is no menu to press, and nothing is cut off."""
    page.goto(site + address_of(public, KINDS[kind]))
    page.emulate_media(media="print")

    assert page.pdf(format="A4").startswith(b"%PDF")
    assert page.locator("h1").is_visible()
    assert not page.locator("nav").first.is_visible()


def test_the_site_has_no_script(public: Path) -> None:
    """The pages work without any; only data in a script element is allowed."""
    for place in public.rglob("*.html"):
        text = place.read_text(encoding="utf-8")

        assert text.count("<script") == text.count('<script type="application/ld+json"'), place


def test_below_a_base_path_the_look_arrives(browser: Browser, built_sample: BuiltSample) -> None:
    """Styles and links are found where the site stands, not at the host's root."""
    with served(built_sample(BELOW_A_PATH), "/briefs") as address:
        page = browser.new_page()
        missing: list[str] = []
        page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
        page.goto(address)
        page.get_by_role("link", name="Topics").first.click()
        page.wait_for_url(f"{address}topics/")
        styles = page.evaluate("document.styleSheets.length")
        page.close()

    assert missing == []
    assert styles > 0


def _first_link(public: Path, address: str, start: str) -> str:
    text = (public / address.strip("/") / "index.html").read_text(encoding="utf-8")
    main = text[text.index("<main") :]
    return next(
        part.partition('"')[0]
        for part in main.split('href="')[1:]
        if part.startswith(start) and part.partition('"')[0] != start
    )


CROWDED = """\
-- site.yaml --
format: 1
title: The Very Long Named Publication of the Two Rivers and the Gulf
base_url: https://crowded.example/
timezone: Asia/Baghdad
-- content/topics/iraq.md --
---
title: Iraq
---
-- content/topics/empty.md --
---
title: A topic without any report and with a name that takes more than a line on a phone
---
"""


def crowded(folder: Path) -> Path:
    """Build a site of long titles, words without a break, both directions, and five hundred entries in a month."""
    titles = [f"Report {number} on the talks in Baghdad" for number in range(500)]
    titles += [
        "Parliament " * 27 + "ends",
        "Donaudampfschifffahrtsgesellschaft" * 8,
        "البرلمان العراقي يدعو " * 9 + "(NATO)",
    ]
    text = CROWDED
    for number, title in enumerate(titles):
        front = f"title: {title}\ndate: 2020-01-{1 + number % 31:02}\ntopics: [iraq]\nsummary: {title * 2}"
        text += f"-- content/articles/a{number}.md --\n---\n{front}\n---\n{title}\n"
    done = dateline("build", "--root", str(write_site(folder, text)), "--now", "2020-02-01")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "public"


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_nothing_runs_out_of_a_crowded_page(browser: Browser, tmp_path: Path, width: int) -> None:
    """Long titles, unbroken words and an empty topic keep within the page at every width."""
    pages = ["", "topics/", "topics/iraq/", "topics/empty/", "topics/iraq/2020/01/", "briefings/2020/01/"]
    pages += [f"briefings/2020/01/{day:02}/" for day in (5, 6, 7)]
    pages += ["articles/2020/01/05/a500/", "articles/2020/01/06/a501/", "articles/2020/01/07/a502/"]
    wide = {}
    with served(crowded(tmp_path)) as address:
        opened = browser.new_page(viewport={"width": width, "height": 800})
        for page in pages:
            answer = opened.goto(address + page)
            assert answer is not None
            assert answer.ok, page
            wide[page] = opened.evaluate("document.documentElement.scrollWidth - innerWidth")
        opened.close()

    assert dict.fromkeys(pages, 0) == wide
