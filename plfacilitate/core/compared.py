"""One item of a protocol as several observers noted it: what each of them said, how far apart they are, and why.

Owns how a difference is measured and worded, kind by kind. Never says who is right, and never puts items together
(`core.pooled`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from typing import NamedTuple, TypeVar

from plfacilitate.core.agreement import Matched, matched
from plfacilitate.core.observation import Line, Notes, Observation
from plfacilitate.core.protocol import Item, Prompt, Protocol

WINDOW = timedelta(seconds=10)
"""Two taps no further apart than this may be one and the same event."""

Key = TypeVar("Key", bound=Hashable)
Slots = Mapping[int, Mapping[str, int]]
"""Glances: slot → code → how many students, or 1."""
Noted = str | int | tuple[str, ...] | Slots


class Voice(NamedTuple):
    """One observer's view. `later` = how long after the first of them they began, which moves their glances."""

    name: str
    seen: Observation
    later: timedelta = timedelta()


class Said(NamedTuple):
    """What one of them noted. `value` None = left out; a state's is in seconds. `text` is short, for a column."""

    value: Noted | None
    text: str
    note: str = ""
    lines: tuple[Line, ...] = ()


class Row(NamedTuple):
    """One code of a snapshot or one answer of several: how often each ticked it; `gap` 0 = alike."""

    text: str
    said: tuple[str, ...]
    gap: float


class Talk(NamedTuple):
    """An item or a prompt with what each voice said of it, in the order of the voices.

    `gap` is 0 (alike) to 1 (as far apart as can be). `why` is one line. `missing` are the names of who left it out;
    `nobody` = all did. `rows` are its codes, the most different first; `events` the taps of each two voices.
    """

    section: str
    part: Item | Prompt
    said: tuple[Said, ...]
    gap: float
    why: str
    missing: tuple[str, ...] = ()
    nobody: bool = False
    rows: tuple[Row, ...] = ()
    events: tuple[tuple[str, str, Matched], ...] = ()

    @property
    def differs(self) -> bool:
        """Whether there is something to talk about."""
        return self.gap > 0 or (bool(self.missing) and not self.nobody)


def kind_of(part: Item | Prompt) -> str:
    """An item's kind; `prompt` for a prompt."""
    return part.kind if isinstance(part, Item) else "prompt"


def noted(voice: Voice, part: Item | Prompt, now: datetime) -> Noted | None:
    """What a voice noted on it, as it is compared; None = left out. A state that goes on lasts until `now`.

    No tap and no moment of a state are a total of 0: to note none is an answer.
    """
    notes = voice.seen.of(part.id)
    match kind_of(part):
        case "tally":
            return notes.times
        case "state":
            return notes.seconds(now)
        case "snapshot" if isinstance(part, Item):
            moved = round(voice.later / timedelta(minutes=max(1, part.every)))
            return {one.slot + moved: one.codes for one in notes.glances} or None
    value = notes.answer.value if notes.answer is not None else None
    return value if value not in ((), "") else None


def talk(section: str, part: Item | Prompt, voices: Sequence[Voice], now: datetime) -> Talk:
    """What is to be said about one item."""
    values = [noted(voice, part, now) for voice in voices]
    said = tuple(
        Said(
            value,
            text_of(part, value, voice.seen.protocol),
            _beside(voice.seen.of(part.id)),
            voice.seen.lines_of(part.id),
        )
        for voice, value in zip(voices, values, strict=True)
    )
    names = [voice.name for voice in voices]
    missing = tuple(name for name, value in zip(names, values, strict=True) if value is None)
    given = [(name, value) for name, value in zip(names, values, strict=True) if value is not None]
    if kind_of(part) == "text":
        return Talk(section, part, said, 0, "", (), nobody=not given)
    gap, why = _differ(part, given, voices[0].seen.protocol)
    left_out = f"{_and(missing)} left it out" if given and missing else ""
    words = "; ".join(filter(None, (why, left_out)))
    return Talk(section, part, said, gap, words, missing, not given, _rows(part, values), _events(part, voices))


def text_of(part: Item | Prompt, value: Noted | None, protocol: Protocol) -> str:
    """A value in few letters; "" = left out."""
    if value is None:
        return ""
    match kind_of(part):
        case "rating":
            return f"{value} of {len(part.levels)}" if isinstance(part, Item) else ""
        case "prompt":
            return f"{value} of {len(protocol.levels)}"
        case "tally":
            return f"{value} ×"
        case "state":
            return f"{int(str(value)) // 60}:{int(str(value)) % 60:02} min"
        case "snapshot":
            return _count(len(value)) if isinstance(value, Mapping) else ""
        case "choice" if isinstance(part, Item) and isinstance(value, tuple):
            texts = {option.id: option.text for option in part.options}
            return ", ".join(texts.get(one, one) for one in value)
    return str(value)


def agreed_text(part: Item | Prompt, value: str | int | tuple[str, ...] | None, protocol: Protocol) -> str:
    """What was agreed on, in few letters; a state's is in whole minutes. "" = words only."""
    if kind_of(part) == "state" and value is not None:
        return f"{value} min"
    return text_of(part, value, protocol)


def title_of(part: Item | Prompt) -> str:
    """What an item or a prompt is called."""
    return part.text if isinstance(part, Item) else part.title or part.ask


