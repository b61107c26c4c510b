"""`record`, `check --actuals` and `status`, typed as people type them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support.command_line import Waveplan

pytestmark = pytest.mark.usefixtures("small_plan")
DAY = ("--as-of", "2026-12-01")


@pytest.fixture
def waves(small_plan: Path) -> list[str]:
    """Ids of the waves of the small plan, in order."""
    return re.findall(r"^ *- id: (\d{4}-\d{2}-\d{2}-\w+)$", small_plan.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture
def actuals(tmp_path: Path) -> Path:
    """Where actuals are to be written."""
    return tmp_path / "actuals.yaml"


def test_a_programme_is_recorded_checked_and_shown(waveplan: Waveplan, waves: list[str], actuals: Path) -> None:
    for words in (
        ("gate", "W01", "go-no-go", "go", "--by", "migration committee", "--date", waves[0][:10]),
        ("cutover", "w1", "done"),
        ("incident", "W01", "orders are slow", "--severity", "major", "--item", "crm", "--date", waves[0][:10]),
        ("gate", waves[1], "go-no-go", "no-go", "--reason", "storage not ready", "--date", waves[1][:10]),
    ):
        done = waveplan("record", "actuals.yaml", *words, *DAY)
        assert (done.code, done.err) == (0, ""), words

    assert actuals.read_text(encoding="utf-8").splitlines()[:5] == [
        "waveplan_actuals: 1",
        "gates:",
        f"  - {{wave: {waves[0]}, gate: go-no-go, date: {waves[0][:10]}, decision: go, by: migration committee}}",
        f"  - {{wave: {waves[1]}, gate: go-no-go, date: {waves[1][:10]}, decision: no_go, reason: storage not ready,",
        "     items: {",
    ]
    checked = waveplan("check", "plan.yaml", "small.yaml", "--actuals", "actuals.yaml", *DAY)
    assert (checked.code, checked.out) == (0, "plan.yaml: clean\n")
    shown = waveplan("status", "plan.yaml", "small.yaml", "--actuals", "actuals.yaml", *DAY)
    assert (shown.code, shown.err) == (0, "")
    assert "incident open" in shown.out
    assert "storage not ready" in shown.out
    data = json.loads(waveplan("status", "plan.yaml", "small.yaml", "--actuals", "actuals.yaml", *DAY, "--json").out)
    assert [wave["state"] for wave in data["waves"]] == ["done", "no_go"]
    assert data["late"][0]["kind"] == "incident_open"


def test_an_incident_is_resolved_by_its_id(waveplan: Waveplan, waves: list[str], actuals: Path) -> None:
    actuals.write_text(
        f"waveplan_actuals: 1\nincidents:   # open ones\n"
        f"  - {{id: i-1, wave: {waves[0]}, date: {waves[0][:10]}, severity: minor, summary: slow}}\n# the end\n",
        encoding="utf-8",
    )
    done = waveplan("record", "actuals.yaml", "incident", "i-1", "--resolved", "2026-11-30", *DAY)

    assert done.code == 0
    assert actuals.read_text(encoding="utf-8").endswith(
        f"summary: slow}}\n  - {{id: i-1, wave: {waves[0]}, date: {waves[0][:10]}, severity: minor, summary: slow, "
        "resolved: 2026-11-30}\n# the end\n"
    )


def test_what_would_be_wrong_is_refused_and_the_file_left_alone(
    waveplan: Waveplan, waves: list[str], actuals: Path
) -> None:
    refused = waveplan("record", "actuals.yaml", "cutover", "W01", "partial", *DAY)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.count("WP405") == 2
    assert f"- {{wave: {waves[0]}" in refused.err, "the line that would have been written is quoted"
    assert "Nothing was written to actuals.yaml." in refused.err
    assert not actuals.exists()

    actuals.write_text("waveplan_actuals: 1\ngates: [{}]\n", encoding="utf-8")
    broken = waveplan("record", "actuals.yaml", "cutover", "W01", "done", *DAY)
    assert broken.code == 1
    assert "actuals.yaml:2:9: error WP105" in broken.err
    assert actuals.read_text(encoding="utf-8") == "waveplan_actuals: 1\ngates: [{}]\n"


def test_an_error_that_was_there_before_does_not_stop_a_right_entry(
    waveplan: Waveplan, waves: list[str], actuals: Path
) -> None:
    actuals.write_text("waveplan_actuals: 1\nmilestones: [{id: nobody, reached: 2026-02-02}]\n", encoding="utf-8")
    gate = ("gate", "W01", "go-no-go", "go", "--date", waves[0][:10])
    assert waveplan("record", "actuals.yaml", *gate, *DAY).code == 0
    checked = waveplan("check", "plan.yaml", "small.yaml", "--actuals", "actuals.yaml", *DAY, "--ignore", "WP404")
    assert checked.code == 1
    assert re.findall(r"WP\d+", checked.out) == ["WP401"]
    assert checked.out.startswith("actuals.yaml:2:")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("gte", "W01"), "There is nothing called gte to record."),
        (("gate", "W01", "go-no-go"), "Write: waveplan record FILE gate WAVE GATE go|no-go|conditional"),
        (("gate", "W01", "go-no-go", "maybe"), "maybe is none of go, no-go and conditional."),
        (("gate", "W77", "go-no-go", "go"), "No wave is called W77."),
        (("cutover", "W01", "done", "--reached", "2026-02-02"), "--reached does not go with cutover."),
        (("milestone", "x"), "Give one of --reached and --expected."),
        (("milestone", "x", "--reached", "soon"), "--reached: soon is not a day like 2026-03-14."),
        (("effort", "ops", "2026-W99", "1"), "2026-W99: expected an ISO week"),
        (("effort", "ops", "2026-W08", "much"), "much: expected a number"),
        (("incident", "i-9"), "There is no incident i-9 yet."),
        (("effort", "ops", "2026-W08", "1", "--plan", "none.yaml"), "cannot read none.yaml"),
    ],
)
def test_what_cannot_be_understood_is_a_usage_error(
    waveplan: Waveplan, actuals: Path, words: tuple[str, ...], says: str
) -> None:
    done = waveplan("record", "actuals.yaml", *words, *DAY)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert not actuals.exists()


def test_without_a_plan_beside_it_one_has_to_be_named(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    done = waveplan("record", "sub/a.yaml", "effort", "ops", "2026-W08", "1", *DAY)
    assert done.code == 2
    assert "name the plan with --plan" in done.err
    named = waveplan("record", "sub/a.yaml", "effort", "ops", "2026-W08", "1", "--force", "--plan", "plan.yaml", *DAY)
    assert named.code == 0


def test_with_an_inventory_teams_are_known_by_name(waveplan: Waveplan, actuals: Path) -> None:
    done = waveplan("record", "actuals.yaml", "effort", "ops", "2026-W08", "1", "--inventory", "small.yaml", *DAY)
    assert done.code == 1
    assert "there is no team 'ops'" in done.err


def test_line_ends_a_byte_order_mark_and_permissions_stay(waveplan: Waveplan, waves: list[str], actuals: Path) -> None:
    actuals.write_bytes(b"\xef\xbb\xbfwaveplan_actuals: 1\r\n# ours\r\n")
    actuals.chmod(0o640)
    assert waveplan("record", "actuals.yaml", "effort", "ops", "2026-W08", "1", "--force", *DAY).code == 0
    assert actuals.read_bytes() == (
        b"\xef\xbb\xbfwaveplan_actuals: 1\r\n# ours\r\neffort:\r\n  - {team: ops, week: 2026-W08, person_days: 1}\r\n"
    )
    assert actuals.stat().st_mode & 0o777 == 0o640


def test_in_french(waveplan: Waveplan, waves: list[str], actuals: Path) -> None:
    refused = waveplan("record", "actuals.yaml", "cutover", "W01", "partial", "--lang", "fr", *DAY)
    assert "Rien n’a été écrit dans actuals.yaml." in refused.err
    actuals.write_text("waveplan_actuals: 1\n", encoding="utf-8")
    shown = waveplan("status", "plan.yaml", "small.yaml", "--actuals", "actuals.yaml", *DAY, "--lang", "fr")
    assert "bascule non consignée" in shown.out


def test_bad_days_and_two_standard_inputs_are_usage_errors(waveplan: Waveplan, actuals: Path) -> None:
    actuals.write_text("waveplan_actuals: 1\n", encoding="utf-8")
    for command in ("check", "status"):
        bad = waveplan(command, "plan.yaml", "small.yaml", "--actuals", "actuals.yaml", "--as-of", "tomorrow")
        assert (bad.code, bad.out) == (2, "")
        assert "--as-of: tomorrow is not a day" in bad.err
        assert waveplan(command, "-", "small.yaml", "--actuals", "-").code == 2


def test_without_as_of_it_is_today(waveplan: Waveplan, actuals: Path) -> None:
    """The small programme begins in 2026; a far future is refused on any day until then."""
    done = waveplan("record", "actuals.yaml", "effort", "ops", "2999-W08", "1")
    assert done.code == 1
    assert "WP402" in done.err


def test_actuals_alone_have_their_schema(waveplan: Waveplan) -> None:
    schema = json.loads(waveplan("schema", "actuals").out)
    assert schema["title"] == "waveplan actuals, format version 1"
    assert schema["properties"]["gates"]["description"] == "Decisions at gates, oldest first."
