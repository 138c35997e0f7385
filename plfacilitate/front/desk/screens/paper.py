"""A signed sheet of paper keyed in: everybody in the sheet's order, times typed row by row.

Owns the list, the field, and what was typed on which row. Never writes: a deed does, one a row.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Horizontal

from plfacilitate.core.minutes import minute_of
from plfacilitate.core.papertimes import Times, Unreadable, clock_text, read_times, read_walk_in
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import cut
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.deeds import paper as deeds
from plfacilitate.front.desk.painting.pictures import SYMBOLS, Row
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.threads.messages import Written
from plfacilitate.front.widgets.dialogs.base import settled
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import OneLine, Part, Parts
from plfacilitate.front.widgets.typedfield import ROW_KEYS, TypedField

DRAFT = "paper:"


class PaperRow(NamedTuple):
    """A row of the sheet. `row` None = the last one, for somebody on no list. `typed` = what could not be taken yet."""

    row: Row | None
    typed: str = ""
    wrong: str = ""
    keyed: bool = False

    @property
    def key(self) -> str:
        """The person; "" for the last row."""
        return self.row.person if self.row is not None else ""


class PaperList(LineList[PaperRow]):
    """The sheet."""

    HELP = "The sheet's rows. Type in and out (830 1545), Enter, and go on; = as above, - for none, ↑ ↓ another row."

    def key_of(self, item: PaperRow) -> Hashable:
        """A row is known by its person."""
        return item.key

    def draw(self, item: PaperRow, width: int) -> tuple[Parts, Parts]:
        """Name, school, times, what is wrong."""
        typed = f": {item.typed}" if item.typed and item.typed not in item.wrong else ""
        wrong = (Part(f"  ⚠ {item.wrong}{typed} ", "bad"),) if item.wrong else ()
        if item.row is None:
            return (Part("  + "), Part("Somebody else: name, e-mail, in and out", "dim")), wrong
        row = item.row
        name = cut(row.name, min(30, max(14, width // 3)))
        left = [Part(f"  {SYMBOLS[row.state]} ", row.state), Part(name)]
        left += [Part(f" {cut(row.place, 18)}", "dim")] if not wrong or width >= 100 else []
        left.append(Part(f" {row.came or '—':>5} {row.left or '—':>5} ", "strong" if row.came else "dim"))
        left.append(Part(" ✓ keyed" if item.keyed else f" {row.means}", "good" if item.keyed else "dim"))
        return left, wrong


class TimesField(TypedField):
    """Where times are typed. Digits of a time are typed here, however quickly."""

    letters = False  # the last row takes names, the others times only

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Undo and help work between two rows; they are letters of a name only where names are typed."""
        return (self.letters or character not in ("u", "U", "?")) and super().check_consume_key(key, character)

    def digits_are_typed(self, number: str) -> bool:
        """No scan: at most a time of day stands there."""
        return len(number) <= 4


