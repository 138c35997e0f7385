"""What an observer does, written down: begin, a line, a mark, done; what the team plans, agrees and sums up.

Owns how it becomes a draft and what is refused. Never reads a screen, and never says what a note is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from plfacilitate.core.debrief.meetings import closed, held_already
from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.protocol import LOOK_FOR, Item, ItemKind, Prompt, Protocol
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import tidy
from plfacilitate.core.visiting.fold import OBSERVED_KINDS, VISIT_KINDS, VisitFold
from plfacilitate.core.visiting.observation import Line, Observation
from plfacilitate.core.visiting.plan import Visit
from plfacilitate.steps.capture import Hand, undo, written
from plfacilitate.store.ledger import Ledger

Value = str | int | Sequence[str] | Mapping[str, object] | None


def read_visit(ledger: Ledger, event: str) -> VisitFold:
    """The whole visit as it stands."""
    fold = VisitFold(event)
    fold.apply(ledger.entries(event=event, kinds=VISIT_KINDS))
    return fold


def plan_visit(hand: Hand, fold: VisitFold, visit: Visit) -> Draft:
    """The visit as it is announced now; what was announced before is kept, and does not count any more."""
    body = {"visit": visit.to_json()}
    return hand.draft("visit-planned", event=fold.event_id, body=body, replaces=fold.plan_entries)


def check_may_change(fold: VisitFold, observation: str) -> None:
    """Refuse to change notes that others were shown: `laid-open`. An observation that is not there is nobody's."""
    seen = fold.observation(observation)
    if seen is None or seen.ended_at is None:
        return
    no = closed(fold.picture(), seen)
    if no is not None:
        raise no


def check_may_write(ledger: Ledger, fold: VisitFold, drafts: Iterable[Draft]) -> None:
    """Refuse drafts that change what was laid open, or would stand in its place; `laid-open`. Known ones pass."""
    for draft in drafts:
        try:
            if draft.kind == "observation-started":
                _check_beginning(fold, draft.body)
            elif draft.kind in OBSERVED_KINDS:
                check_may_change(fold, str(draft.body["observation"]))
        except Refused:
            if ledger.entry(draft.id) is None:
                raise


def _check_beginning(fold: VisitFold, body: Mapping[str, Any]) -> None:
    stop, protocol = str(body.get("stop", "")), str(body["protocol"]["id"])
    there = held_already(fold.picture(), stop, protocol, str(body["observer"]), str(body.get("respondent", "")))
    if there is not None:
        check_may_change(fold, there.id)


def check_may_take_back(fold: VisitFold, entries: Iterable[Entry]) -> None:
    """Refuse to take back, or to let count again, what belongs to notes that were laid open: `laid-open`."""
    for observation in dict.fromkeys(fold.observation_of(entry.id) for entry in entries):
        check_may_change(fold, observation)


def begin(
    hand: Hand,
    event: str,
    protocol: Protocol,
    *,
    observer: str,
    stop: str = "",
    respondent: str = "",
    at: datetime | None = None,
    entry_id: str | None = None,
) -> Draft:
    """An observation or an interview begins; its id is the draft's. Refused: `observer-missing`."""
    if not tidy(observer):
        raise Refused("observer-missing")
    body = {
        "stop": stop,
        "observer": tidy(observer),
        "respondent": tidy(respondent),
        "protocol": protocol.to_json(),
    }
    return hand.draft("observation-started", event=event, at=at, body=body, entry_id=entry_id)


def line(
    hand: Hand,
    seen: Observation,
    text: str,
    *,
    items: Collection[str] = (),
    at: datetime | None = None,
    entry_id: str | None = None,
) -> Draft:
    """A line of the script, stamped now or at `at`, coded to `items`."""
    body = {"observation": seen.id, "text": text.strip(), "items": _known(seen, items)}
    return hand.draft("line", event=seen.event, at=at, body=body, entry_id=entry_id)


def reword(hand: Hand, seen: Observation, old: Line, text: str) -> Draft:
    """Other words for a line; its time and what it is coded to stay."""
    body = {"observation": seen.id, "text": text.strip(), "items": list(old.items)}
    return hand.draft("line", event=seen.event, at=old.at, body=body, replaces=[old.entry])


def code(hand: Hand, seen: Observation, old: Line, items: Collection[str]) -> Draft:
    """What a line is coded to from now on."""
    body = {"observation": seen.id, "line": old.entry, "items": _known(seen, items)}
    return hand.draft("coded", event=seen.event, body=body)


def note(
    hand: Hand,
    seen: Observation,
    item: str,
    value: Value,
    *,
    words: str = "",
    total: bool = False,
    at: datetime | None = None,
) -> Draft:
    """An item or a prompt is noted; `total` = the whole count, or minutes, from paper. Refused: `not-an-answer`."""
    part = seen.protocol.item(item) or seen.protocol.prompt(item)
    if part is None or not _fits(part, seen.protocol, value, total=total):
        raise Refused("not-an-answer", item=part.id if part is not None else item)
    body = {"observation": seen.id, "item": item, **_said(value, words)} | ({"total": True} if total else {})
    return hand.draft("observed", event=seen.event, at=at, body=body)


