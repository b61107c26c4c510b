"""How far an inventory can be relied on: what is known, how fresh it is, who owns it, what contradicts itself."""

from waveplan.assessment.care.completeness import completeness
from waveplan.assessment.care.fields import CARED_FOR, is_known, missing_fields
from waveplan.assessment.care.notes import care_notes
from waveplan.assessment.care.questions import questions

__all__ = ["CARED_FOR", "care_notes", "completeness", "is_known", "missing_fields", "questions"]
