"""What a diagnosis says beyond the kept cases: where edits go, what is no matter of facts, what time does to it."""

from __future__ import annotations

import threading
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from waveplan import api
from waveplan.domain.diagnosis import Diagnosis
from waveplan.domain.findings import Phrase
from waveplan.domain.inventory import Inventory
from waveplan.engine.running.clock import Clock
from waveplan.engine.running.looking import Look
from waveplan.planning.diagnosis.fact import Dial
from waveplan.planning.diagnosis.trials import Judges, PlanTrials
from waveplan.planning.diagnosis.ways_out import least_change
from waveplan.planning.options import SolveOptions

HEAD = "waveplan: 1\nprogramme: {name: Diagnosis, start: 2026-01-05, deadline: 2026-12-18}\n"
MOVE = """\
sites: [{id: old, target: new}, {id: new}]
links: [{between: [old, new], gbps: 1}]
servers: [{id: s1, site: old, disk_gb: 10}]
"""


def _diagnosed(folder: Path, text: str, limit: float = 20.0) -> Diagnosis | None:
    file = folder / "inventory.yaml"
    file.write_text(text, encoding="utf-8")
    options = SolveOptions(time_limit=None, deterministic_limit=limit, reproducible=True)
    return api.diagnose(api.validate(str(file)), options=options)


def test_a_value_from_defaults_is_written_into_the_entry(tmp_path: Path) -> None:
    text = HEAD + (
        "defaults: [{applications: {domain: shop}, set: {max_downtime_hours: 2}}]\n"
        "applications: [{id: web, domain: shop, cutover_hours: 3}]\n"
    )
    found = _diagnosed(tmp_path, text)
    assert found is not None
    (edit,) = found.ways_out[0].edits
    assert (edit.path, edit.text, edit.spoken) == (
        ("applications", 0, "max_downtime_hours"),
        "3",
        "applications[web].max_downtime_hours",
    )


def test_a_period_from_defaults_is_written_out_whole(tmp_path: Path) -> None:
    text = HEAD + (
        "defaults: [{applications: {domain: shop}, set: {blackouts: [{from: 2026-05-01, to: 2026-05-10}]}}]\n"
        "applications: [{id: web, domain: shop, not_before: 2026-05-02, not_after: 2026-05-03}]\n"
    )
    found = _diagnosed(tmp_path, text)
    assert found is not None
    edits = {edit.path: edit.text for way in found.ways_out for edit in way.edits}
    assert edits["applications", 0, "blackouts"] == "[{from: 2026-05-05, to: 2026-05-10}]"


def test_a_list_of_one_that_is_given_without_brackets(tmp_path: Path) -> None:
    text = HEAD + (
        "external_milestones: [{id: network, date: 2026-06-01}]\n"
        "applications: [{id: web, not_after: 2026-04-30, after: network}]\n"
    )
    found = _diagnosed(tmp_path, text)
    assert found is not None
    removed = [edit for way in found.ways_out for edit in way.edits if edit.removes]
    assert [edit.spoken for edit in removed] == ["applications[web].after"]


def test_what_is_no_matter_of_facts_has_no_diagnosis(tmp_path: Path) -> None:
    no_target = MOVE.replace(", target: new", "") + "applications: [{id: web, servers: [s1]}]\n"
    assert _diagnosed(tmp_path, HEAD + no_target) is None
    assert _diagnosed(tmp_path, HEAD + "applications: [{id: web, servers: [s9]}]\n") is None


def test_without_time_nothing_is_claimed(tmp_path: Path) -> None:
    text = (
        HEAD
        + "teams: [{id: ops, crew: 1}]\napplications:\n"
        + "".join(f"  - {{id: a{number}, crew: {{ops: 1}}, not_after: 2026-02-20}}\n" for number in range(4))
    )
    found = _diagnosed(tmp_path, text, limit=1e-6)
    assert found is not None
    (clash,) = found.clashes
    assert (clash.proven, clash.minimal, found.complete, found.more, found.ways_out) == (False, False, False, False, ())


