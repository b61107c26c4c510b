"""The strip of heat: what a character says of several weeks, and where the peak is."""

from __future__ import annotations

from decimal import Decimal

from golden.sample import sample_plan

from waveplan.render.heat import heat_strip, peak_of
from waveplan.render.language import translator
from waveplan.render.page import Page
from waveplan.render.signs import UNICODE
from waveplan.workload import Load, LoadRow

PAGE = Page(sample_plan(), translator("en"), 60)


def _row(name: str, shares: dict[str, str]) -> LoadRow:
    return LoadRow(name, {week: Load(Decimal(share), Decimal(1)) for week, share in shares.items()})


def test_one_character_for_several_weeks_shows_the_fullest_of_them() -> None:
    weeks = [f"2026-W{number:02d}" for number in range(1, 53)]
    quiet = dict.fromkeys(weeks, "0.1")
    row = _row("ops", quiet | {"2026-W20": "1.5"})
    line = heat_strip(PAGE, [row], weeks)[-1].plain
    cells = line.removeprefix("ops").split("peak")[0].strip()
    assert len(cells) <= len(weeks) / 2  # so narrow that a cell is of several weeks
    assert (cells.count(UNICODE.over), cells.count(UNICODE.heat[0])) == (1, len(cells) - 1)


def test_the_peak_is_the_highest_share_in_its_first_week() -> None:
    assert peak_of(_row("ops", {"2026-W03": "0.9", "2026-W02": "0.9", "2026-W01": "0.2"})) == (
        "2026-W02",
        Decimal("0.9"),
    )
    assert peak_of(LoadRow("ops", {"2026-W01": Load(Decimal(3), None, Decimal(3))})) is None
