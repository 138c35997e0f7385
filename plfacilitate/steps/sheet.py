"""The sheet of one event, filled from the folded picture and the credit.

Owns what goes on it and which exceptions a clerk should see first. Never prints (`shelf.sheet`) and never computes
credit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from plfacilitate.core.agenda import SessionFacts
from plfacilitate.core.entry import Means, utc_moment
from plfacilitate.core.fold import EventFold
from plfacilitate.core.minutes import moment_of
from plfacilitate.core.office import Office
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.presence import Presence
from plfacilitate.core.sheet import Notice, Sheet, SheetDay, SheetRow
from plfacilitate.core.tally import CreditLine, CreditSheet
from plfacilitate.steps.approve import Approval
from plfacilitate.steps.events import local_time

WEAKEST_FIRST: Sequence[Means] = ("system", "facilitator", "paper", "kiosk", "badge", "own-phone")
MANY = 5  # from so many people on, one sentence that all of them share is said once: their rows have it too
# Codes that a clerk should see on top, because somebody decided something or somebody still must.
_EXCEPTIONS = frozenset(
    {
        "no-sign-out", "still-in", "closed-by-hand", "corrected", "doubtful", "doubtful-person", "two-ins", "out-before-in",
        "overlap", "cap", "day-cap", "below-share", "requested", "presenter-alone", "takes-credits", "person-minimum",
        "missed-session", "not-approved", "offering-minimum",
    }
)  # fmt: skip
# What the sheet says in its own columns or at its head: not repeated on every row.
_SAID = frozenset(
    {
        "meal", "break", "business", "paused", "as-it-went", "not-kept", "end-not-said", "rounding", "series-incomplete",
        "to-come",
    }
)  # fmt: skip


def sheet_of_event(
    fold: EventFold, credit: CreditSheet, approval: Approval | None, *, changed: int = 0, forked: int = 0
) -> Sheet:
    """The sign-in sheet; without an approval it says so by its empty lines.

    `changed` entries came after the approval: a clerk should know that nobody has said of those that they are right.
    `forked` entries have a number that another entry of the same laptop has too: its ledger was copied, and both wrote.
    """
    event = credit.event
    assert event is not None, "a sheet is of one event"
    office = credit.office
    here = [line for line in credit.lines if line.presence and (line.presence.stays or line.presence.odd)]
    return replace(
        sheet_head(event, office, credit.at),
        rows=tuple(_row(fold, line) for line in here),
        exceptions=(*_exceptions(fold, credit, here), *_unapproved(changed), *_forked(forked)),
        claim_code=event.claim_code,
        rule=office.rule,
        approved_by=approval.by if approval else "",
        approved_at=utc_moment(approval.at) if approval else None,
        version=approval.version if approval else 1,
        hours_note=_hours_note(credit),
        counting=_counting(credit),
        days=(_day(event, credit),),
    )


def _day(event: Event, credit: CreditSheet) -> SheetDay:
    """The day by the agenda that counts."""
    facts = credit.facts
    assert isinstance(facts, SessionFacts), "an event's sheet has an event's facts"
    return SheetDay(event.title, moment_of(facts.begin), moment_of(facts.end))


def sheet_head(event: Event, office: Office, at: datetime) -> Sheet:
    """A sheet of an event without anybody on it: what is known of it before the day as after."""
    plan = event.plan
    return Sheet(
        title=plan.title,
        session_title=event.title,
        days=(SheetDay(event.title, event.starts_at, event.ends_at),),
        tz=event.tz,
        made_at=at,
        rows=(),
        event=event.id,
        in_service=event.in_service,
        place=event.place,
        sponsor=plan.sponsor,
        presenters=plan.presenters,
        designations=plan.designations,
        approved_hundredths=plan.approved_hundredths,
        office_title=office.title,
        correction=office.correction,
    )


def _hours_note(credit: CreditSheet) -> str:
    event = credit.event
    if event is None or event.plan.credit != "all-sessions":
        return ""
    sessions = len(event.plan.sessions)
    return f"Hours are counted over all {sessions} sessions together; this sheet shows the minutes of one."


def _counting(credit: CreditSheet) -> str:
    """What a clerk needs to work out every figure again: which minutes of the agenda count, and the rounding."""
    facts = credit.facts
    assert isinstance(facts, SessionFacts), "an event's sheet has an event's facts"
    rule, off = facts.rule, [f"{one.text} (−{one.minutes})" for one in facts.uncounted if one.minutes]
    said = f"{'; '.join([f'{facts.agenda_minutes} min on the agenda', *off])}: {facts.creditable} min count."
    said += "".join(f" {_sentence(one.text)}" for one in facts.uncounted if not one.minutes)
    if rule.share:
        said += f" Attended from {-(-facts.creditable * rule.share // 100)} min ({rule.share} %)."
    if not _hours_note(credit) and rule.step > 1:
        said += f" Hours go down to whole steps of {rule.step} min."
    return said


def _row(fold: EventFold, one: CreditLine) -> SheetRow:
    presence = one.presence or Presence((), ())
    request = fold.request(one.person.id)
    used = {mark.means for stay in presence.stays for mark in (stay.came, stay.left) if mark is not None}
    signed = presence.first_in
    return SheetRow(
        person=one.person,
        stays=tuple((stay.came.at, stay.left.at if stay.left else None) for stay in presence.stays),
        line=one.line,
        requested=request.hundredths if request else None,
        means=tuple(means for means in WEAKEST_FIRST if means in used),
        signature=_signature(fold, one.person),
        strokes=_strokes(fold, one.person),
        signed_at=signed,
        note="; ".join(reason.text for reason in one.line.reasons if reason.code not in _SAID),
    )


def _signature(fold: EventFold, who: Person) -> str:
    """What was typed at the door, or that it was drawn there; their initials at a later session of the offering.

    "" leaves a line for ink.
    """
    entry = fold.latest("signature", who.id)
    if entry is not None:
        return str(entry.body.get("typed") or "drawn on the phone")
    heads = [family.current for family in fold.versions(who.id) if family.current is not None]
    if not any(head.kind == "sign-in" and head.body.get("initial") for head in heads):
        return ""
    return "".join(f"{word[0]}." for word in who.spoken.split())


def _strokes(fold: EventFold, who: Person) -> str:
    """What was drawn at the door; "" = nothing was."""
    entry = fold.latest("signature", who.id)
    return str(entry.body.get("strokes", "")) if entry is not None else ""


def _exceptions(fold: EventFold, credit: CreditSheet, here: Sequence[CreditLine]) -> Iterator[Notice]:
    names = {line.person.id: line.person.name for line in credit.lines}
    told = [[_sentence(why.text) for why in one.line.reasons if why.code in _EXCEPTIONS] for one in here]
    many = {said: count for said, count in Counter(chain.from_iterable(told)).items() if count >= MANY}
    for said, count in many.items():
        yield Notice(f"{count} people", f"{said} It stands in the row of each.")
    for one, sentences in zip(here, told, strict=True):
        for said in sentences:
            if said not in many:
                yield Notice(one.person.name, said, one.person.id)
        if fold.walk_in(one.person.id):
            missing = "" if one.person.email else ", without an e-mail"
            yield Notice(one.person.name, _sentence(f"walk-in: was on no list{missing}"), one.person.id)
    for flag in fold.flags():
        if flag.accepted is not True:
            state = "nobody decided yet" if flag.accepted is None else "not accepted"
            who = flag.person or ""
            yield Notice(names.get(who, "Event"), _sentence(f"{flag.text} ({state})"), who)
    yield from _head_count(fold)


def _head_count(fold: EventFold) -> Iterator[Notice]:
    counted = fold.head_count
    if counted is None or fold.event is None:
        return
    there = fold.there(counted.against)
    if counted.heads != there:
        when = local_time(fold.event, counted.at)
        said = f"{counted.heads} heads were counted in the room at {when}, signed in {counted.then}: {there}."
        yield Notice("Event", said)


def _unapproved(changed: int) -> Iterator[Notice]:
    if changed:
        count = "1 change" if changed == 1 else f"{changed} changes"
        yield Notice("Event", f"{count} after the approval: not covered by it.")


def _forked(forked: int) -> Iterator[Notice]:
    if forked:
        yield Notice("Event", f"Two copies of one ledger were written to: {forked} entries of this event, all counted.")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
