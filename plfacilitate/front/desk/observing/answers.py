"""What a key means while an item is being answered: a level, seen or not, options, a number, a snapshot's codes.

Owns how each kind of item takes its keys. Never writes: an act says what is to be noted.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from plfacilitate.core.noting.scripting import slots_due
from plfacilitate.core.protocol import LOOK_FOR, Item, Protocol
from plfacilitate.front.desk.observing.modes import (
    Act,
    Answering,
    Part,
    Sight,
    Step,
    Value,
    Writing,
    after,
    answers,
    how,
    opened,
)

_LOOK_FOR_KEYS = {"1": 0, "y": 0, "2": 1, "n": 1, "3": 2, "-": 2}


def answering(mode: Answering, key: str, letter: str, sight: Sight) -> Step:
    """What a key comes to while an item is open; Esc leaves it, and a snapshot stays as it was begun."""
    part = sight.part(mode.part)
    kind = how(part, sight.protocol)
    if key in ("escape", "tab", "shift+tab"):
        then = Writing() if key == "tab" else after(mode.stay)
        return Step(then, _half(mode, part), "Left open: it is there when you come back." if mode.chosen else "")
    if kind == "snapshot" and isinstance(part, Item):
        return _glance(mode, part, key, letter, sight)
    if kind == "choice" and isinstance(part, Item):
        return _choice(mode, part, key, letter, sight)
    if key in ("backspace", "delete") and not mode.typed:
        return _answered(mode, None)
    if kind == "count":
        return _count(mode, key, letter)
    if kind == "look-for":
        at = _LOOK_FOR_KEYS.get(letter.lower())
        return _answered(mode, LOOK_FOR[at]) if at is not None else _unknown(mode)
    found = _found(part, sight.protocol, letter)
    return _answered(mode, int(found)) if found else _unknown(mode)


def _half(mode: Answering, part: Part) -> Act | None:
    """What was toggled and not kept waits for whoever comes back to it."""
    if isinstance(part, Item) and part.kind == "snapshot":
        return Act("half", mode.part, dict(mode.chosen) | {"": mode.slot})
    return None


def _answered(mode: Answering, value: Value, moment: datetime | None = None) -> Step:
    return Step(after(mode.stay), Act("note", mode.part, value, moment))


def _unknown(mode: Answering) -> Step:
    return Step(mode, said="One of the keys that are shown, or Esc.")


def _found(part: Part, protocol: Protocol, letter: str) -> str:
    return next((name for key, name, _ in answers(part, protocol) if letter and key == letter), "")


def _count(mode: Answering, key: str, letter: str) -> Step:
    if letter.isdigit() and len(mode.typed) < 4:
        return Step(replace(mode, typed=mode.typed + letter))
    if key == "backspace":
        return Step(replace(mode, typed=mode.typed[:-1]))
    if key == "enter" and mode.typed:
        return _answered(mode, int(mode.typed))
    return Step(mode, said="Digits, then Enter.")


def _choice(mode: Answering, part: Item, key: str, letter: str, sight: Sight) -> Step:
    if key in ("backspace", "delete"):
        return _answered(mode, ())
    if key == "enter" and part.several:
        return _answered(mode, tuple(option.id for option in part.options if option.id in dict(mode.chosen)))
    found = _found(part, sight.protocol, letter) or _numbered(part, letter)
    if not found:
        return _unknown(mode)
    return Step(_toggled(mode, found)) if part.several else _answered(mode, (found,))


def _numbered(part: Item, letter: str) -> str:
    """An option by its place, 1 to 9."""
    at = int(letter) - 1 if letter.isascii() and letter.isdigit() else -1
    return part.options[at].id if 0 <= at < len(part.options) else ""


def _toggled(mode: Answering, option: str) -> Answering:
    chosen = dict(mode.chosen)
    if option not in chosen:
        chosen[option] = 1
    else:
        del chosen[option]
    return replace(mode, chosen=tuple(chosen.items()), last=option)


def _glance(mode: Answering, part: Item, key: str, letter: str, sight: Sight) -> Step:
    if key in ("left", "right"):
        slot = max(1, mode.slot + (1 if key == "right" else -1))
        latest = slots_due(part, sight.seen.started_at, sight.now) + 1
        return Step(opened(part, sight, stay=mode.stay, slot=min(slot, latest)), _half(mode, part))
    if letter == "-":
        return Step(after(mode.stay), Act("skip", part.id, mode.slot), f"Snapshot {mode.slot} is skipped.")
    if key == "delete":
        return _answered(mode, {"slot": mode.slot, "codes": {}, "gone": True}, mode.at)
    if key == "enter":
        return _kept(mode)
    if part.capture == "count" and (letter.isdigit() or key == "backspace"):
        return _numbering(mode, letter)
    found = _found(part, sight.protocol, letter) or _numbered(part, letter)
    return _coded(mode, part, found) if found else _unknown(mode)


def _coded(mode: Answering, part: Item, option: str) -> Step:
    """A code was pressed: the only one is kept at once, others go on and off or count one more."""
    if part.capture == "one":
        return _kept(replace(mode, chosen=((option, 1),)))
    if part.capture == "tick":
        return Step(_toggled(mode, option))
    chosen = dict(mode.chosen)
    chosen[option] = chosen.get(option, 0) + 1
    return Step(replace(mode, chosen=tuple(chosen.items()), last=option, typed=""))


def _kept(mode: Answering) -> Step:
    codes = {option: number for option, number in mode.chosen if number}
    if not codes:
        return Step(mode, said="Nothing is noted yet; - skips this one, Esc leaves it open.")
    return _answered(mode, {"slot": mode.slot, "codes": codes}, mode.at)


def _numbering(mode: Answering, letter: str) -> Step:
    """Digits after a letter are how many; Backspace takes a digit, or one student, away again."""
    chosen = dict(mode.chosen)
    if mode.last not in chosen:
        return Step(mode, said="A letter first: for whom do you count?")
    if letter:
        typed = (mode.typed + letter)[-3:]
        chosen[mode.last] = int(typed)
        return Step(replace(mode, chosen=tuple(chosen.items()), typed=typed))
    chosen[mode.last] = int(mode.typed[:-1] or 0) if mode.typed else max(0, chosen[mode.last] - 1)
    return Step(replace(mode, chosen=tuple(chosen.items()), typed=mode.typed[:-1]))
