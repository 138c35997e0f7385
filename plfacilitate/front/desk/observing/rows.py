"""What stands beside the script while somebody observes, line by line, for every mode.

Owns the words: an item's letter and present value, the answers it may have. Never decides what a key does
(`keys`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from textwrap import wrap
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plfacilitate.core.noting.scripting import slot_at, slots_due, words_of
from plfacilitate.core.protocol import LOOK_FOR, Item, Protocol
from plfacilitate.core.results.outcomes import outcomes
from plfacilitate.core.text import cells, plain
from plfacilitate.core.visiting.observation import Notes
from plfacilitate.front.desk.observing.modes import (
    Answering,
    Mode,
    Part,
    Sight,
    Which,
    Words,
    Writing,
    answers,
    how,
    named,
)

_SHORT = {LOOK_FOR[0]: "✓ seen", LOOK_FOR[1]: "✗ not", LOOK_FOR[2]: "– n/a"}
_SIGNS = {"tally": "+", "state": "▸", "snapshot": "◷", "rating": "≡", "look-for": "?", "choice": "◇", "count": "#",
          "text": "¶"}  # fmt: skip


class PanelRow(NamedTuple):
    """A line of the panel. `part` "" = it picks nothing; `lead` = the key may be pressed now; `lit` = it is chosen."""

    key: str
    text: str
    value: str = ""
    look: str = ""
    part: str = ""
    lead: bool = False
    lit: bool = False
    head: bool = False


def rows(mode: Mode, sight: Sight, width: int, height: int) -> list[PanelRow]:
    """What the panel shows, in so many cells; whole texts and headings only where there is room for them."""
    if isinstance(mode, (Answering, Words)):
        return _answers(mode, sight, max(12, width), height)
    if isinstance(mode, Which) and mode.found is not None:
        return [_item(part, sight, lead=True, lit=at == mode.at) for at, part in enumerate(sight.matches(mode.found))]
    come = _come_to(sight, width)
    height = max(0, height - len(come))
    lead, lit = isinstance(mode, Which), mode.at if isinstance(mode, Which) else -1
    items = {part.id: _item(part, sight, lead=lead, lit=at == lit) for at, part in enumerate(sight.protocol.parts)}
    whole = {name: list(_whole(row, width)) for name, row in items.items()}
    sections = sight.protocol.sections if len(sight.protocol.sections) > 1 else ()
    if sum(map(len, whole.values())) + len(sections) > height:
        whole = {name: list(_whole(row, width)) if row.lit else [_brief(row, width)] for name, row in items.items()}
    headed = bool(sections) and sum(map(len, whole.values())) + len(sections) <= height
    found = []
    for section in sight.protocol.sections:
        found += [PanelRow("", section.title, head=True)] if headed else []
        found += [row for part in section.parts for row in whole[part.id]]
    return come + found


def _come_to(sight: Sight, width: int) -> list[PanelRow]:
    """What the answers of an observation that has ended come to, above the items; nothing before."""
    if sight.seen.ended_at is None:
        return []
    found = []
    for one in outcomes(sight.seen):
        found.append(PanelRow("", one.result.title, head=True))
        lines = (line for part in one.said.split("; ") for line in wrap(plain(part), max(12, width - 6)))
        found += [PanelRow("=" if not at else "", line) for at, line in enumerate(lines)]
    return found


def _item(part: Part, sight: Sight, *, lead: bool, lit: bool) -> PanelRow:
    value, look = value_of(part, sight)
    text = f"{_SIGNS[how(part, sight.protocol)]} {words_of(part)}"
    return PanelRow(sight.letters.get(part.id, " "), text, value, look, part.id, lead=lead, lit=lit)


def _brief(row: PanelRow, width: int) -> PanelRow:
    """An item on one line: its text, or where that is too long its id as words; beginnings look too much alike."""
    if cells(plain(row.text)) <= _text_room(row, width):
        return row
    return row._replace(text=f"{row.text[:1]} {row.part.replace('-', ' ')}")


def _text_room(row: PanelRow, width: int) -> int:
    return max(12, width - 3 - (cells(plain(row.value)) + 2 if row.value else 0))


def _whole(row: PanelRow, width: int) -> Iterator[PanelRow]:
    """An item with all of its text, on as many lines as that takes; its value on the first."""
    first, *more = _wrapped(row.text, _text_room(row, width))
    yield row._replace(text=first)
    for line in more:
        yield row._replace(key=" ", text=line, value="", look="")


@lru_cache(maxsize=1024)
def _wrapped(text: str, room: int) -> tuple[str, ...]:
    """An item's text in lines; the same again and again, as the panel is looked at with every key."""
    return tuple(wrap(plain(text), room, subsequent_indent="  ")) or ("",)


