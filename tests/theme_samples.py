"""Sample views for every kind of page: the least a page can have, and more than a page should have."""

from __future__ import annotations

from typing import Any, NamedTuple

from generator.digest import digest_of
from generator.model.article import Extras
from generator.render.charts import activity_svg
from generator.render.views.entry import DayGroup, Entry, EntryView, Item
from generator.render.views.frame import Body, CorrectionLine, DateText, Link, Page, SharedSite, SiteView, TopicLink
from generator.render.views.kinds import (
    ArchiveView,
    ArticleView,
    BriefingView,
    Connection,
    ContentPageView,
    CorrectionsView,
    EditionLine,
    HeldLine,
    HeldView,
    HomeView,
    ImageView,
    MonthCount,
    NotFoundView,
    OtherName,
    PeriodLine,
    ProvenanceView,
    RedirectView,
    Section,
    SourceCount,
    StatusLine,
    TopicCard,
    TopicMonthView,
    TopicsView,
    TopicView,
    Week,
)
from generator.render.views.words import day_text


class Sample(NamedTuple):
    """One page to be rendered: its template, and what the template is given."""

    name: str
    template: str
    page: Page
    view: Any


LONG_TITLE = (
    "Officials in four capitals decline to say whether the convoy that crossed at al-Qaim on Tuesday night carried "
    "anything besides the flour, the medicine and the three hundred prefabricated shelters listed in the papers that "
    "were shown to reporters, and later withdrawn, by a spokesman for the border authority in Anbar province on Friday"
)
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
TOPICS = tuple(
    TopicLink(id, name, f"/topics/{id}/")
    for id, name in (
        ("iraq", "Iraq"),
        ("iran", "Iran"),
        ("us-forces", "US forces"),
        ("militias", "Militias"),
        ("oil-sanctions", "Oil and sanctions"),
        ("nuclear", "Nuclear agreement"),
        ("gulf-states", "Gulf states"),
        ("islamic-state", "Islamic State"),
    )
)
MENU = (
    Link("Latest", "/"),
    Link("Briefings", "/briefings/"),
    Link("Topics", "/topics/"),
    Link("Corrections", "/corrections/"),
    Link("About", "/about/"),
)
SITE = SiteView(
    title="The Gulf Brief",
    description="A sample briefing on Iraq, Iran and US forces.",
    language="en",
    url="https://brief.example/",
    base="",
    home="/",
    assets="/assets/",
    menu=MENU,
    feeds=(Link("The Gulf Brief", "/feed.xml"), Link("The Gulf Brief: Briefings", "/briefings/feed.xml")),
    options=Extras(),
    generator="Dateline",
)
PARAGRAPH = (
    "<p>Crowds that had marched from a funeral pushed past the outer checkpoint of the compound on Tuesday morning, "
    'set fire to a reception room and wrote on its walls, while <a class="topic" href="/topics/iraq/">Iraqi</a> guards '
    "stood by for two hours. No shots were fired. By the evening a company of Marines had been flown in.</p>\n"
)


def shared(**changes: Any) -> SharedSite:
    """Return the site around the samples."""
    return SharedSite(SITE._replace(**changes))


def body(html: str = PARAGRAPH * 5) -> Body:
    """Return a text as views hold it."""
    return Body(digest_of(html), lambda: html)


def moment(day: str, clock: str = "") -> DateText:
    """Return a day, or a moment of one, in words."""
    return day_text(day, None)._replace(iso=f"{day}T{clock}:00+03:00", time=clock) if clock else day_text(day, None)


