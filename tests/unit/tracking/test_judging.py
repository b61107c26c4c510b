"""What is said of actuals beside the plan and the inventory: which code, where, about what."""

from __future__ import annotations

import datetime as dt

import pytest
from support.programmes import AS_OF, CUTOVERS, GATES, INVENTORY, PLAN, QUIET, W1, W2, W3, judged, told

from waveplan.domain.plan import Plan
from waveplan.tracking import judge
from waveplan.tracking.wording import names, nearest

LOOKED_AT = "the day on which this is looked at"


def _codes(text: str, as_of: dt.date = dt.date(2026, 4, 20)) -> list[str]:
    return sorted(finding.code for finding in judged(text, as_of))


def test_of_a_complete_record_there_is_nothing_to_say() -> None:
    assert told(QUIET) == []


@pytest.mark.parametrize(
    ("section", "says"),
    [
        (
            "incidents:\n  - {id: i-1, wave: 2026-02-21-weekend, date: 2026-03-01, severity: minor, summary: x}\n",
            "9:21 WP401 there is no wave '2026-02-21-weekend', neither in the plan nor in the inventory",
        ),
        (
            f"incidents:\n  - {{id: i-1, wave: {W1}, date: 2026-03-01, item: wep, severity: minor, summary: x}}\n",
            "9:65 WP401 there is no item 'wep', neither in the plan nor in the inventory",
        ),
        (
            "acceptances:\n  - {milestone: accept kt shadowing, date: 2026-03-01, result: signed}\n",
            "9:17 WP401 there is no milestone 'accept kt shadowing', neither in the plan nor in the inventory",
        ),
        (
            "milestones:\n  - {id: itsm, reached: 2026-03-01}\n",
            "9:10 WP401 there is no milestone 'itsm', neither in the plan nor in the inventory",
        ),
        (
            "effort:\n  - {team: opps, week: 2026-W08, person_days: 1}\n",
            "9:12 WP401 there is no team 'opps', neither in the plan nor in the inventory",
        ),
        (
            "milestones:\n  - {id: itsm-live, reached: 2026-04-21}\n",
            f"9:30 WP402 the record of itsm-live is dated 2026-04-21, after {AS_OF}, {LOOKED_AT}",
        ),
        (
            f"incidents:\n  - {{id: i-1, wave: {W1}, date: 2026-02-13, severity: minor, summary: x}}\n",
            f"9:47 WP402 incident i-1 is dated 2026-02-13, before the cutover of {W1} on 2026-02-14",
        ),
        (
            "acceptances:\n  - {milestone: accept kt immersion, date: 2026-04-01, result: half_met}\n",
            "9:5 WP405 'accept kt immersion' was not signed as it stands, without a reason",
        ),
    ],
)
def test_each_record_is_looked_at(section: str, says: str) -> None:
    assert told(QUIET + section) == [says]


AHEAD = f"is dated 2026-04-21, after {AS_OF}, {LOOKED_AT}"


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ("acceptances:\n  - {milestone: accept kt immersion, date: 2026-04-21, result: signed}\n", "9:44"),
        ("milestones:\n  - {id: itsm-live, expected: 2026-05-20, said: 2026-04-21}\n", "9:49"),
        (f"incidents:\n  - {{id: i, wave: {W1}, date: 2026-04-21, severity: minor, summary: x}}\n", "9:45"),
    ],
)
def test_records_of_the_day_after_lie_ahead(section: str, says: str) -> None:
    (found,) = told(QUIET + section)
    assert found.startswith(f"{says} WP402 ")
    assert found.endswith(AHEAD)
    assert told(QUIET + section.replace("2026-04-21", "2026-04-20")) == []


def test_an_incident_lies_ahead_or_was_over_before_it_began() -> None:
    text = (
        f"{QUIET}incidents:\n  - {{id: i, wave: {W1}, date: 2026-03-05, severity: minor, summary: x, resolved: DAY}}\n"
    )
    assert told(text.replace("DAY", "2026-03-05")) == told(text.replace("DAY", "2026-04-20")) == []
    (ahead,) = told(text.replace("DAY", "2026-04-21"))
    assert ahead.startswith("9:96 WP402 the record of i is dated 2026-04-21")
    (before,) = told(text.replace("DAY", "2026-03-04"))
    assert before == "9:96 WP402 incident i is resolved on 2026-03-04, before it began on 2026-03-05"


