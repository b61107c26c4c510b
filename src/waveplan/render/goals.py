"""Goals: their names, their units, what is proven of them, and the table that says so."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from rich.console import Group, RenderableType
from rich.text import Text

from waveplan.domain.made_names import GOAL_NAMES as GOAL_NAMES
from waveplan.domain.made_names import MEANS_NAMES
from waveplan.domain.made_names import STATUS_NAMES as STATUS_NAMES
from waveplan.domain.objective import Tolerance
from waveplan.domain.plan import Metrics
from waveplan.domain.rounding import to_step
from waveplan.domain.solve_record import GoalRecord, SolveRecord, gap_in, gap_of, is_certified
from waveplan.render.columns import Cell, Column, table, words
from waveplan.render.language import BLANK, Language, Shown, safe
from waveplan.render.page import Page
from waveplan.render.styles import PALETTE

_STATUS_STYLES = {"optimal": PALETTE["good"], "feasible": PALETTE["fair"], "unknown": PALETTE["fair"]}


def goal_value(language: Language, goal: str, value: Decimal | None) -> Shown:
    """A goal's value with its unit."""
    if value is None:
        return BLANK
    if goal == "peak_load":
        return language.percent(value, 1)
    if goal == "finish":
        return language.count("{value} day", "{value} days", int(value), value=value)
    return language.number(value if value == value.to_integral_value() else to_step(value, Decimal("0.1")))


def goal_name(language: Language, goal: str) -> Shown:
    """A goal in words."""
    return language.say(GOAL_NAMES[goal]) if goal in GOAL_NAMES else safe(goal)


def reached(metrics: Metrics, goal: str) -> Decimal | None:
    """A goal's value in the plan as it stands; none for moved lots, which only a baseline can tell."""
    value = getattr(metrics, goal, None)
    return None if value is None else Decimal(value)


def gap_words(language: Language, gap: Decimal | None) -> Shown:
    """A gap as a percentage, rounded up so that it never promises too much; to whole ones where that tells enough."""
    if gap is None:
        return BLANK
    places = 0 if Decimal("0.1") <= gap <= Decimal("0.99") else 1
    return language.percent(gap, places, rounding=ROUND_CEILING)


def unproven_words(language: Language, record: GoalRecord, now: Decimal | None) -> Shown:
    """A value that is not proven best: the gap, and the bound beside it, so that nobody takes one for the other."""
    goal = goal_name(language, record.goal)
    if not record.bound or not now:
        return language.say("{goal} feasible, no bound proven", goal=goal)
    values = {
        "goal": goal,
        "now": goal_value(language, record.goal, now),
        "gap": gap_words(language, gap_of(now, record.bound)),
        "bound": goal_value(language, record.goal, record.bound),
    }
    return language.say("{goal} {now}, gap {gap}: at best {bound}", **values)


def reached_words(language: Language, records: Sequence[GoalRecord]) -> Shown:
    """Each goal in a few words: what was reached, and what is proven."""
    return language.series([_reached(language, record) for record in records])


def _reached(language: Language, record: GoalRecord) -> Shown:
    goal = goal_name(language, record.goal)
    values = {"goal": goal, "value": goal_value(language, record.goal, record.value)}
    if record.status == "optimal":
        return language.say("{goal} {value} (proven)", **values)
    if record.bound is None:
        return language.say("{goal} {value}", **values)
    return language.say(
        "{goal} {value} (at best {bound})", bound=goal_value(language, record.goal, record.bound), **values
    )


def goal_table(page: Page) -> RenderableType:
    """Each goal's value, proven bound, gap and status, then how the search was run."""
    records = page.plan.solve.goals
    return Group(_table(page, records), Text(search_words(page.language, page.plan.solve), style=PALETTE["quiet"]))


