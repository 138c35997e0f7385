"""The signature that is given once an offering: typed, or drawn with a finger.

Owns what is taken as one and how it is written down. A missing signature keeps nobody out: then the sheet has a line
for ink. Never compares handwriting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from plfacilitate.core.entry import Draft
from plfacilitate.core.people import Person
from plfacilitate.core.shapes import MOST_STROKES
from plfacilitate.core.text import fold, tidy
from plfacilitate.front.door.pages import MOST_LETTERS
from plfacilitate.seal.tickets import Ticket, entry_id
from plfacilitate.steps.capture import Hand

_STROKES = re.compile(r"\d{1,3}\.\d{1,3}(?:-\d{1,3}\.\d{1,3})+(?:_\d{1,3}\.\d{1,3}(?:-\d{1,3}\.\d{1,3})+)*", re.ASCII)


def signature(
    hand: Hand, event: str, offering: str, who: Person, ticket: Ticket, fields: Mapping[str, str], sign_in: str
) -> list[Draft]:
    """The entry of a signature in a form, and a doubt where another name was typed; nothing where none was given.

    `sign_in` is the id of the sign-in that it comes with.
    """
    typed, strokes = tidy(fields.get("signed", ""))[:MOST_LETTERS], fields.get("strokes", "")
    body: dict[str, str] = {"offering": offering}
    if len(strokes) <= MOST_STROKES and _STROKES.fullmatch(strokes):
        body["strokes"] = strokes
    elif typed:
        body["typed"] = typed
    else:
        return []
    signed = hand.draft(
        "signature", event=event, person=who.id, body=body, entry_id=entry_id(ticket, who.id, "signature")
    )
    if "typed" not in body or set(fold(typed).split()) & set(fold(f"{who.spoken} {who.former_name}").split()):
        return [signed]
    doubt = {"code": "signed-otherwise", "text": "The name that was signed is another.", "about": [signed.id, sign_in]}
    system = replace(hand, means="system")
    flag_id = entry_id(ticket, signed.id, "signed-otherwise")
    return [signed, system.draft("flag", event=event, person=who.id, body=doubt, entry_id=flag_id)]
