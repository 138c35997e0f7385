"""A site visit: where the team goes, who observes what, what is open, and what the team writes into the report.

Owns how a line is drawn and what is said of the one under the cursor. Never shows what another observer noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from textual.app import ComposeResult
from textual.geometry import Region
from textual.strip import Strip

from plfacilitate.core.results.outcomes import outcomes
from plfacilitate.core.results.words import said as outcome_words
from plfacilitate.core.text import cells, cut, fold, plain
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.core.visiting.standing import clock_there
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.visit_lines import VisitLine, about, stop_details, visit_lines
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Painted, Part, Parts

WIDE = 100  # cells from which protocols stand on a stop's own line
TALL = 36  # lines of the window from which there is room for more


class WayList(LineList[VisitLine]):
    """The visit, line by line."""

    HELP = "The way of the visit, ▶ the stop that comes next. Enter observes there; below it stands who does what."

    def key_of(self, item: VisitLine) -> object:
        """A stop, an observation or a part, by its name."""
        return item.kind, item.key

    def rests(self, item: VisitLine) -> bool:
        """Where something can be done."""
        return item.kind not in ("head", "words")

    def draw(self, item: VisitLine, width: int) -> tuple[Parts, Parts]:
        """Time, room, who; at the right how far it is."""
        right = (Part(f"  {item.words} ", item.look or "dim"),) if item.words else ()
        if item.kind in ("head", "words"):
            return (Part(f" {item.text}", "title" if item.kind == "head" else "dim"),), ()
        if item.kind == "purpose":
            return (Part(" Purpose  ", "dim"), Part(item.text)), right
        mark = Part(" ▶ " if item.coming else "   ", "title")
        symbol = Part(f"{item.symbol} ", item.look)
        if item.kind == "part":
            return (mark, symbol, Part(f"{cut(item.text, 20)} "), Part(item.who, "dim")), right
        if item.kind == "talk":
            return (mark, symbol, Part(item.who), Part(f"  {item.text}", "dim")), right
        return (mark, symbol, *self._stop(item, width)), right

    def _stop(self, item: VisitLine, width: int) -> Parts:
        room = cut(item.text, min(24, max(12, width // 6)))
        parts = [Part(f"{item.time or 'any time':<11} ", "dim"), Part(f"{room} ", "strong")]
        if width < WIDE:
            return [*parts, Part(item.who)]
        return [*parts, Part(f"{cut(item.who, 30)} "), Part(item.tools, "dim")]


class Details(Painted):
    """What is known of the line under the cursor."""

    lines: Sequence[Parts] = ()

    def put(self, lines: Sequence[Parts]) -> None:
        """Show these."""
        if lines != self.lines:
            self.lines = lines
            self.refresh(Region(0, 0, self.size.width, self.size.height))

    def render_line(self, y: int) -> Strip:
        """Textual asks for a line."""
        left = self.lines[y] if y < len(self.lines) else ()
        if y == self.size.height - 1 and (more := len(self.lines) - y) > 1:
            left = (Part(f" … and {more} lines more", "dim"),)
        return self.strip(left, (), self.size.width)


class VisitScreen(DeskScreen):
    """The visit of the room's event."""

    CSS_PATH = "visit.tcss"
    WHERE = "visit"
    FOLLOWS = frozenset({"visit"})
    ENTER = "observe"
    BINDINGS = commands.bindings("visit")
    AUTO_FOCUS = "WayList"

    def __init__(self) -> None:
        super().__init__()
        self._titles: dict[str, str] = {}

    def body(self) -> ComposeResult:
        """The way, and the line under the cursor."""
        yield WayList(id="way", empty="Reading …")
        yield Details(id="details")

    def on_unmount(self) -> None:
        """No stop is chosen any more."""
        self.desk.stop = ""

    @property
    def way(self) -> WayList:
        """The way."""
        return self.query_one("#way", WayList)

    @property
    def details(self) -> Details:
        """The line under the cursor."""
        return self.query_one("#details", Details)

    def title_parts(self, width: int) -> Parts:
        """Which screen this is, and whose school."""
        picture = self.desk.visit
        school = picture.visit.school if picture is not None and picture.visit is not None else ""
        return (Part("Site visit"), Part(f"  {cut(school, max(0, width - 12)).rstrip()}", "strong"))

    def paint(self) -> None:
        """Show the newest picture; at first the cursor stands on the stop that comes next."""
        picture, event, top = self.desk.visit, self.desk.event, self.app.screen
        if picture is None or event is None or (top is not self and not top.is_modal):
            return  # an observer's keys, on a screen over this one, are not kept waiting for what nobody sees
        fresh = not any(line.kind == "stop" for line in self.way.items)
        self._learn_titles(picture)
        lines = visit_lines(picture, clock_there(event, self.desk.now), self._titles)
        self.way.fill(lines)
        if fresh:
            self.way.move_to(next((at for at, line in enumerate(lines) if line.coming), 0))
        self._entitle(picture)
        self._choose(picture)

    def _learn_titles(self, picture: VisitPicture) -> None:
        """What the protocols of the way are called; each file is looked at once."""
        stops = picture.visit.stops if picture.visit is not None else ()
        wanted = {name for stop in stops for name in stop.protocols} - self._titles.keys()
        if wanted:
            from plfacilitate.shelf.protocols import titles

            self._titles |= {name: name for name in wanted} | titles(wanted, self.desk.around.workspace.protocols)

    def _entitle(self, picture: VisitPicture) -> None:
        visit = picture.visit
        if visit is None:
            self.way.entitle("The way")
            return
        debrief = f"debrief {visit.debrief}" if visit.debrief else ""
        hosts = f"hosts: {', '.join(visit.hosts)}" if visit.hosts else ""
        above = " · ".join(filter(None, ("The way", debrief, f"rooms {visit.rooms} in the report")))
        self.way.entitle(above, cut(hosts, max(0, self.size.width - 8)).rstrip())

    def on_line_list_moved(self) -> None:
        """The keys speak of the line under the cursor."""
        if self.desk.visit is not None:
            self._choose(self.desk.visit)
        self.repaint()

    async def on_line_list_chosen(self) -> None:
        """Enter does what is likely with the line."""
        await self.desk.give("visiting:chosen")

    # -- the line under the cursor -----------------------------------------------------------------------------------

    def _choose(self, picture: VisitPicture) -> None:
        line = self.way.current
        self.desk.stop = line.key if line is not None and line.kind == "stop" else ""
        self.details.styles.height = 12 if self.size.height >= TALL else 7
        self.details.entitle(self._title(line, picture))
        self.details.put(self._said(line, picture))

    def _title(self, line: VisitLine | None, picture: VisitPicture) -> str:
        if line is None:
            return ""
        stop = picture.visit.stop(line.key) if picture.visit is not None and line.kind == "stop" else None
        if stop is not None:
            room = picture.visit.place(stop.id) if picture.visit is not None else stop.room
            return " · ".join(filter(None, (room, about(stop))))
        return {"purpose": "Purpose and look-fors", "talk": line.text, "part": line.text}.get(line.kind, "")

    def _said(self, line: VisitLine | None, picture: VisitPicture) -> list[Parts]:
        visit, width = picture.visit, max(20, self.size.width - 6)
        if line is None or visit is None:
            return []
        if line.kind == "purpose":
            said = [(Part(f" {row}"),) for row in wrap(plain(visit.purpose), width)]
            return [*said, *((Part("  · ", "dim"), Part(one)) for one in visit.look_fors)]
        if line.kind == "part":
            text = picture.summary.get(line.key, "")
            rows = [row for part in text.split("\n") for row in wrap(plain(part), width)]
            return [(Part(f" {row}"),) for row in rows] or [(Part(" Nothing is written yet: Enter writes it.", "dim"),)]
        if line.kind == "talk":
            return [
                (Part(f" {line.who}"), Part(f"  {line.words}", line.look)),
                *self._come_to(line.key, picture, width),
            ]
        return self._people(line, picture)

    def _come_to(self, observation: str, picture: VisitPicture, width: int) -> list[Parts]:
        """What one's own talk came to by the rules of its protocol, once it has ended."""
        seen = picture.observation(observation)
        if seen is None or seen.ended_at is None or fold(seen.observer) != fold(self.desk.around.by):
            return []
        return [
            (Part(f" {row}", "strong"),) for one in outcomes(seen) for row in wrap(plain(outcome_words(one)), width)
        ]

    def _people(self, line: VisitLine, picture: VisitPicture) -> list[Parts]:
        visit, event = picture.visit, self.desk.event
        stop = visit.stop(line.key) if visit is not None else None
        if stop is None or event is None:
            return []
        rows = stop_details(picture, stop, event, self._titles)
        longest = max((cells(how) for _, _, how in rows), default=0)
        widest = min(26, max((cells(plain(name)) for name, _, _ in rows), default=0))
        said: list[Parts] = [
            (
                Part(f" {cut(name, widest)}  "),
                Part(cut(how, longest), "dim" if how == "not begun" else "in"),
                Part(f"  {tool}", "dim"),
            )
            for name, tool, how in rows
        ]
        return said or [(Part(" Nobody is named for this stop: whoever is there observes.", "dim"),)]


SCREEN = VisitScreen
