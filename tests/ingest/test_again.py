"""Cleaning again from what was kept: new words come in, a person's words stay, and what was left alone is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.ingest import again, archive
from generator.ingest import prepare as prepare_module
from generator.ingest.article_file import ArticleFile
from generator.ingest.facts import Said
from generator.ingest.inputs import gather
from generator.ingest.merge import Merged, merge
from generator.ingest.prepare import Task, prepare
from generator.ingest.run import KNOWN, Desk, take_all
from generator.load.parse import ParseOptions, parse_article
from generator.text.block_editor import with_keys
from tests.ingest.conftest import CASES, desk_of
from tests.ingest.test_run import SLUG, put

PATH = f"articles/2019/11/18/{SLUG}.md"


def improve(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the cleaner another one: it writes names in full, and knows a summary."""
    real = prepare_module.extract

    def extract(*words: object, **more: object) -> object:
        found = real(*words, **more)  # type: ignore[arg-type]
        return found._replace(
            body=found.body.replace("silt", "mud"), dek="What the board said.", authors=("A. Better",)
        )

    monkeypatch.setattr(prepare_module, "extract", extract)


@pytest.fixture
def article(site: Path, desk: Desk, tmp_path: Path, bulletin: str) -> Path:
    """Take one report in, and return its article."""
    one = put(tmp_path / "raw", "raw.txt", bulletin)
    put(tmp_path / "raw", "raw.txt.yaml", "url: https://harbour-post.example/1\nedition: 2019-11-19\n")
    said = Said(source="own", date="2019-11-18")
    (taken,) = take_all([one], said, desk)
    return site / "content" / taken.path


def run(site: Path, *, is_trial: bool = False) -> list[again.Renewed]:
    desk = desk_of(site)
    return list(_run(desk, is_trial))


def _run(desk: Desk, is_trial: bool) -> Iterator[again.Renewed]:
    for step in again.steps([PATH], desk):
        assert isinstance(step, Task), step
        yield again.renew(step, prepare(step, desk.rules), desk, is_trial=is_trial)


def test_the_same_cleaner_changes_nothing(site: Path, article: Path) -> None:
    """Not a byte, though it is another day; what a person said is known from the archive."""
    before = article.read_bytes()

    assert [again.Renewed(PATH, again.SAME)] == run(site)
    assert before == article.read_bytes()


def test_every_form_reads_from_the_archive_as_it_did(site: Path) -> None:
    """What a feed, a mail or a server said of a report is known without them."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    taken = list(take_all(gather([str(CASES / "forms")], None), Said(), desk_of(site)))
    desk = desk_of(site)
    done = [
        again.renew(step, prepare(step, desk.rules), desk, is_trial=True)
        for step in again.steps([each.path for each in taken if each.state != KNOWN], desk)
        if isinstance(step, Task)
    ]

    assert {again.SAME} == {each.state for each in done}, done
    assert 6 == len(done)


def test_a_better_cleaner_renews_what_nobody_has_edited(
    site: Path, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that was said by hand stays, the id stays, and the file is still one that load reads."""
    before = parse_article(PATH, article.read_text("utf-8"), ParseOptions()).value
    improve(monkeypatch)
    (done,) = run(site)
    parsed = parse_article(PATH, article.read_text("utf-8"), ParseOptions())

    assert (again.RENEWED, ("summary", "source", "body"), ()) == (done.state, done.changed, done.left)
    assert () == parsed.faults
    assert before is not None
    assert parsed.value is not None
    assert (before.id, before.date, before.edition) == (parsed.value.id, parsed.value.date, parsed.value.edition)
    assert ("A. Better", "https://harbour-post.example/1") == (parsed.value.source.author, parsed.value.source.url)
    assert " mud" in article.read_text("utf-8")
    assert [again.SAME] == [each.state for each in run(site)]


