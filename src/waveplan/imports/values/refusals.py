"""Why a cell could not be read, as a phrase that a finding puts into its sentence."""

from __future__ import annotations

from waveplan.domain.findings import Phrase

_LONGEST = 60


class UnreadableCellError(ValueError):
    """A cell that holds no value of the kind that was asked for."""

    def __init__(self, template: str, **values: object) -> None:
        self.phrase = Phrase(template, values)
        super().__init__(str(self.phrase))


class AmbiguousCellError(UnreadableCellError):
    """A cell that means two things; `asks` is the key of the mapping that decides: `decimal` or `date_order`."""

    def __init__(self, asks: str, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.asks = asks


def quoted(text: str) -> str:
    """A cell's text, short enough for a sentence."""
    return f"'{text}'" if len(text) <= _LONGEST else f"'{text[: _LONGEST - 1]}…'"
