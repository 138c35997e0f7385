"""What a key means while somebody observes: one key's grammar, without a screen.

Owns which act a key asks for. Never writes, never knows a widget; a typed line is nobody's business here.
"""

from __future__ import annotations

from dataclasses import replace

from plfacilitate.core.noting.scripting import slot_at, slots_due
from plfacilitate.front.desk.observing.answers import answering
from plfacilitate.front.desk.observing.modes import (
    Act,
    Answering,
    Mode,
    Part,
    Sight,
    Step,
    Which,
    Words,
    Writing,
    after,
    how,
    opened,
)

AGAIN_SECONDS = 1.0  # a state's key that is pressed twice was pressed by mistake


def press(mode: Mode, key: str, letter: str, sight: Sight) -> Step | None:
    """What a key means; `letter` "" = it is none. None = it is the field's."""
    if isinstance(mode, Writing):
        return _writing(key, sight)
    if isinstance(mode, Words):
        return Step(after(mode.stay)) if key == "escape" else None
    if isinstance(mode, Answering):
        return answering(mode, key, letter, sight)
    return _which(mode, key, letter, sight) if mode.found is None else _finding(mode, mode.found, key, letter, sight)


def _writing(key: str, sight: Sight) -> Step | None:
    if key == "tab":
        return Step(Which())
    if key == "shift+tab":
        return Step(Which(codes=True))
    return open_due(sight) if key == "f6" else None


def open_due(sight: Sight, *, stay: bool = False) -> Step:
    """Open the snapshot that is due; where none is, the one that will be next."""
    item = sight.due()
    if item is None:
        coming = [
            (slot_at(one, sight.seen.started_at, slots_due(one, sight.seen.started_at, sight.now) + 1), at, one)
            for at, one in enumerate(sight.protocol.items)
            if one.kind == "snapshot"
        ]
        if not coming:
            return Step(after(stay), said="This protocol has no snapshots.")
        item = min(coming)[2]
    return Step(opened(item, sight, stay=stay))


def _which(mode: Which, key: str, letter: str, sight: Sight) -> Step:
    ahead = "shift+tab" if mode.codes else "tab"
    if key == "escape" or (key == ahead and mode.stay):
        return Step(Writing())
    if key == ahead:
        return Step(replace(mode, stay=True))
    if key in ("tab", "shift+tab"):
        return Step(replace(mode, codes=not mode.codes))
    if key == "f6":
        return open_due(sight, stay=mode.stay)
    if key == "slash" or letter == "/":
        return Step(replace(mode, found="", at=0))
    return _picking(mode, key, letter, sight)


def _picking(mode: Which, key: str, letter: str, sight: Sight) -> Step:
    """An item by its letter, or by the arrows and Enter."""
    parts = tuple(sight.protocol.parts)
    if key in ("up", "down"):
        return Step(replace(mode, at=_moved(mode.at, key, len(parts))))
    if key == "enter" and 0 <= mode.at < len(parts):
        return picked(parts[mode.at], mode, sight)
    found = next((part for part in parts if letter and sight.letters.get(part.id) == letter), None)
    if found is not None:
        return picked(found, mode, sight)
    return Step(mode, said=f"No item has {letter}." if letter else "A letter picks an item; Esc leaves.")


def _moved(at: int, key: str, count: int) -> int:
    return max(0, min(count - 1, at + (1 if key == "down" else -1)))


def _finding(mode: Which, found: str, key: str, letter: str, sight: Sight) -> Step:
    """Letters narrow the list down, Enter takes the marked one."""
    matches = sight.matches(found)
    if key == "escape":
        return Step(replace(mode, found=None, at=-1))
    if key in ("tab", "shift+tab"):
        return Step(Writing())
    if key in ("up", "down"):
        return Step(replace(mode, at=_moved(mode.at, key, len(matches))))
    if key == "enter":
        return picked(matches[mode.at], mode, sight) if matches else Step(mode, said="No item has these words.")
    if key == "backspace":
        return Step(replace(mode, found=found[:-1], at=0))
    return Step(replace(mode, found=found + letter, at=0) if letter else mode)


def picked(part: Part, mode: Which, sight: Sight) -> Step:
    """An item was picked: done at once where one key says all, else it is opened."""
    then = after(mode.stay, mode.codes)
    if mode.codes:
        return Step(then, Act("code", part.id))
    kind = how(part, sight.protocol)
    if kind == "tally":
        return Step(then, Act("note", part.id, 1))
    if kind == "state":
        return Step(then, *_state(part, sight))
    if kind == "text":
        return Step(Words(part.id, mode.stay), Act("words", part.id))
    return Step(opened(part, sight, stay=mode.stay))


def _state(part: Part, sight: Sight) -> tuple[Act | None, str]:
    """Starts or stops; the same key again within a second does nothing, and that is said."""
    bouts = sight.seen.of(part.id).bouts
    going = bool(bouts) and bouts[-1].ended is None
    changed = bouts[-1].ended or bouts[-1].began if bouts else None
    if changed is not None and 0 <= (sight.now - changed).total_seconds() < AGAIN_SECONDS:
        return None, "Pressed twice: counted once."
    return Act("state", part.id, "off" if going else "on"), ""
