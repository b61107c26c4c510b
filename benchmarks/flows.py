"""What is found in a capture with known contents, and what reading a large one takes: `python benchmarks/flows.py`.

Seconds are of CPU in this process. Precision: share of what is proposed that is true. Recall: share of what is true
that is proposed. Servers are compared by pairs: two servers in one proposed application are right when they are of
one application.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from flow_instances import Estate, inventory_yaml, planted_estate, write_capture

from waveplan import api
from waveplan.domain.flow_review import FlowReview
from waveplan.imports.flows.deciding import Review

Pairs = set[tuple[str, str]]


def score(proposed: Pairs, true: Pairs) -> tuple[float, float]:
    """Precision and recall."""
    right = len(proposed & true)
    return right / max(len(proposed), 1), right / max(len(true), 1)


def truth_of(review: Review | FlowReview, estate: Estate) -> dict[str, str]:
    """Proposed application → the planted one that most of its servers are of."""
    owner = {server: each.name for each in estate.applications for server in each.servers}
    entries = review.sections["applications"] if isinstance(review, Review) else []
    found = {each.name: each.name for each in estate.applications}
    for backed in entries:
        counted = Counter(owner[server] for server in backed.entry.servers)
        found[backed.entry.id] = max(sorted(counted), key=lambda name: counted[name])
    return found


def proposed_dependencies(review: Review, estate: Estate, at_least: int) -> Pairs:
    """Dependencies as pairs of planted applications; consumers of common services are some of them."""
    truth = truth_of(review, estate)
    found: Pairs = set()
    for backed in review.sections["dependencies"]:
        if backed.entry.certainty >= at_least:
            found.add((truth.get(backed.entry.consumer, "?"), truth.get(backed.entry.provider, "?")))
    for backed in review.sections["common_services"]:
        if backed.entry.certainty >= at_least:
            found |= {(truth.get(each, "?"), backed.entry.provider) for each in backed.entry.consumers}
    return found


def server_pairs(groups: Iterable[Iterable[str]]) -> Pairs:
    """Servers that are in one group, by pairs."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def main() -> None:
    """Print what was found and what it took."""
    parser = argparse.ArgumentParser(description="Find what is planted in a capture.")
    parser.add_argument("--servers", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=None, help="default: a row a day and pair")
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    for seed in range(1, given.seeds + 1):
        measure(given.servers, given.rows, seed)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def measure(servers: int, rows: int | None, seed: int) -> None:
    """One estate: found, missed, seconds."""
    estate = planted_estate(servers, seed)
    with tempfile.TemporaryDirectory() as folder:
        inventory, capture = Path(folder, "inventory.yaml"), Path(folder, "capture.csv")
        inventory.write_text(inventory_yaml(estate), encoding="utf-8")
        written = write_capture(capture, estate, rows, seed)
        loaded = api.load(str(inventory))
        size = capture.stat().st_size / 1e6
        began = time.process_time()
        harvest = api.gather("flows", [str(capture)], "", {})
        read = time.process_time()
        proposed = api.propose_flows(loaded, [harvest], api.flow_rules(None))
        judged = time.process_time()
    print(f"seed {seed}: {servers} servers, {len(estate.applications)} applications, {written:,} rows, {size:.0f} MB")
    print(f"  read in {read - began:.1f} s of CPU, judged in {judged - read:.1f} s; {len(harvest.flows):,} flows")
    true = {*estate.dependencies, *((each, name) for name, found in estate.common.items() for each in found)}
    for least in (80, 0):
        precision, recall = score(proposed_dependencies(proposed.review, estate, least), true)
        print(f"  dependencies, certain by {least} % and more: precision {precision:.1%}, recall {recall:.1%}")
    unknown = [each.servers for each in estate.applications if not each.known]
    for least in (80, 0):
        groups = [
            each.entry.servers for each in proposed.review.sections["applications"] if each.entry.certainty >= least
        ]
        precision, recall = score(server_pairs(groups), server_pairs(unknown))
        print(f"  servers grouped, certain by {least} % and more: precision {precision:.1%}, recall {recall:.1%}")


if __name__ == "__main__":
    main()