def _beside(notes: Notes) -> str:
    return notes.answer.note if notes.answer is not None else ""


# -- how far apart, and why ------------------------------------------------------------------------------------------

Given = Sequence[tuple[str, Noted]]
"""Who noted something, and what."""


def _differ(part: Item | Prompt, given: Given, protocol: Protocol) -> tuple[float, str]:
    """How far apart those are who noted something, and one line about it; (0, "") = not at all."""
    if len(given) < 2:
        return 0, ""
    numbers = [value for _, value in given if isinstance(value, int)]
    match kind_of(part):
        case "rating" | "prompt":
            return _levels_apart(numbers, len(part.levels if isinstance(part, Item) else protocol.levels))
        case "look-for":
            return _looked_for(given)
        case "choice":
            return _chosen([value for _, value in given if isinstance(value, tuple)])
        case "snapshot":
            return _glanced([value for _, value in given if isinstance(value, Mapping)])
    return _amounts(given, numbers)


def _levels_apart(levels: Sequence[int], most: int) -> tuple[float, str]:
    apart = max(levels) - min(levels)
    words = "one level apart" if apart == 1 else f"{apart} levels apart"
    return (apart / max(1, most - 1), words) if apart else (0, "")


def _looked_for(given: Given) -> tuple[float, str]:
    seen = [name for name, value in given if value == "seen"]
    unseen = [name for name, value in given if value == "not seen"]
    if len({value for _, value in given}) == 1:
        return 0, ""
    if not seen or not unseen:
        return 0.5, "does it apply here?"
    if len(seen) == 1:
        return 1, f"only {seen[0]} saw it"
    return 1, f"all but {unseen[0]} saw it" if len(unseen) == 1 else "some saw it, some did not"


def _chosen(answers: Sequence[tuple[str, ...]]) -> tuple[float, str]:
    gap = _mean(_apart(dict.fromkeys(a, 1), dict.fromkeys(b, 1)) for a, b in combinations(answers, 2))
    return (gap, "different answers" if gap == 1 else "some answers in common") if gap else (0, "")


def _amounts(given: Given, amounts: Sequence[int]) -> tuple[float, str]:
    least, most = min(amounts), max(amounts)
    some = [name for name, value in given if value]
    if least == most:
        return 0, ""
    if len(some) == 1:
        return 1, f"only {some[0]} noted it"
    if not least:
        return 1, f"{_and([name for name, value in given if not value])} noted none"
    return 1 - least / most, f"the smaller is {round(100 * least / most)} % of the larger"


def _glanced(glances: Sequence[Slots]) -> tuple[float, str]:
    """Slots in which all of them looked are compared, code by code."""
    both = _in_common(glances)
    cells = [{(slot, code): n for slot in both for code, n in one[slot].items() if n} for one in glances]
    gap = _mean(_apart(a, b) for a, b in combinations(cells, 2))
    alike = sum(1 for slot in both if all(_ticked(one[slot]) == _ticked(glances[0][slot]) for one in glances))
    return (gap, f"alike in {alike} of {_count(len(both))}") if gap else (0, "")


def _apart(a: Mapping[Key, int], b: Mapping[Key, int]) -> float:
    """1 less what they have in common, as a part of what either has."""
    keys = a.keys() | b.keys()
    either = sum(max(a.get(key, 0), b.get(key, 0)) for key in keys)
    return 1 - sum(min(a.get(key, 0), b.get(key, 0)) for key in keys) / either if either else 0


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0


def _in_common(glances: Sequence[Slots]) -> list[int]:
    return sorted(set.intersection(*(set(one) for one in glances))) if glances else []


def _ticked(codes: Mapping[str, int]) -> dict[str, int]:
    return {code: number for code, number in codes.items() if number}


def _count(number: int) -> str:
    return "1 glance" if number == 1 else f"{number} glances"


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


# -- what is inside an item ------------------------------------------------------------------------------------------


def _rows(part: Item | Prompt, values: Sequence[Noted | None]) -> tuple[Row, ...]:
    """The codes of a snapshot, the most different first; those that nobody ticked are left out."""
    glances = [one for one in values if isinstance(one, Mapping)]
    if not isinstance(part, Item) or not glances:
        return ()
    both, rows = _in_common(glances), []
    for option in part.options:
        slots = [
            {slot: one[slot].get(option.id, 0) for slot in both} if isinstance(one, Mapping) else None for one in values
        ]
        looked = [one for one in slots if one is not None]
        if any(any(one.values()) for one in looked):
            said = tuple("" if one is None else str(sum(one.values())) for one in slots)
            rows.append(Row(option.text, said, _mean(_apart(a, b) for a, b in combinations(looked, 2))))
    return tuple(sorted(rows, key=lambda row: -row.gap))


def _events(part: Item | Prompt, voices: Sequence[Voice]) -> tuple[tuple[str, str, Matched], ...]:
    """The taps of each two voices, matched in time; a total from paper has no times."""
    if kind_of(part) != "tally":
        return ()
    timed = [(voice.name, one.taps) for voice in voices if (one := voice.seen.of(part.id)).total is None]
    return tuple(
        (a, b, matched(taps, others, WINDOW)) for (a, taps), (b, others) in combinations(timed, 2) if taps or others
    )
