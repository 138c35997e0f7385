"""What the screens draw: frozen pictures of the room, of a person, of the day.

Owns the values that the reader thread hands to the screens, and the one table of what a state looks like. Never reads
a ledger and never knows a widget.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple

from plfacilitate.core.fold import Flag, Request
from plfacilitate.core.keeping.run import Run
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Choice, Event
from plfacilitate.core.presence import Mark, Presence

State = Literal["in", "late", "out", "early", "expected", "flag"]
SYMBOLS: Mapping[State, str] = {"in": "●", "late": "◐", "out": "✓", "early": "◐", "expected": "○", "flag": "⚑"}
MEANS: Mapping[str, str] = {
    "own-phone": "phone",
    "badge": "badge",
    "kiosk": "kiosk",
    "facilitator": "desk",
    "paper": "paper",
    "system": "by rule",
}


class Row(NamedTuple):
    """One person's line on the board. Times are local; "" = not yet. `word` says the state in words.

    `present` = in the room now; `walk_in` = on no list; `by_hand` = an out that was set for them.
    """

    person: str
    name: str
    place: str
    state: State
    came: str
    left: str
    means: str
    word: str
    present: bool
    walk_in: bool
    by_hand: bool = False
    doubtful: bool = False

    @property
    def seen(self) -> bool:
        """Was here at some time of the day."""
        return bool(self.came)


class Reached(NamedTuple):
    """Where a day was handed over to and who did it; `by_hand` = somebody says so, else it was read back there."""

    where: str
    by: str
    by_hand: bool


class Delivery(NamedTuple):
    """How far the day has come after it was closed; None = not yet.

    `packed_at` counts for the newest approval only; `handed_at` and `receipted_at` once every newest bundle has it.
    `receipted_at` also wants the office to have taken them; `answer` = what it says where it has not, "" = nothing.
    `changed` = corrections since the approval; `waiting` = bundles in the outbox.
    """

    approved_at: datetime | None = None
    packed_at: datetime | None = None
    handed_at: datetime | None = None
    receipted_at: datetime | None = None
    changed: int = 0
    waiting: int = 0
    reached: Reached | None = None
    answer: str = ""


class Heads(NamedTuple):
    """A head count: how many, at which time (local), and how many were signed in `then`, in words."""

    counted: int
    at: str
    there: int
    then: str

    @property
    def gap(self) -> int:
        """By how many there were more heads than people."""
        return self.counted - self.there


class RoomPicture(NamedTuple):
    """The room of one event. `event` is None where the ledger does not know it.

    `rows` stand in last-name order. `head_count` None = nobody counted. `last` = the newest mark as one line.
    `entries` counts the whole ledger. `complete` False = only the first lines are there yet, and no count. `visit` = a
    site visit was announced for it. `run` is how its agenda goes. `cleared` = when its hours were cleared from here, "" =
    they were not.
    """

    event: Event | None
    rows: tuple[Row, ...] = ()
    expected: int = 0
    expected_seen: int = 0
    present: int = 0
    walk_ins: int = 0
    flags: tuple[Flag, ...] = ()
    head_count: Heads | None = None
    last: str = ""
    entries: int = 0
    delivery: Delivery = Delivery()
    complete: bool = True
    visit: bool = False
    run: Run = Run()
    cleared: str = ""

    @property
    def undecided(self) -> tuple[Flag, ...]:
        """Doubts that wait for somebody's word."""
        return tuple(flag for flag in self.flags if flag.accepted is None)

    @property
    def about_nobody(self) -> tuple[Flag, ...]:
        """Those of them that are about no person, such as a laptop's clock that is wrong."""
        return tuple(flag for flag in self.undecided if flag.person is None)

    @property
    def doubts(self) -> tuple[Row | Flag, ...]:
        """Everything that waits for somebody's word: people with a doubt, then what is about no person."""
        return (*(row for row in self.rows if row.doubtful), *self.about_nobody)

    def row(self, person: str) -> Row | None:
        """A person's line, None where they have none."""
        return next((row for row in self.rows if row.person == person), None)


class Card(NamedTuple):
    """One event as Today lists it. `due` is the day on which the office wants the sheet, None = it names none.

    Counts are None where the event is not near enough to be counted. `run` is how its agenda goes, empty likewise.
    `cleared` = its hours were cleared from here, and counts say nothing.
    """

    event: Event
    present: int | None = None
    seen: int | None = None
    expected: int | None = None
    undecided: int = 0
    due: date | None = None
    delivery: Delivery = Delivery()
    run: Run = Run()
    cleared: bool = False


class DayPicture(NamedTuple):
    """Today: all events in order of time. `entries` counts the whole ledger."""

    today: date
    cards: tuple[Card, ...] = ()
    entries: int = 0


class MarkLine(NamedTuple):
    """One in or out of a person, in the version that counts, with its former versions' times (oldest first)."""

    mark: Mark
    was: tuple[str, ...] = ()


class CreditText(NamedTuple):
    """A person's credit in words. `hours` as people write them; `reasons` are (minutes taken, sentence)."""

    hours: str
    status: str
    rule: str
    sentence: str
    agenda_minutes: int
    minutes: int
    reasons: tuple[tuple[int, str], ...] = ()


class PersonPicture(NamedTuple):
    """Everything that the desk knows of one person at one event.

    `request` None = they want all that they earned. `choice` is what they take for the whole offering. `cleared` = when
    the event's hours were cleared from here, "" = they were not.
    """

    person: Person
    event: Event
    row: Row | None
    presence: Presence
    marks: tuple[MarkLine, ...] = ()
    flags: tuple[Flag, ...] = ()
    credit: CreditText | None = None
    request: Request | None = None
    choice: Choice = "clock-hours"
    cleared: str = ""


class Scan(NamedTuple):
    """What a scanned badge, or somebody at the kiosk, did.

    `number` is what was read ("" = they typed), `name` whose it is ("" = nobody's), `time` since when. At the kiosk two things may have to be asked first: `signs` = they have to sign, `alike` = somebody on the list has
    exactly this name. Then nothing is written yet.
    """

    did: Literal["in", "out", "in-already", "out-already", "unknown", "signs", "alike"]
    number: str
    name: str = ""
    time: str = ""


class Match(NamedTuple):
    """Somebody found by name. `note` tells people of one name apart; `row` is their line where they have one."""

    person: str
    name: str
    place: str
    note: str
    row: Row | None


class Found(NamedTuple):
    """A note or problem that was found. `title` names its event, "" = it belongs to none."""

    entry: str
    kind: str
    when: str
    title: str
    text: str


class Code(NamedTuple):
    """What stands on the wall for an event: the code's address, the address to type, six letters to read out.

    `pin` makes a tablet a kiosk; `kiosk`, `wall` and `wall_here` are the addresses of further screens.
    `proof` says whether a phone has come by the address, and why it is this one; "" = not known.
    `proven` = another machine came through in this network; `reachable` False = no phone can be in it.
    """

    event: str
    url: str
    address: str
    spoken: str
    pin: str = ""
    kiosk: str = ""
    wall: str = ""
    wall_here: str = ""
    proof: str = ""
    proven: bool = True
    reachable: bool = True


DoorState = Literal["off", "starting", "open", "adopted", "restarted", "unsaved", "failed"]


class Door(NamedTuple):
    """How the sign-in for phones stands, and one sentence about it. `event` "" = none."""

    state: DoorState = "off"
    sentence: str = ""
    event: str = ""

    @property
    def open(self) -> bool:
        """Phones can sign in, or will in a moment."""
        return self.state not in ("off", "failed")
