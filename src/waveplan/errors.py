"""The few exceptions that waveplan raises on purpose."""

from __future__ import annotations


class WaveplanError(Exception):
    """Base of every error that waveplan raises on purpose.

    Its text is a sentence whose `{placeholders}` stand for `values`, so that whoever shows it can say it in the
    reader's language; a sentence without values is ready to show. `str()` is English.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence.format(**values) if values else sentence)
        self.sentence = sentence
        self.values = values


class UsageError(WaveplanError):
    """The command was called in a way that cannot work (exit code 2)."""


class UnreadableInputError(WaveplanError):
    """A file or folder that cannot be read at all (exit code 2)."""


class InternalError(WaveplanError):
    """waveplan contradicted itself: a plan of its own that its check refuses (exit code 70)."""
