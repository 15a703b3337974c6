"""Give a topic another id, and make one topic of several."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.errors import WARNING, Diagnostic
from generator.load.scan import CONTENT
from generator.model import route
from generator.model.topic import Topic
from generator.registry.carry import Carried, carried, with_front
from generator.registry.content import Content
from generator.registry.front import text_of, with_ids, with_items, with_values, without_items
from generator.registry.links import without_links_home
from generator.text.block import bare
from generator.text.frontmatter import normalised, read, split

LISTS = ("context", "exclude", "veto")
DATED = {"status": "date", "corrections": "at"}


def file_of(id: str) -> str:
    """Return the content path of a topic's file."""
    return f"topics/{id}.md"


def renamed(content: Content, old: str, new: str, title: str = "") -> Carried:
    """Return the change that gives the topic `old` the id `new`, and another title if one is given."""
    found = carried(content, {old: new})
    text = found.texts.get(file_of(old)) or content.texts[file_of(old)]

    def change(front: str) -> str:
        values = _values(front)
        if title and title != values["title"]:
            if not (values.get("aliases") or values.get("cased")):
                # Without forms a topic is named by its title alone, and texts go on naming it by the old one.
                front = with_values(front, {"aliases": [values["title"], title]})
            front = with_ids(front, "title", {values["title"]: title})
        front = without_items(front, "redirect_from", (route.topic(new), route.topic(new).rstrip("/")))
        return with_items(front, "redirect_from", [route.topic(old)])

    found.texts[file_of(old)] = None
    found.texts[file_of(new)] = with_front(text, change)
    return found


def merged(content: Content, sources: Sequence[str], into: str) -> Carried:
    """Return the change that makes `sources` part of the topic `into`: forms, backgrounders, statuses and articles."""
    moved = dict.fromkeys(sources, into)
    found = carried(content, moved)
    text = found.texts.get(file_of(into)) or content.texts[file_of(into)]
    notes = list(found.notes)
    for id in sources:
        theirs = found.texts.get(file_of(id)) or content.texts[file_of(id)]
        text = _with_topic(text, theirs, content.topics[id])
        notes += _silenced(content.topics[id], content.topics[into])
        found.texts[file_of(id)] = None
    body = without_links_home(file_of(into), split(text).body)
    found.texts[file_of(into)] = with_front(text, lambda front: _without_itself(front, into), body)
    return found._replace(notes=tuple(notes))


def _with_topic(text: str, theirs: str, topic: Topic) -> str:
    """Return a topic's file with all that another one holds."""
    their_front = _values(split(theirs).front)
    body, their_body = split(text).body, split(theirs).body.strip("\n")
    if their_body:
        begun = f"{body.rstrip()}\n\n" if body.strip() else "\n"
        body = f"{begun}## {topic.title}\n\n{_one_level_down(their_body)}\n"
    return with_front(text, lambda front: _with_front_of(front, their_front, topic), body)


def _one_level_down(body: str) -> str:
    """Return a backgrounder whose headings stand below the heading that it gets."""
    rows, fence = [], ""
    for row in body.split("\n"):
        mark = re.match(r" {0,3}(`{3,}|~{3,})", row)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        rows.append(f"#{row}" if not fence and re.match(r"#{1,5} ", row) else row)
    return "\n".join(rows)


def _with_front_of(front: str, theirs: Mapping[str, Any], topic: Topic) -> str:
    ours = _values(front)
    names = {**theirs.get("names", {}), **ours.get("names", {})}
    surplus = [name for language, name in theirs.get("names", {}).items() if names[language] != name]
    front = _with_forms(front, ours, theirs, surplus)
    if names != ours.get("names", {}):
        front = with_values(front, {"names": names})
    for key in LISTS:
        had = _listed(ours.get(key))
        front = with_items(front, key, [item for item in _listed(theirs.get(key)) if item not in had])
    for key, day in DATED.items():
        if theirs.get(key):
            rows = [*_listed(ours.get(key)), *_listed(theirs[key])]
            front = with_values(front, {key: sorted(rows, key=lambda row: str(row.get(day)))})
    related = [id for id in _listed(theirs.get("related")) if id not in _listed(ours.get("related"))]
    front = with_items(front, "related", related)
    had = _listed(ours.get("redirect_from"))
    return with_items(
        front, "redirect_from", [old for old in (route.topic(topic.id), *topic.redirect_from) if old not in had]
    )


def _with_forms(front: str, ours: Mapping[str, Any], theirs: Mapping[str, Any], surplus: Sequence[str]) -> str:
    """Return front matter with the forms of another topic too; links are chosen anew where either chose them."""
    known = {text_of(item) for key in ("aliases", "cased") for item in _listed(ours.get(key))}
    known |= set(ours.get("names", {}).values())
    is_named_by_title = not (ours.get("aliases") or ours.get("cased"))
    added = [ours["title"]] if is_named_by_title else []
    theirs_named = _listed(theirs.get("aliases")) or ([] if theirs.get("cased") else [theirs["title"]])
    added += [item for item in (*theirs_named, *surplus) if text_of(item) not in known]
    cased = [item for item in _listed(theirs.get("cased")) if text_of(item) not in known]
    front = with_items(front, "aliases", _once(added))
    front = with_items(front, "cased", _once(cased))
    if "link" not in ours and "link" not in theirs:
        return front
    linked = _linked(ours)
    wanted = [text for text in (*linked, *_linked(theirs)) if text_of(text)]
    return with_items(front, "link", [text for text in dict.fromkeys(wanted) if text not in _listed(ours.get("link"))])


def _linked(values: Mapping[str, Any]) -> list[str]:
    """Return the forms of a topic that become links."""
    if "link" in values:
        return _listed(values["link"])
    plain = _listed(values.get("aliases")) or ([] if values.get("cased") else [values["title"]])
    full = [text_of(item) for item in plain if not isinstance(item, dict) or float(next(iter(item.values()))) >= 1]
    return [*full, *map(text_of, _listed(values.get("cased"))), *values.get("names", {}).values()]


def _without_itself(front: str, into: str) -> str:
    front = without_items(front, "related", (into,))
    front = without_items(front, "redirect_from", (route.topic(into), route.topic(into).rstrip("/")))
    return with_values(front, {"parent": None}) if _values(front).get("parent") == into else front


def _silenced(topic: Topic, into: Topic) -> list[Diagnostic]:
    """Return a word on vetoes, which from now on silence both topics' forms."""
    new = [word for word in topic.veto if word not in into.veto]
    if not new:
        return []
    message = f'The veto words of "{topic.id}" now silence the forms of "{into.id}" too: {", ".join(new)}.'
    advice = "See what that changes: dateline topics diff"
    return [Diagnostic(f"{CONTENT}/{into.path}", 0, message, advice, WARNING)]


def _values(front: str) -> dict[str, Any]:
    values: dict[str, Any] = bare(read(normalised(front), 1)[0])
    return values


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _once(items: Sequence[Any]) -> list[Any]:
    """Return each form once, with its weight as a number."""
    found: dict[str, Any] = {}
    for item in items:
        typed = {text: float(weight) for text, weight in item.items()} if isinstance(item, dict) else item
        found.setdefault(text_of(item), typed)
    return list(found.values())