def test_effort_of_a_week_that_has_not_begun_lies_ahead() -> None:
    effort = QUIET + "effort:\n  - {team: ops, week: 2026-W17, person_days: 1}\n"
    assert told(effort) == []  # the week of Monday 20 April
    (found,) = told(effort.replace("W17", "W18"))
    assert found.startswith("9:23 WP402 the record of ops is dated 2026-04-27")


def test_a_decision_is_taken_on_the_day_of_the_cutover_at_the_latest() -> None:
    assert told(QUIET.replace("2026-02-11, decision: go", "2026-02-14, decision: go")) == []
    assert told(QUIET.replace("2026-02-11, decision: go", "2026-02-15, decision: go")) == [
        f"3:54 WP402 the decision at go-no-go of {W1} is dated 2026-02-15, after its cutover on 2026-02-14"
    ]


def test_a_cutover_is_recorded_from_the_day_before_its_window_to_the_last_day_of_it() -> None:
    fine = ["2026-02-13", "2026-02-14", "2026-02-16"]
    for day in (*fine, "2026-02-12", "2026-02-17"):
        early = QUIET.replace("2026-02-11, decision: go", "2026-02-10, decision: go")
        codes = _codes(early.replace(f"{W1}, date: 2026-02-14", f"{W1}, date: {day}"))
        assert codes == ([] if day in fine else ["WP407"]), day


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (
            "2026-02-25, decision: go",
            "2026-02-25, decision: conditional",
            f"4:5 WP405 a conditional go at go-no-go of {W2}, without its conditions",
        ),
        (", reason: storage", "", f"7:5 WP405 a cutover of {W2} that was rolled back, without a reason"),
        (
            "rolled_back: [crm], ",
            "",
            f"7:5 WP405 a partial cutover of {W2} that does not say what was rolled back",
        ),
        (
            "result: partial, rolled_back: [crm]",
            "result: rolled_back, rolled_back: [crm]",
            f"7:84 WP403 the whole cutover of {W2} is said to be rolled back, and then only crm",
        ),
        (
            f"{W1}, date: 2026-02-14, result: done",
            f"{W1}, date: 2026-02-14, result: done, rolled_back: [web]",
            f"6:77 WP403 the cutover of {W1} is said to be done, and web to be rolled back",
        ),
    ],
)
def test_what_records_must_say(before: str, after: str, says: str) -> None:
    assert before in QUIET
    assert says in told(QUIET.replace(before, after))


def test_a_no_go_without_a_reason() -> None:
    ahead = f"  - {{wave: {W3}, gate: go-no-go, date: 2026-04-20, decision: no_go}}\ncutovers:"
    assert told(QUIET.replace("cutovers:", ahead)) == [f"5:5 WP405 no-go at go-no-go of {W3}, without a reason"]


def test_what_is_done_and_planned_elsewhere() -> None:
    done = f"{QUIET}  - {{wave: 2026-03-07-weekend, date: 2026-03-07, result: done, items: {{e: [erp]}}}}\n"
    assert told(done) == [f"8:5 WP408 erp: cut over in 2026-03-07-weekend, but planned in {W3}"]


def test_a_name_that_is_nearly_known_is_suggested_and_for_others_it_is_said_where_they_stand() -> None:
    near = "milestones:\n  - {id: ITSM-life, reached: 2026-03-01}\n"
    (finding,) = judged(QUIET + near)
    assert (finding.hint, finding.hint_values) == ("did you mean '{suggestion}'?", {"suggestion": "itsm-live"})
    (far,) = judged(QUIET + near.replace("ITSM-life", "quite another"))
    assert (far.hint, far.hint_values) == ("`waveplan show --milestones` lists the milestones of the plan", {})
    assert far.document == "actuals"


def test_teams_of_the_plan_alone_are_known() -> None:
    from waveplan.usecases.record import actuals_of

    loaded = actuals_of("waveplan_actuals: 1\neffort: [{team: ops, week: 2026-W06, person_days: 1}]", "a")
    assert loaded.actuals is not None
    early = dt.date(2026, 2, 13)
    without = INVENTORY.model_copy(update={"teams": []})
    assert [each.code for each in judge(loaded.actuals, PLAN, without, early)] == []
    bare: Plan = PLAN.model_copy(update={"teams": {}})
    assert [each.code for each in judge(loaded.actuals, bare, INVENTORY, early)] == []
    assert [each.code for each in judge(loaded.actuals, bare, without, early)] == ["WP401"]


