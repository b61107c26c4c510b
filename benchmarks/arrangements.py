"""Coexistence reached where the optimum is known: graphs with one lot a day, that is minimum linear arrangement.

usage: python benchmarks/arrangements.py [--graphs grid:33x33 …] [--seconds 180] [--no-peers] [--peer-nodes 300]

The reference is the proven optimum (see arrangement_instances.py). The peer is plain CP-SAT; beyond `--peer-nodes`
nodes it is left out, for its model has nodes × days literals.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from arrangement_instances import graph, instance_lines, optimum
from measuring import Result, solved, solved_by
from tables import print_header, print_results, print_summary

GRAPHS = ("grid:5x5", "tree:31", "cube:5", "grid:33x33", "tree:1023", "cube:10")


def main() -> None:
    """Solve every graph and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graphs", nargs="+", default=GRAPHS, metavar="KIND:SIZE")
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--peer-seconds", type=float, help="as --seconds, if not given")
    parser.add_argument("--peer-nodes", type=int, default=300, help="largest graph that the peer is given")
    parser.add_argument("--no-peers", action="store_true")
    given = parser.parse_args()
    rows: list[tuple[Result, float | None]] = []
    print_header()
    with tempfile.TemporaryDirectory() as folder:
        for spec in given.graphs:
            path = Path(folder) / f"{spec.replace(':', '-')}.yaml"
            path.write_text("".join(f"{line}\n" for line in instance_lines(spec)), encoding="utf-8")
            results = [solved(path, given.seconds)]
            if not given.no_peers and graph(spec)[0] <= given.peer_nodes:
                results.append(solved_by("cp-sat", path, given.peer_seconds or given.seconds))
            print_results(spec, results, optimum(spec))
            rows += [(result, optimum(spec)) for result in results]
    print_summary(rows)


if __name__ == "__main__":
    main()
