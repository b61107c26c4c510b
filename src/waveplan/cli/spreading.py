"""Options that say where work is done, and which share of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from waveplan.cli.options import option
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.executors import Shard, Where

DaskOption = Annotated[
    str | None,
    option("Work on the cluster of this Dask scheduler: its address, or the file that it wrote.", "ADDRESS", "--dask"),
]
ProcessesOption = Annotated[
    int | None,
    option("Processes side by side.", "N", "--workers", show_default="all in this one", min=1, max=1024),
]
ThreadsOption = Annotated[
    int | None,
    option("Threads of each search.", "N", "--threads", min=1, max=1024, show_default="the usable cores, or one"),
]
ShardOption = Annotated[
    str | None,
    option("Only this share, 2/5 is the second of five; what comes of it is for `waveplan merge`.", "I/N", "--shard"),
]


@dataclass(frozen=True, slots=True)
class SpreadOptions:
    """Where work is done, and which share of it."""

    workers: ProcessesOption = None
    dask: DaskOption = None
    shard: ShardOption = None

    def where(self) -> Where:
        """Where. Raises UsageError for two places at once."""
        return where_of(self.workers, self.dask)

    def share(self) -> Shard | None:
        """The share, if one is asked for. Raises UsageError for what is none."""
        from waveplan.executors import Shard

        return None if self.shard is None else Shard.read(self.shard)

    @property
    def is_any(self) -> bool:
        """Whether anything of it is asked for."""
        return self.workers is not None or self.dask is not None or self.shard is not None


def where_of(workers: int | None, dask: str | None) -> Where:
    """Where work is done. Raises UsageError for two places at once."""
    from waveplan.executors import Where

    if workers is not None and dask is not None:
        raise UsageError("--workers are processes of this machine, and --dask has workers of its own: give one of them")
    return Where(workers, dask)
