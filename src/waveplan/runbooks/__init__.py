"""Runbooks: the tasks of a wave from templates, and the night in which they are done."""

from waveplan.runbooks.scheduling import scheduled
from waveplan.runbooks.tasks import tasks_of

__all__ = ["scheduled", "tasks_of"]
