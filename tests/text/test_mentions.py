"""Mentions of topics: the rules that tagging and linking share, and what a link may do to a page."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.text.markdown import render
from generator.text.mentions import Matcher, link_mentions, matcher
from tests.text.safe_html import unsafe_parts


class Form(NamedTuple):
    text: str
    weight: float = 1.0
    cased: bool = False


TOPICS = (
    (
        "iran",
        (
            Form("Iran"),
            Form("Iranian"),
            Form("Qasem Soleimani"),
            Form("Soleimani"),
            Form("ایران"),
            Form("سليماني", 0.9),
        ),
        ("Iran-Contra", "Iranian rial"),
    ),
    (
        "iraq",
        (Form("Iraq"), Form("Kata'ib Hezbollah", 0.8), Form("Basra"), Form("العراق"), Form("伊拉克")),
        ("Iraqi dinar",),
    ),
    (
        "us-forces",
        (Form("US forces"), Form("U.S. forces"), Form("IRGC-N"), Form("Pentagon"), Form("GIs", 1.0, True)),
        (),
    ),
    ("turkey", (Form("Türkiye"), Form("Turkey", 1.0, True), Form("Erdoğan")), ("cold Turkey",)),
    ("lebanon", (Form("Hezbollah"), Form("Lebanon")), ()),
    ("militias", (Form("Kata'ib Hezbollah"), Form("militia", 0.6)), ("militia movement",)),
    ("islamic-state", (Form("Islamic State of Iraq"), Form("Islamic State"), Form("IS", 0.6, True)), ()),
    ("oil", (Form("oil & gas"), Form("OPEC+"), Form("cease-fire")), ()),
)
HREFS = {topic: f"/topics/{topic}/" for topic, _, _ in TOPICS}


@pytest.fixture(scope="module")
def topics() -> Matcher:
    return matcher(TOPICS)


def found_in(text: str, by: Matcher) -> list[tuple[str, str]]:
    """Return the words found and the topics they name."""
    return [(text[mention.start : mention.end], " ".join(mention.topics)) for mention in by.find(text)]


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ([("Iran", "iran"), ("Iraq", "iraq")], "Iran, Iraq."),
        ([("iran", "iran"), ("IRAN", "iran")], "iran IRAN"),
        ([], "Irani Iranic airan iran_x"),
        ([("Iran", "iran")], "Iran's and Iranians"),
        ([("Iran", "iran")], "Iran’s"),
        ([("Iran", "iran")], "Iran-backed"),
        ([("Qasem Soleimani", "iran"), ("Soleimani", "iran")], "Qasem Soleimani; Soleimani"),
        ([("Qasem\nSoleimani", "iran"), ("Qasem-Soleimani", "iran")], "Qasem\nSoleimani Qasem-Soleimani"),
        ([("Qasem  Soleimani", "iran"), ("Iran", "iran")], "Qasem  Soleimani Iran"),
        ([("Qasem\u00a0Soleimani", "iran")], "Qasem\u00a0Soleimani"),
        ([("Soleimani", "iran")], "Qasem, Soleimani"),
        ([("Soleimani", "iran")], "Qasem\n\nSoleimani"),
        ([], "the Iran-Contra affair, the Iranian rial"),
        ([("Iran", "iran")], "Iran Contra"),
        ([("Kata’ib Hezbollah", "iraq militias"), ("Hezbollah", "lebanon")], "Kata’ib Hezbollah, not Hezbollah"),
        ([("Kataʿib Hezbollah", "iraq militias")], "Kataʿib Hezbollah"),
        ([("Islamic State of Iraq", "islamic-state"), ("Iraq", "iraq")], "Islamic State of Iraq in Iraq"),
        ([("Türkiye", "turkey"), ("Turkiye", "turkey"), ("Tu\u0308rkiye", "turkey")], "Türkiye Turkiye Tu\u0308rkiye"),
        ([("Erdogan", "turkey"), ("ERDOĞAN", "turkey")], "Erdogan ERDOĞAN"),
        ([("Turkey", "turkey")], "Turkey ate turkey, cold Turkey"),
        ([("TURKEY", "turkey"), ("IRAN", "iran")], "WHAT TURKEY IS TO IRAN"),
        ([("IS", "islamic-state")], "The IS group is here"),
        ([("US forces", "us-forces"), ("U.S. Forces", "us-forces")], "US forces, U.S. Forces"),
        ([], "he told us forces were near; u.s. forces"),
        ([("GIs", "us-forces")], "GIs and gis"),
        ([("oil & gas", "oil"), ("OPEC+", "oil")], "oil & gas, OPEC+, OPEC"),
        ([("cease-fire", "oil"), ("cease–fire", "oil")], "cease-fire cease fire cease–fire"),
        ([("ایران", "iran"), ("سلیمانی", "iran"), ("سُليماني", "iran")], "ایران، «سلیمانی» سُليماني"),
        ([("العراق", "iraq")], "في العراق."),
        ([("伊拉克", "iraq")], "他在伊拉克说"),
        ([("Ir\u00adan", "iran"), ("Iraq", "iraq")], "Ir\u00adan Iraq"),
        ([("Iran", "iran")], "https://x.example/iran-talks and desk@iran.example about Iran"),
        ([("Iraq", "iraq"), ("Iran", "iran")], "Iraq/Iran"),
        ([], ""),
    ],
)
def test_forms_are_found_by_the_rules(found: list[tuple[str, str]], text: str, topics: Matcher) -> None:
    """Word boundaries, folding, longest first, exclusions, case where it must match."""
    assert found == found_in(text, topics)


def test_a_mention_carries_each_topics_own_weight(topics: Matcher) -> None:
    """A form may say less of one topic than of another."""
    (mention,) = topics.find("a Kata'ib Hezbollah base")

    assert (("iraq", "militias"), (0.8, 1.0)) == (mention.topics, mention.weights)
    assert ("Kata'ib Hezbollah", 1.0) == (mention.form, mention.weight)


def linked(html: str, by: Matcher, own: tuple[str, ...] = (), skip: frozenset[str] = frozenset()) -> str:
    """Return HTML with its links written short: `[words|topic]`."""
    made = link_mentions(html, by, own=own, hrefs=HREFS, skip=skip)
    return re.sub(r'<a class="topic" href="/topics/([a-z-]+)/">(.*?)</a>', r"[\2|\1]", made)


@pytest.mark.parametrize(
    ("expected", "html"),
    [
        ("<p>[Iran|iran] and Iran</p>\n<p>Iran</p>", "<p>Iran and Iran</p>\n<p>Iran</p>"),
        ("<p>[Iran|iran]’s [Iraq|iraq]</p>", "<p>Iran’s Iraq</p>"),
        ('<h3 id="h-iran">Iran</h3>\n<p>[Iran|iran]</p>', '<h3 id="h-iran">Iran</h3>\n<p>Iran</p>'),
        ('<p><a href="/x">Iran</a> [Iran|iran]</p>', '<p><a href="/x">Iran</a> Iran</p>'),
        (
            "<blockquote>\n<p>Iran</p>\n</blockquote>\n<p>[Iran|iran]</p>",
            "<blockquote>\n<p>Iran</p>\n</blockquote>\n<p>Iran</p>",
        ),
        ("<p><code>Iran</code> <em>[Iran|iran]</em></p>", "<p><code>Iran</code> <em>Iran</em></p>"),
        ("<ul>\n<li>[Iran|iran]</li>\n</ul>", "<ul>\n<li>Iran</li>\n</ul>"),
        ('<p><img src="x" alt="Iran"> [Iran|iran]</p>', '<p><img src="x" alt="Iran"> Iran</p>'),
        ("<p>[oil &amp; gas|oil]</p>", "<p>oil &amp; gas</p>"),
        ("<p>[Iran|iran] &quot;[Iraq|iraq]&quot;</p>", "<p>Iran &quot;Iraq&quot;</p>"),
        ("<p>Qasem <em>[Soleimani|iran]</em></p>", "<p>Qasem <em>Soleimani</em></p>"),
        ("<p>«[ایران|iran]»</p>", "<p>«ایران»</p>"),
        ("<p>nothing</p>", "<p>nothing</p>"),
    ],
)
def test_the_first_mention_in_safe_text_is_linked(expected: str, html: str, topics: Matcher) -> None:
    """Once for each topic, and never inside a heading, link, quotation, code, table or figure."""
    assert expected == linked(html, topics)


def test_tables_figures_and_nested_quotations_are_left_alone(topics: Matcher) -> None:
    """As the renderer writes them."""
    body = (
        '| Iran | b |\n| - | - |\n| Iraq | d |\n\n![Iran](p.jpg "Iran")\n\n> > Iran\n>\n> Iran\n\n    Iran\n\nIran.\n'
    )

    assert linked(render(body).html, topics).endswith("<p>[Iran|iran].</p>\n")
    assert 1 == linked(render(body).html, topics).count("|iran]")


def test_a_shared_form_links_to_the_first_of_the_texts_own_topics(topics: Matcher) -> None:
    """Else to the first in the site's order; a topic that is skipped does not count."""
    html = "<p>Kata'ib Hezbollah</p>"

    assert "<p>[Kata'ib Hezbollah|iraq]</p>" == linked(html, topics)
    assert "<p>[Kata'ib Hezbollah|militias]</p>" == linked(html, topics, ("lebanon", "militias", "iraq"))
    assert "<p>[Kata'ib Hezbollah|militias]</p>" == linked(html, topics, ("iraq",), frozenset({"iraq"}))
    assert html == linked(html, topics, (), frozenset({"iraq", "militias"}))


