"""Read other formats with the command a site names for them: `pdftotext -layout {file} -` for `.pdf`, say.

No shell sees the command, and no file name of the outside reaches it: the bytes lie under a plain name in a folder of
their own. What the command prints is the text; its time and the size of its answer are bounded.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import shlex
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.errors import IngestError
from generator.ingest.raw import MOST_BYTES
from generator.named import NamedTuple

FILE = "{file}"
LONGEST = 60.0
# What is printed of a batch beyond this is not kept, and read a second time.
MOST_KEPT = 128 * 1024 * 1024
_LOOK_EVERY = 0.02
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


class Reading(NamedTuple):
    """What a command printed of a file, or the fault that it met; neither where it has not been run."""

    text: bytes = b""
    fault: str = ""


NOT_READ = Reading()


class Readings:
    """What commands made of the files of one batch, so that none has to read a file twice; lives as long as the batch.

    A file is known by its bytes and its name, which stands in faults. `jobs` is how many commands run at once.
    """

    def __init__(self, readers: Sequence[tuple[str, str]], jobs: int = 1) -> None:
        self.jobs = jobs
        self._readers = readers
        self._found: dict[tuple[str, str], Reading] = {}
        self._room = MOST_KEPT

    def read(self, files: Sequence[tuple[str, bytes]]) -> list[Reading]:
        """Run the commands that a site has for files, and keep what they make of each; nothing where it has none."""
        stop = threading.Event()
        if not any(command_for(name, self._readers)[1] for name, _ in files):
            return [NOT_READ] * len(files)
        # The commands are processes of their own; threads are enough to wait for them.
        with ThreadPoolExecutor(self.jobs) as pool:
            try:
                found = list(pool.map(lambda file: self._read(file[0], file[1], stop), files))
            except BaseException:
                stop.set()
                raise
        for (name, content), reading in zip(files, found, strict=True):
            if reading != NOT_READ and len(reading.text) <= self._room:
                self._room -= len(reading.text)
                self._found[name, hashlib.sha256(content).hexdigest()] = reading
        return found

    def _read(self, name: str, content: bytes, stop: threading.Event) -> Reading:
        ending, command = command_for(name, self._readers)
        if not command:
            return NOT_READ
        try:
            return Reading(read_by_command(name, content, ending, command, stop=stop))
        except IngestError as fault:
            return Reading(fault=str(fault))

    def taken(self, name: str, sha256: str) -> Reading:
        """Return what was kept of a file, which is then in the caller's hands alone."""
        reading = self._found.pop((name, sha256), NOT_READ)
        self._room += len(reading.text)
        return reading


def command_for(name: str, readers: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return the ending of a file's name that a site has a command for, and the command; "" and "" for none."""
    folded = name.lower()
    found = [(ending, command) for ending, command in readers if folded.endswith(ending)]
    return max(found, key=lambda pair: len(pair[0]), default=("", ""))


def read_by_command(
    name: str,
    content: bytes,
    ending: str,
    command: str,
    *,
    longest: float = LONGEST,
    stop: threading.Event | None = None,
) -> bytes:
    """Return what a command says a file holds; raises IngestError when it fails, says nothing, or does not end.

    Another thread ends the command by setting `stop`.
    """
    with TemporaryDirectory(prefix="dateline-") as folder:
        raw, said, complaint = (Path(folder, part) for part in (f"raw{ending}", "said", "complaint"))
        raw.write_bytes(content)
        words = [str(raw) if word == FILE else word for word in shlex.split(command)]
        with said.open("wb") as out, complaint.open("wb") as wrong:
            status = _run(name, words, (out.fileno(), wrong.fileno()), longest, stop or threading.Event())
        told = complaint.read_bytes()[:300].decode("utf-8", "replace").strip()
        text = said.read_bytes()
    if status != 0:
        raise IngestError(f'{name}: "{words[0]}" failed on it with {status}: {told or "it does not say why"}.')
    if b"\0" in text and not text.startswith(_MARKS):
        raise IngestError(f'{name}: what "{words[0]}" makes of it is no text. Look at its options in site.yaml.')
    if not text.strip():
        raise IngestError(
            f'{name}: "{words[0]}" finds no text in it. If it is a picture of a page, it must be read first.'
        )
    return text


def _run(name: str, words: Sequence[str], outputs: tuple[int, int], longest: float, stop: threading.Event) -> int:
    out, wrong = outputs
    try:
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=out, stderr=wrong, start_new_session=os.name == "posix"
        )
    except OSError as fault:
        raise IngestError(
            f'{name}: its reader, "{words[0]}", cannot be started ({fault.strerror}). '
            "Install it, or change ingest.readers in site.yaml."
        ) from fault
    until = time.monotonic() + longest
    try:
        while process.poll() is None:
            if time.monotonic() > until:
                raise IngestError(
                    f'{name}: "{words[0]}" was not done with it in {longest:.0f} seconds. Convert it by hand.'
                )
            if os.fstat(out).st_size > MOST_BYTES:
                raise IngestError(f'{name}: "{words[0]}" makes more than {MOST_BYTES // 2**20} MB of it. Split it.')
            if stop.wait(_LOOK_EVERY):
                raise IngestError(f'{name}: "{words[0]}" was stopped.')
        return process.returncode
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command with all it has started."""
    if os.name == "posix":
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    elif process.poll() is None:
        process.kill()
    process.wait()
