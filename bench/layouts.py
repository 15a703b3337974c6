"""The corpus in each generator's own dialect: the same articles, its front matter and its folders.

Only Dateline enforces rights, copies and first-mention links; the others get the same keys and their set-up uses what
it can. Links between articles are addresses for the others, which spares them resolving file names.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.corpus import REPOSITORY, SOURCE_FILES, Story, lexicon, stories

BENCH = REPOSITORY / "bench"
ZONE = "+03:00"
_LINK = re.compile(r"\]\((article|topic):([^)]+)\)")
_SITE = """format: 1
title: The Daily Brief
description: "A brief made of invented reports, for measuring."
base_url: https://brief.example/
timezone: Asia/Baghdad
language: en
theme: {name: %s}
menu:
  - {label: Latest, to: /}
  - {label: Briefings, to: /briefings/}
  - {label: Topics, to: /topics/}
  - {label: Corrections, to: /corrections/}
topic_order: [%s]
"""


def write_site(generator: str, folder: Path, total: int, *, seed: int, theme: str = "dateline") -> None:
    """Write a whole site of `total` articles for one generator into a folder that does not exist yet.

    Dateline's `theme` is its own, or `bench`, which has the markup of Hugo's set-up.
    """
    setup = BENCH / generator
    if setup.is_dir():
        shutil.copytree(setup, folder)
    folder.mkdir(parents=True, exist_ok=True)
    if generator == "dateline":
        _write_dateline_frame(folder, theme)
    elif generator == "hugo":
        _write_hugo_topics(folder)
    made: set[Path] = set()
    write = _ARTICLES[generator]
    for story in stories(total, seed):
        path = folder / article_path(generator, story.folder, story.slug)
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_text(write(story), encoding="utf-8")


def article_path(generator: str, day_folder: str, slug: str) -> str:
    """Return where a generator wants an article, relative to its site."""
    inside = "content/articles" if generator in ("dateline", "hugo") else "content"
    return f"{inside}/{day_folder}/{slug}.md"


def _write_dateline_frame(folder: Path, theme: str) -> None:
    if theme == "bench":
        shutil.copytree(BENCH / "theme", folder / "themes/bench")
    (folder / "content/sources").mkdir(parents=True)
    for key, text in SOURCE_FILES.items():
        (folder / f"content/sources/{key}.md").write_text(text, encoding="utf-8")
    (folder / "content/topics").mkdir()
    for path in sorted((REPOSITORY / "content/topics").glob("*.md")):
        text = _LINK_TO_FILE.sub(r"\1", path.read_text("utf-8"))
        (folder / "content/topics" / path.name).write_text(text, encoding="utf-8")
    order = ", ".join(topic.id for topic in lexicon().topics)
    (folder / "site.yaml").write_text(_SITE % (theme, order), encoding="utf-8")


# The sample's backgrounders link to the sample's articles, which the corpus does not have.
_LINK_TO_FILE = re.compile(r"\[([^\]]+)\]\([^)]*\.md[^)]*\)")


def _write_hugo_topics(folder: Path) -> None:
    for topic in lexicon().topics:
        text = (REPOSITORY / topic.path).read_text("utf-8")
        body = _LINK_TO_FILE.sub(r"\1", text.split("\n---\n", 1)[1])
        place = folder / f"content/topics/{topic.id}/_index.md"
        place.parent.mkdir(parents=True)
        place.write_text(f"---\ntitle: {_quoted(topic.title)}\n---\n{body}", encoding="utf-8")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _front(lines: Sequence[str]) -> str:
    return "---\n" + "\n".join(line for line in lines if line) + "\n---\n"


def dateline_body(story: Story) -> str:
    """Return a body with its links as relative paths of files."""

    def link(found: re.Match[str]) -> str:
        folder = "articles" if found[1] == "article" else "topics"
        return f"](../../../../{folder}/{found[2]}.md)"

    return _LINK.sub(link, story.body) + "\n"


def _dateline_article(story: Story) -> str:
    scores = ", ".join(f"{topic}: {score}" for topic, score in story.tagged)
    front = [
        f"title: {_quoted(story.title)}",
        f"date: {story.day}T{story.clock}{ZONE}",
        f'id: "{story.id}"',
        f"summary: {_quoted(story.summary)}",
        f"dateline: {story.place}",
        f"lang: {story.voice.lang}" if story.voice.lang != "en" else "",
        f"dir: {story.voice.dir}" if story.voice.dir != "ltr" else "",
        f"tagged: {{{scores}}}",
        f'copy_of: "{story.copy_of}"' if story.copy_of else "",
        *_credit(story),
        *_ingest(story),
    ]
    return _front(front) + dateline_body(story)


def _credit(story: Story) -> list[str]:
    return [
        "source:",
        f"  key: {story.source}",
        f"  url: https://{story.source}.example/{story.folder}/{story.slug}",
        f"  published: {story.day}T{story.clock}{ZONE}",
    ]


def _ingest(story: Story) -> list[str]:
    return [
        "ingest:",
        "  tool: dateline 0.1.0",
        "  inferred: [title, date, summary]",
        f'  sha256: "{story.id * 5}abcd"',
        f"  retrieved: {story.day}T20:00{ZONE}",
    ]


def _at_addresses(story: Story) -> str:
    def link(found: re.Match[str]) -> str:
        return f"](/articles/{found[2]}/)" if found[1] == "article" else f"](/topics/{found[2]}/)"

    return _LINK.sub(link, story.body) + "\n"


def _shared_front(story: Story) -> list[str]:
    return [
        f"title: {_quoted(story.title)}",
        f"date: {story.day}T{story.clock}:00{ZONE}",
        f'id: "{story.id}"',
        f"slug: {story.slug}",
        f"summary: {_quoted(story.summary)}",
        f"place: {story.place}",
        f"topics: [{', '.join(story.topics)}]",
        f'days: ["{story.day}"]',
        f'copy_of: "{story.copy_of}"' if story.copy_of else "",
        f"rights: {'excerpt' if story.source == 'wire' else 'full'}",
        "source:",
        f"  name: {story.source}",
        f"  url: https://{story.source}.example/{story.folder}/{story.slug}",
        f"  published: {story.day}T{story.clock}:00{ZONE}",
        *_ingest(story),
    ]


def _hugo_article(story: Story) -> str:
    return _front(_shared_front(story)) + _at_addresses(story)


def _eleventy_article(story: Story) -> str:
    return _front(_shared_front(story)) + _at_addresses(story)


def _pelican_article(story: Story) -> str:
    # Pelican's metadata are plain lines, one value each.
    front = [
        f"Title: {story.title}",
        f"Date: {story.day}T{story.clock}:00{ZONE}",
        f"Slug: {story.slug}",
        f"Tags: {', '.join(story.topics)}",
        f"Summary: {story.summary}",
        f"source: {story.source}",
        f"source_url: https://{story.source}.example/{story.folder}/{story.slug}",
        f"rights: {'excerpt' if story.source == 'wire' else 'full'}",
    ]
    return _front(front) + _at_addresses(story)


_ARTICLES: dict[str, Callable[[Story], str]] = {
    "dateline": _dateline_article,
    "hugo": _hugo_article,
    "eleventy": _eleventy_article,
    "pelican": _pelican_article,
}
