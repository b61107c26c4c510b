"""What is said of an import into an inventory: values kept by hand, things gone, things deleted, texts that resist."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.domain.findings import Finding, Location, Phrase
from waveplan.imports.writing.drafts import SECTIONS
from waveplan.imports.writing.reconciling import EntryOutcome, Reconciliation
from waveplan.imports.writing.standing import StandingInventory
from waveplan.imports.writing.three_way import MISSING, OpenQuestion, shown


def outcome_findings(found: Reconciliation, standing: StandingInventory) -> Iterator[Finding]:
    """Findings, in the order of entries."""
    for outcome in found.outcomes:
        for question in outcome.three.questions:
            yield _question(outcome, question, standing)
        if outcome.refused:
            yield _refused(outcome, standing)
    for draft in found.left_deleted:
        if draft.thing is not None:
            yield Finding(
                "WP543",
                "{section} '{name}' was deleted by hand, and its source still has it",
                {"section": draft.section, "name": draft.id},
                "warning",
                (draft.id,),
                hint="it was not written again; --restore does",
            )
    yield from _gone(found, standing)
    for name, reason in sorted(found.unwritten.items()):
        yield Finding(
            "WP539",
            "nothing can be put into this file: {reason}",
            {"reason": Phrase(reason)},
            "warning",
            hint="write its sections one entry a line, and import again",
            location=Location(str(standing.folder / name)),
        )


def _question(outcome: EntryOutcome, question: OpenQuestion, standing: StandingInventory) -> Finding:
    values = {
        "field": f"{outcome.draft.section}.{outcome.draft.id}.{question.path}",
        "imported": shown(question.imported),
        "standing": shown(question.standing),
        "said": shown(question.said),
    }
    template = "{field}: imported was {imported}, by hand it is {standing}, and its source says {said} now"
    hint = "it was left as it stands; --accept {field} takes the source's value, --keep {field} settles for yours"
    if question.review:
        template = "{field}: {standing} stands, and its source says {said}; it waits to be reviewed"
        hint = "--accept {field} takes the source's value, --keep {field} settles for what stands"
    elif question.imported is MISSING:
        template = "{field}: by hand it is {standing}, and a source says {said}"
    subjects = (outcome.draft.id,)
    place = _place(outcome, standing)
    return Finding("WP542", template, values, "warning", subjects, hint=hint, hint_values=values, location=place)


def _refused(outcome: EntryOutcome, standing: StandingInventory) -> Finding:
    wanted = "; ".join(f"{change.path}: {shown(change.after)}" for change in outcome.three.changes)
    return Finding(
        "WP539",
        "'{name}' cannot be changed where it stands ({reason}): {wanted}",
        {"name": outcome.draft.id, "reason": Phrase(outcome.refused), "wanted": wanted},
        "warning",
        (outcome.draft.id,),
        hint="write it by hand, or write the entry without anchors and aliases",
        location=_place(outcome, standing),
    )


def _gone(found: Reconciliation, standing: StandingInventory) -> Iterator[Finding]:
    for entry in found.entries:
        if entry.gone:
            section = SECTIONS[entry.kind][0]
            yield Finding(
                "WP543",
                "{section} '{name}' is in none of its sources any more",
                {"section": section, "name": entry.id},
                "warning",
                (entry.id,),
                hint="it was left where it stands; --remove-gone takes it out. If this file covers other machines "
                "than the last one did, give its source a name of its own",
            )
    for removal in found.removals:
        if removal.held_by and not removal.assumed:
            yield Finding(
                "WP543",
                "'{name}' is in none of its sources any more, and '{holder}' names it: it was left",
                {"name": removal.id, "holder": removal.held_by},
                "warning",
                (removal.id,),
                hint="take it out of '{holder}' first",
                hint_values={"holder": removal.held_by},
            )


def _place(outcome: EntryOutcome, standing: StandingInventory) -> Location | None:
    if outcome.standing is None:
        return None
    text = standing.texts[outcome.standing.file]
    mark = getattr(outcome.standing.tree, "mark", 0) - standing.bases.get(outcome.standing.file, 0)
    line = text.count("\n", 0, mark) + 1
    column = mark - (text.rfind("\n", 0, mark) + 1) + 1
    return Location(str(standing.folder / outcome.standing.file), line, column)
