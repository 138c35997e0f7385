"""What can be done from the desk, each as one function for the writer thread.

Owns the words of the toasts and what one action writes together. Never decides what a fact is worth, and never talks to
a widget.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from plfacilitate.core.fold import EventFold
from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.presence import Mark
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain, tidy
from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.steps import capture

Who = Mapping[str, str]
"""Person id → the name that a toast says."""
Moment = datetime


def sign_in(event: str, who: Who, *, at: datetime | None = None, reason: str = "", anyhow: bool = False) -> Deed:
    """These people are in, now or at `at`. Whoever is in already is passed over, unless `anyhow`."""

    def deed(work: Work) -> Done:
        fold = work.fold(event)
        new = [person for person in who if anyhow or not fold.presence(person).is_in]
        if not new:
            raise Refused("in-already", name=_names(who, who), time=_since(fold, next(iter(who))))
        extra = _extra(work, new, reason)
        drafts = [capture.sign_in(work.hand, event, person, at=at, **extra) for person in new]
        entries = work.write(drafts)
        return Done(
            f"{_names(who, new)} in at {_time(fold, entries[0].at)}{_passed(len(who) - len(new), 'in already')}",
            entries,
            event,
        )

    return deed


def sign_out(event: str, who: Who, *, at: datetime | None = None, reason: str = "", anyhow: bool = False) -> Deed:
    """These people are out, now or at `at`. Whoever is not in is passed over, unless `anyhow`."""

    def deed(work: Work) -> Done:
        fold, moment = work.fold(event), at or work.hand.clock()
        new = [person for person in who if anyhow or fold.presence(person).is_in]
        if not new:
            raise Refused("not-in", name=_names(who, who))
        for person in new:
            capture.check_sign_out(fold, person, plain(who[person]), moment)
        extra = _extra(work, new, reason)
        entries = work.write([capture.sign_out(work.hand, event, person, at=moment, **extra) for person in new])
        left = [person for person in who if person not in new]
        absent = sum(1 for person in left if not fold.presence(person).stays)
        said = f"{_passed(len(left) - absent, 'out already')}{_passed(absent, 'never in')}"
        return Done(f"{_names(who, new)} out at {_time(fold, moment)}{said}", entries, event)

    return deed


def walk_in(event: str, fields: Mapping[str, str]) -> Deed:
    """Somebody on no list is in."""

    def deed(work: Work) -> Done:
        person, drafts = capture.walk_in(work.hand, event, fields)
        if work.fold(event).presence(person).is_in:
            raise Refused("in-already", name=_spoken(fields), time=_since(work.fold(event), person))
        entries = work.write(drafts)
        return Done(f"{_spoken(fields)} walked in at {_time(work.fold(event), entries[-1].at)}", entries, event)

    return deed


def everyone_out(event: str, at: datetime, reason: str, but: Collection[str]) -> Deed:
    """All who are still in are out at `at`, but for the exceptions; one reason."""

    def deed(work: Work) -> Done:
        fold = work.fold(event)
        drafts = capture.everyone_out(work.hand, fold, at=at, reason=reason, but=but)
        if not drafts:
            raise Refused("nobody-in", time=_time(fold, at))
        entries = work.write(drafts)
        return Done(f"{_count(len(entries), 'person', 'people')} out at {_time(fold, at)}", entries, event)

    return deed


def correct(event: str, person: str, name: str, mark: Mark, at: datetime, reason: str) -> Deed:
    """Another time for a mark."""

    def deed(work: Work) -> Done:
        fold = work.fold(event)
        draft = capture.correct_mark(work.hand, event, person, mark, at=at, reason=reason)
        said = f"{plain(name)}: {_kind(mark)} {_time(fold, mark.at)} → {_time(fold, at)}"
        return Done(said, work.write([draft]), event)

    return deed


def wish(event: Event, person: Person, said: str, reason: str, *, hours: str = "", choice: str = "") -> Deed:
    """What a person wants to be given: fewer hours, or credits in place of hours; "" = nothing is said about it."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.correct import Correction
        from plfacilitate.steps.correct import correct as step

        what = Correction(hours=hours or None, choice=choice or None)
        entries = step(work.ledger, work.hand, event, person, what, reason=reason)
        return Done(f"{plain(person.name)}: {said}", tuple(entries), event.id)

    return deed


