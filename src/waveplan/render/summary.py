"""The bottom line in words: how many waves, from when to when, what holds and what is proven."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from rich.text import Text

from waveplan.domain.plan import HardDate, Plan, Wave
from waveplan.domain.solve_record import GoalRecord
from waveplan.render.goals import allowance, goal_name, goal_value, reached, unproven_words
from waveplan.render.language import BLANK, Language, Shown
from waveplan.render.made_ids import made_name
from waveplan.render.styles import PALETTE
from waveplan.render.text import paragraph

Part = tuple[Shown, str]  # words and their style


def bottom_line(plan: Plan, language: Language, width: int) -> Text:
    """The whole plan in one sentence, in lines of `width`."""
    parts = statements(plan, language)
    between = language.say("{one}; {other}", one=BLANK, other=BLANK).rstrip()
    ends = [between] * (len(parts) - 1) + ["."]
    return paragraph([(words + end, style) for (words, style), end in zip(parts, ends, strict=True)], width)


def statements(plan: Plan, language: Language) -> list[Part]:
    """What there is to say of a whole plan, each with the style of its verdict; no more than what was proven."""
    parts = [
        _waves(plan, language),
        *_deadline(plan, language),
        *_hard_dates(plan, language),
        *_left_out(plan, language),
    ]
    if plan.solve.interrupted:
        parts.append((language.say("search interrupted: the best plan found so far"), PALETTE["warning"]))
    if plan.solve.edited:
        parts.append((language.say("edited by hand since it was solved"), PALETTE["fair"]))
    return parts + [_proof(plan, language, record) for record in plan.solve.goals]


def _waves(plan: Plan, language: Language) -> Part:
    waves = plan.waves_in_order()
    if not waves:
        return language.say("No waves"), PALETTE["warning"]
    first, last = min(wave.date for wave in waves), max(wave.date for wave in waves)
    if first == last:
        words = language.count("{n} wave on {first}", "{n} waves on {first}", len(waves), first=first)
    else:
        start = language.day(first, year=first.year != last.year)
        words = language.count(
            "{n} wave from {first} to {last}", "{n} waves from {first} to {last}", len(waves), first=start, last=last
        )
    return words, PALETTE["title"]


def last_day(waves: list[Wave]) -> dt.date | None:
    """Last day on which anything is in hypercare."""
    return max((wave.hypercare_last_day for wave in waves), default=None)


def _deadline(plan: Plan, language: Language) -> list[Part]:
    end = last_day(plan.waves)
    if end is None:
        return []
    spare = (plan.programme.deadline - end).days
    if spare < 0:
        words = language.count("deadline missed by {n} day", "deadline missed by {n} days", -spare)
        return [(words, PALETTE["bad"])]
    if spare == 0:
        return [(language.say("deadline met on its last day"), PALETTE["fair"])]
    words = language.count("deadline met with {n} day to spare", "deadline met with {n} days to spare", spare)
    return [(words, PALETTE["good"])]


def is_missed(date: HardDate) -> bool:
    """Whether the plan reaches a hard date too late."""
    return date.reached is not None and date.reached > date.date


def _hard_dates(plan: Plan, language: Language) -> list[Part]:
    missed = [date for date in plan.calendar.hard_dates if is_missed(date) and date.id != "deadline"]
    if not missed:
        return []
    names = language.series(made_name(language, date.id) for date in missed)
    words = language.count(
        "{n} hard date missed ({names})", "{n} hard dates missed ({names})", len(missed), names=names
    )
    return [(words, PALETTE["bad"])]


def _left_out(plan: Plan, language: Language) -> list[Part]:
    if not plan.unplanned:
        return []
    words = language.count("{n} lot left out of the plan", "{n} lots left out of the plan", len(plan.unplanned))
    return [(words, PALETTE["bad"])]


def _proof(plan: Plan, language: Language, record: GoalRecord) -> Part:
    goal = goal_name(language, record.goal)
    now = reached(plan.metrics, record.goal)
    if record.status == "unknown":
        return language.say("{goal}: nothing known", goal=goal), PALETTE["fair"]
    if record.status == "feasible":
        return unproven_words(language, record, record.value if now is None else now), PALETTE["fair"]
    if now is None or record.value is None or _same(now, record.value):
        return language.say("{goal} proven optimal", goal=goal), PALETTE["good"]
    values = {
        "goal": goal,
        "now": goal_value(language, record.goal, now),
        "best": goal_value(language, record.goal, record.value),
    }
    if now - record.value <= allowance(record):
        words = language.say("{goal} {now}, within its tolerance of the proven optimum of {best}", **values)
        return words, PALETTE["good"]
    return language.say("{goal} {now}, worse than the proven optimum of {best}", **values), PALETTE["bad"]


def _same(one: Decimal, other: Decimal) -> bool:
    """Equal as they are printed: shares and risks are rounded to four places."""
    return round(one, 4) == round(other, 4)
