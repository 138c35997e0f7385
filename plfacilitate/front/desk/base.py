"""What screens, dialogs and orders may ask of the desk: the newest pictures, who may write, the drafts.

Owns what they share. Never draws, never reads a ledger, and knows no screen by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast
from zoneinfo import ZoneInfo

from textual.app import App
from textual.message import Message
from textual.timer import Timer

from plfacilitate.core.fold import Flag
from plfacilitate.core.keeping.past import Name, Past
from plfacilitate.core.keeping.standing import Standing, standing
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.front.desk.desklock import DeskLock
from plfacilitate.front.desk.drafts import Drafts
from plfacilitate.front.desk.lists.chime import Chime
from plfacilitate.front.desk.painting.pictures import (
    Code,
    DayPicture,
    Door,
    MarkLine,
    PersonPicture,
    RoomPicture,
)
from plfacilitate.front.desk.scanner import Ear
from plfacilitate.front.desk.threads import messages
from plfacilitate.front.desk.threads.carrier import Carrier
from plfacilitate.front.desk.threads.feed import Feed
from plfacilitate.front.desk.threads.hands import Deed, Hands
from plfacilitate.front.widgets.lines import Flash
from plfacilitate.shelf.settings import Settings, read_settings, write_settings
from plfacilitate.store.surroundings import Surroundings

NO_ROOM = RoomPicture(None)
BEEP_SECONDS = 0.2  # terminals make one sound of bells that come closer together
FLASH_SECONDS = 4.0
DRAFT_SECONDS = 0.5  # typed text is on the disk so soon after a key


if TYPE_CHECKING:
    from plfacilitate.core.cohort.picture import CohortPicture, SchoolPicture
    from plfacilitate.core.insights.whole import Insights
    from plfacilitate.core.notes import Note
    from plfacilitate.core.polls.picture import Poll, PollBoard
    from plfacilitate.core.popup.picture import PopupBoard, Problem
    from plfacilitate.core.problems.bank import Bank
    from plfacilitate.core.problems.bank import Row as BankRow
    from plfacilitate.core.running.fold import Led
    from plfacilitate.core.running.run import Run
    from plfacilitate.core.visiting.fold import VisitPicture
    from plfacilitate.core.visiting.observation import Observation
    from plfacilitate.front.desk.lists.talks import AtTable
    from plfacilitate.front.desk.painting.sheethours import Hours
    from plfacilitate.steps.groups import Seated
    from plfacilitate.steps.review import Pair, Review


class Keeper(Protocol):
    """What the desk asks of a door's keeper; the tests have one of their own."""

    def start(self, post: Callable[[Message], object]) -> None:
        """Begin to look for a running door."""

    def want(self, event: str) -> None:
        """Phones shall be able to sign in to this event."""

    def stop_door(self) -> None:
        """Phones shall not sign in any more."""

    def leave(self) -> None:
        """The desk ends; the door goes on."""


