"""Quick polls and exit tickets, written down: opened, answered with a name, shown on the wall, closed.

Owns how each becomes a draft, and that one is asked at a time. What is given without a name goes from the box into one
entry (`steps.rounds`). Never learns who answered where no names are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.evaluation import counted
from plfacilitate.core.plan import Event, Question, ReadyPoll
from plfacilitate.core.polls.asking import MOST_QUESTIONS, checked
from plfacilitate.core.polls.fold import POLL_KINDS, PollFold
from plfacilitate.core.polls.picture import Ballot, Poll, PollPicture, numbered
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import fold as folded
from plfacilitate.core.text import plain, tidy
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.rounds import count_out
from plfacilitate.store.ballots import box_of, lying, unshut
from plfacilitate.store.ledger import Ledger


def read_polls(ledger: Ledger, event: str) -> PollFold:
    """The polls of an event as they stand."""
    fold = PollFold(event)
    fold.apply(ledger.entries(event=event, kinds=POLL_KINDS))
    return fold


def poll_named(picture: PollPicture, name: str) -> Poll:
    """A poll by its id, the beginning of it (at least four letters), or what the plan calls it; the newest of several.

    Refused: `poll-unknown`.
    """
    fits = [one for one in picture.polls if one.ready == name or (len(name) >= 4 and one.id.startswith(name))]
    if not fits:
        raise Refused("poll-unknown", poll=plain(name))
    return fits[-1]


def ready_named(event: Event, name: str) -> ReadyPoll:
    """A poll that the plan has ready, by its id or title. Refused: `poll-unknown`."""
    found = next((one for one in event.plan.polls if one.id == name or folded(one.title) == folded(name)), None)
    if found is None:
        raise Refused("poll-unknown", poll=plain(name))
    return found


def open_poll(
    hand: Hand, event: Event, picture: PollPicture, asked: ReadyPoll, *, segment: str = "", entry_id: str | None = None
) -> Draft:
    """Phones are asked from now on.

    Refused: `poll-on`, `poll-not-open`, `event-closed`, `poll-empty`, `poll-many`, `poll-choices`, `poll-long`.
    """
    if event.closed_at is not None:
        raise Refused("event-closed", title=event.title, time=f"{event.closed_at.astimezone(event.zone):%H:%M}")
    if event.opened_at is None:
        raise Refused("poll-not-open")
    if picture.open is not None:
        raise Refused("poll-on", title=plain(picture.open.name))
    if not asked.questions:
        raise Refused("poll-empty")
    if len(asked.questions) > MOST_QUESTIONS:
        raise Refused("poll-many", count=len(asked.questions), most=MOST_QUESTIONS)
    body = {
        "title": tidy(asked.title), "questions": [_snapshot(checked(one)) for one in asked.questions],
        "exit": asked.exit, "named": asked.names, "hidden": asked.hidden, "ready": asked.id, "segment": segment,
    }  # fmt: skip
    return hand.draft("poll-opened", event=event.id, body=body, entry_id=entry_id)


def _snapshot(one: Question) -> dict[str, Any]:
    """A question as it is kept: without what it does not have."""
    known = {**asdict(one), "ask": tidy(one.ask), "options": list(one.options)}
    return {name: value for name, value in known.items() if value or name in ("id", "kind", "ask")}


def answer(
    hand: Hand, event: str, poll: Poll, person: str, who: str, answers: Ballot, *, entry_id: str | None = None
) -> Draft:
    """What somebody answers with their name; it takes the place of what they answered before."""
    before = [one.entry for one in poll.said if one.person == person and one.entry != entry_id]
    body = {"poll": poll.id, "who": who, "answers": dict(answers)}
    return hand.draft("poll-answer", event=event, person=person, body=body, replaces=before, entry_id=entry_id)


def show(hand: Hand, event: str, poll: Poll, *, counts: bool, texts: bool) -> Draft:
    """What the wall shows of it from now on."""
    return hand.draft("poll-shown", event=event, body={"poll": poll.id, "figures": counts, "texts": texts})


def close_poll(ledger: Ledger, hand: Hand, event: str, poll: Poll) -> Entry:
    """Nobody is asked any more; what lay in the box is counted in one entry, and the box is empty for good.

    Stopped in the middle it is done again, and the entry is still one. Refused: `poll-over`.
    """
    if not poll.open:
        raise Refused("poll-over")
    return _counted(ledger, hand, event, poll)


def _counted(ledger: Ledger, hand: Hand, event: str, poll: Poll) -> Entry:
    def body(ballots: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        found = [numbered(one, counted(one, ballots)) for one in poll.questions]
        return {"poll": poll.id, "ballots": len(ballots), "questions": found}

    return count_out(ledger, hand, event, poll.id, "poll-closed", body)


def close_polls(ledger: Ledger, hand: Hand, event: str) -> None:
    """Whatever is still asked when an event closes, and what came in while one was being closed."""
    polls = read_polls(ledger, event).picture().polls
    if not polls:
        return
    box, ids = box_of(ledger.path), [one.id for one in polls]
    waiting = lying(box, ids)
    for one in polls:
        if one.open or one.id in waiting:
            _counted(ledger, hand, event, one)
    with suppress(Refused):
        unshut(box, ids)
