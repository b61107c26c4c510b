"""What the keys of runbook templates mean: what an editor shows beside them."""

from __future__ import annotations

RUNBOOK_NOTES: dict[str, dict[str, str]] = {
    "RunbookFile": {
        "waveplan_runbooks": "Version of the format: 1.",
        "shipped": "false: only the templates of this file and of the inventory.",
        "tasks": "An id of an earlier template takes its place; what is left out is as it was.",
    },
    "RunbookTask": {
        "name": "What is done; by language if you like: {en: …, fr: …}. Placeholders: {subject}, {wave}, {origin}, "
        "{target}, {method}.",
        "kind": "work, transfer (needs a server that moves), test, decision, message, checkpoint.",
        "scope": "What there is one task for: the wave, each lot, each item or each server of it.",
        "phase": "cutover and tests are scheduled by the minute; before and after have days; rollback stands ready.",
        "off": "true: do without this task.",
        "match": "Which items; of servers also their own fields (server.method).",
        "minutes": "A number; link (its GB at the links' speed); transport (hours of what is shipped); or a sum.",
        "team": "Who does it: the first of these that there is. A team, or crew, testers, technical_owner, "
        "business_owner, on_call, transition_manager.",
        "people": "Seats of the team that it takes; 1 for work and tests, else 0.",
        "after": "Tasks that must be over first.",
        "fixed_at": "By the clock: the first such time in the window is when it starts.",
        "not_before": "By the clock: it starts at this time in the window or later.",
        "on": "The weekday of fixed_at or not_before.",
        "at": "Of tasks before and after: from which day of the wave days are counted.",
        "days_before": "Days before that day; a day off gives way to an earlier working day.",
        "days_after": "Days after that day; a day off gives way to a later working day.",
        "evidence": "What proves that it is done.",
        "criteria": "What must be true; of a decision at a gate, beside the gate's own.",
        "undo": "How it is undone, and in how many minutes.",
        "raci": "Who does it (beside the team), answers for it, is asked, is told.",
        "at_once": "At most so many of this template's tasks at once: {source: 2, link: 1}.",
        "message": "What is said when it is done, and to whom.",
        "no_return": "true: once it has begun there is no way back.",
    },
    "TaskMinutes": {
        "each": "Minutes.",
        "per_server": "For each of the servers that it is about.",
        "per_gb": "For each GB that they send in the window.",
        "per_100_users": "For each 100 users of the sites that its items serve.",
        "of_cutover": "A share of cutover_hours.",
        "of_tests": "A share of test_hours.",
        "of_rollback": "A share of rollback_hours.",
        "link": "true: what its GB take on the link; of servers only.",
        "transport": "true: the transport_hours of what is shipped.",
    },
    "TaskUndo": {"team": "Who undoes it; without it whoever did it."},
    "TaskAfter": {
        "task": "The id of a template; `undone` in a rollback: all that was done is undone.",
        "of": "own: of the same thing, what it stands in, what it holds; lot; wave; providers: of what its items "
        "depend on.",
        "item": "Of that item of the wave.",
        "lag_minutes": "Minutes that pass in between.",
    },
    "TaskMessage": {
        "to": "Roles, teams, or any word.",
        "text": "Placeholders: {subject}, {wave}, {origin}, {target}, {date}, {start}, {end}, {at}, {no_return}, "
        "{systems}, {users}, {sites}, {teams}.",
    },
}