def test_equal_matchers_have_equal_digests(topics: Matcher) -> None:
    """A page is rendered anew exactly when what is found could differ."""
    assert matcher(TOPICS).digest == topics.digest
    assert matcher(tuple(reversed(TOPICS))).digest != topics.digest
    assert matcher(TOPICS[1:]).digest != topics.digest


def test_no_topics_find_nothing() -> None:
    """A site without topics is a site."""
    assert [] == matcher(()).find("Iran")
    assert "<p>Iran</p>" == link_mentions("<p>Iran</p>", matcher(()), own=(), hrefs={})


# A second, slow reading of the same rules for plain English: every span is tried, the leftmost longest wins.
WORDS = (
    "Iran",
    "Iraq",
    "Iran-Contra",
    "Qasem",
    "Soleimani",
    "Islamic",
    "State",
    "of",
    "Hezbollah",
    "Kata'ib",
    "Iranian",
    "rial",
    "US",
    "forces",
    "militia",
    "movement",
    "x",
    "cold",
    "Turkey",
    "turkey",
)
texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from((" ", ", ", "-", "\n", ". "))), max_size=14).map(
    lambda parts: "".join(itertools.chain.from_iterable(parts))
)


def slowly(text: str) -> list[tuple[int, int]]:
    """Return the spans of the leftmost longest mentions, exclusions consumed."""
    forms = [(form.text, form.cased, True) for _, own, _ in TOPICS for form in own]
    forms += [(phrase, False, False) for _, _, excluded in TOPICS for phrase in excluded]
    found, place = [], 0
    while place < len(text):
        spans = []
        for form, cased, counts in forms:
            parts = [
                re.escape(part) if cased or (part.isupper() and len(part) > 1) else f"(?i:{re.escape(part)})"
                for part in re.split(r"[ ]", form)
            ]
            match = re.compile(r"(?<!\w)" + r"[ \n-]".join(parts) + r"(?!\w)").match(text, place)
            if match:
                spans.append((match.end(), counts))
        if spans:
            end = max(end for end, _ in spans)
            if any(counts for last, counts in spans if last == end):
                found.append((place, end))
            place = end
        else:
            place += 1
    return found


