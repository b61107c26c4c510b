"""What waveplan's own kinds of milestone are called, and the ids that it makes, as sentences to translate."""

from __future__ import annotations


def marked(message: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is used."""
    return message


MILESTONE_NAMES = {
    "retire": marked("retired"),
    "site_exit": marked("site empty"),
    "contract_notice": marked("contract notice"),
    "contract_end": marked("end of contract"),
    "purge_order": marked("purge order"),
    "acknowledgement": marked("acknowledgement"),
    "knowledge_stage": marked("knowledge transfer"),
    "acceptance": marked("acceptance record"),
    "pilot_exit": marked("pilot's exit gate"),
    "tranche_end": marked("end of tranche"),
    "external": marked("promised by others"),
}
MADE_IDS = {  # by the first word of the id
    "accept": marked("accept {of}"),
    "acknowledge": marked("acknowledge {of}"),
    "end": marked("end {of}"),
    "exit": marked("exit {of}"),
    "finish": marked("finish {of}"),
    "notice": marked("notice {of}"),
    "pass": marked("pass {of}"),
    "purge": marked("purge {of}"),
    "retire": marked("retire {of}"),
}
