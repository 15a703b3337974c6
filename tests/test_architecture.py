"""The walls of the house, read from the syntax trees: who may import whom, one door per dependency, no clock inside.

Every exception stands here with its reason; an exception that no longer is one fails too.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "generator"

# What every package may use; `config` also reads itself from its file, which needs the front matter's reader.
BASE = frozenset(
    {"collector", "config", "config_file", "digest", "files", "errors", "machine", "named", "piecewise", "version"}
)
BASE_MAY_IMPORT = frozenset({"model", "text"})
MAY_IMPORT = {
    "serve": {"build"},
    "build": {"load", "render", "model", "text"},
    "load": {"model", "text"},
    "ingest": {"model", "text"},
    # Another way into content files: it shares ingest's ledger, and load judges each file before it is written.
    # Changes topics in content files: load judges the whole before it is written, ingest's tagger parts articles.
    "registry": {"ingest", "load", "model", "text"},
    "importing": {"ingest", "load", "model", "text"},
    "render": {"model", "text"},
    "model": {"text"},
    "check": {"text"},
    "text": set[str](),
    "deploy": set[str](),
}

# Each library has one door, so that changing it, or its absence, concerns one module.
DOORS = {
    "jinja2": {"render/compiled.py", "render/library.py"},
    "markupsafe": {"render/filters.py", "render/runtime.py"},
    "markdown_it": {"text/markdown_parser.py"},
    "yaml": {"text/frontmatter.py"},
    "watchdog": {"serve/watch.py"},
    "uvicorn": {"serve/server.py"},
    # uvicorn's own parser, whose words the server needs to refuse what is no HTTP.
    "h11": {"serve/server.py"},
    "trafilatura": {"ingest/extract.py"},
    "htmldate": {"ingest/extract.py"},
    "lxml": {"ingest/page_tree.py"},
    "charset_normalizer": {"ingest/encoding.py"},
    "warcio": {"ingest/warc.py"},
    "brotli": {"ingest/packing.py"},
    "distributed": {"ingest/cluster.py"},
    # The one plain data format on disk and between processes.
    "msgpack": {"digest.py", "build/log.py", "build/workers.py", "ingest/crew.py"},
    # git in one place; the others start the person's editor, and what reads other formats.
    "subprocess": {"deploy/git.py", "serve/editor.py", "ingest/reader.py"},
    # A build's members share one memory image; ingest's must outlive a page that kills one of them.
    "multiprocessing": {"build/workers.py", "ingest/crew.py"},
    # New ids for new articles, and a name for each run of the preview; neither is part of rendering.
    "secrets": {"cli/new.py", "serve/reload.py"},
    # Only to hear, or to quiet, libraries that log; our own faults are values.
    "logging": {"serve/watch.py", "ingest/extract.py", "ingest/cluster.py"},
    # Compiled templates can be kept in no other form; only bytes that carry our own digest are read.
    "marshal": {"render/codes.py"},
}
NOWHERE = {
    "pickle": "what it reads may run as code",
    "shelve": "it is pickle",
    "random": "equal input must give equal output",
    "uuid": "equal input must give equal output",
    "locale": "the output must not depend on the machine's settings",
}
CLOCKS = frozenset(
    {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "time.localtime",
     "time.gmtime", "time.ctime", "time.strftime", "time.tzset"}
)  # fmt: skip
MAY_ASK_THE_CLOCK = {
    "build/living.py": "the same of a file that was just saved",
    "build/stamp.py": "when a scan began decides which files are too young to be trusted; no output shows it",
}
ENDING = frozenset({"os._exit", "sys.stdout", "sys.stderr"})
MAY_END_A_PROCESS = {
    "build/workers.py": "a forked worker must neither print again what waited to be printed nor run on afterwards",
}
MAY_SEE_THE_ENVIRONMENT = {
    "deploy/git.py": "git needs the person's own settings and keys",
    "serve/editor.py": "the person's editor is named there",
}
PROBE = """
import sys
from generator.cli.main import main
try:
    main(["{command}", "--help"])