def _table(page: Page, records: list[GoalRecord]) -> RenderableType:
    language, say, metrics = page.language, page.language.say, page.plan.metrics
    seconds = [_seconds(language, record.seconds) for record in records]
    columns = [
        Column(say("Goal"), words([goal_name(language, r.goal) for r in records], PALETTE["heading"]), fold=10),
        Column(say("Value"), words([goal_value(language, r.goal, r.value) for r in records]), right=True),
        Column(say("Proven bound"), words([goal_value(language, r.goal, r.bound) for r in records]), right=True),
        Column(say("Gap"), words([gap_words(language, gap_in(r)) for r in records]), right=True),
        Column(say("Status"), [status_cell(language, r.status) for r in records], fold=12),
        *_certified(language, page.plan.solve),
        Column(say("Tolerance"), words([_tolerance(language, r) for r in records]), right=True, rank=1),
        Column(
            say("In the plan"),
            words([goal_value(language, r.goal, reached(metrics, r.goal)) for r in records]),
            right=True,
            rank=2,
        ),
        Column(say("Search time"), words(seconds), right=True, rank=3),
    ]
    return table(columns, page.width, language, page.signs)


def _certified(language: Language, solve: SolveRecord) -> list[Column]:
    """By which means bounds are certified, where that was asked for."""
    if solve.certificate is None:
        return []
    said = [certified_words(language, record) for record in solve.goals]
    return [Column(language.say("Certified"), words(said), fold=14)]


def certified_words(language: Language, record: GoalRecord) -> Shown:
    """By which means the bound of a goal is certified, or how far; else that it is not."""
    if record.bound is None:
        return BLANK
    if is_certified(record):
        whole = [each for each in record.certified if is_certified(record.model_copy(update={"certified": [each]}))]
        return Shown(", ".join(language.say(MEANS_NAMES[each.by]) for each in whole))
    if not record.certified:
        return language.say("not certified")
    best = max(each.bound for each in record.certified)
    return language.say("up to {bound}", bound=goal_value(language, record.goal, best))


def _seconds(language: Language, seconds: Decimal | None) -> Shown:
    return BLANK if seconds is None else language.say("{seconds} s", seconds=language.number(seconds, 1))


def status_cell(language: Language, status: str) -> Cell:
    """A goal's status in words."""
    return Cell(language.say(STATUS_NAMES[status]), _STATUS_STYLES[status])


def _tolerance(language: Language, record: GoalRecord) -> Shown:
    tolerance = tolerance_of(record)
    if tolerance is None:
        return safe(record.tolerance)
    return language.percent(tolerance.amount, 2) if tolerance.is_share else language.number(tolerance.amount)


def tolerance_of(record: GoalRecord) -> Tolerance | None:
    """A goal's tolerance; none when a plan edited by hand says something else."""
    try:
        return Tolerance.parse(record.tolerance)
    except ValueError:
        return None


def allowance(record: GoalRecord) -> Decimal:
    """By how much later goals may worsen this one: units, or a share of its value rounded down to whole units."""
    tolerance = tolerance_of(record)
    if tolerance is None or record.value is None:
        return Decimal(0)
    if not tolerance.is_share:
        return tolerance.amount
    return (tolerance.amount * record.value).to_integral_value(ROUND_FLOOR)


def search_words(language: Language, solve: SolveRecord) -> Shown:
    """How the search was run: limit, seed, workers, versions."""
    parts = [
        language.say("seed {seed}", seed=Shown(str(solve.seed))),
        language.count("{n} worker", "{n} workers", solve.workers),
        Shown(f"waveplan {safe(solve.versions.waveplan)}"),
        Shown(f"OR-Tools {safe(solve.versions.ortools)}"),
    ]
    if solve.limit.seconds is not None:
        parts.insert(0, language.say("limit {seconds} s", seconds=solve.limit.seconds))
    elif solve.limit.deterministic is not None:
        parts.insert(0, language.say("limit {units} of deterministic time", units=solve.limit.deterministic))
    if any(goal.bound is not None and not is_certified(goal) for goal in solve.goals):
        parts.append(language.say("bounds as stated by the solver"))
    if solve.interrupted:
        parts.insert(0, language.say("interrupted"))
    if solve.portfolio is not None:
        best = language.number(Decimal(solve.portfolio.best + 1))
        count = language.number(Decimal(solve.portfolio.members))
        parts.insert(0, language.say("solve {best} of {count}", best=best, count=count))
    if solve.edited:
        parts.insert(0, language.say("edited by hand since"))
    return Shown(" · ".join(parts))
