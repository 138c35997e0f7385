"""Who is not on the list: what they typed, who that is, and what is written.

Owns the walk-in form's rules. Never changes somebody who is known already: what differs becomes a flag.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from plfacilitate.core.entry import Draft
from plfacilitate.core.people import Person, person_id, tidied
from plfacilitate.core.text import fold, tidy
from plfacilitate.front.door.pages import MOST_LETTERS
from plfacilitate.front.door.room import Room
from plfacilitate.front.door.tickets import Admission
from plfacilitate.seal.tickets import Ticket, entry_id
from plfacilitate.steps.capture import Hand

FIELDS = ("last_name", "first_name", "former_name", "school", "email", "certificate")


def guess(typed: str) -> dict[str, str]:
    """The form's first values out of what was searched for: `First Last`, or one word as the last name."""
    first, _, last = tidy(typed).rpartition(" ")
    return {"first_name": first, "last_name": last}


def values(fields: Mapping[str, str]) -> dict[str, str]:
    """What was typed, tidied."""
    return {name: tidy(fields.get(name, "")) for name in FIELDS}


def faults(typed: Mapping[str, str]) -> dict[str, str]:
    """Field → the word of FAULTS for what can't be taken."""
    found = {name: "too_long" for name in FIELDS if len(typed[name]) > MOST_LETTERS}
    if not fold(typed["last_name"]):
        found["last_name"] = "name_missing"
    name, at, place = typed["email"].partition("@")
    if typed["email"] and not (name and at and place and " " not in typed["email"]):
        found["email"] = "email_odd"
    return found


def person(ticket: Ticket, typed: Mapping[str, str]) -> Person:
    """Who that is. Without an e-mail or certificate the id is the form's own, because two people may share a name."""
    kept = tidied(typed)
    if kept.get("email") or kept.get("certificate"):
        return _person(person_id(kept), kept)
    name = fold(" ".join(kept.get(part, "") for part in ("last_name", "first_name", "school")))
    return _person(entry_id(ticket, name, "walk-in"), kept)


def _person(one: str, kept: Mapping[str, str]) -> Person:
    return Person(one, **{name: kept.get(name, "") for name in FIELDS})  # type: ignore[arg-type]  # all of them are texts


def drafts(hand: Hand, room: Room, admission: Admission, one: Person, known: Person | None) -> list[Draft]:
    """Their record, unless they are known, and their sign-in; a flag where a known person typed something else."""
    ticket, event = admission.ticket, room.event_id
    written: list[Draft] = []
    if known is None:
        body = {"fields": one.fields(), "walk_in": True}
        written.append(
            hand.draft("person", person=one.id, body=body, entry_id=entry_id(ticket, one.id, "person")),
        )
    sign_in = hand.draft(
        "sign-in",
        event=event,
        person=one.id,
        body={"ticket": admission.mark, **({} if one.id in room.fold.expected else {"walk_in": True})},
        entry_id=entry_id(ticket, one.id, "sign-in"),
    )
    written.append(sign_in)
    differing = _differing(one, known) if known else ""
    if differing:
        body = {"code": "typed-otherwise", "text": f"Typed at the door: {differing}", "about": [sign_in.id]}
        written.append(
            replace(hand, means="system").draft(
                "flag", event=event, person=one.id, body=body, entry_id=entry_id(ticket, sign_in.id, "typed")
            )
        )
    return written


def _differing(one: Person, known: Person) -> str:
    """What was typed and stands otherwise in the record."""
    parts = [
        getattr(one, name)
        for name in FIELDS
        if getattr(one, name) and fold(getattr(one, name)) != fold(getattr(known, name))
    ]
    return " · ".join(parts)
