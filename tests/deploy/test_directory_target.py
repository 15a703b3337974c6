"""A folder of releases: whole or not at all, and back again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from textwrap import dedent

import pytest

from generator.config import Config, DeployTarget
from generator.deploy import directory, targets
from generator.deploy.directory import DirectoryTarget
from generator.errors import DeployError
from tests.deploy.finished_site import FILES, NOW, contents, write

Publish = Callable[[], targets.Plan]


def fresh() -> str | None:
    return None


@pytest.fixture
def web(tmp_path: Path) -> Path:
    return tmp_path / "web"


@pytest.fixture
def publish(public: Path, web: Path) -> Publish:
    target = DirectoryTarget(web, keep=2)
    return lambda: targets.publish("web", target, public, NOW, fresh)


def test_a_first_deploy_makes_the_whole_site_live(publish: Publish, web: Path) -> None:
    """What the web server reads through `current` is the site, file for file, hidden ones too."""
    plan = publish()

    assert FILES == contents(web / "current")
    assert plan.live == "000001-2020-01-12T093000Z"
    assert sorted(FILES) == sorted(plan.difference.added)


def test_a_site_that_is_live_already_is_not_published_again(publish: Publish, web: Path) -> None:
    """A deploy without a change makes no release."""
    publish()

    plan = publish()

    assert plan.live == ""
    assert plan.difference.is_empty
    assert len([name for name in os.listdir(web / "releases") if not name.endswith(".json")]) == 1


def test_the_plan_names_what_differs_and_changes_nothing(publish: Publish, public: Path, web: Path) -> None:
    """A dry run is for reading only."""
    publish()
    write(public, {"index.html": "new", "feed.xml": "<feed/>"})
    (public / "topics/iraq/index.html").unlink()

    plan = targets.plan("web", DirectoryTarget(web, keep=2), public, fresh)

    expected = (("feed.xml",), ("index.html",), ("topics/iraq/index.html",), 2)
    assert expected == plan.difference
    assert FILES == contents(web / "current")


def test_a_dry_run_makes_no_folder(public: Path, web: Path) -> None:
    """A mistyped path must not leave a folder behind."""
    targets.plan("web", DirectoryTarget(web, keep=2), public, fresh)

    assert not web.exists()


def test_unchanged_files_keep_their_time(publish: Publish, public: Path, web: Path) -> None:
    """Web servers make an ETag of size and time; a deploy must not spoil every cache."""
    publish()
    before = (web / "current/topics/iraq/index.html").stat().st_mtime_ns
    os.utime(public / "topics/iraq/index.html", ns=(1, 1))
    write(public, {"index.html": "new"})

    publish()

    assert before == (web / "current/topics/iraq/index.html").stat().st_mtime_ns


def test_a_rollback_returns_to_what_was_live_before(publish: Publish, public: Path, web: Path) -> None:
    """After a rollback and a new deploy, the next rollback passes over the release that was taken back."""
    target = DirectoryTarget(web, keep=5)
    for text in ("good", "bad"):
        write(public, {"index.html": text})
        publish()

    first = targets.roll_back(target, NOW)
    after_first = (web / "current/index.html").read_text()
    write(public, {"index.html": "mended"})
    publish()
    second = targets.roll_back(target, NOW)

    assert after_first == "good"
    assert (web / "current/index.html").read_text() == "good"
    assert first == second


def test_only_so_many_releases_are_kept(publish: Publish, public: Path, web: Path) -> None:
    """Older releases go with their records; the one before the live one always stays."""
    for number in range(5):
        write(public, {"index.html": str(number)})
        publish()

    left = sorted(os.listdir(web / "releases"))

    expected = [f"00000{number}-2020-01-12T093000Z{ending}" for number in (4, 5) for ending in ("", ".json")]
    assert expected == left


def test_a_release_that_is_no_longer_whole_is_not_gone_back_to(publish: Publish, public: Path, web: Path) -> None:
    """A rollback into half a site would be worse than none."""
    publish()
    write(public, {"index.html": "new"})
    publish()
    (web / "releases/000001-2020-01-12T093000Z/index.html").unlink()

    with pytest.raises(DeployError, match="no longer kept whole"):
        targets.roll_back(DirectoryTarget(web, keep=2), NOW)

    assert (web / "current/index.html").read_text() == "new"


@pytest.mark.parametrize("moment", ["_copy_file", "replace_file", "part.rename", "_swap"])
def test_a_killed_deploy_leaves_the_old_site_live(publish: Publish, public: Path, web: Path, moment: str) -> None:
    """Whenever the process dies, what was live is live, and the next deploy succeeds and tidies up."""
    publish()
    write(public, {"index.html": "new"})
    dying = dedent(
        """
        import os, pathlib, sys
        from datetime import UTC, datetime
        from generator.deploy import directory, targets
        moment, public, web = sys.argv[1:]
        die = lambda *words, **more: os._exit(9)
        if moment == "part.rename":
            pathlib.Path.rename = die
        elif moment == "_swap":
            directory.os.replace = die
        else:
            real, calls = getattr(directory, moment), []
            def dies_the_second_time(*words):
                calls.append(1)
                return die() if len(calls) > (moment == "_copy_file") else real(*words)
            setattr(directory, moment, dies_the_second_time)
        target = directory.DirectoryTarget(pathlib.Path(web), keep=2)
        targets.publish("web", target, pathlib.Path(public), datetime(2020, 1, 13, tzinfo=UTC), lambda: None)
        """
    )

    killed = subprocess.run([sys.executable, "-c", dying, moment, str(public), str(web)], check=False)

    assert killed.returncode == 9
    assert FILES == contents(web / "current")
    publish()
    assert {**FILES, "index.html": "new"} == contents(web / "current")
    assert not [name for name in os.listdir(web / "releases") if name.endswith(".part")]


def test_what_a_killed_deploy_left_is_cleared_away(publish: Publish, public: Path, web: Path) -> None:
    """Half a record, a record without its release and half a release take room and mean nothing."""
    publish()
    name = "releases/000009-2020-01-12T093000Z"
    write(web, {f"{name}.json": "{}", f"{name}.json.77.tmp": "{", f"{name}.part/index.html": "half"})
    write(public, {"index.html": "new"})

    plan = publish()

    assert plan.live == "000002-2020-01-12T093000Z"
    assert sorted(os.listdir(web / "releases")) == [
        "000001-2020-01-12T093000Z",
        "000001-2020-01-12T093000Z.json",
        plan.live,
        f"{plan.live}.json",
    ]


def test_a_full_disk_leaves_the_old_site_live(
    publish: Publish, public: Path, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault is named, the half-copied release is cleared away."""
    publish()
    write(public, {"index.html": "new"})

    def full(source: str, place: str, expected: object) -> None:
        raise OSError(28, "No space left on device", place)

    monkeypatch.setattr(directory, "_copy_file", full)
    with pytest.raises(DeployError, match=r"No space left on device. What was live is live as before"):
        publish()

    assert FILES == contents(web / "current")
    assert not [name for name in os.listdir(web / "releases") if name.endswith(".part")]


