"""Other formats, read by a site's own commands: checked when the settings are read, run without a shell, bounded."""

from __future__ import annotations

import hashlib
import signal
import sys
import time
from pathlib import Path

import pytest

from generator.config_file import parse_config
from generator.errors import ConfigError, IngestError
from generator.ingest import reader
from generator.ingest.batch import repeated_in_batch
from generator.ingest.facts import Said
from generator.ingest.inputs import gather
from generator.ingest.reader import NOT_READ, Readings, command_for, read_by_command
from generator.ingest.run import FAILED, WRITTEN, take_all
from generator.model.source import Source
from tests.ingest.conftest import desk_of
from tests.ingest.test_batch import ingest
from tests.literal import SITE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the commands of these tests are those of Unix")


@pytest.mark.parametrize(
    ("readers", "told"),
    [
        ('{".pdf": "pdftotext -layout {file} -"}', ""),
        ('{".tar.gz": "unpack {file}"}', ""),
        ('{pdf: "pdftotext {file}"}', '"pdf" is no ending of another format'),
        ('{".PDF": "pdftotext {file}"}', '".PDF" is no ending'),
        ('{".html": "tidy {file}"}', '".html" is no ending of another format'),
        ('{".pdf": "pdftotext"}', "does not say where the file comes in"),
        ('{".pdf": "{file} -"}', "does not say where the file comes in"),
        ('{".pdf": "pdftotext {file} {file}"}', "does not say where"),
        ('{".pdf": "sh -c \'pdftotext {file}\'"}', "does not say where"),
        ('{".pdf": "pdftotext \'{file}"}', "cannot be read: No closing quotation"),
        ('".pdf"', "must name commands by ending"),
    ],
)
def test_a_command_is_checked_when_the_settings_are_read(readers: str, told: str) -> None:
    """It names a program, takes the file once as a word of its own, and is for an ending that is not ours."""
    text = f"{SITE}ingest:\n  readers: {readers}\n"
    if not told:
        assert 1 == len(parse_config(text).ingest.readers)
        return
    with pytest.raises(ConfigError) as fault:
        parse_config(text)
    assert told in fault.value.diagnostics[0].text()
    assert 6 == fault.value.diagnostics[0].line


def test_the_longest_ending_decides() -> None:
    """Case does not matter in a file's name."""
    readers = ((".gz", "a {file}"), (".tar.gz", "b {file}"))

    assert (".tar.gz", "b {file}") == command_for("X.TAR.GZ", readers)
    assert ("", "") == command_for("x.txt", readers)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("head -c 100 /dev/zero {file}", "is no text. Look at its options in site.yaml"),
        ("no-such-program {file}", "cannot be started"),
        ("sh -c 'echo broken >&2; exit 3' {file}", "failed on it with 3: broken"),
        ("true {file}", "finds no text in it"),
        ("tail -f {file}", "was not done with it in 1 seconds"),
    ],
)
def test_a_command_that_fails_is_told(command: str, told: str) -> None:
    """The sentence names the file, the program and what it said; nothing waits for ever."""
    began = time.monotonic()
    with pytest.raises(IngestError, match=told):
        read_by_command("a.pdf", b"x", ".pdf", command, longest=1.0 if "tail" in command else 20.0)

    assert 15.0 > time.monotonic() - began


@pytest.mark.parametrize("name", ["$(touch hit).pdf", "-rf.pdf", "a; touch hit.pdf", "`touch hit`.pdf", "a\nb.pdf"])
def test_no_name_of_a_file_acts(name: str, site: Path, tmp_path: Path, bulletin: str) -> None:
    """The command sees a plain name; the archive keeps the bytes that were given, not what was read from them."""
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write('ingest: {readers: {".pdf": "tail -n +2 {file}"}}\n')
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / name).write_text("%PDF\n" + bulletin, encoding="utf-8")

    (taken,) = take_all(gather([str(raw)], None), Said(source="own", date="2019-11-18"), desk_of(site))

    assert WRITTEN == taken.state, taken.message
    assert "%PDF" not in (site / "content" / taken.path).read_text("utf-8")
    assert not list(tmp_path.rglob("hit"))
    (kept,) = (place for place in (site / "archive").rglob("*.pdf") if place.is_file())
    assert b"%PDF" == kept.read_bytes()[:4]


