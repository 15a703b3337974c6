"""The kinds of value a front matter key may hold: text, days, numbers, addresses, ids.

Each reader returns the value or raises Unfit with what is wrong and what to write instead.
"""

from __future__ import annotations

import re
from typing import Any

from generator.errors import did_you_mean
from generator.text.addresses import split_url
from generator.text.block import unfit_character
from generator.text.dates import is_day, parse_moment
from generator.text.records import Kind, Reading, Unfit, list_of
from generator.text.slug import is_slug, slug_of

LONGEST_TEXT = 20_000
LONGEST_LINE = 2_000
LARGEST_NUMBER = 1_000_000_000
DATE_ADVICE = "Write it as 2020-01-02 or 2020-01-02T09:30+03:00."


def read_text(key: str, value: Any, line: int, reading: Reading) -> str:
    """Return text of one or more lines."""
    if not isinstance(value, str):
        if isinstance(value, list):
            raise Unfit(f'"{key}" must be one value, not a list.', "Write it without brackets or hyphens.")
        raise Unfit(f'"{key}" must be one value, not a mapping.', "Put quotes around it if it is text.")
    text = value.strip()
    if not text:
        raise Unfit(f'"{key}" is empty.', "Give it a value, or delete the line.")
    if len(text) > LONGEST_TEXT:
        raise Unfit(f'"{key}" is {len(text):,} characters long; {LONGEST_TEXT:,} are the most.')
    if not text.isprintable():
        odd = unfit_character(text)
        if odd is not None:
            message = f'"{key}" contains the character U+{ord(odd[0]):04X}, which no text may hold.'
            raise Unfit(message, "Delete it; it is invisible in most editors.")
    return str(text) if type(text) is not str else text


def read_line(key: str, value: Any, line: int, reading: Reading) -> str:
    """Return text of a single line; line breaks become spaces."""
    if type(value) is str and value.isprintable() and len(value) <= LONGEST_LINE and (text := value.strip()):
        # Nearly every value there is.
        return text
    text = read_text(key, value, line, reading)
    if len(text) > LONGEST_LINE:
        raise Unfit(f'"{key}" is {len(text):,} characters long; {LONGEST_LINE:,} are the most.')
    return " ".join(text.split()) if "\n" in text or "\t" in text else text


def read_moment(key: str, value: Any, line: int, reading: Reading) -> Any:
    """Return a day or a moment."""
    text = read_line(key, value, line, reading)
    try:
        return parse_moment(text, reading.zone)
    except ValueError as fault:
        raise Unfit(str(fault), DATE_ADVICE) from fault


def read_iso(key: str, value: Any, line: int, reading: Reading) -> str:
    """Return a day or a moment as text."""
    return str(read_moment(key, value, line, reading).iso)


def read_day(key: str, value: Any, line: int, reading: Reading) -> str:
    """Return a day without a time."""
    text = read_line(key, value, line, reading)
    if not is_day(text):
        raise Unfit(f'"{text}" is not a day.', "Write it as 2020-01-02.")
    return text


def read_switch(key: str, value: Any, line: int, reading: Reading) -> bool:
    """Return true or false; nothing else is either."""
    text = read_line(key, value, line, reading)
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    raise Unfit(f'"{key}" is "{text}", which is neither true nor false.', "Write true or false.")


_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,12})?", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,10}", re.ASCII)


def read_integer(key: str, value: Any, line: int, reading: Reading) -> int:
    """Return a whole number."""
    text = read_line(key, value, line, reading)
    if not _INTEGER.fullmatch(text) or abs(int(text)) > LARGEST_NUMBER:
        raise Unfit(f'"{key}" must be a whole number, not "{text[:80]}".')
    return int(text)


def read_number(key: str, value: Any, line: int, reading: Reading) -> float:
    """Return a number, with or without a fraction."""
    text = read_line(key, value, line, reading)
    if not _NUMBER.fullmatch(text):
        raise Unfit(f'"{key}" must be a number, not "{text[:80]}".', "Write it as 3 or 2.5.")
    return float(text)


_URL = re.compile(r"https?://[^\s/?#\"'<>\\^`{|}@]+(?:[/?#][^\s\"<>\\^`{|}]*)?", re.IGNORECASE)
_PLAIN_URL = re.compile(r"[!-Z\\^-~]*")


def read_url(key: str, value: Any, line: int, reading: Reading) -> str:
    """Return an http or https address."""
    text = read_line(key, value, line, reading)
    # Brackets and letters beyond ASCII are the only signs that make a host which cannot be read.
    if not _URL.fullmatch(text) or (not _PLAIN_URL.fullmatch(text) and not split_url(text).netloc):
        raise Unfit(f'"{key}" must be a web address, not "{text[:80]}".', "Write it whole, from https:// on.")
    return text


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)


