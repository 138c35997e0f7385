"""Leading a protocol, written down: begin, move on, pause, a minute more, a line, the end.

Owns how it becomes a draft and what is refused. Never reads a screen, and never moves anybody on by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from plfacilitate.core.entry import Draft
from plfacilitate.core.keeping.past import Past
from plfacilitate.core.protocol import CaptureKind, Protocol
from plfacilitate.core.refusal import Refused
from plfacilitate.core.running.fold import RUN_KINDS, RunFold
from plfacilitate.core.running.past import past
from plfacilitate.core.running.places import AS_RECKONED, MOST_CLOCKS, MOST_TURNS, Place, Size
from plfacilitate.core.running.run import Captured, Run
from plfacilitate.core.text import tidy
from plfacilitate.steps.capture import Hand
from plfacilitate.store.ledger import Ledger

PROMISE = ("who", "what", "first_step", "due")
"""What a commitment says, in a POP-up and here."""


def read_runs(ledger: Ledger, event: str) -> RunFold:
    """All that was led at an event."""
    fold = RunFold(event)
    fold.apply(ledger.entries(event=event, kinds=RUN_KINDS))
    return fold


def past_of(ledger: Ledger, protocol: str) -> Past | None:
    """How long a protocol took whenever it was led on this laptop or came to it; None = it never was led to its end."""
    folds: dict[str, RunFold] = {}
    for entry in ledger.entries(kinds=RUN_KINDS):
        if entry.event is not None:
            folds.setdefault(entry.event, RunFold(entry.event)).apply([entry])
    return past((run for fold in folds.values() for run in fold.runs), protocol)


def check_size(size: Size) -> None:
    """Refuse a number of groups or people that nobody can lead: `run-size`."""
    for what, number, most in (
        ("groups with a clock of their own", size.clocks, MOST_CLOCKS),
        ("people who take turns", size.people, MOST_TURNS),
        ("groups that take turns", size.groups, MOST_TURNS),
    ):
        if number is not None and not 1 <= number <= most:
            raise Refused("run-size", what=what, number=number, most=most)


def begin(
    hand: Hand,
    event: str,
    protocol: Protocol,
    *,
    segment: str = "",
    size: Size = AS_RECKONED,
    at: datetime | None = None,
    entry_id: str | None = None,
) -> Draft:
    """A protocol begins, with every group at its first step; its id is the draft's.

    Refused: `not-led` (it has no steps), `run-size`.
    """
    if not protocol.steps:
        raise Refused("not-led", title=protocol.title)
    check_size(size)
    body = {"protocol": protocol.to_json(), "segment": segment, **_size(size)}
    return hand.draft("run-begun", event=event, at=at, body=body, entry_id=entry_id)


def resize(hand: Hand, run: Run, size: Size, *, at: datetime | None = None) -> Draft:
    """Another number of groups or people from now on. Refused: `run-size`, `run-ended`."""
    check_size(size)
    return _draft(hand, run, "run-sized", at, _size(size))


def move(hand: Hand, run: Run, groups: Collection[int], place: Place, *, at: datetime | None = None) -> Draft:
    """These groups are at this place from now on, forwards or back. Refused: `run-ended`."""
    body = {"groups": sorted(groups), "step": place.step.id, "turn": place.turn}
    return _draft(hand, run, "step-begun", at, body)


def pause(hand: Hand, run: Run, groups: Collection[int], *, at: datetime | None = None) -> Draft:
    """The clocks of these groups stand still. Refused: `run-ended`."""
    return _draft(hand, run, "run-paused", at, {"groups": sorted(groups)})


def resume(hand: Hand, run: Run, groups: Collection[int], *, at: datetime | None = None) -> Draft:
    """The clocks of these groups go on. Refused: `run-ended`."""
    return _draft(hand, run, "run-resumed", at, {"groups": sorted(groups)})


def add_minutes(
    hand: Hand, run: Run, numbers: Collection[int], minutes: int, *, at: datetime | None = None
) -> list[Draft]:
    """So many minutes more (or fewer) for the step at which each of these groups is; never below one minute.

    A group that has no minute to give is passed over. Refused: `run-ended`, `no-minute-left` where none has.
    """
    may = [one for one in run.groups if one.number in numbers and one.now.minutes + minutes >= 1]
    if not may:
        raise Refused("no-minute-left")
    by_place: dict[tuple[str, int], list[int]] = {}
    for one in may:
        by_place.setdefault(one.now.place.key, []).append(one.number)
    return [
        _draft(hand, run, "step-minutes", at, {"groups": group, "step": step, "turn": turn, "minutes": minutes})
        for (step, turn), group in by_place.items()
    ]


def capture(
    hand: Hand,
    run: Run,
    text: str,
    *,
    kind: CaptureKind = "note",
    group: int = 0,
    place: Place,
    at: datetime | None = None,
) -> list[Draft]:
    """What is written down at a place; `group` 0 = for all of them. Ideas are one a line, the rest stays one.

    A commitment is one at once, whoever's it is and by when: that can be said afterwards (`promise`). Also after the
    end: what somebody said last is written down last. Refused: `nothing-typed`.
    """
    lines = text.splitlines() if kind == "idea" else [text]
    said = [line.strip() for line in lines if line.strip()]
    if not said:
        raise Refused("nothing-typed")
    about = {"run": run.id, "group": group, "step": place.step.id, "turn": place.turn}
    if kind == "commitment":
        bodies = [_promised(about, {"what": line}) for line in said]
        return [hand.draft("commitment", event=run.event, at=at, body=body) for body in bodies]
    return [hand.draft("captured", event=run.event, at=at, body={**about, "as": kind, "text": line}) for line in said]


def reword(hand: Hand, run: Run, line: Captured, text: str) -> Draft | None:
    """The same line in other words, at its time and place; None = nothing would change. Refused: `nothing-typed`."""
    said = text.strip()
    if not said:
        raise Refused("nothing-typed")
    if said == line.text:
        return None
    if line.kind == "commitment":
        return promise(
            hand, run, line, {"what": said, **{name: getattr(line, name) for name in PROMISE if name != "what"}}
        )
    body = {**_about(run, line), "as": line.kind, "text": said}
    return hand.draft("captured", event=run.event, at=line.at, body=body, replaces=line.heads)


def promise(hand: Hand, run: Run, line: Captured, words: Mapping[str, str]) -> Draft:
    """A line becomes a commitment, or one is completed: what, who, first step, by when. Refused: `nothing-typed`."""
    body = _promised(_about(run, line), words)
    if not body["what"]:
        raise Refused("nothing-typed")
    return hand.draft("commitment", event=run.event, at=line.at, body=body, replaces=line.heads)


def take_away(hand: Hand, run: Run, line: Captured) -> list[Draft]:
    """Nothing of a line counts any more, in whatever words; each version is voided by itself."""
    return [
        hand.draft("undo", event=run.event, body={"undoes": one, "reason": "the line was taken away"})
        for one in line.versions
    ]


def _about(run: Run, line: Captured) -> dict[str, Any]:
    return {"run": run.id, "group": line.group, "step": line.step, "turn": line.turn}


def _promised(about: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """The body of a commitment that belongs to no problem of practice, but to a run."""
    return {"popup": "", **about, **{name: tidy(words.get(name, "")) for name in PROMISE}}


def end(hand: Hand, run: Run, *, at: datetime | None = None) -> Draft:
    """All clocks stop for good. Refused: `run-ended`."""
    return _draft(hand, run, "run-ended", at, {})


def _draft(hand: Hand, run: Run, kind: str, at: datetime | None, body: Mapping[str, Any]) -> Draft:
    if run.ended_at is not None:
        raise Refused("run-ended", title=run.protocol.title)
    return hand.draft(kind, event=run.event, at=at, body={"run": run.id, **body})


def _size(size: Size) -> dict[str, int]:
    """A size as a body holds it; what the protocol reckons with itself is left out."""
    turns = {"people": size.people, "groups": size.groups}
    return {"clocks": size.clocks, **{name: number for name, number in turns.items() if number is not None}}
