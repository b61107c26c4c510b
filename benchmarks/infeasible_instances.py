"""Inventories that have no plan, each for a reason of its own: `python benchmarks/infeasible_instances.py 1000 crowd`.

They are those of planted_instances.py, which surely have one, with one thing changed:

deadline  the programme ends at two thirds of the way: too few waves are left for the lots
crowd     forty lots are pinned to one wave that holds fewer
weeks     a team offers four fifths of the person-days that its work takes
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator

import planted_instances

REASONS = ("deadline", "crowd", "weeks")
CROWDED = 40  # lots of one wave
_DBA = re.compile(r"^  effort: .*dba: (\d+)", re.MULTILINE)
_DEADLINE = re.compile(r"deadline: (\d{4}-\d\d-\d\d)")


def instances(lots: int, seed: int = 1) -> Iterator[tuple[str, Iterator[str]]]:
    """By name: the lines of an inventory of so many lots for every reason."""
    for reason in REASONS:
        yield f"{lots:,} lots, {reason}", instance_lines(lots, reason, seed)


def instance_lines(lots: int, reason: str, seed: int) -> Iterator[str]:
    """The lines of an inventory of so many lots that no plan keeps."""
    waves = max(4, lots // 20)
    text = "\n".join(planted_instances.instance_lines(lots, waves, "web", seed))
    start, last = planted_instances.wave_date(0), planted_instances.wave_date(waves - 1)
    middle = planted_instances.wave_date(waves // 2)
    if reason == "deadline":
        early = start + (last - start) * 2 / 3
        text = _DEADLINE.sub(f"deadline: {early.isoformat()}", text, count=1)
    elif reason == "crowd":
        names = ", ".join(f"app-{number:04d}" for number in range(CROWDED))
        text += f"\nrules:\n- {{id: crowd, match: {{id: [{names}]}}, slot: {middle.isoformat()}}}"
    else:
        effort = sum(int(amount) for amount in _DBA.findall(text))
        offered = f"person_days_per_week: {effort * 0.8 / waves:.2f}"
        text = text.replace("- {id: dba}", f"- {{id: dba, {offered}}}", 1)
    yield from text.splitlines()


def main() -> None:
    """Print an inventory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lots", type=int)
    parser.add_argument("reason", choices=REASONS)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.stdout.writelines(f"{line}\n" for line in instance_lines(given.lots, given.reason, given.seed))


if __name__ == "__main__":
    main()
