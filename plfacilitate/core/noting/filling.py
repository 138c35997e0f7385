"""What somebody types for an item or a prompt: a short text, read as what is to be noted, or one sentence that helps.

Owns the forms that are understood; `core.noting.filled` shows an answer in one of them. Never knows a field or a ledger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from plfacilitate.core.noting.filled import NO_LEVEL, nothing_word
from plfacilitate.core.protocol import LOOK_FOR, Item, ItemKind, Option, Prompt
from plfacilitate.core.text import fold, plain, tidy
from plfacilitate.core.visiting.observation import Answer

MOST = 9999
"""The largest count, tally or number of students that is taken: more is a slip of the finger."""
MOST_MINUTES = 600
MOST_SLOTS = 500
TEXT_LETTERS = 3
"""Letters from which on the beginning of an option's text, and not only of its id, names it."""


class Unclear(Exception):
    """What was typed is no answer; `str()` says what is wrong and what to type, without a full stop."""


class Said(NamedTuple):
    """One thing to note, as `steps.observe.note` takes it. `total` = a whole count, or whole minutes, in place of taps."""

    value: str | int | tuple[str, ...] | Mapping[str, object] | None
    words: str = ""
    total: bool = False


_YES = ("y", "yes", "seen", "+")
_NO = ("n", "no", "not", "not seen")
_NOT_APPLICABLE = ("-", "na", "n/a", "not applicable")
_LOOKED = {word: LOOK_FOR[at] for at, words in enumerate((_YES, _NO, _NOT_APPLICABLE)) for word in words}
_NUMBER = re.compile(r"(?P<number>\d+)[.,:)]?(?:\s+(?P<words>\S.*))?", re.ASCII)
_MINUTES = re.compile(r"(?P<minutes>\d{1,4})(?::(?P<seconds>[0-5]\d))?\s*(?:m|min|minutes?)?", re.ASCII | re.IGNORECASE)
_SLOT = re.compile(r"(?P<slot>\d{1,4})\s*:\s*(?P<codes>.*)", re.ASCII)
_PAIR = re.compile(r"(?P<code>[^=]+)=(?P<number>\d+)", re.ASCII)


def read(part: Item | Prompt, text: str, *, levels: int = 0, slot: int = 0) -> tuple[Said, ...]:
    """What a text says of an item or a prompt; several things only for a snapshot. Raises Unclear.

    `levels` is how many an interview's ladder has, 0 = none. `slot` is the glance that a text without a number of its
    own belongs to, 0 = it must name one.
    """
    text = tidy(text)
    if not text.strip("; " if isinstance(part, Item) and part.kind == "snapshot" else " "):
        raise Unclear(hint(part, levels=levels))
    if isinstance(part, Prompt):
        return (_prompt(text, levels),)
    if part.kind == "snapshot":
        return tuple(_glance(part, piece, slot) for piece in text.split(";") if piece.strip())
    return (_READERS[part.kind](part, text),)


def beside(said: Said, stands: Answer | None) -> Said:
    """What is noted when a level is typed without words, or words without a level: the other half stays as it was."""
    if stands is None or isinstance(said.value, (Mapping, tuple)) or said.total:
        return said
    if said.value is None and isinstance(stands.value, int):
        return said._replace(value=stands.value)
    return said if said.words else said._replace(words=stands.note)


def hint(part: Item | Prompt, *, levels: int = 0) -> str:
    """What can be typed for an item or a prompt, in a few words."""
    if isinstance(part, Prompt):
        return f"a level, 1 to {levels}, and words, or words only" if levels else "the answer in words"
    if part.kind == "rating":
        return f"a level, 1 to {len(part.levels)}, and words if you like"
    if part.kind == "snapshot" and part.capture == "count":
        return f"how many of each, such as {part.options[0].id} 20 {part.options[1].id} 4"
    return _HINTS[part.kind]


_HINTS: Mapping[ItemKind, str] = {
    "look-for": "y seen, n not seen, - not applicable, and words if you like",
    "tally": "how many times in all",
    "state": "minutes, such as 12 or 3:30 (from 30 seconds on it counts as a minute more)",
    "count": "a number, and words if you like",
    "choice": "what fits, by its number or the beginning of its name",
    "snapshot": "what held, by number or the beginning of a name",
    "text": "words",
}


# -- kind by kind ----------------------------------------------------------------------------------------------------


def _prompt(text: str, levels: int) -> Said:
    if text == NO_LEVEL or text.startswith(f"{NO_LEVEL} "):
        words = text[len(NO_LEVEL) :].strip()
        if not words:
            raise Unclear(f"{NO_LEVEL} needs words behind it")
        return Said(None, words)
    if levels and text[0].isdigit():
        return _levelled(text, levels, f", or {NO_LEVEL} and words")
    return Said(None, text)


def _levelled(text: str, levels: int, otherwise: str = "") -> Said:
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise Unclear(f"{_cited(text)} begins with no level: type 1 to {levels}, then words if you like")
    level = _whole(match["number"])
    if not 1 <= level <= levels:
        raise Unclear(f"there is no level {level}: type 1 to {levels}{otherwise}")
    return Said(level, match["words"] or "")


def _look_for(text: str) -> Said:
    """The longest of the known answers at the beginning, then words."""
    words = text.split(" ")
    for size in (2, 1):
        said = " ".join(words[:size]).casefold().rstrip(":,")
        if said in _LOOKED and len(words) >= size:
            return Said(_LOOKED[said], " ".join(words[size:]))
    raise Unclear(f"{_cited(text)} is no answer here: type y, n or -, then words if you like")


