"""Which text readers of a language get: in theirs, else in the programme's."""

from __future__ import annotations

from waveplan.adoption_texts import Text, shipped
from waveplan.domain.adoption import Adoption, AdoptionText


def own_text(text: AdoptionText) -> Text:
    """A text of the inventory, with its subject."""
    return Text(text.subject or "", text.text or "")


def text_language(entry: Adoption, language: str, programme: str) -> str:
    """The language in which readers of another one get an entry: theirs, else the programme's, else any there is.

    A text in `fr` is one for readers of `fr-CA` too.
    """
    if _key(entry, language) is not None or not isinstance(entry.template, dict):
        return language if _key(entry, language) is not None else programme
    return programme if _key(entry, programme) is not None else min(entry.template)


def text_of(entry: Adoption, language: str, programme: str) -> Text:
    """The text that readers of a language get, not yet filled; its subject is the entry's name when it has none."""
    key, template = _key(entry, text_language(entry, language, programme)), entry.template
    if isinstance(template, dict):
        text = own_text(template[key]) if key is not None else Text("", "")
    else:
        text = (shipped(template or entry.kind, key) if key is not None else None) or Text("", "")
    return text if text.subject else Text(entry.shown_name.replace("{", "{{").replace("}", "}}"), text.body)


def _key(entry: Adoption, language: str) -> str | None:
    """Under which language its text stands for readers of one: their own, else what that is a kind of."""
    template = entry.template
    for key in (language, language.replace("_", "-").partition("-")[0]):
        if key in template if isinstance(template, dict) else shipped(template or entry.kind, key) is not None:
            return key
    return None
