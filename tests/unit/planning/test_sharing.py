"""What many lots have in common is kept once: else a large programme would need lots × slots of everything."""

from __future__ import annotations

from typing import Any

from waveplan.domain.inventory import Inventory
from waveplan.engine.problem.downtimes import Shared, SharedDowntimes
from waveplan.engine.problem.limits import DowntimeLimit
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.obstacles import Obstacles


def _application(number: int, **given: Any) -> dict[str, Any]:
    return {"id": f"app-{number}", "servers": [f"srv-{number}"], **given}


def _facts(applications: list[dict[str, Any]], **given: Any) -> PlanningFacts:
    sites = [
        {"id": "old", "roles": ["source"], "target": "new", "exit_by": "2026-03-20", "decommission_days": 2},
        {"id": "new", "roles": ["target"]},
    ]
    data = {
        "waveplan": 1,
        "programme": {"name": "Exit", "start": "2026-01-05", "deadline": "2026-04-30"},
        "sites": sites,
        "servers": [{"id": name, "site": "old", "disk_gb": 900} for app in applications for name in app["servers"]],
        "applications": applications,
        **given,
    }
    return PlanningFacts(Inventory.model_validate(data))


def test_lots_with_the_same_slots_share_them_and_their_hypercare() -> None:
    longer = _application(3, hypercare_hours=72)
    problem = build_problem(_facts([_application(1), _application(2), longer])).problem
    assert problem.allowed[0] is problem.allowed[1]
    assert problem.hypercare[0] is problem.hypercare[1]
    assert problem.hypercare[2] != problem.hypercare[0]


def test_orders_of_one_kind_share_their_table_and_others_do_not() -> None:
    needs = [{"app": "app-1", "order": "provider_first"}]
    later = [{"app": "app-1", "order": "provider_first", "min_gap_days": 10}]
    facts = _facts([_application(1), _application(2, depends_on=needs), _application(3, depends_on=needs + later)])
    plain, alike, gap = (precedence.earliest for precedence in build_problem(facts).problem.precedences)
    assert plain is alike
    assert gap != plain


def test_downtime_is_limited_for_every_lot_that_bears_the_same() -> None:
    applications = [_application(number, max_downtime_hours=2) for number in (1, 2)]
    links = [{"between": ["old", "new"], "gbps": 2}]
    problem = build_problem(_facts([*applications, _application(3)], links=links)).problem
    assert {limit.lot for limit in problem.downtimes} == {0, 1}
    assert len(problem.downtimes) == 2 * len(problem.positions)


def test_shared_downtimes_are_a_sequence() -> None:
    limits = tuple(DowntimeLimit(4, position, frozenset({4}), (), 7) for position in (0, 1))
    downtimes = SharedDowntimes([Shared((4, 6), limits), Shared((5,), limits[:1])])
    pairs = [(limit.lot, limit.position) for limit in downtimes]
    assert pairs == [(4, 0), (4, 1), (6, 0), (6, 1), (5, 0)]
    assert [downtimes[index] for index in range(len(downtimes))] == list(downtimes)
    assert (downtimes[-1].lot, downtimes[1:3]) == (5, tuple(downtimes)[1:3])


def test_a_retirement_behind_another_holds_up_the_site_a_day_longer() -> None:
    """Hypercare ends on Tuesday: what the lot needs goes on Wednesday, what that needs a day later."""
    assert _first_late("2026-03-16") == "2026-03-14"
    assert _first_late("2026-03-15") == "2026-03-07"


def _first_late(exit_by: str) -> str:
    chain = [
        _application(1, depends_on=[{"app": "app-2"}]),
        _application(2, strategy="retire", depends_on=[{"app": "app-3"}]),
        _application(3, strategy="retire"),
    ]
    facts = _facts(chain, sites=_closing(exit_by))
    late = {obstacle.code: obstacle.slots for obstacle in Obstacles(facts).of(facts.lots[0])}["WP335"]
    return facts.slots[min(late)].date.isoformat()


def _closing(day: str) -> list[dict[str, Any]]:
    return [
        {"id": "old", "roles": ["source"], "target": "new", "exit_by": day, "decommission_days": 2},
        {"id": "new", "roles": ["target"]},
    ]
