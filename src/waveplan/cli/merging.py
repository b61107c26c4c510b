"""What `waveplan merge` does: shares read, put together, and shown as the whole command would show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from waveplan.cli import exit_codes
from waveplan.cli.output_files import prepare_folder, refuse_unwritable, write_whole
from waveplan.cli.session import Session
from waveplan.domain.figures import Comparison
from waveplan.errors import UnreadableInputError, UsageError
from waveplan.usecases.shares import ShareFile, share_of, together

if TYPE_CHECKING:
    from waveplan.cli.options import FindingFormat

_LARGEST = 2_000_000_000  # bytes of one share: more is surely another file


def merged(files: Sequence[str], output: str | None, output_format: FindingFormat, session: Session) -> int:
    """Read shares and show what they come to; returns the exit code."""
    whole = together([(file, share_of(file, _text(file))) for file in files])
    show = _KINDS.get(whole.kind)
    if show is None:
        raise UsageError("{file} is not a share: name files that a command with --shard wrote", file=files[0])
    return show(whole, output, output_format, session)


def _text(file: str) -> str:
    path = Path(file)
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError("{file} is not a share: name files that a command with --shard wrote", file=file)
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UsageError("{file} is not a share: name files that a command with --shard wrote", file=file) from None
    except FileNotFoundError:
        raise UnreadableInputError(
            "cannot read {name}: {reason}", name=file, reason="there is no such file or folder"
        ) from None
    except (OSError, ValueError):
        raise UnreadableInputError("cannot read {name}: {reason}", name=file, reason="it cannot be opened") from None


def _portfolio(whole: ShareFile, output: str | None, output_format: FindingFormat, session: Session) -> int:
    from waveplan.cli.findings import show_beside
    from waveplan.cli.plans import plan_views
    from waveplan.cli.solving import plan_text
    from waveplan.usecases.portfolio import joined

    if output is not None:
        refuse_unwritable(output)
    outcome = joined(whole.results, int(whole.of["members"]))
    show_beside(session, outcome.findings)
    if outcome.plan is None:
        return _without_plan(outcome.status, session)
    session = session.speaking(outcome.plan.programme.language)
    if output is not None:
        write_whole(output, plan_text(outcome.plan, None, output))
    if output_format == "json":
        session.result(plan_text(outcome.plan, "json", None))
    else:
        session.show(*plan_views(session, outcome.plan, ("waves", "gantt")))
    return exit_codes.INTERRUPTED if outcome.interrupted else exit_codes.CLEAN


def _without_plan(status: str, session: Session) -> int:
    if status == "infeasible":
        session.tell(session.say("There is no plan: it is proven that the rules cannot all hold."))
        return exit_codes.INFEASIBLE
    session.tell(session.say("No share has a plan, which does not mean that there is none."))
    return exit_codes.NO_PLAN


def _scenarios(whole: ShareFile, output: str | None, output_format: FindingFormat, session: Session) -> int:
    from waveplan.cli.comparing import show_comparison
    from waveplan.cli.scenario_runs import CODES
    from waveplan.export.plan_yaml import dump_plan

    if output is not None:
        prepare_folder(output)
    for each in whole.results:
        if each.plan is not None and output is not None:
            file = str(Path(output) / f"{each.column.id}.plan.yaml")
            write_whole(file, dump_plan(each.plan))
            session.note(session.say("Written: {file}", file=file))
    show_comparison(Comparison(tuple(each.column for each in whole.results)), session, as_json=output_format == "json")
    if any(each.interrupted for each in whole.results):
        return exit_codes.INTERRUPTED
    return max((CODES[each.column.status] for each in whole.results), default=exit_codes.CLEAN)


def _findings(whole: ShareFile, output: str | None, output_format: FindingFormat, session: Session) -> int:
    from waveplan.cli.judging_many import told

    if output is not None:
        raise UsageError("findings go to standard output: leave -o out")
    return told(whole.results, output_format, session)


def _simulation(whole: ShareFile, output: str | None, output_format: FindingFormat, session: Session) -> int:
    """What all histories say; what depends on all of them, and what an interrupted share lacks, is played here."""
    from waveplan.cli.simulating import merged_simulation

    if output is not None:
        raise UsageError("a simulation goes to standard output: leave -o out")
    return merged_simulation(whole, session, as_json=output_format == "json")


_KINDS: dict[str, Callable[[ShareFile, str | None, FindingFormat, Session], int]] = {
    "portfolio": _portfolio,
    "scenarios": _scenarios,
    "findings": _findings,
    "simulation": _simulation,
}
