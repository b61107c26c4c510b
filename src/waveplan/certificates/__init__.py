"""Certificates of bounds, and the small verifier that believes none of them.

A claim says that no plan is below a bound in one goal, while the goals before it keep what they reached. Its proof is
data: prices, cuts, trees, paths. The verifier works out from the problem's integers what that data proves. It shares
nothing with the code that finds plans, bounds or proofs, and searches for nothing; only a *recount* goes through all
that could be, for small problems, by a method of its own.
"""

from __future__ import annotations

from waveplan.certificates.reading import CertificateError, Mapped
from waveplan.certificates.verifying import BoundClaim, verify

__all__ = ["BoundClaim", "CertificateError", "Mapped", "verify"]