def entry(number: int = 0, **changes: Any) -> Entry:
    """Return one report as lists show it."""
    view = EntryView(
        id=f"{number:012x}",
        href=f"/articles/2020/01/02/report-{number}/",
        title=_TITLES[number % len(_TITLES)],
        lang="",
        dir="",
        summary="Crowds entered the outer compound in the morning and left within hours; a company of Marines was "
        "flown in from Kuwait, and the ambassador returned the same evening.",
        date=moment("2020-01-02", f"{number % 24:02}:{number * 7 % 60:02}"),
        source=("Example Wire", "Two Rivers Gazette", "")[number % 3],
        source_kind=("wire", "local", "")[number % 3],
        original=("https://wire.example/2020/01/02/a", "", "")[number % 3],
        topics=TOPICS[number % 4 : number % 4 + 1 + number % 3],
        confidence=("", "", "single-source", "", "disputed", "unconfirmed")[number % 6],
        corrected=number % 9 == 4,
        also=(Link("Two Rivers Gazette", "/articles/2020/01/02/same/"),) if number % 5 == 1 else (),
    )
    changed = view._replace(**changes)
    return Entry(digest_of(changed), lambda: changed)


_TITLES = (
    "Embassy compound in Baghdad breached after funeral march",
    "About 3,000 more airborne troops ordered to the Middle East",
    "Abdul-Mahdi asks for three days of mourning and a meeting of parliament",
    "Iran names Esmail Ghaani to lead the Quds Force",
    "Oil rises by more than three per cent",
    "European foreign ministers call for restraint",
)
ARABIC = {
    "title": "اقتحام المجمع الخارجي للسفارة في بغداد بعد مسيرة تشييع",
    "lang": "ar",
    "dir": "rtl",
    "summary": "غادرت الحشود خلال ساعات، ووصلت سرية من مشاة البحرية من الكويت.",
}
PERSIAN = {"title": "سردار اسماعیل قاآنی فرمانده نیروی قدس شد", "lang": "fa", "dir": "rtl", "summary": ""}
CORRECTIONS = (
    CorrectionLine(
        moment("2020-01-04", "10:15"),
        "corrected",
        "The march began at noon, not in the morning.",
        "Embassy breached",
        "/a/",
    ),
    CorrectionLine(
        moment("2020-01-03"), "withdrawn", "A sentence on a second convoy has no source.", LONG_TITLE, "/b/"
    ),
)
WEEKS = tuple(
    Week(f"{day} November 2019", total)
    for day, total in zip(range(4, 16), (0, 1, 0, 3, 2, 5, 4, 9, 31, 64, 112, 48), strict=True)
)


def day_view(**changes: Any) -> BriefingView:
    """Return a full day."""
    sections = (
        Section("Iraq", "iraq", "/topics/iraq/", "", (
            Item(entry(1), "<strong>The order</strong> was given on Wednesday night.", entry(1).view.also),
            Item(entry(2)), Item(entry(3, **ARABIC)), Item(entry(4, title=LONG_TITLE)),
        )),
        Section("Tehran and the region", "tehran", "", "<p>Three governments spoke within an hour.</p>\n", (
            Item(entry(5)), Item(entry(6, title=LONG_WORD, source=LONG_WORD)), Item(entry(7, **PERSIAN)),
        )),
        Section("", "other-reports", "", "", (Item(entry(8)), Item(entry(9)))),
    )  # fmt: skip
    view = BriefingView(
        date=moment("2020-01-03"),
        title="The killing of Qasem Soleimani",
        as_of=moment("2020-01-03", "23:30"),
        lead=Item(entry(0)),
        takeaways=(
            "The United States killed Qasem Soleimani outside Baghdad airport at around 01:00.",
            "Iran has named a successor, declared three days of mourning and promised revenge.",
            "No oil supply has been lost. Brent still rose by 3.6 per cent.",
        ),
        sections=sections,
        corrections=CORRECTIONS,
        sources=(
            SourceCount("Example Wire", "https://wire.example/", "wire", 6),
            SourceCount("Two Rivers Gazette", "https://gazette.example/", "local", 3),
            SourceCount("A reader's letter", "", "", 1),
        ),
        total=10,
        arranged=True,
        previous=Link("2 January 2020", "/briefings/2020/01/02/"),
        next=Link("5 January 2020", "/briefings/2020/01/05/"),
    )
    return view._replace(**changes)


