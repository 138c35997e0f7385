"""Whom a step of closing concerns: people, pairs that may be one person, wishes for fewer hours.

Owns how each is drawn. Never decides anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plfacilitate.core.minutes import hours_text
from plfacilitate.core.text import cut
from plfacilitate.front.desk.lists.board import shortened
from plfacilitate.front.desk.painting.pictures import SYMBOLS, Row
from plfacilitate.front.desk.painting.sheethours import Hours
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts

if TYPE_CHECKING:
    from plfacilitate.steps.review import Pair

FIXED = 42  # cells of a person's line beside name and place: symbol, times, state and what is between them


class Ask(NamedTuple):
    """One question about pairs of records. Several pairs = all of them at once."""

    pairs: tuple[Pair, ...]


class Wish(NamedTuple):
    """Somebody asks for fewer hours."""

    person: str
    name: str
    hundredths: int
    reason: str


class Unended(NamedTuple):
    """An observation without an end: `id` of it, who observes, in which room ("" = none), with what."""

    id: str
    observer: str
    room: str
    title: str


Item = Row | Ask | Wish | Hours | Unended


class Concerned(LineList[Item]):
    """Whom the step under the cursor concerns."""

    HELP = "Whom the step concerns. Enter opens the person; of a pair, m makes one person of two, x says they are two."
    AWAY = False

    def key_of(self, item: Item) -> object:
        """A person, or the pairs that are asked about."""
        if isinstance(item, Ask):
            return len(item.pairs) > 1 or (item.pairs[0].stays.id, item.pairs[0].other.id)
        return item.id if isinstance(item, Unended) else item.person

    def draw(self, item: Item, width: int) -> tuple[Parts, Parts]:
        """One line each."""
        if isinstance(item, Ask):
            return draw_ask(item, width)
        if isinstance(item, Hours):
            return draw_hours(item, width)
        if isinstance(item, Unended):
            where = " · ".join(filter(None, (item.room, item.title)))
            return (
                Part("  ○ ", "dim"),
                Part(cut(item.observer, min(28, max(12, width // 3)))),
                Part(f" {where}", "dim"),
            ), ()
        if isinstance(item, Wish):
            name = cut(item.name, min(28, max(12, width // 3)))
            hours = f"asks for {hours_text(item.hundredths)} h"
            return (Part("  ○ ", "dim"), Part(name), Part(f" {hours}", "late"), Part(f"  “{item.reason}”", "dim")), ()
        times = f"{item.came or '—':>5} {item.left:>5}"
        wide = min(28, max(12, width // 3))
        place = cut(item.place, min(30, max(6, width - wide - FIXED)))
        left = (Part(f"  {SYMBOLS[item.state]} ", item.state), Part(cut(item.name, wide)), Part(f" {place}", "dim"))
        return left, (Part(f" {times}  ", "dim"), Part(shortened(item.word, 22), item.state))


def draw_ask(item: Ask, width: int) -> tuple[Parts, Parts]:
    """A question about pairs, with its keys."""
    keys = (Part("  m", "key"), Part(" one  ", "dim"), Part("x", "key"), Part(" two ", "dim"))
    if len(item.pairs) > 1:
        words = f"All {len(item.pairs)} with the same e-mail or certificate: one person each?"
        return (Part("  ? ", "warn"), Part(words, "strong")), keys[:2]
    (pair,) = item.pairs
    what = "walked in, on the list as" if pair.walk_in else "and"
    names = f"{pair.other.name} {what} {_told(pair.stays.name, pair.stays.school)}"
    return (Part("  ? ", "warn"), Part(names), Part(f"  {pair.why}", "dim")), keys


def _told(name: str, school: str) -> str:
    return f"{name} ({school})" if school else name


def draw_hours(item: Hours, width: int) -> tuple[Parts, Parts]:
    """Symbol, name, in, out, minutes, hours, why."""
    row = item.row
    name = cut(row.name, min(26, max(14, width // 4)))
    times = f" {row.came or '—':>5} {row.left or '—':>5}"
    figures = f" {item.minutes:>4} min {hours_text(item.hundredths):>5} h"
    left = (
        Part(f"  {SYMBOLS[row.state]} ", row.state), Part(name), Part(times, "dim"),
        Part(figures, "strong" if item.status != "none" else "warn"), Part(f"  {item.why}", "warn" if row.doubtful else "dim"),
    )  # fmt: skip
    return left, ()
