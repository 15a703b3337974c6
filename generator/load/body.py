"""The body of a content file: rendered, its links and files named by content path instead of as written.

A content path is relative to `content/` (`articles/2020/01/02/slug.md`); links leave a file relative to its own folder.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote, unquote

from generator.digest import digest_of_bytes
from generator.model.article import BodyLink
from generator.named import NamedTuple
from generator.text.block import Fault, unfit_character
from generator.text.html import escape
from generator.text.markdown import render
from generator.text.noted import WrittenFile, WrittenLink
from generator.text.records import Reading

STATIC = "static/"
_SYMBOLIC = re.compile(r'="dateline:([^"#/][^"#]*)')


class Body(NamedTuple):
    """A rendered body; `digest` stands for it in a page's key; `files` are content paths with their lines.

    `headings` are the ids of its headings.
    """

    html: str
    digest: bytes
    links: tuple[BodyLink, ...]
    files: tuple[tuple[str, int], ...]
    headings: tuple[str, ...]


def read_body(path: str, body: str, first_line: int, reading: Reading) -> Body:
    """Return the rendered body of the content file `path`; faults are told to `reading`."""
    note_unfit(body, first_line, reading)
    rendered = render(body, first_line=first_line)
    note_all(rendered.faults, rendered.warnings, reading)
    html = rendered.html
    if rendered.links or rendered.files:
        html = with_content_paths(path, html)
    return Body(
        html,
        digest_of_bytes(html.encode()),
        links_of(path, rendered.links),
        files_of(path, rendered.files),
        rendered.headings,
    )


def note_all(faults: tuple[Fault, ...], warnings: tuple[Fault, ...], reading: Reading) -> None:
    """Tell what rendering found, as sentences."""
    for fault in faults:
        reading.error(fault.line, _sentence(fault.message), fault.advice)
    for warning in warnings:
        reading.warn(warning.line, _sentence(warning.message), warning.advice)


def note_unfit(body: str, first_line: int, reading: Reading) -> None:
    """Tell of characters that no page or feed may hold; line separators and byte order marks do no harm in a body."""
    others = body.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    if not others or others.decode("utf-8", "surrogatepass").isprintable():
        return
    for line, text in enumerate(body.split("\n"), first_line):
        odd = unfit_character(text.translate(_HARMLESS))
        if odd is not None:
            message = f"The text contains the character U+{ord(odd[0]):04X}, which no page may hold."
            reading.error(line, message, "Delete it; it is invisible in most editors.")
            return


_HARMLESS = {0x2028: None, 0x2029: None, 0xFEFF: None}
# What most of a text is made of, taken away in one step.
_PLAIN = bytes([*range(32, 127), ord("\n")])


def content_path(path: str, written: str) -> str:
    """Return the content path that `written`, in the file `path`, leads to; one outside `content/` begins with `..`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), written))


def in_site(resolved: str) -> str:
    """Return a file's content path, or its address in the site where `static/` puts it there already."""
    return resolved[len(STATIC) - 1 :] if resolved.startswith(STATIC) else resolved


def links_of(path: str, links: tuple[WrittenLink, ...]) -> tuple[BodyLink, ...]:
    """Return a body's links by content path."""
    return tuple(BodyLink(content_path(path, target), fragment, line) for target, fragment, line in links)


def files_of(path: str, files: tuple[WrittenFile, ...]) -> tuple[tuple[str, int], ...]:
    """Return the files a body names by content path, each once, with the line that names it first."""
    found: dict[str, int] = {}
    for src, line in files:
        found.setdefault(content_path(path, src), line)
    return tuple(found.items())


def with_content_paths(path: str, html: str) -> str:
    """Return HTML whose symbolic addresses are content paths; files of `static/` get their address in the site."""

    def replaced(found: re.Match[str]) -> str:
        from html import unescape

        written = found[1]
        if written.endswith(".md"):
            return f'="dateline:{content_path(path, written)}'
        # A file's name stands as an address, with escapes, because no later step encodes it.
        resolved = in_site(content_path(path, unquote(unescape(written))))
        return f'="dateline:{escape(quote(resolved))}'

    return _SYMBOLIC.sub(replaced, html)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
