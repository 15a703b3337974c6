"""What a text says about itself: its language, its day, its place, its byline, and who may have published it.

A day is only ever stated, never guessed: words like "on Thursday" are evidence for a person, not a date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import repeat

from generator.ingest import marks
from generator.text.dates import MONTHS

_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_STATED = (
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?:at )?(?P<year>(?:19|20)\d\d)\b", re.I),
    # A dump sets a byline and its day side by side without a blank.
    re.compile(rf"(?<=[A-Za-z])(?-i:(?=[A-Z])){_MONTH} (?P<day>\d{{1,2}}),? (?P<year>(?:19|20)\d\d)\b", re.I),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?[ -]{_MONTH},?[ -](?P<year>(?:19|20)\d\d)\b", re.I),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})\b"),
    # Two numbers before the year say which is the month only where the other cannot be one.
    re.compile(r"\b(?P<number>0?\d|1[0-2])[-/.](?P<day>1[3-9]|2\d|3[01])[-/.](?P<year>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<day>1[3-9]|2\d|3[01])[-/.](?P<number>0?\d|1[0-2])[-/.](?P<year>(?:19|20)\d\d)\b"),
)
_LATER = re.compile(r"(?i)\b(?:updated|modified|last (?:edited|reviewed))\b")
_DATELINE = re.compile(r"^([A-Z][A-Z .'/-]{2,40}?)(?:,[^()—–-]{2,30})?(?: \([A-Z][\w ./]{1,20}\))? ?(?:—|–|--| - )")
_DAY_WORDS = re.compile(
    r"\b(?:(?:on|last|next|late|early) )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:['’]s)?\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b(?:, (?:19|20)\d\d)?"
    r"|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(?:today|yesterday|tomorrow|earlier this week|last (?:week|month|year)|this (?:week|month|year))\b"
    r"|\b(?:since|in|last) (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_DAY_LETTERS = re.compile(
    "day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|tomorrow|earlier this week|(?:last|this) (?:week|month|year)"
)
_MOST_EVIDENCE = 12
_NAME = re.compile(r"\b[A-Z][\w’'&]*(?:[ -](?:of |the )?[A-Z][\w’'&]*){0,3}")
_BECKON = re.compile(
    r"(?i)\b(?:join|with|from|by|to|©|copyright|follow|on|at|support|start) +(?:your +|the +|\d{4} +)?"
)
_NOT_NAMES = """us our pro start free member team us now today account new the email premium facebook twitter instagram
youtube linkedin google whatsapp telegram apple android ios monday tuesday wednesday thursday friday saturday
sunday january february march april may june july august september october november december"""
_NOT_A_NAME = frozenset(_NOT_NAMES.split())
_SMALL_WORDS = {
    "en": "the of and to in that for was with is on as said by has at it from be were",
    "de": "der die und das den von zu mit ist nicht ein eine auf für im dem sich auch des",
    "fr": "le la les des et du est dans une pour que qui sur par au pas plus avec ce",
    "es": "el la los las de y que en del por con para una su se al es lo como",
    "pt": "o os as de e que do da em não para com uma por no na se mais dos",
    "it": "il di che la e per un del è della con le si non sono nel una alla da",
    "nl": "de het een van en in dat op te is voor met zijn niet aan er om ook door",
    "tr": "ve bir bu da için ile olarak çok olan daha de gibi sonra kadar ise olduğunu",
}
_WORDS_BY_LANGUAGE = {language: tuple(words.split()) for language, words in _SMALL_WORDS.items()}
_SCRIPTS = (
    ("fa", re.compile("[پچژگکی]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
)


def language_of(text: str) -> str:
    """Return the language of a text by its script and its small words; "" when neither says enough."""
    sample = text[:3000]
    # Other scripts take two bytes a letter or more.
    is_other = len(sample.encode("utf-8", "replace")) > 1.1 * len(sample)
    letters = (sum(map(str.isalpha, sample)) or 1) if is_other else 1
    for language, script in _SCRIPTS if is_other else ():
        share = len(script.findall(sample)) / letters
        # Four letters set Persian apart; each Arabic text lacks them.
        if share > (0.03 if language == "fa" else 0.4):
            return language
    words = Counter(marks.words_of(sample.casefold()))
    total = sum(words.values())
    found = {language: sum(map(words.get, small, repeat(0))) for language, small in _WORDS_BY_LANGUAGE.items()}
    best = max(found, key=lambda language: found[language])
    return best if total >= 8 and found[best] / total >= 0.12 else ""


def day_in(text: str, latest: str = "") -> str:
    """Return the one day a line states in full (`2020-01-02`); "" for none, and for 03/04/2020, which may be two."""
    for form in _STATED:
        for found in form.finditer(text):
            parts = found.groupdict()
            month = int(parts["number"]) if parts.get("number") else _MONTHS[parts["month"][:3].lower()]
            day = int(parts["day"])
            if 1 <= month <= 12 and 1 <= day <= 31:
                stated = f"{parts['year']}-{month:02}-{day:02}"
                if not latest or stated <= latest:
                    return stated
    return ""


def date_of_head(head: Sequence[str], latest: str = "") -> str:
    """Return the day stated between title and text; one that is marked as an update counts only beside no other."""
    later = ""
    for line in head:
        if len(line) > 200:
            continue
        stated = day_in(line, latest)
        if stated and not _LATER.search(line):
            return stated
        later = later or stated
    return later


def authors_of_head(head: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the byline that stands above a text."""
    for line in head:
        if len(line) < 160 and marks.BYLINE.match(line):
            return names_in(line)
    return ()


