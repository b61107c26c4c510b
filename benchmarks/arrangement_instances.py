"""Graphs as inventories in which a wave is one lot: `python benchmarks/arrangement_instances.py grid:8x8 > case.yaml`.

With one lot a day and a window every day, the least coexistence is the graph's minimum linear arrangement, which is
known for these:

grid:MxN  a grid of M × N nodes      Muradyan & Piliposyan, Dokl. Akad. Nauk Arm. SSR 70 (1980)
tree:N    a complete binary tree     Chung, in The Theory and Applications of Graphs (1981), for N = 2^k − 1
cube:D    a hypercube of 2^D nodes   Harper, J. SIAM 12 (1964)
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from math import isqrt

START = dt.date(2026, 1, 1)
Edge = tuple[int, int]


def graph(spec: str) -> tuple[int, list[Edge]]:
    """Number of nodes and edges, each from a lower number to a higher one. Raises ValueError for an unknown kind."""
    kind, _, size = spec.partition(":")
    if kind == "grid":
        rows, columns = map(int, size.split("x"))
        across = [(node, node + 1) for node in range(rows * columns) if (node + 1) % columns]
        down = [(node, node + columns) for node in range((rows - 1) * columns)]
        return rows * columns, sorted(across + down)
    if kind == "tree":
        return int(size), [((node - 1) // 2, node) for node in range(1, int(size))]
    if kind == "cube":
        nodes = 1 << int(size)
        pairs = ((node, node | 1 << bit) for node in range(nodes) for bit in range(int(size)))
        return nodes, sorted(pair for pair in pairs if pair[0] != pair[1])
    raise ValueError(f"no such kind of graph: {spec}")


def optimum(spec: str) -> int:
    """The least Σ of distances over all arrangements. Raises ValueError where no formula is known."""
    kind, _, size = spec.partition(":")
    if kind == "grid":
        return _grid(*sorted(map(int, size.split("x"))))
    if kind == "tree":
        return _tree(int(size))
    if kind == "cube":
        return 2 ** (int(size) - 1) * (2 ** int(size) - 1)
    raise ValueError(f"no such kind of graph: {spec}")


def _grid(m: int, n: int) -> int:
    """Muradyan & Piliposyan, m ≤ n; the corner squares are r wide, r = ⌊m + ½ − √(m²/2 − m/2 + ¼)⌋."""
    if m == 1:
        return n - 1
    square = 2 * m * m - 2 * m + 1  # four times what stands under the root
    r = (2 * m + 1 - _root_up(square)) // 2
    total = Fraction(-2 * r**3, 3) + 2 * m * r * r - (m * m + m - Fraction(2, 3)) * r + n * (m * m + m - 1) - m
    if total.denominator != 1:
        raise ValueError(f"the formula for a grid of {m} × {n} gives no whole number")
    return int(total)


def _root_up(number: int) -> int:
    """√number, rounded up."""
    root = isqrt(number)
    return root if root * root == number else root + 1


def _tree(nodes: int) -> int:
    """Chung: 2^k (k/3 + 5/18) + (−1)^k · 2/9 − 2 for a tree of k ≥ 2 levels."""
    levels = (nodes + 1).bit_length() - 1
    if nodes + 1 != 1 << levels:
        raise ValueError(f"a complete binary tree has 1, 3, 7, 15, … nodes, not {nodes}")
    if levels == 1:
        return 0
    total = 2**levels * (Fraction(levels, 3) + Fraction(5, 18)) + (-1) ** levels * Fraction(2, 9) - 2
    return int(total)


def instance_lines(spec: str) -> Iterator[str]:
    """The lines of an inventory."""
    nodes, edges = graph(spec)
    needs: dict[int, list[int]] = defaultdict(list)
    for one, other in edges:
        needs[one].append(other)
    deadline = START + dt.timedelta(days=nodes - 1)
    yield f"# {spec}: {nodes} nodes, {len(edges)} edges, written by benchmarks/arrangement_instances.py"
    yield "waveplan: 1"
    yield f"programme: {{name: arrangement {spec}, start: {START}, deadline: {deadline}}}"
    yield "calendar:"
    yield "  windows:"
    yield '  - {id: daily, days: [mon, tue, wed, thu, fri, sat, sun], from: "01:00", hours: 4}'
    yield "  public_holidays: allow"
    yield "policy:"
    yield "  preparation_days: 0"
    yield "  gates: []"
    yield "  hypercare: {hours: 0}"
    yield "  cadence: [{min_gap_days: 1}]"
    yield "  wave_limits: {lots: 1}"
    yield "objective: {goals: [{goal: coexistence}]}"
    yield "applications:"
    for node in range(nodes):
        providers = ", ".join(f"{{app: n{other}}}" for other in needs[node])
        yield f"- {{id: n{node}, depends_on: [{providers}]}}" if providers else f"- {{id: n{node}}}"


def main() -> None:
    """Print an inventory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", metavar="KIND:SIZE")
    sys.stdout.writelines(f"{line}\n" for line in instance_lines(parser.parse_args().graph))


if __name__ == "__main__":
    main()
