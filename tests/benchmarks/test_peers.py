"""Peers of the benchmarks: each gives every lot a place, and the check says what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from arrangement_instances import instance_lines as arrangement_lines
from arrangement_instances import optimum
from peers.answers import Answer, load_built, plan_text
from peers.cp_sat import cp_sat
from peers.next_fit import next_fit
from peers.ordered import in_order, ordered
from planted_instances import instance_lines as planted_lines

from waveplan.api import check
from waveplan.engine.goals.measures import measure
from waveplan.planning.building.problem_builder import Built


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(list(planted_lines(30, 6, "web", 2)), tmp_path_factory.mktemp("planted"))


def written(lines: list[str], folder: Path) -> Path:
    path = folder / "inventory.yaml"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def broken_rules(built: Built, answer: Answer, inventory: Path) -> set[str]:
    plan = inventory.with_name("plan.json")
    plan.write_text(plan_text(built, "coexistence", answer), encoding="utf-8")
    return {finding.code for finding in check(str(plan), str(inventory)).findings if finding.severity == "error"}


@pytest.mark.parametrize("peer", [next_fit, ordered])
def test_every_lot_has_a_place(peer, planted: Path) -> None:
    problem = load_built(str(planted)).problem
    assignment = peer(problem)
    assert sorted(assignment) == list(range(len(problem.lots)))
    assert set(assignment.values()) <= {place.index for place in problem.positions}


def test_next_fit_fills_waves_by_servers_in_ascending_order(planted: Path) -> None:
    built = load_built(str(planted))
    servers = next(limit for limit in built.problem.wave_limits if limit.name == "servers")
    waves = defaultdict(list)
    for lot, position in next_fit(built.problem).items():
        waves[position].append(servers.amounts.get(lot, 0))
    in_time = [waves[position] for position in sorted(waves)]
    assert all(max(before) <= min(after) for before, after in pairwise(in_time))
    assert all(sum(held) <= servers.limit for held in in_time[:-1])


def test_next_fit_is_judged_by_the_rules_it_does_not_know(planted: Path) -> None:
    built = load_built(str(planted))
    broken = broken_rules(built, Answer(next_fit(built.problem)), planted)
    assert broken
    assert not broken & {"WP301", "WP302", "WP303", "WP390"}  # a whole plan, rightly stated


def test_the_ordered_heuristic_puts_providers_first(planted: Path) -> None:
    problem = load_built(str(planted)).problem
    place = {lot: number for number, lot in enumerate(in_order(problem))}
    assert problem.precedences
    assert all(place[order.first] < place[order.second] for order in problem.precedences)


def test_the_ordered_heuristic_keeps_every_rule_where_there_is_room(tmp_path: Path) -> None:
    path = written(list(arrangement_lines("grid:3x3")), tmp_path)
    built = load_built(str(path))
    assert broken_rules(built, Answer(ordered(built.problem)), path) == set()


def test_plain_cp_sat_proves_a_small_case(tmp_path: Path) -> None:
    path = written(list(arrangement_lines("grid:2x3")), tmp_path)
    built = load_built(str(path))
    answer = cp_sat(built.problem, "coexistence", 60)
    assert answer is not None
    assert answer.proven
    assert answer.bound == measure(built.problem, answer.assignment, "coexistence") == optimum("grid:2x3")
    assert broken_rules(built, answer, path) == set()
