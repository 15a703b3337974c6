"""`dateline topics rename`, `merge` and `split`: one command that changes a topic and everything that names it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator.cli.site_arguments import add_now, add_root, now_of
from generator.errors import UsageError, did_you_mean
from generator.files import rewrite_all
from generator.load.scan import CONTENT
from generator.registry.carry import Carried
from generator.registry.content import Content, read_content
from generator.registry.plan import Plan, Step, planned, rewrites, sound
from generator.registry.rename import merged, renamed
from generator.registry.split import Parting, forms_of, parted
from generator.text.slug import is_slug, slug_of

GOOD = 0
CHANGES = ("rename", "merge", "split")
_ONE = {"articles": "article", "briefings": "briefing", "topics": "topic", "pages": "page", "site.yaml": "site.yaml"}


def add_changes(things: Any) -> None:
    """Add the commands that change topics."""
    rename = things.add_parser("rename", help="give a topic another id")
    rename.add_argument("old", metavar="OLD", help="the topic's id")
    rename.add_argument("new", metavar="NEW", help="the id it gets")
    rename.add_argument("--title", default="", metavar="TITLE", help="another title too")
    merge = things.add_parser("merge", help="make one topic of several")
    merge.add_argument("sources", nargs="+", metavar="FROM", help="the topics that become part of another")
    merge.add_argument("into", metavar="INTO", help="the topic they become part of")
    split = things.add_parser("split", help="part a topic in two")
    split.add_argument("topic", metavar="TOPIC", help="the topic's id")
    split.add_argument("new", metavar="NEW", help="the id of the topic that comes of it")
    split.add_argument("--title", default="", metavar="TITLE", help="the new topic's name (default: made from the id)")
    split.add_argument(
        "--form", action="append", default=[], metavar="FORM", help="a form that it takes; may come again"
    )
    split.add_argument(
        "--where", action="append", default=[], metavar="PATH", help="articles that it takes; may come again"
    )
    for each in (rename, merge, split):
        each.add_argument("--dry-run", action="store_true", help="show every line that would change, and write nothing")
        each.add_argument("--json", action="store_true", help="print one JSON line for each file")
        add_root(each)
        add_now(each)


def change_topics(options: argparse.Namespace, root: Path) -> int:
    """Plan the change, show it or write it; a site that would have faults then stays as it is."""
    content = read_content(root, now_of(options))
    before = sound(content)
    change, heir, moved_from = _change(options, content, root)
    plan = planned(content, before, change, heir, moved_from=moved_from)
    for note in plan.notes:
        print(note.text(), file=sys.stderr)
    if not options.dry_run:
        rewrite_all(root, rewrites(plan, root))
    for step in plan.steps:
        if options.json:
            print(json.dumps(_row(step, is_written=not options.dry_run), ensure_ascii=False))
        elif options.dry_run:
            print(_lines(step))
    if not options.json:
        print(f"{_counted(plan)} {'would change. Nothing was written.' if options.dry_run else 'changed.'}")
    return GOOD


def _change(options: argparse.Namespace, content: Content, root: Path) -> tuple[Carried, str, str]:
    """Return the change asked for, the topic that answers for old addresses, and the id it had where it moves."""
    if options.thing == "rename":
        unknown = _unknown(content, [options.old])
        if options.old == options.new and not unknown:
            _refuse([f'The topic is called "{options.old}" already.'])
        _refuse([*unknown, *_unfit(content, options.new)])
        return renamed(content, options.old, options.new, options.title), options.new, options.old
    if options.thing == "merge":
        sources = list(dict.fromkeys(options.sources))
        own = [f'"{options.into}" cannot become part of itself.'] if options.into in sources else []
        _refuse([*_unknown(content, [*sources, options.into]), *own])
        return merged(content, sources, options.into), options.into, ""
    unknown = _unknown(content, [options.topic])
    wrong = [*unknown, *_unfit(content, options.new)]
    if not options.form and not options.where:
        wrong.append("Say what the new topic takes: --form for forms that name it, --where for articles.")
    if not unknown:
        wrong += _unknown_forms(content, options.topic, options.form)
    paths, lost = _content_paths(options.where, root)
    _refuse([*wrong, *lost])
    title = options.title or options.new.replace("-", " ").capitalize()
    parting = Parting(options.topic, options.new, title, tuple(dict.fromkeys(options.form)), tuple(paths))
    return parted(content, parting), options.new, ""


def _refuse(wrong: Sequence[str]) -> None:
    if wrong:
        raise UsageError("\n".join(dict.fromkeys(wrong)))


def _unknown(content: Content, ids: Sequence[str]) -> list[str]:
    known = content.topics
    return [f'There is no topic "{id}".{did_you_mean(id, known)}' for id in ids if id not in known]


def _unfit(content: Content, id: str) -> list[str]:
    if not is_slug(id):
        return [f'"{id}" cannot be the id of a topic: small letters, digits and hyphens can: {slug_of(id)}']
    if id in content.topics:
        return [f'There is a topic "{id}" already. To make one of the two: dateline topics merge OLD {id}']
    return []


def _unknown_forms(content: Content, topic: str, forms: Sequence[str]) -> list[str]:
    known = forms_of(content, topic)
    wrong = [f'"{form}" is no form of "{topic}".{did_you_mean(form, known)}' for form in forms if form not in known]
    if not wrong and known and set(known) <= set(forms):
        wrong.append(f'These are all the forms of "{topic}". To give it another id: dateline topics rename')
    return wrong


def _content_paths(given: Sequence[str], root: Path) -> tuple[list[str], list[str]]:
    found, lost = [], []
    for path in given:
        place = Path(os.path.abspath(path))
        if not place.exists() or not place.is_relative_to(root / CONTENT):
            lost.append(f'"{path}" is no file or folder of {root / CONTENT}.')
        else:
            found.append(place.relative_to(root / CONTENT).as_posix())
    return found, lost


def _row(step: Step, *, is_written: bool) -> dict[str, object]:
    return {
        "file": step.path,
        "from": step.moved_from or (step.path if step.old is not None else None),
        "stays": step.new is not None,
        "changes": [each._asdict() for each in step.differences()],
        "written": is_written,
    }


def _lines(step: Step) -> str:
    """Return a file's change as a person reads it: place, what stands there, what will."""
    if step.new is None:
        return f"{step.path}: goes"
    heads = []
    if step.moved_from:
        heads.append(f"{step.moved_from}: becomes {step.path}")
    elif step.old is None:
        heads.append(f"{step.path}: new")
    place = step.moved_from or step.path
    for difference in step.differences():
        if step.old is not None:
            heads.append(f"{place}:{difference.line}")
        was, will_be = difference.shown()
        heads += [f"  - {row}" for row in was if step.old is not None]
        heads += [f"  + {row}" for row in will_be]
    return "\n".join(heads)


def _counted(plan: Plan) -> str:
    told = [
        kind if kind == "site.yaml" else f"{number:,} {_ONE[kind] if number == 1 else kind}"
        for kind, number in plan.counted()
    ]
    total = len(plan.steps)
    return f"{total:,} file{'' if total == 1 else 's'} ({', '.join(told)})"
