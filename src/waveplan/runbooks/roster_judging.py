"""What a roster lacks: duties that nobody can take, and why; teams that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.change_calendar.spans import hours_between
from waveplan.domain.findings import Finding, Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.roster import Duty, DutyRoster, WaveRoster
from waveplan.domain.runbooks import ROLES
from waveplan.domain.wording import finding
from waveplan.runbooks.rostering import can_take


def judge_roster(roster: DutyRoster, inventory: Inventory) -> Iterator[Finding]:
    """Teams of people that the inventory does not have; owners and roles may stand in a roster like teams."""
    items = [*inventory.applications, *inventory.services]
    owners = {owner for item in items for owner in (item.business_owner, item.technical_owner) if owner}
    teams = {team.id for team in inventory.teams} | owners | set(ROLES)
    for number, person in enumerate(roster.people):
        for place, team in enumerate(person.teams):
            if team not in teams:
                values = {"name": person.name, "team": team, "teams": ", ".join(sorted(teams)) or "-"}
                path = ("people", number, "teams", place)
                template = "{name} is of the team {team}, which the inventory does not have"
                yield finding("WP419", template, values, path, (team,), "its teams are: {teams}")


def judge_rostered(wave: WaveRoster, roster: DutyRoster) -> Iterator[Finding]:
    """Duties without anybody, each with the reason."""
    for each in wave.duties:
        if each.person is None:
            duty = each.duty
            values = {
                "wave": wave.label,
                "team": duty.team,
                "seat": duty.seat,
                "start": duty.start,
                "end": duty.end,
                "why": _why(duty, roster),
            }
            template = "{wave}: nobody takes seat {seat} of {team} from {start} to {end}: {why}"
            hint = "add somebody to the roster, widen their hours, or spread the tasks of the night"
            yield finding("WP418", template, values, ("people",), (wave.wave, duty.team), hint)


def _why(duty: Duty, roster: DutyRoster) -> Phrase:
    own = [person for person in roster.people if duty.team in person.teams]
    if not own:
        return Phrase("nobody in the roster is of that team")
    hours = hours_between(duty.start, duty.end)
    if hours > roster.hours_in_a_row:
        values = {"hours": roster.hours_in_a_row}
        return Phrase("it takes longer than the {hours} h that anybody may be on duty", values)
    if not any(can_take(person, duty, roster) for person in own):
        return Phrase("all {count} of that team are out or not available then", {"count": len(own)})
    return Phrase("whoever could has another duty, or rests")
