"""Files that are not read, and why: one error for all of them."""

from __future__ import annotations

from waveplan.domain.findings import Phrase, printable
from waveplan.errors import UnreadableInputError


def not_read(name: str, reason: str, **values: object) -> UnreadableInputError:
    """What says that a file cannot be read; `reason` is a sentence whose placeholders stand for the values."""
    return UnreadableInputError("cannot read {name}: {reason}", name=printable(name), reason=Phrase(reason, values))
