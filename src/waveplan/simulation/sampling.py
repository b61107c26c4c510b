"""Samples: evenly spread numbers for the chances that matter most, scrambled anew for each repeat."""

from __future__ import annotations

import hashlib
import warnings
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Sampling = Literal["sobol", "latin", "plain"]
MOST_DRAWS = 512  # columns of a sample; what is drawn beyond comes from a hash
_BITS = 32
_SMALL = 2**18  # numbers of a sample that is kept: 2 MB


def seed_of(*parts: object) -> int:
    """A seed of 63 bits that depends on all of some parts, whatever the machine."""
    text = "/".join(map(str, parts)).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big") >> 1


def sample(kind: Sampling, runs: int, columns: int, seed: int, repeat: int) -> tuple[Ints, Ints]:
    """Numbers of 32 bits, one row a run, and a key for each run; the same for the same seed and repeat.

    Whoever is given them only reads them: what is compared is played on the same numbers many times, which are kept.
    """
    return (_kept if runs * columns <= _SMALL else _drawn)(kind, runs, columns, seed, repeat)


def _drawn(kind: Sampling, runs: int, columns: int, seed: int, repeat: int) -> tuple[Ints, Ints]:
    mixed = seed_of(seed, repeat, kind)
    keys = np.random.default_rng(seed_of(seed, repeat, "keys")).integers(0, 2**62, runs, dtype=np.int64)
    return _whole(_points(kind, runs, max(1, columns), mixed)), keys


_kept = lru_cache(maxsize=16)(_drawn)  # a sample has 16 repeats


def _points(kind: Sampling, runs: int, columns: int, seed: int) -> NDArray[np.float64]:
    generator = np.random.default_rng(seed)
    if kind == "plain":
        return generator.random((runs, columns))
    from scipy.stats import qmc

    if kind == "latin":
        return np.asarray(qmc.LatinHypercube(columns, rng=generator).random(runs))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # numbers of runs that are no powers of two are good enough
        return np.asarray(qmc.Sobol(columns, rng=generator, bits=_BITS).random(runs))


def _whole(points: NDArray[np.float64]) -> Ints:
    whole: Ints = np.minimum((points * 2.0**_BITS).astype(np.int64), 2**_BITS - 1)
    return whole
