"""Patterns in mappings: words with `*`, templates with columns in braces, and regular expressions that end in time.

A regular expression is tried on short texts only, and is refused when it could take more than a few steps for each
letter: a repeated group that itself repeats or has alternatives, references back, looking ahead or behind.
"""

from __future__ import annotations

import re
from fnmatch import translate
from functools import lru_cache

from waveplan.imports.values import folded
from waveplan.imports.values.refusals import UnreadableCellError

LONGEST_PATTERN = 200
LONGEST_TEXT = 200
_MOST_REPEATS = 3
_LOOKS_AROUND = "it looks ahead, behind or back, which takes too long on some texts"
_REPEATS_REPEATS = "it repeats a group that repeats or has alternatives"
_MANY = re.compile(r"[*+]|\{[0-9]*,\}|\{(?:[0-9]*,)?[0-9]{2,}\}")
_REPEAT = re.compile(r"[*+]|\{[0-9]+(?:,[0-9]*)?\}|\{,[0-9]+\}")
_PARTS = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P<\w+>|:|.?))?|\)|[*+?]|\{[0-9]+(?:,[0-9]*)?\}|\{,[0-9]+\}|\||.",
    re.DOTALL,
)
_COLUMN = re.compile(r"\{([^{}]+)\}")


def compiled_pattern(text: str) -> re.Pattern[str]:
    """A regular expression that may be tried on every cell. Raises UnreadableCellError for one that may not."""
    if len(text) > LONGEST_PATTERN:
        raise UnreadableCellError("it is longer than {most} characters", most=LONGEST_PATTERN)
    try:
        pattern = re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise UnreadableCellError("it is no regular expression ({error})", error=str(error)) from None
    _refuse_slow(text)
    return pattern


def _refuse_slow(text: str) -> None:
    """Look for what makes a search take longer than the text is long, to a small power."""
    open_groups = [False]  # whether each holds repeats or alternatives
    closed = False  # whether what was just read is a group that does
    repeats = 0
    for part in _PARTS.findall(text):
        plain_group = not part.startswith("(?") or part == "(?:" or part.startswith("(?P<")
        if not plain_group or re.match(r"\\[1-9]", part):
            raise UnreadableCellError(_LOOKS_AROUND)
        if part.startswith("("):
            open_groups.append(False)
        elif part == ")" and len(open_groups) > 1:
            closed = open_groups.pop()
            open_groups[-1] = open_groups[-1] or closed
            continue
        elif _REPEAT.fullmatch(part):
            repeats += _MANY.fullmatch(part) is not None
            if closed:
                raise UnreadableCellError(_REPEATS_REPEATS)
            open_groups[-1] = True
        elif part == "|":
            open_groups[-1] = True
        closed = False
    if repeats > _MOST_REPEATS:
        raise UnreadableCellError("it repeats more than {most} times", most=_MOST_REPEATS)


def extracted(pattern: re.Pattern[str], text: str) -> str | None:
    """What the pattern finds in the beginning of a text: its first group that took part, else all of it; or None."""
    match = pattern.search(text[:LONGEST_TEXT])
    if match is None:
        return None
    return next((group for group in match.groups() if group is not None), match[0])


def template_columns(text: str) -> list[str]:
    """The columns that a template names in braces. Raises UnreadableCellError for a template that names none."""
    columns = _COLUMN.findall(text)
    if not columns or any(brace in _COLUMN.sub("", text) for brace in "{}"):
        raise UnreadableCellError("it names no column in braces, as '{example}' does", example="{Host}.{Domain}")
    return columns


def filled(text: str, cells: dict[str, str]) -> str:
    """A template with the texts of its columns."""
    return _COLUMN.sub(lambda match: cells.get(match[1], ""), text)


@lru_cache(maxsize=1024)
def _glob(wanted: str) -> re.Pattern[str]:
    return re.compile(translate("*".join(folded(part) for part in wanted.split("*"))))


def matches(text: str, wanted: str) -> bool:
    """Whether a text is a wanted word, whatever its case and accents; `*` stands for any letters."""
    if "*" not in wanted:
        return folded(text) == folded(wanted)
    return _glob(wanted).match(folded(text[:LONGEST_TEXT])) is not None
