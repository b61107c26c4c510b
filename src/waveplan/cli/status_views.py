"""A status laid out for this run's screen and language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waveplan.cli.session import Session
from waveplan.domain.status import Status

if TYPE_CHECKING:
    from rich.console import RenderableType


def views(status: Status, session: Session) -> list[RenderableType]:
    """As wide as the screen, with characters that it can show."""
    from waveplan.render.console import signs_for
    from waveplan.render.language import translator
    from waveplan.render.status import status_view

    screen = session.screen()
    return status_view(status, translator(session.language()), screen.width, signs_for(screen))
