"""The items or prompts of one observation as lines: what they are, what stands, what could not be taken.

Owns the lines' order and look. Never reads what is typed (`core.noting.filling`) and never writes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from plfacilitate.core.noting.filled import shown
from plfacilitate.core.noting.filling import MOST_SLOTS
from plfacilitate.core.protocol import Item, Prompt
from plfacilitate.core.results.outcomes import Outcome, outcomes
from plfacilitate.core.text import cells, cut, plain
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts


class FillRow(NamedTuple):
    """A line. `part` None = a heading, or what the answers come to (`outcome`). `slot` 0 = not a glance.

    `typed` waits, and is wrong where `wrong` says so. `open` = an answer is missing; `runs` = a stopwatch goes on;
    `by_rule` = one that nobody stopped: the end did.
    """

    key: str
    text: str
    part: Item | Prompt | None = None
    slot: int = 0
    value: str = ""
    open: bool = False
    runs: bool = False
    by_rule: bool = False
    typed: str = ""
    wrong: str = ""
    outcome: Outcome | None = None


def row_key(part: Item | Prompt, slot: int = 0) -> str:
    """What a row is known by."""
    return f"{part.id}/{slot}" if slot else part.id


def rows_of(
    seen: Observation, typed: Mapping[str, str], wrong: Mapping[str, str], upto: Mapping[str, int], now: datetime
) -> Iterator[FillRow]:
    """Every section, item, glance and prompt, in the protocol's order.

    Of glances those up to the last that is there, and one more; `upto` = the last to show at least, by item.
    """
    for section in seen.protocol.sections:
        yield FillRow(f"§{section.id}", section.title)
        parts: tuple[Item | Prompt, ...] = (*section.items, *section.prompts)
        for part in parts:
            for row in _rows(part, seen, upto.get(part.id, 1), now):
                yield row._replace(typed=typed.get(row.key, ""), wrong=wrong.get(row.key, ""))
    found = outcomes(seen)
    if found:
        yield FillRow("§", "What it comes to")
        yield from (FillRow(f"={one.result.id}", one.result.title, value=one.said, outcome=one) for one in found)


def _rows(part: Item | Prompt, seen: Observation, upto: int, now: datetime) -> Iterator[FillRow]:
    notes = seen.of(part.id)
    if isinstance(part, Prompt):
        value = shown(part, notes, now)
        yield FillRow(part.id, part.title or part.ask, part, value=value, open=part in seen.left_out)
    elif part.kind == "snapshot":
        yield FillRow(f"§{part.id}", part.text)
        last = max((one.slot for one in notes.glances), default=0) + 1
        for slot in range(1, min(MOST_SLOTS, max(last, upto)) + 1):
            text = f"  {slot} · minute {slot * part.every}"
            yield FillRow(row_key(part, slot), text, part, slot, shown(part, notes, now, slot=slot))
    else:
        asked = part in seen.left_out
        runs = any(bout.ended is None for bout in notes.bouts)
        by_rule = any(bout.by_rule for bout in notes.bouts)
        yield FillRow(part.id, part.text, part, value=shown(part, notes, now), open=asked, runs=runs, by_rule=by_rule)


class FillList(LineList[FillRow]):
    """The form."""

    HELP = (
        "The items in their order. Type the answer, Enter takes it and goes on, an empty Enter passes; ↑ ↓ another item. "
        "F2 brings what stands into the field, F3 goes to the next without an answer, F9 ends it."
    )

    longest = 0  # cells

    def key_of(self, item: FillRow) -> Hashable:
        """An item is known by its id."""
        return item.key

    def rests(self, item: FillRow) -> bool:
        """Headings only part the items."""
        return item.part is not None or item.outcome is not None

    def fill(self, items: Sequence[FillRow]) -> None:
        """Show these; answers stand beside the longest item."""
        self.longest = max((cells(plain(item.text)) for item in items if item.part is not None), default=0)
        super().fill(items)

    def shape(self, item: FillRow) -> Hashable:
        """Another longest item moves all answers."""
        return item, self.longest

    def draw(self, item: FillRow, width: int) -> tuple[Parts, Parts]:
        """What it is, then what stands or what is wrong."""
        if item.outcome is not None:
            return _outcome(item, item.outcome, width), ()
        if item.part is None:
            return (Part(f" {item.text}", "title"),), ()
        mark, look = _mark(item)
        name = max(20, min(self.longest + 1, width * (28 if item.wrong else 52) // 100))
        left = [Part(f" {mark} ", look), Part(cut(item.text, name)), Part(" ")]
        room = width - name - 4
        if item.wrong:
            typed = f": {item.typed}" if plain(item.typed) not in item.wrong else ""
            left.append(Part(cut(f"{item.wrong}{typed}", room), "bad"))
        elif item.typed:
            left.append(Part(cut(item.typed, room), "warn"))
        else:
            state = " · runs" if item.runs else " · ended by rule" if item.by_rule else ""
            left.append(Part(cut(item.value, max(1, room - cells(state))).rstrip(), "strong"))
            left.append(Part(state, "warn"))
        return left, ()


def _outcome(row: FillRow, outcome: Outcome, width: int) -> Parts:
    look = "strong" if outcome.settled else "warn"
    text = f"{row.text}: "
    return (Part(" = ", "title"), Part(text), Part(cut(row.value, max(1, width - 3 - cells(text))), look))


def _mark(row: FillRow) -> tuple[str, str]:
    if row.wrong:
        return "⚠", "bad"
    if row.typed:
        return "✎", "warn"
    if row.value:
        return "✓", "good"
    return ("○", "warn") if row.open else ("·", "dim")
