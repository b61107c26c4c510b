"""`waveplan compare`: finished plans side by side, from their files alone."""

from __future__ import annotations

from typing import Annotated

from waveplan.cli import exit_codes
from waveplan.cli.options import JsonOption, WideSession, argument


def compare(
    plans: Annotated[list[str], argument("Plan files.", "PLAN")],
    as_json: JsonOption = False,
    *,
    session: WideSession,
) -> int:
    """Compare finished plans: dates, waves, coexistence, loads and people, side by side.

    The exit code is 1 when one of them cannot be read; the others are shown all the same.
    """
    from waveplan.cli.comparing import compared_plans, show_comparison

    comparison, session, all_read = compared_plans(plans, session)
    if comparison.columns:
        show_comparison(comparison, session, as_json=as_json)
    return exit_codes.CLEAN if all_read else exit_codes.FINDINGS
