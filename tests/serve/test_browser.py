"""The preview in real Chromium: what an editor sees while writing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.serve.test_command import ARTICLE, PAGE, ROOT, Served, copied_sample

STYLE = "themes/dateline/static/style.css"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(copied_sample(tmp_path_factory.mktemp("browser")))
    yield served
    served.end()


@pytest.fixture
def show(served: Served, browser: Any) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a page of the preview; faults of our script fail the test."""
    context = browser.new_context(viewport={"width": 900, "height": 600})
    faults: list[str] = []

    def show(path: str = PAGE) -> Any:
        served.rest()
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(served.address + path)
        page.evaluate("window.isSamePage = true")
        page.wait_for_function("performance.getEntriesByName(location.origin + '/__dateline/live.js').length > 0")
        return page

    yield show
    context.close()
    shutil.copy(ROOT / ARTICLE, served.root / ARTICLE)
    assert [] == faults


def is_reloaded(page: Any) -> bool:
    return page.evaluate("window.isSamePage !== true")  # type: ignore[no-any-return]


def panel(page: Any) -> Any:
    return page.locator("dateline-preview section")


def test_a_saved_page_is_brought_up_and_others_are_not(served: Served, show: Callable[..., Any]) -> None:
    """The page that was saved shows its new text by itself; a page it is no part of stays as it is."""
    page, other = show(), show("topics/lebanon/")
    served.edit(ARTICLE, lambda text: text + "\nAdded while you were reading.\n")
    page.get_by_text("Added while you were reading.").wait_for()

    other.wait_for_timeout(100)

    assert not is_reloaded(page)
    assert "Added while you were reading." not in other.content()


def test_only_what_differs_is_exchanged(served: Served, show: Callable[..., Any]) -> None:
    """Parts of the page that are as they were stay the very same, with what the reader did to them."""
    page = show()
    page.evaluate("""() => {
      document.querySelector("h1").isThatHeading = true;
      document.querySelector("main p").isThatParagraph = true;
    }""")
    served.edit(ARTICLE, lambda text: text + "\nAdded at the end.\n")
    page.get_by_text("Added at the end.").wait_for()

    assert page.evaluate("document.querySelector('h1').isThatHeading === true")
    assert page.evaluate("document.querySelector('main p').isThatParagraph === true")


def test_a_page_with_a_script_of_its_own_is_loaded_anew(served: Served, show: Callable[..., Any]) -> None:
    """What a theme's script has made of its page nobody can bring up in place."""
    page = show()
    page.evaluate("document.body.append(document.createElement('script'))")
    served.edit(ARTICLE, lambda text: text + "\nAdded for the script.\n")
    page.get_by_text("Added for the script.").wait_for()

    assert is_reloaded(page)


def test_a_style_is_swapped_without_a_reload(served: Served, show: Callable[..., Any]) -> None:
    """A saved style shows at once on every page, and the page itself stays."""
    page = show()
    served.edit(STYLE, lambda text: text + "\nbody { outline: 7px solid rgb(1, 2, 3); }\n")
    page.wait_for_function("getComputedStyle(document.body).outlineWidth === '7px'")
    links = page.locator('link[rel~="stylesheet"]').count()
    served.edit(STYLE, lambda text: text.replace("7px", "9px"))
    page.wait_for_function("getComputedStyle(document.body).outlineWidth === '9px'")
    page.wait_for_function(f"document.querySelectorAll('link[rel~=stylesheet]').length === {links}")

    assert not is_reloaded(page)


def test_a_fault_covers_the_page_until_it_is_mended(served: Served, show: Callable[..., Any]) -> None:
    """File, line, message and excerpt are laid over the last good page, and go when the fault goes."""
    page = show()
    good = (served.root / ARTICLE).read_text(encoding="utf-8")
    served.edit(ARTICLE, lambda text: text.replace("title:", "titel:", 1))
    panel(page).wait_for()
    told = panel(page).inner_text()
    late = show("topics/iran/")
    panel(late).wait_for()
    (served.root / ARTICLE).write_text(good, encoding="utf-8")
    panel(page).wait_for(state="detached")
    panel(late).wait_for(state="detached")

    assert f"{ARTICLE}:" in told
    assert "titel:" in told
    assert page.locator("main").is_visible()


def test_a_site_that_was_never_built_shows_its_faults_alone(browser: Any, tmp_path: Path) -> None:
    """There is no last good page to speak of; the first good build takes the place of the faults."""
    root = copied_sample(tmp_path)
    settings = root / "site.yaml"
    good = settings.read_text(encoding="utf-8")
    settings.write_text(f"{good}titel: x\n", encoding="utf-8")
    served = Served(root)
    page = browser.new_page()
    page.goto(served.address)
    panel(page).wait_for()
    told = panel(page).inner_text()
    settings.write_text(good, encoding="utf-8")
    page.locator("main h1").wait_for()
    page.close()
    served.end()

    assert told.startswith("Not built: one fault.\n")
    assert "titel: x" in told
    assert "last good" not in told


def test_the_fault_can_be_put_away(served: Served, show: Callable[..., Any]) -> None:
    """Who wants to read the page meanwhile hides the fault; a new fault is shown again."""
    page = show()
    served.edit(ARTICLE, lambda text: text.replace("title:", "titel:", 1))
    panel(page).wait_for()
    page.keyboard.press("Escape")
    panel(page).wait_for(state="detached")
    served.edit(ARTICLE, lambda text: text.replace("date:", "dat:", 1))
    panel(page).wait_for()

    assert "dat" in panel(page).inner_text()