class PaperScreen(DeskScreen):
    """Keying a sheet in."""

    CSS_PATH = "paper.tcss"
    WHERE = "paper"
    ENTER = "next row"
    AUTO_FOCUS = "#typed"
    BINDINGS = [
        *commands.bindings("paper"),
        *ROW_KEYS,
    ]

    def __init__(self) -> None:
        super().__init__()
        self.wrong: dict[str, tuple[str, str]] = {}  # person → what was typed, and what is wrong with it
        self.keyed: dict[str, Times] = {}
        self.told = ""

    def body(self) -> ComposeResult:
        """The rows, and the field for the one under the cursor."""
        yield PaperList(id="rows")
        with Horizontal(id="line"):
            yield OneLine(id="who")
            yield TimesField(id="typed", placeholder="830 1545", compact=True, select_on_focus=False)

    @property
    def rows(self) -> PaperList:
        """The rows."""
        return self.query_one("#rows", PaperList)

    @property
    def field(self) -> TimesField:
        """What is typed."""
        return self.query_one("#typed", TimesField)

    def on_mount(self) -> None:
        """The list shows where one is, the field has the keys."""
        self.rows.can_focus = False
        super().on_mount()

    def paint(self) -> None:
        """Show the newest picture."""
        rows = self.desk.room.rows
        listed = [row for row in rows if not row.walk_in]
        items = [self._item(row) for row in (*listed, *(row for row in rows if row.walk_in))]
        typed, wrong = self.wrong.get("", ("", ""))
        self.rows.fill([*items, PaperRow(None, typed, wrong)])
        left = f"⚠ {len(self.wrong)} to look at" if self.wrong else self.told
        self.rows.entitle("Key in the sheet", left)
        self._name_row()

    def _item(self, row: Row) -> PaperRow:
        return PaperRow(row, *self.wrong.get(row.person, ("", "")), keyed=row.person in self.keyed)

    def _name_row(self) -> None:
        item = self.rows.current
        name = item.row.name if item is not None and item.row is not None else "Somebody else"
        self.field.letters = item is None or item.row is None
        self.field.placeholder = "Okoro, Ada  ada@example.org  830 1545" if self.field.letters else "830 1545"
        self.query_one("#who", OneLine).put((Part(f" {name}", "strong"),), (Part(" ▸ ", "title"),))

    # -- keys --------------------------------------------------------------------------------------------------------

    async def action_move(self, step: int) -> None:
        """Another row; what could not be taken there is in the field again."""
        await settled(self.field)
        self.field.value = ""
        self._go(step)

    def _go(self, step: int) -> None:
        """Another row; what is typed ahead for it comes before what could not be taken there."""
        self.rows.move_to(self.rows.at + step, step)
        item = self.rows.current
        if not self.field.ahead:
            self.field.bring(item.typed if item is not None else "")
        self._name_row()

    def on_typed_field_typed(self, message: TypedField.Typed) -> None:
        """Take the row and go on; what is wrong stays on it in words."""
        item, event, text = self.rows.current, self.desk.event, message.text.strip()
        if item is None or event is None:
            return
        self.wrong.pop(item.key, None)
        if text:
            try:
                self._take(item, event, text)
            except (Unreadable, Refused) as no:
                self.show_refusal(f"{DRAFT}{item.key}", str(no), text)
        self._go(0 if item.row is None else 1)
        self.repaint()

    def show_written(self, message: Written) -> None:
        """A row is in the ledger: said at the edge of the list, where no toast covers the field."""
        self.told = f"{message.said} · {message.hint}" if message.hint else message.said
        self.repaint()

    def show_refusal(self, draft: str, sentence: str, text: str = "") -> None:
        """A row could not be taken: say so on it."""
        if draft.startswith(DRAFT):
            key = draft.removeprefix(DRAFT)
            self.keyed.pop(key, None)
            self.wrong[key] = (text, sentence.rstrip("."))
            self.app.bell()
            self.repaint()

    def _take(self, item: PaperRow, event: Event, text: str) -> None:
        begins, ends = (_minute(event, at) for at in (event.starts_at, event.ends_at))
        fields, times = read_walk_in(text) if item.row is None else ({}, text)
        found = read_times(times, above=self._above(event), begins=begins, ends=ends)
        came, left = (_moment(event, minute) for minute in (found.came, found.left))
        draft = f"{DRAFT}{item.key}"
        if item.row is not None:
            self.keyed[item.key] = found
            self.desk.do_deed(deeds.keyed(event.id, item.key, item.row.name, came, left), draft=draft)
        elif not fields.get("last_name") or came is None:
            raise Unreadable("a name, then in and out")
        else:
            self.desk.do_deed(deeds.walked(event.id, fields, came, left), draft=draft)

    def _above(self, event: Event) -> Times:
        """The times of the row above: as they were keyed, else as they stand."""
        above = self.rows.items[self.rows.at - 1] if self.rows.at > 0 else None
        if above is None or above.row is None:
            return Times()
        return self.keyed.get(above.key) or Times(_standing(above.row.came), _standing(above.row.left))


def _standing(text: str) -> int | None:
    hour, colon, minute = text.partition(":")
    return int(hour) * 60 + int(minute) if colon else None


def _minute(event: Event, at: datetime) -> int:
    """The minute of the event's day; beyond midnight it goes on counting."""
    midnight = datetime.combine(event.day, datetime.min.time(), event.zone)
    return minute_of(at) - minute_of(midnight)


def _moment(event: Event, minute: int | None) -> datetime | None:
    if minute is None:
        return None
    from plfacilitate.steps.correct import moment_on

    return moment_on(event, clock_text(minute))


SCREEN = PaperScreen
