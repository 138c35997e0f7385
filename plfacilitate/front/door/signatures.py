"""The signature that a form carries, typed or drawn.

Owns where it stands in a form and which ids it gets. What is taken as one is a rule (`steps.signatures`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from plfacilitate.core.entry import Draft
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.seal.tickets import Ticket, entry_id
from plfacilitate.steps import signatures
from plfacilitate.steps.capture import Hand


def signature(
    hand: Hand, event: Event, who: Person, ticket: Ticket, fields: Mapping[str, str], sign_in: str
) -> list[Draft]:
    """The entry of a signature in a form, and a doubt where another name was typed; nothing where none was given.

    `sign_in` is the id of the sign-in that it comes with.
    """
    typed, strokes = fields.get("signed", ""), fields.get("strokes", "")
    return signatures.signature(hand, event, who, sign_in, partial(entry_id, ticket), typed=typed, strokes=strokes)
