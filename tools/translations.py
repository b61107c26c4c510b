"""Keep the catalogues of translations in step with the source: extract sentences, update each .po, compile the .mo.

Usage: python tools/translations.py [--check | --new CODE]. Without --check the catalogues are rewritten: new sentences
come in without a translation, sentences that are gone leave. The exit code is 1 when a sentence has no French or, with
--check, when anything would be written. Of other languages it is told how much is missing: readers get that in English.
--new begins the catalogue of another language.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po as parsed_po
from babel.messages.pofile import write_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "waveplan"
LOCALES = SOURCE / "locale"
LANGUAGE = "fr"  # the one that is always whole
CATALOGUE = LOCALES / LANGUAGE / "LC_MESSAGES" / "waveplan.po"
_OWN_PLURALS = {"fr": (2, "nplurals=2; plural=(n > 1);")}  # Babel knows a third, for millions, that no sentence needs
FINDERS = (
    "change_calendar/",
    "checking/",
    "imports/",
    "loading/",
    "planning/",
    "review/",
    "runbook_templates/",
    "runbooks/",
    "tracking/",
)  # where findings are worded
NEVER_SHOWN = {  # what the YAML parser says, by which its errors are told apart, and names of limits
    "alphabetic or numeric character",
    "any of (",
    "cannot start any token",
    "chomping or indentation",
    "comment or line break",
    "could not find expected ':'",
    "entries are not allowed",
    "mapping values are not allowed",
    "unexpected document separator",
    "unexpected end of stream",
}
_CODE = re.compile(r"WP\d{3}\Z")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_SAYS_WHAT_IT_DOES = (ast.FunctionDef, ast.ClassDef)  # commands, and requests that are commands
_WORDINGS = {"template", "hint", "otherwise", "advice"}


@dataclass
class Message:
    """A sentence, its plural if it has one, the files it stands in, and its translations (one, or one a plural)."""

    text: str
    plural: str | None = None
    files: list[str] = field(default_factory=list)
    translations: list[str] = field(default_factory=list)
    forms: int = 2  # of the language, where there is a plural

    @property
    def is_translated(self) -> bool:
        """Whether every form has its translation."""
        return len(self.translations) == (self.forms if self.plural else 1) and all(self.translations)


# --- extraction ----------------------------------------------------------------------------------------------------


def extracted(source: Path = SOURCE) -> dict[str, Message]:
    """Every sentence of the source that people may read, in order of file and line."""
    found: dict[str, Message] = {}
    for file in sorted(source.rglob("*.py")):
        name = file.relative_to(source).as_posix()
        tree = ast.parse(file.read_text(encoding="utf-8"))
        worded = _worded(tree) if name.startswith(FINDERS) else _refusals(tree) if name.startswith("domain/") else ()
        spoken = (
            *worded,
            *_help(tree, commands=_is_of_commands(name)),
        )
        for text, plural in (*_sentences(tree), *((text, None) for text in spoken)):
            message = found.setdefault(text, Message(text, plural))
            message.plural = message.plural or plural
            if name not in message.files:
                message.files.append(name)
    for name, text, plural in _of_templates(source):
        message = found.setdefault(text, Message(text, plural))
        message.plural = message.plural or plural
        if name not in message.files:
            message.files.append(name)
    return found


def _is_of_commands(name: str) -> bool:
    """Whether docstrings of a file are help: of commands, and of requests that are commands."""
    return name.startswith("cli/commands/") or (name.startswith("cli/") and name.endswith("requests.py"))


def _of_templates(source: Path) -> Iterator[tuple[str, str, str | None]]:
    """Sentences of the pages' templates: what they `say` and `count`, each with the file it stands in."""
    parser = Environment(autoescape=True)
    for file in sorted(source.rglob("*.j2")):
        name = file.relative_to(source).as_posix()
        for call in parser.parse(file.read_text(encoding="utf-8")).find_all(nodes.Call):
            said = call.node.name if isinstance(call.node, nodes.Name) else ""
            texts = [each.value for each in call.args if isinstance(each, nodes.Const)]
            if said == "say":
                yield name, texts[0], None
            elif said == "count":
                yield name, texts[0], texts[1]


