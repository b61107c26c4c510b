"""`waveplan record FILE --from FORMAT`: what trackers and tables say has happened, proposed, and written when asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from waveplan.cli import exit_codes
from waveplan.cli.days import as_of_day
from waveplan.cli.findings import show_beside
from waveplan.cli.night_words import TaskWords
from waveplan.cli.record_runs import opened, recorder
from waveplan.cli.recording import Recorder
from waveplan.cli.session import Session
from waveplan.domain.actuals import Actuals
from waveplan.domain.findings import Finding, Phrase, has_errors
from waveplan.domain.wording import finding
from waveplan.errors import UsageError
from waveplan.usecases.collect import Standing, standing_of
from waveplan.usecases.record import actuals_of, recorded

if TYPE_CHECKING:
    from waveplan.cli.plan_requests import RecordRequest
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.imports.progress.said import PassedOver, ReadProgress, SaidEntry


def collect(request: RecordRequest, session: Session) -> int:
    """Propose entries, and write them with --apply; the exit code is 1 while something is contradicted or refused."""
    found = opened(request, session)
    if found is None:
        return exit_codes.FINDINGS
    session = found.session
    read = _read(request, found.plan, session)
    tasks = recorder(found, request, as_of_day(request.as_of, session)).tasks
    collected = _Collected(request, found.plan, found.inventory, session, found.text, found.actuals, tasks)
    for said in sorted(read.said, key=_when):
        collected.take(said)
    collected.findings += [_unclear(each) for each in read.passed_over if each.unclear]
    _tell(collected, read, session)
    if request.apply and collected.entries:
        found.write(collected.text)
    elif collected.entries:
        session.note(session.say("Nothing was written: --apply does."))
    return exit_codes.FINDINGS if has_errors(collected.findings) else exit_codes.CLEAN


def _read(request: RecordRequest, plan: Plan, session: Session) -> ReadProgress:
    files = [Path(word) for word in request.words or ()]
    if not files:
        raise UsageError("name the file to read: waveplan record FILE --from {format} EXPORT", format=request.source)
    if request.source == "csv":
        from waveplan.imports.progress.events import read_events

        if request.state:
            raise UsageError("--state goes with the exports of trackers")
        return read_events(files)
    from waveplan.imports.progress.states import States
    from waveplan.imports.progress.tracker import read_tracker
    from waveplan.imports.progress.tracker_rows import tracker_rows

    day = as_of_day(request.as_of, session)
    return read_tracker(tracker_rows(files), plan, States(request.state or ()), day)


def _when(said: SaidEntry) -> tuple[str, object]:
    """Entries in the order in which they happened; those of one day as they were read."""
    days = (str(said.options.get(name, "")) for name in ("reached", "date"))
    return next(filter(None, days), ""), said.place


@dataclass(slots=True)
class _Collected:
    """The actuals as they become, entry by entry."""

    request: RecordRequest
    plan: Plan
    inventory: Inventory | None
    session: Session
    text: str
    actuals: Actuals
    tasks: TaskWords | None
    entries: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    fates: Counter[Standing] = field(default_factory=Counter)

    def take(self, said: SaidEntry) -> None:
        """Add an entry, unless it is known, contradicts what stands, or cannot be recorded."""
        day = as_of_day(self.request.as_of, self.session)
        try:
            recorder = Recorder(self.plan, self.actuals, day, self.session, self.tasks)
            section, entry = recorder.entry(said.words, said.options)
        except UsageError as error:
            self._refuse(said, Phrase(error.sentence, error.values))
            return
        standing, before = standing_of(entry, self.actuals)
        self.fates[standing] += 1
        if standing == "known":
            return
        if standing == "contradicts" and not self.request.supersede:
            from waveplan.export.actuals_yaml import record_text

            assert before is not None
            self._contradicted(said, record_text(entry), record_text(before))
            return
        done = recorded(
            self.text, self.request.file, section, entry, plan=self.plan, inventory=self.inventory, as_of=day
        )
        errors = [each for each in done.findings if each.severity == "error"]
        if errors:
            self._refuse(said, Phrase(errors[0].template, errors[0].values))
            return
        self.text = done.text
        self.entries.append(f"{section}: {done.entry}")
        again = actuals_of(self.text, self.request.file).actuals
        assert again is not None
        self.actuals = again

    def _refuse(self, said: SaidEntry, why: Phrase) -> None:
        from waveplan.imports.records import located

        told = finding("WP562", "{entry} cannot be recorded: {why}", {"entry": " ".join(said.words), "why": why})
        self.findings.append(told.at(located(said.place)))

    def _contradicted(self, said: SaidEntry, entry: str, before: str) -> None:
        from waveplan.imports.records import located

        told = finding(
            "WP560",
            "this says {entry}, and {before} is recorded",
            {"entry": entry, "before": before},
            hint="mend the one that is wrong; --supersede records what the file says after what stands",
        )
        self.findings.append(told.at(located(said.place)))


def _unclear(passed_over: PassedOver) -> Finding:
    from waveplan.imports.records import located

    return finding("WP561", "{why}", {"why": passed_over.why}).at(located(passed_over.place))


def _tell(collected: _Collected, read: ReadProgress, session: Session) -> None:
    """Proposed entries as the result; findings and an account of all rows beside it."""
    for entry in collected.entries:
        session.result(entry)
    show_beside(session, collected.findings)
    quiet: Counter[str] = Counter()
    for each in read.passed_over:
        if not each.unclear:
            quiet[session.say(each.why.template, **each.why.values)] += 1
    parts = [
        session.say("rows read: {n}", n=read.rows),
        session.say("new: {n}", n=len(collected.entries)),
        session.say("recorded already: {n}", n=collected.fates["known"]),
        session.say("to be looked at: {n}", n=len(collected.findings)),
        session.say("part of another entry: {n}", n=read.rows - len(read.said) - len(read.passed_over)),
        *(session.say("{reason}: {n}", reason=reason, n=number) for reason, number in sorted(quiet.items())),
    ]
    session.note("; ".join(parts))
