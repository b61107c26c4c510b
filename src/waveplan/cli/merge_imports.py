"""Imports into inventories on the command line: what was read is merged, written or only shown, and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.days import day_from, today
from waveplan.cli.findings import forget_lines, hand_over, show_beside
from waveplan.cli.import_views import accounts_csv, as_json, summary
from waveplan.cli.inventory_requests import ImportRequest
from waveplan.cli.output_files import prepare_folder, refuse_unwritable, write_whole
from waveplan.cli.session import Session
from waveplan.cli.text_places import at_characters
from waveplan.cli.unreadable import told_to_programs
from waveplan.domain.findings import Finding, has_errors
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.imports.harvest import Harvest
    from waveplan.imports.writing import ImportWishes, Writing

_PRECEDENCE = "precedence.yaml"


def merge_listed(ask: ImportRequest, session: Session) -> int:
    """Read all sources of a file that lists them, and merge; returns the exit code."""
    assert ask.source is not None
    with told_to_programs(session, ask.output_format, [ask.source]):
        listed = api.listed_sources(ask.source)
    if listed.sources is None:
        _say(ask, session, listed.findings)
        return exit_codes.FINDINGS
    harvests = []
    for source in listed.sources:
        with told_to_programs(session, ask.output_format, source.files):
            harvests.append(api.gather(source.format, source.files, source.name or "", source.options))
    ask = replace(ask, files=[ask.source], precedence=ask.precedence or listed.precedence)
    return merge(ask, session, harvests)


def merge(ask: ImportRequest, session: Session, harvests: Sequence[Harvest]) -> int:
    """Write what was read into an inventory; returns the exit code."""
    target = _target(ask)
    for file in (ask.accounts, ask.conflicts, ask.provenance, ask.review):
        if file is not None:
            refuse_unwritable(file)
    wishes, found = _wishes(ask, session, target)
    findings = [*(finding for harvest in harvests for finding in harvest.findings), *found]
    if wishes is None or has_errors(findings):
        _say(ask, session, at_characters(findings))
        return exit_codes.FINDINGS
    writing = api.renew_inventory(harvests, target, wishes)
    findings = at_characters([*findings, *writing.findings])
    refused = has_errors(findings)
    paths = [] if refused or ask.dry_run else _write(target, writing.files)
    if not refused and not ask.dry_run:
        _write_lists(ask, session, harvests, writing)
    forget_lines()
    if any(harvest.flows for harvest in harvests) and not ask.as_json:
        session.note(session.say("Flows were read too; --into INVENTORY -o REVIEW makes proposals of them."))
    _tell(ask, session, harvests, writing, findings, paths)
    return exit_codes.FINDINGS if refused else exit_codes.CLEAN


def _target(ask: ImportRequest) -> str:
    """The inventory to write into, or the folder of a new one, which holds none yet."""
    if ask.into is not None and ask.output is not None:
        raise UsageError("-o writes a new inventory, --into one that is there: give one of the two")
    if ask.into is not None:
        return ask.into
    if ask.output is None:
        raise UsageError("say where the inventory is to be written: -o DIR, or --into INVENTORY for one that is there")
    folder = Path(ask.output)
    if folder.is_dir():
        taken = sorted(each.name for each in folder.rglob("*") if each.suffix in {".yaml", ".yml"})
        if taken:
            raise UsageError(
                "{folder} already holds {names}: nothing was written. Name another folder, or write into this one with "
                "--into.",
                folder=ask.output,
                names=taken[:5],
            )
    elif folder.exists():
        raise UsageError("{name} is a file: name a folder to write into", name=ask.output)
    return ask.output


def _wishes(ask: ImportRequest, session: Session, target: str) -> tuple[ImportWishes | None, list[Finding]]:
    """What is asked, with the files that say it; None where one of them has errors."""
    from waveplan.imports.writing import ImportWishes

    order = ask.precedence or _standing_precedence(target)
    precedence = api.import_precedence(order) if order else None
    review = api.import_review(ask.review) if ask.review else None
    findings = [*(precedence.findings if precedence else ()), *(review.findings if review else ())]
    if has_errors(findings):
        return None, findings
    wishes = ImportWishes(
        today(),
        _programme(ask, session),
        precedence.precedence if precedence else None,
        tuple(ask.accept or ()),
        tuple(ask.keep or ()),
        (review.decisions if review else None) or {},
        provenance=ask.provenance is not None,
        say=lambda text: str(session.say(text)),
        restore=ask.restore,
        remove_gone=ask.remove_gone,
    )
    return wishes, findings


def _standing_precedence(target: str) -> str | None:
    """The file of precedence that lies in the inventory's folder: what was decided once holds for every import."""
    folder = Path(target).parent if Path(target).is_file() else Path(target)
    return str(folder / _PRECEDENCE) if (folder / _PRECEDENCE).is_file() else None


