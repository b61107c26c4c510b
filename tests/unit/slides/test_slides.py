"""Slides of the steering report, read back from their XML by a reader that is not the library that wrote them."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree
from support.command_line import DATACENTRE_EXIT

from waveplan import api
from waveplan.domain.briefing import Briefing
from waveplan.domain.plan import Plan
from waveplan.render.language import translator
from waveplan.render.reports.document import in_words
from waveplan.render.reports.steering import steering_report
from waveplan.slides import steering_slides

DAY = dt.date(2027, 6, 1)
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def told() -> tuple[Briefing, Plan]:
    name = str(DATACENTRE_EXIT.parent / "outsourcing-transition")
    inventory, plan = api.validate(name).inventory, api.load_plan(f"{name}.plan.yaml").plan
    assert inventory is not None and plan is not None
    return api.briefing(plan, inventory, DAY, days=35), plan


def parts(deck: bytes, folder: str) -> list[Any]:
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        names = [name for name in archive.namelist() if name.startswith(folder) and name.endswith(".xml")]
        return [ElementTree.fromstring(archive.read(name)) for name in names]


def rows_of(deck: bytes) -> list[tuple[str, ...]]:
    """Every row of every table, headings too."""
    return [
        tuple("".join(text.text or "" for text in cell.iter(f"{A}t")) for cell in row.iter(f"{A}tc"))
        for slide in parts(deck, "ppt/slides/slide")
        for row in slide.iter(f"{A}tr")
    ]


@pytest.mark.parametrize("code", ["en", "fr"])
def test_slides_hold_what_the_report_says(told: tuple[Briefing, Plan], code: str) -> None:
    briefing, plan = told
    language = translator(code)
    deck = steering_slides(briefing, plan, language)
    report = steering_report(briefing, plan, language)
    found = rows_of(deck)
    for part in report.parts:
        for row in part.rows:
            words = (in_words(value, field, language) for value, field in zip(row, part.fields, strict=True))
            assert tuple(map(str, words)) in found
    text = " ".join(node.text or "" for slide in parts(deck, "ppt/slides/slide") for node in slide.iter(f"{A}t"))
    assert all(str(sentence) in text for sentence in (report.title, *report.summary))


def test_charts_are_charts_with_their_numbers(told: tuple[Briefing, Plan]) -> None:
    briefing, plan = told
    burn_up, loads = parts(steering_slides(briefing, plan, translator("en")), "ppt/charts/chart")
    values = [float(node.text) for node in next(burn_up.iter(f"{C}ser")).find(f"{C}val").iter(f"{C}v")]
    assert values == [point.planned["servers"] for point in briefing.status.burn_up.points]
    assert len(list(loads.iter(f"{C}ser"))) == 6


def test_slides_are_the_same_bytes_whenever_they_are_made(
    told: tuple[Briefing, Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    once = steering_slides(*told, translator("en"))
    import time

    later = time.time() + 86_400 * 400
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(later))
    assert steering_slides(*told, translator("en")) == once


@pytest.mark.slow
@pytest.mark.skipif(not all(map(shutil.which, ("soffice", "pdfinfo"))), reason="needs LibreOffice and pdfinfo")
def test_another_program_opens_them(told: tuple[Briefing, Plan], tmp_path: Path) -> None:
    deck = steering_slides(*told, translator("en"))
    (tmp_path / "deck.pptx").write_bytes(deck)
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "deck.pptx"]
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True, timeout=900)
    told_of = subprocess.run(["pdfinfo", "deck.pdf"], check=True, cwd=tmp_path, capture_output=True, text=True).stdout
    pages = re.search(r"Pages:\s+(\d+)", told_of)
    assert pages is not None and int(pages[1]) == len(parts(deck, "ppt/slides/slide"))
