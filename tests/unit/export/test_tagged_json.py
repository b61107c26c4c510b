"""What is written into shares is read back as it was, and nothing else can be made of them."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.mutations import EXAMPLES

from waveplan.domain import findings
from waveplan.domain.commitments import Tranche
from waveplan.domain.findings import Finding, Location, Phrase
from waveplan.domain.selectors import Selector
from waveplan.executors import Shard
from waveplan.export.tagged_json import NotTaggedError, as_text, read, records_of, written
from waveplan.usecases.shares import ShareFile, share_of, share_text
from waveplan.usecases.validate import load

RECORDS = records_of([findings])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.fractions(),
    st.dates(),
    st.datetimes(timezones=st.none() | st.just(ZoneInfo("Europe/Paris"))),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3),
        st.frozensets(st.text(max_size=3), max_size=3),
        st.builds(Phrase, st.text(), st.dictionaries(st.text(max_size=3), inner, max_size=2)),
    ),
    max_leaves=8,
)


@given(VALUES)
def test_a_value_comes_back(value: object) -> None:
    text = as_text(written(value, RECORDS))
    again = read(json.loads(text), RECORDS)
    assert again == value
    assert type(again) is type(value)


def test_a_moment_keeps_its_zone_on_both_sides_of_a_change_of_clocks() -> None:
    zone = ZoneInfo("Europe/Paris")
    for fold in (0, 1):
        moment = dt.datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=fold)
        again = read(written(moment, RECORDS), RECORDS)
        assert (again.isoformat(), again.tzinfo) == (moment.isoformat(), zone)


def test_a_finding_comes_back_with_all_that_it_holds() -> None:
    finding = Finding(
        "WP305",
        "{wave} is in {reason}",
        {"wave": "W01", "reason": Phrase("the freeze {name}", {"name": "closing"}), "hours": Decimal("1.50")},
        subjects=("a", "b"),
        path=("waves", 3),
        location=Location("plan.yaml", 3, 5),
        about=(("waves", 1),),
        hint_values={"share": Fraction(1, 3)},
    )
    assert read(json.loads(as_text(written(finding, RECORDS))), RECORDS) == finding


@pytest.mark.parametrize(
    "value",
    [
        {"a": 1},
        {"$": "Path", "of": {}},
        {"$": "Finding", "of": {"surprise": 1}},
        {"$": "Finding", "of": []},
        {"$": "decimal", "of": "one"},
        {"$": "moment", "of": {"at": "2026-01-01T00:00:00+00:00", "zone": "Nowhere/Else"}},
        {"$": "map", "of": [[1]]},
        {"$": ["decimal"], "of": "1"},
        {"$": "day", "of": None},
    ],
)
def test_what_was_not_written_so_is_refused(value: object) -> None:
    with pytest.raises(NotTaggedError):
        read(value, RECORDS)


def test_what_has_no_form_is_refused() -> None:
    with pytest.raises(NotTaggedError, match="object"):
        written(object(), RECORDS)


@pytest.mark.parametrize("name", ["first-steps", "outsourcing-transition", "support-outsourcing"])
def test_an_inventory_comes_back_as_it_was_validated(name: str) -> None:
    inventory = load(str(EXAMPLES / name)).inventory
    assert inventory is not None
    share = ShareFile("simulation", {"inventory": inventory}, Shard(1, 1), ())

    back = share_of("share", share_text(share)).of["inventory"]

    assert back == inventory
    assert back.model_fields_set == inventory.model_fields_set
    assert back.model_dump_json() == inventory.model_dump_json()


def test_a_model_has_its_own_fields_only() -> None:
    known = {"Tranche": Tranche}
    held = written(Tranche.model_validate({"id": "t", "match": {"app": "a"}}), {**known, "Selector": Selector})
    held["of"]["sly"] = 1
    with pytest.raises(NotTaggedError):
        read(held, {**known, "Selector": Selector})
