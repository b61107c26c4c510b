"""Where findings point, whom they are about, and what counts last: small things that readers rely on."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from support.inventories import inventory_from
from support.plans import plan_of_waves

from waveplan.checking import RULES, restate
from waveplan.checking.belonging import of_another_programme
from waveplan.checking.facts import Facts
from waveplan.checking.workload import WeekUse
from waveplan.domain.findings import Finding

FIRST, SECOND = "2026-01-10-weekend", "2026-01-31-weekend"


def facts_of(text: str, waves: dict[str, list[str]]) -> Facts:
    inventory = inventory_from("policy: {preparation_days: 0, gates: []}\n" + text)
    return Facts(plan_of_waves(inventory, waves), inventory)


def found(code: str, text: str, waves: dict[str, list[str]]) -> list[Finding]:
    return list(RULES[code](facts_of(text, waves)))


def test_a_date_of_one_item_points_to_its_lot_and_one_of_several_to_their_wave() -> None:
    apps = "applications: [{id: one}, {id: two}, {id: three}]\n"
    rule = "rules: [{id: later, match: {app: [one, two]}, not_before: 2026-01-20}]"
    (both,) = found("WP308", apps + rule, {FIRST: ["three", "one", "two"]})
    assert both.path == ("waves", 0)
    assert both.subjects == (FIRST, "one", "two")
    (alone,) = found("WP308", apps + rule, {FIRST: ["one", "three"], SECOND: ["two"]})
    assert alone.path[:3] == ("waves", 0, "lots")
    assert len(alone.subjects) == 3  # the wave, the lot, the item
    assert alone.subjects[-1] == "one"


def test_who_asks_for_a_later_wave_is_a_subject_where_it_is_a_rule() -> None:
    rule = "rules: [{id: third, match: {app: one}, earliest_wave: 3}]"
    (by_rule,) = found("WP323", f"applications: [{{id: one}}]\n{rule}", {FIRST: ["one"]})
    assert by_rule.subjects == (FIRST, "third", "one")
    (own,) = found("WP323", "applications: [{id: one, earliest_wave: 3}]", {FIRST: ["one"]})
    assert own.subjects == (FIRST, "one")


def test_a_retirement_is_found_where_the_plan_states_it() -> None:
    text = "applications: [{id: a, strategy: retire}, {id: b, strategy: retire}, {id: c}]"
    facts = facts_of(text, {FIRST: ["c"]})
    stated = restate(facts.plan, facts.inventory)
    again = Facts(stated, facts.inventory)
    for name in ("a", "b"):
        section, number = again.retiring.path(name)
        assert section == "milestones"
        assert (stated.milestones[int(number)].kind, stated.milestones[int(number)].subject) == ("retire", name)
    assert again.retiring.path("c") == ("milestones",)


def test_what_a_lot_sends_is_stated_anew() -> None:
    text = """
sites: [{id: dc, target: host}, {id: host}]
links: [{between: [dc, host], gbps: 1}]
servers: [{id: s, site: dc, disk_gb: 30}]
applications: [{id: one, servers: [s]}]
"""
    facts = facts_of(text, {FIRST: ["one"]})
    wrong = facts.plan.lots[0].model_copy(update={"transfer_gb": Decimal(7)})
    plan = facts.plan.model_copy(update={"lots": [wrong]})
    assert restate(plan, facts.inventory).lots[0].transfer_gb == 30


def test_the_last_wave_that_works_in_a_week_is_the_one_to_blame() -> None:
    facts = facts_of("applications: [{id: one}, {id: two}]", {FIRST: ["one"], SECOND: ["two"]})
    first, second = facts.waves
    for order in ((first, second), (second, first)):
        use = WeekUse()
        for wave in order:
            use.add(wave.id, wave, Fraction(2))
        assert use.last is second
        assert use.used == 4


def test_a_plan_of_another_programme_is_told_with_how_little_of_it_is_known() -> None:
    own = facts_of("applications: [{id: one}, {id: two}, {id: three}]", {FIRST: ["one", "two", "three"]})
    other = inventory_from("applications: [{id: one}, {id: four}]")
    other = other.model_copy(update={"programme": other.programme.model_copy(update={"name": "Elsewhere"})})
    said = of_another_programme(own.plan, other)
    assert said is not None
    assert said.message.endswith(": 1 of the 3 things that it moves are known to Elsewhere")
    assert of_another_programme(own.plan, own.inventory) is None
