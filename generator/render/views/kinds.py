"""The views of all kinds of page: what the theme's templates receive, and nothing else.

A template is called with exactly three names: `site` (SiteView), `page` (Page), and `view`, one of the values below.
How they are filled stands beside this file, one module for each kind.
"""

from __future__ import annotations

from generator.model.article import Extras
from generator.named import NamedTuple
from generator.render.views.entry import DayGroup, Entry, Item
from generator.render.views.frame import Body, CorrectionLine, DateText, Link, TopicLink


class Section(NamedTuple):
    """A part of a briefing.

    `title` is "" for reports without a topic; `anchor` is its id in the page; `href` leads to the topic's page or is
    ""; `prose` is HTML.
    """

    title: str
    anchor: str
    href: str
    prose: str
    items: tuple[Item, ...]


class SourceCount(NamedTuple):
    """An outlet named in a briefing and how many of its reports stand there; `kind` is a key of the theme's strings."""

    name: str
    href: str
    kind: str
    total: int


class BriefingView(NamedTuple):
    """A day: template `briefing.html`. `lead` is one of the items and does not stand in the sections again.

    `title` is "" unless the editor gave one. `as_of` is None where nobody said. `arranged` says an editor made it.
    """

    date: DateText
    title: str
    as_of: DateText | None
    lead: Item | None
    takeaways: tuple[str, ...]
    sections: tuple[Section, ...]
    corrections: tuple[CorrectionLine, ...]
    sources: tuple[SourceCount, ...]
    total: int
    arranged: bool
    previous: Link | None
    next: Link | None


class EditionLine(NamedTuple):
    """One briefing in a list of briefings; `lead` is its lead's title, `lang` and `dir` of that title."""

    date: DateText
    href: str
    total: int
    lead: str
    lang: str
    dir: str


class TopicCard(NamedTuple):
    """A topic in a list of topics. `activity` counts articles by week, oldest first (at most 12)."""

    topic: TopicLink
    total: int
    trend: str
    latest: DateText | None
    activity: tuple[int, ...]


class HomeView(NamedTuple):
    """The front page: template `home.html`.

    `briefing` is None on a site without any; `fresh` is new since the edition before.
    """

    briefing: BriefingView | None
    briefing_href: str
    fresh: tuple[Entry, ...]
    earlier: tuple[EditionLine, ...]
    topics: tuple[TopicCard, ...]


class PeriodLine(NamedTuple):
    """A month or a year in an archive."""

    label: str
    href: str
    editions: int
    articles: int


class ArchiveView(NamedTuple):
    """`/briefings/` (years), a year (months) or a month (editions): template `archive.html`.

    `heading` is "" for the whole archive. Exactly one of `periods` and `editions` is filled.
    """

    heading: str
    periods: tuple[PeriodLine, ...]
    editions: tuple[EditionLine, ...]
    previous: Link | None
    next: Link | None


class ImageView(NamedTuple):
    """The picture of an article; `src` is an address in the site or an https address."""

    src: str
    alt: str
    credit: str


class ProvenanceView(NamedTuple):
    """Where an article's text came from; texts are "" when not recorded. `inferred` are names of fields."""

    original: str
    archived: str
    retrieved: str
    sha256: str
    inferred: tuple[str, ...]


class ArticleView(NamedTuple):
    """One article: template `article.html`.

    `body` is HTML within the source's rights, None when nothing of it may be shown. `rights` is `full`, `excerpt` or
    `link`. `date` is None only for a held article in a preview. `copy_of` is the lead of a folded wire story.
    `previous` and `next` are its neighbours in the day's edition; `edition` leads to the day.
    """

    id: str
    title: str
    summary: str
    date: DateText | None
    updated: DateText | None
    place: str
    topics: tuple[TopicLink, ...]
    source: str
    source_kind: str
    author: str
    original: str
    rights: str
    body: Body | None
    image: ImageView | None
    confidence: str
    corrections: tuple[CorrectionLine, ...]
    copy_of: Entry | None
    also: tuple[Link, ...]
    earlier: tuple[Entry, ...]
    linked_from: tuple[Entry, ...]
    edition: Link | None
    previous: Link | None
    next: Link | None
    provenance: ProvenanceView | None
    extra: Extras
    marks: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class StatusLine(NamedTuple):
    """What an editor says of a topic; `trend` is `better`, `worse` or `same`, a key of the theme's strings."""

    date: DateText
    trend: str
    reason: str


class Week(NamedTuple):
    """How many articles a topic had in a week; `label` is the week's Monday in words."""

    label: str
    total: int


class MonthCount(NamedTuple):
    """A month of a topic and how many articles it has."""

    label: str
    href: str
    total: int


class Connection(NamedTuple):
    """Another topic that shares articles with this one."""

    topic: TopicLink
    total: int


class OtherName(NamedTuple):
    """A topic's name in another script."""

    lang: str
    dir: str
    name: str


class TopicsView(NamedTuple):
    """The list of all topics: template `topics.html`."""

    topics: tuple[TopicCard, ...]


class TopicView(NamedTuple):
    """One topic: template `topic.html`.

    `status` is newest first. `chart` is inline SVG (decorative) or "" without weeks.
    `body` is the backgrounder or None. `days` hold the newest articles by day; `months` lead to the full listings.
    """

    id: str
    title: str
    names: tuple[OtherName, ...]
    parent: TopicLink | None
    related: tuple[TopicLink, ...]
    status: tuple[StatusLine, ...]
    body: Body | None
    reviewed: DateText | None
    corrections: tuple[CorrectionLine, ...]
    weeks: tuple[Week, ...]
    chart: str
    total: int
    days: tuple[DayGroup, ...]
    months: tuple[MonthCount, ...]
    connections: tuple[Connection, ...]
    linked_from: tuple[Entry, ...]


class TopicMonthView(NamedTuple):
    """One month of a topic: template `topic-month.html`."""

    topic: TopicLink
    heading: str
    total: int
    days: tuple[DayGroup, ...]
    previous: Link | None
    next: Link | None


class CorrectionsView(NamedTuple):
    """All corrections, newest first: template `corrections.html`."""

    corrections: tuple[CorrectionLine, ...]


class ContentPageView(NamedTuple):
    """A page from `content/pages/`: template `page.html`."""

    title: str
    body: Body | None
    extra: Extras


class NotFoundView(NamedTuple):
    """The page for addresses that lead nowhere: template `404.html`."""

    newest: Link | None
    topics: tuple[TopicLink, ...]


class HeldLine(NamedTuple):
    """An article that waits, and what it waits for (`date`, `url` …); `file` is where it can be mended."""

    entry: Entry
    reasons: tuple[str, ...]
    file: str


class HeldView(NamedTuple):
    """What waits, in previews only: template `held.html`."""

    held: tuple[HeldLine, ...]
    drafts: tuple[HeldLine, ...]


class RedirectView(NamedTuple):
    """An old address: template `redirect.html`. `href` is where the thing stands now."""

    href: str
