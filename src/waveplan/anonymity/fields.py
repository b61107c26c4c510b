"""Which words identify somebody or something, and what they are called instead; what is named here stays."""

from __future__ import annotations

KEPT = frozenset({
    "Programme.timezone", "Programme.currency", "Site.type", "Site.country", "Site.subdivision", "Site.timezone",
    "Site.languages", "Blackout.country", "Blackout.subdivision", "Team.country", "Team.subdivision",
    "Absence.country", "Absence.subdivision", "Server.technology", "Server.os", "Application.allowed_countries",
    "Service.allowed_countries", "Adoption.languages", "Window.timezone", "Freeze.country", "Freeze.subdivision",
    "Committee.day", "Ignore.code", "PlanProgramme.timezone", "PlanProgramme.language", "InventoryFile.sha256",
    "Versions.waveplan", "Versions.ortools", "GoalRecord.tolerance", "SiteHours.zone", "TeamLoad.weeks",
    "LinkLoad.weeks", "Adoption.template{key}",
})  # fmt: skip
"""Words of the format, and facts that planning needs: countries for their holidays, zones for their hours."""
KEPT_ATTRIBUTES = frozenset({
    "country", "subdivision", "timezone", "languages", "language", "type", "technology", "os",
    "allowed_countries", "role",
})  # fmt: skip
"""Attributes of selectors whose values are such words, beside those of fields that hold no words at all."""
NAMED_ATTRIBUTES = {
    "site": "site", "sites": "site", "target": "site", "location": "site", "user_sites": "site", "server": "server",
    "servers": "server", "app": "app", "id": "item", "item": "item", "service": "service", "team": "team",
    "teams": "team", "cluster": "cluster", "organisation": "organisation", "domain": "domain", "family": "family",
    "processes": "process", "personas": "persona", "persona": "persona", "business_owner": "person",
    "technical_owner": "person",
    "data_classes": "data-class", "region": "region", "name": "name", "hostname": "host", "addresses": "address",
    "step": "step", "windows": "window", "stream": "stream", "tranche": "tranche",
}  # fmt: skip
"""Attributes of selectors by what their values are; those of labels and all others are words."""
_BY_FIELD = {
    "site": "site", "target": "site", "between": "site", "user_sites": "site", "sites": "site", "location": "site",
    "organisation": "organisation", "region": "region", "users{key}": "persona", "cluster": "cluster",
    "hostname": "host", "addresses": "address", "domain": "domain", "processes": "process",
    "technical_owner": "person", "business_owner": "person", "owner": "person", "by": "person", "personas": "persona",
    "effort{key}": "team", "crew{key}": "team", "on_call{key}": "team", "team": "team", "data_classes": "data-class",
    "servers": "server", "server": "server", "app": "app", "service": "service", "party": "party", "family": "family",
    "committee": "committee", "criteria": "text", "reason": "text", "conditions": "text", "summary": "text",
    "windows": "window", "window": "window", "labels{key}": "label", "labels{}": "word",
    "name": "name", "disk": "disk", "rule": "rule", "stream": "stream", "tranche": "tranche", "subject": "text",
    "text": "text", "file": "file", "service_hours": "text", "gate": "gate", "wave": "wave", "lots": "lot",
    "lot": "lot", "item": "item", "rolled_back": "item", "where": "word",
}  # fmt: skip
_BY_MODEL = {
    "Application": "app", "ApplicationStep": "step", "ServiceStep": "step", "KnowledgeTransfer": "transfer",
    "KnowledgeStage": "stage", "ExternalMilestone": "milestone", "IncidentRecord": "incident",
}  # fmt: skip
COMPOSED = frozenset({
    "Milestone.id", "Milestone.subject", "HardDate.id", "PlanFreeze.scope", "PlanFreeze.reason", "PeopleNeed.causes",
    "Unplanned.reason", "AcceptanceRecord.milestone", "MilestoneRecord.id", "Plan.links{key}", "Tie.of",
})  # fmt: skip
"""Words that waveplan made of names."""
SPOKEN = frozenset({"person", "text", "name", "host", "address", "file", "incident", "party", "organisation"})
"""What plans and actuals say in words of their own, beside the names of an inventory."""
RUNBOOK_MODELS = frozenset({"RunbookTask", "TaskAfter", "TaskUndo", "Raci", "TaskMessage"})
"""Where roles and ids of shipped templates stand, which stay as they are."""
ATTRIBUTE_FIELDS = frozenset({"Rule.by", "Window.by", "Policy.keep_apart"})
"""Words that name an attribute."""


def kind_of(model: str, field: str) -> str:
    """What a word of a field is called once it is replaced."""
    if field == "id" or (model in _BY_MODEL and field == "name" and model == "KnowledgeStage"):
        return _BY_MODEL.get(model, model.lower().removeprefix("plan"))
    return _BY_FIELD.get(field, "word")
