"""How far an inventory can be relied on, as a report: what is known, what to mend, what would change the plan most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from waveplan.domain.care import CareNote, FactImpact, FieldKnown, Impacts, MovedBy, Trouble
from waveplan.domain.inventory import Inventory
from waveplan.render.language import Language, Shown, marked, safe
from waveplan.render.reports.document import Field, Report, ReportPart, Value

TROUBLES: Mapping[Trouble, str] = {
    "contradictory": marked("at odds with itself"),
    "blocked": marked("held up"),
    "unowned": marked("without owner"),
    "stale": marked("stale"),
}
_NO_PLAN = marked("no plan")
_NOT_FOUND = marked("not found in the time")


def care_report(
    inventory: Inventory,
    known: Sequence[FieldKnown],
    notes: Sequence[CareNote],
    impacts: Impacts | None,
    language: Language,
) -> Report:
    """The whole report; without impacts where they were not asked for."""
    parts = [_fields(known, language), _domains(known, language), _notes(notes, language)]
    return Report(
        title=language.say("Care of the inventory: {programme}", programme=inventory.programme.name),
        summary=tuple(_summary(known, notes, impacts, language)),
        parts=(*([] if impacts is None else [_impacts(impacts, language)]), *parts),
    )


def _summary(
    known: Sequence[FieldKnown], notes: Sequence[CareNote], impacts: Impacts | None, language: Language
) -> Iterator[Shown]:
    have, every = sum(each.known for each in known), sum(each.all for each in known)
    yield language.say(
        "{known} of {all} facts are known ({share}).", known=have, all=every, share=_share(have, every, language)
    )
    counted = Counter(each.trouble for each in notes)
    for trouble, title in TROUBLES.items():
        if counted[trouble]:
            yield language.say("{trouble}: {n}", trouble=language.say(title), n=counted[trouble])
    if impacts is not None and impacts.finish is None:
        yield language.say("No plan was found in the time, so that nothing can be compared.")
    elif impacts is not None:
        yield language.say("As things stand, the plan ends on {day}.", day=impacts.finish)


def _fields(known: Iterable[FieldKnown], language: Language) -> ReportPart:
    say = language.say
    return ReportPart(
        title=say("What is known, by field"),
        fields=(
            Field(say("Kind")), Field(say("Field")), Field(say("Known"), right=True), Field(say("Of"), right=True),
            Field(say("Share"), right=True, rank=1),
        ),
        rows=tuple(
            (safe(each.kind), safe(each.field), each.known, each.all, _share(each.known, each.all, language))
            for each in known
            if each.all
        ),
        nothing=say("The inventory is empty."),
    )  # fmt: skip


def _domains(known: Iterable[FieldKnown], language: Language) -> ReportPart:
    have: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for each in known:
        for domain, of_it, all_of_it in each.domains:
            have[domain] += of_it
            every[domain] += all_of_it
    say = language.say
    return ReportPart(
        title=say("What is known, by domain"),
        fields=(
            Field(say("Domain"), fold=12), Field(say("Known"), right=True), Field(say("Of"), right=True),
            Field(say("Share"), right=True),
        ),
        rows=tuple(
            (
                safe(domain) if domain else say("no domain"), have[domain], every[domain],
                _share(have[domain], every[domain], language),
            )
            for domain in sorted(every, key=lambda each: (have[each] / every[each], each))
        ),
        nothing=say("All is of one domain."),
    )  # fmt: skip


def _notes(notes: Sequence[CareNote], language: Language) -> ReportPart:
    say = language.say
    return ReportPart(
        title=say("What to mend"),
        fields=(
            Field(say("Trouble")), Field(say("Kind"), rank=1), Field(say("Entry")), Field(say("What"), fold=20),
            Field(say("Owner"), fold=12, rank=2),
        ),
        rows=tuple(
            (
                say(TROUBLES[each.trouble]), safe(each.kind), safe(each.id), language.phrase(each.said),
                safe(each.owner),
            )
            for each in notes
        ),
        nothing=say("Nothing is stale, without owner, at odds with itself or held up."),
    )  # fmt: skip


def _share(part: int, whole: int, language: Language) -> Shown:
    return language.percent(Decimal(part) / whole if whole else Decimal(1))


def _impacts(impacts: Impacts, language: Language) -> ReportPart:
    say = language.say
    return ReportPart(
        title=say("Missing facts that would change the plan, most first"),
        fields=(
            Field(say("Kind"), rank=1), Field(say("Field")), Field(say("Missing"), right=True),
            Field(say("At least"), right=True, rank=2), Field(say("Finish"), right=True),
            Field(say("At most"), right=True, rank=2), Field(say("Finish"), right=True),
            Field(say("Gates that move"), right=True), Field(say("By days"), right=True), Field(say("Proven"), rank=1),
        ),
        rows=tuple(_impact(each, language) for each in impacts.ranked),
        nothing=say("No fact on which the plan depends is missing."),
        note=say(
            "Each class of missing facts was put at the least and at the most that others in the inventory have, and "
            "planned anew for its finish; days are later (+) or earlier (-) than as things stand."
        ),
    )  # fmt: skip


def _impact(impact: FactImpact, language: Language) -> tuple[Value, ...]:
    both = (impact.low, impact.high)
    low, high = (_finish(each, language) for each in both)
    is_proven = all(each.proven or each.end == "infeasible" for each in both)
    proven = language.say("yes") if is_proven else language.say("no")
    return (
        safe(impact.kind), safe(impact.field), len(impact.missing), safe(impact.assumed[0]), low,
        safe(impact.assumed[1]), high, max(each.lots for each in both), max(each.most_days for each in both), proven,
    )  # fmt: skip


def _finish(moved: MovedBy, language: Language) -> Shown:
    if moved.end != "planned":
        return language.say(_NO_PLAN if moved.end == "infeasible" else _NOT_FOUND)
    return Shown(f"{moved.finish:+d}" if moved.finish else "0")
