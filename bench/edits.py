"""The edits whose rebuilds are timed: what an editor changes in a day, done to the files of one site.

Each takes the site and the number of the run, so that no run repeats what an earlier one did. Articles are edited in
the newest day, where editors work and where most pages show them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.corpus import REPOSITORY


class Edited(NamedTuple):
    """One site under edit: which generator it is for, and where it lies."""

    generator: str
    folder: Path


def no_change(site: Edited, run: int) -> None:
    """Touch nothing."""


def body_edit(site: Edited, run: int) -> None:
    """Add a sentence to a paragraph, past what an excerpt shows."""
    path = _newest(site, run)
    text = path.read_text("utf-8")
    end = text.rstrip("\n").rindex("\n\n")
    path.write_text(f"{text[:end]} The hour was later given as {run + 1} o'clock.{text[end:]}", encoding="utf-8")


def title_edit(site: Edited, run: int) -> None:
    """Give an article another title."""
    path = _newest(site, run)
    text = path.read_text("utf-8")
    changed = re.sub(
        r"^(title: )\"?(.*?)\"?$", rf'\1"Retold {run}: \2"', text, count=1, flags=re.MULTILINE | re.IGNORECASE
    )
    path.write_text(changed, encoding="utf-8")


def new_article(site: Edited, run: int) -> None:
    """Add an article to the newest day."""
    model = _newest(site, run)
    text = model.read_text("utf-8")
    for old, new in (
        (r'^id: ".*"$', f'id: "{run:012x}"'),
        (r"^(slug: ).*$", rf"\1added-{run}"),
        (r"^copy_of: .*\n", ""),
    ):
        text = re.sub(old, new, text, count=1, flags=re.MULTILINE | re.IGNORECASE)
    text = text.replace(f"/{model.stem}\n", f"/added-{run}\n")
    model.with_name(f"added-{run}.md").write_text(text, encoding="utf-8")


def topic_title(site: Edited, run: int) -> None:
    """Give the topic of most articles another title."""
    place = {"dateline": "content/topics/us-forces.md", "hugo": "content/topics/us-forces/_index.md"}
    path = site.folder / place[site.generator]
    path.write_text(
        re.sub(r"^title: .*$", f"title: US forces {run}", path.read_text("utf-8"), count=1, flags=re.M), "utf-8"
    )


def template(site: Edited, run: int) -> None:
    """Change the template of the article's page, inside the block that it fills."""
    path = _template_of(site)
    text = path.read_text("utf-8")
    end = text.rindex("{{ end }}" if site.generator == "hugo" else "{% endblock")
    path.write_text(f"{text[:end]}<p>{run}</p>\n{text[end:]}", encoding="utf-8")


def style(site: Edited, run: int) -> None:
    """Change the style sheet."""
    with _style_of(site).open("a", encoding="utf-8") as file:
        file.write(f"/* {run} */\n")


def own_theme(site: Edited) -> None:
    """Give a Dateline site a theme of its own that repeats one template and one style, ready to be edited."""
    if site.generator != "dateline" or (site.folder / "themes").exists():
        return
    bundled, own = REPOSITORY / "themes/dateline", site.folder / "themes/own"
    for pattern in ("templates/article.html", "static/**/*.css"):
        name = sorted(bundled.glob(pattern))[0].relative_to(bundled)
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_bytes((bundled / name).read_bytes())
    (own / "theme.yaml").write_text("contract: 1\nextends: dateline\n", encoding="utf-8")
    settings = site.folder / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("{name: dateline}", "{name: own}"), encoding="utf-8")


def _template_of(site: Edited) -> Path:
    return next(
        site.folder.glob("layouts/page.html" if site.generator == "hugo" else "themes/*/templates/article.html")
    )


def _style_of(site: Edited) -> Path:
    return next(site.folder.glob("static/style.css" if site.generator == "hugo" else "themes/*/static/**/*.css"))


def _newest(site: Edited, run: int) -> Path:
    """Return another article of the newest day for every run, shown whole and no copy of another."""
    inside = site.folder / ("content/articles" if site.generator in ("dateline", "hugo") else "content")
    day = max(path for path in inside.glob("*/*/*") if path.is_dir())
    paths = [path for path in sorted(day.glob("report-*.md")) if _is_plain(path.read_text("utf-8"))]
    return paths[run % len(paths)]


def _is_plain(text: str) -> bool:
    return "\ncopy_of:" not in text and "wire.example/20" not in text.split("\n---\n", maxsplit=1)[0]


EDITS: dict[str, Callable[[Edited, int], None]] = {
    "no change": no_change,
    "one body edit": body_edit,
    "one title edit": title_edit,
    "one new article": new_article,
    "one topic's title": topic_title,
    "article template": template,
    "style sheet": style,
}
OF_THE_THEME = ("article template", "style sheet")
