"""Plan an inventory the way a peer would: `python benchmarks/peers PEER INVENTORY -o PLAN --seconds 20`.

The plan is written whatever rules it breaks: `waveplan check` tells. Exit code 4: the peer found none.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from peers.answers import Answer, load_built, plan_text
from peers.cp_sat import cp_sat
from peers.next_fit import next_fit
from peers.ordered import ordered

NAMES = ("cp-sat", "next-fit", "ordered", "annealer")


def main() -> int:
    """Plan and write the plan."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peer", choices=NAMES)
    parser.add_argument("inventory")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=60.0)
    given = parser.parse_args()
    built = load_built(given.inventory)
    goal = built.facts.inventory.objective.goals[0].goal
    if given.peer == "cp-sat":
        answer = cp_sat(built.problem, goal, given.seconds)
    elif given.peer == "annealer":
        from peers.annealer import annealer  # compiled as it is imported

        answer = annealer(built.problem, given.seconds)
    else:
        answer = Answer((next_fit if given.peer == "next-fit" else ordered)(built.problem))
    if answer is None:
        return 4
    given.output.write_text(plan_text(built, goal, answer), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
