"""The French catalogue: complete, compiled, and faithful to the placeholders of every sentence."""

from __future__ import annotations

import gettext
import io
import re
import string
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools"))
import translations  # noqa: E402

PO = translations.CATALOGUE
MO = PO.with_suffix(".mo")


def _names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_catalogue_is_in_step_with_the_source() -> None:
    """Nothing missing, nothing left over, the compiled file as the tool writes it."""
    before = PO.read_text(encoding="utf-8")
    messages = translations.updated(translations.read_po(before))
    assert translations.written_po(messages) == before
    assert translations.compiled_mo(messages) == MO.read_bytes()


def test_sentences_of_templates_are_found(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    text = """{{ say("One thing") if x else say("Other {n}", n=1) }}{{ count("{n} cat", "{n} cats", 2) }}{{ no("") }}"""
    (tmp_path / "pages" / "some.html.j2").write_text(text, encoding="utf-8")
    found = translations.extracted(tmp_path)
    assert {name: each.plural for name, each in found.items()} == {
        "One thing": None,
        "Other {n}": None,
        "{n} cat": "{n} cats",
    }
    assert found["One thing"].files == ["pages/some.html.j2"]


def test_everything_on_the_screen_has_a_translation() -> None:
    """Every sentence of the views and of the commands."""
    known = translations.read_po(PO.read_text(encoding="utf-8"))
    shown = [m for m in translations.extracted().values() if any(f.startswith(("render/", "cli/")) for f in m.files)]
    assert len(shown) > 150
    assert [m.text for m in shown if m.text not in known or not known[m.text].is_translated] == []


def test_both_files_say_the_same() -> None:
    """Read by readers that are not the tool's own: Babel for the source, gettext for what is compiled."""
    with PO.open("rb") as file:
        source = read_po(file, locale="fr")
    compiled = gettext.GNUTranslations(io.BytesIO(MO.read_bytes()))
    translated = [message for message in source if message.id and any(message.string)]
    assert len(translated) > 150
    for message in translated:
        if isinstance(message.id, tuple):
            found = tuple(compiled.ngettext(*message.id, number) for number in (1, 2))
            assert found == message.string
        else:
            assert compiled.gettext(message.id) == message.string
    assert len(compiled._catalog) - 1 == sum(2 if isinstance(m.id, tuple) else 1 for m in translated)


def test_translations_keep_placeholders() -> None:
    """A translation that drops or invents one would fail when it is shown."""
    for message in translations.read_po(PO.read_text(encoding="utf-8")).values():
        for form in message.translations:
            wanted = {frozenset(_names(message.text)), frozenset(_names(message.plural or message.text))}
            assert not form or frozenset(_names(form)) in wanted, message.text


def test_french_keeps_its_blanks_before_signs() -> None:
    """No-break before a colon, a semicolon and question marks, so that lines never begin with them."""
    for message in translations.read_po(PO.read_text(encoding="utf-8")).values():
        for form in message.translations:
            assert not any(f" {sign}" in form for sign in ":;?!%"), form


def test_french_has_one_kind_of_apostrophe() -> None:
    """The typographic one; what stands in files keeps the straight one, between quotation marks of code."""
    for message in translations.read_po(PO.read_text(encoding="utf-8")).values():
        assert not [form for form in message.translations if re.search(r"[^\W\d]'[^\W\d]", form)], message.text


@pytest.mark.parametrize(
    "code",
    [
        'language.say("Some {thing}", thing=1)',
        'x = marked("Some {thing}")',
        'Finding("WP999", "Some {thing}", {"thing": "no sentence"})',
        'report.add("WP999", mark, "Some {thing}", hint=HINT)\nHINT = "Some {thing}"',
        'finding("WP999", "Some {thing}" if x else "Some {thing}", {}, path=("a b", "c d"))',
    ],
)
def test_sentences_are_found_wherever_they_stand(tmp_path: Path, code: str) -> None:
    """In calls that say, mark or report; not among values and paths."""
    (tmp_path / "module.py").write_text(code, encoding="utf-8")
    assert list(translations.extracted(tmp_path)) == ["Some {thing}"]


def test_plurals_and_quotes_survive_the_file() -> None:
    """Written and read back."""
    messages = {
        "a": translations.Message('say "{x}"\\n', None, ["a.py"], ["dire « {x} »"]),
        "b": translations.Message("{n} day", "{n} days", ["b.py"], ["{n} jour", "{n} jours"]),
    }
    read = translations.read_po(translations.written_po(messages))
    assert [(m.text, m.plural, m.translations) for m in read.values()] == [
        (m.text, m.plural, m.translations) for m in messages.values()
    ]


def test_what_is_fuzzy_is_not_translated() -> None:
    """A sentence that changed is somebody's to look at again: it fails the tool's check until then."""
    text = '#: a.py\n#, fuzzy\nmsgid "a new one"\nmsgstr "une ancienne"\n'
    assert not translations.read_po(text)["a new one"].is_translated


def test_the_files_know_no_day_and_no_third_plural() -> None:
    assert b"Creation-Date" not in MO.read_bytes()
    assert "msgstr[2]" not in PO.read_text(encoding="utf-8")
