"""Moments are compared, subtracted and moved in one module only."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import clock_arithmetic  # noqa: E402

PLANTED = """
import datetime as dt

class Wave:
    hypercare_end: dt.datetime
    @property
    def begins(self) -> dt.datetime:
        return instant(self.slot.start)

def length(wave):
    return wave.slot.end - wave.slot.start

def moved(wave, span):
    start, end = wave.slot.start, wave.slot.end
    return end - span

def last(waves):
    return max(wave.hypercare_end for wave in waves)

def before(one: dt.datetime, other: dt.datetime) -> bool:
    return one < other

def ends(waves):
    found = {wave.id: wave.hypercare_end for wave in waves}
    return max(found.values())

def fine(wave, other, waves):
    period = wave.period.end - wave.period.start
    latest = max(waves, key=lambda each: instant(each.hypercare_end))
    return wave.begins < other.begins and instant(wave.hypercare_end) < instant(other.hypercare_end)
"""


def test_nothing_goes_by_clocks(capsys) -> None:
    assert (clock_arithmetic.main(), capsys.readouterr().out) == (0, "")


def test_what_goes_by_clocks_is_found() -> None:
    found = [line for _, line in clock_arithmetic.offences({Path("planted.py"): PLANTED})]
    lines = PLANTED.splitlines()
    assert [lines[line - 1].strip() for line in found] == [
        "return wave.slot.end - wave.slot.start",
        "return end - span",
        "return max(wave.hypercare_end for wave in waves)",
        "return one < other",
        "return max(found.values())",
    ]
