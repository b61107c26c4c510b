"""Colours that read on light and on dark backgrounds, and the signs that carry the meaning without them."""

from __future__ import annotations

from decimal import Decimal

# Of the 256-colour palette, where the tones are fixed (the first 16 belong to the terminal's theme) and of middling
# brightness: each is at least 3.5 to 1 against black and against white.
PALETTE = {
    "title": "bold",
    "heading": "bold",
    "quiet": "color(243)",
    "preparation": "color(31)",
    "gate": "color(133)",
    "rehearsal": "color(133)",
    "cutover": "bold color(161)",
    "hypercare": "color(130)",
    "freeze": "color(243)",
    "milestone": "color(29)",
    "deadline": "bold color(160)",
    "today": "bold color(63)",
    "good": "color(28)",
    "fair": "color(130)",
    "bad": "bold color(160)",
    "error": "bold color(160)",
    "warning": "bold color(130)",
}

_LIKE = {
    "notice": "gate",
    "gate_and_cutover": "cutover",
    "hard_date": "deadline",
    "missed": "deadline",
    "month": "quiet",
}


def style_of(kind: str) -> str:
    """The colour of what a sign stands for."""
    return PALETTE[_LIKE.get(kind, kind)]


def heat_style(share: Decimal) -> str:
    """The colour of a share of what is offered."""
    if share > 1:
        return PALETTE["bad"]
    if share > Decimal("0.9"):
        return PALETTE["cutover"]
    return PALETTE["fair"] if share > Decimal("0.7") else PALETTE["good"]
