"""The package as others get it: built, installed elsewhere, and used without the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("dist")
    _done([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def dateline(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from the wheel into an environment of its own."""
    home = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    _done([sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel], home)
    # The libraries are borrowed from the environment that runs the tests; a borrowed folder's own `.pth` files are not
    # read, so the checkout does not come in by them.
    places = sysconfig.get_paths(vars={"base": str(home), "platbase": str(home)})
    (Path(places["purelib"]) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    used = _done([python, "-c", "import generator; print(generator.__file__)"], home)
    assert str(home) in used, f"the checkout was imported instead of the wheel: {used}"
    return home / "bin" / "dateline"


def _done(command: list[object], folder: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_the_theme_the_starter_and_the_sample_travel_inside(wheel: Path) -> None:
    """What a newcomer needs is in the one file, and nothing that was built or taken in here."""
    names = zipfile.ZipFile(wheel).namelist()

    for part in ("themes/dateline/theme.yaml", "sample/site.yaml", "sample/content/topics/iraq.md"):
        assert f"generator/bundled/{part}" in names
    assert not [name for name in names if "/inbox/" in name or "__pycache__" in name or name.endswith(".pyc")]
    assert not [name for name in names if not name.startswith(("generator/", "dateline-"))]


@pytest.mark.parametrize(("words", "least"), [((), 10), (("--sample",), 150)], ids=["starter", "sample"])
def test_a_new_site_builds_at_once(dateline: Path, tmp_path: Path, words: tuple[str, ...], least: int) -> None:
    """`dateline init mysite && cd mysite && dateline build`, and the site passes its own check."""
    _done([dateline, "init", "mysite", *words], tmp_path)
    built = _done([dateline, "build"], tmp_path / "mysite")

    pages = list((tmp_path / "mysite/public").rglob("*.html"))
    assert (tmp_path / "mysite/public/index.html").is_file(), built
    assert least <= len(pages)
    _done([dateline, "check"], tmp_path / "mysite")


def test_a_new_site_can_be_published(dateline: Path, tmp_path: Path) -> None:
    """From nothing to a folder that a web server reads, in four commands; after an edit it must be built again."""
    _done([dateline, "init", "mysite"], tmp_path)
    site = tmp_path / "mysite"
    with (site / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"\ndeploy:\n  web: {{kind: dir, path: {tmp_path}/www}}\n")
    _done([dateline, "build"], site)
    planned = _done([dateline, "deploy", "--dry-run"], site)
    _done([dateline, "deploy"], site)
    again = _done([dateline, "deploy"], site)
    article = min((site / "content/articles").rglob("*.md"))
    article.write_text(article.read_text(encoding="utf-8").replace("title: ", "title: Again, ", 1), encoding="utf-8")
    stale = subprocess.run([dateline, "deploy"], cwd=site, capture_output=True, text=True, check=False)

    assert "Nothing was published (--dry-run)." in planned
    assert "nothing to do" in again
    assert (tmp_path / "www/current/index.html").read_bytes() == (site / "public/index.html").read_bytes()
    assert stale.returncode == 2
    assert 'Nothing was published; run "dateline build", then deploy again.' in stale.stderr


def test_the_starter_is_a_small_whole_site(dateline: Path, tmp_path: Path) -> None:
    """Two topics, two sources, three articles, one briefing, and git told what not to keep."""
    _done([dateline, "init", "mysite"], tmp_path)
    content = tmp_path / "mysite/content"
    kinds = {"topics": 2, "sources": 2, "articles": 3, "briefings": 1}

    assert kinds == {kind: len(list((content / kind).rglob("*.md"))) for kind in kinds}
    assert "/public/" in (tmp_path / "mysite/.gitignore").read_text(encoding="utf-8")
    shutil.rmtree(tmp_path / "mysite")
