"""What is noted while a body is read: links, files, headings, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable

from generator.errors import nearest
from generator.named import NamedTuple
from generator.text.addresses import HEADING_PREFIX, heading_id
from generator.text.block import Fault
from generator.text.html import plain_text

MOST_WARNINGS = 20
HEADINGS = ("<h2", "<h3", "<h4", "<h5", "<h6")
HEADING_ADVICE = "Name a heading by its words, in small letters with hyphens between, or leave out the part after #."


class WrittenLink(NamedTuple):
    """A link to another content file: `target` as written (`../02/other.md`), decoded; `fragment` is a heading's id."""

    target: str
    fragment: str
    line: int


class WrittenFile(NamedTuple):
    """A picture or another file that a body names, as written, decoded, and the line that names it."""

    src: str
    line: int


class Rendered(NamedTuple):
    """A body's HTML, what it refers to, and the ids of its headings; `faults` stop a build, `warnings` do not."""

    html: str
    links: tuple[WrittenLink, ...] = ()
    files: tuple[WrittenFile, ...] = ()
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    headings: tuple[str, ...] = ()


class Noted:
    """What is found while one body is parsed, in order; it lives as long as the parse."""

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.links: list[WrittenLink] = []
        self.files: list[WrittenFile] = []
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self.heading_ids: dict[str, int] = {}
        # Links to a place in the text itself, which can be judged when all its headings are known.
        self.here: list[WrittenLink] = []

    def new_id(self, heading: str) -> str:
        """Return an id for a heading that no other heading of the body has."""
        name = heading_id(heading)
        times = self.heading_ids.get(name, 0) + 1
        unique = name if times == 1 else f"{name}-{times}"
        while times > 1 and unique in self.heading_ids:
            times += 1
            unique = f"{name}-{times}"
        self.heading_ids[name] = times
        self.heading_ids.setdefault(unique, 1)
        return unique

    def warn(self, warning: Fault) -> None:
        """Keep a warning, but not thousands: whoever mends the first twenty will see the next."""
        if len(self.warnings) < MOST_WARNINGS:
            self.warnings.append(warning)

    def with_id(self, html: str) -> str:
        """Return a plain block's HTML, with an id when it is a heading."""
        if not html.startswith(HEADINGS):
            return html
        return f'{html[:3]} id="{self.new_id(plain_text(html))}"{html[3:]}'

    def judge_here(self) -> None:
        """Warn of links to a heading that the text, now read to its end, does not have."""
        for link in self.here:
            if link.fragment not in self.heading_ids:
                message = f"The link leads to {lost_heading(link.fragment, self.heading_ids, 'this text')}"
                self.warn(Fault(link.line, message, HEADING_ADVICE))

    def rendered(self, html: str) -> Rendered:
        """Return the finished body."""
        self.judge_here()
        links = tuple(sorted(self.links, key=_by_line))
        found = tuple(self.files), tuple(self.faults), tuple(self.warnings)
        return Rendered(html, links, *found, tuple(self.heading_ids))


def lost_heading(id: str, headings: Iterable[str], owner: str) -> str:
    """Return what follows "The link leads to" where the heading `id` is none of `headings`, those of `owner`."""
    wanted, *known = (heading.removeprefix(HEADING_PREFIX) for heading in (id, *headings))
    if not known:
        return f'"#{wanted}", and {owner} has no headings.'
    near = nearest(wanted, known)
    suggestion = f' Did you mean "#{near}"?' if near else ""
    return f'"#{wanted}", which is no heading of {owner}.{suggestion}'


def _by_line(link: WrittenLink) -> tuple[int, str, str]:
    return link.line, link.target, link.fragment
