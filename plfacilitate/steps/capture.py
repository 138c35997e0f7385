"""What happens in the room, written down: ins, outs, corrections, notes, doubts.

Owns how a fact becomes a draft. Never appends without saying what became of it, never decides what it is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plfacilitate.core.entry import Chance, Clock, Draft, Entry, Means
from plfacilitate.core.fold import EventFold
from plfacilitate.core.people import person_id, tidied
from plfacilitate.core.plan import Choice
from plfacilitate.core.presence import Mark
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import tidy
from plfacilitate.store.ledger import Ledger, Outcome, new_id


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes, and with what evidence: the name that stands in `by`, the means, and the clock and chance of now."""

    by: str
    means: Means
    clock: Clock
    chance: Chance

    def draft(
        self,
        kind: str,
        *,
        event: str | None = None,
        person: str | None = None,
        at: datetime | None = None,
        body: Mapping[str, Any] | None = None,
        replaces: Sequence[str] = (),
        entry_id: str | None = None,
    ) -> Draft:
        """A draft of this hand; now and a new id unless given."""
        return Draft(
            id=entry_id or new_id(self.chance),
            kind=kind,
            happened_at=at or self.clock(),
            by=self.by,
            means=self.means,
            salt=self.chance(16),
            person=person,
            event=event,
            replaces=tuple(replaces),
            body=body or {},
        )


def sign_in(hand: Hand, event: str, person: str, *, at: datetime | None = None, **body: Any) -> Draft:
    """A person is in."""
    return hand.draft("sign-in", event=event, person=person, at=at, body=body)


def sign_out(hand: Hand, event: str, person: str, *, at: datetime | None = None, **body: Any) -> Draft:
    """A person is out."""
    return hand.draft("sign-out", event=event, person=person, at=at, body=body)


def walk_in(
    hand: Hand, event: str, fields: Mapping[str, str], *, at: datetime | None = None
) -> tuple[str, list[Draft]]:
    """Somebody who is not on any list: their person record and their sign-in. Returns the person's id and both drafts.

    The id comes from the e-mail or certificate where one was given, so that the same person found on a list later is
    the same; without one it is random, because two people may share a name.
    """
    kept = tidied(fields)
    if not kept.get("last_name"):
        raise Refused("name-missing")
    person = person_id(kept) if kept.get("email") or kept.get("certificate") else new_id(hand.chance)
    record = hand.draft("person", person=person, at=at, body={"fields": kept, "walk_in": True})
    return person, [record, sign_in(hand, event, person, at=at, walk_in=True)]


def correct_mark(
    hand: Hand, event: str, person: str, mark: Mark, *, at: datetime, reason: str, settles: Sequence[str] = ()
) -> Draft:
    """Another time for an in or out that stands; says why. `settles` = all versions of it that stand side by side."""
    kind = "sign-in" if mark.is_in else "sign-out"
    body = {"reason": _reason(reason)}
    return hand.draft(kind, event=event, person=person, at=at, body=body, replaces=settles or [mark.entry])


def decide_mark(hand: Hand, event: str, person: str, heads: Sequence[Entry], keep: Entry, *, reason: str) -> Draft:
    """One of several undecided versions is right: a new version that follows all of them."""
    body = {"reason": _reason(reason)}
    return hand.draft(
        str(keep.kind), event=event, person=person, at=keep.at, body=body, replaces=[head.id for head in heads]
    )


def request(hand: Hand, event: str, person: str, hundredths: int, *, reason: str) -> Draft:
    """A person asks for so many hundredths of an hour, fewer than they could have."""
    return hand.draft("request", event=event, person=person, body={"hundredths": hundredths, "reason": _reason(reason)})


def choose(hand: Hand, event: str, person: str, choice: Choice, *, offering: str, reason: str) -> Draft:
    """A person takes clock hours, or credits instead, for the whole offering."""
    body = {"offering": offering, "choice": choice, "reason": _reason(reason)}
    return hand.draft("choice", event=event, person=person, body=body)


def undo(hand: Hand, entry: Entry, *, reason: str = "") -> Draft:
    """Void exactly this entry; an undo may be undone too."""
    return hand.draft("undo", event=entry.event, person=entry.person, body={"undoes": entry.id, "reason": tidy(reason)})


def everyone_out(hand: Hand, fold: EventFold, *, at: datetime, reason: str, but: Iterable[str] = ()) -> list[Draft]:
    """All who are still in are out at `at`, except `but`; one reason, marked as closed by hand.

    A person who came after `at` is left alone: nobody leaves before they came.
    """
    group, why, spared = new_id(hand.chance), _reason(reason), set(but)
    return [
        sign_out(hand, fold.event_id, person, at=at, reason=why, closed_by_hand=True, group=group)
        for person in sorted(fold.persons() - spared)
        if fold.presence(person).is_in and fold.presence(person).stays[-1].came.at <= at
    ]


def note(hand: Hand, event: str | None, text: str, *, segment: str = "", tag: str = "note") -> Draft:
    """A session note, stamped now and tagged with the segment that runs."""
    return hand.draft("note", event=event, body={"text": text.strip(), "segment": segment, "tag": tag})


def popup(hand: Hand, event: str | None, body: Mapping[str, Any], *, replaces: Sequence[str] = ()) -> Draft:
    """A problem of practice: owner, problem, how_might_we, ideas, commitment, segment."""
    return hand.draft("popup", event=event, body=body, replaces=replaces)


def flag(hand: Hand, event: str, person: str | None, code: str, text: str, about: Sequence[str]) -> Draft:
    """A doubt about entries: shown until somebody decides, never a block."""
    return hand.draft("flag", event=event, person=person, body={"code": code, "text": text, "about": list(about)})


def decide_flag(hand: Hand, event: str, flag_id: str, *, accepted: bool, reason: str) -> Draft:
    """A doubt settled."""
    return hand.draft("flag-decided", event=event, body={"flag": flag_id, "accepted": accepted, "reason": tidy(reason)})


def head_count(hand: Hand, event: str, count: int) -> Draft:
    """Heads counted in the room."""
    return hand.draft("head-count", event=event, body={"count": count})


def check_sign_out(fold: EventFold, person: str, name: str, at: datetime) -> None:
    """Refuse a sign-out of a person who never signed in, or before they did."""
    came = fold.presence(person).first_in
    if came is None or came > at:
        zone = fold.event.zone if fold.event else None
        raise Refused("before-sign-in", name=name, time=at.astimezone(zone).strftime("%H:%M"))


def written(outcomes: Sequence[Outcome]) -> list[Entry]:
    """The stored entries; raises the first refusal among them."""
    entries = []
    for outcome in outcomes:
        if outcome.refusal is not None:
            raise Refused(outcome.refusal.code, **outcome.refusal.details)
        if outcome.entry is not None:
            entries.append(outcome.entry)
    return entries


def take_back(ledger: Ledger, hand: Hand, entries: Sequence[Entry], *, reason: str = "") -> list[Entry]:
    """Undo all that one action wrote, newest first."""
    return written(ledger.append([undo(hand, entry, reason=reason) for entry in reversed(entries)]))


def _reason(reason: str) -> str:
    reason = tidy(reason)
    if not reason:
        raise Refused("reason-missing")
    return reason
