"""The signature that is given once an offering: typed, or drawn with a finger.

Owns what is taken as one, how it is written down, and whether it is still wanted. A missing signature keeps nobody out:
then the sheet has a line for ink. Never compares handwriting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.shapes import MOST_STROKES
from plfacilitate.core.text import MOST_LETTERS, fold, tidy
from plfacilitate.core.versions import voided
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.merge import merged_people
from plfacilitate.store.ledger import Ledger

IdOf = Callable[[str, str], str]
"""Gives the id of an entry, of whom or what it is about and what it is for: the same form sent again is the same."""

ME = "This is me, and I am here now."
HERE = "I am this person, and I am here now."
HOURS = "I ask for clock hours for the time that I am really here."
SHEET = "Your name and your times go on the sign-in sheet for clock hours."
"""What is attested, in the words of the door's pages."""

_STROKES = re.compile(r"\d{1,3}\.\d{1,3}(?:-\d{1,3}\.\d{1,3})+(?:_\d{1,3}\.\d{1,3}(?:-\d{1,3}\.\d{1,3})+)*", re.ASCII)


def signature(
    hand: Hand, event: Event, who: Person, sign_in: str, id_of: IdOf, *, typed: str = "", strokes: str = ""
) -> list[Draft]:
    """The entry of a signature, and a doubt where another name was typed; nothing where none was given.

    `sign_in` is the id of the sign-in that it comes with.
    """
    typed = tidy(typed)[:MOST_LETTERS]
    body: dict[str, str] = {"offering": event.series}
    if len(strokes) <= MOST_STROKES and _STROKES.fullmatch(strokes):
        body["strokes"] = strokes
    elif typed:
        body["typed"] = typed
    else:
        return []
    signed = hand.draft("signature", event=event.id, person=who.id, body=body, entry_id=id_of(who.id, "signature"))
    if "typed" not in body or set(fold(typed).split()) & set(fold(f"{who.spoken} {who.former_name}").split()):
        return [signed]
    doubt = {"code": "signed-otherwise", "text": "The name that was signed is another.", "about": [signed.id, sign_in]}
    flag_id = id_of(signed.id, "signed-otherwise")
    system = replace(hand, means="system")
    return [signed, system.draft("flag", event=event.id, person=who.id, body=doubt, entry_id=flag_id)]


def is_wanted(ledger: Ledger, event: Event, person: str) -> bool:
    """Whether this person has still to sign: once an offering for which hours were approved."""
    return event.plan.wants_signature and not _has_signed(ledger, event.series, person)


def _has_signed(ledger: Ledger, offering: str, person: str) -> bool:
    """Whether a signature stands, whichever of a person's records it was given under."""
    merged = merged_people(ledger)
    stays = merged.get(person, person)
    records = (stays, *(record for record, into in merged.items() if into == stays))
    found = [one for record in records for one in ledger.entries(kinds=("signature",), person=record)]
    events = {one.event for one in found if one.event is not None}
    undos = [undo for event in events for undo in ledger.entries(event=event, kinds=("undo",))]
    return bool(signers(signed_in(found, offering), undos))


def signed_in(entries: Iterable[Entry], offering: str) -> dict[str, str]:
    """The signatures for an offering among these entries: their id → the record that they were given under."""
    return {
        one.id: one.person
        for one in entries
        if one.kind == "signature" and one.person is not None and one.body.get("offering") == offering
    }


def signers(signed: Mapping[str, str], undos: Iterable[Entry]) -> set[str]:
    """The records whose signature stands: one that was taken back is asked for again."""
    void = voided(undos)
    return {record for entry, record in signed.items() if entry not in void}
