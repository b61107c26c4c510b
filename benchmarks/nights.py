"""How fast a night is scheduled, and how fast the runbook of a large wave is written: `python benchmarks/nights.py`.

Seconds of CPU are of this process, or of the whole command; gap = (value − bound) ÷ value. Nights are drawn: items
whose tasks wait for each other in chains (stop, copy, start, switch, test), by teams of two to four people, over links
with at most two copies of one source at once.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from waveplan.engine.nights.listing import listed
from waveplan.engine.nights.problem import NightJob, NightLink, NightProblem
from waveplan.engine.nights.solving import solved

FORMATS = ("text", "md", "html", "xlsx", "csv", "ics", "json")


def drawn_night(seed: int, tasks: int, teams: int, links: int) -> NightProblem:
    """A night of so many tasks: one that opens it, then five for each item."""
    chance = random.Random(seed)
    jobs = [NightJob(0)]
    for _ in range((tasks - 1) // 5):
        own, link, first = chance.randrange(teams), chance.randrange(links), len(jobs)
        jobs += [
            NightJob(chance.randrange(5, 20), team=own, people=1, waits=((0, 0),)),
            NightJob(chance.randrange(2, 12), link=link, groups=(link,), waits=((first, 0),)),
            NightJob(chance.randrange(10, 40), team=own, people=1, waits=((first + 1, 0),)),
            NightJob(chance.randrange(10, 30), team=chance.randrange(teams), people=1, waits=((first + 2, 0),)),
            NightJob(
                chance.randrange(10, 40),
                team=chance.randrange(teams),
                people=chance.choice((1, 1, 2)),
                waits=((first + 3, 0),),
            ),
        ]
    seats = tuple(chance.randrange(2, 5) for _ in range(teams))
    return NightProblem(tuple(jobs), seats, tuple(NightLink() for _ in range(links)), (2,) * links)


def print_nights(seeds: int, tasks: int, teams: int, links: int) -> None:
    """A line for each drawn night: the schedule at once, the one after a search, what is proven, and what it took."""
    print(f"{'tasks':>5} {'at once':>7} {'value':>5} {'bound':>5} {'gap':>6} {'CPU s':>6} {'wall s':>6}")
    for seed in range(seeds):
        problem = drawn_night(seed, tasks, teams, links)
        starts, _ = listed(problem)
        at_once = max(problem.end(number, start) for number, start in enumerate(starts))
        began, spent = time.perf_counter(), _cpu()
        answer = solved(problem)
        gap = (answer.value - answer.bound) / max(answer.value, 1)
        wall = time.perf_counter() - began
        figures = f"{at_once:>7} {answer.value:>5} {answer.bound:>5} {gap:>6.1%} {_cpu() - spent:>6.1f} {wall:>6.1f}"
        print(f"{len(problem.jobs):>5} {figures}", flush=True)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def inventory_of(lots: int) -> str:
    """One wave of so many lots: an application each with two servers, one window in all."""
    lines = [
        "waveplan: 1",
        "programme: {name: One large wave, start: 2027-01-04, deadline: 2027-12-17}",
        "sites: [{id: room, target: host, users: 900}, {id: host}]",
        "links: [{between: [room, host], gbps: 10}]",
        "teams: [" + ", ".join(f"{{id: team-{number}}}" for number in range(12)) + "]",
        "calendar: {windows: [{id: only, dates: [2027-06-05], from: '20:00', hours: 30}]}",
        "servers:",
    ]
    lines += [f"  - {{id: s{lot}-{each}, site: room, disk_gb: 200}}" for lot in range(lots) for each in (1, 2)]
    lines.append("applications:")
    for lot in range(lots):
        hours = "cutover_hours: 3, test_hours: 2, rollback_hours: 3, rto_hours: 4"
        people = f"crew: {{team-{lot % 12}: 1}}, on_call: {{team-{lot % 12}: 1}}, technical_owner: team-{lot % 12}"
        lines.append(f"  - {{id: a{lot}, servers: [s{lot}-1, s{lot}-2], user_sites: [room], {hours}, {people}}}")
    return "\n".join(lines) + "\n"


def print_formats(lots: int) -> None:
    """A line for each format: CPU and wall seconds of the whole command, and the size of what it writes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "inventory.yaml").write_text(inventory_of(lots), encoding="utf-8")
        plan = folder / "plan.yaml"
        _run("solve", str(folder / "inventory.yaml"), "-q", "--time-limit", "10", "-o", str(plan))
        print(f"{'format':>6} {'CPU s':>6} {'wall s':>6} {'kB':>6}")
        for form in FORMATS:
            file = folder / f"night.{form}"
            began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
            _run("runbook", str(plan), str(folder / "inventory.yaml"), "--format", form, "-o", str(file))
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            wall = time.perf_counter() - began
            print(f"{form:>6} {spent:>6.2f} {wall:>6.2f} {file.stat().st_size // 1000:>6}", flush=True)


def _run(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "waveplan", *words], check=True, capture_output=True)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description="Schedule drawn nights, and write the runbook of a large wave.")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--tasks", type=int, default=501)
    parser.add_argument("--teams", type=int, default=12)
    parser.add_argument("--links", type=int, default=3)
    parser.add_argument("--lots", type=int, default=60)
    given = parser.parse_args()
    print_nights(given.seeds, given.tasks, given.teams, given.links)
    print_formats(given.lots)


if __name__ == "__main__":
    main()
