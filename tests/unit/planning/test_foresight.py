"""What a validation foresees: all that needs no search, each with its figures, once, at its root."""

from __future__ import annotations

from pathlib import Path

import pytest

from waveplan import api
from waveplan.domain.findings import Finding

HEAD = """\
waveplan: 1
programme: {name: A move, start: 2027-01-04, deadline: 2027-06-30}
sites: [{id: a, target: b, country: FR}, {id: b, country: FR%s}]
"""
_SERVERS = [f"{{id: s{n}, site: a, disk_gb: 0, vcpu: 4, ram_gb: 1}}" for n in range(1, 4)]
SERVERS = f"servers: [{', '.join(_SERVERS)}]\n"


def foreseen(folder: Path, text: str, site: str = "") -> list[Finding]:
    file = folder / "inventory.yaml"
    file.write_text(HEAD % site + SERVERS + text, encoding="utf-8")
    found = api.validate(str(file), foresee=True).findings
    return [finding for finding in found if finding.severity == "error"]


def apps(*given: str) -> str:
    return "applications:\n" + "".join(f"  - {{id: x{n}, servers: [s{n}]{own}}}\n" for n, own in enumerate(given, 1))


def test_three_downtimes_are_three_findings_with_their_hours(tmp_path: Path) -> None:
    own = ", cutover_hours: 3, test_hours: 2, max_downtime_hours: 4"
    found = foreseen(tmp_path, apps(own, own, own))
    assert [(each.code, each.location and each.location.line) for each in found] == [("WP222", n) for n in (6, 7, 8)]
    assert all(f"x{n} would be down 5 of 4 h" in each.message for n, each in enumerate(found, 1))


@pytest.mark.parametrize(
    ("text", "site", "code", "said"),
    [
        (apps(", cutover_hours: 31"), "", "WP222", "31 h of work, in windows of at most 30 h"),
        ("teams: [{id: t, crew: 2}]\n" + apps(", crew: {t: 3}"), "", "WP222", "crew of t: 3 needed, at most 2 there"),
        (
            "teams: [{id: t, on_call: 1}]\n" + apps(", on_call: {t: 2}"),
            "",
            "WP222",
            "on-call of t: 2 needed, at most 1",
        ),
        (
            "teams: [{id: t, person_days_per_week: 1}]\n" + apps(", effort: {t: 60}"),
            "",
            "WP222",
            "effort of t: 15 needed, at most 1 there",
        ),
        (apps(", not_before: 2027-05-01, not_after: 2027-04-30"), "", "WP108", "lies before not_before"),
        ("policy: {wave_limits: {servers: 0}}\n" + apps(""), "", "WP220", "servers 1 against a limit of 0"),
        (
            "policy: {wave_limits: {effort: {t: 2}}}\nteams: [{id: t}]\n" + apps(", effort: {t: 2.5}"),
            "",
            "WP220",
            "effort of t 2.5 against a limit of 2",
        ),
        (
            "policy: {wave_limits: {users: 5}}\n" + apps(", user_sites: [b]"),
            ", users: 6",
            "WP220",
            "users 6 against a limit of 5",
        ),
        (
            "rules: [{id: few, max_per_wave: {servers: 0}, match: {app: x1}}]\n" + apps(""),
            "",
            "WP220",
            "servers of rule few 1 against a limit of 0",
        ),
        (
            "calendar: {windows: [{id: w, dates: [2028-01-01], from: '20:00', hours: 8}]}\n" + apps(""),
            "",
            "WP223",
            "no window occurs",
        ),
        (
            "teams: [{id: t, person_days_per_week: 1}]\n" + apps(*[", effort: {t: 3.5}"] * 3),
            "",
            None,
            "",
        ),
        (
            "policy: {cadence: [{min_gap_days: 7}], wave_limits: {lots: 1}}\n"
            "calendar: {freezes: [{from: 2027-01-01, to: 2027-06-13}]}\n" + apps("", "", ""),
            "",
            "WP221",
            "needs at least 3 waves by its limits, and only 2 slots can be used",
        ),
        (
            apps(", not_before: 2027-06-01", ", not_after: 2027-03-01, depends_on: [{app: x1, order: provider_first}]"),
            "",
            "WP222",
            "orders leave it none, the last of them x1 before x2",
        ),
    ],
)
def test_what_no_search_can_mend(tmp_path: Path, text: str, site: str, code: str | None, said: str) -> None:
    found = foreseen(tmp_path, text, site)
    assert [each.code for each in found] == ([code] if code else [])
    assert all(said in each.message for each in found)


def test_lots_without_a_slot_for_the_same_reason_are_told_together(tmp_path: Path) -> None:
    (found,) = foreseen(tmp_path, "calendar: {freezes: [{from: 2027-01-01, to: 2027-06-30}]}\n" + apps("", "", ""))
    assert found.message.startswith("no slot is left for 3 lots: freeze 2027-01-01 to 2027-06-30 (WP305, ")
    assert {"x1", "x2", "x3"} <= set(found.subjects)


def test_a_lot_that_can_be_cut_points_to_the_cuts(tmp_path: Path) -> None:
    text = "policy: {wave_limits: {applications: 1}}\n" + apps("", ", depends_on: [{app: x1, coupling: hard}]")
    (found,) = foreseen(tmp_path, text)
    assert "lots INVENTORY --suggest-cuts" in found.advice


def test_an_error_elsewhere_hides_nothing_of_what_it_does_not_touch(tmp_path: Path) -> None:
    text = "policy: {lot_limits: {applications: 1}}\n" + apps(
        "", ", depends_on: [{app: x1, coupling: hard}]", ", cutover_hours: 31"
    )
    assert [each.code for each in foreseen(tmp_path, text)] == ["WP202", "WP222"]


def test_an_entry_that_accepts_what_is_not_foreseen_is_out_of_date(tmp_path: Path) -> None:
    file = tmp_path / "inventory.yaml"
    file.write_text(HEAD % "" + SERVERS + apps("") + "ignore: [{code: WP222, reason: known}]\n", encoding="utf-8")
    assert "WP132" in {each.code for each in api.validate(str(file), foresee=True).findings}
    assert "WP132" not in {each.code for each in api.validate(str(file)).findings}
