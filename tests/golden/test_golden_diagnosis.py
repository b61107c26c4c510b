"""Why there is no plan, and cuts of lots, as people read them: kept in files (UPDATE_GOLDEN=1 accepts what changed)."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from golden.sample import printed
from rich.text import Text

from waveplan.domain.diagnosis import Clash, ClashingFact, Diagnosis, InventoryEdit, WayOut
from waveplan.domain.findings import Location, Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.lot_cuts import suggest_cuts
from waveplan.lots import form_lots
from waveplan.render.cuts import cuts_text
from waveplan.render.diagnosis import diagnosis_text
from waveplan.render.language import translator


def _fact(said: Phrase, line: int) -> ClashingFact:
    return ClashingFact("any", said, (), Location("exit/programme.yaml", line, 13))


def _edit(spoken: str, value: object, line: int, removes: bool = False) -> InventoryEdit:
    return InventoryEdit((), value, removes, Location("exit/programme.yaml", line, 13), spoken)


DEADLINE = Phrase("the programme's deadline")
FREEZE = Phrase("the freeze ({reason})", {"reason": "quarter close"})
DAYS = Phrase("{n} days", {"n": 9})
FACTS = (
    _fact(Phrase("{what} on {day}", {"what": DEADLINE, "day": "2027-06-20"}), 8),
    _fact(
        Phrase("{what} from {first} to {last}", {"what": FREEZE, "first": "2027-03-26", "last": "2027-04-06"}),
        24,
    ),
    _fact(Phrase("{first} at least {gap} days before {second}", {"first": "sso", "gap": 14, "second": "crm"}), 90),
)
LATER = Phrase("{what} later by {days}, on {day}", {"what": DEADLINE, "days": DAYS, "day": "2027-06-29"})
CREW = Phrase(
    "{what} {to} instead of {now}", {"what": Phrase("the crew of {of}", {"of": "dba"}), "to": "4", "now": "3"}
)
NOTE = Phrase("needed in the plan found in {weeks}", {"weeks": "2027-W14…2027-W17"})
ORDER = Phrase("{first} and {second} in any order", {"first": "sso", "second": "crm"})
WAYS = (
    WayOut((LATER,), (_edit("programme.deadline", "2027-06-29", 8),), Decimal(27)),
    WayOut(
        (LATER, CREW),
        (_edit("teams[dba].crew", 4, 40), _edit("programme.deadline", "2027-06-29", 8)),
        Decimal(32),
        NOTE,
    ),
    WayOut((ORDER,), (_edit("applications[crm].depends_on[sso].order", None, 90, removes=True),), Decimal(34)),
)
DIAGNOSES = {
    "proven": Diagnosis((Clash(FACTS, True, True, WAYS),), WAYS),
    "alone": Diagnosis((Clash(FACTS[:1], True, True, WAYS[:1]),), WAYS[:1]),
    "too-short": Diagnosis((Clash(FACTS, False, False),), complete=False),
    "several": Diagnosis(
        (
            Clash(FACTS[:1], True, True, WAYS[:1]),
            Clash(FACTS[1:], True, False, WAYS[2:]),
            Clash(FACTS[1:2], False, False),
        ),
        WAYS[1:2],
    ),
    "several-and-more": Diagnosis(
        (Clash(FACTS[:1], True, True, WAYS[:1]), Clash(FACTS[1:], True, True)), (), more=True
    ),
    "none": Diagnosis((Clash(FACTS[:1], True, True),)),
}

TOO_LARGE = Inventory.model_validate(
    {
        "waveplan": "1",
        "programme": {"name": "Too large", "start": "2026-01-05", "deadline": "2026-12-18"},
        "sites": [{"id": "old", "target": "new"}, {"id": "new"}],
        "servers": [
            {"id": "s1", "site": "old", "disk_gb": "100"},
            {"id": "s2", "site": "old", "disk_gb": "900", "cluster": "ha"},
            {"id": "s3", "site": "old", "disk_gb": "200", "cluster": "ha"},
            {"id": "s4", "site": "old", "disk_gb": "200"},
        ],
        "applications": [
            {"id": "crm", "servers": ["s1", "s2"], "depends_on": [{"app": "erp", "coupling": "hard", "weight": "4.5"}]},
            {"id": "sso", "servers": ["s3"]},
            {"id": "erp", "servers": ["s4"]},
            {"id": "reports", "servers": ["s4"]},
            {"id": "web"},
        ],
        "rules": [{"id": "fronts", "together": {"app": ["web", "reports"]}}],
        "policy": {"lot_limits": {"applications": "1"}, "wave_limits": {"data_tb": "0.5", "servers": "3"}},
    }
)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("name", DIAGNOSES)
def test_diagnosis_is_as_kept(name: str, width: int, language: str) -> None:
    texts = diagnosis_text(DIAGNOSES[name], translator(language), width)
    _compare(f"diagnosis-{name}-{width}-{language}.txt", _shown(texts, width), width)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [80, 160])
def test_cuts_are_as_kept(width: int, language: str) -> None:
    found = suggest_cuts(form_lots(Items(TOO_LARGE)))
    texts = cuts_text(found, translator(language), width, lambda path: f"exit/{path[0]}.yaml:{path[1]}:1")
    _compare(f"cuts-{width}-{language}.txt", _shown(texts, width), width)


def test_nothing_to_cut() -> None:
    assert "nothing needs to be cut" in cuts_text([], translator("en"), 80, str)[0].plain


def _shown(texts: list[Text], width: int) -> str:
    return printed(texts, width, wrap=False)


def _compare(name: str, text: str, width: int) -> None:
    assert all(len(line) <= width for line in text.splitlines())
    kept = Path(__file__).parent / "kept" / name
    if os.environ.get("UPDATE_GOLDEN"):
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")
