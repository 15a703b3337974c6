"""What the program that saved a page wrote into it: from which address it was taken, and when.

Browsers note the address (`saved from url=`), SingleFile also the moment. A page can forge either, as it can all else
that it states of itself; so the address is only used where the page names none.
"""

from __future__ import annotations

import re
from datetime import datetime

from generator.named import NamedTuple

_BROWSER = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)", re.I)
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\b(.{0,2000}?)-->", re.I | re.S)
_ADDRESS = re.compile(r"\burl:\s*(\S+)", re.I)
_MOMENT = re.compile(
    r"\bsaved date:\s*(?:\w{3} )?(\w{3}) (\d{1,2}) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d\d):?(\d\d)", re.I
)
_PLAIN_MOMENT = re.compile(r"\bsaved date:\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)", re.I)
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_WHERE = 20_000


class Saved(NamedTuple):
    """From where and when (with its offset) a page was saved; "" for what is not noted."""

    url: str = ""
    retrieved: str = ""


def saved_page(html: str) -> Saved:
    """Return what stands about its saving at the beginning of a page."""
    head = html[:_WHERE]
    found = _SINGLE_FILE.search(head)
    if found:
        address = _ADDRESS.search(found[1])
        return Saved(address[1] if address else "", _moment(found[1]))
    browser = _BROWSER.search(head)
    return Saved(browser[1] if browser else "")


def _moment(note: str) -> str:
    plain, found = _PLAIN_MOMENT.search(note), _MOMENT.search(note)
    if plain:
        stated = plain[1]
    elif found and found[1].lower() in _MONTHS:
        month = _MONTHS.index(found[1].lower()) // 3 + 1
        stated = f"{found[3]}-{month:02}-{int(found[2]):02}T{found[4]}{found[5]}:{found[6]}"
    else:
        return ""
    try:
        return datetime.fromisoformat(stated).isoformat(timespec="seconds")
    except ValueError:
        return ""