def _sentences(tree: ast.Module) -> Iterator[tuple[str, str | None]]:
    constants = _constants(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda each: (each.lineno, each.col_offset)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        texts = [list(_texts(argument, constants)) for argument in call.args]
        if name in {"say", "marked"} and texts:
            yield from ((text, None) for text in texts[0])
        elif name in _told_errors():
            yield from ((text, None) for found in texts[:1] for text in found if " " in text)
        elif name == "not_read" and len(texts) > 1:
            yield from ((text, None) for text in texts[1])
        elif name == "count" and len(texts) > 2 and texts[0] and texts[1]:
            yield texts[0][0], texts[1][0]
        elif any(_CODE.match(text) for found in texts for text in found) or name == "Finding":
            yield from ((text, None) for text in _templates(call, constants))
        else:
            hints = [key.value for key in call.keywords if key.arg == "hint"]
            yield from ((text, None) for hint in hints for text in _texts(hint, constants) if " " in text)


@cache
def _told_errors() -> frozenset[str]:
    """Exceptions whose text people read: WaveplanError's kinds, but for faults of the program itself."""
    texts = (file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py"))
    pairs = [pair for text in texts for pair in re.findall(r"^class (\w+)\((\w+)\):", text, re.MULTILINE)]
    found = {"WaveplanError"}
    while more := {kind for kind, base in pairs if base in found} - found:
        found |= more
    return frozenset(found - {"InternalError"})


def _help(tree: ast.Module, *, commands: bool) -> Iterator[str]:
    """Texts of the command line's help: of its options and arguments, and what its commands say they do."""
    for node in ast.walk(tree):
        name = (getattr(node.func, "attr", "") or getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and name in {"Option", "Argument", "Typer", "option", "argument"}:
            kept = [each.value for each in node.keywords if each.arg in {"help", "epilog", "show_default"}]
            kept += node.args[:1] if name in {"option", "argument"} else []
            yield from (" ".join(text.split()) for each in kept for text in _texts(each, {}))
        elif commands and node in tree.body and isinstance(node, _SAYS_WHAT_IT_DOES) and not node.name.startswith("_"):
            said = (ast.get_docstring(node) or "").split("\n\n")
            yield from (" ".join(part.split()) for part in said if part and not part.startswith("What `waveplan"))


def _templates(call: ast.Call, constants: dict[str, str]) -> Iterator[str]:
    """The sentences among a finding's arguments: its template and its hint."""
    keyed = [keyword.value for keyword in call.keywords if keyword.arg in _WORDINGS]
    for argument in (*call.args, *keyed):
        yield from (text for text in _texts(argument, constants) if " " in text)


def _worded(tree: ast.Module) -> Iterator[str]:
    """Sentences that reach a finding by way of a variable, a table or a parameter."""
    aside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            aside |= {id(part) for part in ast.walk(node)}
        elif isinstance(node, ast.Raise):  # an error's own text, unless it is a wording with placeholders
            aside |= {id(part) for part in ast.walk(node) if not _PLACEHOLDER.search(str(getattr(part, "value", "")))}
        elif isinstance(node, ast.Expr):  # docstrings
            aside.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in aside and _is_sentence(node.value):
            yield str(node.value)


def _is_sentence(text: object) -> bool:
    if not isinstance(text, str) or text in NEVER_SHOWN or "\n" in text or not re.search(r"\w\w", text):
        return False
    spaces = text.strip().count(" ")
    return spaces > 1 or (spaces == 1 and (_PLACEHOLDER.search(text) is not None or text.endswith(": ")))


def _refusals(tree: ast.Module) -> Iterator[str]:
    """What models say of a value they refuse, where it is said as it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"PydanticCustomError", "contradiction"}:
            texts = (text for argument in node.args for text in _texts(argument, {}))
            yield from (text for text in texts if " " in text and "{" not in text)


def _texts(node: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    """Texts that an expression can be: itself, either branch, or a constant of the module."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, constants)
        yield from _texts(node.orelse, constants)
    elif isinstance(node, ast.Name) and node.id in constants:
        yield constants[node.id]


def _constants(tree: ast.Module) -> dict[str, str]:
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            found.update({target.id: node.value.value for target in node.targets if isinstance(target, ast.Name)})
    return found


# --- the catalogue's files -----------------------------------------------------------------------------------------


def read_po(text: str, language: str = LANGUAGE) -> dict[str, Message]:
    """Messages of a .po file, without its header; what is marked fuzzy has no translation yet."""
    found: dict[str, Message] = {}
    for entry in parsed_po(io.StringIO(text), locale=language):
        if entry.id:
            single, plural = entry.id if isinstance(entry.id, tuple) else (entry.id, None)
            forms = list(entry.string) if isinstance(entry.string, tuple) else [entry.string]
            found[single] = Message(single, plural, [], [] if entry.fuzzy else forms, _plurals(language)[0])
    return found


def _plurals(language: str) -> tuple[int, str]:
    """How many forms a language has for numbers, and which number takes which."""
    if language in _OWN_PLURALS:
        return _OWN_PLURALS[language]
    known = get_plural(language)
    return known.num_plurals, known.plural_forms


def _header(language: str) -> list[tuple[str, str]]:
    return [
        ("Project-Id-Version", "waveplan"),
        ("Language", language),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", _plurals(language)[1]),
    ]


class _Catalogue(Catalog):
    """A catalogue whose header says nothing of the day on which it was written."""

    mime_headers = property(lambda self: _header(str(self.locale)), lambda *_: None)
    num_plurals = property(lambda self: _plurals(str(self.locale))[0])


def _catalogue(messages: Iterable[Message], language: str) -> Catalog:
    catalogue = _Catalogue(locale=language, fuzzy=False)
    for message in messages:
        forms = message.translations or [""] * (_plurals(language)[0] if message.plural else 1)
        text = (message.text, message.plural) if message.plural else message.text
        catalogue.add(text, tuple(forms) if message.plural else forms[0], [(file, None) for file in message.files])
    return catalogue


def written_po(messages: dict[str, Message], language: str = LANGUAGE) -> str:
    """A .po file; sentences stand under the first file that uses them."""
    ordered = _catalogue(sorted(messages.values(), key=lambda each: each.files[:1]), language)
    file = io.BytesIO()
    write_po(file, ordered, width=None, omit_header=True, include_lineno=False)
    name = Locale.parse(language).english_name
    head = [f"# {name}. Written by tools/translations.py; translations are edited here.", 'msgid ""', 'msgstr ""']
    head += [f'"{key}: {value}\\n"' for key, value in _header(language)]
    return "\n".join(head) + "\n\n" + file.getvalue().decode().strip() + "\n"


def compiled_mo(messages: dict[str, Message], language: str = LANGUAGE) -> bytes:
    """A .mo file of what is translated."""
    file = io.BytesIO()
    write_mo(file, _catalogue((message for message in messages.values() if message.is_translated), language))
    return file.getvalue()


# --- the command ---------------------------------------------------------------------------------------------------


def updated(known: dict[str, Message], language: str = LANGUAGE) -> dict[str, Message]:
    """The source's sentences with the translations there are."""
    messages = extracted()
    for text, message in messages.items():
        message.forms = _plurals(language)[0]
        if text in known and bool(known[text].plural) == bool(message.plural):
            message.translations = known[text].translations
    return messages


def main(arguments: list[str]) -> int:
    """Write or check the catalogues."""
    if arguments[:1] == ["--new"]:
        return _begin(arguments[1])
    found = sorted(LOCALES.glob("*/LC_MESSAGES/waveplan.po"))
    return max(_kept(catalogue, check="--check" in arguments) for catalogue in found)


def _begin(language: str) -> int:
    catalogue = LOCALES / language / "LC_MESSAGES" / "waveplan.po"
    if catalogue.exists():
        print(f"{catalogue} is there already.")
        return 1
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(written_po(updated({}, language), language), encoding="utf-8")
    print(f"Begun: {catalogue}")
    return 0


def _kept(catalogue: Path, *, check: bool) -> int:
    """One catalogue and its compiled file, brought up to date or looked at."""
    language = catalogue.parts[-3]
    before = catalogue.read_text(encoding="utf-8")
    messages = updated(read_po(before, language), language)
    text, binary = written_po(messages, language), compiled_mo(messages, language)
    compiled = catalogue.with_suffix(".mo")
    stale = text != before or not compiled.is_file() or compiled.read_bytes() != binary
    if not check:
        catalogue.write_text(text, encoding="utf-8")
        compiled.write_bytes(binary)
    missing = [message.text for message in messages.values() if not message.is_translated]
    if language != LANGUAGE:
        print(f"{language}: {len(missing)} of {len(messages)} sentences have no translation and are shown in English.")
    for sentence in missing if language == LANGUAGE else ():
        print(f"no translation: {sentence}")
    if stale and check:
        print(f"The catalogue of {language} differs from the source. Run: python tools/translations.py")
    return 1 if (missing and language == LANGUAGE) or (stale and check) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
