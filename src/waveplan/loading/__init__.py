"""Files → domain: inventories, plans, scenarios and actuals, every finding with its place."""

from waveplan.loading.actuals_loader import LoadedActuals, actuals_of, load_actuals
from waveplan.loading.files import DEFAULT_MAX_BYTES
from waveplan.loading.inventory_loader import LoadedInventory, load_inventory
from waveplan.loading.plan_loader import LoadedPlan, load_plan, plan_of
from waveplan.loading.scenario_loader import LoadedScenario, LoadedScenarios, load_scenarios
from waveplan.loading.source_map import SourceMap

__all__ = [
    "DEFAULT_MAX_BYTES",
    "LoadedActuals",
    "LoadedInventory",
    "LoadedPlan",
    "LoadedScenario",
    "LoadedScenarios",
    "SourceMap",
    "actuals_of",
    "load_actuals",
    "load_inventory",
    "load_plan",
    "load_scenarios",
    "plan_of",
]
