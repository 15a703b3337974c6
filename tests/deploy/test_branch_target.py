"""A branch of a remote, played by a bare repository on this machine."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.config import DeployTarget
from generator.deploy import git, targets
from generator.deploy.branch import BranchTarget
from generator.errors import DeployError
from tests.deploy.finished_site import FILES, NOW, write

SITE = "https://brief.example/briefs/"


def git_says(folder: Path, *words: str) -> str:
    command = ["git", "-c", "user.name=Ann", "-c", "user.email=ann@desk.example", *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def branch_files(remote: Path, commit: str = "gh-pages") -> dict[str, str]:
    names = git_says(remote, "ls-tree", "-r", "-z", "--name-only", commit).split("\0")
    return {name: git_says(remote, "show", f"{commit}:{name}") for name in names if name}


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    place = tmp_path / "desk.git"
    git_says(tmp_path, "init", "--quiet", "--bare", str(place))
    return place


@pytest.fixture
def open_from(remote: Path) -> Callable[..., BranchTarget]:
    def opened(root: Path, *, site: str = SITE, over: str = "", address: str = "") -> BranchTarget:
        target = DeployTarget("pages", "git", remote=address or str(remote))
        return BranchTarget(root, target, site=site, title="The <Gulf> Brief", over=over)

    return opened


@pytest.fixture
def publish(public: Path, open_from: Callable[..., BranchTarget]) -> Callable[..., targets.Plan]:
    def published(**more: str) -> targets.Plan:
        return targets.publish("pages", open_from(public.parent, **more), public, NOW, lambda: None)

    return published


Publish = Callable[..., targets.Plan]


def foreign_commit(remote: Path, tmp_path: Path) -> str:
    work = tmp_path / "work"
    git_says(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(remote), str(work))
    write(work, {"index.html": "edited on the host"})
    git_says(work, "commit", "--quiet", "--all", "-m", "Edit index by hand")
    git_says(work, "push", "--quiet", "origin", "gh-pages")
    return git_says(remote, "rev-parse", "gh-pages")


def test_a_first_deploy_makes_the_branch(publish: Publish, remote: Path) -> None:
    """The branch holds the site, file for file, hidden and oddly named ones too, dated by the command."""
    plan = publish()

    assert FILES == branch_files(remote)
    assert plan.live == git_says(remote, "rev-parse", "--short=10", "gh-pages")
    assert git_says(remote, "log", "-1", "--format=%at", "gh-pages") == str(int(NOW.timestamp()))


def test_a_second_deploy_keeps_the_history(publish: Publish, public: Path, remote: Path) -> None:
    """One commit per deploy; what was published stays to be read."""
    publish()
    write(public, {"index.html": "new", "feed.xml": "<feed/>"})
    (public / "topics/iraq/index.html").unlink()

    plan = publish()

    assert (("feed.xml",), ("index.html",), ("topics/iraq/index.html",), 2) == plan.difference
    assert branch_files(remote)["index.html"] == "new"
    assert "topics/iraq/index.html" not in branch_files(remote)
    assert FILES == branch_files(remote, "gh-pages~1")


def test_a_site_that_is_live_already_makes_no_commit(publish: Publish, remote: Path) -> None:
    """A deploy without a change leaves the branch as it is."""
    publish()

    assert publish().live == ""
    assert git_says(remote, "rev-list", "--count", "gh-pages") == "1"


def test_the_plan_pushes_nothing(
    publish: Publish, open_from: Callable[..., BranchTarget], public: Path, remote: Path
) -> None:
    """A dry run is for reading only."""
    publish()
    write(public, {"index.html": "new"})

    plan = targets.plan("pages", open_from(public.parent), public, lambda: None)

    assert ((), ("index.html",), (), 3) == plan.difference
    assert FILES == branch_files(remote)


def test_a_foreign_commit_is_refused(publish: Publish, public: Path, remote: Path, tmp_path: Path) -> None:
    """What somebody put on the branch by hand is never buried unseen; the message says what and what to do."""
    publish()
    foreign = foreign_commit(remote, tmp_path)
    write(public, {"index.html": "new"})

    with pytest.raises(DeployError) as refused:
        publish()

    assert f'{foreign[:10]} "Edit index by hand", is no deploy of this site' in str(refused.value)
    assert f"dateline deploy pages --over {foreign[:10]}" in str(refused.value)
    assert foreign == git_says(remote, "rev-parse", "gh-pages")


def test_a_foreign_commit_that_was_looked_at_is_published_over(publish: Publish, remote: Path, tmp_path: Path) -> None:
    """It stays in the history, and its own files go."""
    publish()
    foreign = foreign_commit(remote, tmp_path)

    publish(over=foreign[:10])

    assert FILES == branch_files(remote)
    assert foreign == git_says(remote, "rev-parse", "gh-pages~1")


@pytest.mark.parametrize("over", ["", "abcdef1234", "a"])
def test_only_the_commit_that_was_looked_at_is_published_over(
    publish: Publish, remote: Path, tmp_path: Path, over: str
) -> None:
    """A newer foreign commit than the one named is refused again, and a letter or two name none."""
    publish()
    foreign_commit(remote, tmp_path)

    with pytest.raises(DeployError, match="is no deploy of this site"):
        publish(over=over)


def test_an_amended_deploy_is_foreign(publish: Publish, remote: Path, tmp_path: Path) -> None:
    """A message alone does not make a commit ours: its files must be the ones the message speaks of."""
    publish()
    work = tmp_path / "work"
    git_says(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(remote), str(work))
    write(work, {"index.html": "slipped in"})
    git_says(work, "commit", "--quiet", "--all", "--amend", "--no-edit")
    git_says(work, "push", "--quiet", "--force", "origin", "gh-pages")

    with pytest.raises(DeployError, match="is no deploy of this site"):
        publish()


def test_two_sites_do_not_share_a_branch(publish: Publish) -> None:
    """The second is told whose branch it is."""
    publish()

    with pytest.raises(DeployError, match=r"publishes another site, https://brief.example/briefs/"):
        publish(site="https://other.example/")


def test_another_machine_carries_on(
    publish: Publish, open_from: Callable[..., BranchTarget], public: Path, remote: Path, tmp_path: Path
) -> None:
    """Nothing about a branch is remembered in one place only: a fresh checkout deploys on top."""
    publish()
    elsewhere = tmp_path / "elsewhere"
    write(elsewhere / "public", {**FILES, "index.html": "from elsewhere"})

    targets.publish("pages", open_from(elsewhere), elsewhere / "public", NOW, lambda: None)

    assert branch_files(remote)["index.html"] == "from elsewhere"
    assert git_says(remote, "rev-list", "--count", "gh-pages") == "2"


def test_who_pushes_first_wins(
    publish: Publish, public: Path, remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit that arrives while we work is kept: our push is refused, not forced."""
    publish()
    write(public, {"index.html": "new"})
    real = git.Repository.push
    meanwhile: list[str] = []

    def late(repository: git.Repository, commit: str, ref: str) -> None:
        meanwhile.append(foreign_commit(remote, tmp_path))
        real(repository, commit, ref)

    monkeypatch.setattr(git.Repository, "push", late)
    with pytest.raises(DeployError, match="What was live is live as before"):
        publish()

    assert meanwhile == [git_says(remote, "rev-parse", "gh-pages")]


