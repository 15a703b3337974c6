"""Text that a source's rights forbid stands in no byte of any output."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.small_site import SITE, Site

CANARY = "The canary sang in the ninth arcade"
HELD = "The held canary waits"
WORDS = " ".join(f"word{number}" for number in range(20))

CASES = {
    "an excerpt": ("excerpt", f"{WORDS}. {CANARY}.", ""),
    "an excerpt after a summary": ("excerpt", f"{CANARY}.", "One two three four five six seven eight nine ten eleven."),
    "a summary longer than the excerpt": ("excerpt", "Body.", f"{WORDS} {CANARY}."),
    "a link": ("link", f"{CANARY}.", f"{CANARY}."),
    "a heading past the excerpt": ("excerpt", f"{WORDS}.\n\n## {CANARY}\n\nMore.", ""),
    "a picture's words": ("link", f'![{CANARY}](https://wire.example/p.jpg "{CANARY}")', ""),
}


def outputs_holding(site: Site, canary: str) -> list[str]:
    """Return the output files that hold the canary."""
    files = [path for path in (site.root / "public").rglob("*") if path.is_file()]
    assert len(files) > 20
    return [path.name for path in files if canary.encode() in path.read_bytes()]


@pytest.mark.parametrize("name", CASES)
def test_no_output_shows_more_than_a_source_allows(make_site: Callable[[str], Path], name: str) -> None:
    """Page, list, feed, description and structured facts take their words from one cut."""
    rights, body, summary = CASES[name]
    given = f"summary: {summary}\n" if summary else ""
    site = Site(make_site(SITE))
    site.write(
        "content/sources/wire.md", f"---\nname: The Wire\nkind: wire\nrights: {rights}\nexcerpt_words: 12\n---\n"
    )
    site.write(
        "content/articles/2020/01/02/wire.md",
        "---\ntitle: Yard empty\ndate: 2020-01-02T13:00+03:00\nsource: {key: wire, url: https://wire.example/1}\n"
        f"topics: [iraq]\n{given}---\n{body}\n",
    )

    assert site.build().ok

    assert outputs_holding(site, CANARY) == []
    assert outputs_holding(site, "Yard empty") != []


def test_full_rights_show_all(make_site: Callable[[str], Path]) -> None:
    """The canary is seen where it may be: so the search above can find one."""
    site = Site(make_site(SITE))
    site.replace("content/articles/2020/01/01/gate.md", "Crowds reached", f"{CANARY}. Crowds reached")
    site.build()

    assert "index.html" in outputs_holding(site, CANARY)


def test_what_waits_is_not_published(make_site: Callable[[str], Path]) -> None:
    """Held articles and drafts stand in no output, nor do those whose time has not come or is over."""
    site = Site(make_site(SITE))
    for number, line in enumerate(
        ("held: [url]", "draft: true", "publish_at: 2031-01-01", "expire_at: 2020-01-05T00:00Z")
    ):
        site.write(
            f"content/articles/2020/01/02/waits-{number}.md",
            f"---\ntitle: {HELD} {number}\ndate: 2020-01-02\ntopics: [iraq]\n{line}\n---\n{HELD}.\n",
        )

    report = site.build()

    assert report.ok
    assert outputs_holding(site, HELD) == []