def test_of_many_names_the_first_six_are_told() -> None:
    assert names("abcdef") == "a, b, c, d, e, f"
    assert names("abcdefaf") == "a, b, c, d, e, f"
    assert names("abcdefgh") == "a, b, c, d, e, f, … (+2)"


def test_what_is_most_like_a_name() -> None:
    known = {"Web-Shop": "one", "web-shop": "two", "web-stop": "three"}
    assert nearest("WEB-SHOP", known) == "one", "of several that differ in capitals alone, the first in order"
    assert nearest("quite-another", known) is None


def test_an_expected_day_may_lie_ahead() -> None:
    assert told(QUIET + "milestones:\n  - {id: itsm-live, expected: 2026-05-20}\n") == []


def test_a_gate_a_lot_and_what_was_rolled_back_must_be_the_waves() -> None:
    text = GATES.replace(f"{W1}, gate: go-no-go", f"{W1}, gate: steering").replace(
        "2026-02-25, decision: go", "2026-02-25, decision: go, lots: [crm-lot, ghost]"
    )
    found = told(f"waveplan_actuals: 1\n{text}{CUTOVERS.replace('[crm]', '[web]')}")

    assert f"3:38 WP401 wave {W1} has no gate 'steering'" in found
    assert "4:96 WP401 there is no lot 'ghost', neither in the plan nor in the inventory" in found
    assert f"7:81 WP401 wave {W2} has no lot and no item 'web'" in found


def test_a_wave_that_a_plan_gave_up_stays_known_by_its_no_go_or_its_items() -> None:
    old, no_go = "2026-02-21-weekend", "decision: no_go, reason: x, lots: [gone]"
    kept = f"waveplan_actuals: 1\ncutovers:\n  - {{wave: {old}, date: 2026-02-21, result: done, items: {{x: [fax]}}}}\n"
    refused = (
        f"waveplan_actuals: 1\ngates:\n"
        f"  - {{wave: {old}, gate: any, date: 2026-02-18, {no_go}, items: {{gone: [a]}}}}\n"
    )

    assert "WP401" not in _codes(kept)
    assert "WP401" not in _codes(refused)
    assert "WP401" in _codes(kept.replace(", items: {x: [fax]}", ""))
    assert "WP401" in _codes(refused.replace(f"wave: {old}", "wave: W07"))


def test_a_past_wave_without_a_record_is_missed_once_its_window_has_closed() -> None:
    text = f"waveplan_actuals: 1\n{GATES}"

    assert _codes(text, dt.date(2026, 2, 16)) == ["WP402"], "the window of W1 closes on that day"
    assert told(text, dt.date(2026, 3, 1))[-1].endswith(
        f"WP404 {W1} was to cut over on 2026-02-14, and nothing is recorded of it"
    )
    refused = text.replace("2026-02-11, decision: go", "2026-02-11, decision: no_go, reason: x")
    assert _codes(refused, dt.date(2026, 2, 27)) == [], "a refused wave needs no record"


def test_contradictions() -> None:
    refused = QUIET.replace("2026-02-11, decision: go", "2026-02-11, decision: no_go, reason: x")
    assert told(refused) == [f"6:5 WP403 {W1} is said to have cut over, but go-no-go decided no-go"]
    later = refused.replace(
        "cutovers:", f"  - {{wave: {W1}, gate: go-no-go, date: 2026-02-12, decision: go}}\ncutovers:"
    )
    assert told(later) == [], "the later decision holds"
    assert _codes(QUIET.replace("result: partial", "result: done")) == ["WP403"]
    twice = f"{QUIET}  - {{wave: {W3}, date: 2026-04-19, result: done, items: {{x: [fax, crm]}}}}\n"
    assert f"8:5 WP403 fax cut over in {W3} again, having been done in {W2}" in told(twice)


