"""Write JSON Schemas of site.yaml, theme.yaml and front matter, so that an editor completes keys and marks faults.

Examples:
  dateline schema                    write all of them to .dateline/schemas/
  dateline schema article            print one
  dateline schema --out schemas/

An editor with a YAML language server uses one where a file says so in its first line:
  # yaml-language-server: $schema=.dateline/schemas/site.json
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping
from pathlib import Path

from generator.cli.site_arguments import add_root, root_of
from generator.config_file import SITE
from generator.errors import UsageError, did_you_mean
from generator.files import replace_file
from generator.load.fields import TABLES
from generator.render.theme_values import THEME
from generator.text.records import Table, schema_of

GOOD = 0
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("name", nargs="?", metavar="NAME", help=f"one of {', '.join(_tables())}: print it")
    parser.add_argument("--out", metavar="DIR", help="write them here (default: .dateline/schemas/ in the site)")
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Print one schema, or write all."""
    tables = _tables()
    if options.name is not None:
        if options.name not in tables:
            raise UsageError(
                f'There is no schema "{options.name}".{did_you_mean(options.name, tables)} '
                f"There are {', '.join(tables)}."
            )
        print(_text(options.name, tables[options.name]), end="")
        return GOOD
    folder = Path(options.out) if options.out else root_of(options) / ".dateline" / "schemas"
    for name, table in tables.items():
        replace_file(os.path.join(os.path.abspath(folder), f"{name}.json"), _text(name, table).encode())
    print(f"Wrote {len(tables)} schemas to {folder}.")
    return GOOD


def _tables() -> Mapping[str, Table]:
    return {"site": SITE, "theme": THEME, **TABLES}


def _text(name: str, table: Table) -> str:
    schema = {"$schema": DRAFT, "title": f"Dateline: {name}", **schema_of(table)}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
