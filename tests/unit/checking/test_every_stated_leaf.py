"""Every single thing that a plan states is compared: change one, and the check objects."""

from __future__ import annotations

import datetime as dt
import types
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan.checking import check, restate
from waveplan.domain.findings import Finding
from waveplan.domain.plan import Plan
from waveplan.domain.solve_record import InventoryFile

FILES = [InventoryFile(file="a.yaml", sha256="a1"), InventoryFile(file="b.yaml", sha256="b2")]
INVENTORY = inventory_from("""
    programme: {timezone: Europe/Paris, language: fr}
    policy:
      preparation_days: 14
      gates: [{id: go, days_before: 3, decides: true, committee: board, criteria: [tested, staffed]}]
      rehearsals: [{id: dry-run, days_before: 7, only: {dry_run: true}, hours: 6}]
    committees: [{id: board, every: week, day: thu}]
    calendar:
      windows: [{id: weekend, days: [sat], from: "20:00", hours: 30, timezone: site}]
      freezes:
        - {from: 2026-12-01, to: 2026-12-05, reason: year end, match: {domain: finance}}
        - {from: "2026-11-24T18:00", to: "2026-11-26T06:00"}
    teams:
      - {id: ops, organisation: client, person_days_per_week: 20, crew: 3, on_call: 2}
      - {id: new, organisation: provider}
    sites:
      - {id: old, target: host, exit_by: 2026-12-01, users: 30}
      - {id: annex, target: host, name: The annex}
      - {id: host}
      - {id: paris, users: 200, timezone: Europe/London}
    links: [{id: line, between: [old, host], gbps: 1, background_gbps: 1}, {between: [annex, host], gbps: 1}]
    servers:
      - {id: s1, site: old, disk_gb: 30, method: replicate}
      - {id: s2, site: old, cluster: c1, name: S 2, hostname: s2.example, addresses: [s2.lan], power: on}
      - {id: s3, site: old, cluster: c1}
      - {id: s4, site: old, disks: [{id: d, gb: 5, shared: true}]}
      - {id: s8, site: old, disks: [{id: d, gb: 5, shared: true}]}
      - {id: s5, site: annex}
      - {id: s6, site: annex}
      - {id: s7, site: annex}
    applications:
      - {id: crm, servers: [s1, s2], criticality: high, domain: finance, data_classes: [personal], dry_run: true}
      - {id: erp, servers: [s1], effort: {ops: 3}, depends_on: [{app: mail, coupling: hard}, {app: web, weight: 2}]}
      - {id: mail, servers: [s3], hypercare_hours: 30, crew: {ops: 2}, on_call: {ops: 1, new: 1}}
      - {id: web, servers: [s4, s5], user_sites: [paris], effort: {ops: 2}, after: [itsm]}
      - {id: web-2, servers: [s8]}
      - {id: fax, strategy: retire, not_after: 2026-02-06, effort: {ops: 1}, crew: {ops: 1}}
      - {id: kept, strategy: retain, servers: [s6]}
      - {id: late, name: Late, business_owner: sales, rto_hours: 4, rpo_hours: 1, service_hours: 24x7}
      - {id: later}
    services: [{id: desk, sites: [paris], effort: {new: 4}}]
    streams: [{id: desks, match: {kind: other}}]
    tranches: [{id: t1, match: {site: old}, finish_by: 2026-11-30}]
    pilots: [{id: first, items: {app: web}, for: {service: desk}, soak_days: 5, criteria: [calm]}]
    contracts: [{id: outgoing, party: provider, ends: 2026-12-18, notice_days: 90, match: {site: old}}]
    external_milestones: [{id: itsm, date: 2026-02-01, date_p90: 2026-03-01}]
    knowledge_transfers: [{id: kt, match: {service: desk}, stages: [{name: shadowing, days: 3, effort: {new: 2}}]}]
    adoption: [{id: lessons, kind: training, days_before: 5, match: {app: web}, team: new, effort: 1}]
    rules: [{id: both, together: {app: [crm, erp]}}, {id: left, together: {app: [late, later]}}]
""")
GOALS = [
    {
        "goal": "finish",
        "value": 64,
        "bound": 64,
        "gap": 0,
        "status": "optimal",
        "tolerance": "5%",
        "seconds": 1,
        "certified": [{"by": "certificate", "bound": 64}],
    },
    {"goal": "coexistence", "value": 14, "bound": 7, "gap": "0.5", "status": "feasible"},
    {"goal": "moved_lots", "value": 0, "status": "unknown"},
]
NOBODY_CAN_TELL = {  # how the plan came about, and words
    ("waveplan_plan",),
    ("solve", "versions", "waveplan"),
    ("solve", "versions", "ortools"),
    ("solve", "seed"),
    ("solve", "workers"),
    ("solve", "limit", "seconds"),
    ("solve", "limit", "deterministic"),
    ("solve", "interrupted"),
    ("solve", "edited"),
    ("solve", "certificate"),
    ("solve", "goals", "certified", "by"),
    ("solve", "portfolio", "members"),
    ("solve", "portfolio", "best"),
    ("solve", "goals", "tolerance"),
    ("solve", "goals", "seconds"),
    ("unplanned", "reason"),
}
ENOUGH = 2  # leaves of one field
Leaf = tuple[str | int, ...]


