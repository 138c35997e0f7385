"""Today: what is on, what comes next, what is not delivered yet.

Owns the order of the sections and the words beside an event. One key opens the room.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult

from plfacilitate.core.minutes import clock, day_text, minute_of
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lines import LineList, Part, Parts
from plfacilitate.front.desk.pictures import Card, DayPicture
from plfacilitate.front.desk.screens.base import DeskScreen, event_title

NEXT_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A heading (`card` None) or an event; `hint` = what has to be done about it."""

    text: str
    card: Card | None = None
    hint: str = ""
    urgent: bool = False


class DayList(LineList[Line]):
    """The events, by section."""

    HELP = "The events of today, what comes next, and what is not delivered yet. Enter opens the room."

    def key_of(self, item: Line) -> object:
        """An event in its section."""
        return (item.text if item.card is None else item.card.event.id, item.hint)

    def rests(self, item: Line) -> bool:
        """Only on events."""
        return item.card is not None

    def draw(self, item: Line, width: int) -> tuple[Parts, Parts]:
        """Time or day, title, place, how it stands."""
        if item.card is None:
            return (Part(f" {item.text}", "title" if item.text else ""),), ()
        event = item.card.event
        symbol, look, words = standing(item.card)
        when = f"{clock(minute_of(event.starts_at), event.zone)}–{clock(minute_of(event.ends_at), event.zone)}"
        left = [Part(f"   {symbol} ", look), Part(f"{item.text or when:<13}", "dim"), Part(event.title, "strong")]
        if event.place:
            left.append(Part(f"  {event.place}", "dim"))
        right = [Part(f"  {item.hint or words} ", "warn" if item.urgent else look)]
        return left, right


class TodayScreen(DeskScreen):
    """The first screen."""

    WHERE = "today"
    BINDINGS = commands.bindings("today")
    AUTO_FOCUS = "DayList"

    def body(self) -> ComposeResult:
        """One list."""
        yield DayList(id="days", empty="Reading …")

    @property
    def list(self) -> DayList:
        """The list of events."""
        return self.query_one("#days", DayList)

    def title_parts(self) -> Parts:
        """Which screen this is."""
        return (Part("Today"),)

    def paint(self) -> None:
        """Show the newest picture."""
        desk = self.desk
        if desk.failed:
            self.list.say(desk.failed)
        elif desk.day is not None:
            lines = day_lines(desk.day)
            self.list.empty = EMPTY
            self.list.fill(lines)

    @property
    def card(self) -> Card | None:
        """The event under the cursor."""
        line = self.list.current
        return line.card if line is not None else None

    def on_line_list_moved(self) -> None:
        """The keys speak of the event under the cursor."""
        self._choose()

    def _choose(self) -> None:
        if self.card is not None:
            self.desk.watch_event(self.card.event.id)

    async def on_line_list_chosen(self) -> None:
        """Enter opens the room."""
        self._choose()
        await self.desk.action_do("open-room")


EMPTY = "No event is scheduled: press s to put a session on a day, or use `plfacilitate plan schedule`."


def day_lines(day: DayPicture) -> list[Line]:
    """Today's events, the next ones, and what is not delivered; [] where there is nothing at all."""
    today = [card for card in day.cards if card.event.day == day.today]
    coming = [card for card in day.cards if card.event.day > day.today][:NEXT_SHOWN]
    open_matters = [card for card in day.cards if card.event.day < day.today and not settled(card)]
    if not day.cards:
        return []
    lines = [Line("Today"), *(Line("", card) for card in today)]
    if not today:
        lines.append(Line("  No event today: s puts a session on a day."))
    if open_matters:
        lines += [Line(""), Line("To do")]
        lines += [_matter(card, day.today) for card in open_matters]
    if coming:
        lines += [Line(""), Line("Next")]
        lines += [Line(day_text(card.event.day), card, hint=_expected(card)) for card in coming]
    return lines


def _expected(card: Card) -> str:
    return f"{card.expected} expected" if card.expected else "nobody expected yet"


def _matter(card: Card, today: date) -> Line:
    words = "not closed" if card.event.closed_at is None else standing(card)[2]
    if card.due is not None:
        days = (card.due - today).days
        words += f", due {due_words(days)}"
        return Line(day_text(card.event.day), card, hint=words, urgent=days <= 2)
    return Line(day_text(card.event.day), card, hint=words)


def due_words(days: int) -> str:
    """How far a due day is: `in 3 days`, `today`, `2 days ago`."""
    if days == 0:
        return "today"
    number = abs(days)
    unit = "day" if number == 1 else "days"
    return f"in {number} {unit}" if days > 0 else f"{number} {unit} ago"


def settled(card: Card) -> bool:
    """Nothing is left to do: handed over, or nobody came and it never opened."""
    return card.delivery.handed_at is not None or (card.event.opened_at is None and not card.seen)


def standing(card: Card) -> tuple[str, str, str]:
    """An event's symbol, look and words."""
    event, delivery = card.event, card.delivery
    if delivery.receipted_at is not None:
        return "✓", "good", "receipted"
    if delivery.handed_at is not None:
        return "✓", "good", "handed over"
    if event.closed_at is not None:
        return "◐", "warn", "packed" if delivery.packed_at else "approved" if delivery.approved_at else "to approve"
    if event.opened_at is not None:
        doubts = f", {card.undecided} ⚑" if card.undecided else ""
        return "●", "good", f"{card.present} in of {card.expected}{doubts}"
    return "○", "dim", f"{card.expected} expected, not open" if card.expected else "not open"


def full_title(card: Card) -> str:
    """The event with its offering, for a sentence."""
    return f"{card.event.title} ({event_title(card.event)})"


SCREEN = TodayScreen
