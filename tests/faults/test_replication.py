"""Twenty terabytes over 10 Mbit/s: 20,000 × 8 ÷ (0.01 × 0.7 × 3,600) = 6,349 hours, 264.6 days; one day is there."""

from __future__ import annotations

from pathlib import Path

from waveplan import api
from waveplan.planning import SolveOptions

FILE = Path(__file__).parent / "replication" / "twenty-terabytes.yaml"
OPTIONS = SolveOptions(deterministic_limit=10.0, workers=1)


def test_what_the_link_does_not_say_is_warned_of() -> None:
    (found,) = (each for each in api.validate(str(FILE)).findings if each.code == "WP149")
    assert "would take 264.6 days of the 1 of its preparation" in found.message


def test_once_it_says_so_there_is_no_plan(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8").replace("gbps: 0.01", "gbps: 0.01, background_gbps: 0.01")
    told = tmp_path / "told.yaml"
    told.write_text(text, encoding="utf-8")
    validation = api.validate(str(told))
    assert not [each for each in validation.findings if each.code == "WP149"]
    assert api.solve(validation, options=OPTIONS).status == "infeasible"


def test_with_a_year_of_preparation_it_fits(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8").replace("gbps: 0.01", "gbps: 0.01, background_gbps: 0.01")
    text = text.replace("preparation_days: 1", "preparation_days: 265").replace("2027-03-31", "2027-12-31")
    told = tmp_path / "told.yaml"
    told.write_text(text, encoding="utf-8")
    assert api.solve(api.validate(str(told)), options=OPTIONS).status == "planned"