def test_a_rollback_publishes_the_earlier_files_again(
    publish: Publish, open_from: Callable[..., BranchTarget], public: Path, remote: Path
) -> None:
    """Going back twice goes back by two, and nothing is taken out of the history."""
    for text in ("first", "second", "third"):
        write(public, {"index.html": text})
        publish()
    seen = []
    for _ in range(2):
        targets.roll_back(open_from(public.parent), NOW)
        seen.append(branch_files(remote)["index.html"])

    assert seen == ["second", "first"]
    assert git_says(remote, "rev-list", "--count", "gh-pages") == "5"
    with pytest.raises(DeployError, match="No deploy of this site stands before"):
        targets.roll_back(open_from(public.parent), NOW)


def test_a_rollback_works_from_another_machine(
    publish: Publish, open_from: Callable[..., BranchTarget], public: Path, remote: Path, tmp_path: Path
) -> None:
    """A fresh checkout has only the newest commit and fetches the rest when it is needed."""
    for text in ("first", "second"):
        write(public, {"index.html": text})
        publish()
    elsewhere = tmp_path / "elsewhere"
    write(elsewhere / "public", FILES)
    address = f"file://{remote}"
    targets.plan("pages", open_from(elsewhere, address=address), elsewhere / "public", lambda: None)

    targets.roll_back(open_from(elsewhere, address=address), NOW)

    assert branch_files(remote)["index.html"] == "first"


