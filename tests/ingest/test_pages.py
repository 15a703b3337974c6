"""Whole pages, written by hand for each class of rule: what is found in each stands beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.ingest.extracted import extract
from generator.ingest.raw import raw_item
from tests.ingest.conftest import CASES

PAGES = sorted((CASES / "pages").glob("*.html"))


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_a_page_gives_its_article(page: Path, update_expected: bool) -> None:
    """The body is the article alone, in its shape; what the page states of it is read, and nothing else."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    found = extract(raw_item(page.name, page.read_bytes()))
    said = {key: value for key, value in found.as_json().items() if key not in ("evidence", "dropped")}
    stated = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    if update_expected:
        page.with_suffix(".md").write_text(found.body, encoding="utf-8")
        page.with_suffix(".json").write_text(stated, encoding="utf-8")

    assert page.with_suffix(".md").read_text(encoding="utf-8") == found.body
    assert page.with_suffix(".json").read_text(encoding="utf-8") == stated


def test_an_old_page_in_windows_1252_is_the_same_page() -> None:
    """An encoding that is not declared is found, and its text is not changed by that."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    page = CASES / "pages" / "old-tables.html"
    text = page.read_text(encoding="utf-8")
    declared = text.replace(
        "<head>", '<head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'
    )

    assert (
        extract(raw_item("old.html", text.encode())).body
        == extract(raw_item("old.html", declared.encode("cp1252"))).body
    )
