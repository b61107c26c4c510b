"""From what somebody types after `waveplan record FILE` to an entry of the actuals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic_core import PydanticCustomError

from waveplan.cli.days import day_from
from waveplan.cli.night_words import USAGE, TaskWords
from waveplan.cli.session import Session
from waveplan.domain.actuals import (
    AcceptanceRecord,
    AcceptanceResult,
    Actuals,
    AdoptionRecord,
    CutoverRecord,
    CutoverResult,
    Decision,
    EffortRecord,
    GateRecord,
    IncidentRecord,
    IncidentSeverity,
    MilestoneRecord,
    Record,
    Section,
    TaskRecord,
)
from waveplan.domain.history import History
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.plan_names import find_wave
from waveplan.domain.scalars import parse_amount, parse_id, parse_share, parse_week
from waveplan.errors import UsageError

_ACCEPTED = ("accept", "pass", "acknowledge", "purge")  # what ids of milestones begin with, and people leave out

Words = Sequence[str]
Options = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Recorder:
    """Makes entries for one plan and the actuals so far, on a day."""

    plan: Plan
    actuals: Actuals
    as_of: dt.date
    session: Session
    tasks: TaskWords | None = None  # of what is said of tasks of a night

    def entries(self, said: Words, options: Options) -> list[tuple[Section, Record]]:
        """The entries that were asked for: several tasks may be named at once."""
        if said[0] != "task" or self.tasks is None:
            return [self.entry(said, options)]
        self._refuse_options(options, _FORMS["task"].options, "task")
        return [("tasks", each) for each in self.tasks.entries(said[1:], options)]

    def entry(self, said: Words, options: Options) -> tuple[Section, Record]:
        """The entry that was asked for, and its section; UsageError when it cannot be made of these words."""
        kind, *words = said
        form = _FORMS.get(kind)
        if form is None:
            kinds = list(_FORMS)
            raise UsageError(
                self.session.say("There is nothing called {kind} to record. There is: {kinds}.", kind=kind, kinds=kinds)
            )
        least, most = form.words
        self._refuse_options(options, form.options, kind)
        if not least <= len(words) <= most:
            raise UsageError(self.session.say("Write: {usage}", usage=f"waveplan record FILE {form.usage}"))
        return form.section, form.make(self, words, options)

    def _refuse_options(self, options: Options, known: frozenset[str], kind: str) -> None:
        extra = sorted(f"--{name.replace('_', '-')}" for name in options.keys() - known)
        if extra:
            raise UsageError(self.session.say("{option} does not go with {kind}.", option=extra[0], kind=kind))

    # --- one kind of entry each ------------------------------------------------------------------------------------

    def gate(self, words: Words, options: Options) -> GateRecord:
        """A decision at a gate. A no-go keeps what it was about: what is refused has no such wave in later plans."""
        wave, gate, decision = words
        lots, about = _listed(options, "lot"), self._wave(wave)
        said = self._one_of(decision, get_args(Decision))
        kept = about.lots if about and said == "no_go" and not lots else lots
        return GateRecord(
            wave=self._wave_id(wave),
            gate=gate,
            date=self._day(options, "date", self.as_of),
            decision=said,
            lots=lots,
            conditions=_listed(options, "condition", commas=False),
            by=_word(options, "by"),
            reason=_word(options, "reason"),
            items={lot.id: lot.items for lot in self.plan.lots if lot.id in kept},
        )

    def cutover(self, words: Words, options: Options) -> CutoverRecord:
        """How a cutover ended, with the lots that the plan has in it today less those that were decided against."""
        name, result = words
        wave = self._wave(name)
        return CutoverRecord(
            wave=wave.id if wave else name,
            date=self._day(options, "date", min(wave.date, self.as_of) if wave else self.as_of),
            result=self._one_of(result, get_args(CutoverResult)),
            rolled_back=_listed(options, "rolled_back"),
            by=_word(options, "by"),
            reason=_word(options, "reason"),
            items=self._lots_of(wave) if wave else {},
        )

    def incident(self, words: Words, options: Options) -> IncidentRecord:
        """A new incident, or one that is restated: resolved, most often."""
        known = History(self.actuals, self.plan).incidents.get(words[0])
        if known is not None:
            return self._restated(known, words, options)
        if len(words) < 2:
            raise UsageError(
                self.session.say("There is no incident {name} yet. Write: {usage}", name=words[0], usage=_INCIDENT)
            )
        return IncidentRecord(
            id=self._parsed(parse_id, _word(options, "id") or self._next_incident(), "--id"),
            wave=self._wave_id(words[0]),
            date=self._day(options, "date", self.as_of),
            item=_word(options, "item"),
            severity=self._one_of(_word(options, "severity") or "minor", get_args(IncidentSeverity)),
            summary=words[1],
            resolved=self._optional_day(options, "resolved"),
        )

    def _restated(self, known: IncidentRecord, words: Words, options: Options) -> IncidentRecord:
        severity = _word(options, "severity")
        return IncidentRecord(
            id=known.id,
            wave=known.wave,
            date=self._day(options, "date", known.date),
            item=_word(options, "item") or known.item,
            severity=self._one_of(severity, get_args(IncidentSeverity)) if severity else known.severity,
            summary=words[1] if len(words) > 1 else known.summary,
            resolved=self._optional_day(options, "resolved") or known.resolved,
        )

    def accept(self, words: Words, options: Options) -> AcceptanceRecord:
        """A record that was signed or not."""
        milestone, result = words
        return AcceptanceRecord(
            milestone=self._milestone(milestone),
            date=self._day(options, "date", self.as_of),
            result=self._one_of(result, get_args(AcceptanceResult)),
            by=_word(options, "by"),
            reason=_word(options, "reason"),
        )

    def milestone(self, words: Words, options: Options) -> MilestoneRecord:
        """A milestone that was reached, or has moved."""
        reached, expected = self._optional_day(options, "reached"), self._optional_day(options, "expected")
        if (reached is None) == (expected is None):
            raise UsageError(self.session.say("Give one of {one} and {other}.", one="--reached", other="--expected"))
        said = self._day(options, "date", self.as_of)
        return MilestoneRecord(
            id=words[0], reached=reached, expected=expected, said=said, reason=_word(options, "reason")
        )

    def effort(self, words: Words, options: Options) -> EffortRecord:
        """Person-days of a team in a week."""
        team, week, days = words
        return EffortRecord(
            team=team, week=self._parsed(parse_week, week, week), person_days=self._parsed(parse_amount, days, days)
        )

    def adoption(self, words: Words, options: Options) -> AdoptionRecord:
        """Something that people were told or taught, or a survey with what came of it."""
        wave, entry = words
        given = _word(options, "result")
        return AdoptionRecord(
            id=entry,
            wave=self._wave_id(wave),
            date=self._day(options, "date", self.as_of),
            result=None if given is None else self._parsed(parse_share, given, "--result"),
            by=_word(options, "by"),
            reason=_word(options, "reason"),
        )

    def task(self, words: Words, options: Options) -> TaskRecord:
        """What became of one task of a night."""
        assert self.tasks is not None
        return self.tasks.entries(words, options)[0]

    # --- what words mean -------------------------------------------------------------------------------------------

    def _wave(self, name: str) -> Wave | None:
        """The wave of the plan that is meant; None for one that only the actuals still know."""
        try:
            return find_wave(self.plan, name)
        except UsageError:
            if name in {gate.wave for gate in self.actuals.gates} | {each.wave for each in self.actuals.cutovers}:
                return None
            raise

    def _wave_id(self, name: str) -> str:
        wave = self._wave(name)
        return wave.id if wave else name

    def _lots_of(self, wave: Wave) -> dict[str, list[str]]:
        """Lots of a wave with their items, less those against which a gate has decided."""
        history, lots = History(self.actuals, self.plan), self.plan.lots_by_id()
        deciding = [gate.id for gate in wave.gates if gate.decides]
        found = {}
        for lot in wave.lots:
            decisions = [history.gates.get((wave.id, gate, lot)) for gate in deciding]
            if lot in lots and not any(each and each.decision == "no_go" for each in decisions):
                found[lot] = lots[lot].items
        return found

    def _milestone(self, name: str) -> str:
        known = {milestone.id for milestone in self.plan.milestones}
        longer = (f"{head} {name}" for head in _ACCEPTED)
        return next((each for each in (name, *longer) if each in known), name)

    def _next_incident(self) -> str:
        taken = {record.id for record in self.actuals.incidents}
        number = 1
        while f"i-{number}" in taken:
            number += 1
        return f"i-{number}"

    def _day(self, options: Options, name: str, usual: dt.date) -> dt.date:
        return self._optional_day(options, name) or usual

    def _optional_day(self, options: Options, name: str) -> dt.date | None:
        given = _word(options, name)
        return None if given is None else day_from(given, f"--{name}", self.session)

    def _one_of(self, given: str, choices: tuple[Any, ...]) -> Any:
        found = next((each for each in choices if each == given.casefold().replace("-", "_")), None)
        if found is None:
            shown = [each.replace("_", "-") for each in choices]
            raise UsageError(self.session.say("{given} is none of {choices}.", given=given, choices=shown))
        return found

    def _parsed(self, parse: Callable[[object], Any], given: str, name: str) -> Any:
        try:
            return parse(given)
        except PydanticCustomError as error:
            raise UsageError(f"{name}: {error.message()}") from None


@dataclass(frozen=True)
class _Form:
    """A kind of entry: its section, how it is written, how many words that takes, and the options that go with it."""

    section: Section
    usage: str
    words: tuple[int, int]
    options: frozenset[str]
    make: Callable[[Recorder, Words, Options], Record]


_INCIDENT = 'incident WAVE "SUMMARY" [--severity critical|major|minor] [--item ITEM]'
_WHO = {"date", "by", "reason"}
_FORMS: Mapping[str, _Form] = {
    "gate": _Form(
        "gates",
        "gate WAVE GATE go|no-go|conditional",
        (3, 3),
        frozenset({*_WHO, "lot", "condition"}),
        Recorder.gate,
    ),
    "cutover": _Form(
        "cutovers",
        "cutover WAVE done|rolled-back|partial",
        (2, 2),
        frozenset({*_WHO, "rolled_back"}),
        Recorder.cutover,
    ),
    "incident": _Form(
        "incidents", _INCIDENT, (1, 2), frozenset({"date", "id", "item", "severity", "resolved"}), Recorder.incident
    ),
    "accept": _Form(
        "acceptances", "accept MILESTONE signed|half-met|refused", (2, 2), frozenset(_WHO), Recorder.accept
    ),
    "milestone": _Form(
        "milestones",
        "milestone ID --reached|--expected DATE",
        (1, 1),
        frozenset({"reached", "expected", "reason", "date"}),
        Recorder.milestone,
    ),
    "adoption": _Form(
        "adoption", "adoption WAVE ENTRY [--result SHARE]", (2, 2), frozenset({*_WHO, "result"}), Recorder.adoption
    ),
    "task": _Form("tasks", USAGE, (2, 4), frozenset({"at", "by", "reason", "run"}), Recorder.task),
    "effort": _Form("effort", "effort TEAM WEEK PERSON-DAYS", (3, 3), frozenset(), Recorder.effort),
}
KINDS = tuple(_FORMS)
SECTIONS: Mapping[str, Section] = {kind: form.section for kind, form in _FORMS.items()}


def _word(options: Options, name: str) -> str | None:
    given = options.get(name)
    return given if isinstance(given, str) else None


def _listed(options: Options, name: str, *, commas: bool = True) -> list[str]:
    """What an option was given, once or several times, or in a row with commas."""
    given = options.get(name, [])
    words = [given] if isinstance(given, str) else given
    parts = [part.strip() for each in words for part in (each.split(",") if commas else [each])]
    return [part for part in parts if part]
