"""Small estates and captures of their traffic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from waveplan import api
from waveplan.domain.flow_rules import FlowRules
from waveplan.domain.inventory import Inventory
from waveplan.imports.flows.directory import Directory
from waveplan.imports.flows.rule_files import shipped_rules
from waveplan.imports.flows.sorting import JudgedFlow, SortedFlows, sorted_flows
from waveplan.imports.harvest import Flow, FlowEnd, Harvest
from waveplan.loading import LoadedInventory

ESTATE = """\
waveplan: 1
programme: {name: Estate, start: 2026-01-05, deadline: 2026-12-18}
sites:
  - {id: old, roles: [source], country: FR}
  - {id: new, roles: [target], country: FR}
defaults:
  - {servers: {}, set: {site: old, target: new}}
# hosted in the old hall
servers:
  - {id: web-01, addresses: [10.1.0.11]}     # front
  - {id: web-02, addresses: [10.1.0.12]}
  - {id: app-01, addresses: [10.1.0.21], hostname: app-01.example.org}
  - {id: db-01, addresses: [10.1.0.31, "fd00::31"]}
  - {id: db-02, addresses: [10.1.0.32]}
  - {id: rates-test, addresses: [10.2.0.41], environment: test}
applications:
  - id: portal
    servers: [web-01, web-02, app-01]   # three of them
    # a remark below the portal
  - {id: orders, servers: [db-01]}
  - {id: stock, servers: [db-02], depends_on: [{app: orders, weight: 2}]}
  - {id: rates, servers: [rates-test], environment: test}
"""


def loaded(folder: Path, text: str = ESTATE) -> LoadedInventory:
    """An inventory from a file in a folder; it has no errors."""
    path = folder / "inventory.yaml"
    path.write_text(text, encoding="utf-8")
    found = api.load(str(path))
    assert found.inventory is not None, [each.message for each in found.findings]
    return found


def flow(
    source: str, target: str, port: int | None = 8443, *, process: str = "", seen: int = 1000, **more: object
) -> Flow:
    """A flow between two names or addresses, seen so often."""
    fields: dict[str, object] = {"protocol": "tcp", "connections": seen, **more}
    return Flow(FlowEnd(server=source), FlowEnd(server=target, process=process), port, **fields)  # type: ignore[arg-type]


def harvest_of(flows: Iterable[Flow]) -> Harvest:
    """What a reader would have yielded."""
    return Harvest("flows", flows=list(flows))


def judged(inventory: Inventory, flows: Sequence[Flow], rules: FlowRules | None = None) -> SortedFlows:
    """Flows with their fates."""
    return sorted_flows(flows, Directory(inventory), rules or shipped_rules())


def only(found: SortedFlows) -> JudgedFlow:
    """The only flow that there is."""
    (each,) = found.flows
    return each
