"""One set of signs: everything that views print has a plain character, and plain pages keep their columns."""

from __future__ import annotations

import ast
import io
import re
from pathlib import Path

import pytest
from golden.sample import sample_plan
from rich.cells import cell_len

import waveplan
from waveplan.render.console import make_console, signs_for, write
from waveplan.render.show import VIEWS, show
from waveplan.render.signs import ASCII, PLAIN, UNICODE, carried_in_line, nearest
from waveplan.render.styles import PALETTE

SOURCE = Path(waveplan.__file__).parent
CATALOGUE = SOURCE / "locale" / "fr" / "LC_MESSAGES" / "waveplan.po"
PLAN = sample_plan()
SIGNS = {sign for name in UNICODE.__slots__ for sign in "".join(getattr(UNICODE, name)) if not sign.isascii()}


def _is_known(character: str) -> bool:
    """A sign of the set, one that has a plain form, or a letter or blank that has one by itself."""
    return character in SIGNS or character in PLAIN or nearest(character) not in {"?", "??"}


def _texts(file: Path) -> list[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


PARTS = [
    "adoption_texts",
    "checking",
    "cli",
    "domain",
    "planning",
    "render",
    "review",
    "rule_pages",
    "tracking",
    "usecases",
]


@pytest.mark.parametrize("part", PARTS)
def test_no_text_holds_a_sign_that_has_no_plain_form(part: str) -> None:
    texts = {file: _texts(file) for file in sorted((SOURCE / part).rglob("*.py"))}
    texts |= {file: [file.read_text(encoding="utf-8")] for file in sorted((SOURCE / part).rglob("*.md"))}
    strange = {file.name: bad for file, given in texts.items() if (bad := set(filter(_strange, "".join(given))))}
    assert not strange


def test_no_translation_holds_a_sign_that_has_no_plain_form() -> None:
    assert not set(filter(_strange, CATALOGUE.read_text(encoding="utf-8")))


def _strange(character: str) -> bool:
    return not character.isascii() and not _is_known(character)


def test_plain_signs_are_told_apart_where_the_others_are() -> None:
    """What has become of a wave, and what a day holds, are read by the sign alone."""
    for signs in (ASCII, UNICODE):
        states = [signs.done, signs.partly, signs.running, signs.late, signs.refused, signs.preparing, signs.planned]
        days = [signs.preparation, signs.gate, signs.notice, signs.rehearsal, signs.cutover, signs.gate_and_cutover]
        days += [signs.hypercare, signs.freeze, signs.milestone, signs.hard_date, signs.deadline, signs.today]
        for kinds in (states, days):
            assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252"])
def test_views_keep_to_the_encoding_and_to_their_width(encoding: str, width: int, language: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="\n")
    console = make_console(stream, width=width)
    signs = signs_for(console)
    assert signs is ASCII
    write(console, show(PLAN, views=VIEWS, width=width, language=language, signs=signs))
    stream.flush()
    text = raw.getvalue().decode(encoding)
    assert "?" not in text
    assert encoding != "ascii" or text.isascii()
    assert max(map(cell_len, text.splitlines())) <= width


def test_what_grows_takes_from_the_gap_after_it() -> None:
    """An ellipsis becomes three dots; the next column stands where it stood."""
    line = ["a, …      12", "  é", " →  x"]
    assert carried_in_line(line, "ascii") == ["a, ...    12", "  e", " -> x"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Hôpital Île-de-Ré", "Hopital Ile-de-Re"),
        ("cœur – «\u00a05\u202f000 €\u00a0»", 'coeur - " 5 000 EUR "'),
        ("e\u0301te\u0301", "ete"),
        ("½ ≤ x", "1/2 <= x"),
        ("日本", "????"),
    ],
)
def test_nearest(text: str, plain: str) -> None:
    assert nearest(text) == plain


def test_plain_forms_are_plain() -> None:
    assert all(plain.isascii() and plain for plain in PLAIN.values())
    pieces = [getattr(ASCII, name) for name in ASCII.__slots__]
    assert all("".join(piece).isascii() for piece in pieces)
    assert not re.search("[^ -~]", "".join("".join(piece) for piece in pieces))


def test_the_document_of_signs_tells_each_of_them() -> None:
    text = (SOURCE.parents[1] / "docs" / "terminal.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.replace("\\|", "BAR").splitlines() if line.startswith("| `")]
    told = {(row[0].strip("| `"), row[1].strip("`").replace("BAR", "|")) for row in rows}
    drawn_lines = {"rule", "branches", "heat"}
    pairs = {(getattr(UNICODE, name), getattr(ASCII, name)) for name in UNICODE.__slots__ if name not in drawn_lines}
    assert pairs <= told


def test_the_document_of_colours_has_a_row_for_each() -> None:
    text = (SOURCE.parents[1] / "docs" / "terminal.md").read_text(encoding="utf-8")
    rows = text.partition("| colour | means |")[2].partition("\n\n")[0].splitlines()[2:]
    assert len(rows) == len({style.removeprefix("bold ") for style in PALETTE.values()})
