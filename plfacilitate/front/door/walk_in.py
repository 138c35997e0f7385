"""Who is not on the list, at the door: the ids of what is written follow from the form's ticket.

Owns that. The form's rules are the same everywhere (`steps.walk_ins`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from plfacilitate.core.entry import Draft
from plfacilitate.core.people import Person
from plfacilitate.front.door.room import Room
from plfacilitate.front.door.tickets import Admission
from plfacilitate.seal.tickets import Ticket, entry_id
from plfacilitate.steps import walk_ins
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.walk_ins import faults, guess, values

__all__ = ["drafts", "faults", "guess", "person", "values"]


def person(ticket: Ticket, typed: Mapping[str, str]) -> Person:
    """Who that is. Without an e-mail or certificate the id is the form's own, because two people may share a name."""
    return walk_ins.person(typed, partial(entry_id, ticket))


def drafts(hand: Hand, room: Room, admission: Admission, one: Person, known: Person | None) -> list[Draft]:
    """Their record, unless they are known, and their sign-in; a flag where a known person typed something else."""
    id_of, expected = partial(entry_id, admission.ticket), one.id in room.fold.expected
    more = {"ticket": admission.mark}
    return walk_ins.drafts(hand, room.event_id, one, known, id_of, expected=expected, more=more)
