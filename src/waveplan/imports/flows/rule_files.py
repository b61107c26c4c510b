"""Rules for flows: those that ship, and those of people laid over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from waveplan.domain.findings import Finding, Named
from waveplan.domain.flow_rules import FlowRule, FlowRules, Grouping, WeightScale
from waveplan.loading.report import ReadingReport
from waveplan.loading.single_documents import read_single
from waveplan.loading.tree import MappingNode, mappings, mark_of
from waveplan.loading.yaml_reader import read_yaml

SHIPPED = Path(__file__).with_name("rules.yaml")


@dataclass(frozen=True, slots=True)
class LoadedRules:
    """What came of reading rules; `rules` is None when a finding is an error."""

    rules: FlowRules | None
    own: frozenset[str] = frozenset()  # ids of rules that people wrote
    findings: tuple[Finding, ...] = ()


@cache
def shipped_rules() -> FlowRules:
    """The rules that ship."""
    report = ReadingReport("inventory")
    root, _ = read_yaml(report.texts.add(SHIPPED.name, SHIPPED.read_text(encoding="utf-8")), report)
    return FlowRules.model_validate(root)


def load_rules(source: str) -> LoadedRules:
    """Rules of a file, over those that ship unless it does without them.

    Raises UnreadableInputError when there is no such file; everything else that is wrong becomes a finding.
    """
    report = ReadingReport("inventory")
    read = read_single(source, "file of flow rules", FlowRules, report)
    if read.root is not None:
        _report_twice(read.root, report)
    if read.model is not None:
        _report_endless(read.root, read.model, report)
    if report.has_errors or read.model is None:
        return LoadedRules(None, findings=report.findings())
    own = frozenset(rule.id for rule in read.model.rules if not rule.off)
    return LoadedRules(laid_over_shipped(read.model), own, report.findings())


def laid_over_shipped(own: FlowRules) -> FlowRules:
    """Own rules first, but those with the id of a shipped one in its place; what they leave out is as it ships."""
    if not own.shipped:
        return own
    base = shipped_rules()
    by_id = {rule.id: rule for rule in own.rules}
    known = {rule.id for rule in base.rules}
    rules = [rule for rule in own.rules if rule.id not in known]
    rules += [_in_place(by_id.get(rule.id), rule) for rule in base.rules]
    given = {name: getattr(own, name) for name in own.model_fields_set}
    return base.model_copy(
        update={
            **given,
            "rules": rules,
            "weights": _filled(own.weights, base.weights),
            "applications": _filled(own.applications, base.applications),
        }
    )


def _in_place(own: FlowRule | None, shipped: FlowRule) -> FlowRule:
    """An own rule takes what it leaves out from the one whose id it bears."""
    if own is None:
        return shipped
    return shipped.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})


def _filled(own: WeightScale | Grouping, base: WeightScale | Grouping) -> Any:
    return base.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})


def _report_endless(root: Any, own: FlowRules, report: ReadingReport) -> None:
    """Rules that would match every flow: nothing is asked, and no shipped rule of that id asks in their place."""
    known = {rule.id for rule in shipped_rules().rules} if own.shipped else set()
    for number, rule in enumerate(own.rules):
        if rule.match is None and not rule.off and rule.id not in known:
            report.add(
                "WP549",
                mark_of(root, ("rules", number)),
                "rule '{name}' has no 'match' and would speak of every flow",
                {"name": rule.id},
                subjects=(rule.id,),
                hint="say which flows: match: {ports: [8443]}; or do without the rule: off: true",
            )


def _report_twice(root: MappingNode, report: ReadingReport) -> None:
    first: dict[str, int] = {}
    for _, entry in mappings(root.get("rules")):
        name = entry.get("id")
        if isinstance(name, str) and name in first:
            report.add(
                "WP106",
                entry.value_mark("id"),
                "there already is a {kind} '{name}' at {there}",
                {"kind": "rule", "name": name, "there": report.say_where(first[name])},
                subjects=(name,),
                hint="give one of them another id",
            )
        elif isinstance(name, str):
            first[name] = entry.value_mark("id")


def reason_of(reason: Mapping[Any, str]) -> Named:
    """Why a rule is there, in each language in which it says so."""
    by_language: dict[str, str] = {**reason}
    return Named(by_language.get("en") or next(iter(by_language.values()), ""), by_language)
