"""How tests of the review ask for findings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from waveplan.domain.findings import Finding
from waveplan.review import review


@pytest.fixture
def found(inventory_of) -> Callable[..., list[Finding]]:
    """Findings of one code in an inventory written as YAML; every text must fill without gaps."""

    def ask(code: str, text: str) -> list[Finding]:
        findings = review(inventory_of(text))
        for finding in findings:
            assert "{" not in finding.message, finding
            assert finding.advice
            assert "{{" not in finding.advice
            assert finding.path
        return [finding for finding in findings if finding.code == code]

    return ask
