"""Names the preview answers to, and paths it knows."""

from __future__ import annotations

import pytest

from generator.serve.gate import House, Request, path_of, refusal

LOCAL = House.of("127.0.0.1")
NETWORK = House.of("192.168.1.5")
EVERYWHERE = House.of("0.0.0.0", "desk")

HOSTS = [
    (LOCAL, "localhost:8000", True),
    (LOCAL, "127.0.0.1", True),
    (LOCAL, "[::1]:8000", True),
    (LOCAL, "192.168.1.5:8000", False),
    (LOCAL, "evil.example", False),
    (NETWORK, "192.168.1.5:8000", True),
    (NETWORK, "192.168.1.6:8000", False),
    (EVERYWHERE, "192.168.1.6:8000", True),
    (EVERYWHERE, "desk:8000", True),
    (EVERYWHERE, "desk.local", True),
    (EVERYWHERE, "rebind.evil.example:8000", False),
]


@pytest.mark.parametrize(("house", "host", "expected"), HOSTS)
def test_the_preview_answers_to_its_own_names(house: House, host: str, expected: bool) -> None:
    """A foreign name that leads to this machine is an attack; a number cannot be made to lead elsewhere."""
    request = Request("GET", b"/", b"", ((b"host", host.encode()),))

    assert expected == (refusal(request, house) is None)


PATHS = [
    (b"/", ""),
    (b"/topics/iraq/", "topics/iraq/"),
    (b"/caf%C3%A9/", "café/"),
    (b"/%D8%B9%D8%B1%D8%A7%D9%82/", "عراق/"),
    (b"/a%20b.txt", "a b.txt"),
    (b"/100%25/", "100%/"),
    (b"/a/../b", None),
    (b"/a/%2e%2e/b", None),
    (b"//a", None),
    (b"/.git/config", None),
    (b"/a/.env", None),
    (b"/a%00b", None),
    (b"/a%5cb", None),
    (b"/%", None),
    (b"/%c0%ae/", None),
    (b"a", None),
    (b"*", None),
    (b"http://localhost/", None),
]


@pytest.mark.parametrize(("target", "expected"), PATHS)
def test_a_path_is_unescaped_once_and_stays_inside(target: bytes, expected: str | None) -> None:
    """Addresses in every script are understood; what climbs, hides or deceives is not."""
    assert expected == path_of(target)
