"""What somebody does at the laptop's own kiosk, each as one function for the writer thread: in, out, written down.

Owns what is asked before: the signature that is wanted once an offering, and whether a new person is one of those who
are on the list. Never says "in" before it is durable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from plfacilitate.core.entry import Draft
from plfacilitate.core.fold import EventFold
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import tidy
from plfacilitate.front.desk.deeds.marking import already, hand_of, meant, told
from plfacilitate.front.desk.painting.pictures import Scan
from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.steps import capture, walk_ins
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.merge import merged_people
from plfacilitate.steps.signatures import is_wanted, signature
from plfacilitate.store import search
from plfacilitate.store.ledger import new_id


def by_name(event: str, person: str, *, out: bool | None, signed: str = "") -> Deed:
    """Somebody chose their own name. `out` None = by the agenda's end; `signed` = the name they typed to sign."""

    def deed(work: Work) -> Done:
        who = _known(work, person)
        if who is None:
            raise Refused("person-unknown", person=person)
        fold, now = work.fold(event), work.hand.clock()
        what = meant(fold, who.id, now, out=out)
        if what in ("in-already", "out-already"):
            return already(fold, what, who)
        if what == "out":
            return told(fold, what, who, work.write([capture.sign_out(_hand(work), event, who.id, at=now)]))
        wanted = fold.event is not None and is_wanted(work.ledger, fold.event, who.id)
        if wanted and not tidy(signed):
            return Done("a signature is wanted", (), event, Scan("signs", "", who.name))
        sign_in = capture.sign_in(_hand(work), event, who.id, at=now)
        more = _signature(work, fold, who, sign_in.id, signed) if wanted else []
        return told(fold, what, who, work.write([sign_in, *more]))

    return deed


def add(event: str, typed: Mapping[str, str], *, sure: bool = False) -> Deed:
    """Somebody who is not on the list is in. `typed` = the form's fields and `signed`, the name they signed with.

    Unless they are `sure`, nothing is written where somebody who is known has exactly their name.
    """

    def deed(work: Work) -> Done:
        one = walk_ins.person(walk_ins.values(typed), lambda about, purpose: _new_id(work))
        known = _known(work, one.id)
        if known is None and not sure and _alike(work, one):
            return Done("is it one of these?", (), event, Scan("alike", "", one.spoken))
        who = known or one
        fold = work.fold(event)
        if fold.presence(who.id).is_in:
            return already(fold, "in-already", who)
        drafts = walk_ins.drafts(
            _hand(work), event, replace(one, id=who.id), known, lambda about, purpose: _new_id(work),
            expected=who.id in fold.expected,
        )  # fmt: skip
        if fold.event is not None and is_wanted(work.ledger, fold.event, who.id):
            sign_in = next(draft for draft in drafts if draft.kind == "sign-in")
            drafts += _signature(work, fold, who, sign_in.id, typed.get("signed", ""))
        return told(fold, "in", who, work.write(drafts))

    return deed


def _known(work: Work, person: str) -> Person | None:
    """The person of that id as they stand; a merged record is the person that it is read as."""
    search.catch_up(work.ledger.connection)
    return search.person(work.ledger.connection, merged_people(work.ledger).get(person, person))


def _alike(work: Work, one: Person) -> bool:
    found = search.find_people(work.ledger.connection, one.spoken)
    return any(walk_ins.is_called(other, one.last_name, one.first_name) for other in found)


def _signature(work: Work, fold: EventFold, who: Person, sign_in: str, typed: str) -> list[Draft]:
    assert fold.event is not None, "the event was read"
    return signature(_hand(work), fold.event, who, sign_in, lambda about, purpose: _new_id(work), typed=typed)


def _hand(work: Work) -> Hand:
    return hand_of(work, "kiosk")


def _new_id(work: Work) -> str:
    return new_id(work.hand.chance)
