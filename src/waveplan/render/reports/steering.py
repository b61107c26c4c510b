"""The report for a steering committee: strands, decisions, changes since the last plan, dates, money."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from waveplan.domain.briefing import Briefing
from waveplan.domain.compliance import WaveRef
from waveplan.domain.differences import PlanDifference
from waveplan.domain.figures import NO_ORGANISATION
from waveplan.domain.plan import Plan
from waveplan.domain.solve_record import gap_in
from waveplan.render.comparison_rows import COST_NAMES
from waveplan.render.differences.view import summary_of
from waveplan.render.goals import STATUS_NAMES, gap_words, goal_name, goal_value
from waveplan.render.language import BLANK, Language, Shown, safe
from waveplan.render.made_ids import made_name
from waveplan.render.reports.document import Field, Report, ReportPart, Value
from waveplan.render.reports.flash import planned_and_done
from waveplan.render.reports.meeting import gates, hard_dates, issues, risks
from waveplan.render.status import statements


def steering_report(briefing: Briefing, plan: Plan, language: Language) -> Report:
    """A few pages for the monthly committee."""
    status, say = briefing.status, language.say
    summary = [safe(f"{words[:1].upper()}{words[1:]}.") for words, _ in statements(status, language)]
    if briefing.difference is not None:
        changes = summary_of(briefing.difference, language)
        summary.append(say("Since the last plan: {changes}", changes=changes))
    parts = [
        planned_and_done(status, language),
        _strands(briefing, language),
        gates(briefing, language, deciding=True),
        *_changes(briefing.difference, language),
        hard_dates(briefing, language),
        issues(briefing, language),
        risks(briefing, language),
        *_money(briefing, language),
        _goals(plan, language),
    ]
    title = say("Steering report: {programme} on {day}", programme=status.programme, day=status.as_of)
    return Report(title, tuple(summary), tuple(parts))


def _strands(briefing: Briefing, language: Language) -> ReportPart:
    say, several = language.say, any(each.tranche for each in briefing.strands)
    rows: list[tuple[Value, ...]] = []
    for each in briefing.strands:
        waves = say("{done} of {n}", done=each.done, n=each.waves)
        items = say("{done} of {n}", done=each.items_done, n=each.items)
        row: tuple[Value, ...] = (safe(each.stream), waves, items, each.behind or None, each.next, each.last)
        rows.append((safe(each.tranche or "–"), *row) if several else row)
    fields = (
        *((Field(say("Tranche"), fold=8),) if several else ()),
        Field(say("Stream"), fold=10),
        Field(say("Waves done"), right=True),
        Field(say("Items done"), right=True),
        Field(say("Waves behind"), right=True, rank=2),
        Field(say("Next cutover")),
        Field(say("Last cutover"), rank=1),
    )
    title = say("By tranche and stream") if several else say("By stream")
    return ReportPart(title, fields, tuple(rows), say("No waves"))


def _changes(difference: PlanDifference | None, language: Language) -> Iterator[ReportPart]:
    """What moved since the last plan, where one was given."""
    if difference is None:
        return
    say = language.say
    yield ReportPart(
        say("Lots that moved since the last plan"),
        (Field(say("Lot"), fold=18), Field(say("From")), Field(say("To")), Field(say("Days later"), right=True)),
        tuple((safe(m.lot), _wave(m.before, language), _wave(m.after, language), m.days) for m in difference.moved),
        say("No lot moved."),
    )
    goals = [each for each in difference.goals if each.before != each.after]
    yield ReportPart(
        say("Goals since the last plan"),
        (Field(say("Goal")), Field(say("Before"), right=True), Field(say("After"), right=True)),
        tuple(
            (
                goal_name(language, each.goal),
                goal_value(language, each.goal, each.before),
                goal_value(language, each.goal, each.after),
            )
            for each in goals
        ),
        say("No goal changed."),
    )
    yield ReportPart(
        say("Milestones that moved since the last plan"),
        (Field(say("Milestone"), fold=18), Field(say("From")), Field(say("To"))),
        tuple((made_name(language, each.id), each.before, each.after) for each in difference.milestones),
        say("No milestone moved."),
    )


def _wave(wave: WaveRef | None, language: Language) -> Shown:
    return BLANK if wave is None else Shown(f"{safe(wave.label)} {language.day(wave.date, weekday=False)}")


def _money(briefing: Briefing, language: Language) -> Iterator[ReportPart]:
    """Costs, where the inventory gives any; person-days by organisation, planned."""
    say = language.say
    if briefing.costs:
        rows: list[tuple[Value, ...]] = [
            (say(COST_NAMES[kind]), money.once, money.per_month) for kind, money in briefing.costs.items()
        ]
        once, monthly = (
            sum((getattr(each, part) for each in briefing.costs.values()), Decimal(0)) for part in ("once", "per_month")
        )
        rows.append((say("total"), once, monthly))
        currency = briefing.currency
        title = say("Costs in {currency}", currency=currency) if currency else say("Costs")
        fields = (
            Field(say("Of")),
            Field(say("Once"), right=True, places=0),
            Field(say("Each month after"), right=True, places=0),
        )
        yield ReportPart(title, fields, tuple(rows), BLANK)
    spent = sum((each.spent for each in briefing.status.effort), Decimal(0))
    effort: list[tuple[Value, ...]] = [
        (safe(name) if name != NO_ORGANISATION else say("without an organisation"), days)
        for name, days in briefing.person_days.items()
    ]
    if len(effort) > 1:
        effort.append((say("total"), sum(briefing.person_days.values(), Decimal(0))))
    note = say("{days} person-days are recorded as spent.", days=language.number(spent, 1)) if spent else BLANK
    yield ReportPart(
        say("Person-days planned"),
        (Field(say("Organisation"), fold=16), Field(say("Person-days"), right=True, places=1)),
        tuple(effort),
        say("No team has work in this plan."),
        note,
    )


def _goals(plan: Plan, language: Language) -> ReportPart:
    say = language.say
    rows: list[tuple[Value, ...]] = [
        (
            goal_name(language, each.goal),
            goal_value(language, each.goal, each.value),
            goal_value(language, each.goal, each.bound),
            gap_words(language, gap_in(each)),
            say(STATUS_NAMES[each.status]),
        )
        for each in plan.solve.goals
    ]
    fields = (
        Field(say("Goal"), fold=12),
        Field(say("Value"), right=True),
        Field(say("Proven bound"), right=True),
        Field(say("Gap"), right=True),
        Field(say("Status"), fold=12),
    )
    return ReportPart(say("What is proven"), fields, tuple(rows), say("This plan names no goals."))
