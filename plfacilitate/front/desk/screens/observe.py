"""Observing: the script at the left, the protocol's items at the right, one field that always has the keyboard.

Owns the layout and who is asked what a key means (`sitting`). Never rings, never covers the field with a toast; a line
is on the screen in the frame of its Enter, with a sign until it is on the disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal

from plfacilitate.core.entry import Draft
from plfacilitate.core.text import cells, cut, plain
from plfacilitate.front.desk.deeds import observing as deeds
from plfacilitate.front.desk.observing import rows
from plfacilitate.front.desk.observing.modes import Answering, Which, Words, Writing
from plfacilitate.front.desk.observing.notebook import Notebook
from plfacilitate.front.desk.observing.panel import Panel
from plfacilitate.front.desk.observing.scriptfield import ScriptField
from plfacilitate.front.desk.observing.scriptlist import ScriptList
from plfacilitate.front.desk.observing.sitting import Pen, Sitting, doing
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.threads import messages, questions
from plfacilitate.front.desk.threads.hands import Deed
from plfacilitate.front.widgets.lines import Box, Flash, Lines, OneLine, Part, Parts, Source
from plfacilitate.steps.capture import Hand

READ_AGAIN_SECONDS = 0.1  # an observation that has just begun may not be in the ledger yet
FRAME_SECONDS = 0.02
TRY_AGAIN = timedelta(seconds=2)
_STEPS = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}


def draft_key(event: str, observation: str) -> str:
    """What the half-typed line of an observation is kept under."""
    return f"observe:{event}:{observation}"


class ObserveScreen(DeskScreen):
    """One observer at one observation."""

    CSS_PATH = "observe.tcss"
    WHERE = "observe"
    AUTO_FOCUS = "#script-field"
    MODES: ClassVar = ("lit", "stay", "marks", "answers")

    def __init__(self, event: str, observation: str) -> None:
        super().__init__()
        self.event, self.observation = event, observation
        self.sitting: Sitting | None = None
        self._leaving = False
        self._held: list[tuple[str, str]] | None = None
        """Keys that came while a question was on its way; None = none is."""
        self._tried: datetime | None = None
        self._outgoing: dict[str, Draft] = {}

    def under_head(self) -> tuple[Source, ...]:
        """The line of time."""
        return (self.time_line,)

    def body(self) -> ComposeResult:
        """Script and items; below them the field."""
        with Container(id="observe"):
            with Box(id="script-box"):
                yield ScriptList(id="script")
            with Box(id="panel-box"):
                yield Panel(id="panel")
        with Horizontal(id="typing"):
            yield OneLine(id="stamp")
            yield ScriptField(self.takes, id="script-field")
            yield OneLine(id="coded")

    @property
    def script(self) -> ScriptList:
        """The lines."""
        return self.query_one("#script", ScriptList)

    @property
    def panel(self) -> Panel:
        """The items."""
        return self.query_one("#panel", Panel)

    @property
    def field(self) -> ScriptField:
        """Where one types."""
        return self.query_one("#script-field", ScriptField)

    # -- begin and end -----------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Read what was noted so far; the field takes letters meanwhile."""
        self.desk.observing = self.observation
        self.app.clear_notifications()  # a toast from before would lie over the field
        super().on_mount()
        self._read()

    def on_unmount(self) -> None:
        """What was noted is written, and what was begun is kept."""
        self.desk.glances = False
        self._flush()
        self._keep()

    def _read(self) -> None:
        self.desk.feed.ask(questions.visit_of(self.event), lambda fold: self.post_message(messages.VisitRead(fold)))

    def on_visit_read(self, message: messages.VisitRead) -> None:
        """The observation is known: go on with it."""
        if self.sitting is not None:
            return
        if message.fold.observation(self.observation) is None:
            self.set_timer(READ_AGAIN_SECONDS, self._read)
            return
        around = self.desk.around
        book = Notebook(message.fold, self.observation, Hand(around.by, "facilitator", around.clock, around.chance))
        pen = Pen(
            self._send,
            lambda: self._do(deeds.taken_back(book.seen, self.post_message)),
            lambda undo: self._do(deeds.given_again(undo, self.post_message)),
        )
        kept = self.desk.drafts.read(draft_key(self.event, self.observation))
        sitting = self.sitting = Sitting(book, pen, kept)
        self.desk.glances = any(item.kind == "snapshot" for item in book.seen.protocol.items)
        if sitting.text and not self.field.value:
            sitting.say("Your half-typed line is here again.", "good")
        elif self.field.value:
            sitting.typed(sitting.text + self.field.value)
        self.script.letters = sitting.letters
        self.script.zone = self.desk.event.zone if self.desk.event is not None else self.desk.zone
        self._sync()

    # -- to the disk -------------------------------------------------------------------------------------------------

    def _send(self, drafts: Sequence[Draft]) -> None:
        """Write these as soon as they are on the screen: the writer would take the time of that frame."""
        if not self._outgoing:
            self.set_timer(FRAME_SECONDS, self._drawn)
        self._outgoing |= {draft.id: draft for draft in drafts}

    def _drawn(self) -> None:
        self._flush()
        self._keep()
        self.repaint()

    def _flush(self) -> None:
        if self._outgoing:
            drafts, self._outgoing = tuple(self._outgoing.values()), {}
            self.desk.do_deed(deeds.noted(drafts, self.post_message))

    def _do(self, deed: Deed) -> None:
        """Something else, after all that was noted before it."""
        self._flush()
        self.desk.do_deed(deed)

    # -- keys --------------------------------------------------------------------------------------------------------

    def takes(self, key: str, letter: str) -> bool:
        """Whether a key was dealt with; else it is typed."""
        sitting = self.sitting
        if self._held is not None:
            self._held.append((key, letter))
            return True
        if sitting is None:
            return key in ("enter", "tab", "shift+tab") or self._always(key)
        leaving, self._leaving = self._leaving, False
        if self._always(key) or self._moved(sitting, key):
            return True
        if key == "escape" and isinstance(sitting.mode, Writing) and sitting.rewording is None:
            self._leave(sitting, sure=leaving)
            return True
        if not self.desk.may_write:
            return True
        if isinstance(sitting.mode, Which) and sitting.mode.found is None and letter == "?":
            self.app.call_later(self.desk.give, "views:help_here")
            return True
        lines = len(sitting.book.seen.lines)
        taken = sitting.press(key, letter, self.field.value, self.script.selected)
        if len(sitting.book.seen.lines) > lines:
            self.script.selecting = False  # whoever writes on looks at the newest line
            self._fill(sitting)
            self._show_script(sitting)  # the rest of the screen a frame later
        elif taken:
            self._sync()
        elif letter:
            self._stamp(sitting)
        return taken

    def _always(self, key: str) -> bool:
        """Keys that mean the same in every mode."""
        orders = {"f1": "views:help_here", "f4": "notes:note", "ctrl+e": "observing:end"}
        if key in orders:
            self._held = []
            self.app.call_later(self._ask, orders[key])
        return key in orders

    async def _ask(self, order: str) -> None:
        """Give an order that opens a dialog; the keys typed behind it in one burst are the dialog's, not the line's."""
        try:
            await self.desk.give(order)
        finally:
            held, self._held = self._held or [], None
        for key, letter in held:
            await self.app.on_event(events.Key(key, letter or None))

    def _moved(self, sitting: Sitting, key: str) -> bool:
        """Arrows select a line while one writes, and scroll answers while one answers."""
        if key not in _STEPS or isinstance(sitting.mode, Which):
            return False
        if isinstance(sitting.mode, Answering):
            self.panel.scroll_relative(y=_STEPS[key], animate=False)
        else:
            self.script.select(_STEPS[key])
        return True

    def _leave(self, sitting: Sitting, *, sure: bool) -> None:
        """One step back: the selection, then the screen; that one wants a second Esc, as letters are commands there."""
        if self.script.selecting:
            self.script.select_none()
        elif sitting.failed and not sitting.book.laid_open():
            sitting.say("Not all of it is on the disk yet: stay until it is.", "bad")
        elif sure:
            self.app.call_later(self.desk.give, "views:back")
        else:
            self._leaving = True
            ended = sitting.book.seen.ended_at is not None
            sitting.say(
                f"Esc again leaves; {'the notes stay' if ended else 'the observation goes on'} and nothing is lost.",
                "warn",
            )
        self.repaint()

    def do(self, key: str, letter: str = "") -> None:
        """A key that was chosen from the palette or clicked."""
        if not self.takes(key, letter) and letter:
            self.field.insert_text_at_cursor(letter)

    def on_panel_picked(self, message: Panel.Picked) -> None:
        """A click on an item or an answer says the same as its keys."""
        sitting, row = self.sitting, message.row
        if sitting is None or not row.key.strip():
            return
        if isinstance(sitting.mode, (Writing, Words)):
            self.takes("tab", "")
        self.takes(row.key, row.key)

    def on_input_changed(self) -> None:
        """What is typed is kept."""
        if self.sitting is not None:
            self.sitting.typed(self.field.value)
            self._stamp(self.sitting)
            self._keep()

    def _sync(self) -> None:
        """The field holds what it should; everything is drawn that looks different."""
        assert self.sitting is not None, "there are keys only for somebody who observes"
        self._fill(self.sitting)
        self._keep()
        self.repaint()

    def _fill(self, sitting: Sitting) -> None:
        field = self.field
        if sitting.insert:
            field.insert_text_at_cursor(sitting.insert)
            sitting.insert = ""
            sitting.typed(field.value)
        elif field.value != sitting.text:
            field.value = sitting.text
            field.cursor_position = len(sitting.text)

    def _keep(self) -> None:
        if self.sitting is not None:
            self.desk.drafts.keep(draft_key(self.event, self.observation), self.sitting.draft)

    # -- what the writer tells ---------------------------------------------------------------------------------------

    def on_noted(self, message: messages.Noted) -> None:
        """It is on the disk, or the disk said no."""
        if self.sitting is None:
            return
        if message.sentence:
            self._tried = self.desk.now
            self.sitting.not_kept(message.sentence)
        else:
            self.sitting.kept(message.ids)
        self._show_script(self.sitting)
        self.query_one("#foot", Lines).look_again()

    def on_taken_back(self, message: messages.TakenBack) -> None:
        """Something does not count any more, or counts again."""
        if self.sitting is not None:
            told = self.sitting.given_again if message.again and message.undos else None
            if told is not None:
                told(message.undos)
            else:
                self.sitting.taken_back(message.undos, message.said)
            self.repaint()

    def show_said(self, sentence: str, severity: str) -> None:
        """What the desk has to say, without a toast."""
        if self.sitting is not None:
            self.sitting.say(sentence, "bad" if severity == "error" else "dim")
            self.repaint()

    def show_flash(self, flash: Flash | None) -> None:
        """Nothing flashes here."""

    # -- drawing -----------------------------------------------------------------------------------------------------

    def paint(self) -> None:
        """The newest of everything."""
        sitting = self.sitting
        if sitting is None:
            self.script.say("Reading …")
            return
        if sitting.failed and (self._tried is None or self.desk.now - self._tried >= TRY_AGAIN):
            self._tried = self.desk.now
            sitting.try_again()
        if not sitting.book.seen.lines:
            self.script.say("Type what is said and done. Enter stamps the line.")
        self._show_script(sitting)
        self._box("#script-box").entitle(f"Script  {_lines(len(sitting.book.seen.lines))}", self._below())
        self._mode_classes(sitting)
        sight, mode = sitting.sight, sitting.mode
        panel = self.panel
        panel.show(rows.rows(mode, sight, panel.size.width, panel.size.height))
        self._box("#panel-box").entitle(rows.title(mode, sight), "")
        self._stamp(sitting)

    def _show_script(self, sitting: Sitting) -> None:
        book = sitting.book
        self.script.show(book.seen.lines, book.waiting, failed=bool(sitting.failed))

    def _box(self, name: str) -> Box:
        return self.query_one(name, Box)

    def _below(self) -> str:
        return "↑ ↓ select · Shift+Tab codes · F2 other words" if self.script.selecting else ""

    def _mode_classes(self, sitting: Sitting) -> None:
        """Which mode it is, for the style sheet."""
        mode = sitting.mode
        on = {
            "lit": not isinstance(mode, Writing) and not getattr(mode, "stay", False),
            "stay": bool(getattr(mode, "stay", False)),
            "marks": isinstance(mode, (Which, Answering)),
            "answers": isinstance(mode, (Answering, Words)),
        }
        for name in self.MODES:
            if self.has_class(name) != on[name]:
                self.set_class(on[name], name)
                self.call_after_refresh(self.repaint)  # the panel may have another width

    def _stamp(self, sitting: Sitting) -> None:
        """What stands before the field: the moment of the line, or what the next key is."""
        prompt = rows.prompt(sitting.mode)
        zone = self.script.zone
        if prompt:
            look = "flash-warn" if getattr(sitting.mode, "stay", False) else "strong"
        elif isinstance(sitting.mode, Words):
            prompt, look = f"words for {sitting.letters.get(sitting.mode.part, 'it')}", "title"
        elif sitting.rewording is not None:
            prompt, look = f"{rows.wall(sitting.rewording.at, zone)} in other words", "title"
        else:
            began = sitting.half.began
            prompt = rows.wall(began or self.desk.now, zone, seconds=True)
            look = "title" if began is not None else "dim"
        self._put("#stamp", f" {prompt} ▸ ", look)
        coded = " ".join(sitting.letters.get(item, "·") for item in sitting.half.items)
        self._put("#coded", f" → {coded} " if coded else "", "marked")

    def _put(self, name: str, text: str, look: str) -> None:
        line = self.query_one(name, OneLine)
        width = cells(text)
        if line.styles.width is None or line.styles.width.value != width:
            line.styles.width = width
        line.put((Part(text, look),) if text else ())

    # -- the frame ---------------------------------------------------------------------------------------------------

    def title_parts(self, width: int) -> Parts:
        """Room, instrument, observer; as far as it goes."""
        if self.sitting is None:
            return ()
        book = self.sitting.book
        words = " · ".join(
            filter(None, (book.label, book.seen.respondent, book.seen.protocol.title, book.seen.observer))
        )
        return (Part(cut(words, max(8, width)).rstrip()),)

    def time_line(self, width: int) -> tuple[Parts, Parts]:
        """Time in the lesson, states that go on, the next snapshot."""
        sitting = self.sitting
        if sitting is None:
            return (), ()
        seen, now = sitting.book.seen, sitting.now
        lasted = rows.lasting(int(((seen.ended_at or now) - seen.started_at).total_seconds()))
        words, look = rows.next_glance(sitting.sight)
        right = (Part(f"  {words} ", look),) if words else ()
        if seen.ended_at is not None:
            ended = rows.wall(seen.ended_at, self.script.zone)
            return (Part(f" ENDED {ended}", "warn"), Part(f" after {lasted}")), ()
        left = [Part(f" {lasted}", "strong"), Part(f" of {seen.protocol.minutes} min  ", "dim")]
        return (*left, *(Part(f"{one}  ", "good") for one in doing(sitting))), right

    def status(self, width: int) -> tuple[Parts, Parts]:
        """What was said last, or the keys of the mode; at the right whether all is on the disk."""
        sitting = self.sitting
        if sitting is None or self.desk.why_not_write:
            return (Part(f" {self.desk.why_not_write}", "warn"),), ()
        right: Parts = (Part("  ✓ saved ", "dim"),)
        if sitting.failed:
            return (Part(f" ⚠ {plain(sitting.failed)} It is tried again.", "bad"),), ()
        if sitting.book.waiting:
            right = (Part("  … saving ", "dim"),)
        keys = rows.hint(sitting.mode, sitting.sight)
        parts = [Part(f" {sitting.said}", sitting.look)] if sitting.said else []
        if keys:
            parts.append(Part(f"{' ·' if parts else ''} {keys}", "key"))
        return parts, right


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count:,} lines"
