"""Reports for meetings in a word processor: LibreOffice turns their HTML into docx without losing what they say."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from support.command_client import GUARD
from support.command_line import DATACENTRE_EXIT

from waveplan import api
from waveplan.pages.writing import report_page
from waveplan.render.language import translator
from waveplan.render.reports.document import Report
from waveplan.render.reports.steering import steering_report

OFFICE = shutil.which("soffice")
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _report(language: str) -> Report:
    inventory = api.load(str(DATACENTRE_EXIT)).inventory
    plan = api.load_plan(f"{DATACENTRE_EXIT}.plan.yaml").plan
    assert inventory is not None and plan is not None
    found = api.briefing(plan, inventory, dt.date(2027, 5, 20), days=35)
    return steering_report(found, plan, translator(language))


def _converted(page: str, folder: Path) -> ET.Element:
    assert OFFICE is not None
    (folder / "report.html").write_text(page, encoding="utf-8")
    command = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    command += ["docx:MS Word 2007 XML", "--outdir", str(folder), str(folder / "report.html")]
    subprocess.run(command, check=True, capture_output=True, timeout=GUARD)
    with zipfile.ZipFile(folder / "report.docx") as packed:
        return ET.fromstring(packed.read("word/document.xml"))


def _text(element: ET.Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{_WORDS}t"))


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: nothing reads the HTML as a document")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_report_becomes_a_document(language: str, tmp_path: Path) -> None:
    report = _report(language)
    document = _converted(report_page(report, translator(language)), tmp_path)
    paragraphs = list(document.iter(f"{_WORDS}p"))
    headed: dict[str, list[str]] = {"Heading1": [], "Heading2": []}
    for paragraph in paragraphs:
        style = paragraph.find(f".//{_WORDS}pStyle")
        if style is not None and (level := style.get(f"{_WORDS}val", "")) in headed:
            headed[level].append(_text(paragraph))
    assert headed["Heading1"] == [report.title]
    assert headed["Heading2"] == [part.title for part in report.parts]
    tables = list(document.iter(f"{_WORDS}tbl"))
    with_rows = [part for part in report.parts if part.rows]
    assert [len(list(each.iter(f"{_WORDS}tr"))) for each in tables] == [len(part.rows) + 1 for part in with_rows]
    assert _text(paragraphs[0]) == report.title  # no link for keyboards before it
    first = list(tables[0].iter(f"{_WORDS}tc"))
    assert [_text(cell) for cell in first[:2]] == [field.title for field in with_rows[0].fields[:2]]
    assert {each.get(f"{_WORDS}val") for cell in first[1:5] for each in cell.iter(f"{_WORDS}jc")} == {"right"}
    after = {each.get(f"{_WORDS}after") for cell in first for each in cell.iter(f"{_WORDS}spacing")}
    assert after <= {"0"}  # rows as tall as their words


def test_columns_share_the_width_by_what_they_hold() -> None:
    page = report_page(_report("en"), translator("en"))
    shares = [[int(n) for n in re.findall(r'<col width="(\d+)\*">', group)] for group in page.split("<colgroup>")[1:]]
    assert len(shares) == page.count("<table")
    assert all(98 <= sum(each) <= 102 for each in shares)
    decisions = shares[2]  # date, wave, gate, committee, needs
    assert max(decisions) == decisions[-1] and min(decisions) == decisions[1]
