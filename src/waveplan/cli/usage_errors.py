"""Errors of usage in the reader's language: waveplan's own, and those of the parser of the command line.

The parser says its errors in English only. Each kind is told by its form and said anew; one that is not known stays
as it is, which a test holds to be none of those that can be provoked.
"""

from __future__ import annotations

import re

from waveplan.domain.findings import Phrase, printable
from waveplan.errors import WaveplanError
from waveplan.render.language import Language, marked, translator

_INSTEAD = r"(?P<instead> Did you mean .*?\?)?"
_NAME = r"(?P<name>'[^']*'(?: / '[^']*')*)(?: \(env var: '[^']*'\))?"
_VALUE = rf"Invalid value for {_NAME}: "
_OF_PARSER: tuple[tuple[str, str], ...] = (  # forms of the parser's sentences, and what waveplan says
    (rf"Missing argument {_NAME}\.?", marked("the argument {name} is missing.")),
    (rf"Missing option {_NAME}\. Choose from:\s*(?P<known>.*)", marked("{name} is missing: one of {known}.")),
    (rf"Missing option {_NAME}\.?", marked("{name} is missing.")),
    (r"Missing command\.?", marked("the command is missing.")),
    (rf"No such command (?P<name>'[^']*')\.{_INSTEAD}", marked("there is no command {name}.")),
    (r"No such option: (?P<name>\S+)(?: \(Possible options: (?P<near>.*)\))?", marked("there is no option {name}.")),
    (r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)", marked("one argument too many: {name}.")),
    (rf"Option {_NAME} requires an argument\.?", marked("{name} needs a value.")),
    (rf"Option {_NAME} requires \d+ arguments\.?", marked("{name} needs more values.")),
    (rf"Option {_NAME} does not take a value\.?", marked("{name} takes no value.")),
    (_VALUE + r"(?P<given>'.*') is not one of (?P<known>.*?)\.?", marked("{name}: {given} is none of {known}.")),
    (_VALUE + r"Input should be greater than or equal to (?P<least>\S+)", marked("{name} is at least {least}.")),
    (_VALUE + r"Input should be less than or equal to (?P<most>\S+)", marked("{name} is at most {most}.")),
    (_VALUE + r"Input should be a valid integer.*", marked("{name} takes a whole number.")),
    (_VALUE + r"Input should be a valid number.*", marked("{name} takes a number.")),
    (_VALUE + r"(?P<reason>.*)", marked("{name}: {reason}")),
)
REASONS = (  # what systems and readers of files say of what they refuse
    marked("No such file or directory"),
    marked("Permission denied"),
    marked("Is a directory"),
    marked("Not a directory"),
    marked("No space left on device"),
    marked("File name too long"),
    marked("Read-only file system"),
    marked("File exists"),
    marked("there is no such file or folder"),
    marked("reading it is not permitted"),
    marked("it cannot be opened"),
    marked("it is not UTF-8 text"),
    marked("the document is no mapping"),
    marked("a key without a value stands between braces"),
    marked("the section is no list"),
)


def said(error: WaveplanError, code: str) -> str:
    """What one of waveplan's own errors says, in that language."""
    language = translator(code)
    if not error.values:  # in English still, or said already: then the catalogue does not know it
        return str(error) if "{" in error.sentence or error.advice else str(language.say(error.sentence))
    text = language.say(error.sentence, **_spoken(error.values, language))
    return text if error.advice is None else f"{text} {said(error.advice, code)}"


def told(error: WaveplanError, code: str, program: str = "waveplan") -> str:
    """The same behind the program's name, in one line."""
    return f"{program}{translator(code).colon}{said(error, code)}"


def said_of_usage(message: str, command: str, code: str) -> str:
    """What the parser refused, in that language, and where to look: two lines."""
    language = translator(code)
    text = str(printable(" ".join(message.replace("Value error, ", "").replace("\\t", " ").split())))
    for form, sentence in _OF_PARSER:
        found = re.fullmatch(form, text)
        if found:
            text = _said(sentence, found, language)
            break
    return language.say("{command}: {problem}\nTry '{command} --help'.", command=command, problem=text)


def _said(sentence: str, found: re.Match[str], language: Language) -> str:
    values = {name: value for name, value in found.groupdict().items() if value}
    near = values.pop("near", None) or "".join(re.findall(r"Did you mean '?([^'?]+)'?\?", values.pop("instead", "")))
    if "name" in values:
        values["name"] = values["name"].replace("'", "")
    if "known" in values:
        values["known"] = ", ".join(re.findall(r"[^\s,']+", values["known"]))
    text = language.say(sentence, **_spoken(values, language))
    return f"{text} {language.say('Did you mean {name}?', name=near)}" if near else text


def _spoken(values: dict[str, object], language: Language) -> dict[str, object]:
    """Values of a sentence; the reason inside it is a sentence of its own."""

    def spoken(name: str, value: object) -> object:
        if isinstance(value, list):
            return language.series(value)
        if isinstance(value, Phrase):
            return language.phrase(value)
        return language.say(str(value)) if name == "reason" and value in REASONS else value

    return {name: spoken(name, value) for name, value in values.items()}
