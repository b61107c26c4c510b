"""`waveplan doctor`: whether this installation works."""

from __future__ import annotations

from waveplan.cli import exit_codes
from waveplan.cli.options import JsonOption, PlainSession


def doctor(session: PlainSession, as_json: JsonOption = False) -> int:
    """Look at the installation, down to a small solve."""
    from waveplan.cli import probes

    found = probes.everything(session.language())
    broken = [probe for probe in found if not probe.works]
    if as_json:
        from waveplan.export.json_text import document

        session.result(document("doctor", {"probes": found}))
        return exit_codes.FINDINGS if broken else exit_codes.CLEAN
    verdicts = {True: session.say("ok"), False: session.say("BROKEN")}
    names = {probe.name: session.say(probe.name) for probe in found}
    wide, width = max(map(len, verdicts.values())), max(map(len, names.values()))
    for probe in found:
        session.words(f"{verdicts[probe.works]:<{wide}}  {names[probe.name]:<{width}}  {probe.found}")
    if broken:
        session.tell(session.say("Broken: {names}.", names=[names[probe.name] for probe in broken]))
        return exit_codes.FINDINGS
    return exit_codes.CLEAN
