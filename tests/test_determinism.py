"""The same files give the same bytes: in any folder, zone and order, with any hash seed and number of processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from generator.build.verify import compared
from tests.build.small_site import SITE
from tests.literal import write_site

MANY = 260


def many_articles(root: Path, order: range) -> None:
    """Write enough articles for two processes to share, in a given order of writing."""
    for number in order:
        day = f"2020-01-{1 + number % 28:02}"
        place = root / "content/articles" / day.replace("-", "/") / f"report-{number}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(
            f"---\ntitle: Report {number} from Baghdad\ndate: {day}T{number % 24:02}:30+03:00\ntopics: [iraq]\n"
            f"summary: What was seen at gate {number % 9}.\nsource: desk\n---\n"
            f"Baghdad, again. See [the gate](../../01/01/gate.md) and Tehran's answer {number}.\n".replace(
                "../../01/01/gate.md", "../01/gate.md"
            ),
            encoding="utf-8",
        )


def build(root: Path, environment: dict[str, str], *arguments: str) -> None:
    """Build as a command of its own."""
    subprocess.run(
        [sys.executable, "-m", "generator.cli.main", "build", "--root", str(root), "--now", "2020-02-01", *arguments],
        check=True,
        capture_output=True,
        env={**os.environ, **environment},
    )


def test_bytes_do_not_depend_on_the_machine(tmp_path: Path) -> None:
    """Folder, time zone, locale, hash seed, order of writing and number of processes leave no trace in the site."""
    one = write_site(tmp_path / "one", SITE)
    other = write_site(tmp_path / "other" / "deeper" / "site", SITE)
    many_articles(one, range(MANY))
    many_articles(other, range(MANY - 1, -1, -1))

    build(one, {"PYTHONHASHSEED": "1", "TZ": "America/Los_Angeles", "LC_ALL": "C"}, "--jobs", "1")
    build(other, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}, "--jobs", "2")

    assert compared(one / "public", other / "public") == []
    assert len(list((one / "public").rglob("*.html"))) > MANY
