"""Runbooks: the tasks of a wave from templates, and the night in which they are done."""

from waveplan.runbooks.ground import SharedGround
from waveplan.runbooks.making import of_lot, runbook_of
from waveplan.runbooks.scheduling import scheduled
from waveplan.runbooks.tasks import tasks_of

__all__ = ["SharedGround", "of_lot", "runbook_of", "scheduled", "tasks_of"]
