"""Opening the Markdown behind a sentence in the editor of the person who clicked."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from generator.errors import UsageError, did_you_mean

# Editors with a window of their own, and how each is told a line.
# One that needs the terminal would fight with us for it.
GRAPHICAL = {
    "atom": "{command} {file}:{line}",
    "code": "{command} -g {file}:{line}",
    "code-insiders": "{command} -g {file}:{line}",
    "codium": "{command} -g {file}:{line}",
    "cursor": "{command} -g {file}:{line}",
    "emacsclient": "{command} -n +{line} {file}",
    "geany": "{command} {file}:{line}",
    "gedit": "{command} {file} +{line}",
    "gnome-text-editor": "{command} {file}",
    "gvim": "{command} --remote-silent +{line} {file}",
    "idea": "{command} --line {line} {file}",
    "kate": "{command} --line {line} {file}",
    "mate": "{command} --line {line} {file}",
    "mousepad": "{command} --line {line} {file}",
    "mvim": "{command} --remote-silent +{line} {file}",
    "notepad++": "{command} -n{line} {file}",
    "pycharm": "{command} --line {line} {file}",
    "subl": "{command} {file}:{line}",
    "windsurf": "{command} -g {file}:{line}",
    "xed": "{command} +{line} {file}",
    "zed": "{command} {file}:{line}",
    "zeditor": "{command} {file}:{line}",
}


class Editor:
    """Starts an editor for a file and line; without a template it only says that it cannot.

    The command is split once and never reaches a shell, so a file's name is never read as a command.
    """

    def __init__(self, template: str | None) -> None:
        self._words = shlex.split(template) if template else []
        self._running: list[subprocess.Popen[bytes]] = []

    @property
    def is_known(self) -> bool:
        """Say whether there is an editor to start."""
        return bool(self._words)

    def open(self, place: Path, line: int) -> bool:
        """Start the editor without waiting for it; return whether it could be started."""
        if not self._words:
            return False
        words = [word.replace("{file}", str(place)).replace("{line}", str(line)) for word in self._words]
        self._running = [process for process in self._running if process.poll() is None]
        try:
            process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            return False
        self._running.append(process)
        return True


def template_of(given: str, environment: Mapping[str, str]) -> str | None:
    """Return how to start the editor: as given, else from `VISUAL` or `EDITOR` when that has a window of its own.

    Raises UsageError for a template that does not say where the file goes.
    """
    if given:
        return _checked(given)
    for name in ("VISUAL", "EDITOR"):
        found = _of_command(environment.get(name, ""))
        if found is not None:
            return found
    return None


def _checked(given: str) -> str:
    try:
        words = shlex.split(given)
    except ValueError as fault:
        raise UsageError(f"--editor: {given!r} cannot be split into words ({fault}).") from fault
    if len(words) == 1 and "{file}" not in given:
        found = _of_command(given)
        if found is None:
            name = Path(words[0]).name
            raise UsageError(
                f'--editor: how "{name}" is told a line is not known.{did_you_mean(name, GRAPHICAL)} '
                f'Write it out, as in --editor "{name} {{file}}:{{line}}".'
            )
        return found
    if "{file}" not in given:
        raise UsageError('--editor: the command does not say where the file goes; write it as "code -g {file}:{line}".')
    if shutil.which(words[0]) is None:
        raise UsageError(f'--editor: there is no command "{words[0]}" on this machine.')
    return given


def _of_command(command: str) -> str | None:
    try:
        words = shlex.split(command, posix=os.name != "nt")
    except ValueError:
        return None
    if not words:
        return None
    # "code --wait" is what git wants to hear; here nobody waits.
    kept = [word for word in words if word not in ("--wait", "-w", "-n")]
    name = Path(kept[0]).name.removesuffix(".exe").removesuffix(".cmd")
    pattern = GRAPHICAL.get(name)
    return pattern.replace("{command}", shlex.join(kept)) if pattern else None
