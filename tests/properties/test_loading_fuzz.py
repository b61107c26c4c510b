"""Whatever bytes arrive, loading ends with an inventory or with findings that have a place; nothing else is raised."""

from __future__ import annotations

import io
import re
from string import Formatter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.inventory import Inventory
from waveplan.loading import LoadedInventory, load_inventory, load_plan

VALID = """\
waveplan: 1
programme:
  name: Exit
  start: 2026-01-05
  deadline: 2026-12-18
  timezone: Europe/Paris
defaults:
  - {sites: {country: FR}, set: {timezone: Europe/Paris}}
  - {applications: {site: old}, set: {domain: finance, effort: {ops: {each: 2, per_server: 0.5}}}}
sites:
  - {id: old, roles: [source], target: new, country: FR, users: {office: 12}}
  - {id: new, roles: [target], capacity: [{from: 2026-01-01, vcpu: 12}]}
links: [{between: [old, new], gbps: 2}]
teams: [{id: ops, crew: 3, absences: [{from: 2026-08-03, to: 2026-08-21, capacity: 0.5}]}]
servers:
  - {id: s1, site: old, vcpu: 4, disk_gb: 100.5}
  - id: s2
    site: old
    labels: &l {rack: R12}
  - {id: s3, site: old, labels: *l}
applications:
  - {id: a1, servers: [s1, s2], depends_on: [{app: a2, order: provider_first}]}
  - {id: a2, servers: [s3], crew: {ops: 1}, criticality: high, windows: [weekend]}
calendar:
  windows: [{id: weekend, days: [sat], from: "20:00", hours: 30}]
  freezes: [{from: 2026-12-15, to: 2027-01-05, match: {domain: finance}}]
policy: {wave_limits: {servers: 3}, cadence: [{waves: 2, min_gap_days: 14}, {min_gap_days: 3}]}
rules: [{id: r, apart: [{app: a1}, {app: a2}]}]
objective: {goals: [{goal: finish, tolerance: 5%}]}
"""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
PIECES = sorted(set(re.findall(r"[\w.-]+|[^\w\s]+|\s+", VALID)))


def load(data: bytes) -> LoadedInventory:
    loaded = load_inventory("-", stdin=io.BytesIO(data))
    _is_sound(data, loaded)
    return loaded


def _is_sound(data: bytes, loaded: LoadedInventory) -> None:
    """An inventory, or errors; every finding placed inside the text and fit for a terminal."""
    assert (loaded.inventory is None) == any(finding.severity == "error" for finding in loaded.findings)
    assert loaded.inventory is None or isinstance(loaded.inventory, Inventory)
    lines = re.split(rb"\r\n?|\n", data)
    for finding in loaded.findings:
        assert finding.code in CATALOGUE
        place = finding.location
        assert place is not None and place.file == "<stdin>"
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert _placeholders(finding.template) <= set(finding.values) or not finding.values
        assert _placeholders(finding.hint) <= set(finding.hint_values) or not finding.hint_values
        for text in (finding.message, finding.advice, *finding.subjects):
            assert not _CONTROL.search(text), text
    assert list(loaded.findings) == sorted(loaded.findings, key=lambda finding: finding.sort_key)


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name} if "{" in template else set()


def test_the_text_that_is_mutated_is_valid() -> None:
    assert load(VALID.encode()).findings == ()


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    load(data)
    load_plan("-", stdin=io.BytesIO(data))


@given(st.text(st.characters(codec="utf-8"), max_size=120))
def test_any_text(text: str) -> None:
    load(text.encode())


@given(st.lists(st.sampled_from([*PIECES, "\t", "\n- ", "&l", "*l", "<<: ", "? ", "!!x ", '"\\e"', "~", "[[", "{{"])))
def test_any_mixture_of_pieces(pieces: list[str]) -> None:
    load("".join(pieces).encode())


@st.composite
def _edited(draw: st.DrawFn) -> bytes:
    """A valid inventory with a few stretches replaced by something else."""
    text = VALID
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        text = (
            text[:start]
            + draw(st.sampled_from(PIECES) | st.text(st.characters(codec="utf-8"), max_size=5))
            + text[end:]
        )
    return text.encode()


@given(_edited())
def test_any_edit_of_a_valid_inventory(data: bytes) -> None:
    load(data)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(PIECES)
KEYS = st.sampled_from(sorted(set(re.findall(r"(\w+):", VALID)))) | st.text(max_size=5)
TREES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5))


@given(st.dictionaries(st.sampled_from(sorted(Inventory.model_fields)), TREES, max_size=5))
def test_any_tree_where_sections_belong(sections: dict[str, object]) -> None:
    document = {"waveplan": 1, **sections}
    load(yaml.safe_dump(document, allow_unicode=True).encode())


@given(st.data())
def test_any_value_anywhere_in_a_valid_inventory(data: st.DataObject) -> None:
    document = yaml.safe_load(VALID)
    node: object = document
    while True:
        steps = list(node) if isinstance(node, dict) else list(range(len(node)))  # type: ignore[arg-type]
        step = data.draw(st.sampled_from(steps))
        inner = node[step]  # type: ignore[index]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            node[step] = data.draw(TREES)  # type: ignore[index]
            break
        node = inner
    load(yaml.safe_dump(document, allow_unicode=True).encode())


@given(_edited())
def test_the_pure_parser_raises_nothing_either(data: bytes) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("waveplan.loading.yaml_reader.PARSER", yaml.SafeLoader)
        load(data)
