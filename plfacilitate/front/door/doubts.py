"""What is odd about a sign-in or sign-out: flags for the facilitator, never a block.

Owns which doubts there are at the door. Never writes a name into a flag: it points to entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from plfacilitate.core.entry import Draft
from plfacilitate.front.door.room import Room
from plfacilitate.front.door.tickets import Admission
from plfacilitate.seal.codes import QR_STEP_SECONDS
from plfacilitate.seal.tickets import entry_id
from plfacilitate.steps.capture import Hand


def doubts(hand: Hand, room: Room, admission: Admission, mark: Draft, holder: str | None) -> list[Draft]:
    """The flags that go with a mark, in its own transaction; sent again they are the same flags.

    `holder` = the person whose phone it is, by its pass.
    """
    person = str(mark.person)
    first, first_entry = room.tickets.setdefault(admission.mark, (person, mark.id))
    first = room.read_as(first)
    if first == person and holder in (None, person) and not admission.late_steps and not admission.behind:
        return []
    system = replace(hand, means="system")  # the phone says nothing here, the door does
    return [
        system.draft(
            "flag",
            event=mark.event,
            person=person,
            body={"code": code, "text": text, "about": about},
            entry_id=entry_id(admission.ticket, mark.id, code),
        )
        for code, text, about in _doubts(room, admission, mark, (first, first_entry), holder)
    ]


def _doubts(
    room: Room, admission: Admission, mark: Draft, first: tuple[str, str], holder: str | None
) -> Iterator[tuple[str, str, list[str]]]:
    person = str(mark.person)
    if first[0] != person:
        yield "same-phone", "One phone was used for several people.", [mark.id, first[1]]
    elif holder is not None and holder != person:
        stays = room.presence(holder).stays
        yield (
            "same-phone",
            "One phone was used for several people.",
            [mark.id, *([stays[0].came.entry] if stays else [])],
        )
    if admission.late_steps:
        age = admission.late_steps * QR_STEP_SECONDS
        yield "late-code", f"The code had left the screen about {age} seconds before the page was opened.", [mark.id]
    if admission.behind:
        yield "clock-back", "The laptop's clock was put back meanwhile: check the time.", [mark.id]
