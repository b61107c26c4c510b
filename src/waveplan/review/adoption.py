"""Communication and adoption that cannot be (WP157), cannot be written (WP158), or misses what it is for (WP159)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property

from waveplan.adoption_texts import SHIPPED
from waveplan.adoption_texts.choosing import own_text, text_language
from waveplan.change_calendar.spans import ONE_DAY
from waveplan.domain.adoption import Adoption
from waveplan.domain.audiences import Audiences
from waveplan.domain.findings import Finding, Path
from waveplan.domain.items import Item
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed, plain


def adoption(context: ReviewContext) -> Iterator[Finding]:
    """Everything about communication and adoption that can be said before any plan."""
    for number, entry in enumerate(context.inventory.adoption):
        yield from _Entry(context, entry, ("adoption", number)).findings()


class _Entry:
    """One entry, and whom it is for."""

    def __init__(self, context: ReviewContext, entry: Adoption, path: Path) -> None:
        self._context = context
        self._entry = entry
        self._path = path
        self._audiences = Audiences(context.items)

    @cached_property
    def _items(self) -> list[Item]:
        """Items that cut over with somebody whom it reaches."""
        return [item for item in self._context.items.planned if self._audiences.reached(self._entry, (item,))]

    @cached_property
    def _languages(self) -> list[str]:
        """Languages of those whom it reaches, in which it is to be."""
        sites = {people.site for people in self._audiences.reached(self._entry, self._items)}
        return sorted({word for site in sites for word in self._audiences.spoken(self._entry, site)})

    def findings(self) -> Iterator[Finding]:
        yield from self._texts()
        if self._items:
            yield from self._too_early()
            yield from self._untranslated()
            yield from self._survey()
        yield from self._nobody()

    def _say(self, code: str, template: str, values: dict[str, object], place: Path, hint: str, *more: str) -> Finding:
        name = self._entry.id
        return finding(code, template, {"of": name, **values}, (*self._path, *place), (name, *more), hint)

    # --- WP157 -----------------------------------------------------------------------------------------------------

    def _too_early(self) -> Iterator[Finding]:
        """An entry before the programme's start whatever the slot."""
        entry, start = self._entry, self._context.inventory.programme.start
        last = max(self._context.slot_dates, default=None)
        if last is None or not entry.is_before:
            return
        day = self._context.calendar.adoption_days(entry, last, ()).first
        if day < start:
            values: dict[str, object] = {"start": start.isoformat(), "day": day.isoformat(), "last": last.isoformat()}
            template = (
                "{of} can never be held: even for a cutover on the last possible day ({last}) it would be on {day}, "
                "before the programme's start ({start})"
            )
            yield self._say("WP157", template, values, (entry.when_key,), "let it come closer to the cutover")

    # --- WP158 -----------------------------------------------------------------------------------------------------

    def _texts(self) -> Iterator[Finding]:
        """A template that is none, and placeholders that nothing fills."""
        template = self._entry.template
        if isinstance(template, str):
            if template not in SHIPPED:
                values: dict[str, object] = {"template": template, "known": ", ".join(SHIPPED)}
                hint = "take one of those that come with waveplan ({known}), or give texts by language"
                yield self._say("WP158", "{of}: there is no template {template}", values, ("template",), hint)
            return
        for language, text in sorted((template or {}).items()):
            unknown = own_text(text).unknown()
            if unknown:
                values = {"language": language, "names": listed(unknown)}
                hint = "docs/communication.md lists the placeholders; a brace that is none is written twice"
                place = ("template", language)
                yield self._say(
                    "WP158",
                    "{of}: its text in {language} has placeholders that nothing fills: {names}",
                    values,
                    place,
                    hint,
                )

    # --- WP159 -----------------------------------------------------------------------------------------------------

    def _untranslated(self) -> Iterator[Finding]:
        """Languages in which there is no text: it is sent in another one."""
        entry, programme = self._entry, self._context.inventory.programme.language
        if isinstance(entry.template, str) and entry.template not in SHIPPED:
            return  # it has no text at all, which has been told
        missing = [word for word in self._languages if text_language(entry, word, programme) != word]
        if missing:
            instead = text_language(entry, missing[0], programme)
            values: dict[str, object] = {"languages": listed(missing), "instead": instead}
            template = "{of} has no text in {languages}: these readers get it in {instead}"
            yield self._say("WP159", template, values, (), "give it a template with a text in each language")

    def _survey(self) -> Iterator[Finding]:
        """A survey that decides nothing: without a threshold, or known only when its pilot has passed."""
        entry = self._entry
        if entry.kind != "survey":
            return
        if entry.threshold is None:
            template = "survey {of} has no threshold: whatever people answer, nothing follows from it"
            yield self._say("WP159", template, {}, (), "give it a 'threshold', for instance 0.7")
            return
        slot = next(iter(self._context.calendar.slots), None)
        for pilot in self._context.inventory.pilots:
            own = [item for item in self._items if pilot.items.matches(item)]
            if slot is None or not own or entry.is_before:
                continue
            last = max(self._context.calendar.hypercare_days(slot, item.hypercare_hours).last for item in own)
            passed = last + pilot.soak_days * ONE_DAY
            known = self._last_day(slot.date, own)
            if known > passed:
                values: dict[str, object] = {"pilot": pilot.id, "days": plain((known - passed).days)}
                template = "survey {of} is over {days} days after the exit gate of pilot {pilot}, which it is to decide"
                hint = "ask sooner, or give the pilot more 'soak_days'"
                yield self._say("WP159", template, values, (entry.when_key,), hint, pilot.id)

    def _last_day(self, cutover: dt.date, items: list[Item]) -> dt.date:
        sites = {people.site for people in self._audiences.reached(self._entry, items)}
        return self._context.calendar.adoption_days(self._entry, cutover, sites).last

    def _nobody(self) -> Iterator[Finding]:
        """An entry that reaches nobody, or names people whom nobody knows."""
        entry, audience = self._entry, self._entry.audience
        subjects = tuple(self._audiences.everybody())
        if audience is not None and not any(audience.matches(subject) for subject in subjects):
            return  # the selector matches nothing, which is told of every selector
        matched = [item for item in self._context.items.planned if entry.is_about(item)]
        if matched and not self._items:
            template = "{of} reaches nobody: what it matches has no users in its audience ({items})"
            values: dict[str, object] = {"items": listed([item.id for item in matched])}
            hint = "widen the audience, or give these items 'user_sites'"
            yield self._say("WP159", template, values, (), hint)
        for attribute in ("persona", "language"):
            known = {word for subject in subjects for word in subject.values(attribute)}
            unknown = [word for word in (audience.words(attribute) if audience else ()) if word not in known]
            if unknown:
                values = {"attribute": attribute, "words": listed(unknown), "known": listed(sorted(known))}
                template = "{of}: nobody in its audience has {attribute} {words}"
                yield self._say("WP159", template, values, ("audience",), "it is one of: {known}")