def end(hand: Hand, seen: Observation, *, at: datetime | None = None) -> Draft:
    """The observer is done. States that go on end now, and are marked as ended by rule. Refused: `ended-already`."""
    if seen.ended_at is not None:
        raise Refused("ended-already", observer=seen.observer, title=seen.protocol.title)
    return hand.draft("observation-ended", event=seen.event, at=at, body={"observation": seen.id})


def agree(hand: Hand, event: str, *, stop: str, protocol: str, item: str, value: Value, words: str = "") -> Draft:
    """What the observers of a stop agreed on; None takes it away again."""
    body = {"stop": stop, "protocol": protocol, "item": item, **_said(value, words)}
    return hand.draft("agreed", event=event, body=body)


def lay_open(hand: Hand, fold: VisitFold, *, stop: str, protocol: str, title: str, waits: Collection[str]) -> Draft:
    """The notes of a stop are shown before all are done: a note that says whom it did not wait for."""
    room = fold.visit.label(stop) if fold.visit is not None and stop else "no room"
    words = f"{title}, {room}: the notes were laid open before {', '.join(waits)} had ended."
    body = {"text": words, "segment": "", "tag": "decision", "stop": stop, "protocol": protocol}
    return hand.draft("note", event=fold.event_id, body=body)


def sum_up(hand: Hand, event: str, parts: Mapping[str, str]) -> Draft:
    """What the team writes into the report; a part that is not named stays as it is."""
    return hand.draft(
        "visit-summary", event=event, body={"parts": {name: text.strip() for name, text in parts.items()}}
    )


def take_back_newest(ledger: Ledger, hand: Hand, fold: VisitFold, observation: str) -> Draft:
    """Void what was written last in an observation; again and again, back to its beginning.

    Refused: `nothing-noted`, `laid-open`.
    """
    check_may_change(fold, observation)
    newest = fold.newest(observation)
    if newest is None:
        raise Refused("nothing-noted")
    draft = undo(hand, newest)
    written(ledger.append([draft]))
    return draft


def _said(value: Value, words: str) -> Mapping[str, object]:
    """A value as a body holds it, and the words beside it where there are some."""
    kept = list(value) if isinstance(value, (tuple, set, frozenset)) else value
    return {"value": kept} | ({"note": words.strip()} if words.strip() else {})


def _known(seen: Observation, items: Collection[str]) -> list[str]:
    for item in items:
        if seen.protocol.item(item) is None and seen.protocol.prompt(item) is None:
            raise Refused("item-unknown", item=item, protocol=seen.protocol.id)
    return list(dict.fromkeys(items))


def _fits(part: Item | Prompt, protocol: Protocol, value: Value, *, total: bool) -> bool:
    """Whether a value is an answer to an item or prompt; None is one where it can take an answer away."""
    if value is None:
        return not total and not (isinstance(part, Item) and part.kind in ("tally", "state", "snapshot"))
    if total:
        return isinstance(part, Item) and part.kind in ("tally", "state") and _from(0, value)
    if isinstance(part, Prompt):
        return _from(1, value, len(protocol.levels))
    return _FITS[part.kind](part, value)


def _from(least: int, value: Value, most: int | None = None) -> bool:
    return type(value) is int and least <= value and (most is None or value <= most)


def _choice_fits(item: Item, value: Value) -> bool:
    if isinstance(value, (str, int, Mapping)) or value is None:
        return False
    return set(value) <= {option.id for option in item.options} and (item.several or len(set(value)) <= 1)


def _glance_fits(item: Item, value: Mapping[str, object]) -> bool:
    slot, codes, options = value.get("slot"), value.get("codes"), {option.id for option in item.options}
    if type(slot) is not int or slot < 1 or not isinstance(codes, Mapping) or not set(codes) <= set(options):
        return False
    numbers = list(codes.values())
    if not all(type(number) is int and number >= 0 for number in numbers):
        return False
    return item.capture == "count" or (set(numbers) <= {1} and (item.capture == "tick" or len(numbers) <= 1))


_FITS: Mapping[ItemKind, Callable[[Item, Value], bool]] = {
    "look-for": lambda item, value: value in LOOK_FOR,
    "rating": lambda item, value: _from(1, value, len(item.levels)),
    "tally": lambda item, value: _from(1, value, 1),
    "state": lambda item, value: value in ("on", "off"),
    "count": lambda item, value: _from(0, value),
    "text": lambda item, value: isinstance(value, str),
    "choice": _choice_fits,
    "snapshot": lambda item, value: isinstance(value, Mapping) and _glance_fits(item, value),
}
