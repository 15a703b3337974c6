"""Links to a topic's file or address, led elsewhere in the Markdown where they stand.

What is a link only the parser knows: each change is rendered and kept when it changes the links meant and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import unquote

from generator.load.body import content_path
from generator.model import route
from generator.text.block import Fault
from generator.text.markdown import render

_SYMBOLIC = re.compile(r'="dateline:([^"#]*)')
_DESTINATION = re.compile(r"(?:(?<=\]\()|(?<=\]:))(?:\s*<)?\s*([^\s<>()#]+)")


def with_links(path: str, body: str, moved: Mapping[str, str], first_line: int) -> tuple[str, tuple[Fault, ...]]:
    """Return a body whose links to topics lead to other ones, and a fault for each link that only a person can change.

    `path` is the content path of its file, in whose line `first_line` the body begins.
    """
    before = render(body, first_line=first_line)
    wanted = _led(path, before.html, moved)
    if wanted == before.html:
        return body, ()
    spans = [found.span(1) for found in _DESTINATION.finditer(body) if _moved(path, found[1], moved) != found[1]]
    changed = _with(path, body, spans, moved)
    if render(changed).html == wanted:
        return changed, ()
    changed = _one_by_one(path, body, spans, moved)
    left = render(changed, first_line=first_line)
    topics = {f"topics/{id}.md": id for id in moved}
    return changed, tuple(
        Fault(
            link.line,
            f'The link to "{link.target}" is written in a way that cannot be changed safely.',
            f"Let it lead to {moved[topics[content_path(path, link.target)]]} by hand, and run this again.",
        )
        for link in left.links
        if content_path(path, link.target) in topics
    )


def without_links_home(path: str, body: str) -> str:
    """Return a body whose links to its own file are words alone; those that lead to a heading in it stay."""
    name = re.escape(path.rpartition("/")[2])
    wanted = re.sub(rf'<a href="dateline:{name}">(.*?)</a>', r"\1", render(body).html, flags=re.DOTALL)
    changed = re.sub(rf"(?<![!\\])\[([^\[\]]+)\]\((?:\./)?{name}\)", r"\1", body)
    # Where a link is written in another way, leading home does no harm.
    return changed if render(changed).html == wanted else body


def with_addresses(text: str, moved: Mapping[str, str]) -> str:
    """Return settings whose addresses of topics are those of other ones; comments stay as they are."""
    rows = []
    for row in text.split("\n"):
        words, sign, comment = row.partition(" #")
        if not row.lstrip().startswith("#"):
            for old, new in moved.items():
                words = re.sub(rf"(?<![\w/.-])/topics/{re.escape(old)}(?![\w-])", f"/topics/{new}", words)
        rows.append(words + sign + comment)
    return "\n".join(rows)


def _with(path: str, body: str, spans: list[tuple[int, int]], moved: Mapping[str, str]) -> str:
    parts: list[str] = []
    behind = 0
    for start, end in spans:
        parts += (body[behind:start], _moved(path, body[start:end], moved))
        behind = end
    return "".join((*parts, body[behind:]))


def _one_by_one(path: str, body: str, spans: list[tuple[int, int]], moved: Mapping[str, str]) -> str:
    """Return the body with those places changed that are links; others are code, or text that only looks like one."""
    # From the last to the first, so that places found before stay where they are.
    for span in reversed(spans):
        tried = _with(path, body, [span], moved)
        had, has = render(body), render(tried)
        if _led(path, had.html, moved) == _led(path, has.html, moved) and had.html != has.html:
            body = tried
    return body


def _led(path: str, html: str, moved: Mapping[str, str]) -> str:
    """Return rendered HTML as it is to be."""
    return _SYMBOLIC.sub(lambda found: f'="dateline:{_moved(path, unescape(found[1]), moved)}', html)


def _moved(path: str, written: str, moved: Mapping[str, str]) -> str:
    """Return where a link leads from now on, written as it was as far as that goes."""
    if written.startswith(route.TOPICS):
        id, slash, rest = written.removeprefix(route.TOPICS).partition("/")
        return f"{route.TOPICS}{moved.get(id, id)}{slash}{rest}"
    folder, slash, name = written.rpartition("/")
    id = name.removesuffix(".md")
    is_topic = name.endswith(".md") and id in moved and content_path(path, unquote(written)) == f"topics/{id}.md"
    return f"{folder}{slash}{moved[id]}.md" if is_topic else written
