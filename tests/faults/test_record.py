"""What `status` reads, `record` adds to: tabs, anchors and aliases stay, or it is said that they are in the way."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support.programmes import PLAN, W1

from waveplan.domain.actuals import GateRecord
from waveplan.errors import UsageError
from waveplan.loading.inserting import without_last
from waveplan.usecases.record import actuals_of, recorded

HERE = Path(__file__).parent / "record"
RECORD = GateRecord(wave=W1, gate="go-no-go", date=dt.date(2026, 2, 11), decision="go", by="Rene\u0301")
GATE = f"{{wave: {W1}, gate: go-no-go, date: 2026-02-10, decision: no_go}}"

REST = "gate: g\n      date: 2026-02-10\n      decision: go"


def add(text: str) -> str:
    return recorded(text, "a.yaml", "gates", RECORD, plan=PLAN, as_of=dt.date(2026, 6, 1)).text


TEXTS = [
    *(path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.yaml"))),
    f"waveplan_actuals: 1\ngates: &g\n  - &first {GATE}\n  - *first\n",
    f"waveplan_actuals: 1\ngates: &g\n- {GATE}\t# said\n",
    f"waveplan_actuals: 1\ngates: &g [{GATE}]\t# all\n",
    f"waveplan_actuals: 1\ngates:\n  -   &a\n      wave: {W1}\n      {REST}\n",
    f"waveplan_actuals: 1\ngates:\n  - # said\n      wave: &w {W1}\n      {REST}\n",
    f"waveplan_actuals: 1\ngates: [{GATE}]\ncutovers: [{{wave: &a {W1}, date: 2026-02-14, result: done, by: &a b}}]\n",
    f'{{"waveplan_actuals":\t1,\t"gates":\t[{GATE}]}}\n',
    "waveplan_actuals: 1\ngates:\t# none yet\n",
    "waveplan_actuals: 1\t# version\n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_is_read_takes_an_entry(text: str) -> None:
    before = actuals_of(text, "a.yaml").actuals
    assert before is not None
    longer = add(text)
    after = actuals_of(longer, "a.yaml").actuals
    assert after is not None
    assert after.gates[:-1] == before.gates
    assert after.gates[-1].by == "René"
    assert after.model_copy(update={"gates": []}) == before.model_copy(update={"gates": []})
    kept = longer.splitlines()
    assert [line for line in text.splitlines() if "[" not in line and line not in kept] == []


@pytest.mark.parametrize(
    "text",
    [
        f"waveplan_actuals: 1\nincidents: &none []\ngates: *none\n# {GATE}\n",
        "waveplan_actuals: 1\ngates: &none ~\n",
        "waveplan_actuals: 1\ngates: &none []\nincidents: *none\n",
    ],
)
def test_where_an_entry_would_change_more_it_is_refused(text: str) -> None:
    assert actuals_of(text, "a.yaml").actuals is not None
    with pytest.raises(UsageError, match="write it by hand"):
        add(text)


@pytest.mark.parametrize("text", [text for text in TEXTS if "gates" in text and "none yet" not in text])
def test_the_last_entry_is_taken_back_as_it_was_put(text: str) -> None:
    taken = without_last(add(text), "gates")
    before, after = actuals_of(text, "a.yaml").actuals, actuals_of(taken, "a.yaml").actuals
    assert after == before
