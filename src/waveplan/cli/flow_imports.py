"""Captured flows on the command line: a review is written for people to decide in, and applied once they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.findings import hand_over, show_beside
from waveplan.cli.import_views import accounts_csv
from waveplan.cli.inventory_requests import ImportRequest
from waveplan.cli.merge_views import texts_diff
from waveplan.cli.output_files import refuse_unwritable, write_whole
from waveplan.cli.session import Session
from waveplan.cli.streams import standard_input
from waveplan.domain.findings import Finding, has_errors
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waveplan.imports.harvest import Harvest
    from waveplan.loading import LoadedInventory


def propose(ask: ImportRequest, session: Session, harvest: Harvest) -> int:
    """Judge the flows that were read, and write or refresh the review; returns the exit code."""
    if ask.into is None:
        raise UsageError("flows are matched with the servers of an inventory: name it with --into INVENTORY")
    for name in (ask.output, ask.accounts):
        if name is not None:
            refuse_unwritable(name)
    loaded, session = _inventory(ask.into, session)
    rules = api.flow_rules(ask.rules)
    earlier = None if ask.output is None else api.flow_review(ask.output, must_exist=False)
    found = [*loaded.findings, *rules.findings, *(earlier.findings if earlier else ())]
    unreadable = loaded.inventory is None or rules.rules is None or (earlier is not None and earlier.review is None)
    if unreadable:
        _say(ask, session, found)
        return exit_codes.FINDINGS
    proposed = api.propose_flows(loaded, [harvest], rules, earlier)
    findings = [*rules.findings, *proposed.findings]
    text = api.flow_review_text(proposed, session.translator())
    is_written = ask.output is not None and not ask.dry_run and not has_errors(findings)
    if ask.output is not None and is_written:
        write_whole(ask.output, text)
    if ask.accounts is not None:
        write_whole(ask.accounts, accounts_csv([harvest], session.translator()))
    _tell_proposals(ask, session, harvest, proposed, findings, text)
    return exit_codes.FINDINGS if has_errors(findings) else exit_codes.CLEAN


def _tell_proposals(
    ask: ImportRequest,
    session: Session,
    harvest: Harvest,
    proposed: api.FlowProposals,
    findings: Sequence[Finding],
    text: str,
) -> None:
    from waveplan.cli import flow_views, import_views

    if ask.as_json:
        session.result(flow_views.proposals_json(harvest, proposed, findings))
        return
    if not session.quiet:
        session.show_note(*import_views.summary(harvest, session), *flow_views.overview(proposed, session))
    _say(ask, session, findings)
    if ask.output is None or ask.dry_run:
        session.result(text)
    elif not has_errors(findings):
        session.result(ask.output)
        command = f"waveplan import --apply {ask.output} --into {ask.into}"
        session.note(session.say("Decide in {file}, then: {command}", file=ask.output, command=command))


def apply(ask: ImportRequest, session: Session) -> int:
    """Write what a review accepts into an inventory; returns the exit code."""
    from waveplan.cli import flow_views

    assert ask.apply_review is not None
    if ask.into is None:
        raise UsageError("say which inventory it is to be written into: --into INVENTORY")
    if ask.source is not None:
        raise UsageError("--apply reads a review and no other files: leave {format} out", format=ask.source)
    loaded, session = _inventory(ask.into, session)
    review = api.flow_review(ask.apply_review)
    assert review is not None
    if loaded.inventory is None or review.review is None:
        _say(ask, session, [*loaded.findings, *review.findings])
        return exit_codes.FINDINGS
    applied = api.applied_review(review, ask.into, loaded.sources.root)
    paths = [str(path) for path, _ in applied.texts]
    for name in paths:
        refuse_unwritable(name)
    before = {name: path.read_bytes().decode("utf-8") for name, (path, _) in zip(paths, applied.texts, strict=True)}
    after = {name: text for name, (_, text) in zip(paths, applied.texts, strict=True)}
    for name, text in () if ask.dry_run else after.items():
        write_whole(name, text)
    if ask.as_json:
        session.result(flow_views.applied_json(applied, paths))
    else:
        if not session.quiet:
            session.show_note(*flow_views.applied_table(applied, session))
        _say(ask, session, applied.findings)
        if ask.diff or ask.dry_run:
            session.result(texts_diff(before, after))
        else:
            session.result("".join(f"{name}\n" for name in paths))
    return exit_codes.FINDINGS if has_errors(applied.findings) else exit_codes.CLEAN


def _inventory(source: str, session: Session) -> tuple[LoadedInventory, Session]:
    """The inventory as it was read, and the session in the language of its programme."""
    loaded = api.load(source, stdin=standard_input())
    inventory = loaded.inventory
    return loaded, session if inventory is None else session.speaking(inventory.programme.language)


def _say(ask: ImportRequest, session: Session, findings: Sequence[Finding]) -> None:
    if ask.output_format == "text":
        show_beside(session, findings)
    else:
        hand_over(session, findings, ask.output_format, subject=", ".join(ask.files or (ask.apply_review or "",)))
