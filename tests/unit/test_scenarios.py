"""Scenarios as programs use them: solved one after the other or by any executor, none hiding the others."""

from __future__ import annotations

import threading
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from support.command_line import SMALL

from waveplan import api
from waveplan.planning.options import SolveOptions, Watching
from waveplan.usecases.scenarios import (
    Scenarios,
    compare,
    load_scenarios,
    no_worse_than_others,
    solve_scenarios,
    worth_of,
)

FILE = """\
waveplan_scenarios: 1
inventory: small.yaml
scenarios:
  - {id: today}
  - {id: late, overlay: {applications: [{id: crm, not_before: 2026-06-01}]}}
  - {id: never, overlay: {applications: [{id: erp, not_after: 2026-02-10}]}}
  - {id: wrong, overlay: {servers: [{id: s1, site: nowhere}]}}
"""
OPTIONS = SolveOptions(time_limit=None, deterministic_limit=10.0, reproducible=True, workers=1)


@pytest.fixture
def scenarios(tmp_path: Path) -> Scenarios:
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "scenarios.yaml").write_text(FILE, encoding="utf-8")
    return load_scenarios(str(tmp_path / "scenarios.yaml"))


def test_each_has_its_plan_or_the_reason_why_not(scenarios: Scenarios) -> None:
    seen: list[tuple[str, int]] = []
    results = list(solve_scenarios(scenarios, options=OPTIONS, on_scenario=lambda each, n: seen.append((each.id, n))))
    assert [(each.scenario.id, each.column.status) for each in results] == [
        ("today", "planned"),
        ("late", "planned"),
        ("never", "infeasible"),
        ("wrong", "findings"),
    ]
    assert seen == [("today", 1), ("late", 2), ("never", 3)]
    assert [each.plan is None for each in results] == [False, False, True, True]
    assert [finding.code for finding in results[3].findings] == ["WP107"]
    assert all(finding.location is not None for each in results for finding in each.findings)
    today, late = (each.column.plan for each in results[:2])
    assert today is not None
    assert late is not None
    assert late.finish > today.finish
    assert results[0].column.inventory is not None


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_any_executor_gives_the_same(scenarios: Scenarios, kind: str) -> None:
    alone = list(solve_scenarios(scenarios, options=OPTIONS))
    pool: Executor = (
        ThreadPoolExecutor(2) if kind == "threads" else ProcessPoolExecutor(2, mp_context=get_context("spawn"))
    )
    with pool:
        together = list(solve_scenarios(scenarios, options=OPTIONS, executor=pool))
    assert [each.column for each in together] == [each.column for each in alone]
    assert [each.plan for each in together] == [each.plan for each in alone]


def test_what_was_not_begun_when_stopped_is_said_to_be_so(scenarios: Scenarios) -> None:
    stop = threading.Event()
    stop.set()
    results = list(solve_scenarios(scenarios, options=OPTIONS, watching=Watching(stop=stop)))
    assert [each.column.status for each in results] == ["interrupted"] * 3 + ["findings"]


def test_a_file_with_errors_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "scenarios.yaml"
    file.write_text("waveplan_scenarios: 1\nscenarios: []\n", encoding="utf-8")
    with pytest.raises(ValueError, match="errors"):
        list(solve_scenarios(load_scenarios(str(file))))


def test_finished_plans_are_compared_by_what_they_say(scenarios: Scenarios) -> None:
    planned = [each for each in solve_scenarios(scenarios, options=OPTIONS) if each.plan is not None]
    found = compare((each.scenario.id, each.plan) for each in planned if each.plan is not None)
    assert [column.plan for column in found.columns] == [each.column.plan for each in planned]
    assert all(column.inventory is None for column in found.columns)


def test_the_plan_passes_the_check_of_its_scenario(scenarios: Scenarios) -> None:
    from waveplan.checking import check

    first, second, *_ = solve_scenarios(scenarios, options=OPTIONS)
    inventories = [api.validated(each.scenario.validation.loaded).inventory for each in (first, second)]
    assert first.plan is not None
    assert inventories[0] is not None
    assert inventories[1] is not None
    assert not check(first.plan, inventories[0]).findings
    assert [finding.code for finding in check(first.plan, inventories[1]).findings] == ["WP308"]


def test_a_scenario_takes_a_better_plan_of_one_that_asks_for_more(scenarios: Scenarios) -> None:
    today, late, *_ = solve_scenarios(scenarios, options=OPTIONS)
    assert today.started_from is late.started_from is None
    assert worth_of(today.plan, late.scenario) is None  # crm is too early there
    lost = replace(today, plan=None, column=replace(today.column, status="unknown"))
    found = no_worse_than_others(lost, [lost, late], OPTIONS, threading.Event())
    assert found.started_from == "late"
    mine, its = worth_of(found.plan, today.scenario), worth_of(late.plan, today.scenario)
    assert mine is not None
    assert its is not None
    assert mine <= its
    assert no_worse_than_others(today, [today, late], OPTIONS, threading.Event()) is today
