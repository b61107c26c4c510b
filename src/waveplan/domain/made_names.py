"""Names of what is waveplan's own, as sentences to translate: kinds of milestone, ids that it makes, goals."""

from __future__ import annotations

from typing import Literal


def marked(message: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is used."""
    return message


MILESTONE_NAMES = {
    "retire": marked("retired"),
    "site_exit": marked("site empty"),
    "contract_notice": marked("contract notice"),
    "contract_end": marked("end of contract"),
    "purge_order": marked("purge order"),
    "acknowledgement": marked("acknowledgement"),
    "knowledge_stage": marked("knowledge transfer"),
    "acceptance": marked("acceptance record"),
    "pilot_exit": marked("pilot's exit gate"),
    "tranche_end": marked("end of tranche"),
    "external": marked("promised by others"),
}
MADE_IDS = {  # by the first word of the id
    "accept": marked("accept {of}"),
    "acknowledge": marked("acknowledge {of}"),
    "end": marked("end {of}"),
    "exit": marked("exit {of}"),
    "finish": marked("finish {of}"),
    "notice": marked("notice {of}"),
    "pass": marked("pass {of}"),
    "purge": marked("purge {of}"),
    "retire": marked("retire {of}"),
}
GOAL_NAMES = {
    "finish": marked("finish"),
    "waves": marked("number of waves"),
    "coexistence": marked("coexistence"),
    "peak_load": marked("peak load"),
    "criticality_risk": marked("criticality risk"),
    "moved_lots": marked("moved lots"),
}
STATUS_NAMES = {
    "optimal": marked("proven optimal"),
    "feasible": marked("feasible, not proven"),
    "unknown": marked("unknown"),
}
MEANS_NAMES = {  # by which a bound is certified
    "certificate": marked("certificate"),
    "recount": marked("recount"),
    "no_presolve": marked("second proof"),
    "lrat": marked("clauses"),
    "lrat_assumed": marked("clauses, sums apart"),
}
NoCertificate = Literal["no_kind", "late", "many_lots", "many_steps", "less"]
NO_CERTIFICATE: dict[NoCertificate, str] = {  # why no certificate proves all of a bound
    "no_kind": marked("no kind of certificate is about this goal"),
    "late": marked("time was over before a certificate was found"),
    "many_lots": marked("rows prove less, and there are too many lots for a recount"),
    "many_steps": marked("rows prove less, and a recount takes too many steps"),
    "less": marked("the certificates that were found prove less"),
}
NoSecondProof = Literal["no_optimum", "late", "large", "not_again"]
NO_SECOND_PROOF: dict[NoSecondProof, str] = {  # why CP-SAT did not prove it once more
    "no_optimum": marked("only optima are proven a second time"),
    "late": marked("time was over before a second proof"),
    "large": marked("the model is too large for a second proof"),
    "not_again": marked("the second proof did not end in its time"),
}
