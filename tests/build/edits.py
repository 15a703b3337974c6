"""Random edits to a small site: each a function of the site and a few numbers, so that a run can be repeated."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from tests.build.small_site import Site

Edit = Callable[[Site, int], None]
WORDS = ("Baghdad", "Tehran", "guard", "gate", "rocket", "envoy", "Basra", "oil", "Kirkuk", "statement")
DAYS = ("2019-12-31", "2020-01-01", "2020-01-02", "2020-01-03", "2020-02-01")


def _articles(site: Site) -> list[str]:
    return sorted(path.relative_to(site.root).as_posix() for path in (site.root / "content/articles").rglob("*.md"))


def _pick(site: Site, number: int) -> str:
    found = _articles(site)
    return found[number % len(found)] if found else ""


def _sentence(number: int) -> str:
    return " ".join(WORDS[(number >> shift) % len(WORDS)] for shift in (0, 2, 5, 7, 11)) + "."


def body(site: Site, number: int) -> None:
    path = _pick(site, number)
    if path:
        text = (site.root / path).read_text(encoding="utf-8")
        front = text.rsplit("---\n", 1)[0]
        site.write(path, f"{front}---\nReport: {_sentence(number)}\n\n{_sentence(number // 3)}\n")


def _front(site: Site, number: int, key: str, value: str) -> None:
    _front_of(site, _pick(site, number), key, value)


def _front_of(site: Site, path: str, key: str, value: str) -> None:
    if path:
        lines = (site.root / path).read_text(encoding="utf-8").split("\n")
        end = lines.index("---", 1)
        kept = [line for line in lines[1:end] if not line.startswith(f"{key}:")]
        added = [f"{key}: {value}"] if value else []
        site.write(path, "\n".join(["---", *kept, *added, *lines[end:]]))


def title(site: Site, number: int) -> None:
    _front(site, number, "title", f"Title {number % 7} of {WORDS[number % len(WORDS)]}")


def summary(site: Site, number: int) -> None:
    _front(site, number, "summary", _sentence(number) if number % 3 else "")


def weight(site: Site, number: int) -> None:
    _front(site, number, "weight", str(number % 4))


def copy_of(site: Site, number: int) -> None:
    lead = "content/articles/2020/01/02/crowds.md"
    if _pick(site, number) != lead and (site.root / lead).exists():
        _front(site, number, "copy_of", '"../02/crowds.md"' if number % 2 else "")


def link(site: Site, number: int) -> None:
    """Link from one article to another one, or to a topic."""
    path, target = _pick(site, number), _pick(site, number // 5)
    if path:
        found = "content/topics/iran.md" if number % 3 == 0 else target
        place = os.path.relpath(found, os.path.dirname(path))
        text = (site.root / path).read_text(encoding="utf-8").rsplit("\nSee [", 1)[0].rstrip("\n")
        site.write(path, f"{text}\nSee [this]({place}).\n")


def lead_of_day(site: Site, number: int) -> None:
    """Let a briefing name an article with the editor's own sentence."""
    path = _pick(site, number)
    if path:
        entry = f"- [Entry](../{path.removeprefix('content/')}) {_sentence(number)}"
        site.write("content/briefings/2020-01-02.md", f"## Section {number % 3}\n\n{entry}\n")


def arrange(site: Site, number: int) -> None:
    """Arrange a day: its sections, entries, sentences, lead, order of topics, takeaways, corrections."""
    found = [path.removeprefix("content/") for path in _articles(site)]
    chosen = [path for place, path in enumerate(found) if number >> place & 1]
    front = [
        f"takeaways: [Takeaway {number % 9}.]" if number % 3 else "",
        f"lead: ../{chosen[-1]}" if chosen and number % 5 else "",
        "order: [iran, iraq]" if number % 2 else "",
        "as_of: 2020-01-02T08:00+03:00" if number % 7 else "",
        f"corrections: [{{at: 2020-01-03, kind: corrected, text: Number {number}.}}]" if number % 4 == 0 else "",
    ]
    rows = [f"- [Entry](../{path}) {_sentence(number + place)}" for place, path in enumerate(chosen)]
    text = "\n".join(
        ["---", *filter(None, front), "---", f"## Section {number % 2}", "", *rows, "", "## Last", "", "End."]
    )
    site.write("content/briefings/2020-01-02.md", f"{text}\n")


def backgrounder(site: Site, number: int) -> None:
    """Write a topic's text, its status or a correction of it."""
    path = f"content/topics/{('iraq', 'iran')[number % 2]}.md"
    if number % 3 == 0:
        _front_of(
            site, path, "status", f"[{{date: 2020-01-0{1 + number % 7}, trend: worse, reason: Number {number}.}}]"
        )
    elif number % 3 == 1:
        _front_of(site, path, "corrections", f"[{{at: 2020-01-02, kind: corrected, text: Number {number}.}}]")
    else:
        front = (site.root / path).read_text(encoding="utf-8").rsplit("---\n", 1)[0]
        site.write(path, f"{front}---\nBeside [Iran](iran.md). {_sentence(number)}\n")


def heading(site: Site, number: int) -> None:
    """Give an article another heading."""
    path = _pick(site, number)
    if path:
        text = (site.root / path).read_text(encoding="utf-8").split("\n## Part")[0].rstrip("\n")
        site.write(path, f"{text}\n\n## Part {number % 3}\n\n{_sentence(number)}\n")