except SystemExit:
    pass
print([name for name in {heavy} if name in sys.modules])
"""
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


class Module(NamedTuple):
    """One file of the package: its path below `generator/`, its tree and its number of lines."""

    path: str
    tree: ast.Module
    lines: int

    @property
    def part(self) -> str:
        return self.path.partition("/")[0].removesuffix(".py")


@cache
def modules() -> tuple[Module, ...]:
    found = []
    for place in sorted(PACKAGE.rglob("*.py")):
        text = place.read_text(encoding="utf-8")
        found.append(Module(place.relative_to(PACKAGE).as_posix(), ast.parse(text), text.count("\n")))
    return tuple(found)


def imports(module: Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.path}:{node.lineno} imports relatively, which hides what it imports"
            if node.module == "generator":
                yield from ((node.lineno, _inner(alias.name)) for alias in node.names)
            else:
                yield node.lineno, node.module or ""


def _inner(name: str) -> str:
    return "generator.version" if name == "__version__" else f"generator.{name}"


def called(module: Module) -> Iterator[tuple[int, str]]:
    """Yield every call and attribute as it is written, with its line."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.lineno, node.func.id


def test_imports_go_one_way() -> None:
    """Values flow forward, imports back: what a package may know stands in one table."""
    faults = []
    for module in modules():
        if module.part in ("cli", "__init__"):
            continue
        allowed = MAY_IMPORT.get(module.part, BASE_MAY_IMPORT) | BASE | {module.part}
        for line, name in imports(module):
            top, _, rest = name.partition(".")
            if top == "generator" and rest.partition(".")[0] not in allowed:
                faults.append(f"{module.path}:{line} imports {name}")

    assert not faults, "\n".join(faults)


def test_every_package_stands_in_the_table() -> None:
    """A new package says what it may import before it is used."""
    parts = {place.name for place in PACKAGE.iterdir() if (place / "__init__.py").exists()}

    assert parts == {*MAY_IMPORT, "cli"}


def test_the_document_shows_the_same_table() -> None:
    """Who may import whom is said in ARCHITECTURE.md as it is held here, and the doors it names are doors."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text.partition("## Who may import whom")[2].partition("\n\n|")[2].partition("\n\n")[0]
    shown: dict[str, set[str]] = {}
    for packages, allowed in (row.strip("| ").split(" | ") for row in table.splitlines()[2:]):
        shown.update((name, set(allowed.replace("`", "").split())) for name in packages.replace("`", "").split())

    assert {name: allowed or {"nothing"} for name, allowed in MAY_IMPORT.items()} == {
        name: allowed for name, allowed in shown.items() if name != "cli"
    }
    assert {door for doors in DOORS.values() for door in doors} >= set(
        re.findall(r"`([a-z]+/[a-z_]+\.py)`", text.partition("One door for each library")[2].partition("\n\n")[0])
    )


def test_every_file_the_document_names_is_there() -> None:
    """Whoever wants to change something finds it in one look."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`([a-z_]+/[a-z_/]*(?:\.[a-z]+)?)`", text)

    assert [] == [name for name in named if not (ROOT / name).exists() and not (PACKAGE / name).exists()]


def test_no_two_modules_need_each_other() -> None:
    """What imports in a circle is one module in two files; an import inside a function is an import all the same."""
    names = {f"generator.{module.path.removesuffix('.py').replace('/', '.')}": module for module in modules()}
    needs = {name: {target for _, target in imports(module) if target in names} for name, module in names.items()}
    while free := {name for name, others in needs.items() if not others & needs.keys()}:
        needs = {name: others for name, others in needs.items() if name not in free}

    # Those that only lead to a circle are not in it.
    while needed := needs.keys() - set().union(*needs.values()):
        needs = {name: others for name, others in needs.items() if name not in needed}

    assert not needs


