"""Waves and finish on assembly lines in inventory form, beside domain-independent dynamic programming (DIDP).

usage: python benchmarks/assembly_lines.py [--sizes 20 50 100] [--goals waves finish] [--each 1] [--seconds 20]
                                           [--didp-python PYTHON]

With one window a week both goals ask how few stations there can be; the finish is printed as stations too. Rows of
waveplan bear the goal's name.

Every combination of assembly_instances.py is drawn `--each` times for each size; in 2013 it was 25 times. The peer
needs didppy (benchmarks/requirements.txt), here or for the interpreter that is named; without it, it is left out.
A row's reference is the best balance of the two. With `--brief` only the summary is printed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assembly_instances import SIZES, Line, broken_by, combinations, draw_line, inventory_lines, stations_by
from measuring import PEERS, Result, run_alone, solved
from tables import best_of, print_header, print_results

DIDP = "didp"
GOALS = ("waves", "finish")
THREADS = 2  # as many as waveplan takes on the machine that the figures are from
Case = tuple[Line, Result, Result | None]


def main() -> None:
    """Balance every line, print the rows and a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--goals", nargs="+", choices=GOALS, default=["waves"])
    parser.add_argument("--each", type=int, default=1, help="lines of each combination")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--didp-python", default=sys.executable, metavar="PYTHON", help="an interpreter with didppy")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--brief", action="store_true")
    given = parser.parse_args()
    with_didp = not given.no_peers and has_didp(given.didp_python)
    if not given.brief:
        print_header()
    summaries = []
    for tasks in given.sizes:
        cases: dict[str, list[Case]] = {goal: [] for goal in given.goals}
        for line in _lines(tasks, given.first_seed, given.each):
            owns = {goal: _balanced(line, goal, given.seconds) for goal in given.goals}
            peer = balanced_by_didp(line, given.seconds, given.didp_python) if with_didp else None
            for goal, own in owns.items():
                cases[goal].append((line, own, peer))
            if not given.brief:
                named = [replace(own, by=goal) for goal, own in owns.items()]
                print_results(line.name, named if peer is None else [*named, peer], None)
        summaries += [_summary(f"n={tasks}, {goal}", found) for goal, found in cases.items()]
    print()
    print("\n".join(summaries))
    if not with_didp:
        print("didp: left out" if given.no_peers else "didp: not installed (benchmarks/requirements.txt)")


def _lines(tasks: int, first: int, each: int) -> Iterator[Line]:
    for kind, strength, times in combinations():
        for seed in range(first, first + each):
            yield draw_line(tasks, kind, strength, times, seed)


def _balanced(line: Line, goal: str, seconds: float) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.yaml"
        path.write_text("".join(f"{text}\n" for text in inventory_lines(line, goal)), encoding="utf-8")
        own = solved(path, seconds)
    if goal == "waves":
        return own
    value, bound = (None if each is None else float(stations_by(each)) for each in (own.value, own.bound))
    return replace(own, value=value, bound=bound)


def has_didp(python: str) -> bool:
    """Whether an interpreter has didppy."""
    return run_alone([python, "-c", "import didppy"], 60).code == 0


def balanced_by_didp(line: Line, seconds: float, python: str) -> Result:
    """What DIDP reaches in so many seconds; its balance is judged here."""
    asked = {"times": line.times, "orders": line.orders, "cycle": line.cycle, "seconds": seconds, "threads": THREADS}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.json"
        path.write_text(json.dumps(asked), encoding="utf-8")
        ended = run_alone([python, str(PEERS / "didp_line.py"), str(path)], 3 * seconds + 60)
    spent = {"seconds": ended.seconds, "megabytes": ended.megabytes}
    if ended.code != 0:
        return Result(DIDP, **spent, remark=(ended.errors.strip().splitlines() or [f"exit code {ended.code}"])[-1])
    found = json.loads(ended.output)
    if found["value"] is None:
        return Result(DIDP, bound=found["bound"], **spent, remark="no balance in time")
    broken = broken_by(line, found["stations"])
    if len(set(found["stations"])) != found["value"]:
        broken.append("stations miscounted")
    remark = "; ".join(broken) or ("proven" if found["proven"] else "")
    return Result(DIDP, found["value"], found["bound"], found["proven"], broken=len(broken), remark=remark, **spent)


def _summary(named: str, cases: Sequence[Case]) -> str:
    said = [f"{named}: {len(cases)} lines", _reached("waveplan", [(line, own, peer) for line, own, peer in cases])]
    pairs = [(own, peer) for _, own, peer in cases if peer is not None]
    if pairs:
        said.append(_reached(DIDP, [(line, peer, own) for line, own, peer in cases if peer is not None]))
        better = sum(_stations(own) < _stations(peer) for own, peer in pairs)
        worse = sum(_stations(own) > _stations(peer) for own, peer in pairs)
        said.append(f"waveplan better {better}, worse {worse}, level {len(pairs) - better - worse}")
    return "; ".join(said)


def _reached(by: str, cases: Sequence[Case]) -> str:
    """Proven share, and how far the worst value is from the best known, and from the best bound known."""
    proven = sum(own.proven for _, own, _ in cases) / len(cases)
    valid = [(line, own, other) for line, own, other in cases if own.valid and own.value is not None]
    said = f"{by} proven {proven:.0%}"
    if len(valid) < len(cases):
        said += f", without a plan {len(cases) - len(valid)}"
    if not valid:
        return said
    over = max(_stations(own) - (best_of(_both(own, other)) or 0) for _, own, other in valid)
    above = max(
        _stations(own) - max(line.least_stations, *(each.bound or 0 for each in _both(own, other)))
        for line, own, other in valid
    )
    return f"{said}, worst +{over:.0f} to the best known, +{above:.0f} to the best bound"


def _both(own: Result, other: Result | None) -> list[Result]:
    return [own] if other is None else [own, other]


def _stations(result: Result) -> float:
    return result.value if result.valid and result.value is not None else float("inf")


if __name__ == "__main__":
    main()
