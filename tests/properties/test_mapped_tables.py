"""Any table through any mapping: nothing breaks, every row is accounted for once, every finding has its place."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from support.mapped import MappedFolder, fates

from waveplan.domain.catalogue import CATALOGUE
from waveplan.imports.mapping.fields import MAPPED_KINDS, known_fields
from waveplan.imports.mapping.loading import load_mapping
from waveplan.imports.mapping.suggesting import suggested_mapping
from waveplan.render.language import translator

_HEADERS = st.sampled_from([
    "Name", "Nom du serveur", "Application", "Site", "RAM (Go)", "Disk", "CPU", "End of support", "Source", "Target",
    "Depends on", "IP", "Env", "Owner", "#: x", "- y", "'q'", "x {b}", "é" * 30, "1", "",
])  # fmt: skip
_CELLS = st.one_of(
    st.sampled_from(
        ["", "a", "b", "a; b", "prod", "Recette", "12", "1,5", "1.234", "05/03/2026", "2026-03-01", "64 Go"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
)
_TABLES = st.lists(_HEADERS, min_size=1, max_size=7).flatmap(
    lambda head: st.lists(st.lists(_CELLS, min_size=len(head), max_size=len(head)), max_size=8).map(
        lambda rows: [head, *rows]
    )
)


def as_csv(table: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(table)
    return text.getvalue()


def filled_rows(text: str) -> int:
    return sum(any(row) for row in csv.reader(io.StringIO(text), delimiter=";", skipinitialspace=True))


@st.composite
def mappings(draw: st.DrawFn, headers: list[str]) -> str:
    """A mapping whose columns are the table's, or not."""
    columns = st.sampled_from([*(each for each in headers if each), "missing"])
    word = columns.map(lambda each: '"' + each.replace('"', '\\"') + '"')
    lines = ["sheets:", '- delimiter: ";"']
    if draw(st.booleans()):
        lines.append(f"  when: {{{draw(word)}: [a*, prod]}}")
    lines.append("  makes:")
    for kind in draw(st.lists(st.sampled_from(MAPPED_KINDS), min_size=1, max_size=3)):
        needed = {"dependency": ["consumer", "provider"], "link": ["between"]}.get(kind, [])
        fields = draw(st.lists(st.sampled_from(known_fields(kind)), unique=True, max_size=5))
        lines.append(f"  - kind: {kind}")
        if not needed:
            lines.append(f"    name: {draw(word)}")
        given_fields = {each: draw(word) for each in dict.fromkeys([*needed, *fields])}
        lines.append("    fields: {" + ", ".join(f"{path}: {column}" for path, column in given_fields.items()) + "}")
    return "\n".join(lines) + "\n"


@given(st.data())
def test_every_row_is_accounted_for_once(data: st.DataObject) -> None:
    table = data.draw(_TABLES)
    text = as_csv(table)
    mapping = data.draw(mappings(table[0]))
    with tempfile.TemporaryDirectory() as folder:
        if not text.strip():
            return
        harvest = MappedFolder(Path(folder)).read(mapping, table=text)
    fitted = not any(each.code == "WP527" for each in harvest.findings)
    if fitted:
        assert sum(fates(harvest).values()) == filled_rows(text) - 1  # the headers are no row of it
    else:  # nothing says how such a table is divided: its rows are what a guess makes of it, and all are left out
        assert fates(harvest).keys() <= {"skipped"}
        assert not harvest.records
    assert all(each.location is not None and each.code in CATALOGUE for each in harvest.findings)
    names = [(record.kind, record.name) for record in harvest.records]
    assert len(names) == len(set(names))


@given(_TABLES)
def test_a_suggested_mapping_loads_and_reads_what_it_was_made_from(table: list[list[str]]) -> None:
    text = as_csv(table)
    if not text.strip():
        return
    with tempfile.TemporaryDirectory() as folder:
        here = MappedFolder(Path(folder))
        file = Path(folder, "table.csv")
        file.write_text(text, encoding="utf-8", newline="")
        suggestion = suggested_mapping("csv", [file], translator("fr").say)
        mapping = Path(folder, "suggested.yaml")
        mapping.write_text(suggestion, encoding="utf-8", newline="")
        loaded = load_mapping(str(mapping))
        if "- makes:" not in suggestion or "# - makes:" in suggestion:
            return
        assert loaded.mapping is not None, (loaded.findings, suggestion)
        harvest = here.read(suggestion.partition("waveplan_mapping: 1\n")[2], table=text)
    assert sum(fates(harvest).values()) == filled_rows(text) - 1
