"""The line at the bottom that says the keys, and how people read the name of one.

Owns which keys have room. Never knows what a key does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from plfacilitate.core.text import cells
from plfacilitate.front.widgets.lines import Part, Parts

_ROOM_FOR_DIM = 100  # cells of width from which keys are named that do nothing now
_KEY_TEXT = {"slash": "/", "question_mark": "?", "space": "space", "escape": "Esc", "enter": "Enter",
             "tab": "Tab", "shift+tab": "Shift+Tab", "at": "@", "number_sign": "#", "plus": "+", "minus": "-", "right": "→", "left": "←"}  # fmt: skip
_KEY_TEXT |= {f"f{number}": f"F{number}" for number in range(1, 13)}


class KeyWord(NamedTuple):
    """A key on the line: its name, its short word, what a click does. `last` = it stands there whatever the width."""

    key: str
    label: str
    action: str
    ready: bool = True
    last: bool = False


def key_parts(words: Iterable[KeyWord], width: int, enter: str = "") -> Parts:
    """As many keys as the width takes; what can't be done now is dim, or left out when narrow.

    `enter` = what Enter does, "" = nothing.
    """
    parts: list[Part] = [Part(" ")]
    room = width - 8
    if enter:
        parts += [Part("Enter", "key"), Part(f" {enter}  ")]
        room -= cells(enter) + 8
    for one in words:
        label = f" {one.label}{'' if one.last else '  '}"
        if one.last or (cells(one.key) + cells(label) <= room and (one.ready or width >= _ROOM_FOR_DIM)):
            parts += [
                Part(one.key, "key" if one.ready else "off", one.action),
                Part(label, "" if one.ready else "off", one.action),
            ]
            room -= cells(one.key) + cells(label)
    return parts


def key_text(keys: str, *, typing: bool = False) -> str:
    """The first of these keys (as Textual names them, with commas) as people read it; "" = none.

    `typing` = where letters are typed, and are no keys.
    """
    found = [key for key in keys.split(",") if not typing or not is_typed(key)]
    return _KEY_TEXT.get(found[0], found[0]) if found else ""


def is_typed(key: str) -> bool:
    """Whether a field takes the key for itself."""
    return len(key) == 1 or key in ("slash", "question_mark", "space", "plus", "minus", "equals_sign")
