"""Any sequence of records leaves a file that can be read, with every earlier entry and every remark in it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st
from support.programmes import INVENTORY, PLAN, W1, W2, W3

from waveplan.domain.actuals import Actuals, Record, Section
from waveplan.export.actuals_yaml import record_words
from waveplan.usecases.record import actuals_of, recorded

AS_OF = dt.date(2026, 6, 1)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
WORDS = WORDS.map(lambda word: normalize("NFC", word))  # as they are read, whichever way their accents are written
DAYS = st.dates(dt.date(2026, 1, 5), AS_OF)
WAVES = st.sampled_from([W1, W2, W3])
STARTS = [
    "",
    "# only a remark",
    "waveplan_actuals: 1",
    "# head\nwaveplan_actuals: 1   # version\ngates:   # oldest first\n\n# tail\n",
    "waveplan_actuals: 1\ncutovers:\n- wave: w   # first\n  date: 2026-01-05\n  result: done\n# between\n\ngates: []\n",
    "---\nmilestones: ~ # none\neffort: [ # w\n {team: a, week: 2026-W08, person_days: 1}, # x\n]\n...",
    "incidents: # crlf\r\n  - {id: a, wave: w, date: 2026-01-05, severity: minor,\r\n     summary: x}\r\n",
    "acceptances:\n   - milestone: m\n     date: 2026-01-05\n     result: signed\n     by: |\n       x\n\n    # y\n",
    '{"waveplan_actuals": 1, "gates": []}',
]


def _record(section: Section, fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[tuple[Section, Record]]:
    model = Actuals.model_fields[section].annotation.__args__[0]  # type: ignore[union-attr]
    return st.fixed_dictionaries(fields).map(lambda values: (section, model.model_validate(values)))


OPTIONAL = st.none() | WORDS
ITEMS = st.dictionaries(WORDS, st.lists(WORDS, min_size=1, max_size=3), max_size=3)
RECORDS = st.one_of(
    _record(
        "gates",
        {
            "wave": WAVES,
            "gate": WORDS,
            "date": DAYS,
            "decision": st.sampled_from(["go", "no_go", "conditional"]),
            "conditions": st.lists(WORDS, max_size=2),
            "reason": OPTIONAL,
        },
    ),
    _record(
        "cutovers",
        {
            "wave": WAVES,
            "date": DAYS,
            "result": st.sampled_from(["done", "rolled_back"]),
            "items": ITEMS,
            "by": OPTIONAL,
        },
    ),
    _record(
        "incidents",
        {
            "id": st.from_regex(r"i-\d{1,3}", fullmatch=True),
            "wave": WAVES,
            "date": DAYS,
            "severity": st.just("minor"),
            "summary": WORDS,
        },
    ),
    _record("acceptances", {"milestone": WORDS, "date": DAYS, "result": st.just("signed"), "by": OPTIONAL}),
    _record("milestones", {"id": WORDS, "expected": DAYS, "reason": OPTIONAL}),
    _record("effort", {"team": WORDS, "week": st.just("2026-W08"), "person_days": st.decimals(0, 99, places=2)}),
)


@given(st.sampled_from(STARTS), st.lists(RECORDS, min_size=1, max_size=6))
def test_nothing_is_ever_lost(start: str, entries: list[tuple[Section, Record]]) -> None:
    text = start
    kept = _lists(start)
    for section, record in entries:
        done = recorded(text, "actuals.yaml", section, record, plan=PLAN, inventory=INVENTORY, as_of=AS_OF)
        assert _is_longer(text.replace("~ # none", " # none"), done.text)
        text = done.text
        kept.setdefault(section, []).append(record_words(record))
        assert _lists(text) == kept
    for remark in (line[line.index("#") :] for line in start.splitlines() if "#" in line):
        assert remark in text
    loaded = actuals_of(text, "actuals.yaml")
    assert loaded.actuals is not None, loaded.findings


def _is_longer(before: str, after: str) -> bool:
    """Whether the characters of one text are all in another, in their order."""
    left = iter(after)
    return all(character in left for character in before)


def _lists(text: str) -> dict[str, list[Any]]:
    root = actuals_of(text, "actuals.yaml").sources.root
    return {key: list(value) for key, value in (root or {}).items() if isinstance(value, list) and value}  # type: ignore[union-attr]