def test_a_garbled_store_is_made_anew(publish: Publish, public: Path, remote: Path) -> None:
    """What lies in `.dateline/` may be deleted or broken at any time."""
    publish()
    (public.parent / ".dateline/deploy/pages.git/HEAD").write_text("nonsense")
    write(public, {"index.html": "new"})

    publish()

    assert branch_files(remote)["index.html"] == "new"


def test_locks_of_a_killed_git_are_no_obstacle(publish: Publish, public: Path, remote: Path) -> None:
    """A deploy that died must not make every later one fail."""
    publish()
    lock = public.parent / ".dateline/deploy/pages.git/refs/dateline/new.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.write_text("")
    write(public, {"index.html": "new"})

    publish()

    assert branch_files(remote)["index.html"] == "new"


def test_two_deploys_at_once_are_refused(
    publish: Publish, open_from: Callable[..., BranchTarget], public: Path
) -> None:
    """The second is told to wait."""
    with open_from(public.parent).lock(), pytest.raises(DeployError, match=r"Another deploy to .* is running"):
        publish()


def test_a_stale_site_is_built_into_no_commit_on_the_remote(
    open_from: Callable[..., BranchTarget], public: Path, remote: Path
) -> None:
    """The verdict is asked once more just before the push."""
    answers = iter([None, "An article is newer than the build."])

    with pytest.raises(DeployError, match="An article is newer than the build"):
        targets.publish("pages", open_from(public.parent), public, NOW, lambda: next(answers))

    assert git_says(remote, "for-each-ref") == ""


def test_the_sites_own_remote_may_be_named(publish: Publish, public: Path, remote: Path) -> None:
    """`origin` is the remote of the repository the site lies in, whose files and index stay as they are."""
    git_says(public.parent, "init", "--quiet")
    git_says(public.parent, "remote", "add", "origin", str(remote))
    before = git_says(public.parent, "status", "--porcelain", "--", "public")

    publish(address="origin")

    assert FILES == branch_files(remote)
    assert before == git_says(public.parent, "status", "--porcelain", "--", "public")


def test_settings_of_an_outer_git_do_not_lead_us_astray(
    publish: Publish, remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deploy may be called from a hook, where git has set its variables for the outer repository."""
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "outer.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "outer-index"))

    publish()

    monkeypatch.undo()
    assert FILES == branch_files(remote)


@pytest.mark.parametrize(
    ("expected", "address"),
    [
        ('no git repository with a remote "upstream"', "upstream"),
        ("git ls-remote failed", "/nowhere/desk.git"),
    ],
)
def test_an_unreachable_remote_is_explained(publish: Publish, expected: str, address: str) -> None:
    """What git says is passed on, with where to look."""
    with pytest.raises(DeployError, match=expected):
        publish(address=address)


@pytest.mark.parametrize(
    ("expected", "remote"),
    [
        ("https://ann@git.example/desk.git", "https://ann:s3cret@git.example/desk.git"),
        ("https://git.example/desk.git", "https://s3cret@git.example/desk.git"),
        ("git@git.example:desk.git", "git@git.example:desk.git"),
        ("ssh://git.example/a@b", "ssh://git.example/a@b"),
    ],
)
def test_a_password_in_an_address_is_never_shown(expected: str, remote: str) -> None:
    """Plans and messages end up in logs; a name without a password over https is a token."""
    assert expected == git.without_password(remote)
