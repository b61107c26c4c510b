"""Instances that benchmarks draw: valid, the same everywhere, and what they claim to be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import assembly_instances
import pytest
from arrangement_instances import graph, optimum
from arrangement_instances import instance_lines as arrangement_lines
from assembly_instances import broken_by, combinations, draw_line
from planted_instances import SHAPES
from planted_instances import instance_lines as planted_lines
from precedence_graphs import order_strength
from provider_change_instances import SHAPES as CHANGES
from provider_change_instances import instance_lines as change_lines

from waveplan.api import validate

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
COMMANDS = (
    ("planted_instances.py", "14", "4", "hub", "3"),
    ("arrangement_instances.py", "cube:4"),
    ("provider_change_instances.py", "60", "dense", "--seed", "3"),
    ("assembly_instances.py", "20", "bottleneck", "0.6", "bimodal", "2"),
    ("assembly_instances.py", "50", "chain", "0.2", "middle", "1"),
)
SMALL_GRAPHS = ("grid:1x5", "grid:2x2", "grid:3x2", "grid:3x3", "grid:3x4", "tree:1", "tree:3", "tree:7", "cube:3")


def valid(lines: list[str], folder: Path) -> bool:
    path = folder / "inventory.yaml"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return not validate(str(path)).has_errors


@pytest.mark.parametrize("shape", SHAPES)
def test_planted_inventories_are_valid(shape: str, tmp_path: Path) -> None:
    assert valid(list(planted_lines(20, 5, shape, 1)), tmp_path)


@pytest.mark.parametrize("shape", CHANGES)
@pytest.mark.parametrize("lots", [30, 120])
def test_changes_of_providers_are_valid(shape: str, lots: int, tmp_path: Path) -> None:
    assert valid(list(change_lines(lots, shape, 1)), tmp_path)


@pytest.mark.parametrize("spec", ["grid:3x4", "tree:7", "cube:3"])
def test_arrangements_are_valid(spec: str, tmp_path: Path) -> None:
    assert valid(list(arrangement_lines(spec)), tmp_path)


@pytest.mark.parametrize(("kind", "strength", "times"), list(combinations()))
def test_assembly_lines_are_valid(kind: str, strength: float, times: str, tmp_path: Path) -> None:
    assert valid(list(assembly_instances.inventory_lines(draw_line(20, kind, strength, times, 1))), tmp_path)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_same_numbers_give_the_same_text(command: tuple[str, ...]) -> None:
    texts = set()
    for seed in ("0", "1", "77"):
        words = [sys.executable, str(BENCHMARKS / command[0]), *command[1:]]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        texts.add(subprocess.run(words, check=True, capture_output=True, text=True, env=environment).stdout)
    assert len(texts) == 1
    assert "waveplan: 1" in texts.pop()


def least_arrangement(nodes: int, edges: list[tuple[int, int]]) -> int:
    """The least Σ of distances, from the least Σ of cuts over all orders, set by set."""
    neighbours = [0] * nodes
    for one, other in edges:
        neighbours[one] |= 1 << other
        neighbours[other] |= 1 << one
    least = [0]
    for chosen in range(1, 1 << nodes):
        members = [node for node in range(nodes) if chosen >> node & 1]
        cut = sum((neighbours[node] & ~chosen).bit_count() for node in members)
        least.append(cut + min(least[chosen & ~(1 << node)] for node in members))
    return least[-1]


@pytest.mark.parametrize("spec", SMALL_GRAPHS)
def test_optima_are_those_of_all_arrangements(spec: str) -> None:
    assert optimum(spec) == least_arrangement(*graph(spec))


def test_known_optima() -> None:
    assert [optimum(spec) for spec in ("grid:33x33", "tree:1023", "cube:10")] == [31_680, 3_696, 523_776]


@pytest.mark.parametrize("tasks", [20, 50, 100])
@pytest.mark.parametrize("strength", [0.2, 0.6, 0.9])
def test_graphs_have_the_order_strength_that_is_asked_for(tasks: int, strength: float) -> None:
    for kind in dict.fromkeys(kind for kind, its, _ in combinations() if its == strength):
        line = draw_line(tasks, kind, strength, "bottom", 1)
        assert abs(order_strength(tasks, list(line.orders)) - strength) <= 0.05
        assert all(first < second for first, second in line.orders)


def test_a_bottleneck_has_many_direct_neighbours_on_both_sides() -> None:
    for tasks, degree in ((20, 4), (50, 8), (100, 8)):
        line = draw_line(tasks, "bottleneck", 0.6, "bottom", 1)
        into = Counter(second for _, second in line.orders)
        out = Counter(first for first, _ in line.orders)
        assert any(into[task] >= degree and out[task] >= degree for task in range(tasks))


def test_chains_hold_a_good_part_of_the_tasks() -> None:
    for strength in (0.2, 0.6):
        line = draw_line(50, "chain", strength, "bottom", 1)
        into = Counter(second for _, second in line.orders)
        out = Counter(first for first, _ in line.orders)
        linked = [order for order in line.orders if out[order[0]] == 1 and into[order[1]] == 1]
        assert len({task for order in linked for task in order}) >= 0.35 * 50


def test_what_is_wrong_with_a_balance_is_seen() -> None:
    line = assembly_instances.Line("three", (600, 500, 400), ((0, 1),))
    assert broken_by(line, [0, 1, 0]) == []
    assert broken_by(line, [1, 0, 0]) == ["task 1 before 0"]
    assert broken_by(line, [0, 0, 1]) == ["station 0 over its cycle"]
