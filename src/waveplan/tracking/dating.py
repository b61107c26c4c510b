"""WP402: a record on a day on which it cannot have been made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.change_calendar.spans import week_monday
from waveplan.domain.findings import Finding, Path
from waveplan.tracking.records import Records
from waveplan.tracking.wording import finding

_MEND = "mend the date"


def check_dates(records: Records) -> Iterator[Finding]:
    """What lies ahead of the day, decisions after their cutover, incidents before theirs."""
    for path, day, subject in _dated(records):
        if day > records.as_of:
            values = {"subject": subject, "date": day, "as_of": records.as_of}
            template = "the record of {subject} is dated {date}, after {as_of}, the day on which this is looked at"
            hint = "record what has happened; what is planned stands in the plan. `--as-of` looks from another day"
            yield finding("WP402", template, values, path, (subject,), hint)
    yield from _decisions(records)
    yield from _incidents(records)
    yield from _answers(records)


def _dated(records: Records) -> Iterator[tuple[Path, dt.date, str]]:
    """Every day on which something is said to have happened, where it stands, and of what it is."""
    actuals = records.actuals
    for number, gate in enumerate(actuals.gates):
        yield ("gates", number, "date"), gate.date, gate.wave
    for number, cutover in enumerate(actuals.cutovers):
        yield ("cutovers", number, "date"), cutover.date, cutover.wave
    for number, incident in enumerate(actuals.incidents):
        yield ("incidents", number, "date"), incident.date, incident.id
        if incident.resolved is not None:
            yield ("incidents", number, "resolved"), incident.resolved, incident.id
    for number, acceptance in enumerate(actuals.acceptances):
        yield ("acceptances", number, "date"), acceptance.date, acceptance.milestone
    for number, milestone in enumerate(actuals.milestones):
        if milestone.reached is not None:
            yield ("milestones", number, "reached"), milestone.reached, milestone.id
        if milestone.said is not None:
            yield ("milestones", number, "said"), milestone.said, milestone.id
    for number, held in enumerate(actuals.adoption):
        yield ("adoption", number, "date"), held.date, held.id
    for number, task in enumerate(actuals.tasks):
        yield ("tasks", number, "happened"), task.happened.date(), task.task or task.wave
    for number, effort in enumerate(actuals.effort):
        yield ("effort", number, "week"), week_monday(effort.week), effort.team


def _decisions(records: Records) -> Iterator[Finding]:
    for number, record in enumerate(records.actuals.gates):
        day = records.cutover_day(record.wave)
        if day is not None and record.date > day:
            values = {"gate": record.gate, "wave": record.wave, "date": record.date, "day": day}
            template = "the decision at {gate} of {wave} is dated {date}, after its cutover on {day}"
            path, subjects = ("gates", number, "date"), (record.wave, record.gate)
            yield finding("WP402", template, values, path, subjects, _MEND)


def _incidents(records: Records) -> Iterator[Finding]:
    for number, record in enumerate(records.actuals.incidents):
        values = {"incident": record.id, "wave": record.wave, "date": record.date}
        subjects = (record.id, record.wave)
        day = records.cutover_day(record.wave)
        if day is not None and record.date < day:
            template = "incident {incident} is dated {date}, before the cutover of {wave} on {day}"
            yield finding("WP402", template, values | {"day": day}, ("incidents", number, "date"), subjects, _MEND)
        if record.resolved is not None and record.resolved < record.date:
            template = "incident {incident} is resolved on {day}, before it began on {date}"
            path = ("incidents", number, "resolved")
            yield finding("WP402", template, values | {"day": record.resolved}, path, subjects, _MEND)


def _answers(records: Records) -> Iterator[Finding]:
    """Results of surveys on what had not cut over yet, where the survey comes after the cutover."""
    after = {each.id for each in (records.inventory.adoption if records.inventory else ()) if not each.is_before}
    for number, record in enumerate(records.actuals.adoption):
        day = records.cutover_day(record.wave)
        if record.id in after and day is not None and record.date < day:
            values = {"entry": record.id, "wave": record.wave, "date": record.date, "day": day}
            template = "'{entry}' is dated {date}, before the cutover of {wave} on {day}, after which it comes"
            path, subjects = ("adoption", number, "date"), (record.id, record.wave)
            yield finding("WP402", template, values, path, subjects, _MEND)
