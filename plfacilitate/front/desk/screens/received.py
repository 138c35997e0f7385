"""What another laptop's file brought: what to decide first, then who and what came.

Owns the order of the lines and where Enter leads. Everything on it comes from one account (`steps.arrivals`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult

from plfacilitate.core.text import cut
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.concerned import Ask, draw_ask
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts

if TYPE_CHECKING:
    from plfacilitate.steps.arrivals import Arrivals


NAMES = {"person": "record of a person", "sign-in": "in", "sign-out": "out", "device-started": "laptop begun"}


class Line(NamedTuple):
    """A heading, a sentence, a person, or a question. `person` "" = Enter leads nowhere."""

    text: str
    words: str = ""
    look: str = ""
    event: str | None = None
    person: str = ""
    ask: Ask | None = None


class ArrivalList(LineList[Line]):
    """The account."""

    HELP = "What came with the file. Enter opens a person; of a pair, m makes one person of two, x says they are two."

    def rests(self, item: Line) -> bool:
        """Where something can be done."""
        return bool(item.person) or item.ask is not None

    def draw(self, item: Line, width: int) -> tuple[Parts, Parts]:
        """One line each."""
        if item.ask is not None:
            return draw_ask(item.ask, width)
        if not item.person:
            return (Part(f" {item.text}", item.look or "dim"),), ()
        name = cut(item.text, min(30, max(14, width // 3)))
        return (
            Part(f"  {'⚑ ' if item.look else '  '}", item.look),
            Part(name),
            Part(f" {item.words}", item.look or "dim"),
        ), ()


class ReceivedScreen(DeskScreen):
    """The account of one file."""

    CSS_PATH = "received.tcss"
    WHERE = "received"
    ENTER = "person"
    BINDINGS = commands.bindings("received")
    AUTO_FOCUS = "ArrivalList"

    def __init__(self, account: Arrivals) -> None:
        super().__init__()
        self.account = account

    def body(self) -> ComposeResult:
        """One list."""
        yield ArrivalList(id="arrivals", empty="Nothing new came: all of it was here already.")

    def on_mount(self) -> None:
        """Fill it, and go on asking which pairs are still open."""
        self.desk.review = None
        self.desk.feed.want_review(True)
        super().on_mount()

    def on_unmount(self) -> None:
        """Nobody looks at pairs any more."""
        self.desk.feed.want_review(False)
        self.desk.pairs = ()

    @property
    def list(self) -> ArrivalList:
        """The account."""
        return self.query_one("#arrivals", ArrivalList)

    def title_parts(self, width: int) -> Parts:
        """Which screen this is."""
        return (Part("Taken in"), Part(f"  {self.account.file}", "dim"))

    def paint(self) -> None:
        """The account; pairs that are decided are gone."""
        self.list.entitle("What came", f"{self.account.received.new:,} new · {self.account.received.known:,} were here")
        self.list.fill(account_lines(self.account, self._decided()))
        self._choose()

    def _decided(self) -> frozenset[frozenset[str]]:
        review, event = self.desk.review, self.desk.event
        if review is None or event is None:
            return frozenset()
        still = {frozenset((pair.stays.id, pair.other.id)) for pair in review.pairs}
        mine = {frozenset((pair.stays.id, pair.other.id)) for at, pair in self.account.pairs if at == event.id}
        return frozenset(mine - still)

    def on_line_list_moved(self) -> None:
        """The keys speak of the line under the cursor."""
        self._choose()
        self.repaint()

    def _choose(self) -> None:
        line = self.list.current
        self.desk.pairs = line.ask.pairs if line is not None and line.ask is not None else ()
        if line is not None and line.event is not None:
            self.desk.watch_event(line.event)

    async def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Enter opens the person, at the event of the line."""
        line = message.item
        if isinstance(line, Line):
            person = line.person or (line.ask.pairs[0].other.id if line.ask is not None else "")
            if person and self.desk.event is not None:
                await self.desk.give("views:person", person)


def account_lines(account: Arrivals, decided: frozenset[frozenset[str]] = frozenset()) -> list[Line]:
    """What to decide, then what came."""
    lines = []
    if account.stopped:
        lines.append(
            Line("Stopped before the end: what is listed is in; take the file in again for the rest.", look="warn")
        )
    pairs = [one for one in account.pairs if frozenset((one[1].stays.id, one[1].other.id)) not in decided]
    if account.doubts or pairs:
        lines.append(Line("To decide", look="title"))
        lines += [Line(one.person.name, one.words, "flag", one.event, one.person.id) for one in account.doubts]
        lines += [Line("", event=event, ask=Ask((pair,))) for event, pair in pairs]
    for conflict in account.received.conflicts:
        lines.append(Line(f"  kept aside: {conflict}", look="warn"))
    if account.received.unknown_kinds:
        lines.append(Line(f"  {account.received.unknown_kinds} of a newer version are kept and not shown", look="warn"))
    if account.kinds:
        came = ", ".join(f"{count:,} × {NAMES.get(kind, kind.replace('-', ' '))}" for kind, count in account.kinds)
        lines += [Line(""), Line(f"From {', '.join(account.laptops)}", look="title"), Line(f"  {came}")]
    if account.people:
        lines += [Line(""), Line("People", look="title")]
        lines += [Line(one.person.name, one.words, "", one.event, one.person.id) for one in account.people]
    return lines


SCREEN = ReceivedScreen
