"""A topic: its names and forms, its status, its place among the others."""

from __future__ import annotations

from generator.model.article import BodyLink, Correction
from generator.named import NamedTuple
from generator.text.dates import Moment

TRENDS = ("better", "worse", "same")


class Form(NamedTuple):
    """One way a topic is named in text; `weight` is 1.0 for a plain name; `cased` forms must match in case."""

    text: str
    weight: float = 1.0
    cased: bool = False


class Status(NamedTuple):
    """What an editor says of where a topic is going; `trend` is one of TRENDS."""

    date: Moment
    trend: str
    reason: str


class Topic(NamedTuple):
    """One topic. `body` is the digest of its backgrounder; `linked` lists the forms that may become links.

    `names` are (language, name) pairs in other scripts. `order` is its place in the site's order.
    """

    id: str
    title: str
    path: str
    body: bytes
    order: int = 0
    parent: str = ""
    related: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    forms: tuple[Form, ...] = ()
    context: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    veto: tuple[str, ...] = ()
    linked: tuple[Form, ...] = ()
    status: tuple[Status, ...] = ()
    reviewed: Moment | None = None
    corrections: tuple[Correction, ...] = ()
    redirect_from: tuple[str, ...] = ()
    opening: str = ""
    links: tuple[BodyLink, ...] = ()
    files: tuple[str, ...] = ()
