"""A share of the work, for jobs that know nothing of each other: `--shard 2/5` is the second of five."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from waveplan.errors import UsageError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shard:
    """The `number`-th of `of` shares; both count from 1."""

    number: int
    of: int

    @classmethod
    def read(cls, words: str) -> Shard:
        """`2/5`. Raises UsageError for anything else."""
        number, slash, of = words.partition("/")
        if slash and number.isascii() and number.isdecimal() and of.isascii() and of.isdecimal():
            shard = cls(int(number), int(of))
            if 1 <= shard.number <= shard.of <= 10_000:
                return shard
        raise UsageError(
            "--shard takes the share and how many there are, such as 2/5, and not {words}", words=repr(words)
        )

    def share(self, tasks: Iterable[T]) -> list[T]:
        """Every `of`-th task, from the `number`-th on: long ones that stand together are spread."""
        return list(islice(tasks, self.number - 1, None, self.of))
