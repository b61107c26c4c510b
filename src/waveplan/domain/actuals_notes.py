"""What the keys of the actuals mean, in one line each: what an editor shows beside them."""

from __future__ import annotations

_WAVE = "Id of the wave in the plan of that day, such as 2026-03-14-weekend."

ACTUALS_NOTES: dict[str, dict[str, str]] = {
    "Actuals": {
        "waveplan_actuals": "Version of the format: 1.",
        "gates": "Decisions at gates, oldest first.",
        "cutovers": "How cutovers ended, oldest first.",
        "incidents": "Incidents in hypercare.",
        "acceptances": "Records that were signed or not: stages of knowledge transfers, pilots' exit gates, purges.",
        "milestones": "Milestones that were reached, or are now expected on another day.",
        "effort": "Person-days that were spent.",
        "adoption": "What people were told, taught and asked, oldest first.",
        "tasks": "What became of tasks of nights and rehearsals, in any order.",
    },
    "GateRecord": {
        "wave": _WAVE,
        "gate": "Id of the gate, such as go-no-go.",
        "date": "Day of the decision.",
        "decision": "conditional: go, once the conditions are met.",
        "lots": "Only these lots of the wave; default: the whole wave.",
        "items": "Those lots with their items on that day, as `waveplan record` writes them.",
        "conditions": "What must still be done, for conditional.",
        "by": "Who decided.",
        "reason": "Why; needed for no_go.",
    },
    "CutoverRecord": {
        "wave": _WAVE,
        "date": "Day on which the cutover began.",
        "result": "partial: some of it was rolled back.",
        "rolled_back": "Lots or items, for partial; what is not named is done.",
        "items": "Lots of the wave with their items on that day, as `waveplan record` writes them.",
        "by": "Who says so.",
        "reason": "Why it was rolled back.",
    },
    "IncidentRecord": {
        "id": "A later entry of the same id restates the incident.",
        "wave": _WAVE,
        "date": "Day on which it began.",
        "item": "The item that it hit.",
        "resolved": "Day on which it was resolved.",
    },
    "AcceptanceRecord": {
        "milestone": "Id of the milestone in the plan, such as accept kt-desk shadowing.",
        "date": "Day of the record.",
        "by": "Who signed, or did not.",
        "reason": "Why not; needed unless it was signed.",
    },
    "MilestoneRecord": {
        "id": "Of an external milestone of the inventory, or of any milestone of the plan.",
        "reached": "Day on which it was reached.",
        "said": "When that was said: views of earlier days pass it over.",
        "expected": "Day on which it is now expected.",
        "reason": "Why it has moved.",
    },
    "TaskRecord": {
        "wave": _WAVE,
        "task": "Id of the task in the wave's runbook, such as W04/erp/copy, or its number.",
        "happened": "When, with its offset.",
        "state": "go_on, roll_back: decisions; waiting: as if nothing had been said.",
        "run": "Name of a rehearsal; left out for the real night.",
        "by": "Who says so.",
        "reason": "Why it failed, was left out, or was decided so.",
    },
    "AdoptionRecord": {
        "id": "Id of the entry of adoption in the inventory.",
        "wave": _WAVE,
        "date": "Day on which it was sent or held; of a survey, on which its result was known.",
        "result": "Of a survey: the share of good answers, such as 0.65.",
        "by": "Who says so.",
        "reason": "What there is to say of it.",
    },
    "EffortRecord": {
        "team": "Id of the team.",
        "week": "ISO week, such as 2026-W08.",
        "person_days": "In that week; a later entry replaces it.",
    },
}
