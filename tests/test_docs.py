"""The documentation says what the program does: every command, option, key, setting and view field, and no other.

Tables between `<!-- table: … -->` and `<!-- end -->` are made from the code; `--update-expected` writes them anew.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import inspect
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator import config, config_file
from generator.cli.main import COMMANDS, INSTRUMENTS
from generator.ingest.notes import Note
from generator.load import fields, kinds
from generator.model.source import Source
from generator.render import theme_values
from generator.render.views import entry, frame
from generator.render.views import kinds as views
from generator.text.records import Field, Table

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "ARCHITECTURE.md"])
MADE = re.compile(r"<!-- (table|options|note)(?:: (\S+))? -->\n(.*?)<!-- end -->", re.DOTALL)

TABLES: Mapping[str, tuple[Table, Any]] = {
    "article": (fields.ARTICLE, None),
    "topic": (fields.TOPIC, None),
    "source": (fields.SOURCE, Source),
    "briefing": (fields.BRIEFING, None),
    "page": (fields.PAGE, None),
    "source_credit": (kinds.SOURCE_CREDIT, None),
    "image": (kinds.IMAGE, None),
    "correction": (kinds.CORRECTION, None),
    "status": (kinds.STATUS, None),
    "provenance": (kinds.PROVENANCE, None),
    "site": (config_file.SITE, config.Config),
    "theme": (config_file._THEME, config.ThemeChoice),
    "theme_file": (theme_values.THEME, None),
    "menu": (config_file._MENU_ITEM, None),
    "edition": (config_file._EDITION, None),
    "tagging": (config_file._TAGGING, config.Tagging),
    "ingest": (config_file._INGEST, config.IngestRules),
    "target": (config_file._TARGET, config.DeployTarget),
    "pairs": (config_file._PAIRS, None),
}
# What an entry is made from is not what a template is given.
NOT_FOR_TEMPLATES = ("Beside",)
ALL_COMMANDS = (*COMMANDS, *INSTRUMENTS)


class Page(NamedTuple):
    """A page of the documentation."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()


def pages() -> list[Page]:
    return [Page(path, path.read_text(encoding="utf-8")) for path in PAGES]


@pytest.mark.parametrize("name", ["content.md", "configuration.md", "commands.md", "theme.md"])
def test_tables_are_as_the_code_has_it(name: str, update_expected: bool) -> None:
    """A key, a setting or an option that is added, changed or taken away is so in the documentation too."""
    page = DOCS / name
    text = page.read_text(encoding="utf-8")
    made = MADE.sub(lambda found: _made(found[1], found[2] or ""), text)
    if update_expected:
        page.write_text(made, encoding="utf-8")
        pytest.skip(f"{name} was rewritten: review the difference")

    assert made == text


def test_every_table_of_keys_and_every_command_has_its_place() -> None:
    """What the code knows has a table somewhere, so that nothing is left out silently."""
    made = {(sort, name) for page in pages() for sort, name, _ in MADE.findall(page.text)}

    assert {("table", name) for name in TABLES} | {("options", name) for name in ALL_COMMANDS} | {("note", "")} == made


def test_tables_of_the_code_are_all_known_here() -> None:
    """A new table of keys in the code asks for its place in the documentation."""
    in_code = {
        id(value)
        for module in (fields, kinds, config_file, theme_values)
        for value in vars(module).values()
        if type(value) is Table
    }

    assert in_code == {id(table) for table, _ in TABLES.values()}


def test_every_command_has_a_section_with_an_example() -> None:
    """Each command stands in docs/commands.md by its own heading, and is shown at work."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^##+ dateline (\w+)\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL))

    assert set(ALL_COMMANDS) == set(sections)
    assert [] == [name for name, section in sections.items() if f"```sh\ndateline {name}" not in section]


def test_the_readme_lists_the_commands_of_the_main_help() -> None:
    """README and `dateline --help` say the same of each command."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    for name, summary in COMMANDS.items():
        assert f"| `dateline {name}` | {summary} |" in text.replace("`public/`", "public/")