class DeskBase(App[int]):
    """The desk as its screens know it."""

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
        self.carrier = Carrier(around, self.hands, self.work)
        self.keeper = keeper
        self.keeping = False
        self.watched = event
        self.portrait: PersonPicture | None = None
        self.mark: MarkLine | None = None
        self.observing = ""  # the observation that is on the screen
        self.seat = ""  # the person under the cursor of the groups' screen
        self.leading = ""  # the run of a protocol that is on the screen
        self.stop = ""  # the stop of the visit that is under the cursor
        self.segment: int | None = None  # the segment of the agenda that is under the cursor, by its place
        self.at_problem = ""  # the problem of practice that is under the cursor
        self.at_poll = ""  # the poll that is under the cursor
        self.in_bank = ""  # the problem of the bank that is under the cursor
        self.past: Mapping[Name, Past] = {}  # how long the segments of this session took before, once it was asked
        self.settings = read_settings(around.workspace.settings)
        self.chime = Chime(on=self.settings.sound)
        self.table: AtTable | None = None  # what is talked about at a debrief, while its screen is there
        self.code: Code | None = None
        self.door = Door()
        self.working = ""
        self.failed = ""
        self.ear = Ear(self)
        self.flash: Flash | None = None
        self.review: Review | None = None  # what is to be looked at before closing, while somebody wants to know
        self.hours: tuple[Hours, ...] = ()  # what an approval would speak for, likewise
        self.pairs: tuple[Pair, ...] = ()  # under the cursor
        self.school: tuple[CohortPicture, SchoolPicture] | None = None  # likewise, on the board of a cohort
        self.glances = False  # what is observed on the screen has snapshots
        self.reminded: set[str] = set()  # events of which it was said that an observation goes on
        self.told_of: set[str] = set()  # doubts about no person, each said once
        self.passed_over: set[str] = set()  # of these, those that were looked at in this round
        self.scan_out: bool | None = None  # what a scan does, None = by the agenda's end
        self.strange_badges: list[str] = []  # scanned, nobody's, and not dealt with
        self.enter_means = ""  # an order that Enter gives while a flash says so
        self._flashing: Timer | None = None
        self.drafts = Drafts(around.workspace.root / "drafts.json", self._later)

    # -- what is known -----------------------------------------------------------------------------------------------

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
    def standing(self) -> Standing | None:
        """Where the agenda stands this moment; None without an event."""
        run = self.room.run
        return standing(run, self.now) if run.spans else None

    @property
    def visit(self) -> VisitPicture | None:
        """The newest picture of the visit; None = not read yet, or no screen follows it."""
        newest = cast("VisitPicture | None", self.feed.newest.get("visit"))
        return newest if newest is not None and newest.event == self.watched else None

    @property
    def run_led(self) -> Run | None:
        """The protocol that is led on the screen, as it stands; None = there is none, or it is not known yet."""
        newest = cast("Led | None", self.feed.newest.get("runs"))
        if newest is None or newest.event != self.watched:
            return None
        return next((one for one in newest.runs if one.id == self.leading), None)

    @property
    def cohorts(self) -> tuple[CohortPicture, ...] | None:
        """The newest pictures of all cohorts; None = not read yet, or no screen follows them."""
        return cast("tuple[CohortPicture, ...] | None", self.feed.newest.get("cohorts"))

    @property
    def insights(self) -> Insights | None:
        """The newest picture of all visits together; None = not read yet, or no screen follows it."""
        return cast("Insights | None", self.feed.newest.get("insights"))

    @property
    def seated(self) -> Seated | None:
        """The groups of the event and who is there for them; None = not read yet, or no screen follows them."""
        newest = cast("Seated | None", self.feed.newest.get("groups"))
        return newest if newest is not None and newest.event == self.watched else None

    @property
    def popup(self) -> PopupBoard | None:
        """The newest picture of the problems of practice; None = not read yet, or no screen follows it."""
        newest = cast("PopupBoard | None", self.feed.newest.get("popup"))
        return newest if newest is not None and newest.picture.event == self.watched else None

    @property
    def notes(self) -> tuple[Note, ...] | None:
        """What was noted at the event; None = not read yet, or no screen follows it."""
        newest = cast("tuple[str, tuple[Note, ...]] | None", self.feed.newest.get("notes"))
        return newest[1] if newest is not None and newest[0] == self.watched else None

    @property
    def polls(self) -> PollBoard | None:
        """The newest picture of the polls; None = not read yet, or no screen follows it."""
        newest = cast("PollBoard | None", self.feed.newest.get("polls"))
        return newest if newest is not None and newest.picture.event == self.watched else None

    @property
    def poll(self) -> Poll | None:
        """The poll under the cursor as it stands; None = there is none, or it was not asked yet."""
        return self.polls.picture.poll(self.at_poll) if self.polls is not None and self.at_poll else None

    @property
    def problem(self) -> Problem | None:
        """The problem of practice under the cursor as it stands; None = there is none, or it was taken back."""
        return self.popup.picture.problem(self.at_problem) if self.popup is not None and self.at_problem else None

    @property
    def bank(self) -> Bank | None:
        """The newest picture of the problem bank; None = not read yet, or no screen follows it."""
        return cast("Bank | None", self.feed.newest.get("bank"))

    @property
    def banked(self) -> BankRow | None:
        """The problem of the bank under the cursor; None = there is none, or it was taken back."""
        return self.bank.row(self.in_bank) if self.bank is not None and self.in_bank else None

    @property
    def observed(self) -> Observation | None:
        """The observation that is on the screen; None = there is none, or it is not known yet."""
        return self.visit.observation(self.observing) if self.visit is not None and self.observing else None

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
    def waiting_drafts(self) -> list[str]:
        """Typed text that was left and can be gone on with here."""
        return self.drafts.waiting(self.watched or "") if self.may_write else []

    @property
    def door_open(self) -> bool:
        """Whether phones can sign in."""
        return self.door.open and self.door.event == self.watched

    @property
    def doubts(self) -> tuple[Flag, ...]:
        """The undecided doubts about the person on the screen."""
        found = self.portrait.flags if self.portrait else ()
        return tuple(flag for flag in found if flag.accepted is None)

    @property
    def scans_out(self) -> bool:
        """A scanned badge signs its holder out now."""
        if self.scan_out is not None or self.event is None:
            return bool(self.scan_out)
        return self.event.ending(self.now)

    @property
    def locked(self) -> bool:
        """Somebody else than the facilitator may be at the keyboard."""
        return bool(getattr(self.screen, "LOCKED", False))

    @property
    def enter_is_free(self) -> bool:
        """Nobody is in the middle of a dialog or of typing."""
        typed = getattr(self.focused, "value", "") or getattr(self.focused, "text", "")
        return not self.screen.is_modal and not typed

    # -- what is asked for -------------------------------------------------------------------------------------------

    async def give(self, order: str, *what: object) -> None:
        """Do an order: `module:function` of `orders/`, loaded when it is first given."""
        module, function = order.split(":")
        await getattr(import_module(f"plfacilitate.front.desk.orders.{module}"), function)(self, *what)

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

    def remember(self, settings: Settings) -> None:
        """The desk is like this from now on, and where it may write, also the next time it is opened."""
        self.settings = settings
        if self.may_write:
            self.hands.quietly(partial(_keep, self.around, settings))

    def go_on_sending(self) -> None:
        """What was on its way when the desk was closed."""
        if (self.around.workspace.outbox / "waiting.json").exists():
            from plfacilitate.front.desk.deeds.handing import go_on

            self.hands.do(go_on(self.carrier))

    def at_door(self) -> Keeper:
        """The door's keeper, who begins to look for a running door when he is first asked for."""
        if self.keeper is None:
            from plfacilitate.front.desk.threads.doorkeeper import Doorkeeper

            self.keeper = Doorkeeper(self.around)
        if not self.keeping:
            self.keeping = True
            self.keeper.start(self.post_message)
        return self.keeper

    @property
    def next_second(self) -> float:
        """How long it is, in seconds, until the countdown of the running segment shows another one."""
        now = self.standing
        return (now.left.total_seconds() % 1 if now is not None else 0) or 1.0

    def refresh_screen(self) -> None:
        """Let the screen look at the newest pictures again."""
        repaint = getattr(self.screen, "repaint", None)
        if repaint is not None:
            repaint()

    def work(self, words: str) -> None:
        """Say how far a longer piece of work has come; from any thread. "" = it is over."""
        self.post_message(messages.Working(words))

    def say(self, sentence: str, *, severity: str = "information") -> None:
        """One toast; the one before goes. A screen that wants no toasts says it in its own place."""
        quiet = getattr(self.screen, "show_said", None)
        if quiet is not None:
            quiet(sentence, severity)
            return
        self.clear_notifications()
        self.notify(sentence, severity="error" if severity == "error" else "information", markup=False)

    def flash_up(self, flash: Flash, *, beeps: int) -> None:
        """Show a line for a moment on whichever screen there is, with so many beeps."""
        self._set_flash(flash)
        if self._flashing is not None:
            self._flashing.stop()
        self._flashing = self.set_timer(FLASH_SECONDS, self._flash_down)
        self.beep(beeps)

    def beep(self, times: int) -> None:
        """So many beeps that can be told apart."""
        for number in range(times):
            self.set_timer(number * BEEP_SECONDS or 0.001, self.bell)

    def _flash_down(self) -> None:
        self.enter_means = ""
        self._set_flash(None)

    def _set_flash(self, flash: Flash | None) -> None:
        self.flash = flash
        show = getattr(self.screen, "show_flash", None)
        if show is not None:
            show(flash)
        elif flash is not None:
            self.say(flash.words)

    def finish(self) -> None:
        """Do what was asked for, keep what was typed; from any thread. The door goes on."""
        if self.keeper is not None and self.keeping:
            self.keeper.leave()
        self.carrier.end()
        if self.may_write:
            self.hands.quietly(self.drafts.save)
            self.hands.stop()
        self.feed.stop()

    def _later(self, work: Callable[[], None]) -> None:
        if self.may_write:
            self.set_timer(DRAFT_SECONDS, lambda: self.hands.quietly(work))


def _keep(around: Surroundings, settings: Settings) -> None:
    """A disk that takes no setting takes no entry either, and that one says so."""
    with suppress(Refused):
        write_settings(around.workspace.settings, settings)
