"""A change of topics made ready to be written: judged as a whole, with every old address leading somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from generator.config_file import SITE_FILE
from generator.errors import Diagnostic, GeneratorError, in_order
from generator.files import Rewrite, read_bytes
from generator.load.scan import CONTENT
from generator.load.validate import Loaded
from generator.model import route
from generator.model.old_addresses import months_of, of_topic
from generator.named import NamedTuple
from generator.registry.carry import Carried, with_front
from generator.registry.content import Content
from generator.registry.front import with_items
from generator.registry.lines import Difference, differences


class Step(NamedTuple):
    """One file that changes; `moved_from` is where it stood, and `old` or `new` is None where there is no file."""

    path: str
    old: str | None
    new: str | None
    moved_from: str = ""

    def differences(self) -> list[Difference]:
        """Return the lines that change."""
        return differences(self.old or "", self.new or "") if self.new is not None else []


class Plan(NamedTuple):
    """Every file that changes, and what a person should look at besides."""

    steps: tuple[Step, ...]
    notes: tuple[Diagnostic, ...]

    def counted(self) -> list[tuple[str, int]]:
        """Return how many files of each folder change."""
        kinds = Counter(step.path.removeprefix(f"{CONTENT}/").partition("/")[0] for step in self.steps)
        return sorted(kinds.items())


def sound(content: Content) -> Loaded:
    """Return the content judged; raises GeneratorError with every error that stands in it."""
    loaded = content.loaded()
    if loaded.errors:
        raise GeneratorError("The site has faults, and topics are changed in a sound one only.", loaded.errors)
    return loaded


def planned(content: Content, before: Loaded, change: Carried, heir: str, *, moved_from: str = "") -> Plan:
    """Return the plan of a change; raises GeneratorError with everything that would be wrong after it.

    The topic `heir` gets the old addresses that no other topic answers; `moved_from` is the topic it was before.
    """
    if change.faults:
        raise GeneratorError("Nothing was written.", in_order(change.faults))
    after = content.changed(change.texts, change.settings)
    loaded = _sound_after(after)
    lost = _lost(before, loaded)
    if lost:
        path = f"topics/{heir}.md"
        text = with_front(after.texts[path], lambda front: with_items(front, "redirect_from", lost))
        after = after.changed({path: text})
        _sound_after(after)
    known = {(fault.path, fault.message) for fault in before.faults}
    new = [fault for fault in loaded.faults if (fault.path, fault.message) not in known]
    return Plan(tuple(_steps(content, after, heir, moved_from)), in_order((*change.notes, *new)))


def rewrites(plan: Plan, root: Path) -> Iterator[Rewrite]:
    """Yield what is to be written, and what must still stand there for it; raises GeneratorError where it does not."""
    for step in plan.steps:
        place = step.moved_from or step.path
        old = None
        if step.old is not None:
            old = read_bytes(str(root / place))
            if old.decode("utf-8") != step.old:
                raise GeneratorError(f"{place}: the file has changed meanwhile. Nothing was written; run it again.")
        new = step.new.encode("utf-8") if step.new is not None else None
        if step.moved_from:
            yield Rewrite(step.moved_from, old, None)
            old = None
        yield Rewrite(step.path, old, new)


def _sound_after(content: Content) -> Loaded:
    loaded = content.loaded()
    if loaded.errors:
        raise GeneratorError("The site would have these faults then. Nothing was written.", loaded.errors)
    return loaded


def _steps(before: Content, after: Content, heir: str, moved_from: str) -> Iterator[Step]:
    if after.settings != before.settings:
        yield Step(SITE_FILE, before.settings, after.settings)
    old_path, new_path = f"topics/{moved_from}.md", f"topics/{heir}.md"
    for path in sorted({*before.texts, *after.texts}):
        old, new = before.texts.get(path), after.texts.get(path)
        if old == new or (moved_from and path == old_path):
            continue
        if moved_from and path == new_path:
            yield Step(f"{CONTENT}/{path}", before.texts[old_path], new, f"{CONTENT}/{old_path}")
        else:
            yield Step(f"{CONTENT}/{path}", old, new)


def _lost(before: Loaded, after: Loaded) -> list[str]:
    """Return the addresses of topics' months, old ones too, that would lead nowhere."""
    answered = set(_answered(after))
    return [address for address in _answered(before) if address not in answered]


def _answered(loaded: Loaded) -> list[str]:
    """Return the address of every topic, its feed and every month of one, and every old address of one."""
    months = months_of(loaded.published.articles)
    found: list[str] = []
    for topic in loaded.published.topics:
        found += (route.topic(topic.id), route.topic_feed(topic.id))
        found += (route.topic_month(topic.id, month) for month in months.get(topic.id, ()))
        found += (old.old for old in of_topic(topic, months))
    return found
