"""Criticality by ordinals: a lot weighs its points over the number of its wave, which room and orders keep low."""

from __future__ import annotations

from fractions import Fraction

from waveplan.certificates.chains import most_waves
from waveplan.certificates.loads import loads_of
from waveplan.certificates.reading import CertificateError
from waveplan.certificates.supposing import Supposed
from waveplan.certificates.windows import WaveBoard


def verify_ordinals(supposed: Supposed, bound: Fraction) -> None:
    """Raise CertificateError unless the last waves that lots may be in prove the bound."""
    proven = risk_proven(supposed)
    if proven < bound:
        raise CertificateError(f"the last waves of lots prove {proven}, not {bound}")


def risk_proven(supposed: Supposed) -> Fraction:
    """Each lot's points over the number of the last wave that it may be in.

    Raises CertificateError where lots do not fit into all waves that there can be.
    """
    problem, total = supposed.problem, Fraction(0)
    for stream in sorted(set(problem.lot_stream)):
        loads, waves = loads_of(supposed, stream), most_waves(supposed, stream)
        if supposed.waves is not None:
            waves = min(waves, supposed.waves)
        board = WaveBoard(loads, loads.sums, waves)
        windows = board.start()
        if not problem.streams[stream].done and board.refutes(windows):
            raise CertificateError("lots do not fit into all waves that there can be")
        ends = zip(loads.lots, windows.last, strict=True)
        total += sum((Fraction(problem.points[lot], last) for lot, last in ends if problem.points[lot]), Fraction(0))
    return total
