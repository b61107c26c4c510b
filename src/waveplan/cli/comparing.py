"""Plans side by side on the command line: read, and shown as a table or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from waveplan.cli.findings import show_beside
from waveplan.cli.plans import read_plan
from waveplan.cli.session import Session
from waveplan.cli.usage_errors import told
from waveplan.domain.figures import Comparison
from waveplan.domain.plan import Plan
from waveplan.errors import UnreadableInputError


def show_comparison(comparison: Comparison, session: Session, *, as_json: bool) -> None:
    """The result, on standard output."""
    if as_json:
        from waveplan.export.comparison_json import format_comparison

        session.result(format_comparison(comparison))
        return
    from waveplan.render.comparison import comparison_view

    session.show(*comparison_view(comparison, *session.page()))


def compared_plans(sources: Sequence[str], session: Session) -> tuple[Comparison, Session, bool]:
    """The plans that can be read, the session in the language of the first one, and whether all could be read."""
    from waveplan.usecases.scenarios import compare

    found: list[tuple[str, Plan]] = []
    names = _names(sources)
    for source, name in zip(sources, names, strict=True):
        try:
            loaded = read_plan(source)
        except UnreadableInputError as error:  # the others are shown all the same
            session.tell(told(error, session.language()))
            continue
        show_beside(session, loaded.findings)
        if loaded.plan is not None:
            found.append((name, loaded.plan))
    if found:
        session = session.speaking(found[0][1].programme.language)
    return compare(found), session, len(found) == len(sources)


def _names(sources: Sequence[str]) -> list[str]:
    """Files by their names without endings, or as they were given where two would be called the same."""
    short = [Path(source).name.removesuffix(Path(source).suffix).removesuffix(".plan") or source for source in sources]
    return short if len(set(short)) == len(short) else list(sources)
