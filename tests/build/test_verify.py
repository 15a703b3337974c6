"""`dateline build --verify`: what counts as a difference from a clean build, and what does not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.verify import Proof, proof
from generator.files import OWN_FILES
from tests.build.small_site import NOW, PAGE, SITE

MakeSite = Callable[[str], Path]
VERIFIED = "Verified: a clean build gives the same bytes."


@pytest.fixture
def root(make_site: MakeSite) -> Path:
    """Return a site that is built."""
    root = make_site(SITE)
    verified(root)
    return root


def verified(root: Path) -> tuple[int, str]:
    """Return the status of a verified build, and all it said."""
    command = (sys.executable, "-m", "generator.cli.main", "build", "--verify", "--now", "2020-02-01", "--root", root)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_file_that_no_build_wrote_is_no_fault_of_the_build(root: Path) -> None:
    """Builds leave a person's own file where it is; it is named, because a deploy takes it along."""
    (root / "public/CNAME").write_text("brief.example", encoding="utf-8")

    code, said = verified(root)

    assert 0 == code
    assert VERIFIED in said
    assert "CNAME: no build wrote this file" in said


def test_a_folder_that_is_a_link_is_looked_into(root: Path, tmp_path: Path) -> None:
    """A build follows such a link, and so does the proof."""
    (root / "public/topics").rename(tmp_path / "elsewhere")
    (root / "public/topics").symlink_to(tmp_path / "elsewhere")

    assert verified(root)[0] == 0


def test_a_page_that_should_have_gone_is_a_fault(root: Path) -> None:
    """What a build wrote and a clean one would not is left over."""
    (root / "public/old.html").write_text("old", encoding="utf-8")
    with (root / "public" / OWN_FILES).open("a", encoding="utf-8") as names:
        names.write("old.html\n")

    assert Proof(["old.html: not part of the site"], []) == proof(root, root / "public", NOW)


def test_other_bytes_are_a_fault(root: Path) -> None:
    """A page is compared by what it says, not by its size and time."""
    page = root / "public" / PAGE
    stat = page.stat()
    page.write_bytes(page.read_bytes().replace(b"<p>", b"<q>"))
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    code, said = verified(root)

    assert 1 == code
    assert f"{PAGE}: other bytes" in said
