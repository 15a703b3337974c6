"""A full disk, a kill, a lost worker, two builds at once: the site stays whole and the next build mends it."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.log import RecordLog
from generator.build.named_rows import NamedRows
from generator.build.workers import Team
from generator.errors import OutputError
from generator.files import held_alone
from tests.build.small_site import ARTICLE, SITE, Site
from tests.test_determinism import many_articles

COMMAND = (sys.executable, "-m", "generator.cli.main", "build", "--now", "2020-02-01", "--root")


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_full_disk_leaves_the_site_as_it_was(make_site: Callable[[str], Path]) -> None:
    """No file can grow beyond 200 bytes: the build says so in a sentence and nothing of the site is touched."""
    root = make_site(SITE)
    subprocess.run([*COMMAND, str(root)], check=True, capture_output=True)
    before = snapshot(root / "public")
    site = Site(root)
    site.replace(ARTICLE, "Gate breached", "Outer gate breached")

    full = subprocess.run(
        [*COMMAND, str(root)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200)),
    )

    assert full.returncode == 2
    assert "cannot be written" in full.stderr
    assert "Traceback" not in full.stderr
    assert snapshot(root / "public") == before


def in_a_process(root: Path, *words: str) -> tuple[int, str]:
    """Return status and errors of a build as a person calls it; a traceback is never the answer."""
    done = subprocess.run([*COMMAND, str(root), *words], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@pytest.mark.parametrize("name", ["content", "themes"])
def test_a_file_where_a_folder_should_be_is_named(make_site: Callable[[str], Path], name: str) -> None:
    """What stands in the place of the content is told; it is no empty site."""
    root = make_site("")
    shutil.rmtree(root / name, ignore_errors=True)
    (root / name).write_text("x", encoding="utf-8")

    assert (2, f"{root / name} is a file and must be a folder. Move the file away.\n") == in_a_process(root)


@pytest.mark.parametrize("name", ["articles/shared", "articles", "static/shared", "themes/house/templates/parts"])
def test_a_linked_folder_is_told(make_site: Callable[[str], Path], name: str) -> None:
    """Such a link is not followed, and a site without what lies behind it would be published as if that were all."""
    root = make_site(SITE)
    (root / "elsewhere").mkdir()
    place = root / ("themes" if name.startswith("themes") else "content") / name.removeprefix("themes/")
    if place.is_dir():
        place.rename(root / "moved")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(root / "elsewhere", target_is_directory=True)
    if name.startswith("themes"):
        (root / "themes/house/theme.yaml").write_text("contract: 1\nextends: dateline\n", encoding="utf-8")
        with (root / "site.yaml").open("a", encoding="utf-8") as settings:
            settings.write("theme: house\n")

    code, said = in_a_process(root)

    assert 0 != code
    assert f"{place.relative_to(root).as_posix()}: " in said
    assert "a link" in said
    assert not (root / "public").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="Other systems make text of every name.")
def test_a_name_that_is_no_text_is_told(make_site: Callable[[str], Path]) -> None:
    """The file is named as far as it can be; the site stays as it was."""
    root = make_site(SITE)
    Path(os.fsdecode(bytes(root / "content/articles") + b"/caf\xe9.md")).write_text("x", encoding="utf-8")

    code, said = in_a_process(root)

    assert 2 == code
    assert "content/articles/caf\\udce9.md is not UTF-8. Give the file or folder another name." in said
    assert not (root / "public").exists()


@pytest.mark.parametrize("output", [".", "..", "content", "content/static", "themes/x", ".dateline"])
def test_nothing_is_written_among_the_files_of_the_site(make_site: Callable[[str], Path], output: str) -> None:
    """The result has a folder of its own, or it would be read as content, or lie in the way of it."""
    root = make_site(SITE)
    before = snapshot(root)

    code, said = in_a_process(root, "--output", str(root / output))

    assert 2 == code
    assert "the site's own files lie there" in said
    assert before == snapshot(root)


def test_fewer_processes_than_one_are_told(make_site: Callable[[str], Path]) -> None:
    """A number that cannot be meant is not taken for another."""
    assert (2, "--jobs -1: at least one process is needed.\n") == in_a_process(make_site(SITE), "--jobs", "-1")


def test_a_folder_in_the_way_is_named(make_site: Callable[[str], Path]) -> None:
    """A file that cannot be moved into place is named, with what to do."""
    site = Site(make_site(SITE))
    (site.root / "public/about/index.html").mkdir(parents=True)

    with pytest.raises(OutputError, match=r"about/index\.html cannot be written"):
        site.build()


def test_two_builds_at_once_are_refused(make_site: Callable[[str], Path]) -> None:
    """A second build of the same folder is told to wait; the cache is never written by two."""
    site = Site(make_site(SITE))

    with (
        held_alone(site.root / ".dateline/build/lock", OutputError("never raised")),
        pytest.raises(OutputError, match="Another build"),
    ):
        site.build()


def test_a_lost_worker_is_an_error_and_not_a_wait() -> None:
    """A member that is killed is told of, and the first member goes on."""
    with pytest.raises(OutputError, match="worker process ended"), Team() as team:
        team.fork(2)
        if team.rank == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        team.exchange(None)


def test_a_worker_lost_before_it_is_told_is_the_same_error() -> None:
    """What cannot be handed on to a member that has just ended is no file that cannot be written."""
    with pytest.raises(OutputError, match="worker process ended"), Team() as team:
        team.fork(2)
        if team.rank == 1:
            team.gather("so")
            os.kill(os.getpid(), signal.SIGKILL)
        # More than a pipe holds, so that it cannot be sent to nobody.
        team.exchange("x" * 1_000_000)


def test_a_fault_in_a_worker_is_told_with_its_words() -> None:
    """What a member raises reaches the first one."""
    with pytest.raises(OutputError, match="no room here"), Team() as team:
        team.fork(2)
        if team.rank == 1:
            raise OutputError("There is no room here.")
        team.exchange(None)


def kill_once(root: Path, after: float) -> None:
    """Start a build of one's own process group and kill all of it after so many seconds."""
    running = subprocess.Popen(
        [*COMMAND, str(root), "--jobs", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(after)
    try:
        os.killpg(running.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    running.wait()


@pytest.mark.parametrize(
    "rounds", [3, pytest.param(int(os.environ.get("DATELINE_KILLS", "60")), marks=pytest.mark.deep)]
)
def test_a_killed_build_is_mended_by_the_next(make_site: Callable[[str], Path], rounds: int) -> None:
    """Killed at any moment, the next build gives what a clean one gives."""
    chance = random.Random(20)
    root = make_site(SITE)
    many_articles(root, range(260))
    site = Site(root)
    for number in range(rounds):
        site.replace("content/topics/iraq.md", "title: Iraq", f"title: Iraq{number % 10}")
        kill_once(root, 0.2 + chance.random() * 0.9)
        site.replace("content/topics/iraq.md", f"title: Iraq{number % 10}", "title: Iraq")

    assert site.build().ok
    assert site.differences() == []


@pytest.mark.parametrize("rank", ["0", "1"])
def test_what_a_killed_build_left_waiting_is_not_published(make_site: Callable[[str], Path], rank: str) -> None:
    """A page of an article that is gone since, or a draft since, would stand in the site for ever."""
    root = make_site(SITE)
    many_articles(root, range(260))
    site = Site(root)
    stage = root / ".dateline/build/stage" / rank
    page = "articles/2020/01/09/withdrawn/index.html"
    (stage / "new" / page).parent.mkdir(parents=True)
    (stage / "new" / page).write_text("withdrawn", encoding="utf-8")

    assert site.builder(jobs=2).build().ok
    assert not (root / "public" / page).exists()
    assert site.differences() == []


@pytest.mark.usefixtures("ten_seconds_ahead")
def test_what_was_left_waiting_is_not_published_with_an_edit(make_site: Callable[[str], Path]) -> None:
    """An edit of words moves new files into place, too."""
    site = Site(make_site(SITE))
    assert site.build().ok
    page = site.root / ".dateline/build/stage/0/new/withdrawn/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("withdrawn", encoding="utf-8")
    site.replace(ARTICLE, "Crowds", "Great crowds")

    assert site.build().ok
    assert site.differences() == []


def test_a_lost_cache_leaves_no_stale_page(make_site: Callable[[str], Path]) -> None:
    """An article deleted after the cache was deleted takes its page along: what is ours is known without a cache."""
    site = Site(make_site(SITE))
    site.build()
    shutil.rmtree(site.root / ".dateline")
    (site.root / "content/articles/2020/01/03/tehran.md").unlink()

    report = site.build()

    assert "articles/2020/01/03/tehran/index.html" in report.removed
    assert site.differences() == []


def test_a_row_of_another_form_counts_as_outdated(make_site: Callable[[str], Path]) -> None:
    """A cache left by another version is ours still, and trusted in nothing."""
    site = Site(make_site(SITE))
    site.build()
    log = RecordLog(site.root / ".dateline/build/outputs", b"outputs 1")
    rows = [row[:4] for row in log.read()]
    log.rewrite(rows)
    (site.root / ".dateline/build/stamp").unlink()

    report = site.build()

    assert len(report.rendered) == report.outputs


def test_a_builder_takes_away_what_another_one_published(make_site: Callable[[str], Path]) -> None:
    """A builder that lives on has never heard of a page that another one published, and must not leave it there."""
    site = Site(make_site(SITE))
    living = site.builder()
    living.build()
    old = site.root / "content/articles/2020/01/03/tehran.md"
    new = old.rename(old.with_name("answer.md"))
    site.build()
    new.write_text(new.read_text("utf-8").replace("source: desk", "source: desk\ndraft: true"), encoding="utf-8")

    report = living.build()

    assert "articles/2020/01/03/answer/index.html" in report.removed
    assert site.differences() == []


def test_a_builder_alone_reads_its_logs_once(make_site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """What only this builder has written since is not read again."""
    site = Site(make_site(SITE))
    living = site.builder()
    living.build()
    site.replace(ARTICLE, "Gate breached", "Outer gate breached")
    monkeypatch.setattr(NamedRows, "load", None)

    assert living.build().written
