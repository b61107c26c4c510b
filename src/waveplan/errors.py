"""The few exceptions that waveplan raises on purpose."""

from __future__ import annotations


class WaveplanError(Exception):
    """Base of every error that waveplan raises on purpose.

    Its text is a sentence whose `{placeholders}` stand for `values`, so that whoever shows it can say it in the
    reader's language; a sentence without values is ready to show. `advice` is a sentence that follows it. `str()` is
    English.
    """

    def __init__(self, sentence: str, *, advice: WaveplanError | None = None, **values: object) -> None:
        shown = {name: ", ".join(map(str, each)) if isinstance(each, list) else each for name, each in values.items()}
        text = sentence.format(**shown) if values else sentence
        super().__init__(text if advice is None else f"{text} {advice}")
        self.sentence = sentence
        self.values = values
        self.advice = advice


class UsageError(WaveplanError):
    """The command was called in a way that cannot work (exit code 2)."""


class UnreadableInputError(WaveplanError):
    """A file or folder that cannot be read at all (exit code 2)."""


class InternalError(WaveplanError):
    """waveplan contradicted itself: a plan of its own that its check refuses (exit code 70)."""
