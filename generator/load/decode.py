"""A content file's bytes as text: UTF-8 and nothing else, with a clear word on what it is instead."""

from __future__ import annotations

import codecs

from generator.errors import Diagnostic

MOST_BYTES = 2 * 1024 * 1024

_MARKS = ((codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))
_SAVE = "Save it as UTF-8 in your editor."


def decoded(path: str, content: bytes) -> tuple[str, Diagnostic | None]:
    """Return the text of the file at `path` (relative to the site's folder), or what is wrong with it."""
    if len(content) > MOST_BYTES:
        message = f"The file has {len(content):,} bytes; {MOST_BYTES:,} are the most."
        return "", Diagnostic(path, 0, message, "Split it, or put what is no text beside it.")
    for mark, name in _MARKS:
        if content.startswith(mark):
            return "", Diagnostic(path, 1, f"The file is {name}, not UTF-8.", _SAVE)
    if b"\0" in content and max(content[::2].count(0), content[1::2].count(0)) * 3 > len(content):
        return "", Diagnostic(path, 1, "The file is UTF-16, not UTF-8.", _SAVE)
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        byte = content[fault.start]
        message = f"The file is not UTF-8: byte {fault.start + 1:,} is 0x{byte:02X}, which cannot stand there."
        return "", Diagnostic(path, line, message, _SAVE)


def unreadable(path: str, fault: OSError) -> Diagnostic:
    """Return the fault of a file that the system would not give us."""
    reason = (fault.strerror or str(fault)).lower()
    advice = "Look at its permissions, and at what it links to; or delete it."
    return Diagnostic(path, 0, f"The file cannot be read: {reason}.", advice)
