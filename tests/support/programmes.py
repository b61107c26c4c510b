"""A small programme that runs: two waves behind it, one that was refused, one ahead."""

from __future__ import annotations

import datetime as dt

from support.inventories import inventory_from
from support.plans import state_plan
from waveplan import api
from waveplan.domain.findings import Finding
from waveplan.usecases.record import actuals_of

INVENTORY = inventory_from("""
    programme: {name: Small exit, start: 2026-01-05, deadline: 2026-06-30}
    sites: [{id: old, target: new, exit_by: 2026-06-15}, {id: new}]
    links: [{between: [old, new], gbps: 1}]
    teams: [{id: ops, person_days_per_week: 10}]
    servers:
      - {id: s1, site: old, disk_gb: 10}
      - {id: s2, site: old, disk_gb: 10}
      - {id: s3, site: old, disk_gb: 10}
      - {id: s4, site: old, disk_gb: 10}
    applications:
      - {id: web, servers: [s1], effort: {ops: 4}, depends_on: [{app: erp, weight: 3}, {app: crm, weight: 2}]}
      - {id: crm, servers: [s2], effort: {ops: 2}}
      - {id: fax, servers: [s3]}
      - {id: erp, servers: [s4], effort: {ops: 8}, after: [itsm-live]}
    external_milestones: [{id: itsm-live, date: 2026-04-15, date_p90: 2026-05-20}]
    knowledge_transfers:
      - {id: kt, match: {app: erp}, stages: [{name: immersion, days: 5}]}
    committees: [{id: migration, every: week, day: thu}]
    policy:
      gates: [{id: go-no-go, days_before: 3, decides: true, committee: migration, criteria: [rollback rehearsed]}]
""")
PLAN = state_plan(
    INVENTORY,
    {
        "web": "2026-02-14-weekend",
        "crm": "2026-02-28-weekend",
        "fax": "2026-02-28-weekend",
        "erp": "2026-05-02-weekend",
    },
)
W1, W2, W3 = "2026-02-14-weekend", "2026-02-28-weekend", "2026-05-02-weekend"
AS_OF = dt.date(2026, 4, 20)

GATES = f"""\
gates:
  - {{wave: {W1}, gate: go-no-go, date: 2026-02-11, decision: go}}
  - {{wave: {W2}, gate: go-no-go, date: 2026-02-25, decision: go}}
"""
CUTOVERS = f"""\
cutovers:
  - {{wave: {W1}, date: 2026-02-14, result: done}}
  - {{wave: {W2}, date: 2026-02-28, result: partial, rolled_back: [crm], reason: storage}}
"""
QUIET = f"waveplan_actuals: 1\n{GATES}{CUTOVERS}"
"""Actuals of which there is nothing to say."""


def judged(text: str, as_of: dt.date = AS_OF) -> list[Finding]:
    """What is found in actuals, each finding with its place."""
    return api.judged(actuals_of(text, "actuals.yaml"), PLAN, INVENTORY, as_of)


def told(text: str, as_of: dt.date = AS_OF) -> list[str]:
    """Line, column, code and sentence of each finding."""
    found = sorted(judged(text, as_of), key=lambda finding: finding.sort_key)
    return [
        f"{each.location.line}:{each.location.column} {each.code} {each.message}" for each in found if each.location
    ]