def value_of(part: Part, sight: Sight) -> tuple[str, str]:
    """What was noted on an item so far, in a few letters, and its look; "" = nothing was."""
    notes, kind = sight.seen.of(part.id), how(part, sight.protocol)
    if kind == "tally":
        return (str(notes.times), "strong") if notes.times else ("", "")
    if kind == "state":
        return _stopwatch(notes, sight.now)
    if kind == "snapshot" and isinstance(part, Item):
        return _glances(part, notes, sight)
    answer = notes.answer
    if answer is None or (answer.value in (None, ()) and not answer.note):
        return "", ""
    if kind == "look-for":
        return _SHORT.get(str(answer.value), ""), "strong"
    if kind == "rating":
        return f"level {answer.value}", "strong"
    if isinstance(answer.value, tuple) and isinstance(part, Item):
        return named(answer.value, part), "strong"
    return (str(answer.value), "strong") if kind == "count" else ("✎", "strong")


def _stopwatch(notes: Notes, now: datetime) -> tuple[str, str]:
    if not notes.bouts and not notes.total:
        return "", ""
    running = any(bout.ended is None for bout in notes.bouts)
    return f"{'▶' if running else '■'} {lasting(notes.seconds(now))}", "good" if running else "dim"


def _glances(item: Item, notes: Notes, sight: Sight) -> tuple[str, str]:
    slot = sight.waits(item)
    if slot and sight.seen.ended_at is None:
        return f"{slot} is due", "warn"
    late = len(sight.missing(item))
    given = len(notes.glances)
    return f"{given} given{f', {late} late' if late else ''}", "dim"


