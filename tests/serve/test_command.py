"""`dateline serve` on a copy of the sample site, as a person runs it."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.serve.running import wait_for

ROOT = Path(__file__).resolve().parents[2]
NOW = "2020-01-12T18:00+03:00"
ARTICLE = "content/articles/2020/01/08/ukrainian-airliner-crash.md"
PAGE = "articles/2020/01/08/ukrainian-airliner-crash/"

EDITOR = "import sys; open(sys.argv[1], 'a').write(sys.argv[2] + '\\n')"


class Served:
    """A running `dateline serve`, its site and what it has said."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        self.said = root.parent / "said.txt"
        self.edited = root.parent / "edited.txt"
        (root.parent / "editor.py").write_text(EDITOR, encoding="utf-8")
        editor = f"{sys.executable} {root.parent}/editor.py {self.edited} {{file}}:{{line}}"
        command = [sys.executable, "-m", "generator.cli.main", "serve", "--root", str(root), "--now", NOW]
        self._output = self.said.open("wb")
        self.process = subprocess.Popen(
            [*command, "--editor", editor, *options], cwd=ROOT, stdout=self._output, stderr=subprocess.STDOUT
        )
        wait_for(lambda: self.address != "" or self.process.poll() is not None, 30)

    @property
    def text(self) -> str:
        return self.said.read_text(encoding="utf-8")

    @property
    def address(self) -> str:
        found = re.search(r"Look at (http://\S+)", self.text)
        return found[1] if found else ""

    def get(self, path: str = "") -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as fault:
            return fault.code, fault.read().decode()

    def edit(self, path: str, change: Callable[[str], str]) -> None:
        place = self.root / path
        place.write_text(change(place.read_text(encoding="utf-8")), encoding="utf-8")

    def wait(self, is_so: Callable[[], bool]) -> None:
        wait_for(is_so, 20, lambda: self.text)

    def rest(self) -> None:
        """Wait until the server has said nothing for a while: every save so far is built."""
        said = ""
        while said != self.text:
            said = self.text
            time.sleep(0.25)

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=15)
        self._output.close()
        return code


def copied_sample(folder: Path) -> Path:
    root = folder / "site"
    shutil.copytree(ROOT / "content", root / "content", ignore=shutil.ignore_patterns("inbox"))
    shutil.copytree(ROOT / "themes", root / "themes")
    shutil.copy(ROOT / "site.yaml", root)
    return root


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    running: list[Served] = []

    def start(*options: str, change: Callable[[Path], object] = lambda root: None) -> Served:
        folder = tmp_path / str(len(running))
        folder.mkdir()
        root = copied_sample(folder)
        change(root)
        running.append(Served(root, *options))
        return running[-1]

    yield start
    for one in running:
        one.end()


def test_a_save_is_served_and_said(start: Callable[..., Served]) -> None:
    """The whole way: saved, built, served, one line, nothing in public/; and Ctrl-C ends it cleanly."""
    served = start()
    served.edit(ARTICLE, lambda text: text + "\nA sentence nobody has written before.\n")
    served.wait(lambda: "A sentence nobody has written before." in served.get(PAGE)[1])
    served.wait(lambda: f"{ARTICLE} -> " in served.text)
    code = served.end()

    assert (0, True) == (code, served.text.endswith("Stopped.\n"))
    assert 1 == served.text.count(f"{ARTICLE} -> ")
    assert not (served.root / "public").exists()
    assert "Traceback" not in served.text


def test_a_second_preview_of_a_site_names_the_first(start: Callable[..., Served], tmp_path: Path) -> None:
    """Two would fight over inbox and output; what a killed one leaves behind stops nobody."""
    served = start()
    first = served.address
    command = [sys.executable, "-m", "generator.cli.main", "serve", "--root", str(served.root)]
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    command += ["--port", first.strip("/").rpartition(":")[2]]
    same_port = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    served.process.kill()
    served.process.wait(timeout=15)
    third = Served(served.root)
    address, code = third.address, third.end()

    for refused in (second, same_port):
        assert (2, True) == (refused.returncode, f"previewed already, at {first}." in refused.stderr)
    assert (True, 0) == (address.startswith("http://"), code)


def test_a_fault_is_said_and_the_page_stays(start: Callable[..., Served]) -> None:
    """A broken file leaves the last good page; a file that is mended is built again."""
    served = start()
    good = (served.root / ARTICLE).read_text(encoding="utf-8")
    served.edit(ARTICLE, lambda text: text.replace("title:", "titel:", 1))
    served.wait(lambda: "Not built; the last good pages stay." in served.text)
    status, page = served.get(PAGE)
    (served.root / ARTICLE).write_text(good + "\nMended.\n", encoding="utf-8")
    served.wait(lambda: "Mended." in served.get(PAGE)[1])

    assert (200, True) == (status, "</html>" in page)
    assert f"{ARTICLE}:" in served.text


