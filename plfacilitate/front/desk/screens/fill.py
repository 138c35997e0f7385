"""One observation or interview, item by item: keyed in from paper, rated after the lesson, asked and written down.

Owns the list, the field, and what was typed on which row and not taken. Never writes: a deed does, one a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.containers import Horizontal

from plfacilitate.core.debrief.meetings import closed
from plfacilitate.core.noting.filled import shown
from plfacilitate.core.noting.filling import Unclear, hint, read
from plfacilitate.core.protocol import Prompt
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.deeds import filling as deeds
from plfacilitate.front.desk.lists.fillaid import About, Aid, Come, height_for
from plfacilitate.front.desk.lists.filllist import FillList, FillRow, rows_of
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.threads.messages import Written
from plfacilitate.front.widgets.dialogs.base import settled
from plfacilitate.front.widgets.lines import OneLine, Part, Parts
from plfacilitate.front.widgets.typedfield import ROW_KEYS, TypedField

ROW = "fill-row:"
VISITS = frozenset({"visit", "observe", "debrief"})
FRAME, LEAST, MOST = 13, 4, 18  # lines: of a window that the help leaves alone; of the help


class FillField(TypedField):
    """Where answers are typed. All letters and digits are typed here, however quickly."""

    def digits_are_typed(self, number: str) -> bool:
        """Nobody scans a badge while a form is keyed in."""
        return True


class FillScreen(DeskScreen):
    """The form of `desk.observing`."""

    CSS_PATH = "fill.tcss"
    WHERE = "fill"
    FOLLOWS = frozenset({"visit"})
    HELP = FillList.HELP
    ENTER = "take"
    TYPES = True
    AUTO_FOCUS = "#typed"
    BINDINGS = [
        *commands.bindings("fill"),
        *ROW_KEYS,
    ]

    def __init__(self) -> None:
        super().__init__()
        self.typed: dict[str, str] = {}  # row → what was typed there and is in no ledger
        self.wrong: dict[str, str] = {}  # row → why it could not be taken
        self.sent: dict[str, str] = {}  # row → what the writer has and did not answer yet
        self.upto: dict[str, int] = {}  # item → the glance up to which there are rows, before the ledger says so
        self.changed = ""  # the row whose answer was brought into the field
        self.told = ""

    def body(self) -> ComposeResult:
        """The items, what helps with the one under the cursor, and the field for it."""
        yield FillList(id="rows", empty="It is being read …")
        yield Aid(id="aid")
        with Horizontal(id="line"):
            yield OneLine(id="what")
            yield FillField(id="typed", compact=True, select_on_focus=False)

    @property
    def rows(self) -> FillList:
        """The items."""
        return self.query_one("#rows", FillList)

    @property
    def field(self) -> FillField:
        """What is typed."""
        return self.query_one("#typed", FillField)

    @property
    def draft(self) -> str:
        """Under which name typed text waits that could not be taken."""
        return f"fill:{self.desk.watched or ''}:{self.desk.observing}"

    # -- the picture -------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """The list shows where one is, the field has the keys; what waited is there again."""
        self.rows.can_focus = False
        self.typed = dict(self.desk.drafts.read(self.draft))
        for key in self.typed:
            item, _, slot = key.partition("/")
            self._make_room(item, int(slot or 0))
        super().on_mount()

    def on_resize(self) -> None:
        """As much help as there is room for."""
        seen = self.desk.observed
        if seen is not None:
            most = min(MOST, max(LEAST, self.size.height - FRAME))
            self.query_one("#aid", Aid).styles.height = height_for(seen, self.size.width - 2, most)

    def paint(self) -> None:
        """Show the newest picture."""
        seen = self.desk.observed
        if seen is None:
            return
        first = not self.rows.items
        self.rows.fill(tuple(rows_of(seen, self.typed, self.wrong, self.upto, self.desk.now)))
        self.rows.entitle(seen.protocol.title, self._subtitle(seen))
        if first:
            self.on_resize()
            if self.rows.current is not None and not _waits(self.rows.current):
                self._to_open()
            self._go(self.rows.at, 1)
        self._show_row(seen)
        self._lock(bool(self.closed) or (self.rows.current is not None and self.rows.current.outcome is not None))

    def title_parts(self, width: int) -> Parts:
        """Who filled in what, and where."""
        seen, visit = self.desk.observed, self.desk.visit
        if seen is None or visit is None:
            return ()
        room = visit.visit.place(seen.stop) if visit.visit is not None and seen.stop else ""
        asked = f"answers: {seen.respondent}" if seen.respondent else ""
        paper = "on paper" if seen.means == "paper" else ""
        ended = "ended" if seen.ended_at is not None else ""
        return (Part(" · ".join(filter(None, [room, seen.observer, asked, paper, ended]))),)

    def _subtitle(self, seen: Observation) -> str:
        if self.closed:
            return "read only: laid open"
        if self.wrong:
            return f"⚠ {len(self.wrong)} to look at"
        left = len(seen.left_out)
        glances = sum(len(notes.glances) for notes in seen.notes.values())
        empty = not any(row.value for row in self.rows.items)
        rest = "nothing is noted yet" if empty else "nothing is left out"
        rest = f"{left} without an answer" if left else f"{glances} glances" if glances else rest
        return f"{self.told} · {rest}" if self.told else rest

    def _show_row(self, seen: Observation) -> None:
        row = self.rows.current
        if row is not None and row.outcome is not None:
            self.query_one("#aid", Aid).show(Come(row.outcome, seen.protocol))
            self.query_one("#what", OneLine).put((Part(f" {row.text}", "strong"),), (Part(" ▸ ", "title"),))
            self.field.placeholder = "worked out by the rule above from the answers"
        if row is None or row.part is None:
            return
        self.query_one("#aid", Aid).show(About(seen, row.part, row.wrong or self.closed, self._zone))
        title = row.part.title or row.part.ask if isinstance(row.part, Prompt) else row.part.text
        name = f"{row.slot}: {title}" if row.slot else title
        self.query_one("#what", OneLine).put((Part(f" {name}", "strong"),), (Part(" ▸ ", "title"),))
        self.field.placeholder = "read only" if self.closed else hint(row.part, levels=len(seen.protocol.levels))

    def _lock(self, closed: bool) -> None:
        """Nothing can be typed where nothing is taken; the field has the keys again where it is."""
        was, self.field.disabled = self.field.disabled, closed
        if was and not closed:
            self.field.focus()

    @property
    def _zone(self) -> ZoneInfo:
        return self.desk.event.zone if self.desk.event is not None else self.desk.zone

    # -- keys --------------------------------------------------------------------------------------------------------

    async def action_move(self, step: int) -> None:
        """Another item; what is half typed stays on its row."""
        await self.leave_row()
        self._go(self.rows.at + step, step)

    def _to_open(self) -> None:
        """The next item that waits for an answer, from here and round; where none does, this one."""
        items, at = self.rows.items, self.rows.at
        turn = [(at + step) % len(items) for step in range(1, len(items) + 1)]
        self._go(next((place for place in turn if _waits(items[place])), at), 1)

    def to_typed(self) -> None:
        """The row whose text was not taken yet, this one first."""
        self.repaint()
        items, at = self.rows.items, self.rows.at
        turn = [(at + step) % len(items) for step in range(len(items))]
        self._go(next((place for place in turn if items[place].typed), at), 1)

    async def next_open(self) -> None:
        """Leave this row for the next that has no answer."""
        await self.leave_row()
        self._to_open()

    async def change(self) -> None:
        """Bring what stands into the field."""
        await settled(self.field)
        row, seen = self.rows.current, self.desk.observed
        if self.closed:
            self.desk.say(self.closed)
        elif row is not None and row.part is not None and seen is not None:
            self.field.bring(shown(row.part, seen.of(row.part.id), self.desk.now, slot=row.slot))
            self.changed = row.key

    @property
    def closed(self) -> str:
        """Why nothing can be typed: others were shown it; "" = it can."""
        seen, picture = self.desk.observed, self.desk.visit
        no = closed(picture, seen) if seen is not None and picture is not None else None
        return str(no or "")

    def on_typed_field_typed(self, message: TypedField.Typed) -> None:
        """Take the row and go on; what is wrong stays on it in words."""
        row, seen = self.rows.current, self.desk.observed
        if self.closed:
            self._go(self.rows.at + 1, 1)
            return
        if row is None or row.part is None or seen is None:
            self.field.value = message.text + self.field.value
            return
        self._forget(row.key)
        if message.text.strip():
            self._take(row, seen, message.text)
        self._keep()
        self.repaint()  # a glance that was taken makes room for the next
        self._go(self.rows.at + 1, 1)

    def on_input_changed(self) -> None:
        """What is half typed is kept too."""
        self._keep()

    def take_away(self) -> None:
        """The answer of this row is no answer any more."""
        row, seen = self.rows.current, self.desk.observed
        if self.closed:
            self.desk.say(self.closed)
        elif row is not None and row.part is not None and seen is not None and row.value:
            deed = deeds.clear(seen.event, seen.id, row.part.id, row.slot)
            self.desk.do_deed(deed, draft=f"{ROW}{row.key}")

    def _take(self, row: FillRow, seen: Observation, text: str) -> None:
        assert row.part is not None
        self._make_room(row.part.id, row.slot)
        try:
            saids = read(row.part, text, levels=len(seen.protocol.levels), slot=row.slot)
        except Unclear as no:
            self._refuse(row.key, str(no), text)
            return
        self.sent[row.key] = text
        for said in saids:
            if isinstance(said.value, Mapping):
                self._make_room(row.part.id, int(str(said.value["slot"])))
        deed = deeds.note(seen.event, seen.id, row.part.id, saids, whole=self.changed == row.key)
        self.desk.do_deed(deed, draft=f"{ROW}{row.key}")

    def _make_room(self, item: str, slot: int) -> None:
        """After a glance comes a row for the next one, also where it could not be taken."""
        if slot:
            self.upto[item] = max(self.upto.get(item, 1), slot + 1)

    def _go(self, at: int, step: int) -> None:
        """Put the cursor there; what waits on that row is in the field, unless something is typed already."""
        self.rows.move_to(at, step)
        self.changed = ""
        row = self.rows.current
        if not self.field.ahead:
            self.field.bring(row.typed if row is not None else "")
        self.repaint()

    async def leave_row(self) -> None:
        """What is half typed stays on its row; an answer that was only looked at does not."""
        await settled(self.field)
        row, text = self.rows.current, self._half
        if row is not None and text != row.typed:
            self._forget(row.key)
            if text.strip():
                self.typed[row.key] = text
        self.field.value = ""

    @property
    def _half(self) -> str:
        row = self.rows.current
        return self.field.ahead if row is not None and self.changed == row.key else self.field.value

    # -- what became of it -------------------------------------------------------------------------------------------

    def show_written(self, message: Written) -> None:
        """An answer is in the ledger: said at the edge of the list, where no toast covers the field."""
        self.sent.pop(message.draft.removeprefix(ROW), None)
        back = message.hint.replace("u undoes", "ctrl+z undoes").replace("U does", "ctrl+y does")
        self.told = f"{message.said} · {back}" if back else message.said
        self.repaint()

    def show_refusal(self, draft: str, sentence: str) -> None:
        """A row could not be taken: say so on it."""
        if draft.startswith(ROW):
            key = draft.removeprefix(ROW)
            self._refuse(key, sentence.rstrip("."), self.sent.pop(key, ""))
            self._keep()
            self.repaint()

    def _refuse(self, key: str, sentence: str, text: str) -> None:
        self.wrong[key] = sentence
        self.typed[key] = text
        self.app.bell()

    def _forget(self, key: str) -> None:
        self.wrong.pop(key, None)
        self.typed.pop(key, None)

    def _keep(self) -> None:
        """Typed text that is in no ledger waits as a draft."""
        row, text = self.rows.current, self._half
        half = {row.key: text} if row is not None and text.strip() else {}
        self.desk.drafts.keep(self.draft, {**self.typed, **half})


def _waits(row: FillRow) -> bool:
    return row.open or bool(row.typed)


SCREEN = FillScreen