EMPTY_DAY = BriefingView(moment("2020-01-03"), "", None, None, (), (), (), (), 0, False, None, None)
EDITIONS = tuple(
    EditionLine(moment(f"2020-01-0{day}"), f"/briefings/2020/01/0{day}/", day * 3, _TITLES[day % 6], "", "")
    for day in range(7, 1, -1)
)
EDITIONS_MIXED = (*EDITIONS, EDITIONS[0]._replace(lead=ARABIC["title"], lang="ar", dir="rtl"))
CARDS = tuple(
    TopicCard(
        topic,
        1234 if place == 0 else 40 - place * 3,
        ("worse", "same", "better", "")[place % 4],
        moment("2020-01-12"),
        tuple((place * 7 + week * 5) % 11 for week in range(12)),
    )
    for place, topic in enumerate(TOPICS)
)
EMPTY_ARTICLE = ArticleView(
    id="0" * 12, title="A headline", summary="", date=None, updated=None, place="", topics=(), source="",
    source_kind="", author="", original="", rights="link", body=None, image=None, confidence="", corrections=(),
    copy_of=None, also=(), earlier=(), linked_from=(), edition=None, previous=None, next=None, provenance=None,
    extra=Extras(),
)  # fmt: skip
RICH_BODY = (
    PARAGRAPH * 2
    + '<h2 id="what-is-known">What is known</h2>\n<ul>\n<li>One gate was opened.</li>\n<li>Two were not.</li>\n</ul>\n'
    + "<blockquote>\n<p>We left when we were asked to leave.</p>\n</blockquote>\n"
    + '<div class="table" role="region" tabindex="0" aria-label="Table">\n<table>\n<thead>\n<tr><th>Unit</th>'
    + "<th>From</th><th>Number</th></tr>\n</thead>\n<tbody>\n<tr><td>82nd Airborne</td><td>Fort Bragg</td>"
    + "<td>3,000</td></tr>\n<tr><td>Marines</td><td>Kuwait</td><td>100</td></tr>\n</tbody>\n</table>\n</div>\n"
    + "<h3>In the order of events</h3>\n<ol>\n<li>Morning</li>\n<li>Noon</li>\n</ol>\n"
    + "<pre><code>10:05  first call  10:40  second call  11:20  third call  12:00  the gate  14:30  yard\n"
    + "</code></pre>\n"
    + PARAGRAPH
)
FULL_ARTICLE = EMPTY_ARTICLE._replace(
    title=_TITLES[0],
    summary="Crowds entered the outer compound in the morning and left within hours; Marines were flown in.",
    date=moment("2020-01-02", "09:30"),
    updated=moment("2020-01-03", "07:10"),
    place="Baghdad",
    topics=TOPICS[:4],
    source="Example Wire",
    source_kind="wire",
    author="A. Reporter",
    original="https://wire.example/2020/01/02/embassy-compound-breached",
    rights="excerpt",
    body=body(RICH_BODY),
    image=ImageView(
        "/articles/2020/01/02/embassy/gate.jpg", "A gate seen from the street, smoke behind it", "The desk"
    ),
    confidence="single-source",
    corrections=tuple(line._replace(subject="", href="") for line in CORRECTIONS),
    copy_of=entry(1),
    also=(
        Link("Two Rivers Gazette", "/articles/2020/01/02/same/"),
        Link("Alborz Bulletin", "/articles/2020/01/02/as/"),
    ),
    earlier=(entry(2), entry(3, **ARABIC), entry(4, title=LONG_TITLE)),
    linked_from=(entry(5), entry(6)),
    edition=Link("2 January 2020", "/briefings/2020/01/02/"),
    previous=Link(_TITLES[4], "/articles/2020/01/02/before/"),
    next=Link(LONG_TITLE, "/articles/2020/01/02/after/"),
    provenance=ProvenanceView(
        "https://wire.example/2020/01/02/embassy-compound-breached",
        "https://archive.example/2020/wire",
        "2020-01-02T10:02:11Z",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ("date", "author"),
    ),
    marks=("draft", "held"),
    reasons=("date", "url"),
)
EMPTY_TOPIC = TopicView(
    "iraq", "Iraq", (), None, (), (), None, None, (), (), "", 0, (), (), (), ()
)  # fmt: skip
FULL_TOPIC = EMPTY_TOPIC._replace(
    names=(OtherName("ar", "rtl", "العراق"), OtherName("fa", "rtl", "عراق"), OtherName("he", "rtl", "עיראק")),
    parent=TOPICS[6],
    related=TOPICS[1:4],
    status=(
        StatusLine(moment("2020-01-11"), "worse", "Parliament has voted; nobody has said what follows from the vote."),
        StatusLine(moment("2020-01-08"), "same", "Missiles are fired at two bases; both governments seek no more."),
        StatusLine(moment("2020-01-03"), "better", "A caretaker government is named."),
    ),
    body=body(PARAGRAPH * 3),
    reviewed=moment("2020-01-12"),
    corrections=tuple(line._replace(subject="", href="") for line in CORRECTIONS[:1]),
    weeks=WEEKS,
    chart=activity_svg(WEEKS),
    total=279,
    days=tuple(
        DayGroup(
            moment(f"2020-01-1{day}"),
            f"/briefings/2020/01/1{day}/" if day else "",
            tuple(map(entry, range(day, day + 5))),
        )
        for day in (2, 1, 0)
    ),
    months=(
        MonthCount("January 2020", "/topics/iraq/2020/01/", 212),
        MonthCount("December 2019", "/topics/iraq/2019/12/", 67),
    ),
    connections=tuple(Connection(topic, 90 - place * 11) for place, topic in enumerate(TOPICS[1:])),
    linked_from=(entry(1), entry(3, **ARABIC)),
)


