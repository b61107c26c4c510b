"""What trackers of work have in common: lines in three levels, each with an identity that stays."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.programme.identities import tag_of
from waveplan.export.programme.view import LotView, WaveView

Level = Literal[1, 2, 3]
LONGEST_TITLE = 255
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TrackerLine:
    """A wave (level 1), what is done for it (2), an item of a lot (3); `start` and `end` are its window, if any."""

    key: str
    parent: str
    level: Level
    kind: str
    title: str
    first: dt.date | None
    last: dt.date | None
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    lines: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        """Its identity in few letters, for fields that take no others."""
        return tag_of(self.key)

    @property
    def short(self) -> str:
        """Its title, as long as trackers take."""
        return self.title if len(self.title) <= LONGEST_TITLE else self.title[: LONGEST_TITLE - 1] + "…"


def lines_of(view: ProgrammeView, words: Words) -> Iterator[TrackerLine]:
    """Each wave with what stands under it, parents first; then milestones and hard dates."""
    for wave in view.waves:
        title = words.say("{wave}: cutover of {day}", wave=wave.label, day=wave.date)
        facts = (words.say("point of no return: {moment}", moment=wave.point_of_no_return), *_teams(wave, words))
        yield TrackerLine(
            wave.key, "", 1, "wave", title, wave.preparation_start, wave.hypercare_last_day, wave.start,
            wave.end, facts,
        )  # fmt: skip
        for gate in wave.gates:
            name = words.say("GO/NO-GO {name}", name=gate.id) if gate.decides else gate.id
            title = words.say("{wave}: {name}", wave=wave.label, name=name)
            lines = (gate.committee, *gate.criteria) if gate.committee else gate.criteria
            yield TrackerLine(gate.key, wave.key, 2, "gate", title, gate.date, gate.date, lines=lines)
        for each in wave.rehearsals:
            title = words.say("{wave}: rehearsal {name} of {lot}", wave=wave.label, name=each.id, lot=each.lot)
            yield TrackerLine(each.key, wave.key, 2, "rehearsal", title, each.date, each.date)
        for lot in wave.lots:
            yield from _lot(wave, lot, words)
    for milestone in view.milestones:
        title = words.say("{kind}: {name}", kind=milestone.what, name=milestone.name)
        first = milestone.start or milestone.date
        yield TrackerLine(milestone.key, "", 2, "milestone", title, first, milestone.date, lines=milestone.criteria)
    for date in view.hard_dates:
        title = words.say("hard date: {name}", name=date.name)
        yield TrackerLine(date.key, "", 2, "hard-date", title, date.date, date.date)


def _teams(wave: WaveView, words: Words) -> Iterator[str]:
    if wave.effort:
        yield words.say("teams: {teams}", teams=", ".join(wave.effort))


def _lot(wave: WaveView, lot: LotView, words: Words) -> Iterator[TrackerLine]:
    title = words.say("{wave}: lot {lot} ({title})", wave=wave.label, lot=lot.id, title=lot.title)
    effort = tuple(f"{team}: {days:f}" for team, days in lot.effort.items())
    servers = (words.say("servers: {names}", names=", ".join(lot.servers)),) if lot.servers else ()
    last = wave.date if lot.end is None else lot.end.date()
    yield TrackerLine(
        lot.key, wave.key, 2, "lot", title, wave.preparation_start, last, lot.start, lot.end, (*servers, *effort)
    )
    for item in lot.items:
        about = (item.business_owner, item.technical_owner)
        lines = tuple(filter(None, (item.strategy, item.criticality, *about)))
        yield TrackerLine(item.key, lot.key, 3, "item", item.title, wave.date, last, lot.start, lot.end, lines)


def known(text: str) -> dict[str, tuple[str, str]]:
    """The tracker's own id and state of each line, by key and by tag, from what the tracker exported as CSV.

    The columns are found by name: `External ID` or `Tags` tell whose line it is, `Issue key` or `ID` the tracker's id.
    """
    found: dict[str, tuple[str, str]] = {}
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter):
        cells = {(name or "").strip().casefold(): value or "" for name, value in row.items() if isinstance(value, str)}
        own = cells.get("issue key") or cells.get("id") or ""
        outer = next((value for name, value in cells.items() if "external id" in name and value), "")
        tags = [tag.strip() for tag in cells.get("tags", "").split(";")]
        for name in (outer.removeprefix("'"), *tags):
            if own and name:
                found[name] = (own, cells.get("state", ""))
    return found


def tracker_notes(view: ProgrammeView, lines: list[TrackerLine], words: Words) -> Iterator[str]:
    """What a tracker cannot hold."""
    yield words.say("a tracker holds no loads, freezes, duties or assumptions")
    cut = sum(len(line.title) > LONGEST_TITLE for line in lines)
    if cut:
        yield words.count(
            "{n} title is longer than 255 characters, and is cut",
            "{n} titles are longer than 255 characters, and are cut",
            cut,
        )
