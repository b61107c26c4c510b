"""`waveplan validate`: every finding of an inventory, all at once."""

from __future__ import annotations

from waveplan.cli import options


def validate(
    inventory: options.InventoryArgument,
    output_format: options.OutputFormatOption = "text",
    as_json: options.JsonOption = False,
    ignore: options.IgnoreOption = None,
    warn_as_error: options.WarnAsErrorOption = False,
    watch: options.WatchOption = False,
    max_size: options.MaxSizeOption = None,
    *,
    session: options.OpenSession,
) -> int:
    """Say all that is wrong or unwise in an inventory."""
    from waveplan import api
    from waveplan.cli.file_watch import watching
    from waveplan.cli.findings import codes_to_ignore, hand_over
    from waveplan.cli.inventories import max_bytes
    from waveplan.cli.streams import standard_input
    from waveplan.cli.unreadable import told_to_programs

    accepted = codes_to_ignore(ignore)
    wanted = "json" if as_json else output_format

    def once() -> int:
        with told_to_programs(session, output_format, [inventory]):
            validation = api.validate(
                inventory,
                ignore=accepted,
                warn_as_error=warn_as_error,
                max_bytes=max_bytes(max_size),
                stdin=standard_input(),
                foresee=True,
            )
        spoken = session if validation.inventory is None else session.speaking(validation.inventory.programme.language)
        return hand_over(spoken, validation.findings, wanted, subject=inventory)

    return watching(session, [inventory], once) if watch else once()
