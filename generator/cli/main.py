"""The command `dateline`: finds the command meant, runs it, prints what it returns, and chooses the exit status.

Each command is a module of this package with `arguments(parser)` and `run(options) -> int`; it is imported only when
called, so that `--version` and "nothing changed" stay quick. One that must be quick says in `WITHOUT_WORDS` what its
options are when none is given; then no reader of words is loaded.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, NoReturn

from generator import __version__
from generator.errors import GeneratorError, UsageError, did_you_mean

GOOD = 0
CONTENT_FAULTS = 1
USAGE = 2
LEFT_OUT = 3

# What a system refuses for reasons of its own; any other refusal is a fault of ours.
_REFUSALS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EEXIST, errno.ENOTDIR}
)

COMMANDS = {
    "init": "make a new site with a small example",
    "ingest": "turn raw files into clean articles",
    "import": "take over the content of another generator",
    "new": "start a briefing, an article, a topic or a source",
    "list": "list drafts, held, scheduled, untagged or unsourced articles",
    "topics": "try the forms of topics, see what they would change, rename, merge and split",
    "build": "write the site to public/",
    "serve": "preview the site and rebuild it while you write",
    "check": "look over the finished site",
    "explain": "say what a page is made of and why it was rendered",
    "schema": "write JSON Schemas for editors",
    "deploy": "publish the finished site",
}
INSTRUMENTS = {
    "extract": "clean raw files into Markdown and JSON",
    "tag": "suggest topics for a text, with the evidence",
    "duplicates": "say which pairs of articles are the same wire story",
    "repeated": "say which lines a source repeats on its pages",
    "related": "say which earlier reports belong to an item",
}


def program() -> NoReturn:
    """Run the command that the process was started for, and end the process.

    Nothing is left to be put in order then, so a process that has had its say goes at once: to take a large site's
    values apart one by one would be a tenth of a build that finds nothing changed, and a hundredth of a whole one.
    """
    alive: list[Any] = []
    status = main(alive=alive)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        # The reader of our output has gone, or we have closed it ourselves.
        sys.exit(status)
    os._exit(status)


def main(arguments: Sequence[str] | None = None, *, alive: list[Any] | None = None) -> int:
    """Run one command and return its exit status; what it has worked with stays in `alive`, where that is given."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] in (["--version"], ["-V"]):
        print(f"dateline {__version__}")
        return GOOD
    if not words or words[0] in ("--help", "-h", "help"):
        print(_help())
        return GOOD if words else USAGE
    try:
        return _run(words, alive if alive is not None else [])
    except GeneratorError as fault:
        for diagnostic in fault.diagnostics:
            print(diagnostic.text(), file=sys.stderr)
        print(str(fault), file=sys.stderr)
        return USAGE if not fault.diagnostics or isinstance(fault, UsageError) else CONTENT_FAULTS
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone; that is no fault of anyone.
        sys.stderr.close()
        return GOOD
    except OSError as fault:
        if fault.errno not in _REFUSALS:
            raise
        place = f"{fault.filename} cannot be read or written" if fault.filename else "A file cannot be written"
        print(f"{place}: {(fault.strerror or '').lower()}. Mend that, then run the command again.", file=sys.stderr)
        return USAGE


def _run(words: list[str], alive: list[Any]) -> int:
    name = words[0]
    if name not in COMMANDS and name not in INSTRUMENTS:
        near = did_you_mean(name, (*COMMANDS, *INSTRUMENTS))
        raise UsageError(f'There is no command "{name}".{near} "dateline --help" lists the commands.')
    module = importlib.import_module(f"generator.cli.{name}")
    if not words[1:] and hasattr(module, "WITHOUT_WORDS"):
        alive.append(SimpleNamespace(**module.WITHOUT_WORDS))
        return int(module.run(alive[-1]))
    # Loaded here, so that asking for the version or for help costs little more than starting Python.
    from argparse import RawDescriptionHelpFormatter

    from generator.cli.parser import CommandParser

    parser = CommandParser(
        prog=f"dateline {name}",
        description=module.__doc__,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    module.arguments(parser)
    alive.append(parser.parse_args(words[1:]))
    return int(module.run(alive[-1]))


def _help() -> str:
    width = max(map(len, COMMANDS))
    rows = "\n".join(f"  {name:<{width}}  {summary}" for name, summary in COMMANDS.items())
    return f"""Dateline {__version__} - raw articles in, a site of daily briefings out.

Usage: dateline COMMAND [options]     dateline COMMAND --help

{rows}

A first site:
  dateline init mysite && cd mysite && dateline serve"""


if __name__ == "__main__":
    program()