def whole_plan() -> dict[str, Any]:
    """A plan in which everything is stated that a plan can state."""
    items = dict.fromkeys(("crm", "erp", "mail"), "main/2026-02-07-weekend")
    left = {"late": "main/2026-02-21-weekend", "later": "main/2026-02-21-weekend"}
    plan = state_plan(
        INVENTORY,
        {
            **items,
            "web": "main/2026-02-14-weekend",
            "web-2": "main/2026-02-14-weekend",
            "desk@paris": "2026-03-07-weekend",
            **left,
        },
    )
    lot = next(lot.id for lot in plan.lots if "late" in lot.items)
    data = plan.model_dump(mode="json", by_alias=True)
    data["waves"] = [wave for wave in data["waves"] if lot not in wave["lots"]]
    data["unplanned"] = [{"lot": lot, "reason": "no room"}]
    data["inventory"] = [each.model_dump() for each in FILES]
    data["solve"] |= {
        "goals": GOALS,
        "limit": {"seconds": 5, "deterministic": 2},
        "certificate": "c3",
        "portfolio": {"members": 4, "best": 1},
    }
    return restate(Plan.model_validate(data), INVENTORY, allow_unplanned=True).model_dump(mode="json", by_alias=True)


def findings(data: dict[str, Any]) -> tuple[Finding, ...]:
    """What the check finds in a plan that can be read."""
    return check(Plan.model_validate(data), INVENTORY, allow_unplanned=True, files=FILES).findings


def objections(data: dict[str, Any]) -> list[str]:
    """What is said of a plan, by its reading or by the check."""
    try:
        return [each.message for each in findings(data)]
    except ValidationError:
        return ["unreadable"]


PLAN = whole_plan()


def leaves(value: Any, path: Leaf = ()) -> Iterator[Leaf]:
    """Paths of everything in a file that is not itself a mapping or a list."""
    if isinstance(value, dict | list) and value:
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from leaves(value[key], (*path, key))
    elif value not in ([], {}):
        yield path


def named(path: Leaf) -> tuple[str, ...]:
    """A path by the names of fields alone: without places in lists, ids of teams and weeks."""
    words = tuple(str(each) for each in path if not isinstance(each, int))
    if words[0] == "sites":
        return (words[0], *words[2:])
    if words[0] in ("teams", "links"):
        ids = {"weeks": 1, "adoption": 2}.get(words[2], 0)  # of weeks, and of entries
        return (words[0], words[2], *words[3 + ids :])
    return words[:-1] if words[-2:-1] in (("effort",), ("crew",)) else words


def changed(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int):
        return value + 1
    try:
        return (dt.date.fromisoformat(value) + dt.timedelta(1)).isoformat()
    except ValueError:
        pass
    try:
        return (dt.datetime.fromisoformat(value) + dt.timedelta(hours=1)).isoformat()
    except ValueError:
        pass
    return str(float(value) + 1) if value.replace(".", "").isdigit() else f"{value}x"


def with_leaf(path: Leaf, value: Any) -> dict[str, Any]:
    """The plan with one leaf changed; nothing else of it is touched or shared with it on the way there."""
    data = top = dict(PLAN)
    for key in path[:-1]:
        inner = data[key]
        data[key] = dict(inner) if isinstance(inner, dict) else list(inner)
        data = data[key]
    data[path[-1]] = value
    return top


