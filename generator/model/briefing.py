"""A briefing: one day as a person arranges it, or nothing but the day where nobody did."""

from __future__ import annotations

from generator.model.article import BodyLink, Correction
from generator.named import NamedTuple
from generator.text.dates import Moment


class ArrangedEntry(NamedTuple):
    """A list item that begins with a link to an article: the entry and the editor's own sentence.

    `target` is the article's content path; `note` is HTML; `also` are content paths of the copies named with it.
    """

    target: str
    note: str
    also: tuple[str, ...]
    line: int


class ArrangedSection(NamedTuple):
    """A heading of a briefing and what stands under it; `prose` is the HTML of text that is no entry.

    `anchor` is the heading's id, "" for what stands before the first one.
    """

    title: str
    anchor: str
    prose: str
    entries: tuple[ArrangedEntry, ...]


class Briefing(NamedTuple):
    """One briefing file. `day` and `edition` come from its name (`2020-01-02.morning.md`); edition "" is the daily one.

    Sections are empty where the file arranges nothing: then the day arranges itself. `links` are all links of the text,
    those to its entries among them.
    """

    path: str
    day: str
    edition: str = ""
    title: str = ""
    as_of: Moment | None = None
    lead: str = ""
    takeaways: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    closed: bool = False
    corrections: tuple[Correction, ...] = ()
    sections: tuple[ArrangedSection, ...] = ()
    links: tuple[BodyLink, ...] = ()
