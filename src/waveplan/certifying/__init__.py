"""Proofs written down: certificates of bounds, made by looking for what the verifier of `certificates` asks for.

It does not matter who found a bound, or how: a claim is made from the bound and the problem alone. What it holds has
passed the verifier; where nothing passes, there is no claim.
"""

from __future__ import annotations

from waveplan.certifying.claims import CERTIFIABLE, claim_for, claim_of_none

__all__ = ["CERTIFIABLE", "claim_for", "claim_of_none"]
