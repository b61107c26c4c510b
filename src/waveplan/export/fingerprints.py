"""What machine formats of findings share: fingerprints that outlive added lines, and one text a finding."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from waveplan.domain.findings import Finding


def with_fingerprints(findings: Iterable[Finding]) -> Sequence[tuple[Finding, str]]:
    """Findings in order of their places, each with a fingerprint of its own.

    It is made from file, code, subjects and message, not from line, column or path; findings that agree in all of
    these are told apart by counting them.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for finding in sorted(findings, key=lambda each: each.sort_key):
        file = finding.location.file if finding.location else finding.document
        key = (file, finding.code, *finding.subjects, finding.message)
        seen[key] += 1
        text = "\0".join([*key, str(seen[key])])
        found.append((finding, hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()))
    return found


def whole_text(finding: Finding) -> str:
    """Message and hint in one line."""
    return f"{finding.message.rstrip('.')}. {finding.advice}" if finding.advice else finding.message
