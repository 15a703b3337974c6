"""Make an article of one raw file: read, cleaned, judged, and ready to be written; nothing is written here.

A pure function of the file and of what the site says, so that many can be made at once, in other processes or on other
machines. What depends on the articles that stand already (copies, names, what is known) is settled by the desk.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from generator.config import IngestRules, Tagging
from generator.errors import IngestError
from generator.ingest.article_file import ArticleFile, article_file
from generator.ingest.clean import folded
from generator.ingest.commonmark import plain
from generator.ingest.duplicates import Report, report
from generator.ingest.extracted import extract
from generator.ingest.facts import Said, facts_of
from generator.ingest.fit import check_size, seen
from generator.ingest.forms import read_form
from generator.ingest.notes import Note
from generator.ingest.raw import NOTHING_STATED, TRY_AGAIN, Stated, told
from generator.ingest.reader import NOT_READ, Reading
from generator.ingest.tag import Tagger, TopicScore, score_of, tag, tagger
from generator.model.source import Source
from generator.model.topic import Topic
from generator.named import NamedTuple


class Task(NamedTuple):
    """One raw file to be made an article: its bytes, and what a person and its wrapping say of it.

    `entry` is what a feed calls it; `kind` what a person said it is; `reading` what a site's command made of it, where
    that is known already.
    """

    where: str
    name: str
    content: bytes
    sha256: str
    said: Said = Said()
    kind: str = ""
    stated: Stated = NOTHING_STATED
    entry: str = ""
    reading: Reading = NOT_READ


class Rules(NamedTuple):
    """What a site says of how its raw files are to be read."""

    topics: tuple[Topic, ...]
    sources: tuple[Source, ...]
    tagging: Tagging
    ingest: IngestRules
    language: str
    now: datetime


class Prepared(NamedTuple):
    """An article that is made and not yet written.

    `whole` is its text where rights keep some of it out of the file; `doubtful` is what a person should look at.
    """

    file: ArticleFile
    compared: Report
    title: str
    url: str
    source: str
    retrieved: str
    topics: tuple[TopicScore, ...]
    held: tuple[str, ...]
    doubtful: tuple[str, ...]
    evidence: tuple[str, ...]
    whole: str = ""


class Refused(NamedTuple):
    """Why a raw file could not be made an article."""

    message: str


def prepare(task: Task, rules: Rules) -> Prepared | Refused:
    """Return the article in a raw file, or why there is none; no file, however broken, raises anything."""
    try:
        return _prepared(task, rules)
    except IngestError as fault:
        return Refused(told(fault, task.name, task.where))
    except OSError as fault:
        return Refused(f"{task.where}: it cannot be read ({(fault.strerror or str(fault)).lower()}).\n  {TRY_AGAIN}")
    except Exception as fault:
        # Among ten thousand pages of the web there is one that a library stumbles over; the others are still wanted.
        return Refused(
            f"{task.where}: Dateline failed on this file ({type(fault).__name__}: {seen(str(fault)[:200])}).\n"
            "  Please report it; save the report as plain text to take it in meanwhile."
        )


def _prepared(task: Task, rules: Rules) -> Prepared:
    item = read_form(task.name, task.content, task.kind, task.stated, rules.ingest, reading=task.reading)
    sources = {source.key: source for source in rules.sources}
    source = sources.get(task.said.source or task.said.note.source)
    known = frozenset(map(folded, source.boilerplate)) if source else frozenset()
    found = extract(item, latest=rules.now.date().isoformat(), boilerplate=known)
    facts = facts_of(item, found, task.said, sources, now=rules.now, site_language=rules.language)
    text = plain(found.body)
    topics = tag(facts.title, text, _tagger(rules.topics, rules.tagging))
    file = article_file(facts._replace(topics=topics, keep_in_archive=rules.ingest.keep == "archive"))
    check_size(task.name, file.body)
    return Prepared(
        file=file,
        compared=report(facts.sha256[:12], facts.day[:10], facts.title, text),
        title=facts.title,
        url=facts.url,
        source=facts.source.key if facts.source else "",
        retrieved=facts.retrieved,
        topics=topics,
        held=facts.held,
        doubtful=facts.doubtful,
        evidence=found.evidence if facts.held else (),
        whole=found.body if file.words_left_out else "",
    )


@lru_cache(maxsize=2)
def _tagger(topics: tuple[Topic, ...], rules: Tagging) -> Tagger:
    return tagger(topics, rules)


def task_of(row: Any) -> Task:
    """Return the task that was sent as plain data."""
    task = Task(*row)
    said = Said(*task.said)
    reading = Reading(*task.reading)
    return task._replace(said=said._replace(note=Note(*said.note)), stated=_stated(task.stated), reading=reading)


def outcome_of(row: Any) -> Prepared | Refused:
    """Return the outcome that was sent as plain data."""
    if len(row) == 1:
        return Refused(*row)
    made = Prepared(*row)
    key, day, title, body, sample = made.compared
    compared = Report(key, day, frozenset(title), body, frozenset(sample))
    return made._replace(
        file=ArticleFile(*made.file), compared=compared, topics=tuple(score_of(each) for each in made.topics)
    )


def _stated(row: Any) -> Stated:
    stated = Stated(*row)
    return stated._replace(authors=tuple(stated.authors))
