"""Where work is done: in this process, in a pool of processes, or on a Dask cluster; results come in the order asked.

Everything goes through `concurrent.futures.Executor`. `opened` makes the one that was wished for, `in_order` hands it
batches of work and gives back what they come to, whoever did them and however many were lost on the way.
"""

from waveplan.executors.batches import BatchLostError, halt, in_order
from waveplan.executors.opening import Where, opened
from waveplan.executors.shards import Shard
from waveplan.executors.stopping import stop_here
from waveplan.executors.versions import versions_here

__all__ = ["BatchLostError", "Shard", "Where", "halt", "in_order", "opened", "stop_here", "versions_here"]
