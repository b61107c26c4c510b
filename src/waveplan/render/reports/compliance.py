"""The compliance report: the register of personal data, purge orders, systems out of support."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from waveplan.domain.compliance import Compliance, DataPlace, Obsolescence, PersonalData, PurgeOrder
from waveplan.domain.plan import Plan
from waveplan.render.language import BLANK, Language, Shown, marked, safe
from waveplan.render.reports.document import Field, Report, ReportPart, Value

_RESIDENCY = {
    "allowed": marked("allowed"),
    "outside": marked("outside"),
    "not said": marked("not said"),
    "with its provider": marked("with its provider"),
    "gone": marked("gone"),
    "not known": marked("not known"),
}
_OPEN = {
    "retained": marked("open: retained"),
    "taken over": marked("open: taken over"),
    "not planned": marked("open: not planned"),
    "hosts nothing": marked("open: hosts nothing"),
}


def compliance_report(found: Compliance, plan: Plan, language: Language) -> Report:
    """What compliance asks, of a plan."""
    return Report(
        title=language.say("Compliance: {programme}", programme=plan.programme.name),
        summary=tuple(_summary(found, language)),
        parts=(
            _register(found.personal_data, language),
            _purges(found.purge_orders, language),
            _systems(found.obsolescence, language),
        ),
    )


def _summary(found: Compliance, language: Language) -> Iterator[Shown]:
    count, data = language.count, found.personal_data
    outside = sum(each.residency == "outside" for each in data)
    unsaid = sum(each.residency == "not said" for each in data)
    yield language.say(
        "{items}, {outside} outside the allowed countries, {unsaid} without any.",
        items=count("{n} item with personal data", "{n} items with personal data", len(data)),
        outside=outside,
        unsaid=unsaid,
    )
    yield language.say(
        "{orders}, {evidence} to collect.",
        orders=count("{n} purge order", "{n} purge orders", len(found.purge_orders)),
        evidence=count(
            "{n} acknowledgement", "{n} acknowledgements", sum(each.acknowledged_by is not None for each in data)
        ),
    )
    exposed = sum(bool(each.exposed_days) for each in found.obsolescence)
    open_ones = sum(each.ended_on is None for each in found.obsolescence)
    yield language.say(
        "{systems} without support before this plan leaves them, {n} that it never leaves.",
        systems=count("{n} server", "{n} servers", exposed),
        n=open_ones,
    )


def _register(data: Iterable[PersonalData], language: Language) -> ReportPart:
    say = language.say
    fields = (
        Field(say("Item"), fold=13),
        Field(say("Business owner"), rank=4, fold=14),
        Field(say("Data"), fold=8),
        Field(say("Allowed in"), rank=3, fold=7),
        Field(say("Before"), fold=9),
        Field(say("After"), fold=9),
        Field(say("Leaves on")),
        Field(say("With"), rank=1, fold=10),
        Field(say("Residency"), fold=9),
        Field(say("Evidence by")),
        Field(say("Purge orders"), rank=2, right=True),
    )
    return ReportPart(
        say("Personal data"),
        fields,
        tuple(_register_row(each, language) for each in data),
        say("No item names a class of personal data."),
    )


def _register_row(each: PersonalData, language: Language) -> tuple[Value, ...]:
    return (
        safe(each.item),
        safe(each.about.business_owner or ""),
        _listed(each.classes),
        BLANK if each.allowed is None else _listed(each.allowed) or Shown("-"),
        _places(each.before),
        _places(each.after),
        each.moves_on,
        _with(each, language),
        language.say(_RESIDENCY[each.residency]),
        each.acknowledged_by,
        len(each.purge_orders) or None,
    )


def _with(each: PersonalData, language: Language) -> Shown:
    if each.wave is not None:
        return safe(each.wave.label)
    return safe(each.strategy) if each.gone is None else language.say("retirement")


def _purges(orders: Iterable[PurgeOrder], language: Language) -> ReportPart:
    say = language.say
    fields = (
        Field(say("Due")),
        Field(say("Site"), fold=12),
        Field(say("Server"), fold=12),
        Field(say("Personal data of"), fold=16),
        Field(say("Purge order"), rank=1, fold=16),
    )
    rows = tuple((o.date, safe(o.site or ""), safe(o.server), _listed(o.personal), safe(o.id)) for o in orders)
    return ReportPart(say("Purge orders"), fields, rows, say("No server leaves a site in this plan."))


def _systems(systems: Iterable[Obsolescence], language: Language) -> ReportPart:
    say = language.say
    fields = (
        Field(say("Support ends")),
        Field(say("Server"), fold=12),
        Field(say("System"), rank=2, fold=14),
        Field(say("Site"), rank=1, fold=12),
        Field(say("Items"), fold=14),
        Field(say("Business owners"), rank=3, fold=14),
        Field(say("Ends with"), fold=14),
        Field(say("On")),
        Field(say("Days without support"), right=True),
    )
    rows = tuple(_system_row(each, language) for each in systems)
    note = say("Before the programme's start: {servers}.", servers=_listed(e.server for e in systems if e.already))
    return ReportPart(
        say("Systems that run out of support"),
        fields,
        rows,
        say("No server has an end of support."),
        note if any(each.already for each in systems) else BLANK,
    )


def _system_row(each: Obsolescence, language: Language) -> tuple[Value, ...]:
    return (
        each.end_of_support,
        safe(each.server),
        safe(each.system or ""),
        safe(each.site),
        _listed(each.items),
        _listed(each.owners),
        _end(each, language),
        each.ended_on,
        each.exposed_days,
    )


def _end(each: Obsolescence, language: Language) -> Shown:
    if each.open_because is not None:
        return language.say(_OPEN[each.open_because])
    if each.wave is not None:
        return safe(each.wave.label)
    return language.say("retirement of {item}", item=each.retired)


def _places(places: Iterable[DataPlace]) -> Shown:
    return _listed(f"{place.site} ({place.country or '?'})" for place in places)


def _listed(names: Iterable[str]) -> Shown:
    return Shown(", ".join(safe(name) for name in names))
