"""The desk: a table of contents of its screens, keys, threads and themes.

Owns what happens when a key is pressed and when a thread has something to tell: the threads bring frozen pictures, the
screens draw them, the orders do what a key asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from typing import ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.screen import Screen

from plfacilitate.core.text import plain
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.base import DeskBase, Keeper
from plfacilitate.front.desk.desklock import DeskLock
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.threads import messages
from plfacilitate.front.widgets.keyline import key_text
from plfacilitate.front.widgets.looks import THEMES
from plfacilitate.front.widgets.terminal import end_with_terminal, must_have_terminal
from plfacilitate.store.surroundings import Surroundings


def _screen(name: str) -> Callable[[], Screen[None]]:
    """A screen that is imported when it is first shown."""

    def make() -> Screen[None]:
        module = import_module(f"plfacilitate.front.desk.screens.{name}")
        screen: Screen[None] = module.SCREEN()
        return screen

    return make


JUST_AFTER = 0.01  # seconds after a whole one at which the clock is looked at
REMIND_SECONDS = 1.0  # what goes on since yesterday is looked for when the first screen stands
TYPING = frozenset(
    {"enter", "escape", "backspace", "delete", "left", "right", "up", "down", "home", "end", "tab", "shift+tab"}
)


def _nothing() -> None:
    """A dialog shows no clock."""


class Desk(DeskBase):
    """The terminal app of the facilitator."""

    TITLE = "plfacilitate"
    CSS_PATH = "desk.tcss"
    DEFAULT_MODE = "today"
    MODES: ClassVar = {name: _screen(name) for name in ("today", "room", "search")}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 6

    def __init__(
        self,
        around: Surroundings,
        *,
        event: str | None = None,
        lock: DeskLock | None = None,
        keeper: Keeper | None = None,
    ) -> None:
        super().__init__(around, event=event, lock=lock, keeper=keeper)
        for theme in THEMES:
            self.register_theme(theme)
        # Set before anything is drawn and without its watchers: the style sheet is read once, not twice.
        self.set_reactive(App.theme, THEMES[0].name)
        self.stylesheet.set_variables(self.get_css_variables())

    # -- begin and end -----------------------------------------------------------------------------------------------

    def on_load(self) -> None:
        """Read while the screen is being built."""
        self.feed.start(self.post_message, self.watched)
        if self.may_write:
            self.hands.start(self.post_message, self.feed.wake)

    def on_mount(self) -> None:
        """The clock of the screens, and the door, once the first picture can be seen."""
        self.a_second_later()
        if self.may_write:
            self.call_after_refresh(self.at_door)
            self.call_after_refresh(self.go_on_sending)

    def on_unmount(self) -> None:
        """The desk is closed."""
        self.finish()

    def a_second_later(self) -> None:
        """The clock of the screens: in step with the seconds of what runs, so that none is skipped or shown twice."""
        self.beep(self.chime.rings(self.standing))
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen) or (screen.is_mounted and screen.children):
                getattr(screen, "repaint", _nothing)()
        self.set_timer(self.next_second + JUST_AFTER, self.a_second_later)

    def repaint(self) -> None:
        """Let every screen that can be seen show the newest pictures."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.repaint()

    # -- keys and palette --------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """A scanner is heard before any key means anything; a badge's digits never are a command."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.feed.pressed()
            number = self.ear.hears(event)
            if number is not None:
                if number:
                    await self.give("scanning:scanned", number)
                return
            if self.locked and not (event.is_printable or event.key in TYPING):
                return
            order, self.enter_means = self.enter_means, ""
            if order and event.key == "enter" and self.enter_is_free:
                await self.give(order)
                return
        await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """Nobody took the key: where it means something that can't be done now, say why."""
        words = commands.why_not(self, self.screen.WHERE, event.key) if isinstance(self.screen, DeskScreen) else ""
        if words:
            self.say(words)

    async def action_do(self, name: str) -> None:
        """Do a command of the table."""
        await self.give(commands.BY_NAME[name].run)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The one rule: a command whose needs are not met is greyed out."""
        if action == "do" and parameters:
            return True if commands.allowed(self, commands.BY_NAME[str(parameters[0])]) else None
        return True

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette holds everything that can be done on this screen."""
        where = screen.WHERE if isinstance(screen, DeskScreen) else ""
        for command in commands.COMMANDS:
            if where in command.on and commands.allowed(self, command):
                title = command.label or command.name.replace("-", " ")
                key = f" (key {key_text(command.keys)})" if command.keys else ""
                yield SystemCommand(title.capitalize(), f"{command.tip}{key}", self._doing(command.name))

    def _doing(self, name: str) -> Callable[[], None]:
        def do() -> None:
            self.call_later(self.action_do, name)

        return do

    # -- what the threads tell ---------------------------------------------------------------------------------------

    def on_room_painted(self, message: messages.RoomPainted) -> None:
        """The room looks different."""
        self.repaint()
        for flag in self.room.about_nobody:
            if flag.entry not in self.told_of:
                self.told_of.add(flag.entry)
                self.say(f"⚑ {plain(flag.text or flag.code)} g settles it.", severity="error")
        if not self.feed.seen.is_set():
            self.call_after_refresh(self.feed.seen.set)
        event = message.picture.event
        if self.may_write and message.picture.visit and event is not None and event.id not in self.reminded:
            self.reminded.add(event.id)
            self.call_later(self.give, "reminding:remind")

    def on_day_painted(self, message: messages.DayPainted) -> None:
        """Today looks different."""
        self.repaint()
        if self.may_write and "" not in self.reminded:
            self.reminded.add("")
            self.set_timer(REMIND_SECONDS, partial(self.give, "reminding:remind_of_before"))

    def on_person_painted(self, message: messages.PersonPainted) -> None:
        """The person on the screen looks different."""
        self.portrait = message.picture
        self.repaint()

    def on_review_painted(self, message: messages.ReviewPainted) -> None:
        """There is something else to look at before closing."""
        self.review, self.hours = message.picture, message.hours
        self.repaint()

    def on_followed_painted(self, message: messages.FollowedPainted) -> None:
        """Something else that a screen follows looks different."""
        self.repaint()

    def on_ledger_failed(self, message: messages.LedgerFailed) -> None:
        """Nothing can be read: one sentence instead of an empty screen."""
        self.failed = message.sentence
        self.may_write = False
        self.repaint()

    def on_people_found(self, message: messages.PeopleFound) -> None:
        """Whoever asked shows them."""
        self._hand_on(message)

    def on_texts_found(self, message: messages.TextsFound) -> None:
        """Whoever asked shows them."""
        self._hand_on(message)

    def _hand_on(self, message: messages.PeopleFound | messages.TextsFound) -> None:
        show = getattr(self.screen, "show_found", None)
        if show is not None:
            show(message)

    def on_written(self, message: messages.Written) -> None:
        """It is in the ledger, durably: say so."""
        self.drafts.forget(message.draft)
        show = getattr(self.screen, "show_written", None)
        if show is not None:
            show(message)
        else:
            self.say(f"{message.said} · {message.hint}" if message.hint else message.said)

    async def on_scanned(self, message: messages.Scanned) -> None:
        """A badge was read and dealt with."""
        await self.give("scanning:answered", message.scan, message.hint)

    def on_not_written(self, message: messages.NotWritten) -> None:
        """It was refused: say why, the typed text is still there."""
        if message.draft == "scan":
            self.call_later(self.give, "scanning:refused", message.sentence)
            return
        show = getattr(self.screen, "show_refusal", None)
        if show is not None:
            show(message.draft, message.sentence)
        self.say(message.sentence, severity="error")

    def on_code_shown(self, message: messages.CodeShown) -> None:
        """Another code is on the wall."""
        before, now = self.code, message.code
        if before is not None and now is not None and now.proven and not before.proven:
            self.say("Proven: a phone came through to this laptop.")
        self.code = message.code
        self.repaint()

    def on_door_stood(self, message: messages.DoorStood) -> None:
        """The sign-in for phones began, ended, or was begun again: say so."""
        self.door = message.door
        if message.door.sentence and message.door.state != "starting":
            wrong = message.door.state in ("failed", "unsaved")
            self.say(message.door.sentence, severity="error" if wrong else "information")
        self.repaint()

    async def on_taken_in(self, message: messages.TakenIn) -> None:
        """Another laptop's file is in: what came, and what is to be decided."""
        await self.give("receiving:show", message.account)

    def on_working(self, message: messages.Working) -> None:
        """A longer piece of work goes on."""
        self.working = message.words
        self.repaint()


class DeskInRoom(Desk):
    """The desk that begins in the room of an event."""

    DEFAULT_MODE = "room"


def desk(
    around: Surroundings, *, event: str | None = None, lock: DeskLock | None = None, keeper: Keeper | None = None
) -> Desk:
    """The desk, in the room of `event` where one is named. `lock` None = nobody else can write here."""
    return (DeskInRoom if event else Desk)(around, event=event, lock=lock, keeper=keeper)


def run(around: Surroundings, *, event: str | None = None) -> int:
    """Open the desk on a workspace, in the room of `event` where one is named; gives the exit code."""
    must_have_terminal("The desk")
    lock = DeskLock.take(around)
    app = desk(around, event=event, lock=lock)
    end_with_terminal(app.finish)
    try:
        return app.run() or 0
    finally:
        lock.release()
