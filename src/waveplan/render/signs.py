"""Every character beyond letters that views print, in one place: as it should be, and in plain ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


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
    today: str
    month: str
    rule: str
    heat: str
    over: str
    unmeasured: str
    none: str
    again: str
    arrow: str
    done: str  # what has become of a wave or lot, from here …
    partly: str
    running: str
    late: str
    refused: str
    preparing: str
    planned: str  # … to here
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
    today="╎",
    month="·",
    rule="─",
    heat="▁▂▃▄▅▆▇█",
    over="!",
    unmeasured="∙",
    none="–",
    again="↑",
    arrow="→",
    done="✓",
    partly="◐",
    running="●",
    late="!",
    refused="✗",
    preparing="░",
    planned="▷",
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
    today=":",
    month=".",
    rule="-",
    heat="12345678",
    over="!",
    unmeasured=".",
    none="-",
    again="^",
    arrow="->",
    done="+",
    partly="%",
    running="*",
    late="!",
    refused="X",
    preparing="-",
    planned="o",
    branches=("|- ", "`- ", "|  ", "   "),
    ellipsis="...",
)


def heat_sign(share: Decimal, signs: Signs) -> str:
    """A share of what is offered as one character: eight steps up to 100 %, and a mark above it."""
    if share > 1:
        return signs.over
    step = int((share * len(signs.heat)).to_integral_value(rounding="ROUND_CEILING"))
    return signs.heat[max(step, 1) - 1]


# --- text in an encoding that cannot hold all of it ------------------------------------------------------------------

# What sentences hold beyond letters with accents, whose accents can be left out. A test holds that no other character
# stands in a view or in a catalogue.
PLAIN = {
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "–": "-",
    "—": "-",
    "−": "-",
    "…": "...",
    "·": "-",
    "•": "*",
    "×": "x",
    "÷": "/",
    "⁄": "/",
    "±": "+/-",
    "→": "->",
    "☐": "[ ]",
    "←": "<-",
    "↔": "<->",
    "≤": "<=",
    "≥": ">=",
    "€": "EUR",
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
    "ß": "ss",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
}
_UNKNOWN = "?"
_GAP = re.compile("(  +)")


def nearest(text: str) -> str:
    """Text in plain ASCII: signs by what stands for them, letters without accents, a question mark for what is left."""
    return "".join(character if character.isascii() else _nearest(character) for character in text)


def _nearest(character: str) -> str:
    if character in PLAIN:
        return PLAIN[character]
    if unicodedata.category(character) == "Cf":  # marks without a width, such as that of a byte order
        return ""
    parts = unicodedata.normalize("NFKD", character)
    plain = "".join(PLAIN.get(part, part) for part in parts if not unicodedata.combining(part))
    if plain.isascii() and (plain or unicodedata.combining(character)):
        return plain
    return _UNKNOWN * (2 if unicodedata.east_asian_width(character) in "WF" else 1)


def carried(text: str, encoding: str) -> str:
    """Text with what an encoding cannot carry replaced by its nearest plain characters."""
    return "".join(each if _fits(each, encoding) else nearest(each) for each in text)


def _fits(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def carried_in_line(pieces: Iterable[str], encoding: str) -> list[str]:
    """The pieces of one line as an encoding can carry them; what grows takes from the gap after it, so columns hold."""
    owed, found = 0, []
    for piece in pieces:
        parts = _GAP.split(piece)  # text and gaps in turn
        for place, part in enumerate(parts):
            if place % 2:
                taken = min(owed, len(part) - 1)
                parts[place] = part[taken:]
                owed -= taken
            elif part:
                parts[place] = carried(part, encoding)
                owed = max(owed + len(parts[place]) - len(part), 0)
        found.append("".join(parts))
    return found
