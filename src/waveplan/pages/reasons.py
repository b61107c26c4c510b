"""Why a lot stands where it does: dates that the inventory gives, what must come before or after, slots tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.domain.differences import GoalChange
from waveplan.domain.items import Item
from waveplan.domain.plan import Wave
from waveplan.domain.plan_lots import PlanLot
from waveplan.domain.work import Dependency
from waveplan.pages.context import Context
from waveplan.pages.facts import names
from waveplan.render.explanations.verdicts import obstacle_words
from waveplan.render.goals import goal_name, goal_value
from waveplan.render.language import Shown, safe

_NEIGHBOURS = 12  # of each lot; a platform that all wait for would fill pages


def binding(context: Context) -> dict[str, list[Shown]]:
    """For each lot what is known to hold it: its own dates, then its neighbours in order of their waves."""
    lot_of = {item: lot.id for lot in context.plan.lots for item in lot.items}
    found: dict[str, list[Shown]] = {lot.id: list(_own_dates(context, lot)) for lot in context.plan.lots}
    neighbours: dict[str, dict[Shown, dt.date]] = {lot.id: {} for lot in context.plan.lots}
    for first, second, dependency in orders(context):
        one, other = lot_of.get(str(first.id)), lot_of.get(str(second.id))
        waves = context.page.wave_of
        if one is None or other is None or one == other or one not in waves or other not in waves:
            continue
        neighbours[other].setdefault(_after(context, second, first, waves[one], dependency), waves[one].date)
        neighbours[one].setdefault(_before(context, first, second, waves[other], dependency), waves[other].date)
    for lot, told in neighbours.items():
        ordered = sorted(told, key=lambda words: (told[words], words))
        found[lot] += ordered[:_NEIGHBOURS]
        if len(ordered) > _NEIGHBOURS:
            more = len(ordered) - _NEIGHBOURS
            found[lot].append(context.language.count("and {n} more order", "and {n} more orders", more))
    return found


def orders(context: Context) -> Iterator[tuple[Item, Item, Dependency]]:
    """Pairs of items of which the first must not cut over after the second."""
    items = context.placement.items
    for consumer in items.planned:
        for dependency in consumer.entry.depends_on:
            if dependency.order == "any":
                continue
            for provider in items.providers(consumer, dependency):
                if provider.planned:
                    forward = dependency.order == "provider_first"
                    yield (provider, consumer, dependency) if forward else (consumer, provider, dependency)


def _after(context: Context, item: Item, other: Item, wave: Wave, dependency: Dependency) -> Shown:
    return context.language.say(
        "{item} comes after {other} in {wave}{gap}",
        item=item.id,
        other=other.id,
        wave=context.wave_day(wave),
        gap=_gap(context, dependency),
    )


def _before(context: Context, item: Item, other: Item, wave: Wave, dependency: Dependency) -> Shown:
    return context.language.say(
        "{item} comes before {other} in {wave}{gap}",
        item=item.id,
        other=other.id,
        wave=context.wave_day(wave),
        gap=_gap(context, dependency),
    )


def _gap(context: Context, dependency: Dependency) -> Shown:
    """How far apart the two must be at least, and at most."""
    language, parts = context.language, []
    if dependency.after_hypercare:
        parts.append(language.say("after its hypercare"))
    if dependency.min_gap_days:
        parts.append(language.count("at least {n} day", "at least {n} days", dependency.min_gap_days))
    if dependency.min_gap_working_days:
        days = dependency.min_gap_working_days
        parts.append(language.count("at least {n} working day", "at least {n} working days", days))
    if dependency.max_gap_days is not None:
        parts.append(language.count("at most {n} day", "at most {n} days", dependency.max_gap_days))
    return Shown(f" ({', '.join(parts)})") if parts else Shown("")


def _own_dates(context: Context, lot: PlanLot) -> Iterator[Shown]:
    """Dates and windows that the inventory gives its items."""
    say, language = context.language.say, context.language
    for item in context.items_of[lot.id]:
        entry = item.entry
        if entry.slot is not None:
            yield say("{item} is pinned to {day}", item=item.id, day=language.day(entry.slot))
        if entry.not_before is not None:
            yield say("{item} not before {day}", item=item.id, day=language.day(entry.not_before))
        if entry.not_after is not None:
            yield say("{item} not after {day}", item=item.id, day=language.day(entry.not_after))
        if entry.earliest_wave is not None and entry.earliest_wave > 1:
            yield say("{item} not before wave {n} of its stream", item=item.id, n=entry.earliest_wave)
        if entry.after:
            yield say("{item} waits for {milestones}", item=item.id, milestones=names(context, entry.after))
        if entry.windows is not None:
            yield say("{item} only in {windows}", item=item.id, windows=names(context, entry.windows))
        if entry.max_downtime_hours is not None:
            yield say("{item} may be down for {hours} h at most", item=item.id, hours=entry.max_downtime_hours)


def _changed(context: Context, change: GoalChange) -> Shown:
    """A goal as it would be then."""
    language = context.language
    return language.say(
        "{goal} would be {after} instead of {before}",
        goal=goal_name(language, change.goal),
        after=goal_value(language, change.goal, change.after),
        before=goal_value(language, change.goal, change.before),
    )


def nearest_earlier(context: Context, lot: PlanLot) -> Iterator[Shown]:
    """What keeps it out of the nearest earlier slot that it may use, where somebody looked."""
    if context.source.earlier is None or lot.id not in context.source.earlier:
        return
    say, verdict = context.language.say, context.source.earlier[lot.id]
    if verdict is None:
        yield say("there is no earlier slot that it may use")
        return
    day = context.language.day(verdict.date)
    where = Shown(f"{safe(verdict.wave.label)}, {day}") if verdict.wave is not None else day
    if verdict.free:
        changed = [goal for goal in verdict.goals if goal.before != goal.after]
        goals = context.language.series(_changed(context, each) for each in changed)
        if changed:
            yield say("nothing forbids {slot}: {goals}", slot=where, goals=goals)
        else:
            yield say("nothing forbids {slot}, and no goal would change", slot=where)
        return
    rule = obstacle_words(verdict.obstacles[0], context.language)
    yield say("not in {slot}: {rule}" if verdict.wave is not None else "not on {slot}: {rule}", slot=where, rule=rule)
