"""From what sources say to the files of an inventory: new ones, or those that stand with what changes in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from waveplan.domain.collector import collector_at_rest
from waveplan.domain.findings import Finding
from waveplan.imports.harvest import Harvest
from waveplan.imports.merging import Ref, Thing, United, united
from waveplan.imports.writing.assuming import assume
from waveplan.imports.writing.drafts import SECTIONS, Draft, Tree, drafts_of
from waveplan.imports.writing.editing import UnwritableError
from waveplan.imports.writing.file_changes import EntryChange, changed_text
from waveplan.imports.writing.ids import made_ids
from waveplan.imports.writing.knowing import known_of
from waveplan.imports.writing.memory import Memory, memory_text
from waveplan.imports.writing.new_files import PROGRAMME, programme_text, section_text
from waveplan.imports.writing.outcomes import outcome_findings
from waveplan.imports.writing.recognising import Recognition, recognised
from waveplan.imports.writing.reconciling import Reconciliation, reconciled
from waveplan.imports.writing.removals import judged, without_removed
from waveplan.imports.writing.renaming import without
from waveplan.imports.writing.standing import StandingInventory
from waveplan.imports.writing.ties import tie
from waveplan.imports.writing.validity import leave_out_invalid, whole_links, without_invalid_ties
from waveplan.imports.writing.wishes import ImportWishes


@dataclass(slots=True)
class Writing:
    """Files to be written, by their names in the inventory's folder, and what there is to say of them."""

    files: dict[str, str] = field(default_factory=dict)  # only those that change
    before: dict[str, str] = field(default_factory=dict)  # what stands in them now
    findings: list[Finding] = field(default_factory=list)
    union: United | None = None
    ids: dict[Ref, str] = field(default_factory=dict)
    reconciliation: Reconciliation | None = None


def renewed(harvests: Sequence[Harvest], standing: StandingInventory, wishes: ImportWishes) -> Writing:
    """What sources say now, beside what others said before, written into what stands; nothing there is a new folder.

    `standing` must be readable.
    """
    with collector_at_rest():
        return _renewed(harvests, standing, wishes)


def _renewed(harvests: Sequence[Harvest], standing: StandingInventory, wishes: ImportWishes) -> Writing:
    names = {harvest.source for harvest in harvests}
    union = united((*harvests, *standing.memory.harvests(names)), wishes.precedence, wishes.today)
    known = recognised(union, standing)
    writing = Writing(findings=list(union.findings), union=union)
    assumed = {(each.kind, name) for (_, name), each in known.remembered.items() if each.assumed}
    held = (standing.entries.keys() | known.remembered.keys()) - assumed
    writing.ids = made_ids(union.entries, known.ids, held)
    drafts = _drafts(union, writing.ids, standing, known, wishes, writing.findings)
    found = reconciled(drafts, standing, known, wishes)
    writing.reconciliation = found
    _take_out(found, standing)
    write_entries(found, standing, writing)
    if not any("programme" in root for root in standing.trees.values()):
        _add_programme(standing, wishes, writing)
    writing.findings += outcome_findings(found, standing)
    _remember(found, harvests, standing, writing)
    writing.files = {name: text for name, text in writing.files.items() if writing.before.get(name) != text}
    return writing


def _drafts(
    union: United,
    ids: Mapping[Ref, str],
    standing: StandingInventory,
    known: Recognition,
    wishes: ImportWishes,
    findings: list[Finding],
) -> list[Draft]:
    """What would be written if nothing stood, under the ids that stand, without what was deleted by hand."""
    drafts = []
    for draft in drafts_of(union, ids):
        findings += leave_out_invalid(draft)
        if draft.thing is not None:
            _forget(draft.thing, wishes)
        drafts.append(draft)
    drafts = whole_links(drafts, findings)
    _find_links(drafts, standing)
    deleted = frozenset() if wishes.restore else frozenset(known.deleted)
    for draft in drafts:
        draft.tree = without(draft.kind, draft.tree, deleted)
    facts = known_of(standing, known)
    there = [draft for draft in drafts if (draft.kind, draft.id) not in deleted]
    findings += assume(there, facts)
    for draft in there:
        if draft.remarks:
            draft.remarks = [_said(remark, wishes) for remark in draft.remarks]
    tie(there, union, ids, facts.hosted)
    findings += (finding for draft in there for finding in without_invalid_ties(draft))
    for draft in there:
        draft.tree = without(draft.kind, draft.tree, deleted)
    return [*there, *(draft for draft in drafts if (draft.kind, draft.id) in deleted)]


