"""Files of actuals: read with a place for everything that is wrong, and entries put into them as text."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from waveplan.domain.actuals import EffortRecord
from waveplan.domain.json_schema import json_schema
from waveplan.errors import UnreadableInputError
from waveplan.export.actuals_yaml import record_text
from waveplan.loading import actuals_of, load_actuals
from waveplan.loading.inserting import inserted

WHOLE = """\
waveplan_actuals: 1
gates:          # decisions, oldest first
  - {wave: 2026-03-14-weekend, gate: go-no-go, date: 2026-03-11, decision: no_go, by: committee, reason: storage}
  - {wave: w, gate: g, date: 2026-03-11, decision: conditional, conditions: tested, lots: [a], items: {a: [b]}}
cutovers:
  - {wave: 2026-02-28-weekend, date: 2026-02-28, result: partial, rolled_back: [crm-19c2], reason: x, items: {l: i}}
incidents:
  - {id: i-1, wave: w, date: 2026-03-01, item: crm, severity: major, summary: slow, resolved: 2026-03-02}
acceptances:
  - {milestone: accept kt immersion, date: 2026-02-06, result: half_met, by: x, reason: y}
milestones:
  - {id: itsm-live, reached: 2026-04-20}
  - {id: itsm-live, expected: 2026-05-20, reason: }
effort:
  - {team: sysadmin, week: 2026-W08, person_days: 12.5}
"""


def test_a_whole_file_is_read_and_agrees_with_its_schema() -> None:
    loaded = actuals_of(WHOLE, "a.yaml")

    assert loaded.actuals is not None, loaded.findings
    assert loaded.actuals.gates[1].conditions == ["tested"]
    assert loaded.actuals.cutovers[0].items == {"l": ["i"]}
    seen = yaml.load(WHOLE, Loader=yaml.BaseLoader)
    seen["effort"][0]["person_days"] = 12.5
    schema = jsonschema.Draft202012Validator(json_schema("actuals"))
    seen["milestones"][1]["reason"] = None
    assert list(schema.iter_errors(seen)) == []
    assert list(schema.iter_errors({**seen, "gates": [{"wave": "w"}]})) != []


def test_everything_wrong_is_said_at_once_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        WHOLE.replace("no_go", "nogo")
        .replace("date: 2026-02-28,", "date: 2026-02-30,")
        .replace("team: sysadmin, ", "")
        .replace("2026-W08", "2026-W58")
        .replace("reached: 2026-04-20", "reached: 2026-04-20, expected: 2026-04-21")
        .replace("severity:", "severty:"),
        encoding="utf-8",
    )

    found = load_actuals(str(file)).findings

    assert [(each.location.line, each.code) for each in found if each.location] == [
        (3, "WP104"),
        (6, "WP108"),
        (8, "WP105"),
        (8, "WP103"),
        (12, "WP104"),
        (15, "WP105"),
        (15, "WP104"),
    ]
    assert {each.document for each in found} == {"actuals"}


def test_other_files_and_no_files_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("waveplan_plan: 1\n", encoding="utf-8")
    assert [finding.code for finding in load_actuals(str(file)).findings] == ["WP125"]
    file.write_text("# nothing\n", encoding="utf-8")
    assert [finding.code for finding in load_actuals(str(file)).findings] == ["WP105"]
    with pytest.raises(UnreadableInputError):
        load_actuals(str(tmp_path / "none.yaml"))


ENTRY = EffortRecord.model_validate({"team": "ops", "week": "2026-W09", "person_days": 3})
LINE = "{team: ops, week: 2026-W09, person_days: 3}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"waveplan_actuals: 1\neffort:\n  - {LINE}\n"),
        ("# ours", f"# ours\nwaveplan_actuals: 1\neffort:\n  - {LINE}\n"),
        ("waveplan_actuals: 1", f"waveplan_actuals: 1\neffort:\n  - {LINE}\n"),
        (
            "effort:   # a\n- {team: a, week: 2026-W08, person_days: 1}   # b\n# c\ngates: []  # d\n",
            f"effort:   # a\n- {{team: a, week: 2026-W08, person_days: 1}}   # b\n- {LINE}\n# c\ngates: []  # d\n",
        ),
        (
            "effort:\n    - team: a\n      week: 2026-W08\n      person_days: 1 # x\n\n\ngates:\n",
            f"effort:\n    - team: a\n      week: 2026-W08\n      person_days: 1 # x\n    - {LINE}\n\n\ngates:\n",
        ),
        ("effort: # none yet\ngates:\n", f"effort: # none yet\n  - {LINE}\ngates:\n"),
        ("effort: [] # none\n", f"effort: [{LINE}] # none\n"),
        ("effort: ~ # none\n", f"effort: [{LINE}] # none\n"),
        (
            "effort: [\n  {team: a, week: 2026-W08, person_days: 1}, # x\n]\n",
            f"effort: [\n  {{team: a, week: 2026-W08, person_days: 1}}, {LINE}, # x\n]\n",
        ),
        ("gates: []\n# the end\n", f"gates: []\n# the end\neffort:\n  - {LINE}\n"),
        ("---\ngates: []\n...\n", f"---\ngates: []\neffort:\n  - {LINE}\n...\n"),
        ("gates: []\r\neffort:\r\n", f"gates: []\r\neffort:\r\n  - {LINE}\r\n"),
        (
            '{"waveplan_actuals": 1}',
            '{"waveplan_actuals": 1, "effort": [{"team": "ops", "week": "2026-W09", "person_days": 3}]}',
        ),
        ('{"effort": []}', '{"effort": [{"team": "ops", "week": "2026-W09", "person_days": 3}]}'),
        (
            "gates:\n  - wave: w\n    reason: |\n      two\n      lines\neffort:\n",
            f"gates:\n  - wave: w\n    reason: |\n      two\n      lines\neffort:\n  - {LINE}\n",
        ),
    ],
)
def test_an_entry_goes_where_its_list_ends_and_nothing_else_moves(before: str, after: str) -> None:
    def text(indent: str, all_quoted: bool) -> str:
        return record_text(ENTRY, indent, all_quoted)

    assert inserted(before, "effort", text, "waveplan_actuals: 1") == after
    assert yaml.safe_load(after)["effort"][-1]["team"] == "ops"


def test_below_a_text_of_several_lines() -> None:
    before = "effort:\n  - team: |\n      two\n      lines\n\n# a remark\ngates:\n"
    after = inserted(before, "effort", lambda *_: LINE, "")
    assert yaml.safe_load(after) == {"effort": [{"team": "two\nlines\n"}, yaml.safe_load(LINE)], "gates": None}
    assert "# a remark\ngates:\n" in after
