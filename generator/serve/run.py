"""Wire the preview together and keep it running until the person has had enough."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.errors import GeneratorError
from generator.named import NamedTuple
from generator.serve.alone import only_preview
from generator.serve.editor import Editor
from generator.serve.gate import WILDCARDS, House
from generator.serve.preview import Order, Preview
from generator.serve.rebuild import Build, Rebuilder, Rest, Say, TakeIn
from generator.serve.reload import Hub

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
OTHER_PORTS = 50

FindLine = Callable[[str, str], tuple[str, int] | None]


class Wishes(NamedTuple):
    """What the person asked for; `port` 0 means the usual one, or the next that is free."""

    host: str = DEFAULT_HOST
    port: int = 0
    poll: bool = False
    editor: str | None = None


class Site(NamedTuple):
    """What the preview needs of the site it shows.

    `base_path` is "" or "/briefs"; `find_line` knows the content file and line of a page's sentence; for `take_in`,
    `next_turn` and `rest` see the build loop.
    """

    root: Path
    output: Path
    build: Build
    base_path: Callable[[], str]
    find_line: FindLine
    take_in: TakeIn | None = None
    next_turn: Callable[[], float | None] | None = None
    rest: Rest | None = None


def serve(site: Site, hub: Hub, wishes: Wishes, *, say: Say, opened: Callable[[str], None] | None = None) -> None:
    """Show the site until Ctrl-C; `opened` is called with its address once it can be looked at.

    Raises GeneratorError when it cannot be served or watched at all; faults of content and theme are shown instead.
    """
    from generator.serve.server import Server, port_of

    # First of all, so that who asks for a port a second time hears of the preview that has it.
    with only_preview(site.root) as tell_others, _listening(wishes) as listener:
        rebuilder = Rebuilder(
            site.root, site.build, hub, say=say, take_in=site.take_in, next_turn=site.next_turn, rest=site.rest
        )
        # The first build comes before any thread, so that it may fork workers; browsers wait in the socket's queue.
        rebuilder.first()
        server = Server(_preview(site, hub, wishes, say), listener, ending=hub.close)

        def ready() -> None:
            address = _address(wishes.host, port_of(listener), site.base_path())
            tell_others(address)
            say(f"Look at {address}  (Ctrl-C ends)")
            if wishes.host in WILDCARDS:
                say("Everybody on your network can see this preview, drafts included.")
            if opened is not None:
                opened(address)

        with _rebuilding(site, rebuilder, wishes, say=say, ready=ready):
            server.serve_until_told()


def _listening(wishes: Wishes) -> contextlib.closing[socket.socket]:
    from generator.serve.server import listen

    return contextlib.closing(
        listen(wishes.host, wishes.port or DEFAULT_PORT, others=0 if wishes.port else OTHER_PORTS)
    )


@contextlib.contextmanager
def _rebuilding(
    site: Site, rebuilder: Rebuilder, wishes: Wishes, *, say: Say, ready: Callable[[], None]
) -> Iterator[None]:
    from generator.serve.watch import Watch

    watch = Watch(site.root, poll=wishes.poll)
    try:
        watch.start()
    except GeneratorError as fault:
        if wishes.poll:
            raise
        say(f"{fault} Looking at the files every second instead.")
        watch = Watch(site.root, poll=True)
        watch.start()
    thread = threading.Thread(target=rebuilder.run, args=(watch.changes, ready), name="builds", daemon=True)
    thread.start()
    try:
        yield
    finally:
        watch.stop()
        thread.join(timeout=10)


def _preview(site: Site, hub: Hub, wishes: Wishes, say: Say) -> Preview:
    editor = Editor(wishes.editor)

    def open_source(order: Order) -> str | None:
        place = (order.path, order.line) if order.path else site.find_line(order.address, order.text)
        if place is None:
            return None
        path, line = place
        named = f"{path}:{max(line, 1)}"
        if editor.open(site.root / path, max(line, 1)):
            return f"Opened {named}"
        say(named)
        return f"{named} (named in the terminal; --editor opens it)"

    own_name = socket.gethostname() if wishes.host in WILDCARDS else ""
    house = House.of(wishes.host, own_name)
    return Preview(site.output, hub, house, base_path=site.base_path, open_source=open_source)


def _address(host: str, port: int, base_path: str) -> str:
    shown = DEFAULT_HOST if host in WILDCARDS else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}{base_path}/"