def _named_commands() -> Iterator[tuple[str, str, str, frozenset[str]]]:
    """Yield page, line, command and options for each `dateline …` in code, as a reader would type it."""
    for page in pages():
        for code in re.findall(r"^ *```\w*[^\n]*\n(.*?)^ *```$|`([^`\n]+)`", page.text, re.MULTILINE | re.DOTALL):
            for line in (code[0] or code[1]).splitlines():
                shown = re.sub(r"(^|\s)#.*", "", line)
                for words in re.split(r"&&|\||;", shown):
                    found = re.match(r"^\s*(?:\$ )?(?:\S*/)?dateline ([a-z]\w*)(.*)$", words)
                    if found:
                        options = frozenset(re.findall(r"(?<!\S)(--[a-z-]+)", found[2]))
                        yield page.name, line.strip(), found[1], options


def test_every_command_named_exists_with_its_options() -> None:
    """Whatever the documentation tells people to type is understood."""
    named = list(_named_commands())

    assert len(named) > 40
    assert [] == [(page, line) for page, line, command, _ in named if command not in (*ALL_COMMANDS, "help")]
    assert [] == [
        (page, line, sorted(options - _options(command)))
        for page, line, command, options in named
        if not options <= _options(command)
    ]


LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(<?([^()\s>]+)>?(?: \"[^\"]*\")?\)")


def test_every_relative_link_resolves() -> None:
    """A link of the documentation leads to a file that is there, and to a heading that stands in it."""
    dead = []
    for page in pages():
        for target in LINK.findall(_without_code(page.text)):
            path, _, fragment = target.partition("#")
            if "://" in target or target.startswith("mailto:"):
                continue
            place = (page.path.parent / path).resolve() if path else page.path
            if not place.exists() or (fragment and fragment not in _anchors(place)):
                dead.append((page.name, target))

    assert [] == dead


def _views() -> Iterator[type[Any]]:
    for module in (frame, entry, views):
        for name, value in vars(module).items():
            is_view = inspect.isclass(value) and value.__module__ == module.__name__ and hasattr(value, "_fields")
            if is_view and name not in NOT_FOR_TEMPLATES:
                yield value


@pytest.mark.parametrize("view", tuple(_views()), ids=lambda view: str(view.__name__))
def test_every_field_of_a_view_is_documented(view: type[Any]) -> None:
    """docs/theme.md names every field that a template receives, in the part about its view."""
    part = _parts_of_theme().get(view.__name__)

    assert part is not None, f"docs/theme.md has no part about {view.__name__}"
    assert [] == [field for field in view._fields if f"`{field}`" not in part]


@functools.cache
def _parts_of_theme() -> dict[str, str]:
    """Return what docs/theme.md says by name: after a heading that names a view, or a name in bold type."""
    text = (DOCS / "theme.md").read_text(encoding="utf-8")
    opening = r"^(?:### (?:\w+ \()?(\w+)\)?$|\*\*(\w+)\*\*)"
    found = list(re.finditer(opening, text, re.MULTILINE))
    ends = [*(each.start() for each in found[1:]), len(text)]
    return {each[1] or each[2]: text[each.start() : end] for each, end in zip(found, ends, strict=True)}


def test_markers_and_deep_runs_are_told() -> None:
    """docs/testing.md names each marker, and each run that is off unless asked for."""
    text = (DOCS / "testing.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    markers = {line.partition(":")[0] for line in project["tool"]["pytest"]["ini_options"]["markers"]}
    deep = {
        name
        for path in (ROOT / "tests").glob("**/test_*.py")
        if "node_modules" not in path.parts
        for part in path.read_text(encoding="utf-8").split("\n\n\n")
        if "mark.deep" in part and path != Path(__file__)
        for name in re.findall(r"^def (test_\w+)", part, re.MULTILINE)
    }

    assert markers == set(
        re.findall(r"^\| `(\w+)` \| ", text.partition("## Deep runs")[0].partition("## Markers")[2], re.M)
    )
    assert deep == set(re.findall(r"^\| `(test_\w+)` \|", text, re.MULTILINE))


def test_every_dependency_has_its_reason() -> None:
    """A library enters with one line that says why; one that leaves takes its line with it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    wanted = {re.split(r"[<>=;\[ ]", name)[0].lower() for group in groups for name in group}
    reasons = set(re.findall(r"^\| `([^`]+)` \|", (DOCS / "decisions/0001-dependencies.md").read_text(), re.MULTILINE))

    assert wanted == reasons


def test_decisions_are_numbered_without_gaps() -> None:
    """A decision keeps its number, and the next one takes the next."""
    numbers = [int(place.name[:4]) for place in sorted((DOCS / "decisions").glob("*.md"))]

    assert list(range(1, len(numbers) + 1)) == numbers


def test_every_page_can_be_reached_from_the_readme() -> None:
    """A page that nothing leads to is read by nobody."""
    reached = {ROOT / "README.md", ROOT / "CHANGELOG.md"}
    waiting = list(reached)
    while waiting:
        page = waiting.pop()
        for target in LINK.findall(_without_code(page.read_text(encoding="utf-8"))):
            place = (page.parent / target.partition("#")[0]).resolve()
            for one in place.glob("*.md") if place.is_dir() else [place]:
                if one in PAGES and one not in reached:
                    reached.add(one)
                    waiting.append(one)

    assert [] == sorted(page.name for page in PAGES if page not in reached)


def _made(sort: str, name: str) -> str:
    if sort == "note":
        return f"<!-- note -->\n{', '.join(f'`{key}`' for key in Note._fields)}.\n<!-- end -->"
    rows = _option_rows(name) if sort == "options" else _key_rows(*TABLES[name])
    return f"<!-- {sort}: {name} -->\n" + "".join(f"{row}\n" for row in rows) + "<!-- end -->"


def _key_rows(table: Table, value: Any) -> Iterator[str]:
    defaults = value._field_defaults if value is not None else {}
    last = " Without it |" if value is not None else ""
    yield f"| Key | Value | Meaning |{last}"
    yield "| --- | --- | --- |" + (" --- |" if last else "")
    for field in table.fields:
        shown = f" {_default(field, defaults)} |" if last else ""
        required = "**required**: " if field.required else ""
        yield f"| `{field.name}` | {_value(field)} | {required}{field.doc} |{shown}"


def _value(field: Field) -> str:
    choices = field.kind.schema.get("enum")
    return ", ".join(f"`{choice}`" for choice in choices) if choices else field.kind.words


def _default(field: Field, defaults: Mapping[str, Any]) -> str:
    default = defaults.get(field.attribute or field.name)
    simple = isinstance(default, str | int | float) and not isinstance(default, tuple)
    return f"`{default}`" if simple and default != "" and not field.required else ""


def _parser(command: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"dateline {command}", allow_abbrev=False)
    importlib.import_module(f"generator.cli.{command}").arguments(parser)
    return parser


def _actions(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.Action]]:
    """Yield every argument with what it belongs to: "" or a subcommand."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                for _, one in _actions(sub):
                    yield name, one
        elif not isinstance(action, argparse._HelpAction):
            yield "", action


def _options(command: str) -> frozenset[str]:
    if command == "help":
        return frozenset()
    return frozenset(name for _, action in _actions(_parser(command)) for name in action.option_strings) | {"--help"}


def _option_rows(command: str) -> Iterator[str]:
    seen: dict[tuple[str, str], list[str]] = {}
    for name, action in _actions(_parser(command)):
        seen.setdefault((_typed(action), action.help or ""), []).append(name)
    yield "| Argument | Meaning |"
    yield "| --- | --- |"
    for (typed, meaning), names in seen.items():
        of = [_words(names)] if names != [""] else []
        yield f"| `{typed}` | {': '.join((*of, meaning) if meaning else of)} |"


def _typed(action: argparse.Action) -> str:
    """Return an argument as it is typed: `--root DIR`, `PATH …`."""
    choices = "\\|".join(map(str, action.choices)) if action.choices else ""
    word = choices or (action.metavar if isinstance(action.metavar, str) else action.dest.upper())
    if not action.option_strings:
        return f"{word} …" if action.nargs in ("*", "+") else word
    return action.option_strings[0] + (f" {word}" if action.nargs != 0 else "")


def _words(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _without_code(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```$|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)


@functools.cache
def _anchors(page: Path) -> frozenset[str]:
    """Return the anchors of a page's headings, as git hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)
