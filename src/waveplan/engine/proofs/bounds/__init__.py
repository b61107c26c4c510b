"""Proven bounds beside CP-SAT's own, one module for each way to prove one."""

from waveplan.engine.proofs.bounds.waves import finish_bound, wave_bounds, waves_by_size, waves_by_sum

__all__ = ["finish_bound", "wave_bounds", "waves_by_size", "waves_by_sum"]