def test_a_place_in_the_overlay_opens_the_editor(served: Served, show: Callable[..., Any]) -> None:
    """The place of a fault is a link to it."""
    page = show()
    served.edited.unlink(missing_ok=True)
    served.edit(ARTICLE, lambda text: text.replace("title:", "titel:", 1))
    panel(page).locator("article button").first.click()
    served.wait(lambda: served.edited.is_file() and ARTICLE in served.edited.read_text())

    assert page.locator("dateline-preview output").inner_text().startswith(f"Opened {ARTICLE}:")


def test_the_place_on_the_page_is_kept(served: Served, show: Callable[..., Any]) -> None:
    """The same sentence stands at the same height, though text was added above it, and the focus stays."""
    served.edit(ARTICLE, lambda text: text + "\n" + "\n\n".join(f"Paragraph {n}. " + "Words. " * 60 for n in range(40)))
    page = show()
    page.get_by_text("Paragraph 30.").wait_for()
    page.locator("footer a").first.evaluate("link => link.focus({ preventScroll: true })")
    page.evaluate("""() => {
      const line = [...document.querySelectorAll("p")].find((one) => one.textContent.startsWith("Paragraph 20."));
      scrollTo({ top: scrollY + line.getBoundingClientRect().top - 40, behavior: "instant" });
    }""")
    height = """() => Math.round([...document.querySelectorAll("p")]
      .find((one) => one.textContent.startsWith("Paragraph 20.")).getBoundingClientRect().top)"""
    before = page.evaluate(height)
    focused = page.evaluate("document.activeElement.href")
    served.edit(
        ARTICLE, lambda text: text.replace("Paragraph 5.", "Paragraph 5. Something new.\n\nAnd more. " + "More. " * 90)
    )
    page.get_by_text("Something new.").wait_for()
    page.wait_for_timeout(100)

    assert abs(before - page.evaluate(height)) <= 1
    assert focused == page.evaluate("document.activeElement.href")


def test_alt_click_opens_the_line_of_a_sentence(served: Served, show: Callable[..., Any]) -> None:
    """The sentence under the pointer is opened in the editor at the line it begins in; links in it are not followed."""
    served.edited.unlink(missing_ok=True)
    lines = (served.root / ARTICLE).read_text(encoding="utf-8").count("\n")
    served.edit(
        ARTICLE, lambda text: text.rstrip("\n") + "\n\nA first sentence stands here.\nThe second one follows it.\n"
    )
    page = show()
    page.get_by_text("A first sentence stands here.").wait_for()
    box = page.evaluate("""() => {
      const block = [...document.querySelectorAll("p")].find((one) => one.textContent.includes("The second"));
      block.scrollIntoView({ block: "center", behavior: "instant" });
      const text = [...block.childNodes].find((node) => node.textContent.includes("The second"));
      const range = document.createRange();
      const at = text.textContent.indexOf("second");
      range.setStart(text, at); range.setEnd(text, at + 6);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }""")
    page.keyboard.down("Alt")
    page.mouse.click(box["x"], box["y"])
    page.keyboard.up("Alt")
    served.wait(lambda: served.edited.is_file() and served.edited.read_text() != "")

    assert f"{served.root / ARTICLE}:{lines + 3}\n" == served.edited.read_text()
    assert page.url.endswith(PAGE)


def test_alt_click_on_the_front_page_leads_into_the_briefing_it_shows(served: Served, show: Callable[..., Any]) -> None:
    """Takeaways and an editor's sentence about a report stand in the file of the day."""
    briefing = served.root / "content/briefings/2020-01-12.md"
    lines = briefing.read_text(encoding="utf-8").split("\n")
    takeaway = next(number for number, line in enumerate(lines, 1) if line.startswith("  - "))
    sentence = next(number for number, line in enumerate(lines, 1) if line.startswith("- [Rockets wound"))
    page = show("")
    for place, line in ((".takeaways li", takeaway), (".part .summary", sentence)):
        served.edited.unlink(missing_ok=True)
        page.locator(place).first.click(modifiers=["Alt"], position={"x": 9, "y": 9})
        served.wait(lambda: served.edited.is_file() and served.edited.read_text() != "")

        assert f"{briefing}:{line}\n" == served.edited.read_text()


def test_a_page_that_is_not_there_yet_appears(served: Served, show: Callable[..., Any]) -> None:
    """A tab that waits at the address of a new article shows it as soon as it is written."""
    page = show("articles/2020/01/08/written-later/")
    new = served.root / "content/articles/2020/01/08/written-later.md"
    new.write_text("---\ntitle: Written later\ndate: 2020-01-08\n---\nNow it is here.\n", encoding="utf-8")
    page.get_by_text("Now it is here.").wait_for()
    new.unlink()
    page.get_by_text("Now it is here.").wait_for(state="detached")


def test_a_hidden_tab_takes_no_connection_and_catches_up(served: Served, show: Callable[..., Any]) -> None:
    """Ten open tabs must not use up the browser's connections: only what is seen listens."""
    page = show()
    page.evaluate("""() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => window.isHidden === true });
      window.isHidden = true;
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    served.edit(ARTICLE, lambda text: text + "\nWritten behind your back.\n")
    served.wait(lambda: "Written behind your back." in served.get(PAGE)[1])
    page.wait_for_timeout(200)
    stayed = not is_reloaded(page)
    page.evaluate("window.isHidden = false; document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_text("Written behind your back.").wait_for()

    assert stayed


def test_nothing_of_the_preview_is_on_disk(served: Served, tmp_path: Path) -> None:
    """Script, overlay and addresses of the preview are never in a file of the site."""
    pages = list((served.root / ".dateline" / "preview").rglob("*.html"))

    assert pages
    assert not [page for page in pages if "__dateline" in page.read_text(encoding="utf-8")]
