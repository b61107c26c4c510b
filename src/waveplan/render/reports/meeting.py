"""What reports for meetings have in common: dates that must be met, gates, risks, issues, actions by owner."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.domain.briefing import Action, Briefing, Risk
from waveplan.domain.communication import KIND_NAMES
from waveplan.domain.plan import HardDate
from waveplan.render.language import BLANK, Language, Shown, marked, safe
from waveplan.render.made_ids import made_name
from waveplan.render.milestones import verdict
from waveplan.render.page import share_words
from waveplan.render.reports.communication import STATES
from waveplan.render.reports.document import Field, ReportPart, Value
from waveplan.render.status_tables import LATE_KINDS, gate_needs, late_subject

_RISKS = {
    "hard_date": marked("hard date is near"),
    "promise": marked("promise may be late"),
    "load": marked("team nearly full"),
}


def hard_dates(briefing: Briefing, language: Language) -> ReportPart:
    """Dates that must be met: in the plan, and how many days are left until them."""
    say = language.say
    rows: list[tuple[Value, ...]] = [
        (
            made_name(language, each.id),
            each.date,
            each.reached,
            each.slack,
            each.days_left,
            verdict(language, HardDate(id=each.id, date=each.date, reached=each.reached)).text,
        )
        for each in briefing.status.hard_dates
    ]
    fields = (
        Field(say("Hard date"), fold=12),
        Field(say("On or before")),
        Field(say("Reached"), rank=2),
        Field(say("Days to spare"), right=True, rank=3),
        Field(say("Days left"), right=True, rank=1),
        Field(say("Verdict"), fold=12),
    )
    return ReportPart(say("Hard dates"), fields, tuple(rows), say("No hard dates."))


def gates(briefing: Briefing, language: Language, *, deciding: bool = False) -> ReportPart:
    """Gates until the horizon, and what each needs; with `deciding`, only those at which somebody decides."""
    say = language.say
    found = [
        gate
        for gate in briefing.status.gates
        if gate.date <= briefing.horizon and (gate.decides or gate.state == "conditional" or not deciding)
    ]
    rows: list[tuple[Value, ...]] = [
        (gate.date, safe(gate.label), safe(gate.gate), safe(gate.committee or ""), gate_needs(gate, language))
        for gate in found
    ]
    fields = (
        Field(say("Date")),
        Field(say("Wave"), fold=8),
        Field(say("Gate"), fold=10),
        Field(say("Committee"), rank=1, fold=10),
        Field(say("Needs"), fold=20),
    )
    title = say("Decisions asked for") if deciding else say("Next gates, and what each needs")
    nothing = say("None until {day}.", day=briefing.horizon)
    return ReportPart(title, fields, tuple(rows), nothing)


def communication(briefing: Briefing, language: Language) -> Iterator[ReportPart]:
    """What people are to be told, taught and asked until the horizon, and what is overdue; if anything ever is."""
    told, horizon = briefing.status.communication, briefing.horizon
    if not told:
        return
    open_ones = [each for each in told if each.state in {"planned", "due", "overdue"} and each.first <= horizon]
    say = language.say
    rows: list[tuple[Value, ...]] = [
        (
            each.first,
            safe(each.label),
            say(KIND_NAMES[each.entry.kind]),
            safe(each.entry.shown_name),
            each.users,
            safe(each.entry.owner or each.entry.team or ""),
            say(STATES[each.state]),
        )
        for each in open_ones
        if each.state != "planned" or each.first >= briefing.status.as_of
    ]
    fields = (
        Field(say("Date")),
        Field(say("Wave"), fold=8),
        Field(say("Kind"), fold=11),
        Field(say("What"), fold=14),
        Field(say("Users"), right=True, rank=2),
        Field(say("Owner"), rank=1, fold=12),
        Field(say("State"), fold=8),
    )
    nothing = say("None until {day}.", day=horizon)
    yield ReportPart(say("What people are to be told, taught and asked next"), fields, tuple(rows), nothing)


def issues(briefing: Briefing, language: Language) -> ReportPart:
    """What is late or open."""
    say = language.say
    rows: list[tuple[Value, ...]] = [
        (
            say(LATE_KINDS[each.kind]),
            late_subject(each, language),
            each.due,
            each.days,
            safe(each.reason or ""),
        )
        for each in briefing.status.late
    ]
    fields = (
        Field(say("Issue"), fold=12),
        Field(say("Of"), fold=12),
        Field(say("Due")),
        Field(say("Days late"), right=True, rank=2),
        Field(say("Why"), rank=1, fold=14),
    )
    return ReportPart(say("Issues"), fields, tuple(rows), say("Nothing is late, and no incident is open."))


def risks(briefing: Briefing, language: Language) -> ReportPart:
    """What may go wrong."""
    say = language.say
    rows: list[tuple[Value, ...]] = [
        (say(_RISKS[each.kind]), _risk_subject(each, language), each.date, _risk_words(each, language))
        for each in briefing.risks
    ]
    fields = (Field(say("Risk"), fold=14), Field(say("Of"), fold=12), Field(say("Date")), Field(say("What"), fold=18))
    return ReportPart(say("Risks"), fields, tuple(rows), say("No date is near, and no team is nearly full."))


def _risk_subject(risk: Risk, language: Language) -> Shown:
    return safe(risk.subject) if risk.kind == "load" else made_name(language, risk.subject)


def _risk_words(risk: Risk, language: Language) -> Shown:
    if risk.kind == "hard_date" and risk.days is not None:
        if risk.days < 0:
            return language.count("missed by {n} day", "missed by {n} days", -risk.days)
        return language.count("{n} day to spare", "{n} days to spare", risk.days)
    if risk.kind == "promise":
        moved = language.count("{n} lot would move", "{n} lots would move", risk.count or 0)
        return language.say("if it came as late as this, {moved}", moved=moved)
    if risk.amount is None:
        return BLANK
    return language.say("{share} in the week that begins then", share=share_words(language, risk.amount))


def actions(briefing: Briefing, language: Language) -> ReportPart:
    """What somebody has to do until the horizon, by owner."""
    say = language.say
    rows: list[tuple[Value, ...]] = [
        (safe(each.owner) if each.owner else say("programme"), each.due, action_words(each, language))
        for each in briefing.actions
    ]
    fields = (Field(say("Owner"), fold=12), Field(say("Until")), Field(say("What"), fold=24))
    title = say("Actions until {day}", day=briefing.horizon)
    return ReportPart(title, fields, tuple(rows), say("Nothing is to be done until then."))


def action_words(action: Action, language: Language) -> Shown:
    """One action as an order."""
    say = language.say
    values = {"subject": made_name(language, action.subject), "wave": safe(action.wave or "")}
    match action.kind:
        case "decide":
            told = say("decide {subject} of {wave}", **values)
        case "condition":
            told = say("meet a condition of {wave}: {subject}", **values)
        case "record":
            told = say("record how the cutover of {subject} ended", **values)
        case "plan_again":
            told = say("plan again what {subject} left behind", **values)
        case "incident":
            told = say("resolve the incident {subject}", **values)
        case "evidence":
            told = say("have it signed: {subject}", **values)
        case "purge":
            told = language.count("erase {n} server", "erase {n} servers", len(action.detail))
        case "promise":
            told = say("have it confirmed: {subject}", **values)
    detail = language.listing(safe(each) for each in action.detail)
    return Shown(f"{told} ({detail})") if detail else told
