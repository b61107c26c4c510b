"""Names that people type and that are not there: said with the nearest one that is."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from waveplan.cli.session import Session
from waveplan.errors import UsageError


def refuse_unknown_item(session: Session, name: str, items: Iterable[str]) -> None:
    """Raise UsageError unless there is an item of that name."""
    known = list(items)
    if name in known:
        return
    message = session.say("There is no item {item}.", item=name)
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        message += " " + session.say("Did you mean {name}?", name=near[0])
    raise UsageError(message)
