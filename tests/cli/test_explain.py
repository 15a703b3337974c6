"""What `dateline explain` says of a page: its files, where it leads, and why it was or would be rendered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.cli.main import main
from tests.build.small_site import ARTICLE, SITE

NOW = "2020-01-13T10:00+03:00"


@pytest.fixture
def explain(make_site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Callable[[str], Any]:
    """Build the small site, and return a function from an address to what is said of it."""
    monkeypatch.chdir(make_site(SITE))
    assert 0 == main(["build", "--now", NOW])
    capsys.readouterr()

    def explained(address: str) -> Any:
        assert 0 == main(["explain", address, "--json", "--now", NOW])
        return json.loads(capsys.readouterr().out)

    return explained


def test_a_page_names_the_files_it_is_made_of_and_those_it_leads_to(explain: Callable[[str], Any]) -> None:
    """A first mention leads to a topic's page, so that topic's file bears on the text."""
    found = explain("/articles/2020/01/01/gate/")

    assert {ARTICLE, "content/sources/desk.md"} <= set(found["content"])
    assert {"content/topics/iraq.md", "content/topics/iran.md", "content/pages/about.md"} <= set(found["linked"])
    assert not set(found["content"]) & set(found["linked"])
    assert found["templates"][0] == "themes/dateline/templates/article.html"
    assert (["new"], []) == (found["last"], found["now"])


@pytest.mark.parametrize(
    "asked",
    [
        "/topics/iraq/",
        "topics/iraq",
        "topics/iraq/index.html",
        "public/topics/iraq/index.html",
        "https://small.example/briefs/topics/iraq/",
    ],
)
def test_a_page_is_known_by_any_of_its_names(explain: Callable[[str], Any], asked: str) -> None:
    """An address, a file of the output folder, or what the browser shows."""
    assert "topics/iraq/index.html" == explain(asked)["path"]


def test_feeds_name_their_entries(explain: Callable[[str], Any]) -> None:
    """The addresses of a feed are whole, with the site's host and path."""
    assert ARTICLE in explain("/feed.xml")["linked"]


def test_the_front_page_is_made_of_the_briefing_it_shows(explain: Callable[[str], Any]) -> None:
    """Its words are the editor's, who finds the file here and by an Alt-click in the preview."""
    briefing = Path("content/briefings/2020-01-03.md")
    briefing.write_text("---\ntitle: The newest day\n---\n", encoding="utf-8")

    assert str(briefing) in explain("/")["content"]


def test_an_edit_is_named_by_the_part_that_differs(explain: Callable[[str], Any]) -> None:
    """Before the next build it can be seen what that build will do."""
    place = Path(ARTICLE)
    place.write_text(place.read_text(encoding="utf-8").replace("Tehran denied", "Tehran again denied"), "utf-8")

    assert ["body"] == explain("/articles/2020/01/01/gate/")["now"]
    assert [] == explain("/topics/iran/")["now"]


def test_an_address_that_is_none_is_told_with_the_nearest(
    explain: Callable[[str], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong word is a fault of usage."""
    assert 2 == main(["explain", "/topics/irak/", "--now", NOW])

    assert 'The site has no address "/topics/irak/". Did you mean "/topics/iraq/"?' in capsys.readouterr().err
