"""What a badge does at the desk, each as one function for the writer thread: a scan, a badge given to somebody.

Owns the words about badges. What a scan means stands in `marking`.
"""

from __future__ import annotations

from plfacilitate.core.badges import spaced
from plfacilitate.core.entry import Means
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.desk.deeds.marking import already, hand_of, meant, time_of, told
from plfacilitate.front.desk.painting.pictures import Scan
from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.steps import capture
from plfacilitate.store import search


def scan(event: str, number: str, *, out: bool | None, means: Means = "badge") -> Deed:
    """A badge was read: its holder is in or out, if the rule says so. `out` None = by the agenda's end."""

    def deed(work: Work) -> Done:
        search.catch_up(work.ledger.connection)
        who = search.by_badge(work.ledger.connection, number)
        if who is None:
            return Done("badge unknown", (), event, Scan("unknown", number))
        return _signed(work, event, who, number, out, means)

    return deed


def _signed(work: Work, event: str, who: Person, number: str, out: bool | None, means: Means) -> Done:
    fold, now = work.fold(event), work.hand.clock()
    what = meant(fold, who.id, now, out=out)
    if what in ("in-already", "out-already"):
        return already(fold, what, who, number)
    sign = capture.sign_in if what == "in" else capture.sign_out
    return told(fold, what, who, work.write([sign(hand_of(work, means), event, who.id, at=now)]), number)


def give_badge(event: str, number: str, person: str, name: str) -> Deed:
    """A badge that nobody has is this person's from now on, and they are in."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.merge import person_heads

        search.catch_up(work.ledger.connection)
        holder = search.by_badge(work.ledger.connection, number)
        if holder is not None:
            raise Refused("badge-taken", number=spaced(number), name=plain(holder.name))
        body = {"fields": {"badge": number}, "reason": "scanned at the desk"}
        replaces = person_heads(work.ledger, person)
        drafts = [work.hand.draft("person", person=person, body=body, replaces=replaces)]
        fold = work.fold(event)
        if not fold.presence(person).is_in:
            drafts.append(capture.sign_in(work.hand, event, person))
        entries = work.write(drafts)
        came = f", in at {time_of(fold, entries[-1].at)}" if len(entries) > 1 else ""
        return Done(f"{plain(name)} has badge {spaced(number)}{came}", entries, event)

    return deed