def is_a_choice(path: Leaf) -> bool:
    """Whether a plan may say otherwise: retired items go on any day that the rules allow."""
    return path[0] == "milestones" and path[-1] == "date" and value_at(path[:-1])["kind"] == "retire"


def value_at(path: Leaf) -> Any:
    value: Any = PLAN
    for key in path:
        value = value[key]
    return value


def test_the_plan_is_clean_as_it_is() -> None:
    assert objections(PLAN) == []


def test_each_leaf_that_is_changed_is_objected_to() -> None:
    seen: Counter[tuple[str, ...]] = Counter()
    passed = []
    for path in leaves(PLAN):
        name, value = named(path), value_at(path)
        seen[name] += value is not None
        alike = seen[name] > ENOUGH or value is None or is_a_choice(path)
        if not alike and name not in NOBODY_CAN_TELL and not objections(with_leaf(path, changed(value))):
            passed.append(path)
    assert passed == []


def test_what_is_objected_to_is_pointed_at() -> None:
    """A finding leads to what was changed, or to what holds it; at least to something that the plan has."""
    seen: Counter[tuple[str, ...]] = Counter()
    astray = []
    for path in leaves(PLAN):
        name, value = named(path), value_at(path)
        seen[name] += value is not None
        if seen[name] > 1 or value is None or is_a_choice(path) or name in NOBODY_CAN_TELL:
            continue
        data = with_leaf(path, changed(value))
        if objections(data) == ["unreadable"]:
            continue
        found = [each.path for each in findings(data)]
        assert all(is_in(data, each) for each in found), path
        if not any(each and path[: len(each)] == each for each in found):
            astray.append(path)
    assert astray == [("lots", 0, "id")]  # it shows in the wave that names it


def is_in(data: Any, path: Leaf) -> bool:
    """Whether a path leads to something."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def test_whatever_may_be_left_out_is_missed() -> None:
    lists = [("waves", 0, "gates"), ("waves", 0, "rehearsals"), ("calendar", "freezes"), ("calendar", "hard_dates")]
    lists += [
        ("lots", 0, "because"),
        ("milestones",),
        ("stays",),
        ("waves", 0, "gates", 0, "criteria"),
        ("unplanned",),
        ("teams",),
    ]
    for path in lists:
        data = value_at(path)
        assert data, path
        assert objections(with_leaf(path, type(data)())), path


def test_a_list_of_everything_that_nobody_can_tell_is_no_longer_than_it_need_be() -> None:
    stated = {named(path) for path in leaves(PLAN)}
    assert stated >= NOBODY_CAN_TELL


def test_no_field_of_the_format_is_left_undecided() -> None:
    decided = {named(path) for path in leaves(PLAN) if value_at(path) is not None}
    assert sorted(set(fields(Plan)) - decided) == []


def fields(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of all fields of a model that are not models themselves."""
    for name, field in model.model_fields.items():
        inner = [each for each in parts(field.annotation) if isinstance(each, type) and issubclass(each, BaseModel)]
        at = (*path, field.alias or name)
        if inner:
            yield from (found for each in inner for found in fields(each, at))
        else:
            yield at


def parts(annotation: Any) -> Iterator[Any]:
    """A type and all that it is made of."""
    origin = get_origin(annotation)
    if origin is None or (isinstance(annotation, types.GenericAlias) and not get_args(annotation)):
        yield annotation
    for each in get_args(annotation):
        yield from parts(each)


@pytest.mark.parametrize(
    ("goal", "says"),
    [
        ({"value": 64, "bound": 40, "gap": 0, "status": "optimal"}, "said to be optimal, but its bound 40"),
        ({"value": 64, "status": "optimal"}, "said to be optimal, but its bound - "),
        ({"value": 64, "bound": 70, "gap": 0, "status": "feasible"}, "above its value"),
        ({"value": 64, "bound": 50, "gap": "0.01", "status": "feasible"}, "make it 0.2188"),
        ({"value": 64, "bound": 64, "gap": 0, "status": "feasible"}, "said to be feasible"),
        ({"value": 64, "bound": 50, "gap": "0.2188", "status": "unknown"}, "said to be unknown"),
    ],
)
def test_a_proof_that_contradicts_itself(goal: dict[str, Any], says: str) -> None:
    said = objections(with_leaf(("solve", "goals"), [{"goal": "finish", **goal}]))
    assert len(said) == 1
    assert says in said[0]
