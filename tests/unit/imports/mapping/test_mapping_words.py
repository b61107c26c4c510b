"""The tables of words and headers are data: what they name exists, and no word is claimed twice."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from typing import get_args

import pytest
import yaml

from waveplan.domain.parts import Criticality, Environment
from waveplan.domain.work import Strategy
from waveplan.imports.mapping.fields import field_type
from waveplan.imports.mapping.synonyms import SURE, likenesses
from waveplan.imports.mapping.uses import KEY_TYPES
from waveplan.imports.values import choices, folded

WORDS = yaml.safe_load(files("waveplan.imports.values").joinpath("words.yaml").read_text(encoding="utf-8"))
HEADERS = yaml.safe_load(files("waveplan.imports.mapping").joinpath("synonyms.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vocabulary", WORDS)
def test_no_word_means_two_things(vocabulary: str) -> None:
    claimed = Counter(
        each
        for word, written in WORDS[vocabulary].items()
        for each in {folded(str(other)) for other in (word, *written)}
    )
    assert [word for word, number in claimed.items() if number > 1] == []


def test_vocabularies_have_the_words_of_the_format() -> None:
    for vocabulary, kind in (("environment", Environment), ("criticality", Criticality), ("strategy", Strategy)):
        assert set(choices(vocabulary)) == set(get_args(kind))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", HEADERS)
def test_headers_are_of_fields_and_keys_that_exist(kind: str) -> None:
    assert [path for path in HEADERS[kind].get("fields", {}) if field_type(kind, path) is None] == []  # type: ignore[arg-type]
    assert set(HEADERS[kind].get("keys", {})) <= set(KEY_TYPES)


@pytest.mark.parametrize("kind", HEADERS)
def test_every_header_is_found_as_what_it_is(kind: str) -> None:
    for path, words in HEADERS[kind].get("fields", {}).items():
        for word in words:
            found = likenesses(str(word).upper(), kind)  # type: ignore[arg-type]
            assert any(each.target.field == path and each.score == SURE for each in found), (path, word)
