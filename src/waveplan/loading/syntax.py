"""What the YAML parser stumbled over, in plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from waveplan.loading.report import ReadingReport
from waveplan.loading.source_map import SourceText

# What YAML does not allow unescaped: control characters other than tab and line ends, halves of pairs, non-characters.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Mistake:
    template: str
    hint: str


_TAB = _Mistake("a tab stands where only spaces may indent", "indent with spaces; most editors can be set to do so")
_QUOTE = _Mistake("a quote that is opened here is never closed", "add the closing quote")
_BRACKET = _Mistake(
    "the '{bracket}' that opens here is not closed, or a comma is missing in it",
    "close it, put ',' between its entries, and quote texts that hold ',', ': ' or brackets",
)
_COLON = _Mistake(
    "a ':' is not expected here",
    "a text that holds ': ' needs quotes; a nested key goes on a line of its own, indented under its parent",
)
_NO_COLON = _Mistake("a key without its ':'", "write 'key: value', with a space after the ':'")
_INDENT = _Mistake(
    "this does not continue what stands before it",
    "check how far this line and the one before it are indented, and their quotes",
)
_DASH = _Mistake("'- ' cannot begin a list here", "begin the list on a new line under its key")
_START = _Mistake("a value cannot begin with '{character}'", "put quotes around the value")
_ESCAPE = _Mistake(
    "an unknown '\\' escape inside double quotes", "use single quotes, or double the '\\' to mean a plain one"
)
_NAME = _Mistake("'*' or '&' must be followed by a name", "put quotes around a text that starts with '*' or '&'")
_BLOCK = _Mistake(
    "nothing but '+', '-' or a number may follow '|' or '>' on this line", "begin the text on the next line"
)
_NOTHING = _Mistake("a value is missing here", "write it, or take out what announces it")
_SECOND = _Mistake("something follows the end of the document", "keep one document a file")
_TAG = _Mistake("a tag has no meaning here", "take it out; put quotes around a text that starts with '!'")
_DIRECTIVE = _Mistake("a '%' line that YAML 1.2 does not know", "take it out")
_OTHER = _Mistake("this is not valid YAML", "check quotes, brackets and indentation near here")

# Pieces of the wordings of both parsers (libyaml's and the pure one), in the order in which they are tried.
_MISTAKES = (
    ("tab character", _TAB),
    ("',' or", _BRACKET),
    ("unexpected end of stream", _QUOTE),
    ("unexpected document separator", _QUOTE),
    ("escape", _ESCAPE),
    ("hexdecimal", _ESCAPE),
    ("hexadecimal", _ESCAPE),
    ("could not find expected ':'", _NO_COLON),
    ("mapping values are not allowed", _COLON),
    ("entries are not allowed", _DASH),
    ("alphabetic or numeric character", _NAME),
    ("cannot start any token", _START),
    ("comment or line break", _BLOCK),
    ("chomping or indentation", _BLOCK),
    ("node content", _NOTHING),
    ("document start", _SECOND),
    ("expected key", _INDENT),
    ("tag", _TAG),
    ("expected '!'", _TAG),
    ("expected '>'", _TAG),
    ("directive", _DIRECTIVE),
    ("incompatible YAML", _DIRECTIVE),
    ("'-' indicator", _INDENT),
    ("block end", _INDENT),
)


def explain_syntax(
    error: yaml.MarkedYAMLError, source: SourceText, innermost: int | None, report: ReadingReport
) -> None:
    """Report a syntax error; `innermost` is the mark of the mapping or list that was open."""
    problem = error.problem or ""
    at = error.problem_mark or error.context_mark
    mark = source.base + min(at.index if at else 0, len(source.text))
    mistake = next((mistake for piece, mistake in _MISTAKES if piece in problem), _OTHER)
    indent = re.match(r"[ -]*\t", source.line_up_to(mark) + _character(source, mark))
    if indent:
        mistake, mark = _TAB, mark - len(source.line_up_to(mark)) + indent.end() - 1
    elif mistake in {_QUOTE, _BRACKET} and error.context_mark:
        mark = source.base + error.context_mark.index
    elif innermost is not None and _character(source, innermost) in "[{" and mistake in {_NOTHING, _OTHER, _COLON}:
        mistake, mark = _BRACKET, innermost
    character = _character(source, mark)
    report.add("WP101", mark, mistake.template, {"character": character, "bracket": character}, hint=mistake.hint)


def explain_unreadable_character(source: SourceText, report: ReadingReport) -> None:
    """Report the first character that YAML does not allow in a text."""
    found = _UNREADABLE.search(source.text)
    report.add(
        "WP101",
        source.base + (found.start() if found else 0),
        "a character that cannot stand in a text file (U+{code})",
        {"code": f"{ord(found[0]):04X}" if found else "FFFD"},
        hint="take it out; a file full of them may be binary, or saved as UTF-16 instead of UTF-8",
    )


def _character(source: SourceText, mark: int) -> str:
    offset = mark - source.base
    return source.text[offset : offset + 1]