def _ring(size: int) -> str:
    lines = (
        f"  - {{id: a{n}, depends_on: [{{app: a{(n + 1) % size}, order: provider_first}}]}}\n" for n in range(size)
    )
    return HEAD + "applications:\n" + "".join(lines)


def test_a_circle_of_orders_is_told_outright_beside_what_else_clashes(tmp_path: Path) -> None:
    text = _ring(12) + "  - {id: late, cutover_hours: 5, max_downtime_hours: 4}\n"
    found = _diagnosed(tmp_path, text)
    assert found is not None
    assert [(len(clash.facts), clash.proven, clash.minimal) for clash in found.clashes] == [
        (12, True, True),
        (1, True, True),
    ]
    (way,) = found.ways_out
    assert [edit.spoken for edit in way.edits] == [
        "applications[a0].depends_on[a1].order",
        "applications[late].max_downtime_hours",
    ]


def test_a_short_limit_ends_a_long_search_for_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    plain = PlanTrials.plain

    def counted(self: PlanTrials, *given: Any) -> Any:
        asked.append(1)
        return plain(self, *given)

    monkeypatch.setattr(PlanTrials, "plain", counted)
    ties = "".join(f"  - {{id: a{n}, depends_on: [{{app: a{n + 1}, coupling: hard}}]}}\n" for n in range(60))
    text = HEAD + "policy: {lot_limits: {applications: 30}}\napplications:\n" + ties + "  - {id: a60}\n"
    found = _diagnosed(tmp_path, text, limit=1e-6)
    assert found is not None
    assert len(asked) < 5, "once time is over nothing more is looked at"
    assert not any(clash.proven for clash in found.clashes)


def test_a_part_is_asked_nothing_that_only_other_waves_could_keep(tmp_path: Path) -> None:
    """A lot of the third wave, with two slots of its own, is no clash: others make the waves before it."""
    text = HEAD + (
        "policy: {preparation_days: 0, gates: [], wave_limits: {lots: 1}}\n"
        "applications:\n"
        "  - {id: late, earliest_wave: 3, not_before: 2026-03-01, not_after: 2026-03-14, cutover_hours: 3,"
        " max_downtime_hours: 2}\n"
        "  - {id: one}\n  - {id: two}\n"
    )
    found = _diagnosed(tmp_path, text)
    assert found is not None
    assert [[fact.kind for fact in clash.facts] for clash in found.clashes] == [["downtime"]]
    assert [edit.spoken for edit in found.ways_out[0].edits] == ["applications[late].max_downtime_hours"]


def test_trials_that_are_over_ask_nothing_of_anybody(tmp_path: Path) -> None:
    """However large the inventory: not even its errors are looked for, nor is it changed."""
    asked = list[str]()

    def errors(*_: object) -> tuple[()]:
        asked.append("errors")
        return ()

    stop = threading.Event()
    stop.set()
    options = SolveOptions(deterministic_limit=5)
    trials = PlanTrials(Judges(errors, errors), options, Clock(options), stop)
    file = tmp_path / "inventory.yaml"
    file.write_text(HEAD + "applications: [{id: a}]\n", encoding="utf-8")
    inventory = api.validate(str(file)).inventory
    assert inventory is not None
    assert not trials.homeless(inventory)
    assert not trials.refuted(inventory)
    assert trials.run(inventory).verdict == "unknown"
    assert asked == []
    built_in_vain = trials.plain(inventory, look=Look(lambda: True))
    assert (built_in_vain.verdict, built_in_vain.built) == ("unknown", None)

    def changed(_: object) -> Inventory:
        raise AssertionError("no time is left to change it")

    dial = Dial(3, lambda n: (), lambda n: Phrase("{n}", {"n": n}), lambda n: Decimal(n))
    assert least_change(trials, changed, cast(Any, None), dial, lambda _: True) is None
