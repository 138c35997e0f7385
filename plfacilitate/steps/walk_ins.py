"""Who is not on the list and writes themself down: the fields, what can't be taken, who that is, what is written.

Owns the rules of that form for phones, tablets and the laptop's own kiosk. Never changes somebody who is known already:
what differs becomes a flag.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from plfacilitate.core.entry import Draft
from plfacilitate.core.people import Person, person_id, tidied
from plfacilitate.core.text import MOST_LETTERS, fold, tidy
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.signatures import IdOf

FIELDS = ("last_name", "first_name", "former_name", "school", "email", "certificate")


def guess(typed: str) -> dict[str, str]:
    """The form's first values out of what was searched for: `First Last`, or one word as the last name."""
    first, _, last = tidy(typed).rpartition(" ")
    return {"first_name": first, "last_name": last}


def values(fields: Mapping[str, str]) -> dict[str, str]:
    """What was typed, tidied."""
    return {name: tidy(fields.get(name, "")) for name in FIELDS}


def faults(typed: Mapping[str, str]) -> dict[str, str]:
    """Field → `too_long`, `name_missing` or `email_odd`, for what can't be taken."""
    found = {name: "too_long" for name in FIELDS if len(typed[name]) > MOST_LETTERS}
    if not fold(typed["last_name"]):
        found["last_name"] = "name_missing"
    name, at, place = typed["email"].partition("@")
    if typed["email"] and not (name and at and place and " " not in typed["email"]):
        found["email"] = "email_odd"
    return found


def person(typed: Mapping[str, str], id_of: IdOf) -> Person:
    """Who that is. Without an e-mail or certificate the id is the form's own, because two people may share a name."""
    kept = tidied(typed)
    if kept.get("email") or kept.get("certificate"):
        return _person(person_id(kept), kept)
    name = fold(" ".join(kept.get(part, "") for part in ("last_name", "first_name", "school")))
    return _person(id_of(name, "walk-in"), kept)


def _person(one: str, kept: Mapping[str, str]) -> Person:
    return Person(one, **{name: kept.get(name, "") for name in FIELDS})  # type: ignore[arg-type]  # all of them are texts


def is_called(one: Person, last_name: str, first_name: str) -> bool:
    """Whether somebody bears exactly this name, or bore it."""
    name = fold(f"{first_name} {last_name}")
    return name in (fold(one.spoken), fold(f"{one.first_name} {one.former_name}"))


def drafts(
    hand: Hand,
    event: str,
    one: Person,
    known: Person | None,
    id_of: IdOf,
    *,
    expected: bool,
    more: Mapping[str, Any] | None = None,
) -> list[Draft]:
    """Their record, unless they are known, and their sign-in; a flag where a known person typed something else.

    `more` = what else the sign-in says.
    """
    written: list[Draft] = []
    if known is None:
        body = {"fields": one.fields(), "walk_in": True}
        written.append(hand.draft("person", person=one.id, body=body, entry_id=id_of(one.id, "person")))
    sign_in = hand.draft(
        "sign-in",
        event=event,
        person=one.id,
        body={**(more or {}), **({} if expected else {"walk_in": True})},
        entry_id=id_of(one.id, "sign-in"),
    )
    written.append(sign_in)
    differing = _differing(one, known) if known else ""
    if differing:
        body = {"code": "typed-otherwise", "text": f"Typed at the door: {differing}", "about": [sign_in.id]}
        flag_id = id_of(sign_in.id, "typed")
        system = replace(hand, means="system")
        written.append(system.draft("flag", event=event, person=one.id, body=body, entry_id=flag_id))
    return written


def _differing(one: Person, known: Person) -> str:
    """What was typed and stands otherwise in the record."""
    parts = [
        getattr(one, name)
        for name in FIELDS
        if getattr(one, name) and fold(getattr(one, name)) != fold(getattr(known, name))
    ]
    return " · ".join(parts)