def _count(text: str) -> Said:
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise Unclear(f"{_cited(text)} is no number: type one, such as 24")
    return Said(_at_most(_whole(match["number"]), MOST), match["words"] or "")


def _tally(text: str) -> Said:
    if not text.isascii() or not text.isdecimal():
        raise Unclear(f"{_cited(text)} is no number: type how many times in all, such as 7")
    return Said(_at_most(_whole(text), MOST), total=True)


def _state(text: str) -> Said:
    match = _MINUTES.fullmatch(text)
    if match is None:
        raise Unclear(f"{_cited(text)} is no time: type minutes, such as 12 or 3:30")
    minutes = int(match["minutes"]) + (int(match["seconds"] or 0) >= 30)
    return Said(_at_most(minutes, MOST_MINUTES), total=True)


def _choice(item: Item, text: str) -> Said:
    names, _, words = text.partition(":")
    found = tuple(dict.fromkeys(_option(item.options, name) for name in _names(names)))
    if not found:
        raise Unclear(_HINTS["choice"])
    if len(found) > 1 and not item.several:
        raise Unclear(f"only one fits here, and {_cited(names)} names {len(found)}")
    return Said(found, words.strip())


def _glance(item: Item, text: str, slot: int) -> Said:
    match = _SLOT.fullmatch(text.strip())
    codes = match["codes"] if match else text
    number = int(match["slot"]) if match else slot
    if not number:
        raise Unclear("which one? Begin with its number, such as 1:")
    if number > MOST_SLOTS:
        raise Unclear(f"{number} is more than {MOST_SLOTS}: begin with the number of the row on paper")
    if codes.strip().casefold() == nothing_word(item.options):
        return Said({"slot": number, "codes": {}})
    found = _numbers(item, codes) if item.capture == "count" else _ticks(item, codes)
    return Said({"slot": number, "codes": found})


def _ticks(item: Item, text: str) -> dict[str, int]:
    found = {_option(item.options, name): 1 for name in _names(text)}
    if not found:
        raise Unclear(f"{_HINTS['snapshot']}; {nothing_word(item.options)} if none did")
    if item.capture == "one" and len(found) > 1:
        raise Unclear("one fits best here: type only one")
    return found


def _numbers(item: Item, text: str) -> dict[str, int]:
    """`on 20 off 4`, `on=20 off=4`; numbers alone go by the order of the options."""
    words = _names(text)
    if words and all(word.isascii() and word.isdecimal() for word in words):
        if len(words) > len(item.options):
            raise Unclear(f"{len(words)} numbers for {len(item.options)} codes: {hint(item)}")
        return {one.id: _at_most(_whole(word), MOST) for one, word in zip(item.options, words, strict=False)}
    found: dict[str, int] = {}
    code = ""
    for word in words:
        pair = _PAIR.fullmatch(word)
        if code and word.isascii() and word.isdecimal():
            found[code], code = _at_most(_whole(word), MOST), ""
        elif code:
            raise Unclear(f"{code} has no number behind it: {hint(item)}")
        elif pair:
            found[_option(item.options, pair["code"])] = _at_most(_whole(pair["number"]), MOST)
        else:
            code = _option(item.options, word)
    if code or not found:
        raise Unclear(f"{code} has no number behind it: {hint(item)}" if code else hint(item))
    return found


_READERS: Mapping[ItemKind, Callable[[Item, str], Said]] = {
    "look-for": lambda _, text: _look_for(text),
    "rating": lambda item, text: _levelled(text, len(item.levels)),
    "tally": lambda _, text: _tally(text),
    "state": lambda _, text: _state(text),
    "count": lambda _, text: _count(text),
    "choice": _choice,
    "text": lambda _, text: Said(text),
}


# -- pieces ----------------------------------------------------------------------------------------------------------


def _names(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _option(options: Sequence[Option], typed: str) -> str:
    """The option of that id or number, else the only one whose id, or else whose text, begins so."""
    name = typed.casefold()
    exact = [one.id for one in options if one.id == typed] or [one.id for one in options if one.id.casefold() == name]
    if exact:
        return exact[0]
    if name.isascii() and name.isdecimal():
        at = _whole(name)
        if not 1 <= at <= len(options):
            raise Unclear(f"there is no {at}: they go from 1 to {len(options)}")
        return options[at - 1].id
    found = [one.id for one in options if one.id.casefold().startswith(name)]
    if not found and len(fold(name)) >= TEXT_LETTERS:
        found = [one.id for one in options if fold(one.text).startswith(fold(name))]
    if len(found) == 1:
        return found[0]
    if found:
        raise Unclear(f"{_cited(typed)} could be {' or '.join(found[:3])}: type one letter more")
    raise Unclear(f"{_cited(typed)} is none of them: type a number, 1 to {len(options)}, or the beginning of a name")


def _whole(digits: str) -> int:
    """A number of any length; one that is too long for anything is as good as a very large one."""
    return int(digits) if len(digits) < 10 else 10**9


def _at_most(number: int, most: int) -> int:
    if number > most:
        raise Unclear(f"more than {most} can't be: look again")
    return number


def _cited(text: str) -> str:
    """The beginning of what was typed, safe to show."""
    text = plain(text)
    return text if len(text) <= 16 else f"{text[:15]}…"