def _programme(ask: ImportRequest, session: Session) -> dict[str, str]:
    """What is said of the programme; its days are made sure."""
    start = day_from(ask.start, "--start", session) if ask.start else None
    deadline = day_from(ask.deadline, "--deadline", session) if ask.deadline else None
    if start and deadline and deadline <= start:
        raise UsageError("--deadline {deadline} is not after --start {start}", deadline=ask.deadline, start=ask.start)
    given = {"name": ask.programme, "start": start and start.isoformat(), "deadline": deadline and deadline.isoformat()}
    return {key: value for key, value in given.items() if value}


def _write(target: str, files: dict[str, str]) -> list[str]:
    """Write what changes; what is remembered of the import comes last."""
    folder = Path(target).parent if Path(target).is_file() else Path(target)
    if files:
        prepare_folder(str(folder))
    paths = [str(folder / name) for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        write_whole(path, text)
    return paths


def _write_lists(ask: ImportRequest, session: Session, harvests: Sequence[Harvest], writing: Writing) -> None:
    from waveplan.cli.merge_views import conflicts_text, provenance_csv
    from waveplan.imports.writing.review_files import review_text

    if ask.accounts is not None:
        write_whole(ask.accounts, accounts_csv(harvests, session.translator()))
    if ask.conflicts is not None:
        write_whole(ask.conflicts, conflicts_text(writing, as_json=ask.conflicts.endswith(".json")))
    if ask.provenance is not None:
        known = Path(ask.provenance)
        before = known.read_text(encoding="utf-8") if known.exists() else ""
        write_whole(ask.provenance, provenance_csv(writing, before))
    if ask.review is not None and writing.reconciliation is not None:
        remark = session.say("decide: accept takes what the source says, keep what stands; then import again")
        write_whole(ask.review, review_text(writing.reconciliation.outcomes, remark))


def _say(ask: ImportRequest, session: Session, findings: Sequence[Finding]) -> None:
    hand_over(session, findings, ask.output_format, subject=", ".join(ask.files or ()))


def _tell(
    ask: ImportRequest,
    session: Session,
    harvests: Sequence[Harvest],
    writing: Writing,
    findings: Sequence[Finding],
    paths: Sequence[str],
) -> None:
    from waveplan.cli.merge_views import changed, changes, diff_text

    if ask.as_json:
        session.result(as_json(harvests, findings, paths, changes(writing)))
        return
    if not session.quiet:
        for harvest in harvests:
            session.show_note(*summary(harvest, session))
        session.show_note(*changed(writing, session))
    if ask.output_format != "text":
        _say(ask, session, findings)
        return
    show_beside(session, findings)
    if ask.diff or ask.dry_run:
        if text := diff_text(writing):
            session.result(text)
        return
    for path in paths:
        session.result(path)
    if paths:
        session.note(session.say("Next: {command}", command=f"waveplan validate {ask.into or ask.output}"))