def test_a_file_without_a_reader_is_told(site: Path, tmp_path: Path) -> None:
    """What is no text and has no command is refused with what to do."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF\0\1\xff")

    (taken,) = take_all(gather([str(tmp_path / "a.pdf")], None), Said(), desk_of(site))

    assert FAILED == taken.state
    assert "Convert it to plain text or HTML" in taken.message
    assert "ingest.readers" in taken.message


def test_a_batch_is_read_once(site: Path, tmp_path: Path, bulletin: str) -> None:
    """What a command printed for the look at recurring lines serves the reading; what failed is not tried again."""
    runs = tmp_path / "runs"
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"""ingest: {{readers: {{".doc": "sh -c 'echo run >> {runs}; grep -v ^broken $0' {{file}}"}}}}\n""")
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(12):
        text = "broken\n" if number == 5 else bulletin.replace("Dredgers", f"Dredgers {number}")
        (raw / f"{number}.doc").write_text(text, encoding="utf-8")
    (raw / "same as 1.doc").write_bytes((raw / "1.doc").read_bytes())
    desk, said = desk_of(site), Said(source="own", date="2019-11-18")
    inputs = list(gather([str(raw)], None))
    repeated_in_batch(inputs, lambda one: "own", {"own": Source("own", "Own")}, desk.readings)
    looked = runs.read_text().count("run")
    taken = list(take_all(inputs, said, desk))

    assert 13 == looked == runs.read_text().count("run")
    assert [str(raw / "5.doc")] == [each.where for each in taken if each.state == FAILED]
    assert f'{raw / "5.doc"}: "sh" failed on it with 1' in next(each.message for each in taken if each.state == FAILED)


def test_no_more_is_kept_than_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch of long texts does not grow in memory: what is not kept is read a second time."""
    monkeypatch.setattr(reader, "MOST_KEPT", 5)
    readings = Readings(((".a", "cat {file}"),))
    digest = {content: hashlib.sha256(content).hexdigest() for content in (b"four", b"five")}

    assert [b"four", b"five"] == [reading.text for reading in readings.read([("x.a", content) for content in digest])]
    assert [b"four", b""] == [readings.taken("x.a", digest[content]).text for content in digest]
    assert b"five" == readings.read([("x.a", b"five")])[0].text
    assert b"five" == readings.taken("x.a", digest[b"five"]).text
    assert [NOT_READ] == readings.read([("x.txt", b"four")])


def test_commands_run_side_by_side(site: Path, tmp_path: Path, bulletin: str) -> None:
    """In the look at recurring lines too: each of these commands ends only when another one runs beside it."""
    script = tmp_path / "reader.sh"
    script.write_text(f"""\
touch {tmp_path}/running.$$
for i in $(seq 500); do
  [ $(ls {tmp_path}/running.* | wc -l) -gt 1 ] && exec cat "$1"
  sleep 0.01
done
exit 1
""")
    readings = Readings(((".doc", f"sh {script} {{file}}"),), jobs=2)
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(12):
        (raw / f"{number}.doc").write_text(bulletin.replace("Dredgers", f"Dredgers {number}"), encoding="utf-8")
    repeated_in_batch(gather([str(raw)], None), lambda one: "own", {"own": Source("own", "Own")}, readings)

    found = [readings.taken(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in raw.iterdir()]
    assert [""] * 12 == [reading.fault for reading in found]


def test_however_many_run_at_once_the_lines_are_the_same(tmp_path: Path) -> None:
    """And so are the readings and their order, though the later commands are done first."""
    files = [(f"{number}.doc", f"sleep 0.{5 - number}; echo {number}".encode()) for number in range(5)]
    by_one, by_many = (Readings(((".doc", "sh {file}"),), jobs).read(files) for jobs in (1, 5))

    assert [f"{number}\n".encode() for number in range(5)] == [reading.text for reading in by_many]
    assert by_one == by_many


def test_who_stops_waits_for_no_command(site: Path, tmp_path: Path, bulletin: str) -> None:
    """Ctrl-C ends the commands that run, and those that would have followed do not begin."""
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"""ingest: {{readers: {{".doc": "sh -c 'touch {tmp_path}/begun.$$; sleep 45' {{file}}"}}}}\n""")
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(12):
        (raw / f"{number}.doc").write_text(f"{number}{bulletin}", encoding="utf-8")
    with ingest(site, raw, "--jobs", "2") as process:
        until = time.monotonic() + 30
        while not list(tmp_path.glob("begun.*")) and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        process.communicate(timeout=30)

    assert 130 == process.returncode
    assert 10.0 > time.monotonic() - began
    assert 2 >= len(list(tmp_path.glob("begun.*")))