def test_a_no_go_for_some_lots_binds_those_lots_only() -> None:
    text = QUIET.replace("2026-02-25, decision: go", "2026-02-25, decision: no_go, reason: x, lots: [crm-lot]")
    without = "result: done, items: {fax-lot: [fax]}"
    assert told(text) == [f"7:5 WP403 {W2} is said to have cut over with crm-lot, for which go-no-go decided no-go"]
    assert _codes(text.replace("result: partial, rolled_back: [crm], reason: storage", without)) == []


def test_a_cutover_without_its_go_or_on_another_day_is_a_warning() -> None:
    found = judged(f"waveplan_actuals: 1\n{CUTOVERS.replace('date: 2026-02-14', 'date: 2026-02-21')}")

    assert [(each.code, each.severity) for each in found] == [
        ("WP407", "warning"),
        ("WP406", "warning"),
        ("WP406", "warning"),
    ]


def test_without_an_inventory_teams_and_items_are_taken_as_they_are() -> None:
    from waveplan.usecases.record import actuals_of

    loaded = actuals_of("waveplan_actuals: 1\neffort: [{team: any, week: 2026-W08, person_days: 1}]", "a")
    assert loaded.actuals is not None
    bare: Plan = PLAN.model_copy(update={"waves": []})
    assert judge(loaded.actuals, bare, None, dt.date(2026, 4, 20)) == []


@pytest.mark.parametrize(
    ("record", "known"),
    [
        ("gates: [{wave: WAVE, gate: go, date: 2026-02-18, decision: no_go, reason: x}]", True),
        ("gates: [{wave: WAVE, gate: go, date: 2026-02-18, decision: go}]", False),
        ("cutovers: [{wave: WAVE, date: 2026-02-21, result: rolled_back, reason: x}]", True),
        ("cutovers: [{wave: WAVE, date: 2026-02-21, result: done}]", False),
    ],
)
def test_a_wave_that_the_plan_has_no_more_is_known_by_what_was_decided_against_it(record: str, known: bool) -> None:
    text = f"waveplan_actuals: 1\n{record.replace('WAVE', '2026-02-21-weekend')}\n"
    assert ("WP401" not in _codes(text, dt.date(2026, 2, 13))) == known


def test_lots_that_a_record_keeps_are_known_to_later_records() -> None:
    kept = f"  - {{wave: {W2}, date: 2026-02-28, result: partial, rolled_back: [gone], reason: x, items: ITEMS}}\n"
    text = f"waveplan_actuals: 1\n{GATES}cutovers:\n{kept}".replace("decision: go}", "decision: go, lots: [gone]}")
    assert [each for each in told(text.replace("ITEMS", "{gone: [crm], fax-lot: [fax]}")) if "WP401" in each] == []
    assert [each for each in told(text.replace("ITEMS", "{other: [crm], fax-lot: [fax]}")) if "WP401" in each] != []


def test_decisions_and_cutovers_of_the_day_after_lie_ahead() -> None:
    text = QUIET.replace("cutovers:", f"  - {{wave: {W3}, gate: go-no-go, date: 2026-04-21, decision: go}}\ncutovers:")
    (gate,) = told(text)
    assert gate.startswith(f"5:54 WP402 the record of {W3} is dated 2026-04-21")
    done = f"{QUIET}  - {{wave: {W3}, date: 2026-04-21, result: done}}\n"
    assert f"8:38 WP402 the record of {W3} {AHEAD}" in told(done)


def test_a_wave_that_is_missed_is_missed_among_the_cutovers() -> None:
    (finding,) = [
        each for each in judged(f"waveplan_actuals: 1\n{GATES}", dt.date(2026, 2, 20)) if each.code == "WP404"
    ]
    assert (finding.path, finding.subjects) == (("cutovers",), (W1,))


def test_without_an_inventory_milestones_of_the_plan_are_known() -> None:
    from waveplan.usecases.record import actuals_of

    milestones = "[{id: itsm-live, reached: 2026-02-01}, {id: nobody's, reached: 2026-02-01}]"
    loaded = actuals_of(f"waveplan_actuals: 1\nmilestones: {milestones}\n", "a")
    assert loaded.actuals is not None
    found = judge(loaded.actuals, PLAN, None, dt.date(2026, 2, 13))
    assert [(each.code, each.subjects) for each in found] == [("WP401", ("nobody's",))]