def test_what_a_person_has_edited_is_left_alone_and_told(
    site: Path, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their body and their author stay; a comment and a key of theirs stay where they are."""
    text = article.read_text("utf-8").replace("author: Ines Calder", "author: Inès Calder")
    text = text.replace("source:\n", "# Checked by telephone.\nsource:\n").replace("id:", "x_desk: two\nid:")
    article.write_text(text.replace("landfill", "dump"), encoding="utf-8")
    improve(monkeypatch)
    (done,) = run(site)
    after = article.read_text("utf-8")

    assert (again.RENEWED, ("summary",), ("source", "body")) == (done.state, done.changed, done.left)
    assert "summary: What the board said.\n" in after
    assert "# Checked by telephone.\nsource:\n" in after
    assert "x_desk: two\n" in after
    assert "dump" in after
    assert "Inès Calder" in after
    assert [again.SAME] == [each.state for each in run(site)]


def test_the_line_ends_of_an_editor_stay(site: Path, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that Windows has saved is still one of Windows, so that only what is new differs."""
    article.write_bytes(article.read_bytes().replace(b"\n", b"\r\n"))
    improve(monkeypatch)
    (done,) = run(site)
    content = article.read_bytes()

    assert again.RENEWED == done.state
    assert b" mud" in content
    assert content.count(b"\n") == content.count(b"\r\n")


@pytest.mark.parametrize(
    ("expected", "old", "new"),
    [
        (":4: The front matter cannot be read", b"date: ", b"date: [unclosed "),
        (": it is not UTF-8. Save it as UTF-8 in your editor.", b"---\n\n", b"---\n\n\xff"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(site: Path, article: Path, expected: str, old: bytes, new: bytes) -> None:
    """It is not taken for one that no raw file belongs to, and nobody is told of bytes and codecs."""
    article.write_bytes(article.read_bytes().replace(old, new, 1))

    (step,) = again.steps([PATH], desk_of(site))

    assert isinstance(step, again.Renewed)
    assert (again.FAILED, True) == (step.state, step.message.startswith(f"content/{PATH}{expected}")), step.message


def test_a_trial_writes_nothing(site: Path, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what would change, and every file is as it was."""
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    improve(monkeypatch)
    (done,) = run(site, is_trial=True)

    assert again.RENEWED == done.state
    assert before == {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_rights_hold_when_cleaning_again(
    site: Path, tmp_path: Path, bulletin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an excerpt source only the excerpt stands in content, also the second time."""
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("ingest: {keep: archive, archive: ../kept}\n")
    list(take_all([put(tmp_path, "raw.txt", bulletin)], Said(source="post", date="2019-11-18"), desk_of(site)))
    improve(monkeypatch)
    (done,) = run(site)

    assert again.RENEWED == done.state
    assert not [path for path in (site / "content").rglob("*") if path.is_file() and b"landfill" in path.read_bytes()]
    assert not (site / "archive").exists()
    assert [path for path in (site.parent / "kept").rglob("*.md") if "landfill" in path.read_text("utf-8")]


def test_what_is_missing_is_told(site: Path, article: Path) -> None:
    """Without the raw file, or without knowing what ingest wrote, the article stays; a damaged raw file is a fault."""
    digest = next(line.split()[1] for line in article.read_text("utf-8").splitlines() if "sha256" in line)
    raw = archive.raw_of(site / "archive", digest)
    assert raw is not None
    content = raw.read_bytes()
    raw.write_bytes(content + b"x")
    (damaged,) = again.steps([PATH], desk_of(site))
    raw.unlink()
    (missing,) = again.steps([PATH], desk_of(site))

    assert isinstance(damaged, again.Renewed)
    assert isinstance(missing, again.Renewed)
    assert (again.FAILED, again.MISSING) == (damaged.state, missing.state)
    assert "has been changed" in damaged.message
    assert "is not in" in missing.message


FRONT = "---\ntitle: Old\n# Of the desk.\nx_desk: one\nheld: [date]\ningest:\n  tool: t\n---\n\nBody.\n"


@pytest.mark.parametrize(
    ("expected", "changes"),
    [
        (
            "---\ntitle: New\n# Of the desk.\nx_desk: one\nheld: [date]\ningest:\n  tool: t\n---\n\nBody.\n",
            {"title": "New"},
        ),
        ("---\ntitle: Old\n# Of the desk.\nx_desk: one\ningest:\n  tool: t\n---\n\nBody.\n", {"held": None}),
        (
            "---\ntitle: Old\n# Of the desk.\nx_desk: one\nheld: [date]\n"
            "date: 2020-01-02\ningest:\n  tool: u\n---\n\nBody.\n",
            {"date": "2020-01-02", "ingest": {"tool": "u"}},
        ),
    ],
)
def test_single_keys_are_changed(expected: str, changes: dict[str, object]) -> None:
    """Every other line stays as a person wrote it."""
    assert expected == with_keys(FRONT, changes)


def file(**front: object) -> ArticleFile:
    body = str(front.pop("body", "Text."))
    return ArticleFile("", "", dict(front), body + "\n")


def test_what_was_known_does_not_become_unknown() -> None:
    """A cleaner that finds no title does not hold a published article, nor take its title."""
    written = file(title="Known", date="2020-01-02").text()
    merged = merge(written, written, file(title="Untitled: Text", date="2020-01-02", held=["title"]))

    assert Merged(written, (), ()) == merged


def test_a_held_article_is_released_by_what_is_found() -> None:
    """When the day is found that it was held for, the article has it and waits no longer."""
    written = file(title="A", held=["date"]).text()
    merged = merge(written, written, file(title="A", date="2020-01-02"))

    assert ("date", "held") == merged.changed
    assert "---\ntitle: A\ndate: 2020-01-02\n---\n\nText.\n" == merged.text


def test_the_command_tells_what_it_does(site: Path, article: Path) -> None:
    """All articles are meant when none is named, and what was said at first cannot be said again."""
    words = [sys.executable, "-m", "generator.cli.main", "ingest", "--again", "--root", str(site)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    tried = subprocess.run([*words, "--dry-run", str(article)], capture_output=True, text=True, check=True)
    refused = subprocess.run([*words, "--date", "2020-01-02"], capture_output=True, text=True, check=False)

    assert "1 as before.\n" == done.stdout
    assert "1 as before. Nothing was written.\n" == tried.stdout
    assert (2, True) == (refused.returncode, "edit the articles instead" in refused.stderr)