def take_away(event: str, name: str, mark: Mark, reason: str) -> Deed:
    """A mark that should not be there is voided, for a reason."""

    def deed(work: Work) -> Done:
        entry = work.ledger.entry(mark.entry)
        if entry is None or not tidy(reason):
            raise Refused("reason-missing")
        drafts = [capture.undo(work.hand, entry, reason=reason)]
        return Done(
            f"{plain(name)}: {_kind(mark)} {_time(work.fold(event), mark.at)} taken away", work.write(drafts), event
        )

    return deed


def keep_version(event: str, person: str, name: str, mark: Mark, reason: str) -> Deed:
    """Of two versions of a mark the shown one is right."""

    def deed(work: Work) -> Done:
        family = next((one for one in work.fold(event).versions(person) if one.root == mark.root), None)
        if family is None or family.current is None:
            raise Refused("reason-missing")
        draft = capture.decide_mark(work.hand, event, person, family.heads, family.current, reason=reason)
        return Done(
            f"{plain(name)}: {_kind(mark)} {_time(work.fold(event), mark.at)} it is", work.write([draft]), event
        )

    return deed


def settle(event: str, flag: str, text: str, *, accepted: bool, reason: str) -> Deed:
    """A doubt is settled: accepted = all is well, else the doubt is right."""

    def deed(work: Work) -> Done:
        draft = capture.decide_flag(work.hand, event, flag, accepted=accepted, reason=reason)
        return Done(f"{'All is well' if accepted else 'Doubt confirmed'}: {plain(text)}", work.write([draft]), event)

    return deed


def count_heads(event: str, count: int) -> Deed:
    """Heads counted in the room."""

    def deed(work: Work) -> Done:
        return Done(f"Head count {count}", work.write([capture.head_count(work.hand, event, count)]), event)

    return deed


NOTED = {"note": "Note kept", "parking": "Parked", "decision": "Decision kept"}


def note(event: str | None, text: str, segment: str, tag: str = "note") -> Deed:
    """A note, stamped now."""

    def deed(work: Work) -> Done:
        entries = work.write([capture.note(work.hand, event, text, segment=segment, tag=tag)])
        return Done(NOTED[tag], entries, event or "")

    return deed


def popup(event: str | None, body: Mapping[str, object], replaces: Sequence[str] = ()) -> Deed:
    """A problem of practice."""

    def deed(work: Work) -> Done:
        entries = work.write([capture.popup(work.hand, event, body, replaces=replaces)])
        return Done(f"POP-up of {plain(str(body.get('owner') or 'nobody'))} kept", entries, event or "")

    return deed


def edit(person: str, name: str, fields: Mapping[str, str]) -> Deed:
    """Other words in a person's record."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.intake import change_person

        entry = change_person(work.ledger, work.hand, person, dict(fields))
        changed = ", ".join(field.replace("_", " ") for field in fields)
        return Done(f"{plain(name)}: {changed} changed", (entry,))

    return deed


# -- words -----------------------------------------------------------------------------------------------------------


def _extra(work: Work, people: Sequence[str], reason: str) -> dict[str, str]:
    """What the marks of one action have in common: a group where they are several, a reason where one was given."""
    extra = {"reason": tidy(reason)} if reason else {}
    if len(people) > 1:
        from plfacilitate.store.ledger import new_id

        extra["group"] = new_id(work.hand.chance)
    return extra


def _names(who: Who, people: Collection[str]) -> str:
    names = [plain(who[person]) for person in people]
    return names[0] if len(names) == 1 else f"{len(names)} people"


def _passed(left: int, word: str) -> str:
    return f" ({left} {'was' if left == 1 else 'were'} {word})" if left else ""


def _spoken(fields: Mapping[str, str]) -> str:
    return plain(tidy(f"{fields.get('first_name', '')} {fields.get('last_name', '')}"))


def _count(number: int, one: str, many: str) -> str:
    return f"1 {one}" if number == 1 else f"{number} {many}"


def _kind(mark: Mark) -> str:
    return "in" if mark.is_in else "out"


def _time(fold: EventFold, moment: datetime) -> str:
    return clock(minute_of(moment), fold.event.zone) if fold.event else ""


def _since(fold: EventFold, person: str) -> str:
    stays = fold.presence(person).stays
    return _time(fold, stays[-1].came.at) if stays else ""