def read_language(key: str, value: Any, line: int, reading: Reading) -> str:
    """Return a language tag."""
    text = read_line(key, value, line, reading)
    if not _LANGUAGE.fullmatch(text):
        raise Unfit(f'"{text[:80]}" is not a language.', "Write its tag, such as en, ar, fa or zh-Hant.")
    return text


def read_slug(key: str, value: Any, line: int, reading: Reading) -> str:
    """Return the last part of an address; what cannot stand there as written is made fit, with a warning."""
    text = read_line(key, value, line, reading)
    if "/" in text or "\\" in text or text.startswith("."):
        raise Unfit(f'"{key}" must be one part of an address, not "{text[:80]}".', "Use letters, digits and hyphens.")
    if is_slug(text):
        return text
    slug = slug_of(text)
    reading.warn(line, f'"{text[:80]}" cannot stand in an address; "{slug}" is used.', f"Write {key}: {slug}")
    return slug


def read_key(key: str, value: Any, line: int, reading: Reading) -> str:
    """Return the id of a topic, source, story or edition: what its file is called."""
    text = read_line(key, value, line, reading)
    if not is_slug(text):
        advice = f'It is made of small letters, digits and hyphens, such as "{slug_of(text)}".'
        raise Unfit(f'"{text[:80]}" is not an id.', advice)
    return text


_ARTICLE_ID = re.compile(r"[0-9a-f]{12}", re.ASCII)


def read_article_id(key: str, value: Any, line: int, reading: Reading) -> str:
    """Return an article's id."""
    text = read_line(key, value, line, reading)
    if not _ARTICLE_ID.fullmatch(text):
        raise Unfit(f'"{key}" must be 12 hex digits, not "{text[:80]}".', "Delete the line to have one made.")
    return text


_ADDRESS = re.compile(r"/(?:[^\s/?#\"<>\\^`{|}%]+/)*(?:[^\s/?#\"<>\\^`{|}%]+)?")


def read_address(key: str, value: Any, line: int, reading: Reading) -> str:
    """Return an address in the site, from its first slash on."""
    text = read_line(key, value, line, reading)
    if not _ADDRESS.fullmatch(text) or any(part in (".", "..") for part in text.split("/")):
        raise Unfit(f'"{text[:80]}" is not an address in the site.', "Write it as /old/address/.")
    return text


def one_of(words: str, choices: tuple[str, ...]) -> Kind:
    """Return the kind whose values are the given words."""

    def read(key: str, value: Any, line: int, reading: Reading) -> str:
        text = read_line(key, value, line, reading)
        if text not in choices:
            message = f'"{key}" cannot be "{text[:80]}".{did_you_mean(text, choices)}'
            raise Unfit(message, f"Write one of {', '.join(choices)}.")
        return text

    return Kind(words, read, {"enum": list(choices)})


_TEXT_SCHEMA = {"type": ["string", "number", "boolean"]}
TEXT = Kind("text", read_text, _TEXT_SCHEMA)
LINE = Kind("one line of text", read_line, _TEXT_SCHEMA)
MOMENT = Kind("a day or a moment", read_moment, {"type": "string", "pattern": r"^\d{4}-\d{1,2}-\d{1,2}"})
ISO = Kind("a day or a moment", read_iso, {"type": "string", "pattern": r"^\d{4}-\d{1,2}-\d{1,2}"})
DAY = Kind("a day", read_day, {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"})
SWITCH = Kind("true or false", read_switch, {"type": "boolean"})
INTEGER = Kind("a whole number", read_integer, {"type": "integer"})
NUMBER = Kind("a number", read_number, {"type": "number"})
URL = Kind("a web address", read_url, {"type": "string", "pattern": "^https?://"})
LANGUAGE = Kind("a language tag", read_language, {"type": "string"})
SLUG = Kind("one part of an address", read_slug, {"type": "string"})
KEY = Kind("an id", read_key, {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"})
ARTICLE_ID = Kind("an article's id", read_article_id, {"type": "string", "pattern": "^[0-9a-f]{12}$"})
ADDRESS = Kind("an address in the site", read_address, {"type": "string", "pattern": "^/"})
LINES = list_of(LINE, "a list of texts")
KEYS = list_of(KEY, "a list of ids")
ADDRESSES = list_of(ADDRESS, "a list of addresses")
