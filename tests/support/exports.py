"""Plans to export: those of the examples, one that runs through both changes of the clocks, one of hostile names."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from support.command_line import ROOT
from support.inventories import inventory_from
from support.plans import state_plan
from waveplan import api
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.export.formats import FORMATS, Asked, Exported
from waveplan.export.programme import ProgrammeView, narrowed, programme_view
from waveplan.render.language import translator

EXAMPLES = ("datacentre-exit", "outsourcing-transition", "shared-services", "support-outsourcing")
PLANS = (*EXAMPLES, "clock-changes")
Case = tuple[Plan, Inventory]

CLOCK_CHANGES = """
programme: {name: Clock changes, start: 2026-01-05, deadline: 2026-12-18, timezone: Europe/Paris, currency: EUR}
sites:
  - {id: old, roles: [source], target: new}
  - {id: new, roles: [target]}
teams: [{id: ops, person_days_per_week: 20, crew: 9, on_call: 9}]
servers:
  - {id: s1, site: old, disk_gb: 100, os: Debian 12}
  - {id: s2, site: old, disk_gb: 200, os: Windows Server 2022}
links: [{between: [old, new], gbps: 1}]
calendar:
  freezes: [{from: 2026-07-04T18:00, to: 2026-07-06T06:00, reason: stocktaking}]
applications:
  - {id: spring, servers: [s1], effort: {ops: 2}, crew: {ops: 1}, on_call: {ops: 1}}
  - {id: autumn, servers: [s2], effort: {ops: 3}, depends_on: [{app: spring, order: provider_first}]}
"""


@cache
def planned(name: str) -> Case:
    """A plan and its inventory: an example's kept one, or the one whose windows run through a change of the clocks."""
    if name == "clock-changes":
        inventory = inventory_from(CLOCK_CHANGES)
        return state_plan(inventory, {"spring": "2026-03-28-weekend", "autumn": "2026-10-24-weekend"}), inventory
    plan = api.load_plan(str(ROOT / "examples" / f"{name}.plan.yaml")).plan
    inventory = api.load(str(ROOT / "examples" / name)).inventory
    assert plan is not None
    assert inventory is not None
    return plan, inventory


HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "two\nlines\r\nBEGIN:VEVENT\r\n---\nkind: Secret",
    "right\u202eto\u2066left\u2069",
    "x" * 300,
    "rocket \U0001f680 and \U0001f469\u200d\U0001f4bb",
    "quote \" and ' and ; and , and \\ and ]]> and %% and ``` and #35; and {{x}}",
    "-2+3",
    "+1;DROP TABLE waves",
    "[brackets] {braces} |pipes| (parens) $'x' & <b>bold</b>",
)


@cache
def hostile() -> Case:
    """Every free text of an inventory is hostile, each text somewhere else."""
    names = iter(HOSTILE * 9)
    data: dict[str, Any] = yaml.load(CLOCK_CHANGES, Loader=yaml.CBaseLoader)
    data["programme"]["name"] = next(names)
    data["calendar"]["freezes"] += [{"from": "2026-08-01", "to": "2026-08-02", "reason": text} for text in HOSTILE]
    data["committees"] = [{"id": "board", "name": next(names), "every": "week", "day": "thu"}]
    gate = {"id": "go", "days_before": "3", "decides": "true", "committee": "board", "criteria": list(HOSTILE)}
    data["policy"] = {"gates": [gate], "rehearsals": [{"id": "dry-run", "days_before": "7", "hours": "4"}]}
    data["external_milestones"] = [
        {"id": f"m{number}", "name": text, "date": "2026-06-01"} for number, text in enumerate(HOSTILE)
    ]
    data["rules"] = [{"id": "late", "reason": next(names), "match": {"app": "spring"}, "not_before": "2026-02-01"}]
    for number, text in enumerate(HOSTILE):
        data["servers"].append(
            {"id": f"h{number}", "name": text, "hostname": text, "site": "old", "os": text, "labels": {"note": text}}
        )
        data["applications"].append(
            {"id": f"app{number}", "name": text, "business_owner": text, "technical_owner": text,
             "organisation": text, "domain": text, "servers": [f"h{number}"], "effort": {"ops": "0.5"}}
        )  # fmt: skip
    for each in (*data["sites"], *data["teams"]):
        each["name"] = next(names)
    inventory = inventory_from("", **data)
    placed = {f"app{number}": "2026-10-24-weekend" for number in range(len(HOSTILE))}
    return state_plan(inventory, {"spring": "2026-03-28-weekend", "autumn": "2026-10-24-weekend", **placed}), inventory


def view_of(case: Case, language: str = "en", **narrowing: str) -> ProgrammeView:
    """The neutral view of a plan."""
    return narrowed(programme_view(*case, translator(language)), **narrowing)  # type: ignore[arg-type]


def exported(
    case: Case, to: str, language: str = "en", *, narrowing: dict[str, str] | None = None, **asked: Any
) -> Exported:
    """A plan in a format."""
    return FORMATS[to].write(view_of(case, language, **(narrowing or {})), translator(language), Asked(**asked))


@dataclass(frozen=True)
class Expected:
    """What every reader must find, read from the plan by a few lines that share nothing with the exports."""

    waves: dict[str, tuple[dt.datetime, dt.datetime, dt.datetime]]  # start, end and end of hypercare in UTC
    lots: dict[str, str]  # the wave of each
    gates: set[tuple[str, str, dt.date]]


def expected(plan: Plan) -> Expected:
    """Waves with their moments, lots, gates."""
    waves = {}
    for wave in plan.waves:
        spans = [(hours.start, hours.end) for hours in wave.site_hours] or [(wave.slot.start, wave.slot.end)]
        starts, ends = zip(*((a.astimezone(dt.UTC), b.astimezone(dt.UTC)) for a, b in spans), strict=True)
        waves[wave.id] = (min(starts), max(ends), wave.hypercare_end.astimezone(dt.UTC))
    return Expected(
        waves,
        {lot: wave.id for wave in plan.waves for lot in wave.lots},
        {(wave.id, gate.id, gate.date) for wave in plan.waves for gate in wave.gates},
    )
