"""People: crews, on-call, person-days a week, absences, knowledge transfers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from waveplan.change_calendar.wording import period_words
from waveplan.domain.findings import Path, Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.people import KnowledgeTransfer, Team
from waveplan.planning.diagnosis import costs
from waveplan.planning.diagnosis.edits import GONE, Edit
from waveplan.planning.diagnosis.fact import Dial, Fact, days, dropped, earlier, later, limit, lowered

_TENTH = Decimal("0.1")


def teams(inventory: Inventory) -> Iterator[Fact]:
    """Everything by which a team is limited."""
    for number, team in enumerate(inventory.teams):
        yield from _people(("teams", number), team)
        yield from _presence(("teams", number), team)


def _people(path: Path, team: Team) -> Iterator[Fact]:
    of = {"of": team.id}
    if team.crew is not None:
        name = Phrase("the crew of {of}", of)
        yield _of(limit((*path, "crew"), team.crew, "crew", name, costs.PERSON), team)
    if team.on_call is not None:
        name = Phrase("the people on call of {of}", of)
        yield _of(limit((*path, "on_call"), team.on_call, "on_call", name, costs.PERSON), team)
    if team.person_days_per_week is not None:
        name, field = Phrase("the person-days a week of {of}", of), (*path, "person_days_per_week")
        yield _of(limit(field, team.person_days_per_week, "person_days", name, costs.WEEKLY_DAY), team)
    if team.rest_days:
        name, field = Phrase("the days of rest of {of}", of), (*path, "rest_days")
        said = Phrase("{what} {now}", {"what": name, "now": team.rest_days})
        dial = lowered(field, team.rest_days, name, costs.PERSON)
        yield Fact("rest_days", field, said, (Edit(field, 0),), (dial,), team.id)


def _of(fact: Fact, team: Team) -> Fact:
    return Fact(fact.kind, fact.path, fact.said, fact.relaxed, fact.dials, team.id)


def _presence(path: Path, team: Team) -> Iterator[Fact]:
    for number, absence in enumerate(team.absences):
        place: Path = (*path, "absences", number)
        said = Phrase("the absence of {of} {when}", {"of": team.id, "when": period_words(absence)})
        yield Fact(
            "absence", place, said, (Edit(place, GONE),), (_more_present(place, absence.capacity, said),), team.id
        )
    if team.available is not None and team.available.first is not None:
        place = (*path, "available", "from")
        name = Phrase("the first day of {of}", {"of": team.id})
        said = Phrase("{what} on {day}", {"what": name, "day": team.available.first.isoformat()})
        dial = earlier(place, team.available.first, name, costs.HARD_DATE_DAY)
        yield Fact("available", place, said, (Edit(place, None),), (dial,), team.id)
    if team.available is not None and team.available.last is not None:
        place = (*path, "available", "to")
        name = Phrase("the last day of {of}", {"of": team.id})
        said = Phrase("{what} on {day}", {"what": name, "day": team.available.last.isoformat()})
        dial = later(place, team.available.last, name, costs.HARD_DATE_DAY)
        yield Fact("available", place, said, (Edit(place, None),), (dial,), team.id)


def _more_present(place: Path, share: Decimal, said: Phrase) -> Dial:
    """By tenths, up to all of the team."""
    most = int((1 - share) / _TENTH) or 1

    def fresh(number: int) -> Decimal:
        return Decimal(1) if number == most else share + _TENTH * number

    return Dial(
        most,
        lambda n: (Edit((*place, "capacity"), fresh(n)),),
        lambda n: Phrase("{what} with {share} of the team present", {"what": said, "share": str(fresh(n).normalize())}),
        lambda n: costs.ABSENCE * n,
    )


def knowledge(inventory: Inventory) -> Iterator[Fact]:
    """Knowledge transfers: without one its items need not wait; by degrees its longest stage is shorter."""
    for number, transfer in enumerate(inventory.knowledge_transfers):
        path: Path = ("knowledge_transfers", number)
        name = Phrase("the knowledge transfer {of}", {"of": transfer.id})
        dials = [dropped(path, name, costs.KNOWLEDGE_DAY * sum(stage.working_days for stage in transfer.stages))]
        longest = max(range(len(transfer.stages)), key=lambda place: (transfer.stages[place].days, -place))
        if transfer.stages[longest].days > 1:
            dials.insert(0, _shorter_stage(path, transfer, longest))
        yield Fact("knowledge_transfer", path, name, (Edit(path, GONE),), tuple(dials), transfer.id)


def _shorter_stage(path: Path, transfer: KnowledgeTransfer, place: int) -> Dial:
    stage = transfer.stages[place]

    def said(number: int) -> Phrase:
        values = {"stage": stage.name, "of": transfer.id, "days": days(number)}
        return Phrase("{stage} of knowledge transfer {of} shorter by {days}", values)

    return Dial(
        stage.days - 1,
        lambda n: (Edit((*path, "stages", place, "days"), stage.days - n),),
        said,
        lambda n: costs.KNOWLEDGE_DAY * n * stage.times,
    )


def adoption(inventory: Inventory) -> Iterator[Fact]:
    """What people are to be told or taught first, or what takes person-days: less long before, or not at all."""
    for number, entry in enumerate(inventory.adoption):
        if not (entry.is_before and entry.most_days_before) and not (entry.team and entry.effort):
            continue
        path: Path = ("adoption", number)
        name = Phrase("the entry of adoption {of}", {"of": entry.id})
        dials = [dropped(path, name, costs.ADOPTION)]
        if entry.is_before and entry.most_days_before:
            lead, field = Phrase("the days between {of} and the cutover", {"of": entry.id}), (*path, entry.when_key)
            dials.insert(0, lowered(field, entry.most_days_before, lead, costs.ADOPTION_DAY))
        yield Fact("adoption", path, name, (Edit(path, GONE),), tuple(dials), entry.id)
