"""The board: everybody of the room, one line each, live.

Owns how a line is laid out at each width, the filter and the marks of a group. Never asks the ledger: it shows the rows
of the newest picture.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Literal, get_args

from plfacilitate.core.text import cells, cut, fold, plain
from plfacilitate.front.desk.painting.pictures import SYMBOLS, Row
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts

MARK = "▌"
Order = Literal["last name", "still missing first", "newest first"]
ORDERS: tuple[Order, ...] = get_args(Order)
NOBODY = "Nobody is expected and nobody came yet: w takes a walk-in."


@lru_cache(maxsize=100_000)
def _words(name: str, place: str, word: str, means: str, walk_in: bool) -> str:
    return fold(f"{name} {place} {word} {means}{' walk-in' if walk_in else ''}")


def matches(row: Row, words: list[str]) -> bool:
    """Whether all words (folded) begin a word of the line."""
    text = " " + _words(row.name, row.place, row.word, row.means, row.walk_in)
    return all(f" {word}" in text for word in words)


def ordered(rows: Sequence[Row], order: Order) -> Sequence[Row]:
    """The rows, which stand by last name, in another order; within it by last name still."""
    if order == "still missing first":
        return sorted(rows, key=lambda row: row.seen)
    if order == "newest first":
        return sorted(rows, key=lambda row: -max(_minute(row.came), _minute(row.left)))
    return rows


def _minute(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute) if minute else -1


class Board(LineList[Row]):
    """The live list of a room."""

    HELP = (
        "Everybody who is expected or came. Type `/` to see only some, space to mark several, Enter to open a person."
    )

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id, empty=NOBODY)
        self.rows: tuple[Row, ...] = ()
        self.filter = ""
        self.marked: set[str] = set()
        self.order: Order = "last name"

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show the rows of a new picture."""
        self.rows = rows
        self._fill()

    @property
    def words(self) -> str:
        """What the board leaves out and what is marked, in words; "" = nothing."""
        said = [f"only “{plain(self.filter)}”: {len(self.items)}"] if self.filter else []
        said += [self.order] if self.order != ORDERS[0] else []
        said += [f"{len(self.marked)} marked: i in, o out"] if self.marked else []
        return " · ".join(said)

    def narrow(self, text: str) -> None:
        """Show only the lines that match; "" = all."""
        self.filter = text
        self.empty = f"Nobody here matches “{text}”: Esc shows everybody." if text else NOBODY
        self._fill()
        self.refresh()

    def next_order(self) -> None:
        """Last name, still missing first, newest first, and round again; the board begins at its top."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self._fill()
        self.move_to(0)
        self.refresh()

    def _fill(self) -> None:
        words = fold(self.filter).split()
        rows = ordered(self.rows, self.order)
        self.fill(rows if not words else [row for row in rows if matches(row, words)])

    def toggle(self) -> None:
        """Mark or unmark the line under the cursor and go on to the next."""
        if self.current is not None:
            self.marked ^= {self.current.person}
            self.refresh()
            self.action_move(1)

    def unmark(self) -> None:
        """Nobody is marked any more."""
        if self.marked:
            self.marked.clear()
            self.refresh()

    def shape(self, item: Row) -> Hashable:
        """A marked line looks different."""
        return item, item.person in self.marked

    def key_of(self, item: Row) -> object:
        """A line is known by its person."""
        return item.person

    def draw(self, item: Row, width: int) -> tuple[Parts, Parts]:
        """Symbol, name, place, times, means, and the state in words."""
        mark = Part(MARK, "marked") if item.person in self.marked else Part(" ")
        plan = layout(width)
        look = item.state
        parts = [
            mark,
            Part(f"{SYMBOLS[item.state]} ", look),
            Part(cut(item.name, plan.name), "" if item.seen else "dim"),
        ]
        if plan.place:
            parts.append(Part(f" {cut(item.place, plan.place)}", "dim"))
        parts.append(Part(f" {item.came or '—':>5}", "" if item.came else "dim"))
        if plan.left:
            parts.append(Part(f" {item.left:>5}"))
        if plan.means:
            parts.append(Part(f" {cut(item.means, plan.means)}", "dim"))
        parts.append(Part(f" {shortened(item.word, plan.word)}", look))
        return parts, ()


def shortened(word: str, width: int) -> str:
    """The state in words, in exactly `width` cells: what is less important goes first."""
    if cells(plain(word)) > width and word.startswith("left ") and word.endswith(" early"):
        word = "left early"
    if cells(plain(word)) > width and " · " in word:
        word = word.partition(" · ")[0]
    if cells(plain(word)) > width:
        word = word.removesuffix(" min")
    return cut(word, width)


class Layout:
    """How many cells each column of a line gets; 0 = not shown."""

    __slots__ = ("left", "means", "name", "place", "word")

    def __init__(self, width: int) -> None:
        """Narrow boards show name, time and state; wider ones place, leaving and means too."""
        self.left = 5 if width >= 72 else 0
        self.means = 7 if width >= 64 else 0
        self.word = 22 if width >= 80 else 16 if width >= 56 else 14
        rest = width - 3 - 6 - (self.left and 6) - (self.means and 8) - (self.word + 1)
        self.place = min(24, (rest - 1) * 2 // 5) if rest >= 30 else 0
        self.name = rest - (self.place and self.place + 1)


def roomy(width: int) -> bool:
    """Whether a board of this width shows most names whole; a code that phones can scan is worth more than the school."""
    return layout(width).name >= 18


@lru_cache(maxsize=64)
def layout(width: int) -> Layout:
    """The columns of a board of this width."""
    return Layout(width)