@given(texts)
@settings(max_examples=400, deadline=None)
def test_the_one_expression_finds_what_a_slow_reading_finds(text: str) -> None:
    """The tree of letters, the fallback to shorter forms and the exclusions come to the plain rules."""
    assert slowly(text) == [(mention.start, mention.end) for mention in matcher(TOPICS).find(text)]


@given(
    st.lists(
        texts | st.sampled_from(("## Iran", "- Iraq", "> Iran", "`Iran`", "[Iran](a.md)", "&amp; Iran")), max_size=5
    )
)
@settings(max_examples=150, deadline=None)
def test_linking_adds_links_and_nothing_else(parts: list[str]) -> None:
    """Take the links out and the page is what it was; no topic is linked twice, and no link stands in a link."""
    html = render("\n\n".join(parts)).html
    made = link_mentions(html, matcher(TOPICS), own=("iraq",), hrefs=HREFS)
    links = re.findall(r'<a class="topic" href="([^"]*)">', made)

    assert html == re.sub(r'<a class="topic" href="[^"]*">(.*?)</a>', r"\1", made, flags=re.DOTALL)
    assert len(links) == len(set(links))
    assert re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", made, re.DOTALL) is None
    assert [] == [part for part in unsafe_parts(made) if "/topics/" not in part]
