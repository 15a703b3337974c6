"""A theme's templates compiled in a process beside, while the rest of a first build is imported and read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from generator.build.toolchain import toolchain
from generator.build.workers import beside, members_possible
from generator.errors import GeneratorError

# Where compiled templates are kept, in the folder of the cache.
TEMPLATES = "templates"


def templates_ahead(root: Path, cache: Path, *, jobs: int = 0) -> Callable[[], object]:
    """Begin to compile the templates of a site that has none compiled; what is returned waits until they are.

    Where `jobs` allows one process, or there is no second one to be had, nothing is begun. What is wrong with settings
    or theme is left for the build to tell.
    """
    folder = cache / TEMPLATES
    if folder.exists() or jobs == 1 or members_possible() < 2:
        return _nothing_to_wait_for
    # Asked for here, because the build will want it too.
    made_by = toolchain()
    return beside(lambda: _compiled(root, folder, made_by))


def _nothing_to_wait_for() -> None:
    """Return at once."""


def _compiled(root: Path, folder: Path, made_by: bytes) -> bytes:
    from generator.config_file import load_config
    from generator.render.codes import compile_ahead
    from generator.render.theme_files import load_theme

    with suppress(GeneratorError):
        compile_ahead(load_theme(root, load_config(root).theme), cache=folder, made_by=made_by)
    return b""
