"""Imports by chance: any order of sources gives one inventory, and what people edited survives the next import."""

from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support.harvests import harvest
from support.importing import TODAY, ImportFolder
from support.inventory_edits import InventoryEditor
from support.seeds import count, few_at_once

from waveplan.imports.harvest import Harvest
from waveplan.imports.writing import ImportWishes, StandingInventory, renewed

UUIDS = [f"4211000{number}-aabb-ccdd-eeff-001122334455" for number in range(3)]


def some(values: list[Any]) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(values)


SERVER = st.fixed_dictionaries(
    {
        "uuid": some(UUIDS),
        "instance": some([("vc", each) for each in UUIDS]),
        "macs": some([[f"00505600000{number}"] for number in range(2)]),
        "addresses": some([["10.0.0.1"], ["10.0.0.1", "10.0.0.2"], ["10.0.0.2"]]),
        "fqdn": some(["a.example.org", "b.example.org", "a.example.com"]),
        "hostname": some(["a", "b"]),
        "external": some(["vm-1", "vm-2", "vm-3"]),
        "vcpu": some([2, 4]),
        "site": some(["Paris", "Lyon"]),
    }
)
RECORDS = st.lists(st.tuples(st.sampled_from(["a", "b", "A", "c"]), SERVER), max_size=4)


def made(source: str, records: list[tuple[str, dict[str, Any]]], servers: list[str]) -> Harvest:
    told = [("server", name, {key: value for key, value in said.items() if value}) for name, said in records]
    applications = [("application", f"App {name}", {"servers": [name]}) for name in servers]
    return harvest(source, *told, *applications)  # type: ignore[arg-type]


@given(
    st.lists(st.tuples(RECORDS, st.lists(st.sampled_from(["a", "b"]), max_size=2, unique=True)), min_size=2, max_size=3)
)
def test_sources_in_any_order_give_the_same_inventory(drawn: list[Any]) -> None:
    harvests = [made(name, records, servers) for name, (records, servers) in zip("xyz", drawn, strict=False)]

    written = []
    for order in permutations(harvests):
        writing = renewed(order, StandingInventory(Path("nowhere")), ImportWishes(TODAY))
        written.append((writing.files, [finding.message for finding in writing.findings]))

    assert all(each == written[0] for each in written)


# --- edits by hand ---


def vcenter(cores: int = 4, but: str = "") -> Harvest:
    names = [f"srv{number:02}" for number in range(12)]
    return harvest(
        "rvtools",
        *(
            (
                "server",
                name,
                {"site": "Paris", "vcpu": cores + number % 3, "ram_gb": 8 * (number + 1), "os": f"Linux {number}",
                 "external": f"vm-{number}", "fqdn": f"{name}.example.org"},
            )
            for number, name in enumerate(names)
            if name != but
        ),
    )  # fmt: skip


def cmdb() -> Harvest:
    return harvest(
        "cmdb",
        ("application", "Shop", {"servers": ["srv00", "srv01", "srv02"], "criticality": "high"}),
        ("application", "Payroll", {"servers": ["srv03", "srv04"]}),
        ("dependency", "", {"consumer": "Shop", "provider": "Payroll"}),
    )


def entries(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """File → its servers, in order."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        tree = yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)
        found[path.name] = tree.get("servers") or []
    return found


@pytest.mark.parametrize("seed", few_at_once(range(count(20)), 5))
def test_ten_edits_by_hand_survive_the_same_import_and_a_changed_one(seed: int, tmp_path: Path) -> None:
    folder = ImportFolder(tmp_path)
    folder.take(vcenter(), cmdb())
    base = {each["id"]: each for each in entries(tmp_path)["servers.yaml"]}
    editor = InventoryEditor(tmp_path, random.Random(seed))
    for _ in range(10):
        editor.edit()
    edited, before = folder.all_texts(), entries(tmp_path)
    assert folder.errors() == [], edited

    folder.take(vcenter(), cmdb())
    again = folder.all_texts()
    assert {name: text for name, text in again.items() if name[0] != "."} == {
        name: text for name, text in edited.items() if name[0] != "."
    }

    folder.take(vcenter(cores=16), cmdb())
    after = entries(tmp_path)
    assert folder.errors() == []
    _held_against(before, after, base, {new: old for old, new in editor.renamed.items()})
    texts = "".join(folder.all_texts().values())
    assert [remark for remark in editor.remarks if remark not in texts and remark in "".join(edited.values())] == []
    assert folder.take(vcenter(cores=16), cmdb()).files == {}

    told = folder.take(vcenter(cores=16, but="srv05"), cmdb(), remove_gone=True)
    assert folder.errors() == []
    held = any(finding.code == "WP543" and "holder" in finding.values for finding in told.findings)  # by an alias
    gone = "" if held else editor.renamed.get("srv05", "srv05")
    assert {name: [each for each in stood if each["id"] != gone] for name, stood in after.items()} == entries(tmp_path)


def _held_against(before: dict, after: dict, base: dict, old_names: dict[str, str]) -> None:
    """Each entry stands where it stood, with its own values, and cores that nobody touched follow the source."""
    for name, stood in before.items():
        assert [each["id"] for each in after[name]] == [each["id"] for each in stood]
        for was, now in zip(stood, after[name], strict=True):
            imported = base[old_names.get(was["id"], was["id"])]
            by_hand = was["vcpu"] != imported["vcpu"]
            cores = was["vcpu"] if by_hand else str(int(imported["vcpu"]) + 12)
            assert now == {**was, "vcpu": cores}