def page(kind: str, title: str, address: str, **changes: Any) -> Page:
    """Return the page around a sample's view."""
    return Page(kind, address, f"https://brief.example{address}", title)._replace(**changes)


def minimal() -> tuple[Sample, ...]:
    """Every kind of page with as little on it as there can be."""
    return (
        Sample("home", "home.html", page("home", "The Gulf Brief", "/"), HomeView(None, "", (), (), ())),
        Sample(
            "briefing", "briefing.html", page("briefing", "Friday 3 January 2020", "/briefings/2020/01/03/"), EMPTY_DAY
        ),
        Sample(
            "archive", "archive.html", page("archive", "Briefings", "/briefings/"), ArchiveView("", (), (), None, None)
        ),
        Sample("article", "article.html", page("article", "A headline", "/articles/2020/01/02/a/"), EMPTY_ARTICLE),
        Sample("topics", "topics.html", page("topics", "Topics", "/topics/"), TopicsView(())),
        Sample("topic", "topic.html", page("topic", "Iraq", "/topics/iraq/"), EMPTY_TOPIC),
        Sample(
            "topic-month",
            "topic-month.html",
            page("topic-month", "Iraq: January 2020", "/topics/iraq/2020/01/"),
            TopicMonthView(TOPICS[0], "January 2020", 0, (), None, None),
        ),
        Sample(
            "corrections", "corrections.html", page("corrections", "Corrections", "/corrections/"), CorrectionsView(())
        ),
        Sample("page", "page.html", page("page", "About", "/about/"), ContentPageView("About", None, Extras())),
        Sample(
            "404", "404.html", page("not-found", "Page not found", "/404.html", noindex=True), NotFoundView(None, ())
        ),
        Sample("held", "held.html", page("held", "Held", "/held/", noindex=True), HeldView((), ())),
        Sample(
            "redirect",
            "redirect.html",
            page("redirect", "/old/", "/topics/iraq/", noindex=True),
            RedirectView("/topics/iraq/"),
        ),
    )


