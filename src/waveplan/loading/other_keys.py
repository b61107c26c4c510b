"""What a value that does not fit its key was meant for: hints that name the key which says it."""

from __future__ import annotations

import re

_MEANT = (
    (
        r"days|day",
        r"(first|second|third|fourth|last|1st|2nd|3rd|4th)[ -]\w+",
        "a day of each month is written with every: month and day: second sat",
    ),
    (
        r"(min|max)_gap_days",
        r"\d+ ?(wd|bd|working|business).*",
        "working days have a key of their own: min_gap_working_days",
    ),
    (r"days_before", r"\d+ ?(wd|bd|working|business).*", "working days have a key of their own: working_days_before"),
    (
        r"from|to",
        r"(first|last).*working.*|\w+-?\d+-?working.*",
        "working days of each month are written with every: month, from_working_day: -3 and to_working_day: 5",
    ),
    (
        r"from|to",
        r"(mon|tue|wed|thu|fri|sat|sun)\w*( .*)?",
        "what recurs each week is written with every: week, from: fri 18:00 and to: mon 06:00",
    ),
    (r"hours", r"until.*", "a window that ends at a clock time has until: and no hours"),
)


def meant(key: str, given: object) -> str:
    """A hint for a value of a key that cannot take it; empty when nothing is known of it."""
    if not isinstance(given, str):
        return ""
    words = given.casefold().replace("_", "-")
    return next(
        (hint for of, form, hint in _MEANT if re.fullmatch(of, key) and re.fullmatch(form, words)),
        "",
    )
