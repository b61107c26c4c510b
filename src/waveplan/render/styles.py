"""Colours that read on light and on dark backgrounds, and the signs that carry the meaning without them."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Signs:
    """One character for each thing that charts and lists mark."""

    preparation: str
    gate: str
    notice: str
    rehearsal: str
    cutover: str
    gate_and_cutover: str
    hypercare: str
    freeze: str
    milestone: str
    hard_date: str
    missed: str
    deadline: str
    beyond: str
    month: str
    rule: str
    heat: str
    over: str
    unmeasured: str
    none: str
    again: str
    arrow: str
    branches: tuple[str, str, str, str]  # child, last child, passing line, blank
    ellipsis: str


UNICODE = Signs(
    preparation="░",
    gate="◆",
    notice="◇",
    rehearsal="○",
    cutover="█",
    gate_and_cutover="◈",
    hypercare="▒",
    freeze="×",
    milestone="▲",
    hard_date="▼",
    missed="!",
    deadline="┃",
    beyond="▶",
    month="·",
    rule="─",
    heat="▁▂▃▄▅▆▇█",
    over="!",
    unmeasured="∙",
    none="–",
    again="↑",
    arrow="→",
    branches=("├─ ", "└─ ", "│  ", "   "),
    ellipsis="…",
)
ASCII = Signs(
    preparation="-",
    gate="G",
    notice="g",
    rehearsal="r",
    cutover="#",
    gate_and_cutover="@",
    hypercare="=",
    freeze="x",
    milestone="^",
    hard_date="v",
    missed="!",
    deadline="|",
    beyond=">",
    month=".",
    rule="-",
    heat="12345678",
    over="!",
    unmeasured=".",
    none="-",
    again="^",
    arrow="->",
    branches=("|- ", "`- ", "|  ", "   "),
    ellipsis="~",
)


def style_of(kind: str) -> str:
    """The colour of what a sign stands for."""
    return PALETTE[_LIKE.get(kind, kind)]


def heat_sign(share: Decimal, signs: Signs) -> str:
    """A share of what is offered as one character: eight steps up to 100 %, and a mark above it."""
    if share > 1:
        return signs.over
    step = int((share * len(signs.heat)).to_integral_value(rounding="ROUND_CEILING"))
    return signs.heat[max(step, 1) - 1]


def heat_style(share: Decimal) -> str:
    """The colour of a share of what is offered."""
    if share > 1:
        return PALETTE["bad"]
    if share > Decimal("0.9"):
        return PALETTE["cutover"]
    return PALETTE["fair"] if share > Decimal("0.7") else PALETTE["good"]
