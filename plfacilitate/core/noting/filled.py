"""What was noted on an item, in the few words in which it can be typed again.

Owns the short text of every kind of answer; `core.noting.filling` reads it back as the same answer. Never says what it is worth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from plfacilitate.core.protocol import Item, Option, Prompt
from plfacilitate.core.text import tidy
from plfacilitate.core.visiting.observation import Answer, Notes

NO_LEVEL = "-"
"""Stands before words that would be read as a level."""


def shown(part: Item | Prompt, notes: Notes, now: datetime, *, slot: int = 0) -> str:
    """What stands, as it can be typed; "" = nothing was noted. `slot` names the glance of a snapshot, from 1.

    A stopwatch that runs is read at `now`; seconds are shown, and what is typed in its place are whole minutes.
    """
    if isinstance(part, Prompt):
        return _prompt(notes.answer)
    match part.kind:
        case "tally":
            return str(notes.times) if notes.taps or notes.total is not None else ""
        case "state":
            return _minutes(notes.seconds(now)) if notes.bouts or notes.total is not None else ""
        case "snapshot":
            codes = next((dict(one.codes) for one in notes.glances if one.slot == slot), None)
            return "" if codes is None else _codes(part, codes)
        case _:
            return _answer(part, notes.answer)


def nothing_word(options: Sequence[Option]) -> str:
    """The word for a glance at which none of the codes held, whatever the options are called."""
    ids = {option.id.casefold() for option in options}
    return next((word for word in ("none", "nothing", "empty", "nil", "nil") if word not in ids), "()")


def _answer(item: Item, answer: Answer | None) -> str:
    if answer is None or answer.value in (None, ()):
        return ""
    value = " ".join(answer.value) if isinstance(answer.value, tuple) else str(answer.value)
    if item.kind == "text":
        return tidy(value)
    note = tidy(answer.note)
    return f"{value}{':' if item.kind == 'choice' else ''} {note}" if note else value


def _prompt(answer: Answer | None) -> str:
    if answer is None:
        return ""
    note = tidy(answer.note)
    if answer.value is not None:
        return f"{answer.value} {note}".rstrip()
    return f"{NO_LEVEL} {note}" if note and (note[0].isdigit() or note.split()[0] == NO_LEVEL) else note


def _minutes(seconds: int) -> str:
    """`12 min`, or `3:42` where it is no whole minute."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02}" if rest else f"{minutes} min"


def _codes(item: Item, codes: Mapping[str, int]) -> str:
    if not codes:
        return nothing_word(item.options)
    order = [option.id for option in item.options if option.id in codes]
    if item.capture != "count":
        return " ".join(order)
    return " ".join(f"{one}={codes[one]}" if one.isdigit() else f"{one} {codes[one]}" for one in order)
