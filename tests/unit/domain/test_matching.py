"""Selectors asked by an index give the same answers as asking every subject."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from waveplan.domain.matching import Matching
from waveplan.domain.selectors import Selector

WORDS = "xyz"


class Thing:
    """A subject with fixed words."""

    def __init__(self, words):
        self._words = words

    def values(self, attribute):
        return frozenset(self._words.get(attribute, ()))


things = st.lists(st.dictionaries(st.sampled_from("abc"), st.sets(st.sampled_from(WORDS))).map(Thing), max_size=8)
selectors = st.recursive(
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(WORDS) | st.lists(st.sampled_from(WORDS)), max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(st.dictionaries(st.sampled_from("abc"), st.sampled_from(WORDS), max_size=2), inner, inner).map(
            lambda parts: {**parts[0], "any": [parts[1]], "not": parts[2]}
        )
    ),
    max_leaves=8,
).map(Selector.parse)


@given(things, selectors)
def test_the_index_gives_the_same_answers(subjects, selector):
    matching = Matching(subjects)
    expected = [subject for subject in subjects if selector.matches(subject)]
    assert matching.select(selector) == expected
    assert matching.any(selector) is bool(expected)


@given(things, selectors)
def test_a_condition_that_nothing_meets_is_named_only_if_so(subjects, selector):
    missing = Matching(subjects).missing(selector)
    if missing is not None:
        attribute, wanted = missing
        assert not any(set(wanted) & subject.values(attribute) for subject in subjects)
