"""What an output is made of, and why the last build rendered it or did not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

from generator.build.keys import differing, key_of, names_of
from generator.build.planned import Planned
from generator.build.state import OutputState
from generator.errors import UsageError, did_you_mean
from generator.model.route import output_path
from generator.named import NamedTuple
from generator.render.output import COPY, Later, Output
from generator.render.views.entry import Entry

_ADDRESS = re.compile(r"(?:href=(?:\"|&quot;)|<loc>)([^\"#<&]+)")


class Explanation(NamedTuple):
    """One output: the content files and templates it is made of, and how it stands.

    `linked` are the content files whose pages it leads to besides: by an author's link, the first mention of a topic, a
    list or a menu.
    `last` names the parts that differed when it was last rendered; `now` those that differ at present, () when the file
    in the output folder is current.
    """

    address: str
    path: str
    origin: str
    content: tuple[str, ...]
    linked: tuple[str, ...]
    templates: tuple[str, ...]
    last: tuple[str, ...]
    now: tuple[str, ...]


def explain(asked: str, planned: Planned, state: OutputState) -> Explanation:
    """Return what is known of the output at an address, a file of the output folder, or a page's full URL.

    Raises UsageError when the site has no such address.
    """
    assert planned.press is not None
    outputs = {output.path: output for output in planned.outputs}
    output = outputs.get(_path_of(asked, planned.base_url))
    if output is None:
        near = did_you_mean(asked, (output.address for output in planned.outputs))
        raise UsageError(f'The site has no address "{asked}".{near}')
    view = output.view()
    ingredients = planned.press.ingredients(output)
    key = key_of(output, ingredients, view)
    left = state.known(output.path)
    now: tuple[str, ...] = ("new",)
    if left is not None:
        is_current = left.key == key.digest
        now = differing(names_of(output, ingredients, view), left.parts, key.sums) if not is_current else ()
        if is_current and left is not None and not state.is_in_place(output.path, left):
            now = ("missing or changed by another hand",)
    content = {*_content_of(output.inputs, planned.paths), *_own_file(output), *_day_shown(view, outputs, planned)}
    content.update(_sources_of(content, planned))
    return Explanation(
        output.address,
        output.path,
        output.origin,
        tuple(sorted(content)),
        tuple(sorted({*_linked_from(output, view, planned)} - content)),
        planned.press.templates_of(output),
        left.why if left is not None else (),
        now,
    )


def _path_of(asked: str, base_url: str) -> str:
    address = asked.removeprefix(base_url).removeprefix("public/")
    if not address.startswith("/"):
        address = f"/{address}"
    name = address.rsplit("/", 1)[-1]
    if name and "." not in name:
        address += "/"
    return output_path(address)


def _sources_of(content: Set[str], planned: Planned) -> Iterator[str]:
    """Yield the files of the outlets that articles come from: their names and rights show on every page."""
    for article in planned.articles:
        if article.source.key and f"content/{article.path}" in content:
            yield f"content/sources/{article.source.key}.md"


def _linked_from(output: Output, view: Any, planned: Planned) -> Iterator[str]:
    """Yield the content files whose pages an output's finished text leads to."""
    assert planned.press is not None
    if output.renderer == COPY:
        return
    files = {
        f"{place}{address[1:]}": path
        for path, address in planned.addresses.items()
        for place in (_base_of(planned), planned.base_url)
    }
    for found in set(_ADDRESS.findall(planned.press.to_bytes(output, view).decode())):
        if found in files:
            yield f"content/{files[found]}"


def _own_file(output: Output) -> Iterator[str]:
    if output.origin.startswith("content/"):
        yield output.origin


def _day_shown(view: Any, outputs: Mapping[str, Output], planned: Planned) -> Iterator[str]:
    """Yield the file of the briefing that a page shows in full without being its own: the front page does."""
    href = getattr(view[-1], "briefing_href", "") if isinstance(view, tuple) else ""
    day = outputs.get(output_path(f"/{href.removeprefix(_base_of(planned))}")) if href else None
    if day is not None:
        yield from _own_file(day)


def _base_of(planned: Planned) -> str:
    """Return the path of the site on its host, with a slash at both ends."""
    return "/" + planned.base_url.split("/", 3)[3]


def _content_of(value: Any, paths: Mapping[str, str]) -> Iterator[str]:
    """Yield the content files whose values stand among an output's inputs; `paths` maps article ids to files."""
    if isinstance(value, Later):
        value = value.value
    if isinstance(value, Entry):
        yield paths.get(value.view.id, "")
        return
    if not isinstance(value, tuple):
        return
    path = getattr(value, "path", None)
    if isinstance(path, str) and path.endswith(".md"):
        yield f"content/{path}"
        return
    for item in value:
        yield from _content_of(item, paths)
