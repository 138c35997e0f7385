"""The desk: a table of contents of its screens, threads and themes.

Owns what the screens share: the newest pictures, who may write, the drafts. Never draws and never reads a ledger: the
threads bring frozen pictures, the screens draw them, the orders do what a key asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual.app import App, SystemCommand
from textual.screen import Screen

from plfacilitate.core.fold import Flag
from plfacilitate.core.plan import Event
from plfacilitate.front.desk import commands, messages
from plfacilitate.front.desk.desklock import DeskLock
from plfacilitate.front.desk.drafts import Drafts
from plfacilitate.front.desk.feed import Feed
from plfacilitate.front.desk.hands import Deed, Hands
from plfacilitate.front.desk.looks import THEMES
from plfacilitate.front.desk.pictures import Code, DayPicture, Door, MarkLine, PersonPicture, RoomPicture
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.terminal import end_with_terminal
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.front.desk.doorkeeper import Keeper

NO_ROOM = RoomPicture(None)
DRAFT_SECONDS = 0.5  # typed text is on the disk so soon after a key


def _screen(name: str) -> Callable[[], Screen[None]]:
    """A screen that is imported when it is first shown."""

    def make() -> Screen[None]:
        module = import_module(f"plfacilitate.front.desk.screens.{name}")
        screen: Screen[None] = module.SCREEN()
        return screen

    return make


class Desk(App[int]):
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
        super().__init__()
        self.around = around
        self.lock = lock
        self.may_write: bool = lock is None or lock.held
        self.feed = Feed(around, readonly=not self.may_write)
        self.hands = Hands(around)
        self.keeper = keeper
        self._keeping = False
        self.watched = event
        self.portrait: PersonPicture | None = None
        self.mark: MarkLine | None = None
        self.code: Code | None = None
        self.door = Door()
        self.working = ""
        self.failed = ""
        self.drafts = Drafts(around.workspace.root / "drafts.json", self._later)
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
        self.set_interval(1.0, self.repaint)
        if self.may_write:
            self.call_after_refresh(self.at_door)

    def at_door(self) -> Keeper:
        """The door's keeper, who begins to look for a running door when he is first asked for."""
        if self.keeper is None:
            from plfacilitate.front.desk.doorkeeper import Doorkeeper

            self.keeper = Doorkeeper(self.around)
        if not self._keeping:
            self._keeping = True
            self.keeper.start(self.post_message)
        return self.keeper

    def on_unmount(self) -> None:
        """The desk is closed."""
        self.finish()

    def finish(self) -> None:
        """Do what was asked for, keep what was typed; from any thread. The door goes on."""
        if self.keeper is not None and self._keeping:
            self.keeper.leave()
        if self.may_write:
            self.hands.quietly(self.drafts.save)
            self.hands.stop()
        self.feed.stop()

    # -- what the screens ask ----------------------------------------------------------------------------------------

    @property
    def event(self) -> Event | None:
        """The event of the room, None = none is chosen or it is not known yet."""
        return self.room.event

    @property
    def room(self) -> RoomPicture:
        """The newest picture of the room; an empty one where it was not painted yet."""
        newest = self.feed.newest_room
        mine = newest is not None and newest.event is not None and newest.event.id == self.watched
        return newest if newest is not None and mine else NO_ROOM

    @property
    def day(self) -> DayPicture | None:
        """The newest picture of all events; None = not painted yet."""
        return self.feed.newest_day

    @property
    def why_not_write(self) -> str:
        """Why this desk is open to read only, in one sentence; "" = it writes."""
        return self.lock.why_not if self.lock is not None and not self.may_write else ""

    @property
    def zone(self) -> ZoneInfo:
        """The laptop's time zone, for where no event says another."""
        return ZoneInfo(self.around.tz)

    @property
    def now(self) -> datetime:
        """This moment, UTC."""
        return self.around.clock()

    @property
    def outbox(self) -> int:
        """How many bundles wait to be handed over."""
        return sum(card.delivery.waiting for card in self.day.cards) if self.day is not None else 0

    @property
    def door_open(self) -> bool:
        """Whether phones can sign in."""
        return self.door.open and self.door.event == self.watched

    @property
    def doubts(self) -> tuple[Flag, ...]:
        """The undecided doubts about the person on the screen."""
        found = self.portrait.flags if self.portrait else ()
        return tuple(flag for flag in found if flag.accepted is None)

    def watch_event(self, event: str) -> None:
        """Make this event the one of the room."""
        if event != self.watched:
            self.watched = event
            self.feed.watch(event)

    def show_person(self, person: str) -> None:
        """Follow this person from now on; "" = nobody any more."""
        if not person or self.portrait is None or self.portrait.person.id != person:
            self.portrait = self.mark = None
        self.feed.show_person(person)

    def do_deed(self, deed: Deed, *, draft: str = "") -> None:
        """Let the writer do it; the answer comes as a toast."""
        if self.may_write:
            self.hands.do(deed, draft=draft)

    def _later(self, work: Callable[[], None]) -> None:
        if self.may_write:
            self.set_timer(DRAFT_SECONDS, lambda: self.hands.quietly(work))

    def work(self, words: str) -> None:
        """Say how far a longer piece of work has come; from any thread. "" = it is over."""
        self.post_message(messages.Working(words))

    def repaint(self) -> None:
        """Let every screen that can be seen show the newest pictures."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.repaint()

    # -- keys and palette --------------------------------------------------------------------------------------------

    async def action_do(self, name: str) -> None:
        """Do a command of the table."""
        module, function = commands.BY_NAME[name].run.split(":")
        await getattr(import_module(f"plfacilitate.front.desk.orders.{module}"), function)(self)

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
                key = f" (key {commands.key_text(command)})" if command.keys else ""
                yield SystemCommand(title.capitalize(), f"{command.tip}{key}", self._doing(command.name))

    def _doing(self, name: str) -> Callable[[], None]:
        def do() -> None:
            self.call_later(self.action_do, name)

        return do

    # -- what the threads tell ---------------------------------------------------------------------------------------

    def on_room_painted(self, message: messages.RoomPainted) -> None:
        """The room looks different."""
        self.repaint()
        if not self.feed.seen.is_set():
            self.call_after_refresh(self.feed.seen.set)

    def on_day_painted(self, message: messages.DayPainted) -> None:
        """Today looks different."""
        self.repaint()

    def on_person_painted(self, message: messages.PersonPainted) -> None:
        """The person on the screen looks different."""
        self.portrait = message.picture
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
        self.say(f"{message.said} · {message.hint}" if message.hint else message.said)

    def on_not_written(self, message: messages.NotWritten) -> None:
        """It was refused: say why, the typed text is still there."""
        self.say(message.sentence, severity="error")

    def on_code_shown(self, message: messages.CodeShown) -> None:
        """Another code is on the wall."""
        self.code = message.code
        self.repaint()

    def on_door_stood(self, message: messages.DoorStood) -> None:
        """The sign-in for phones began, ended, or was begun again: say so."""
        self.door = message.door
        if message.door.sentence and message.door.state != "starting":
            self.say(message.door.sentence, severity="error" if message.door.state == "failed" else "information")
        self.repaint()

    def on_working(self, message: messages.Working) -> None:
        """A longer piece of work goes on."""
        self.working = message.words
        self.repaint()

    def say(self, sentence: str, *, severity: str = "information") -> None:
        """One toast; the one before goes."""
        self.clear_notifications()
        self.notify(sentence, severity="error" if severity == "error" else "information", markup=False)


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
    lock = DeskLock.take(around)
    app = desk(around, event=event, lock=lock)
    end_with_terminal(app.finish)
    try:
        return app.run() or 0
    finally:
        lock.release()
