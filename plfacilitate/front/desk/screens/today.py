"""Today: what is on, what has to be done, what comes next.

Owns the order of the sections and the words beside an event. One key opens the room.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from textual.app import ComposeResult

from plfacilitate.core.keeping.standing import Standing
from plfacilitate.core.keeping.standing import standing as agenda_at
from plfacilitate.core.minutes import clock, day_text, minute_of
from plfacilitate.core.text import cells, cut, plain
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.agenda import drift_words, left_words, title_of
from plfacilitate.front.desk.lists.closing import due_text
from plfacilitate.front.desk.lists.dates import far, short_day
from plfacilitate.front.desk.painting.pictures import Card, DayPicture
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts

if TYPE_CHECKING:
    from plfacilitate.core.problems.bank import Bank, Waiting

NEXT_SHOWN = 12
PROMISES_SHOWN = 3
SETTLED_SECONDS = 0.5
PAST_MIDNIGHT = timedelta(hours=12)
EMPTY = "No event yet: press s to put a session on a day, or use `plfacilitate plan schedule`."
NOTHING_TODAY = "No event today: s puts a session on this day."


class Line(NamedTuple):
    """A heading, a sentence, or an event with what is to be said of it. `goal` = where Enter leads.

    `beside` = what stands at the right of a sentence. `problem` = the one of the bank that it is about.
    """

    text: str
    card: Card | None = None
    symbol: str = ""
    look: str = ""
    words: str = ""
    goal: Literal["room", "close", "bank"] = "room"
    beside: Parts = ()
    problem: str = ""


class DayList(LineList[Line]):
    """The events, by section."""

    HELP = "The events of today, what has to be done, and what comes next. Enter opens the room or the checklist."

    def key_of(self, item: Line) -> object:
        """An event in its section."""
        return (item.problem, item.text, item.card.event.id if item.card is not None else "", item.goal)

    def shape(self, item: Line) -> Hashable:
        """An event is looked at for its title and place only."""
        event = item.card.event if item.card is not None else None
        return item._replace(card=None), (event.title, event.place) if event is not None else None

    def rests(self, item: Line) -> bool:
        """Only on events and on what was promised."""
        return item.card is not None or bool(item.problem)

    def draw(self, item: Line, width: int) -> tuple[Parts, Parts]:
        """When, title, place, how it stands."""
        if item.problem:
            when, what = Part(f"{cut(item.words, 13)} ", "dim"), Part(item.text)
            return (Part(f"   {item.symbol} ", item.look), when, what), item.beside
        if item.card is None:
            return (Part(f" {item.text}", item.look or "title"),), item.beside
        event = item.card.event
        left = [
            Part(f"   {item.symbol} ", item.look),
            Part(f"{cut(item.text, 13)} ", "dim"),
            Part(event.title, "strong"),
        ]
        words, place = f"  {item.words} ", f"  {event.place}"
        if event.place and sum(cells(plain(text)) for text in (*(part.text for part in left), place, words)) <= width:
            left.append(Part(place, "dim"))
        return left, (Part(words, item.look),)


class TodayScreen(DeskScreen):
    """The first screen."""

    WHERE = "today"
    ENTER = "room"
    BINDINGS = commands.bindings("today")
    AUTO_FOCUS = "DayList"

    def __init__(self) -> None:
        super().__init__()
        self._settled = False  # the first picture has been seen, and there is time for more

    @property
    def follows(self) -> frozenset[str]:
        """What was promised is looked at once the day can be seen."""
        return frozenset({"bank"}) if self._settled else frozenset()

    def on_mount(self) -> None:
        """The day first, then what was promised."""
        super().on_mount()
        self.set_timer(SETTLED_SECONDS, self._look_further)

    def _look_further(self) -> None:
        self._settled = True
        if self.is_attached and self in self.app.screen_stack:
            self.follow()

    def body(self) -> ComposeResult:
        """One list."""
        yield DayList(id="days", empty="Reading …")

    @property
    def list(self) -> DayList:
        """The list of events."""
        return self.query_one("#days", DayList)

    def title_parts(self, width: int) -> Parts:
        """Which screen this is."""
        return (Part("Today"),)

    def paint(self) -> None:
        """Show the newest picture."""
        desk = self.desk
        if desk.failed:
            self.list.say(desk.failed, "warn")
        elif desk.day is not None:
            self.list.empty = EMPTY
            self.list.fill(day_lines(desk.day, desk.now, desk.bank, desk.carrier.words))
            self.list.refresh()
            self._choose()

    def on_line_list_moved(self) -> None:
        """The keys speak of the event under the cursor."""
        self._choose()

    def _choose(self) -> None:
        line = self.list.current
        if line is not None and line.card is not None:
            self.desk.watch_event(line.card.event.id)

    async def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Enter opens the room, the checklist of a day that is over, or the bank at what was promised."""
        self._choose()
        item = message.item
        if isinstance(item, Line) and item.problem:
            await self.desk.give("bank:show", item.problem)
            return
        closing = isinstance(item, Line) and item.goal == "close"
        await self.desk.give("views:close" if closing else "views:room")


