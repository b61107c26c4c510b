"""One neutral view of a plan beside its inventory, worked out once, from which every export is written."""

from waveplan.export.programme.building import programme_view
from waveplan.export.programme.narrowing import narrowed
from waveplan.export.programme.view import ProgrammeView
from waveplan.export.programme.words import Words

__all__ = ["ProgrammeView", "Words", "narrowed", "programme_view"]