def lasting(seconds: int) -> str:
    """A time that passed, as `m:ss` or `h:mm:ss`."""
    minutes, rest = divmod(max(0, seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"


# -- an item that is being answered ------------------------------------------------------------------------------------


def _answers(mode: Answering | Words, sight: Sight, width: int, height: int) -> list[PanelRow]:
    """The item and what may be answered; where that is too long, without what helps to decide."""
    long = list(_answer_rows(mode, sight, width, helped=True))
    return long if len(long) <= height else list(_answer_rows(mode, sight, width, helped=False))


def _answer_rows(mode: Answering | Words, sight: Sight, width: int, *, helped: bool) -> Iterator[PanelRow]:
    part = sight.part(mode.part)
    for line in wrap(plain(words_of(part)), width - 2):
        yield PanelRow("", line, head=True)
    for words in (part.help if isinstance(part, Item) else part.show, part.judgement) if helped else ():
        for line in wrap(plain(words), width - 4):
            yield PanelRow("", line)
    if isinstance(mode, Words):
        return
    stands, chosen = _standing(part, sight), dict(mode.chosen)
    counts = isinstance(part, Item) and part.kind == "snapshot" and part.capture == "count"
    for key, name, text in answers(part, sight.protocol):
        lit = name in chosen if chosen or not stands else name in stands
        value = f"{chosen.get(name, 0) or ''}" if counts else ""
        said = wrap(plain(text), width - 4 - (5 if counts else 0)) or [""]
        yield PanelRow(key, said[0], value, "strong", name, lead=True, lit=lit)
        for line in said[1:]:
            yield PanelRow("", line, lit=lit)
        for line in wrap(plain(_judgement(part, name)), width - 6) if helped else ():
            yield PanelRow("", f"  {line}", look="dim")
    if counts:
        yield PanelRow("", "together", str(sum(chosen.values())), "strong")
    if isinstance(part, Item) and part.kind == "count":
        yield PanelRow("", "how many", mode.typed or next(iter(stands), ""), "strong", lit=bool(mode.typed))


def _judgement(part: Part, option: str) -> str:
    options = part.options if isinstance(part, Item) else ()
    return next((one.judgement for one in options if one.id == option), "")


def _standing(part: Part, sight: Sight) -> Sequence[str]:
    """What was answered before."""
    answer = sight.seen.of(part.id).answer
    if answer is None or answer.value is None:
        return ()
    return answer.value if isinstance(answer.value, tuple) else (str(answer.value),)


# -- what the modes are called -----------------------------------------------------------------------------------------


def title(mode: Mode, sight: Sight) -> str:
    """What stands in the panel's upper border."""
    if isinstance(mode, Which):
        if mode.found is not None:
            return f"find: {mode.found}▏"
        return "CODE a line: to which item?" if mode.codes else "MARKS stay on" if mode.stay else "Which item?"
    if isinstance(mode, Answering):
        part = sight.part(mode.part)
        return f"Snapshot {mode.slot}" if mode.slot else _KINDS.get(how(part, sight.protocol), "Answer")
    return "Words" if isinstance(mode, Words) else "Marks"


_KINDS = {"rating": "Which level?", "look-for": "Seen?", "choice": "Which one?", "count": "How many?"}


def prompt(mode: Mode) -> str:
    """What the field says in place of the time, while keys are no letters of the line; "" = they are."""
    if isinstance(mode, Which):
        key = "Shift+Tab" if mode.codes else "Tab"
        what = "code to which item?" if mode.codes else "which item?"
        return f"{'MARKS' if not mode.codes else 'CODES'} STAY: {what}" if mode.stay else f"{key}: {what}"
    return "answer at the right" if isinstance(mode, Answering) else ""


def hint(mode: Mode, sight: Sight) -> str:
    """The keys of a mode, for the status line; "" = writing has the key line."""
    if isinstance(mode, Writing):
        return ""
    if isinstance(mode, Words):
        return "Enter keeps the words · Esc back; your line waits"
    if isinstance(mode, Answering):
        return _answer_hint(sight.part(mode.part), sight.protocol)
    if mode.found is not None:
        return "type words of the item · ↑ ↓ Enter picks · Esc back"
    again = "Tab" if not mode.codes else "Shift+Tab"
    leave = f"{again} writes" if mode.stay else f"{again} again stays · Esc writes"
    return f"a letter picks · / finds · {leave}"


def _answer_hint(part: Part, protocol: Protocol) -> str:
    kind = how(part, protocol)
    if kind == "snapshot" and isinstance(part, Item):
        if part.capture == "count":
            return "letter +1 · digits set it · Enter keeps · ← → slot · - skips"
        return f"{'letters on, off · Enter keeps' if part.capture == 'tick' else 'a letter keeps'} · ← → slot · - skips"
    if kind == "choice" and isinstance(part, Item) and part.several:
        return "letters on, off · Enter keeps · ⌫ none · Esc back"
    if kind == "count":
        return "digits, Enter · ⌫ takes away · Esc back"
    keys = "1 2 3, or y n -" if kind == "look-for" else "one key answers"
    return f"{keys} · ⌫ takes it away · Esc back"


# -- time --------------------------------------------------------------------------------------------------------------


def next_glance(sight: Sight) -> tuple[str, str]:
    """When the next snapshot comes, or that one is due: words and look; "" = there are none."""
    if sight.seen.ended_at is not None:
        return "", ""
    item = sight.due()
    if item is not None:
        slot = sight.waits(item)
        since = sight.now - slot_at(item, sight.seen.started_at, slot)
        late = f", {lasting(int(since.total_seconds()))} ago" if since >= timedelta(minutes=1) else ""
        return f"SNAPSHOT {slot} NOW{late} · F6", "warn"
    coming = [
        slot_at(one, sight.seen.started_at, slots_due(one, sight.seen.started_at, sight.now) + 1)
        for one in sight.protocol.items
        if one.kind == "snapshot"
    ]
    if not coming:
        return "", ""
    return f"snapshot in {lasting(int((min(coming) - sight.now).total_seconds()))}", "dim"


def wall(at: datetime, zone: ZoneInfo, *, seconds: bool = False) -> str:
    """A moment as the clock on the wall shows it."""
    local = at.astimezone(zone)
    return f"{local.hour}:{local.minute:02}" + (f":{local.second:02}" if seconds else "")
