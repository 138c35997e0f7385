"""One item of a protocol as several observers noted it: each one's value, words and lines, and what is inside it.

Owns how a note becomes a value that can be compared. How far apart values are is said by `core.debrief.differing`; items are put
together by `core.debrief.pooled`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from typing import NamedTuple

from plfacilitate.core.debrief.agreement import Matched, Span, at_once, matched
from plfacilitate.core.debrief.differing import Noted, apart, differ, glances_text, in_common, kind_of, listed, mean
from plfacilitate.core.protocol import Item, Prompt, Protocol
from plfacilitate.core.visiting.observation import Line, Notes, Observation

WINDOW = timedelta(seconds=10)
"""Two taps no further apart than this may be one and the same event."""


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
    `nobody` = all did. `rows` are its codes, the most different first; `events` the taps of each two voices, `lasted`
    for how many seconds both of each two, and at least one, said that a state went on.
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
    lasted: tuple[tuple[str, str, int, int], ...] = ()

    @property
    def differs(self) -> bool:
        """Whether there is something to talk about."""
        return self.gap > 0 or (bool(self.missing) and not self.nobody)


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


def spans_of(voice: Voice, state: str, now: datetime) -> tuple[Span, ...]:
    """From when to when a state went on; one that goes on still, until `now`."""
    return tuple((bout.began, bout.ended or now) for bout in voice.seen.of(state).bouts)


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
    missing = tuple(
        voice.name
        for voice, value in zip(voices, values, strict=True)
        if value is None and voice.seen.protocol.asks(part, voice.seen.respondent)
    )
    given = [(name, value) for name, value in zip(names, values, strict=True) if value is not None]
    if kind_of(part) == "text":
        return Talk(section, part, said, 0, "", (), nobody=not given)
    gap, why = differ(part, given, voices[0].seen.protocol)
    left_out = f"{listed(missing)} left it out" if given and missing else ""
    words = "; ".join(filter(None, (why, left_out)))
    inside = (_rows(part, values), _events(part, voices), _lasted(part, voices, now))
    return Talk(section, part, said, gap, words, missing, not given, *inside)


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
            return glances_text(len(value)) if isinstance(value, Mapping) else ""
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


# -- what is inside an item ------------------------------------------------------------------------------------------


def _rows(part: Item | Prompt, values: Sequence[Noted | None]) -> tuple[Row, ...]:
    """The codes of a snapshot, the most different first; those that nobody ticked are left out."""
    glances = [one for one in values if isinstance(one, Mapping)]
    if not isinstance(part, Item) or not glances:
        return ()
    both, rows = in_common(glances), []
    for option in part.options:
        slots = [
            {slot: one[slot].get(option.id, 0) for slot in both} if isinstance(one, Mapping) else None for one in values
        ]
        looked = [one for one in slots if one is not None]
        if any(any(one.values()) for one in looked):
            said = tuple("" if one is None else str(sum(one.values())) for one in slots)
            rows.append(Row(option.text, said, mean(apart(a, b) for a, b in combinations(looked, 2))))
    return tuple(sorted(rows, key=lambda row: -row.gap))


def _events(part: Item | Prompt, voices: Sequence[Voice]) -> tuple[tuple[str, str, Matched], ...]:
    """The taps of each two voices, matched in time; a total from paper has no times."""
    if kind_of(part) != "tally":
        return ()
    timed = [(voice.name, one.taps) for voice in voices if (one := voice.seen.of(part.id)).total is None]
    return tuple(
        (a, b, matched(taps, others, WINDOW)) for (a, taps), (b, others) in combinations(timed, 2) if taps or others
    )


def _lasted(part: Item | Prompt, voices: Sequence[Voice], now: datetime) -> tuple[tuple[str, str, int, int], ...]:
    """How long a state went on at the same time; a total from paper says nothing of when."""
    if kind_of(part) != "state":
        return ()
    timed = [(voice.name, spans_of(voice, part.id, now)) for voice in voices if voice.seen.of(part.id).total is None]
    found = ((a, b, *at_once(spans, others)) for (a, spans), (b, others) in combinations(timed, 2))
    return tuple(one for one in found if one[3])
