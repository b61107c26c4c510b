"""Assembly lines as inventories: `python benchmarks/assembly_instances.py 20 mixed 0.6 bimodal 1 > line.yaml`.

Simple assembly-line balancing of type 1: tasks with a time and an order, stations of one cycle time, as few stations as
possible. As an inventory: applications with effort of one team, waves with a limit on it, `provider_first`, and the
number of waves as the goal. Drawn in the manner of Otto, Otto & Scholl, European Journal of Operational Research 228
(2013): the same kinds of graph, order strengths, shapes of task times and cycle time; spreads and draws are our own.

bottom   most tasks are short         middle   most take about half a cycle        bimodal   half and half

The same numbers, kinds and seed give the same text.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from precedence_graphs import KINDS, Order, precedence_graph

CYCLE = 1000
STRENGTHS = (0.2, 0.6, 0.9)
TIMES = ("bottom", "middle", "bimodal")
PEAKS = {"bottom": ((100, 50),), "middle": ((500, 100),), "bimodal": ((100, 50), (500, 100))}  # mean, deviation
SIZES = (20, 50, 100)
START = dt.date(2026, 1, 3)
LAST_DAY = 2  # of hypercare, counted from the Saturday of its wave; the first Saturday is too soon to be prepared for


@dataclass(frozen=True)
class Line:
    """An assembly line: times of its tasks, and which come before which."""

    name: str
    times: tuple[int, ...]
    orders: tuple[Order, ...]
    cycle: int = CYCLE

    @property
    def most_stations(self) -> int:
        """Stations that surely suffice: filling one after the other, two in a row hold more than one cycle's work."""
        return min(len(self.times), 2 * sum(self.times) // self.cycle + 1)

    @property
    def least_stations(self) -> int:
        """Stations that no balance goes below, from the sum of the times alone."""
        return -(-sum(self.times) // self.cycle)


def combinations() -> Iterator[tuple[str, float, str]]:
    """Kind of graph, order strength, shape of times: all that were used in 2013; the strongest are only mixed."""
    for strength in STRENGTHS:
        for kind in KINDS if strength < 0.9 else KINDS[:1]:
            for times in TIMES:
                yield kind, strength, times


def draw_line(tasks: int, kind: str, strength: float, times: str, seed: int) -> Line:
    """Draw an assembly line."""
    name = f"{tasks}-{kind}-{strength}-{times}-{seed}"
    chance = random.Random(name)
    orders = precedence_graph(tasks, kind, strength, chance)
    drawn = []
    while len(drawn) < tasks:
        time = round(chance.gauss(*chance.choice(PEAKS[times])))
        if 1 <= time <= CYCLE:
            drawn.append(time)
    return Line(name, tuple(drawn), tuple(orders))


def broken_by(line: Line, stations: list[int]) -> list[str]:
    """What is wrong with a balance that gives each task's station, from 0."""
    found = [f"task {second} before {first}" for first, second in line.orders if stations[second] < stations[first]]
    load: dict[int, int] = defaultdict(int)
    for time, station in zip(line.times, stations, strict=True):
        load[station] += time
    return found + [f"station {station} over its cycle" for station, held in sorted(load.items()) if held > line.cycle]


def inventory_lines(line: Line, goal: str = "waves") -> Iterator[str]:
    """The lines of an inventory. With one window a week the finish asks for the same: see `stations_by`."""
    needs: dict[int, list[int]] = defaultdict(list)
    for first, second in line.orders:
        needs[second].append(first)
    deadline = START + dt.timedelta(days=7 * line.most_stations + 5)
    yield f"# assembly line {line.name}, written by benchmarks/assembly_instances.py"
    yield "waveplan: 1"
    yield f"programme: {{name: line {line.name}, start: {START}, deadline: {deadline}}}"
    yield "teams:"
    yield "- {id: line}"
    yield "applications:"
    for task, time in enumerate(line.times):
        providers = ", ".join(f"{{app: t{first}, weight: 0, order: provider_first}}" for first in needs[task])
        ordered = f", depends_on: [{providers}]" if providers else ""
        yield f"- {{id: t{task}, effort: {{line: {time}}}{ordered}}}"
    yield "calendar:"
    yield '  windows: [{id: weekend, days: [sat], from: "08:00", hours: 30}]'
    yield "  public_holidays: allow"
    yield "policy:"
    yield "  preparation_days: 7"
    yield "  gates: []"
    yield "  hypercare: {hours: 24}"
    yield "  cadence: [{min_gap_days: 7}]"
    yield f"  wave_limits: {{effort: {{line: {line.cycle}}}}}"
    yield f"objective: {{goals: [{{goal: {goal}}}]}}"


def stations_by(finish: float) -> int:
    """How many stations there are up to a finish, in days: the n-th is on the n-th Saturday that can be prepared for.

    Of a bound between two Saturdays it is the later one.
    """
    return math.ceil((finish - LAST_DAY) / 7)


def main() -> None:
    """Print an inventory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", type=int)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("strength", type=float)
    parser.add_argument("times", choices=TIMES)
    parser.add_argument("seed", type=int)
    given = parser.parse_args()
    line = draw_line(given.tasks, given.kind, given.strength, given.times, given.seed)
    sys.stdout.writelines(f"{text}\n" for text in inventory_lines(line))


if __name__ == "__main__":
    main()
