"""How an editor is chosen and started."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.serve.editor import Editor, template_of
from tests.serve.running import wait_for

PYTHON = sys.executable

CHOICES = [
    ("", {}, None),
    ("", {"EDITOR": "vim"}, None),
    ("", {"EDITOR": "code --wait"}, "code -g {file}:{line}"),
    ("", {"VISUAL": "vim", "EDITOR": "subl -w"}, "subl {file}:{line}"),
    ("", {"VISUAL": "/opt/My\\ Apps/code"}, "'/opt/My Apps/code' -g {file}:{line}"),
    ("kate", {}, "kate --line {line} {file}"),
    (f"{PYTHON} {{file}}:{{line}}", {"EDITOR": "code"}, f"{PYTHON} {{file}}:{{line}}"),
]


@pytest.mark.parametrize(("given", "environment", "expected"), CHOICES)
def test_the_editor_is_the_one_asked_for_or_one_with_a_window(
    given: str, environment: dict[str, str], expected: str | None
) -> None:
    """An editor that needs the terminal would fight with the server for it."""
    assert expected == template_of(given, environment)


FAULTS = [
    ("nano", '--editor: how "nano" is told a line is not known.'),
    ("kat", 'Did you mean "kate"?'),
    (f"{PYTHON} --wait", "does not say where the file goes"),
    ("no-such-editor {file}", 'there is no command "no-such-editor"'),
    ('code "{file}', "cannot be split into words"),
]


@pytest.mark.parametrize(("given", "message"), FAULTS)
def test_an_editor_that_cannot_work_is_refused(given: str, message: str) -> None:
    """It is said at the start, not at the first click."""
    with pytest.raises(UsageError) as caught:
        template_of(given, {})

    assert message in str(caught.value)


def test_the_editor_gets_file_and_line_and_no_shell(tmp_path: Path) -> None:
    """A file's name is one word, whatever it contains."""
    script = tmp_path / "editor.py"
    script.write_text("import sys; open(sys.argv[1], 'w').write('|'.join(sys.argv[2:]))", encoding="utf-8")
    said = tmp_path / "said"
    editor = Editor(f"{PYTHON} {script} {said} {{file}}:{{line}} --new")
    opened = editor.open(Path("/a b/$(x).md"), 7)
    wait_for(lambda: said.is_file() and said.read_text() != "")
    # The process is asked about once more, so that none is left behind.
    wait_for(lambda: all(process.poll() is not None for process in editor._running))

    assert (True, "/a b/$(x).md:7|--new") == (opened, said.read_text())


@pytest.mark.parametrize("template", [None, "no-such-editor {file}"])
def test_without_an_editor_nothing_is_started(template: str | None) -> None:
    """Then the place is named in the terminal."""
    assert not Editor(template).open(Path("x.md"), 1)
