"""What a plan takes for granted: promises of others, what links carry, findings accepted, what stays or is left out."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.domain.inventory import Inventory
from waveplan.domain.made_names import GOAL_NAMES, STATUS_NAMES
from waveplan.domain.plan import Plan
from waveplan.export.programme.records import AssumptionView
from waveplan.export.programme.words import Words, plain


def assumptions(plan: Plan, inventory: Inventory, words: Words) -> Iterator[AssumptionView]:
    """In the order of the inventory, then of the plan."""
    yield from _promises(inventory, words)
    yield from _links(inventory, words)
    for each in inventory.ignore:
        what = plain(f"{each.code} {each.where}" if each.where else each.code)
        yield AssumptionView(words.say("finding accepted"), f"{what}: {plain(each.reason)}", "ignore", None)
    for rule in inventory.rules:
        if rule.reason:
            yield AssumptionView(words.say("rule"), plain(rule.reason), plain(rule.id), None)
    yield from _of_plan(plan, words)


def _promises(inventory: Inventory, words: Words) -> Iterator[AssumptionView]:
    kind = words.say("promised by others")
    for each in inventory.external_milestones:
        name = plain(each.name or each.id)
        what = name
        if each.date_p90 is not None:
            what = words.say("{name}, at the worst on {day}", name=name, day=each.date_p90)
        yield AssumptionView(kind, what, plain(each.id), each.date)


def _links(inventory: Inventory, words: Words) -> Iterator[AssumptionView]:
    for link in inventory.links:
        what = words.say(
            "{gbps} Gbit/s between {one} and {other}, of which {share} % is usable",
            gbps=link.gbps,
            one=plain(link.between[0]),
            other=plain(link.between[1]),
            share=link.efficiency * 100,
        )
        yield AssumptionView(words.say("link"), what, plain(link.id or "-".join(link.between)), None)


def _of_plan(plan: Plan, words: Words) -> Iterator[AssumptionView]:
    for goal in plan.solve.goals:
        if goal.value is not None:
            name, status = words.say(GOAL_NAMES[goal.goal]), words.say(STATUS_NAMES[goal.status])
            bound = "?" if goal.bound is None else goal.bound
            what = words.say("{goal}: value {value}, proven bound {bound}", goal=name, value=goal.value, bound=bound)
            yield AssumptionView(words.say("goal"), what, status, None)
    for stay in plan.stays:
        held = ", ".join(plain(each) for each in (*stay.items, *stay.servers))
        yield AssumptionView(words.say("stays"), held, plain(stay.site), None)
    for left in plan.unplanned:
        yield AssumptionView(words.say("left out of the plan"), plain(left.reason), plain(left.lot), None)
