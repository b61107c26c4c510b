"""Selectors: reading them, asking them, writing them back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from waveplan.domain.selectors import Selector, word_of, words_of


class Thing:
    """A subject with fixed words."""

    def __init__(self, **words):
        self._words = {name: frozenset(given) for name, given in words.items()}

    def values(self, attribute):
        return self._words.get(attribute, frozenset())


SALES = Thing(domain=["sales"], technology=["as400", "linux"], criticality=["high"])


@pytest.mark.parametrize(
    ("selector", "matches"),
    [
        ({}, True),
        ({"domain": "sales"}, True),
        ({"domain": "hr"}, False),
        ({"domain": ["hr", "sales"]}, True),
        ({"domain": []}, False),
        ({"technology": "linux", "domain": "sales"}, True),
        ({"technology": "linux", "domain": "hr"}, False),
        ({"family": "x"}, False),
        ([{"domain": "hr"}, {"technology": "as400"}], True),
        ([{"domain": "hr"}], False),
        ([], False),
        ({"any": [{"domain": "hr"}, {"domain": "sales"}], "criticality": "high"}, True),
        ({"any": [{"domain": "hr"}, {"domain": "sales"}], "criticality": "low"}, False),
        ({"any": {"domain": "sales"}}, True),
        ({"any": []}, False),
        ({"not": {"domain": "sales"}}, False),
        ({"not": {"domain": "hr"}}, True),
        ({"not": [{"domain": "hr"}, {"criticality": "high"}]}, False),
        ({"domain": "sales", "not": {"technology": "as400"}}, False),
        ({"not": {"not": {"domain": "sales"}}}, True),
        ({"not": {}}, False),
    ],
)
def test_what_a_selector_matches(selector, matches):
    assert Selector.parse(selector).matches(SALES) is matches


@pytest.mark.parametrize(
    "wrong", ["sales", 5, None, {"domain": None}, {"domain": {"x": 1}}, {"domain": [["x"]]}, ["sales"], {"any": ["x"]}]
)
def test_what_is_no_selector(wrong):
    with pytest.raises(PydanticCustomError):
        Selector.parse(wrong)


def test_selectors_do_not_nest_for_ever():
    deep: dict = {}
    for _ in range(100):
        deep = {"not": deep}
    with pytest.raises(PydanticCustomError, match="nest too deeply"):
        Selector.parse(deep)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (True, "true"), (False, "false"), (Decimal("4.50"), "4.5"), (Decimal("1E+2"), "100"), (7, "7"), ("no", "no"),
        (dt.date(2026, 3, 14), "2026-03-14"),
    ],
)  # fmt: skip
def test_words_of_values(value, word):
    assert word_of(value) == word
    assert words_of(value) == {word}
    assert words_of([value, "x"]) == {word, "x"}
    assert words_of(None) == frozenset()


def test_attributes_and_words_at_any_depth():
    selector = Selector.parse(
        {"app": ["b", "a"], "any": [{"site.type": "plant"}, {"app": "c"}], "not": {"cluster": "k"}}
    )
    assert selector.attributes() == {"app", "site.type", "cluster"}
    assert list(selector.words("app")) == ["a", "b", "c"]
    assert selector.names_servers
    assert not Selector.parse({"site.type": "plant", "app": "server"}).names_servers
    assert Selector.parse({"server.kind": "vm"}).names_servers


data = st.recursive(
    st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz") | st.lists(st.sampled_from("xyz")), max_size=2),
    lambda inner: (
        st.fixed_dictionaries({}, optional={"any": st.lists(inner, max_size=2), "not": inner})
        | st.lists(inner, max_size=2)
    ),
    max_leaves=6,
)
things = st.fixed_dictionaries({name: st.sets(st.sampled_from("xyz")) for name in "abc"}).map(lambda w: Thing(**w))


@given(data, things)
def test_a_selector_written_back_reads_the_same(given_data, thing):
    selector = Selector.parse(given_data)
    assert Selector.parse(selector.to_data()).matches(thing) is selector.matches(thing)
    assert Selector.parse({"not": given_data}).matches(thing) is not selector.matches(thing)
    assert Selector.parse([given_data, {"a": "nothing"}]).matches(thing) is selector.matches(thing)
