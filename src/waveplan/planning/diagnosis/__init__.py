"""When no plan is possible: which facts clash, what would have to give, and what can be planned all the same."""

from waveplan.planning.diagnosis.diagnosing import diagnose
from waveplan.planning.diagnosis.leaving_out import Parting, most_planned
from waveplan.planning.diagnosis.trials import Judges

__all__ = ["Judges", "Parting", "diagnose", "most_planned"]