def test_each_library_has_one_door() -> None:
    """A library is imported by its door alone, and every library has a door."""
    own = {"generator", "__future__", *(sys.stdlib_module_names - DOORS.keys() - NOWHERE.keys())}
    faults = []
    for module in modules():
        for line, name in imports(module):
            top = name.partition(".")[0]
            if top in own:
                continue
            if top in NOWHERE:
                faults.append(f"{module.path}:{line} imports {top}: {NOWHERE[top]}")
            elif module.path not in DOORS.get(top, ()):
                faults.append(
                    f"{module.path}:{line} imports {name}; its door is {sorted(DOORS.get(top, ())) or 'none'}"
                )

    assert not faults, "\n".join(faults)


def test_only_the_command_line_prints_and_exits() -> None:
    """All else returns values, so that whoever calls it decides what a person sees."""
    forbidden = {"print", "input", "exit", "quit", "sys.exit", "os._exit", "sys.stdout", "sys.stderr"}
    faults = [
        f"{module.path}:{line} {name}"
        for module in modules()
        if module.part != "cli"
        for line, name in called(module)
        if name in forbidden and not (name in ENDING and module.path in MAY_END_A_PROCESS)
    ]

    assert not faults, "\n".join(faults)


def test_time_enters_once() -> None:
    """The command line reads the clock and hands it on; what asks for itself would differ from run to run."""
    asking = {
        module.path: f"{module.path}:{line} {name}"
        for module in modules()
        if module.part != "cli"
        for line, name in called(module)
        if name in CLOCKS or name.removeprefix("datetime.") in CLOCKS
    }

    assert sorted(MAY_ASK_THE_CLOCK) == sorted(asking), list(asking.values())


def test_the_environment_is_seen_by_few() -> None:
    """A setting that comes from nowhere visible makes two machines build two sites."""
    seeing = {
        module.path
        for module in modules()
        if module.part != "cli"
        for _, name in called(module)
        if name in ("os.environ", "os.getenv")
    }

    assert seeing <= MAY_SEE_THE_ENVIRONMENT.keys()


def test_no_module_keeps_changing_state() -> None:
    """`global` makes the second build of a process another one than the first."""
    faults = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Global)
    ]

    assert not faults, "\n".join(faults)


def test_no_file_outgrows_a_reader() -> None:
    """A file that does not fit in a head is two files."""
    faults = [f"{module.path} has {module.lines} lines" for module in modules() if module.lines >= LONGEST_FILE]

    assert not faults, "\n".join(faults)


def test_no_function_outgrows_a_screen() -> None:
    """A function that does not fit on a screen is two functions."""
    faults = [
        f"{module.path}:{node.lineno} {node.name} has {length} lines"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) >= LONGEST_FUNCTION
    ]

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("command", ["build", "serve", "check", "deploy", "ingest", "new", "list"])
def test_starting_a_command_loads_nothing_heavy(command: str) -> None:
    """Start-up stays cheap: a library is loaded when it is needed, not when a command is asked for help."""
    heavy = sorted(DOORS.keys() - sys.stdlib_module_names - {"msgpack"})
    probe = PROBE.format(command=command, heavy=heavy)
    asked = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)

    assert asked.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("word", ["--version", "--help"])
def test_the_version_and_the_help_load_our_own_few_modules_alone(word: str) -> None:
    """They cost little more than starting Python: no reader of words, no command, no library."""
    probe = f"import sys; from generator.cli.main import main; main([{word!r}]); print(sorted(sys.modules))"
    asked = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)

    loaded = ast.literal_eval(asked.stdout.splitlines()[-1])
    own = {name for name in loaded if name.partition(".")[0] == "generator"}

    assert {"generator", "generator.cli", "generator.cli.main", "generator.errors", "generator.named"} == own
    assert not {"argparse", "difflib", "msgpack", "pathlib", "textwrap"} & {*loaded}


def test_named_tuples_are_made_the_quick_way() -> None:
    """Those of `typing` cost every start many times as much."""
    slow = [
        path
        for path in PACKAGE.rglob("*.py")
        if re.search(r"^from typing import .*\bNamedTuple\b", path.read_text("utf-8"), re.M)
    ]

    assert [] == [str(path.relative_to(PACKAGE)) for path in slow]
