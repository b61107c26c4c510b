"""`waveplan validate`: every finding of an inventory, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from waveplan.cli import options
from waveplan.cli.options import argument
from waveplan.cli.spreading import SpreadOptions

if TYPE_CHECKING:
    from waveplan.cli.options import FindingFormat
    from waveplan.cli.session import Session


def validate(
    inventories: Annotated[
        list[str], argument("A file, a folder, or - for standard input; of several each by itself.", "INVENTORY...")
    ],
    output_format: options.OutputFormatOption = "text",
    as_json: options.JsonOption = False,
    ignore: options.IgnoreOption = None,
    warn_as_error: options.WarnAsErrorOption = False,
    watch: options.WatchOption = False,
    max_size: options.MaxSizeOption = None,
    *,
    spread: SpreadOptions,
    session: options.OpenSession,
) -> int:
    """Say all that is wrong or unwise in an inventory, or in each of several."""
    from waveplan.cli.file_watch import watching
    from waveplan.cli.findings import codes_to_ignore
    from waveplan.cli.inventories import max_bytes

    accepted, size = codes_to_ignore(ignore), max_bytes(max_size)
    wanted: FindingFormat = "json" if as_json else output_format

    def once() -> int:
        if len(inventories) == 1 and not spread.is_any:
            return _one(inventories[0], accepted, warn_as_error, size, wanted, session)
        from waveplan.cli.judging_many import judge_many
        from waveplan.usecases.judging import Judging, ToJudge

        judging = Judging(accepted, warn_as_error, size)
        return judge_many([ToJudge(each, subject=each) for each in inventories], judging, spread, wanted, session)

    return watching(session, inventories, once) if watch else once()


def _one(
    inventory: str,
    accepted: frozenset[str],
    warn_as_error: bool,
    size: int | None,
    wanted: FindingFormat,
    session: Session,
) -> int:
    from waveplan import api
    from waveplan.cli.findings import hand_over
    from waveplan.cli.streams import standard_input
    from waveplan.cli.unreadable import told_to_programs

    with told_to_programs(session, wanted, [inventory]):
        validation = api.validate(
            inventory,
            ignore=accepted,
            warn_as_error=warn_as_error,
            max_bytes=size,
            stdin=standard_input(),
            foresee=True,
        )
    spoken = session if validation.inventory is None else session.speaking(validation.inventory.programme.language)
    return hand_over(spoken, validation.findings, wanted, subject=inventory)
