"""Read topics from one file of forms (`dateline tag --topics FILE`), besides a site's own `content/topics/`.

The file is `topics: {id: {name, aliases, cased, context, exclude, veto_context}}`; where it wants other thresholds,
`scoring: {threshold, threshold_short}` besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.config import Tagging
from generator.errors import Diagnostic, IngestError
from generator.model.topic import Form, Topic
from generator.text import frontmatter
from generator.text.block import bare


def read_lexicon(path: Path) -> tuple[tuple[Topic, ...], Tagging]:
    """Return the topics of a file of forms and its thresholds; raises IngestError with every fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise IngestError(f"{path}: the topics cannot be read ({fault}).") from fault
    values, faults = frontmatter.read_keys(text)
    if faults:
        raise IngestError(
            "The topics cannot be read.",
            [Diagnostic(str(path), fault.line, fault.message, fault.advice) for fault in faults],
        )
    plain = bare(values)
    topics = plain.get("topics")
    if not isinstance(topics, Mapping) or not topics:
        raise IngestError(f'{path}: there is no key "topics" with topics in it.')
    scoring = plain.get("scoring", {})
    rules = Tagging(
        float(scoring.get("threshold", Tagging().threshold)),
        float(scoring.get("threshold_short", Tagging().threshold_short)),
    )
    return tuple(_topic(key, entry, place) for place, (key, entry) in enumerate(topics.items())), rules


def _topic(key: str, entry: Mapping[str, Any], order: int) -> Topic:
    plain = _forms(entry.get("aliases", ()), cased=False)
    cased = _forms(entry.get("cased", ()), cased=True)
    return Topic(
        id=key,
        title=str(entry.get("name") or entry.get("title") or key),
        path="",
        body=b"",
        order=order,
        forms=(*plain, *cased),
        context=tuple(map(str, entry.get("context", ()))),
        excluded=tuple(map(str, entry.get("exclude", ()))),
        veto=tuple(map(str, entry.get("veto_context") or entry.get("veto") or ())),
    )


def _forms(listed: Any, *, cased: bool) -> tuple[Form, ...]:
    forms = []
    for one in listed:
        if isinstance(one, Mapping):
            forms += [Form(str(text), float(weight), cased) for text, weight in one.items()]
        else:
            forms.append(Form(str(one), 1.0, cased))
    return tuple(forms)
