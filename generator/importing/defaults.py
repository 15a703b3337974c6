"""Jekyll's `defaults:`, by which files of a folder or a kind say what stands in none of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from generator.named import NamedTuple
from generator.text.block import Value

# What the look of the old site was made of (`layout`, `comments`) says nothing of the files themselves.
MEANT = (
    "author", "authors", "categories", "category", "date", "description", "excerpt", "image", "lang", "language",
    "permalink", "published", "source", "source_url", "summary", "tag", "tags", "title",
)  # fmt: skip


class Default(NamedTuple):
    """Values for the files below a path, which may hold `*`.

    `kind` says which of them: `posts`, `pages`, `drafts`, those of a collection, or "" for all.
    """

    path: str
    kind: str
    values: Mapping[str, Value]


def defaults_of(settings: Mapping[str, Value]) -> tuple[Default, ...]:
    """Return the defaults in Jekyll's settings, the ones that go before others last."""
    listed = settings.get("defaults")
    found = [
        default
        for item in (listed.value if listed is not None and isinstance(listed.value, list) else [])
        if (default := _default(item)) is not None
    ]
    return tuple(sorted(found, key=lambda default: (len(default.path), bool(default.kind))))


def with_defaults(values: Mapping[str, Value], path: str, defaults: Iterable[Default]) -> Mapping[str, Value]:
    """Return a file's front matter with what the defaults say of the file at `path` and it does not say itself."""
    kind = _kind(path)
    said: dict[str, Value] = {}
    for default in defaults:
        if default.kind in ("", kind) and _is_below(path, default.path):
            said |= default.values
    return {**said, **values} if said else values


def _default(item: Value) -> Default | None:
    if not isinstance(item.value, dict):
        return None
    scope, values = (item.value.get(key) for key in ("scope", "values"))
    if scope is None or values is None or not isinstance(scope.value, dict) or not isinstance(values.value, dict):
        return None
    path, kind = (
        str(found.value).strip() if found is not None and isinstance(found.value, str) else ""
        for found in (scope.value.get("path"), scope.value.get("type"))
    )
    # Whatever is said of such a value is said of the file that has it, in which it stands nowhere.
    meant = {key.lower(): _at_the_head(value) for key, value in values.value.items() if key.lower() in MEANT}
    return Default(path.strip("/"), kind, meant)


def _at_the_head(value: Value) -> Value:
    inner = value.value
    if isinstance(inner, list):
        return Value([_at_the_head(item) for item in inner], 1)
    if isinstance(inner, dict):
        return Value({key: _at_the_head(item) for key, item in inner.items()}, 1)
    return Value(inner, 1)


def _is_below(path: str, scope: str) -> bool:
    if "*" in scope:
        return fnmatchcase(path, scope) or fnmatchcase(path, f"{scope}/*")
    return not scope or path == scope or path.startswith(f"{scope}/")


def _kind(path: str) -> str:
    folders = path.split("/")[:-1]
    for kind in ("drafts", "posts"):
        if f"_{kind}" in folders:
            return kind
    return next((folder[1:] for folder in folders[:1] if folder.startswith("_")), "pages")
