"""What holds of every format: hostile names are harmless, bytes are the same, nothing is mutated, registers agree."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from typing import get_args, get_type_hints
from xml.etree import ElementTree as ET

import icalendar
import pytest
import yaml
from support.command_line import ROOT
from support.exports import HOSTILE, PLANS, exported, hostile, planned, view_of

from waveplan.cli.options import ExportFormat
from waveplan.cli.plan_requests import ExportRequest
from waveplan.export.formats import FORMATS
from waveplan.export.formats.archive import zipped
from waveplan.export.programme import ProgrammeView
from waveplan.export.programme.words import plain


def test_the_command_offers_every_format() -> None:
    assert list(get_args(ExportFormat)) == list(FORMATS)
    help_text = get_type_hints(ExportRequest, include_extras=True)["to"].__metadata__[0].help
    assert f"One of {', '.join(FORMATS)}." == help_text


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_hostile_names_are_harmless(to: str, language: str) -> None:
    """No control character, no mark of direction, no mark-up, no second document, in either language."""
    if to == "xlsx":
        pytest.importorskip("xlsxwriter")
    for name, content in exported(hostile(), to, language).files.items():
        if FORMATS[to].binary:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                texts = {part: archive.read(part).decode() for part in archive.namelist()}
            for text in texts.values():
                ET.fromstring(text)
        else:
            texts = {name: content.decode()}
        for text in texts.values():
            unseen = (c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp"))
            assert {*unseen} <= {"\r", "\n", "\u200d"}
        READERS[to](texts)


def _csv(texts: dict[str, str]) -> None:
    for text in texts.values():
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if len(cell) > 1 and cell[0] in "=+-@\t\r"]


def _ics(texts: dict[str, str]) -> None:
    for text in texts.values():
        calendar = icalendar.Calendar.from_ical(text)
        assert {component.name for component in calendar.subcomponents} == {"VEVENT"}


def _xml(texts: dict[str, str]) -> None:
    for text in texts.values():
        assert "<script" not in text
        ET.fromstring(text)


def _workbook(texts: dict[str, str]) -> None:
    assert not any(re.search(r"<f>[^<]*(cmd|calc|alert)|<script|<img", text) for text in texts.values())


def _mermaid(texts: dict[str, str]) -> None:
    for text in texts.values():
        assert not re.search(r"<(?!br>)|click |```|%%", text)


def _plantuml(texts: dict[str, str]) -> None:
    for text in texts.values():
        assert not re.search(r"<(?!U\+)|%\w+\(|\[\[|^!", text, re.MULTILINE)


def _yaml(texts: dict[str, str]) -> None:
    for text in texts.values():
        assert [document["kind"] for document in yaml.safe_load_all(text)][1:] == []


READERS = {
    "csv": _csv,
    "jira": _csv,
    "azure-devops": _csv,
    "aws-cmf": _csv,
    "aws-mgn": _csv,
    "ics": _ics,
    "ms-project": _xml,
    "xlsx": _workbook,
    "mermaid": _mermaid,
    "plantuml": _plantuml,
    "forklift": _yaml,
}


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_become_one_line_in_which_nothing_is_hidden(text: str) -> None:
    shown = plain(text)
    assert "\n" not in shown
    assert all(c.isprintable() or c == "\u200d" for c in shown)
    assert shown == text or len(shown) >= len(text) - text.count("\r")


@pytest.mark.parametrize("to", FORMATS)
def test_exports_leave_plan_and_inventory_alone_and_repeat_themselves(to: str) -> None:
    if to == "xlsx":
        pytest.importorskip("xlsxwriter")
    plan, inventory = planned("datacentre-exit")
    before = plan.model_dump_json(), inventory.model_dump_json()
    first = exported((plan, inventory), to)
    assert exported((plan.model_copy(deep=True), inventory), to) == first
    assert (plan.model_dump_json(), inventory.model_dump_json()) == before


def test_bytes_do_not_hang_on_the_hash_seed() -> None:
    """All formats of one plan, made in two processes of other seeds."""
    script = (
        "import hashlib, sys; sys.path[:0] = sys.argv[1:]\n"
        "from support.exports import exported, hostile\n"
        "from waveplan.export.formats import FORMATS\n"
        "for to in FORMATS:\n"
        "    print(to, hashlib.sha256(repr(exported(hostile(), to)).encode()).hexdigest())\n"
    )
    command = [sys.executable, "-c", script, str(ROOT / "tests")]
    outs = [
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True)
        for seed in ("1", "4242")
    ]
    assert outs[0].stdout == outs[1].stdout
    assert len(outs[0].stdout.splitlines()) == len(FORMATS)


def test_archives_carry_no_time() -> None:
    content = zipped({"b.txt": b"two", "a.txt": b"one"})
    assert content == zipped({"b.txt": b"two", "a.txt": b"one"})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["b.txt", "a.txt"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


@pytest.mark.parametrize("name", PLANS)
def test_keys_are_given_once_and_do_not_change_with_the_language(name: str) -> None:
    english, french = view_of(planned(name)), view_of(planned(name), "fr")

    def keys(view: ProgrammeView) -> list[str]:
        of_waves = (*view.waves, *view.lots, *view.items, *view.gates, *view.rehearsals)
        return [record.key for record in (*of_waves, *view.milestones, *view.freezes, *view.hard_dates)]

    assert keys(english) == keys(french)
    assert len(set(keys(english))) == len(keys(english))
