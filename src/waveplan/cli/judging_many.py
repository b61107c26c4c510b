"""`validate` and `check` of several inventories and plans at once: each told by itself, one document for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from waveplan.cli import exit_codes
from waveplan.cli.findings import hand_over
from waveplan.cli.session import Session
from waveplan.cli.watching import watched
from waveplan.domain.findings import Finding, Location
from waveplan.errors import UnreadableInputError, UsageError

if TYPE_CHECKING:
    from waveplan.cli.options import FindingFormat
    from waveplan.cli.spreading import SpreadOptions
    from waveplan.usecases.judging import Judged, Judging, ToJudge

_FOR_PEOPLE = frozenset({"text", "concise", "markdown"})


def judge_many(
    asked: Sequence[ToJudge], judging: Judging, spread: SpreadOptions, output_format: FindingFormat, session: Session
) -> int:
    """Judge all, or a share of them, and tell; returns the highest exit code."""
    from waveplan.executors import opened
    from waveplan.usecases.judging import judge_all
    from waveplan.usecases.shares import ShareFile, fingerprint, share_text

    _refuse_streams(asked)
    if judging.rules and spread.dask is not None:
        raise UsageError("--rules are files of this machine, which the workers of --dask do not have: leave one out")
    shard, where = spread.share(), spread.where()
    chosen = list(asked) if shard is None else shard.share(asked)
    with watched(session, silent=True) as watching, opened(where) as executor:
        judged = list(judge_all(chosen, judging, executor=executor, stop=watching.stop))
        stopped = watching.stop.is_set()
    if shard is not None:
        names = [each.subject for each in asked]
        of = {"work": fingerprint([*names, repr(judging)])}
        session.result(share_text(ShareFile("findings", of, shard, tuple(judged))))
        return exit_codes.INTERRUPTED if stopped else exit_codes.CLEAN
    code = told(judged, output_format, session)
    return exit_codes.INTERRUPTED if stopped else code


def told(judged: Sequence[Judged], output_format: FindingFormat, session: Session) -> int:
    """Tell what is said of each; returns the highest exit code."""
    codes = [exit_codes.CLEAN]
    for each in judged:
        if each.unread is not None:
            codes.append(_told_unread(each, session))
        elif output_format in _FOR_PEOPLE:
            codes.append(hand_over(_speaking(session, each), each.findings, output_format, subject=each.subject))
    if output_format not in _FOR_PEOPLE:
        found = [finding for each in judged for finding in (*each.findings, *_unread_finding(each))]
        codes.append(hand_over(session, found, output_format, subject=""))
    return max(codes)


def _refuse_streams(asked: Sequence[ToJudge]) -> None:
    if any("-" in (each.inventory, each.plan) for each in asked):
        raise UsageError("of several only files can be read, and not standard input")


def _speaking(session: Session, each: Judged) -> Session:
    return session if each.language is None else session.speaking(each.language)


def _told_unread(each: Judged, session: Session) -> int:
    from waveplan.cli.usage_errors import told as told_error

    assert each.unread is not None
    sentence, values = each.unread
    given: dict[str, Any] = dict(values)
    session.tell(told_error(UnreadableInputError(sentence, **given), session.language(), "waveplan"))
    return exit_codes.USAGE


def _unread_finding(each: Judged) -> tuple[Finding, ...]:
    """What cannot be read, as programs hear of it."""
    if each.unread is None:
        return ()
    sentence, values = each.unread
    named = dict(values).get("name", each.subject)
    hint = "name a file that is there; paths count from the folder in which waveplan is called"
    return (Finding("WP413", sentence, dict(values), location=Location(named), hint=hint),)
