"""Which text readers of a language get: in theirs, else in the programme's."""

from __future__ import annotations

from waveplan.adoption_texts import Text, shipped
from waveplan.domain.adoption import Adoption, AdoptionText


def own_text(text: AdoptionText) -> Text:
    """A text of the inventory, with its subject."""
    return Text(text.subject or "", text.text or "")


def text_language(entry: Adoption, language: str, programme: str) -> str:
    """The language in which readers of another one get an entry: theirs, else the programme's, else any there is."""
    template = entry.template
    if isinstance(template, dict):
        return next(each for each in (language, programme, *sorted(template)) if each in template)
    return language if shipped(template or entry.kind, language) is not None else programme


def text_of(entry: Adoption, language: str, programme: str) -> Text:
    """The text that readers of a language get, not yet filled; its subject is the entry's name when it has none."""
    spoken, template = text_language(entry, language, programme), entry.template
    if isinstance(template, dict):
        text = own_text(template[spoken])
    else:
        text = shipped(template or entry.kind, spoken) or Text("", "")
    return text if text.subject else Text(entry.shown_name.replace("{", "{{").replace("}", "}}"), text.body)