def day_lines(
    day: DayPicture, now: datetime, bank: Bank | None = None, waits: Callable[[str], str] = lambda event: ""
) -> list[Line]:
    """Today's events with what runs there, what has to be done, what was promised, the next events.

    [] where there is nothing at all; a bank that was not read yet is None. `waits` = why an event's parcels are not handed
    over yet, "" = nobody sent them.
    """
    promised = promised_lines(bank) if bank is not None else []
    if not day.cards:
        return promised
    today = [card for card in day.cards if card.event.day == day.today or _goes_on(card, now)]
    lines = [Line("Today"), *(line for card in today for line in (_today(card), *_runs(card, now)))]
    if not today:
        lines.append(Line(f"  {NOTHING_TODAY}", look="dim"))
    matters = [line for card in day.cards for line in _matters(card, day.today, waits)]
    if matters:
        lines += [Line(""), Line("To do"), *matters]
    if promised:
        lines += [Line(""), *promised]
    coming = [card for card in day.cards if card.event.day > day.today][:NEXT_SHOWN]
    if coming:
        lines += [Line(""), Line("Next"), *(_coming(card) for card in coming)]
    return lines


def _today(card: Card) -> Line:
    event = card.event
    begin, end = (clock(minute_of(at), event.zone) for at in (event.starts_at, event.ends_at))
    return Line(f"{begin}–{end}", card, *standing(card))


def promised_lines(bank: Bank) -> list[Line]:
    """How many promises are due or overdue, and the first of them; [] where none is."""
    waiting = bank.waiting()
    if not waiting:
        return []
    late = sum(one.state == "overdue" for one in waiting)
    counts = (f"{late} overdue" if late else "", f"{len(waiting) - late} due" if len(waiting) > late else "")
    head = f"Promised at POP-ups · {' · '.join(filter(None, counts))}"
    more = len(waiting) - PROMISES_SHOWN
    beside: Parts = (Part(" B", "key", "app.do('bank')"), Part(f" shows {more} more " if more > 0 else " bank ", "dim"))
    return [Line(head, beside=beside), *(_promise(one, bank.today) for one in waiting[:PROMISES_SHOWN])]


def _promise(one: Waiting, today: date) -> Line:
    who = one.promise.who or one.promise.owner
    what = " ".join(one.promise.what.split())
    symbol, look = ("⚠", "warn") if one.state == "overdue" else ("◐", "")
    beside = (Part(f"  {far(one.due, today)} ", look or "dim"),)
    text = f"{who}: {what}" if who else what
    return Line(text, None, symbol, look, short_day(one.due, today), "bank", beside, one.problem.id)


def _goes_on(card: Card, now: datetime) -> bool:
    """An agenda runs on past midnight; what nobody ended for so long is only to be closed."""
    event = card.event
    return card.run.running is not None and event.closed_at is None and abs(now - event.ends_at) < PAST_MIDNIGHT


def _runs(card: Card, now: datetime) -> list[Line]:
    """The segment of an agenda that runs, what is left of it and how late the day is; [] where none runs."""
    if card.event.closed_at is not None or not card.run.spans:
        return []
    stands = agenda_at(card.run, now)
    if stands.running is None:
        return []
    return [Line(f"    ▶ {title_of(stands.running)}", look="strong", beside=_pace(stands))]


def _pace(now: Standing) -> Parts:
    said, urgent = left_words(now)
    left = Part(f"  {said} ", urgent)
    words, look = drift_words(now.drift)
    return (left, Part(f" {words} ", look)) if now.kept else (left,)


def _coming(card: Card) -> Line:
    words = f"{card.expected} expected" if card.expected else "nobody expected yet"
    return Line(day_text(card.event.day), card, "○", "dim", words)


def _matters(card: Card, today: date, waits: Callable[[str], str]) -> list[Line]:
    """What has to be done about an event that has begun, and why its parcels wait where somebody sent them."""
    event, far = card.event, card.delivery
    if far.answer:
        return [Line(day_text(event.day), card, "⚑", "flag", f"{_said(far.answer)}: Enter shows why", "close")]
    if event.day > today or far.handed_at is not None or card.seen is None:
        return []  # of one that nobody counted any more it is not known how far it came
    lines = []
    if card.undecided:
        words = f"{card.undecided} doubt{'s' if card.undecided > 1 else ''} to decide"
        lines.append(Line(day_text(event.day), card, "⚑", "flag", words))
    if event.closed_at is not None or (event.day < today and card.seen):
        todo = "to close" if event.closed_at is None else _next_paper(card)
        due = due_text(card.due, today)
        late = card.due is not None and (card.due - today).days <= 2
        words = f"{todo}, {due}" if due else todo
        lines.append(Line(day_text(event.day), card, "▶", "bad" if late else "warn", words, "close"))
        if far.packed_at is not None and (why := waits(event.id)):
            lines.append(Line(f"    {plain(why)}", look="dim"))
    return lines


def _said(answer: str) -> str:
    """The office's word on what it has not taken."""
    return f"{plain(answer.partition(':')[0])} at the office"


def _next_paper(card: Card) -> str:
    far = card.delivery
    if far.approved_at is None:
        return "to approve"
    return "to hand over" if far.packed_at is not None else "to pack"


def standing(card: Card) -> tuple[str, str, str]:
    """An event's symbol, look and words."""
    event, far = card.event, card.delivery
    if card.cleared:
        return "✓", "dim", "cleared after hand-over"
    if far.answer:
        return "⚑", "flag", _said(far.answer)
    if far.receipted_at is not None:
        return "✓", "good", "receipted"
    if far.handed_at is not None:
        return "✓", "good", "handed over"
    if event.closed_at is not None:
        return "✓", "dim", f"closed, {card.seen} came"
    if event.opened_at is not None:
        return "●", "good", f"open: {card.present} in the room, {card.expected} expected"
    return "○", "warn", f"{card.expected} expected · d opens the doors" if card.expected else "d opens the doors"


SCREEN = TodayScreen
