"""How findings about the actuals are put together."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import partial

from waveplan.domain import wording
from waveplan.domain.wording import names

__all__ = ["finding", "names", "nearest"]
_LIKENESS = 0.8  # waves of other days are alike, and not meant


finding = partial(wording.finding, document="actuals")


def nearest(name: str, known: Mapping[str, str]) -> str | None:
    """What the name most like a given one stands for; none when none is like it."""
    by_lower = {each.casefold(): target for each, target in sorted(known.items(), reverse=True)}
    near = difflib.get_close_matches(name.casefold(), by_lower, n=1, cutoff=_LIKENESS)
    return by_lower[near[0]] if near else None
