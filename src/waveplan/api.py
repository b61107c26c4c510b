"""The use cases behind the command line, for programs: nothing here prints, exits or reads the clock.

What needs the solver imports it when it is called, so that a check never loads it; use cases whose modules take long
to import are imported when they are first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from waveplan.usecases.check import (
    Verdict,
    check,
    foreign,
    foreign_to,
    house_rules,
    judged,
    load_actuals,
    load_plan,
    said_by_house,
)
from waveplan.usecases.describe import diff, graph, impact, lots, schema
from waveplan.usecases.solve import diagnose, located, refuse_wrong, solve, solve_checked
from waveplan.usecases.validate import Validation, accepted, errors_of, load, still_wrong, validate, validated

if TYPE_CHECKING:
    from waveplan.assessment.briefing import briefing
    from waveplan.assessment.communication import communication
    from waveplan.assessment.communication_standing import communication_on
    from waveplan.assessment.compliance import compliance
    from waveplan.assessment.packages import lot_packages, wave_packages
    from waveplan.assessment.standing_waves import standing
    from waveplan.assessment.status import status
    from waveplan.lot_cuts import suggest_cuts
    from waveplan.usecases.certify import CertifiedOutcome, Verification, solve_certified, verified
    from waveplan.usecases.explain import explain, nearest_earlier
    from waveplan.usecases.flows import (
        AppliedReview,
        FlowProposals,
        applied_review,
        flow_review,
        flow_review_text,
        flow_rules,
        propose_flows,
    )
    from waveplan.usecases.gather import (
        gather,
        import_precedence,
        import_review,
        import_sources,
        listed_sources,
        renew_inventory,
        suggest_mapping,
    )
    from waveplan.usecases.part import kept_waves
    from waveplan.usecases.prove import doubted_proofs
    from waveplan.usecases.record import recorded, undone
    from waveplan.usecases.refresh import refreshed
    from waveplan.usecases.replan import replan
    from waveplan.usecases.runbooks import nights_foreseen, nights_judged, runbook_templates, runbooks
    from waveplan.usecases.scenarios import compare, load_scenarios, solve_scenarios
    from waveplan.workload import workload

_WHEN_ASKED_FOR = {
    "AppliedReview": "usecases.flows",
    "FlowProposals": "usecases.flows",
    "applied_review": "usecases.flows",
    "flow_review": "usecases.flows",
    "flow_review_text": "usecases.flows",
    "flow_rules": "usecases.flows",
    "propose_flows": "usecases.flows",
    "briefing": "assessment.briefing",
    "communication": "assessment.communication",
    "communication_on": "assessment.communication_standing",
    "compliance": "assessment.compliance",
    "lot_packages": "assessment.packages",
    "wave_packages": "assessment.packages",
    "standing": "assessment.standing_waves",
    "status": "assessment.status",
    "suggest_cuts": "lot_cuts",
    "workload": "workload",
    "compare": "usecases.scenarios",
    "CertifiedOutcome": "usecases.certify",
    "Verification": "usecases.certify",
    "solve_certified": "usecases.certify",
    "verified": "usecases.certify",
    "doubted_proofs": "usecases.prove",
    "explain": "usecases.explain",
    "gather": "usecases.gather",
    "import_sources": "usecases.gather",
    "import_precedence": "usecases.gather",
    "import_review": "usecases.gather",
    "listed_sources": "usecases.gather",
    "renew_inventory": "usecases.gather",
    "suggest_mapping": "usecases.gather",
    "kept_waves": "usecases.part",
    "load_scenarios": "usecases.scenarios",
    "nearest_earlier": "usecases.explain",
    "recorded": "usecases.record",
    "refreshed": "usecases.refresh",
    "replan": "usecases.replan",
    "nights_foreseen": "usecases.runbooks",
    "nights_judged": "usecases.runbooks",
    "runbook_templates": "usecases.runbooks",
    "runbooks": "usecases.runbooks",
    "solve_scenarios": "usecases.scenarios",
    "undone": "usecases.record",
}


def __getattr__(name: str) -> Any:
    """A use case of a module that is not imported yet."""
    if name not in _WHEN_ASKED_FOR:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"waveplan.{_WHEN_ASKED_FOR[name]}"), name)


__all__ = [
    "AppliedReview",
    "CertifiedOutcome",
    "FlowProposals",
    "Validation",
    "Verdict",
    "Verification",
    "accepted",
    "applied_review",
    "briefing",
    "check",
    "communication",
    "communication_on",
    "compare",
    "compliance",
    "diagnose",
    "diff",
    "doubted_proofs",
    "errors_of",
    "explain",
    "flow_review",
    "flow_review_text",
    "flow_rules",
    "foreign",
    "foreign_to",
    "gather",
    "graph",
    "house_rules",
    "impact",
    "import_precedence",
    "import_review",
    "import_sources",
    "judged",
    "kept_waves",
    "listed_sources",
    "load",
    "load_actuals",
    "load_plan",
    "load_scenarios",
    "located",
    "lot_packages",
    "lots",
    "nearest_earlier",
    "nights_foreseen",
    "nights_judged",
    "propose_flows",
    "recorded",
    "refreshed",
    "refuse_wrong",
    "renew_inventory",
    "replan",
    "runbook_templates",
    "runbooks",
    "said_by_house",
    "schema",
    "solve",
    "solve_certified",
    "solve_checked",
    "solve_scenarios",
    "standing",
    "status",
    "still_wrong",
    "suggest_cuts",
    "suggest_mapping",
    "undone",
    "validate",
    "validated",
    "verified",
    "wave_packages",
    "workload",
]
