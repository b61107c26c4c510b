"""A diagnosis on the command line: for people, or as data."""

from __future__ import annotations

from waveplan.cli.session import Session
from waveplan.domain.diagnosis import Diagnosis


def hand_over_diagnosis(found: Diagnosis, session: Session, *, as_json: bool, beside: bool) -> None:
    """Write why there is no plan: as the result, or (`beside`) on standard error."""
    if as_json:
        from waveplan.export.diagnosis_json import dump_diagnosis

        session.result(dump_diagnosis(found))
        return
    from waveplan.render.diagnosis import diagnosis_text

    language = session.translator()
    if beside:
        session.show_note(*diagnosis_text(found, language, session.notes().width))
    else:
        session.show(*diagnosis_text(found, language, session.screen().width))