def names_in(byline: str) -> tuple[str, ...]:
    """Return the people a byline names, without `By`, offices and addresses."""
    text = re.sub(r"^\W*(?:\w+ )?(?:[Bb][Yy]|[Vv]on|[Pp]ar|[Pp]or)\b[:\s]+", "", byline)
    text = re.split(r"\s[|•·–—-]\s|\d|https?:|\(|\bfor the\b|\bUpdated\b|\bPublished\b|\bPosted\b", text)[0]
    names = re.split(r"\s*(?:,|;|&|\band\b|/|\bund\b|\bet\b)\s*", text)
    found = [name.strip(" .,:") for name in names]
    return tuple(name for name in found if 2 <= len(name) <= 60 and len(name.split()) <= 5 and name[:1].isupper())


def dateline_of(paragraph: str) -> str:
    """Return the place of a wire's dateline: `BAGHDAD (Wire) - …` is `Baghdad`."""
    found = _DATELINE.match(paragraph)
    return found[1].strip().title() if found else ""


def day_words(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return the words by which a text speaks of its day, with the paragraph they stand in; the first twelve."""
    found: dict[str, None] = {}
    for number, paragraph in enumerate(paragraphs, 1):
        # Half of all paragraphs have none of these letters, and these are looked for much sooner.
        for words in _DAY_WORDS.finditer(paragraph) if _DAY_LETTERS.search(paragraph) else ():
            found[f'"{words[0].strip()}" (paragraph {number})'] = None
            if len(found) == _MOST_EVIDENCE:
                return tuple(found)
    return tuple(found)


def source_around(around: Sequence[str], paragraphs: Sequence[str]) -> str:
    """Return the name that the lines around an article give themselves and the article never uses; "" for none."""
    body = " ".join(paragraphs)
    counted: Counter[str] = Counter()
    # Most lines around an article are one word of a menu.
    lines = "\n".join([line for line in around if " " in line])
    for beckon in _BECKON.finditer(lines):
        found = _NAME.match(lines, beckon.end())
        if found:
            name = re.sub(r" (?:PRO|Plus|Premium|Today|Newsletters?|Now|Members?)\b.*$", "", found[0])
            name = re.sub(r"['’]s?$", "", name)
            if name.split()[0].casefold() not in _NOT_A_NAME and len(name) > 2 and name not in body:
                counted[name] += 1
    for name, times in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        if times >= 2:
            return name
    return ""