def full() -> tuple[Sample, ...]:
    """Every kind of page with everything on it, in its worst form."""
    trail = (Link("2020", "/briefings/2020/"), Link("January 2020", "/briefings/2020/01/"))
    months = tuple(PeriodLine(f"{month} 2020", f"/briefings/2020/0{place}/", 20 + place, 900 + place * 40)
                   for place, month in enumerate(("January", "February", "March", "April"), start=1))  # fmt: skip
    crowd = tuple(
        DayGroup(
            moment(f"2020-01-{day:02}"), f"/briefings/2020/01/{day:02}/", tuple(entry(number) for number in range(25))
        )
        for day in range(20, 0, -1)
    )
    waits = HeldLine(entry(3, marks=("held",), date=None), ("date", "url"), "content/articles/held/report.md")
    described = 'Crowds entered the outer compound; a company of Marines was flown in from "Kuwait" & <elsewhere>.'
    return (
        Sample(
            "home",
            "home.html",
            page("home", "The Gulf Brief", "/", description=described),
            HomeView(day_view(), "/briefings/2020/01/03/", tuple(map(entry, range(10, 15))), EDITIONS_MIXED[1:], CARDS),
        ),
        Sample(
            "home-plain",
            "home.html",
            page("home", "The Gulf Brief", "/"),
            HomeView(day_view(title="", takeaways=(), corrections=()), "/briefings/2020/01/03/", (), EDITIONS, CARDS),
        ),
        Sample(
            "briefing",
            "briefing.html",
            page("briefing", "Friday 3 January 2020", "/briefings/2020/01/03/", trail=trail, description=described),
            day_view(),
        ),
        Sample(
            "archive",
            "archive.html",
            page("year", "2020", "/briefings/2020/"),
            ArchiveView("2020", months, (), Link("2019", "/briefings/2019/"), None),
        ),
        Sample(
            "month",
            "archive.html",
            page("month", "January 2020", "/briefings/2020/01/", trail=trail[:1]),
            ArchiveView("January 2020", (), EDITIONS_MIXED, Link("December 2019", "/d/"), Link("February 2020", "/f/")),
        ),
        Sample(
            "article",
            "article.html",
            page(
                "article",
                _TITLES[0],
                "/articles/2020/01/02/embassy/",
                description=described,
                noindex=True,
                trail=(FULL_ARTICLE.edition,),
                structured='{"@type":"NewsArticle","headline":"</script><script>xss(1)</script>"}',
            ),
            FULL_ARTICLE,
        ),
        Sample(
            "article-rtl",
            "article.html",
            page("article", ARABIC["title"], "/articles/2020/01/02/a/", lang="ar", dir="rtl"),
            FULL_ARTICLE._replace(
                title=ARABIC["title"],
                summary=ARABIC["title"],
                rights="link",
                source="",
                image=None,
                marks=(),
                reasons=(),
                body=body(f"<p>{(ARABIC['title'] + '. ') * 8}</p>\n" * 4),
            ),
        ),
        Sample(
            "article-long",
            "article.html",
            page("article", LONG_TITLE, "/articles/2020/01/02/b/"),
            EMPTY_ARTICLE._replace(
                title=f"{LONG_WORD} {LONG_TITLE}", date=moment("2020-01-02"), body=body(), rights="full"
            ),
        ),
        Sample("topics", "topics.html", page("topics", "Topics", "/topics/"), TopicsView(CARDS)),
        Sample(
            "topic",
            "topic.html",
            page(
                "topic",
                "Iraq",
                "/topics/iraq/",
                trail=(Link("", "/topics/"),),
                feeds=(Link("Iraq", "/topics/iraq/feed.xml"),),
            ),
            FULL_TOPIC,
        ),
        Sample(
            "topic-month",
            "topic-month.html",
            page("topic-month", "Iraq: January 2020", "/topics/iraq/2020/01/", trail=(Link("Iraq", "/topics/iraq/"),)),
            TopicMonthView(
                TOPICS[0], "January 2020", 500, crowd, Link("December 2019", "/d/"), Link("February 2020", "/f/")
            ),
        ),
        Sample(
            "corrections",
            "corrections.html",
            page("corrections", "Corrections", "/corrections/", feeds=(Link("Corrections", "/corrections/feed.xml"),)),
            CorrectionsView(CORRECTIONS * 3),
        ),
        Sample(
            "page",
            "page.html",
            page("page", "About", "/about/"),
            ContentPageView("About", body(RICH_BODY), Extras((("x_a", 1),))),
        ),
        Sample(
            "404",
            "404.html",
            page("not-found", "Page not found", "/404.html", noindex=True),
            NotFoundView(Link("Friday 3 January 2020", "/briefings/2020/01/03/"), TOPICS),
        ),
        Sample("held", "held.html", page("held", "Held", "/held/", noindex=True), HeldView((waits,), (waits,))),
    )
