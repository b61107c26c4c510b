"""The few exceptions that waveplan raises on purpose."""

from __future__ import annotations


class WaveplanError(Exception):
    """Base of every error that waveplan raises on purpose; its text is ready to show."""


class UsageError(WaveplanError):
    """The command was called in a way that cannot work (exit code 2)."""


class UnreadableInputError(WaveplanError):
    """A file or folder that cannot be read at all (exit code 2)."""


class InternalError(WaveplanError):
    """waveplan contradicted itself: a plan of its own that its check refuses (exit code 70)."""
