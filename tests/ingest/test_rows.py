"""Rows of JSON lines: good ones are answered, bad ones are told by line, whatever stands in them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.errors import IngestError
from generator.ingest.rows import NAME, OBJECT, Column, rows_of

GOOD = '{"id": "1", "title": "Ships", "body": "The harbour.", "date": "2020-01-02"}'
PAIR = '{"id": "1", "a": {"title": "A", "body": "b"}, "b": {"title": "A", "body": "b"}}'


@pytest.mark.parametrize(
    ("told", "command", "rows"),
    [
        ("2: this is not JSON (", "tag", [GOOD, "{no json", GOOD]),
        ("1: this is not an object with keys.", "tag", ["[1, 2]"]),
        ("1: this is not a row: it is nested too deep.", "tag", ["[" * 100_000]),
        ('1: the key "body" is missing.', "tag", ['{"id": "1"}']),
        ('1: "body" must be a text, not null.', "tag", ['{"id": "1", "body": null}']),
        ('1: "body" must be a text, not ["a", "b"].', "tag", ['{"id": "1", "body": ["a", "b"]}']),
        ('1: "title" must be a text, not 5.', "tag", ['{"id": "1", "title": 5, "body": "x"}']),
        ('1: "id" must be a text or a number, not {"a": 1}.', "tag", ['{"id": {"a": 1}, "body": "x"}']),
        ("1: it holds half a sign", "tag", ['{"id": "\\ud800", "body": "the harbour \\udc00"}']),
        ('1: "a" must be an object with keys, not "text".', "duplicates", ['{"id": "1", "a": "text", "b": {}}']),
        ('1: the key "b" is missing.', "duplicates", ['{"id": "1", "a": {}}']),
        ('2: "b.body" must be a text, not 5.', "duplicates", [PAIR, '{"id": "2", "a": {}, "b": {"body": 5}}']),
        ('1: "date" must be a day, as 2020-01-02, not "02/01/2020".', "related", ['{"id": "1", "date": "02/01/2020"}']),
        ('1: "date" must be a day, as 2020-01-02, not null.', "related", ['{"id": "1", "date": null}']),
        ('1: "topics" must be a list of texts, not 5.', "related", ['{"id": "1", "date": "2020-01-02", "topics": 5}']),
        ('2: the id "1" stands in line 1 already.', "related", [GOOD, GOOD]),
    ],
)
def test_a_bad_row_is_told_by_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], told: str, command: str, rows: list[str]
) -> None:
    """No row ends in a traceback, and none is answered as if it were something else."""
    place = tmp_path / "rows.jsonl"
    place.write_text("\n".join(rows) + "\n", encoding="utf-8")

    status = main([command, "--jsonl", str(place)])

    said = capsys.readouterr()
    assert (1, True) == (status, f"{place}:{told}" in said.err), said.err
    assert f"{place}: One row cannot be read." in said.err


def test_the_other_rows_are_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One bad row of many thousands does not cost the work on the others."""
    place = tmp_path / "rows.jsonl"
    place.write_text(f"{GOOD}\nno json\n\n{GOOD}\n", encoding="utf-8")

    main(["tag", "--jsonl", str(place)])

    assert ["1", "1"] == [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf\r\n"])
def test_a_file_without_rows_has_none(tmp_path: Path, content: bytes) -> None:
    """Nothing to do is no fault."""
    place = tmp_path / "rows.jsonl"
    place.write_bytes(content)

    assert [] == list(rows_of(place, {"id": Column(NAME, required=True)}))


def test_no_more_is_told_than_anybody_reads(tmp_path: Path) -> None:
    """A file of something else altogether is told by its first lines."""
    place = tmp_path / "rows.jsonl"
    place.write_text("no json\n" * 50, encoding="utf-8")

    with pytest.raises(IngestError, match=r"50 rows cannot be read\. 30 more are like these") as fault:
        list(rows_of(place, {"id": Column(OBJECT)}))

    assert 20 == len(fault.value.diagnostics)


@pytest.mark.parametrize("name", ["", "gone.jsonl"])
def test_what_is_no_file_is_told(tmp_path: Path, name: str) -> None:
    """A folder, and a name that is spelt wrongly."""
    with pytest.raises(IngestError, match="Name a file of JSON lines"):
        list(rows_of(tmp_path / name, {}))
