"""Preview the site: build it, show it, and rebuild it while you write.

Pages and styles bring themselves up without a reload; a fault is shown over the last good page. Alt-click on a sentence
opens its Markdown line in your editor. Raw files dropped into content/inbox/ become articles. Drafts and held articles
are shown, marked; /held/ lists why they are held back. Nothing of this is ever in public/.

Examples:
  dateline serve --open
  dateline serve --as-published          exactly what deploy would publish
  dateline serve --editor "code -g {file}:{line}"
"""

from __future__ import annotations

import argparse
import contextlib
import os
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.site_arguments import SETTINGS, add_now, add_root, now_of, root_of
from generator.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from generator.build.living import LiveBuilder
    from generator.build.report import Report
    from generator.ingest.run import Taken
    from generator.piecewise import Pieces
    from generator.serve.reload import Hub
    from generator.serve.run import Site

PREVIEW = Path(".dateline/preview")
AS_PUBLISHED = Path(".dateline/as-published")
BRIEFINGS = "content/briefings/"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_root(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", help="listen here (default: 127.0.0.1, which only this machine can reach)"
    )
    parser.add_argument("--port", type=int, default=0, help="listen on this port (default: 8000, or the next free one)")
    parser.add_argument("--open", action="store_true", help="open the site in the browser")
    parser.add_argument("--as-published", action="store_true", help="show what deploy would publish: no drafts")
    parser.add_argument(
        "--editor",
        default="",
        metavar="COMMAND",
        help='open sentences with this, as "code -g {file}:{line}" (default: VISUAL or EDITOR, if it has a window)',
    )
    parser.add_argument("--poll", action="store_true", help="look at the files again and again (network folders)")
    add_now(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    if not 0 <= options.port < 65536:
        raise UsageError(f"--port: {options.port} is no port. Choose one from 1024 to 65535.")
    root = root_of(options)
    # A folder in a new folder may be seen twice before either is watched; it is watched once, and nothing is amiss.
    warnings.filterwarnings("ignore", "Callback with id .* already exists for watch", RuntimeWarning)
    from generator.serve.editor import template_of
    from generator.serve.reload import Hub, Publication
    from generator.serve.run import Wishes, serve

    wishes = Wishes(options.host, options.port, options.poll, template_of(options.editor, os.environ))
    hub = Hub(Publication())
    try:
        serve(_site(root, options, hub), hub, wishes, say=_say, opened=_open if options.open else None)
    except KeyboardInterrupt:
        # Ctrl-C during the first build; while pages are served, the server itself hears it.
        pass
    print("Stopped.")
    return 0


class _Previewed:
    """The site being previewed: its builder, and what its settings say of its address since the last build."""

    def __init__(self, root: Path, builder: LiveBuilder, now: Callable[[], int]) -> None:
        self._root = root
        self._builder = builder
        self._now = now
        self._base_path = ""
        # Builds run in one thread, Alt-clicks in another, and the builder remembers what it has read.
        self._alone = threading.Lock()

    def build(self, changed: Iterable[str] | None = None) -> Report:
        """Build; what was saved saves the builder a look at all files, and decides nothing."""
        if changed is None or SETTINGS in changed:
            from generator.config_file import load_config

            # What is wrong with the settings is the builder's to say; a faulty theme must not hide where the site lies.
            with contextlib.suppress(ConfigError):
                self._base_path = load_config(self._root).base_path
        with self._alone:
            return self._builder.build(changed)

    def rest(self) -> Pieces[Report | None]:
        """Let the builder get ready for the next save, piece by piece."""
        with self._alone:
            return (yield from self._builder.rest())

    def base_path(self) -> str:
        """Return "" or "/briefs"."""
        return self._base_path

    def find_line(self, address: str, text: str) -> tuple[str, int] | None:
        """Return the content file and line a page's sentence was written in."""
        from generator.build.explain import explain
        from generator.build.sentences import source_line

        with self._alone:
            planned, state = self._builder.plan()
        if planned.press is None:
            return None
        try:
            made_of = explain(address, planned, state)
        except UsageError:
            return None
        # What a briefing says of a report is the briefing's, also on the front page, which shows it in full.
        files = sorted(made_of.content, key=lambda path: not path.startswith(BRIEFINGS))
        return source_line(self._root, (made_of.origin, *files), text)

    def next_turn(self) -> float | None:
        """Return in how many seconds an article is due to appear or to go."""
        return self._builder.validity.until - self._now()

    def take_in(self) -> Iterator[str]:
        """Turn the raw files of the inbox into articles, and say what became of each."""
        from generator.cli.ingest_values import site_values
        from generator.ingest.run import ingest_inbox
        from generator.text.dates import zone_named

        site = site_values(self._root)
        now = datetime.fromtimestamp(self._now(), zone_named(site.config.timezone))
        for taken in ingest_inbox(self._root, site.config, site.topics, site.sources, now):
            yield _told(taken)


def _site(root: Path, options: argparse.Namespace, hub: Hub) -> Site:
    from generator.build.build import Builder
    from generator.build.living import LiveBuilder
    from generator.build.planned import Wishes
    from generator.serve.run import Site

    folder = AS_PUBLISHED if options.as_published else PREVIEW
    now = now_of(options)
    is_fixed = options.now is not None or bool(os.environ.get("SOURCE_DATE_EPOCH"))
    wishes = Wishes((lambda: now) if is_fixed else (lambda: int(time.time())), preview=not options.as_published)
    builder = Builder(
        root,
        output=root / folder,
        cache=root / ".dateline" / f"build-{folder.name}",
        wishes=wishes,
        publishing=lambda: hub.publication,
    )
    site = _Previewed(root, LiveBuilder(builder, hub), wishes.now)
    return Site(
        root, root / folder, site.build, site.base_path, site.find_line, site.take_in, site.next_turn, site.rest
    )


def _told(taken: Taken) -> str:
    if not taken.path:
        return taken.message
    reasons = f" (held: {', '.join(taken.reasons)})" if taken.reasons else ""
    known = " (known already)" if taken.state == "known" else f" ({taken.message})" if taken.message else ""
    return f"{taken.where} -> content/{taken.path}{reasons}{known}"


def _say(line: str) -> None:
    print(line, flush=True)


def _open(address: str) -> None:
    import webbrowser

    webbrowser.open(address)
