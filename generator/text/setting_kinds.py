"""The kinds of value that only `site.yaml` holds: folders of the machine, and commands that read files.

Nothing is looked up or run here.
"""

from __future__ import annotations

import os
import re
from typing import Any

from generator.text.kinds import read_line
from generator.text.records import Kind, Reading, Unfit

_ENDING = re.compile(r"(?:\.[a-z0-9]{1,12}){1,2}")
_OURS = (".html", ".htm", ".txt", ".md", ".eml", ".mhtml", ".xml", ".json", ".yaml", ".yml", ".gz")


def read_folder(key: str, value: Any, line: int, reading: Reading) -> str:
    """Return a folder outside of what is content, published or a cache, `/`-separated."""
    folder = os.path.normpath(os.path.expanduser(read_line(key, value, line, reading))).replace(os.sep, "/")
    if folder == "." or folder.split("/")[0] in ("content", "public", "themes", ".dateline"):
        advice = "Name a folder outside content/ and public/, such as archive or ~/archives/brief."
        raise Unfit(f'"{key}" cannot be "{value}", where it would be published or lost.', advice)
    return folder


def read_readers(key: str, value: Any, line: int, reading: Reading) -> tuple[tuple[str, str], ...]:
    """Return the command for each ending; what has a form of its own needs none."""
    if not isinstance(value, dict):
        raise Unfit(f'"{key}" must name commands by ending.', 'Write each as ".pdf": "pdftotext -layout {file} -".')
    for ending, (_, at) in value.items():
        if not _ENDING.fullmatch(ending) or ending in _OURS:
            raise Unfit(f'"{ending[:40]}" is no ending of another format.', "Write it as .pdf, in small letters.", at)
    return tuple((ending, _command(ending, command, at, reading)) for ending, (command, at) in value.items())


def _command(ending: str, value: Any, line: int, reading: Reading) -> str:
    import shlex

    text = read_line(ending, value, line, reading)
    try:
        words = shlex.split(text)
    except ValueError as fault:
        raise Unfit(
            f'The command for "{ending}" cannot be read: {fault}.', "Close its quotation marks.", line
        ) from fault
    if words[0] == "{file}" or words.count("{file}") != 1 or sum("{file}" in word for word in words) != 1:
        advice = "Write the program first and {file} once, as a word of its own: pdftotext -layout {file} -"
        raise Unfit(f'The command for "{ending}" does not say where the file comes in.', advice, line)
    return text


FOLDER = Kind("a folder", read_folder, {"type": "string"})
READERS = Kind("commands", read_readers, {"type": "object"})
