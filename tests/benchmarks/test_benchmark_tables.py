"""How benchmarks run, read and print what was reached."""

from __future__ import annotations

import sys

import pytest
from measuring import Result, run_alone
from planted import limit_of, seconds_by_lots
from tables import geometric_mean, print_results, print_summary, ratio


def test_a_process_is_run_to_its_end() -> None:
    ended = run_alone([sys.executable, "-c", "import sys; print('out'); sys.exit('err')"], 600)
    assert (ended.code, ended.output, ended.errors) == (1, "out\n", "err\n")
    assert ended.megabytes > 0


def test_a_process_that_does_not_end_is_ended() -> None:
    assert run_alone([sys.executable, "-c", "while True: pass"], 0.5).code == -9


def test_the_reference_is_the_best_valid_plan(capsys: pytest.CaptureFixture[str]) -> None:
    results = [Result("one", 120.0), Result("two", 100.0), Result("three", 50.0, broken=4, remark="breaks rules")]
    print_results("case", results, None)
    ratios = [line.split()[4] for line in capsys.readouterr().out.splitlines()]
    assert ratios == ["1.200", "1.000", "0.500"]


def test_a_bound_above_a_reached_value_is_called_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    print_results("case", [Result("one", 120.0, bound=110.0), Result("two", 100.0)], None)
    assert "WRONG: one states a bound of 110" in capsys.readouterr().out
    print_results("case", [Result("one", 120.0, bound=100.0), Result("two", 100.0)], None)
    assert "WRONG" not in capsys.readouterr().out


def test_the_summary_counts_valid_plans_only(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        (Result("one", 200.0, bound=200.0, proven=True), 100.0),
        (Result("one", 50.0, bound=0.0), 100.0),
        (Result("one", 1.0, broken=1), 100.0),
        (Result("one", remark="no plan in time"), 100.0),
    ]
    print_summary(rows)
    said = capsys.readouterr().out.strip()
    assert said == "one: 2 of 4 valid, geometric mean ratio 1.000, mean gap 50%, proven 25%"


def test_means_and_ratios() -> None:
    assert geometric_mean([2.0, 8.0]) == pytest.approx(4.0)
    assert ratio(Result("one", 0.0), 0.0) == 1.0
    assert ratio(Result("one", 3.0), None) is None


def test_seconds_go_by_the_number_of_lots() -> None:
    limits = seconds_by_lots("60=20,200=40")
    assert [limit_of(lots, limits) for lots in (24, 60, 61, 800)] == [20.0, 20.0, 40.0, 40.0]