def test_a_site_that_cannot_be_built_is_served_once_mended(start: Callable[..., Served]) -> None:
    """Even without a single page there is something to look at, and then the site."""
    served = start(change=lambda root: (root / ARTICLE).write_text("no front matter", encoding="utf-8"))
    status, page = served.get()
    shutil.copy(ROOT / ARTICLE, served.root / ARTICLE)
    served.wait(lambda: served.get()[0] == 200)

    assert (503, True) == (status, ARTICLE in page)


def test_settings_that_cannot_be_read_are_a_fault_like_others(start: Callable[..., Served]) -> None:
    """A mistake in site.yaml does not end the session."""
    served = start()
    served.edit("site.yaml", lambda text: text.replace("title:", "titel:", 1))
    served.wait(lambda: "site.yaml:" in served.text)
    served.edit("site.yaml", lambda text: text.replace("titel:", "title:", 1))
    served.wait(lambda: "site.yaml -> " in served.text)

    assert 200 == served.get()[0]


def below_a_path(root: Path) -> None:
    settings = (root / "site.yaml").read_text(encoding="utf-8")
    moved = re.sub(r"(?m)^base_url: .*$", "base_url: https://org.example/briefs/", settings)
    (root / "site.yaml").write_text(moved, encoding="utf-8")


def test_a_theme_that_is_broken_from_the_start_is_shown_where_the_site_will_be(start: Callable[..., Served]) -> None:
    """The address is known from the settings, whatever else is wrong."""
    template = "themes/dateline/templates/home.html"

    def broken(root: Path) -> None:
        below_a_path(root)
        (root / template).write_text("{% if %}", encoding="utf-8")

    served = start(change=broken)
    status, page = served.get()
    shutil.copy(ROOT / template, served.root / template)
    served.wait(lambda: served.get()[0] == 200)

    assert served.address.endswith("/briefs/")
    assert (503, True) == (status, f"{template}:1" in page)


def test_a_site_below_a_path_is_served_there(start: Callable[..., Served]) -> None:
    """The address that is said is the one that works, and it follows the settings."""
    served = start(change=below_a_path)
    status, page = served.get()

    assert served.address.endswith("/briefs/")
    assert (200, True) == (status, 'href="/briefs/assets/' in page)


def test_held_articles_are_shown_only_in_the_preview(start: Callable[..., Served]) -> None:
    """The preview lists what waits and why; --as-published shows what deploy would publish."""
    preview, published = start(), start("--as-published")

    assert (200, 404) == (preview.get("held/")[0], published.get("held/")[0])


def test_a_file_dropped_into_the_inbox_becomes_an_article(start: Callable[..., Served]) -> None:
    """Raw text is cleaned, held because its source is unknown, and listed; the raw file goes to the archive."""
    served = start()
    inbox = served.root / "content" / "inbox"
    inbox.mkdir(exist_ok=True)
    words = "Officials in Baghdad said on Thursday that the talks would continue next week. " * 6
    (inbox / "report.txt").write_text(f"Talks to continue in Baghdad\n\n{words}\n\n{words}\n", encoding="utf-8")
    served.wait(lambda: "Talks to continue in Baghdad" in served.get("held/")[1])
    served.wait(lambda: not (inbox / "report.txt").exists())

    assert "content/inbox/report.txt -> content/articles/held/" in served.text
    assert any((served.root / "archive").rglob("*"))


def test_the_next_free_port_is_taken_unless_one_was_asked_for(start: Callable[..., Served]) -> None:
    """Two previews can run side by side; a port that was asked for is that one or none."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = start("--port", str(port))
        code = refused.process.wait(timeout=15)
    first, second = start(), start()

    assert (2, True) == (code, f"Port {port} is taken" in refused.text)
    assert first.address != second.address


@pytest.mark.parametrize("save", ["rename over", "delete and create"])
def test_other_ways_of_saving_never_show_a_missing_page(start: Callable[..., Served], save: str) -> None:
    """The page answers throughout, however the editor saves."""
    served = start()
    place = served.root / ARTICLE
    text = place.read_text(encoding="utf-8") + "\nSaved another way.\n"
    if save == "rename over":
        (place.parent / ".new").write_text(text, encoding="utf-8")
        (place.parent / ".new").replace(place)
    else:
        place.unlink()
        time.sleep(0.02)
        place.write_text(text, encoding="utf-8")
    statuses = set()
    page = ""
    while "Saved another way." not in page:
        status, page = served.get(PAGE)
        statuses.add(status)

    assert {200} == statuses