def test_two_deploys_at_once_are_refused(publish: Publish, web: Path) -> None:
    """The second is told to wait; the first goes on."""
    target = DirectoryTarget(web, keep=2)
    with target.lock(), pytest.raises(DeployError, match=r"Another deploy to .* is running"):
        publish()

    assert publish().live


def test_a_site_that_becomes_stale_while_it_is_copied_does_not_go_live(public: Path, web: Path) -> None:
    """The verdict is asked before and after, because copying takes time."""
    answers = iter([None, "content/articles/a.md is newer than the build."])

    with pytest.raises(DeployError, match=r"a.md is newer than the build. Nothing was published"):
        targets.publish("web", DirectoryTarget(web, keep=2), public, NOW, lambda: next(answers))

    assert not (web / "current").exists()


def test_a_file_that_changes_under_the_copying_stops_the_deploy(
    public: Path, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release is what was compared, or nothing."""
    real = DirectoryTarget.held

    def edited_meanwhile(target: DirectoryTarget) -> object:
        write(public, {"index.html": "someone builds"})
        return real(target)

    monkeypatch.setattr(DirectoryTarget, "held", edited_meanwhile)
    with pytest.raises(DeployError, match=r"index.html changed while it was being published"):
        targets.publish("web", DirectoryTarget(web, keep=2), public, NOW, fresh)

    assert not (web / "current").exists()


def foreign_file(web: Path) -> None:
    write(web, {"index.html": "someone else's"})


def real_folder(web: Path) -> None:
    (web / "releases").mkdir(parents=True)
    (web / "current").mkdir()


def stray_link(web: Path) -> None:
    (web / "releases").mkdir(parents=True)
    (web / "current").symlink_to("/etc")


@pytest.mark.parametrize(
    ("expected", "prepare"),
    [
        ('holds "index.html", which no deploy put there', foreign_file),
        ("is not the link that a deploy makes", real_folder),
        ("leads to /etc, not to a release", stray_link),
    ],
)
def test_what_no_deploy_made_is_left_alone(
    publish: Publish, web: Path, expected: str, prepare: Callable[[Path], None]
) -> None:
    """A folder with strangers in it is refused before anything is written."""
    prepare(web)
    before = sorted(os.listdir(web))

    with pytest.raises(DeployError, match=expected):
        publish()

    assert before == [name for name in sorted(os.listdir(web)) if name != directory.LOCK]


def test_strangers_among_the_releases_survive(publish: Publish, public: Path, web: Path) -> None:
    """Only what bears a release's name is ever deleted."""
    write(web / "releases", {"notes.part": "mine", "old/index.html": "mine"})
    for number in range(4):
        write(public, {"index.html": str(number)})
        publish()

    assert (web / "releases/notes.part").read_text() == "mine"
    assert (web / "releases/old/index.html").read_text() == "mine"


def test_a_garbled_record_loses_nothing(publish: Publish, public: Path, web: Path) -> None:
    """Without its record the live release counts as unknown: everything is published anew."""
    publish()
    (web / "releases/000001-2020-01-12T093000Z.json").write_text('{"files": [[')

    assert sorted(FILES) == sorted(publish().difference.added)
    assert FILES == contents(web / "current")


def config(*chosen: DeployTarget) -> Config:
    return Config(title="The Gulf Brief", base_url="https://brief.example/", base_path="", deploy=chosen)


WEB = DeployTarget("web", "dir", path="out")
PAGES = DeployTarget("pages", "git", remote="origin")


@pytest.mark.parametrize(
    ("expected", "chosen", "name"),
    [
        ("names no place to deploy to", (), None),
        ("several targets: web, pages", (WEB, PAGES), None),
        ('no target "wbe". Did you mean "web"?', (WEB, PAGES), "wbe"),
    ],
)
def test_an_unclear_choice_is_explained(expected: str, chosen: tuple[DeployTarget, ...], name: str | None) -> None:
    """Nobody guesses where a site goes."""
    with pytest.raises(DeployError) as refused:
        targets.choose(config(*chosen), name)

    assert expected in str(refused.value)


@pytest.mark.parametrize("path", ["public", "public/web", ".", "content/../content/web"])
def test_a_target_inside_the_site_itself_is_refused(tmp_path: Path, path: str) -> None:
    """A release in `public/` would publish itself again with the next deploy."""
    with pytest.raises(DeployError, match="Name another folder"):
        targets.open_target(tmp_path, config(), DeployTarget("web", "dir", path=path))


def test_an_unfinished_site_is_refused(tmp_path: Path, web: Path) -> None:
    """An empty `public/` must never replace a live site."""
    empty = tmp_path / "public"
    empty.mkdir()

    with pytest.raises(DeployError, match=r"holds no index.html"):
        targets.publish("web", DirectoryTarget(web, keep=2), empty, NOW + timedelta(days=1), fresh)
