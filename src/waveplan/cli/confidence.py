"""`solve --confidence`: the plan changed until its hard dates are kept with a chance, and what became of that."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from waveplan.cli.interrupts import stopping_gently
from waveplan.cli.inventories import max_bytes
from waveplan.cli.session import Session
from waveplan.errors import UsageError
from waveplan.usecases.robust import GoalCost, Robust, make_robust
from waveplan.usecases.validate import load

if TYPE_CHECKING:
    from waveplan.cli.requests import SolveRequest
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.objective import Goal
    from waveplan.domain.plan import Plan
    from waveplan.render.language import Language, Shown
    from waveplan.simulation.robust.afresh import InTheWay


def refuse_confidence(request: SolveRequest) -> None:
    """Raise UsageError for what does not go with a chance, or asks for one without saying how large."""
    if request.confidence is None and (request.risks or request.confidence_date is not None):
        raise UsageError("--risks and --confidence-date go with --confidence PERCENT")
    if request.confidence is not None and (request.allow_unplanned or request.keep or request.shard):
        raise UsageError("--confidence does not go with --allow-unplanned, --keep and --shard")


def sure_enough(plan: Plan, request: SolveRequest, goals: tuple[Goal, ...], session: Session) -> Plan:
    """A plan that keeps its dates more surely; what was reached is said on standard error. Raises UsageError.

    `goals` are those of the command line; none are those of the inventory.
    """
    inventory = load(request.inventory, max_bytes=max_bytes(request.max_size), also=request.risks or ()).inventory
    if inventory is None or request.confidence is None:
        return plan
    _refuse_unknown(request.confidence_date, inventory)
    asked = request.confidence
    session.note(session.say("Looking for a plan that keeps its last dates in {share} % of all runs", share=asked))
    stop = threading.Event()
    with stopping_gently(stop):
        found = make_robust(
            inventory,
            plan,
            target=asked / 100,
            date=request.confidence_date,
            seed=request.search.seed,
            most=request.confidence_tries,
            workers=request.search.workers,
            goals=goals,
            stop=stop,
        )
    if found is None:
        raise UsageError("--confidence: the plan cannot be simulated, or has no last date")
    for line in _lines(found, asked, session.translator()):
        session.tell(line)
    return found.plan


def _refuse_unknown(name: str | None, inventory: Inventory) -> None:
    known = ["finish"]
    known += [site.id for site in inventory.sites if site.exit_by is not None]
    known += [each.id for each in inventory.contracts]
    known += [each.id for each in inventory.tranches if each.finish_by is not None]
    if name is not None and name.rpartition(" ")[2] not in known:  # `site_exit dc-north` is one, too
        raise UsageError(
            "--confidence-date: {name} is no last date of this programme; there are: {known}",
            name=name,
            known=", ".join(known),
        )


def _lines(found: Robust, asked: int, language: Language) -> Iterator[Shown]:
    """The chances, what became of the goals, and what is in the way of a larger chance."""
    from waveplan.render.simulated_shares import between, percent

    yield language.say(
        "Last dates kept: {before} of runs before, {fitted} after {tried} plans played, {fresh} with fresh numbers.",
        before=percent(found.before, language),
        fitted=percent(found.fitted, language),
        fresh=between(found.fresh, language),
        tried=found.tried,
    )
    changed = [each for each in found.goals if each.before != each.after]
    if changed:
        yield language.say(
            "For it the goals change: {goals}.", goals="; ".join(_change(each, language) for each in changed)
        )
    elif found.goals:
        yield language.say("No goal changes for it.")
    if found.in_the_way is not None:
        yield from _in_the_way(found.in_the_way, asked, language)


def _change(goal: GoalCost, language: Language) -> Shown:
    from waveplan.render.goals import goal_name, goal_value

    before, after = (goal_value(language, goal.goal, each) for each in (goal.before, goal.after))
    return language.say(
        "{goal} from {before} to {after}", goal=goal_name(language, goal.goal), before=before, after=after
    )


def _in_the_way(found: InTheWay, asked: int, language: Language) -> Iterator[Shown]:
    from waveplan.render.simulated_shares import percent
    from waveplan.render.simulation import risk_words

    yield language.say("No plan was found that reaches {asked} %: this is the best.", asked=asked)
    if found.what is not None:
        risk = risk_words(found.what, found.subject, language)
        without = percent(found.without, language)
        yield language.say(
            "Most in its way: {risk}; without it {without} of runs keep them.", risk=risk, without=without
        )
    if found.days is None:
        yield language.say("Later last dates alone would not help.")
    elif found.days:
        yield language.count(
            "This plan would reach it with last dates {n} day later ({slots} more usable nights).",
            "This plan would reach it with last dates {n} days later ({slots} more usable nights).",
            found.days,
            slots=found.slots,
        )
