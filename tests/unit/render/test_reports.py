"""Reports keep what inventories say from acting: on terminals, in Markdown, in spreadsheets."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal

from golden.sample import printed

from waveplan.cli.reports import FORMATS, KINDS, Kind
from waveplan.render.language import Shown, translator
from waveplan.render.reports.document import Field, Report, ReportPart
from waveplan.render.reports.markdown import report_markdown
from waveplan.render.reports.spreadsheet import BYTE_ORDER_MARK, report_csv
from waveplan.render.reports.text import report_view

EN, FR = translator("en"), translator("fr")
FIELDS = (Field(Shown("Name")), Field(Shown("Number"), right=True, places=1), Field(Shown("Day")))
DAY = dt.date(2026, 3, 14)


def _report(*rows: tuple[str, Decimal | None, dt.date | None]) -> Report:
    shown = tuple((Shown(name), number, day) for name, number, day in rows)
    return Report(
        Shown("A title"), (Shown("One line."),), (ReportPart(Shown("A part"), FIELDS, shown, Shown("Nothing.")),)
    )


def test_markdown_escapes_what_it_would_take_for_itself() -> None:
    text = report_markdown(_report(("a|b *c*\n<d>", Decimal("2.25"), DAY)), EN)
    assert r"| a\|b \*c\* \<d\> | 2.3 | 14 Mar 2026 |" in text
    assert "| --- | ---: | --- |" in text


def test_spreadsheets_get_words_never_formulas() -> None:
    rows = [(name, None, None) for name in ("=1+1", "+1", "-1", "@x", "-", "a,b;c", 'say "x"')]
    read = list(csv.reader(report_csv(_report(*rows), EN).splitlines()))
    assert [row[0] for row in read[1:]] == ["'=1+1", "'+1", "'-1", "'@x", "-", "a,b;c", 'say "x"']


def test_french_spreadsheets_have_their_mark_semicolons_and_commas() -> None:
    text = report_csv(_report(("a", Decimal("1234.56"), DAY)), FR)
    assert text == f"{BYTE_ORDER_MARK}Name;Number;Day\na;1234,6;2026-03-14\n"
    assert report_csv(_report(("a", Decimal("1234.56"), DAY)), EN) == "Name,Number,Day\na,1234.6,2026-03-14\n"


def test_a_part_without_rows_says_so() -> None:
    assert "Nothing." in report_markdown(_report(), EN)
    assert printed(report_view(_report(), EN, 80)) == "A title\nOne line.\n\nA part\nNothing.\n"


def test_every_kind_of_the_command_line_has_its_report() -> None:
    assert set(KINDS) < set(FORMATS) == set(Kind.__args__)
    alone = {"programme", "flash", "steering", "lot-package", "wave-package", "communication"}
    assert set(FORMATS) - set(KINDS) == alone