def link_to_heading(site: Site, number: int) -> None:
    """Link from an article to a heading that is there or is not, of an article or of a day."""
    path, target = _pick(site, number), _pick(site, number // 5)
    if path:
        found = f"{target}#part-{number % 3}" if number % 2 else f"content/briefings/2020-01-02.md#section-{number % 2}"
        place = os.path.relpath(found, os.path.dirname(path))
        text = (site.root / path).read_text(encoding="utf-8").rsplit("\nSee [", 1)[0].rstrip("\n")
        site.write(path, f"{text}\nSee [that part]({place}).\n")


def topics(site: Site, number: int) -> None:
    _front(site, number, "topics", ("[iraq]", "[iran]", "[iraq, iran]", "[]")[number % 4])


def date(site: Site, number: int) -> None:
    _front(site, number, "date", DAYS[number % len(DAYS)] + ("T09:30+03:00" if number % 3 else ""))


def edition(site: Site, number: int) -> None:
    _front(site, number, "edition", DAYS[number % len(DAYS)] if number % 2 else "")


def publish_at(site: Site, number: int) -> None:
    _front(site, number, "publish_at", "2020-06-01T00:00Z" if number % 2 else "")


def draft(site: Site, number: int) -> None:
    _front(site, number, "draft", "true" if number % 2 else "")


def correction(site: Site, number: int) -> None:
    _front(site, number, "corrections", f"[{{at: 2020-01-0{1 + number % 5}, kind: corrected, text: Number {number}.}}]")


def new_article(site: Site, number: int) -> None:
    day = DAYS[number % len(DAYS)]
    path = f"content/articles/{day.replace('-', '/')}/new-{number % 50}.md"
    front = f"---\ntitle: New {number}\ndate: {day}\ntopics: [{'iraq' if number % 2 else 'iran'}]\n---\n"
    site.write(path, front + _sentence(number) + "\n")


def delete(site: Site, number: int) -> None:
    path = _pick(site, number)
    if path:
        (site.root / path).unlink()


def rename(site: Site, number: int) -> None:
    path = _pick(site, number)
    if path:
        place = site.root / path
        place.rename(place.with_name(f"renamed-{number % 40}.md"))


def alias(site: Site, number: int) -> None:
    form = WORDS[number % len(WORDS)]
    site.write("content/topics/iraq.md", f"---\ntitle: Iraq\naliases: [Iraq, {form}]\n---\nBeside [Iran](iran.md).\n")


def topic_title(site: Site, number: int) -> None:
    site.write("content/topics/iran.md", f"---\ntitle: Iran {number % 3}\naliases: [Iran, Tehran]\n---\nNeighbour.\n")


def rights(site: Site, number: int) -> None:
    right = ("full", "excerpt", "link")[number % 3]
    site.write("content/sources/wire.md", f"---\nname: The Wire\nkind: wire\nrights: {right}\nexcerpt_words: 9\n---\n")


def briefing(site: Site, number: int) -> None:
    place = site.root / "content/briefings/2020-01-03.md"
    if place.exists() and number % 2:
        place.unlink()
    else:
        site.write("content/briefings/2020-01-03.md", f"---\ntakeaways: [Takeaway {number}.]\n---\n")


def template(site: Site, number: int) -> None:
    site.write("themes/own/theme.yaml", "contract: 1\nextends: dateline\n")
    site.write("themes/own/templates/page.html", f"<!doctype html><title>{number}</title>{{{{ view.body }}}}\n")


def style(site: Site, number: int) -> None:
    site.write("themes/own/theme.yaml", "contract: 1\nextends: dateline\n")
    site.write("themes/own/static/extra.css", f"p {{ margin: {number % 9}px }}\n")


def settings(site: Site, number: int) -> None:
    theme = "theme: own\n" if (site.root / "themes/own/theme.yaml").exists() and number % 2 else ""
    closes = 'day_closes: "11:00"\n' if number % 3 == 0 else ""
    zone = "UTC" if number % 5 == 0 else "Asia/Baghdad"
    site.write(
        "site.yaml",
        f"format: 1\ntitle: Brief {number % 4}\nbase_url: https://small.example/b/\ntimezone: {zone}\n{theme}{closes}",
    )


def clock(site: Site, number: int) -> None:
    site.now = 1_578_900_000 + (number % 3) * 10_000_000


def lost_output(site: Site, number: int) -> None:
    outputs = sorted(path for path in (site.root / "public").rglob("*") if path.is_file())
    if outputs:
        outputs[number % len(outputs)].unlink()


def garbled_output(site: Site, number: int) -> None:
    outputs = sorted(path for path in (site.root / "public").rglob("*.html") if path.is_file())
    if outputs:
        outputs[number % len(outputs)].write_bytes(b"garbled")


def garbled_cache(site: Site, number: int) -> None:
    """Flip a byte of a cache file, cut it short, or delete it."""
    found = sorted(path for path in (site.root / ".dateline").rglob("*") if path.is_file())
    if not found:
        return
    place = found[number % len(found)]
    content = bytearray(place.read_bytes())
    where = (number // 7) % max(1, len(content))
    if number % 3 == 0 or not content:
        place.unlink()
    elif number % 3 == 1:
        place.write_bytes(content[:where])
    else:
        content[where] ^= 1 + number % 255
        place.write_bytes(content)


# Edits of words, each put into the site that stands.
OF_WORDS: Sequence[Edit] = (
    body, title, summary, link, weight, correction, title, arrange, backgrounder, heading, arrange,
)  # fmt: skip
EDITS: Sequence[Edit] = (
    summary, weight, copy_of, link, lead_of_day, arrange, backgrounder, heading, link_to_heading,
    body, title, topics, date, edition, publish_at, draft, correction, new_article, delete, rename, alias, topic_title,
    rights, briefing, template, style, settings, clock, lost_output, garbled_output, garbled_cache,
)  # fmt: skip