def _said(remark: str, wishes: ImportWishes) -> str:
    """A remark in the language of whoever edits the files; a field before it stays what it is called."""
    field_name, colon, why = remark.partition(": ")
    whole = wishes.say(remark)
    return whole if whole != remark or not colon else f"{field_name}: {wishes.say(why)}"


def _find_links(drafts: list[Draft], standing: StandingInventory) -> None:
    """Links that stand are known by their ends, whatever they are called."""
    by_ends = {frozenset(entry.tree.get("between") or ()): name for name, entry in standing.of_kind("link")}
    for draft in drafts:
        if draft.kind == "link":
            draft.id = by_ends.get(frozenset(draft.tree["between"]), draft.id)


def _forget(thing: Thing, wishes: ImportWishes) -> None:
    """Let go what nobody asks for any more: of a hundred thousand servers it is a third of the memory."""
    thing.keys = frozenset()
    if not wishes.provenance:
        thing.fields = {path: settled for path, settled in thing.fields.items() if settled.others or settled.review}


def _take_out(found: Reconciliation, standing: StandingInventory) -> None:
    """Entries that go, and what names them."""
    found.removals = judged(found.removals, standing)
    gone = frozenset((removal.kind, removal.id) for removal in found.removals if not removal.held_by)
    if not gone:
        return
    changed = {(each.section, each.id): each for changes in found.files.values() for each in changes.entries}
    for (kind, name), entry in standing.entries.items():
        section = SECTIONS[kind][0]
        known = changed.get((section, name))
        tree = known.new if known and known.new is not None else dict(entry.tree)
        after = None if (kind, name) in gone else without_removed(kind, tree, gone)
        if after != tree:
            changes = found.files[entry.file].entries
            if known is not None:
                changes.remove(known)
            changes.append(EntryChange(section, entry.number, entry.tree, after, name))


def write_entries(found: Reconciliation, standing: StandingInventory, writing: Writing) -> None:
    """Put what changes into the texts of its files; what resists is noted."""
    for name, changes in sorted(found.files.items()):
        before = standing.texts.get(name)
        if before is None:
            texts = [section_text(section, drafts) for section, drafts in changes.added.items()]
            writing.files[name] = "\n".join(texts)
            continue
        writing.before[name] = before
        try:
            writing.files[name], refusals = changed_text(before, changes)
        except UnwritableError as error:
            found.unwritable(name, str(error))
            continue
        for refusal in refusals:
            found.refused(refusal)


def _add_programme(standing: StandingInventory, wishes: ImportWishes, writing: Writing) -> None:
    tree, remarks = _programme(wishes.programme, wishes.today, writing.findings)
    name = PROGRAMME if PROGRAMME not in standing.texts else f"imported-{PROGRAMME}"
    writing.files = {name: programme_text(tree, [wishes.say(remark) for remark in remarks]), **writing.files}


def _remember(
    found: Reconciliation, harvests: Sequence[Harvest], standing: StandingInventory, writing: Writing
) -> None:
    names = {harvest.source for harvest in harvests}
    memory = Memory(dict(standing.memory.sources), found.entries)
    memory.loose = [(source, record) for source, record in standing.memory.loose if source not in names]
    for name in names:
        own = [harvest for harvest in harvests if harvest.source == name]
        days = [harvest.as_of for harvest in own if harvest.as_of]
        files = {record.place.file for harvest in own for record in harvest.records}
        memory.sources[name] = (min(days, default=None), tuple(sorted(file.rpartition("/")[2] for file in files)))
        loose = [record for harvest in own for record in harvest.records if record.kind in ("dependency", "link")]
        memory.loose += [(name, record) for record in loose]
    path = standing.folder / standing.memory_file
    if path.exists():
        writing.before[standing.memory_file] = path.read_text(encoding="utf-8")
    writing.files[standing.memory_file] = memory_text(memory)


def _programme(given: Mapping[str, str], today: dt.date, findings: list[Finding]) -> tuple[Tree, list[str]]:
    """The programme, with dates where none were given: from next Monday on, for a year."""
    start = dt.date.fromisoformat(given["start"]) if "start" in given else today + dt.timedelta(7 - today.weekday())
    deadline = given.get("deadline") or (start + dt.timedelta(days=364)).isoformat()
    remarks = []
    if "start" not in given or "deadline" not in given:
        remarks.append("the dates; give --start and --deadline, or write them here")
        findings.append(
            Finding(
                "WP544",
                "the programme was given the dates {start} to {deadline}",
                {"start": start.isoformat(), "deadline": deadline},
                "warning",
                hint="give --start and --deadline, or change them in programme.yaml",
            )
        )
    tree = {"name": given.get("name", "Imported programme"), "start": start.isoformat(), "deadline": deadline}
    return {**tree, **{key: value for key, value in given.items() if key not in tree}}, remarks
