"""A person: where they were, what it comes to and why, and every time with who wrote it.

Owns the wording of marks and of the credit's figures. Never computes them.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.app import ComposeResult

from plfacilitate.core.minutes import clock, hours_text, length, minute_of
from plfacilitate.core.plan import Event
from plfacilitate.core.text import plain
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.timeline import Timeline
from plfacilitate.front.desk.painting.pictures import MEANS, CreditText, MarkLine, PersonPicture
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import OneLine, Painted, Part, Parts

NO_FIGURES = "No figures yet."
NOT_SEEN = "Not seen yet."


class Figure(NamedTuple):
    """A line of the reckoning: minutes (signed, "" = a remark) and what it is."""

    minutes: str
    text: str
    look: str = ""


class Reckoning(LineList[Figure]):
    """Credit, line by line."""

    HELP = "What the hours come to: the agenda's minutes, what is taken off and why, and what is left."

    def rests(self, item: Figure) -> bool:
        """There is nothing to choose."""
        return False

    def draw(self, item: Figure, width: int) -> tuple[Parts, Parts]:
        """Minutes right-aligned, then the words."""
        return (Part(f" {item.minutes:>6}  ", item.look or "strong"), Part(item.text, item.look)), ()


class Marks(LineList[MarkLine]):
    """Every in and out as it stands."""

    HELP = "Every time, how it was taken and by whom. c corrects the one under the cursor, x takes it away."

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id, empty=NOT_SEEN)
        self.event: Event | None = None

    def key_of(self, item: MarkLine) -> object:
        """The mark's first version."""
        return item.mark.root

    def draw(self, item: MarkLine, width: int) -> tuple[Parts, Parts]:
        """In or out, time, means and by; what it was before and why."""
        mark, zone = item.mark, self.event.zone if self.event is not None else None
        when = clock(minute_of(mark.at), zone) if zone is not None else ""
        kind = Part(f"   {'in ' if mark.is_in else 'out'} ", "in" if mark.is_in else "out")
        how = f"  {MEANS.get(mark.means, mark.means)}, by {mark.by}"
        extra = [*(f"was {was}" for was in item.was[-2:])]
        extra += ["set by hand"] if mark.by_hand else []
        extra += [f"“{mark.reason}”"] if mark.reason else []
        left = [kind, Part(f"{when:>5}", "strong"), Part(how, "dim")]
        if mark.doubtful:
            left.append(Part("  ⚑ two versions: v keeps this one", "flag"))
        if extra:
            left.append(Part(f"  {' · '.join(extra)}", "late"))
        return left, ()


class PersonScreen(DeskScreen):
    """One person at the event of the room."""

    CSS_PATH = "person.tcss"
    WHERE = "person"
    BINDINGS = commands.bindings("person")
    AUTO_FOCUS = "Marks"

    def __init__(self, person: str) -> None:
        super().__init__()
        self.person = person

    def body(self) -> ComposeResult:
        """Facts, drawing, reckoning, marks."""
        yield OneLine(id="facts")
        yield OneLine(id="doubts")
        yield Timeline(id="timeline")
        yield Reckoning(id="credit", empty=NO_FIGURES)
        yield Marks(id="marks")

    def on_mount(self) -> None:
        """Ask for the picture."""
        for name, title in (("#timeline", "Presence"), ("#credit", "Credit"), ("#marks", "Times")):
            self.query_one(name, Painted).entitle(title)
        self.query_one("#doubts").display = False
        self.desk.show_person(self.person)
        super().on_mount()

    def on_unmount(self) -> None:
        """Nobody is looked at any more."""
        self.desk.show_person("")

    @property
    def marks(self) -> Marks:
        """The list of times."""
        return self.query_one("#marks", Marks)

    def title_parts(self, width: int) -> Parts:
        """Who it is."""
        shown = self.desk.portrait
        return (Part(shown.person.name, "strong"), Part(f"  {shown.person.school}")) if shown else ()

    def on_line_list_moved(self) -> None:
        """The keys speak of the mark under the cursor."""
        self.desk.mark = self.marks.current
        self.repaint()

    def paint(self) -> None:
        """Show the newest picture."""
        shown = self.desk.portrait
        if shown is None or shown.person.id != self.person:
            return
        self.query_one("#facts", OneLine).put(facts(shown))
        self._paint_doubts(shown)
        self.query_one("#timeline", Timeline).show(shown.event, shown.presence, self.desk.now)
        credit = self.query_one("#credit", Reckoning)
        credit.entitle(f"Credit · {headline(shown.credit)}" if shown.credit else "Credit")
        if shown.credit:
            credit.fill([*figures(shown.credit), *wishes(shown)])
        else:
            credit.say(shown.cleared or NO_FIGURES)
        self.marks.event = shown.event
        if shown.marks:
            self.marks.fill(shown.marks)
        else:
            self.marks.say(shown.cleared or NOT_SEEN)
        self.desk.mark = self.marks.current

    def _paint_doubts(self, shown: PersonPicture) -> None:
        line = self.query_one("#doubts", OneLine)
        open_ones = [flag for flag in shown.flags if flag.accepted is None]
        line.display = bool(open_ones)
        if open_ones:
            words = " · ".join(plain(flag.text or flag.code) for flag in open_ones)
            line.put((Part(f" ⚑ {words}", "flag"), Part("  y settles it", "dim")))


def facts(shown: PersonPicture) -> Parts:
    """E-mail, certificate, district; and what is missing."""
    person = shown.person
    known = [
        person.email,
        f"certificate {person.certificate}" if person.certificate else "",
        person.district,
        person.role,
        f"formerly {person.former_name}" if person.former_name else "",
        f"badge {person.badge}" if person.badge else "",
    ]
    parts = [Part(" " + " · ".join(text for text in known if text), "")]
    missing = [word for word, value in (("e-mail", person.email), ("certificate", person.certificate)) if not value]
    if missing:
        parts.append(Part(f"  no {' and no '.join(missing)} yet", "dim"))
    return parts


def headline(credit: CreditText) -> str:
    """`5.5 h, earned, under psesd 2026-1`."""
    words = {"earned": "earned", "pending": "pending", "none": "no credit"}[credit.status]
    return f"{credit.hours} h, {words}, under {credit.rule}"


def figures(credit: CreditText) -> list[Figure]:
    """The reckoning: agenda, everything that is taken off, what is left, remarks."""
    lines = [Figure(f"{credit.agenda_minutes}", "minutes of agenda")]
    lines += [Figure(f"−{minutes}", text, "late") for minutes, text in credit.reasons if minutes]
    lines.append(Figure(f"{credit.minutes}", f"minutes = {length(credit.minutes)} → {credit.hours} h", "good"))
    lines += [Figure("", text, "dim") for minutes, text in credit.reasons if not minutes]
    return lines


def wishes(shown: PersonPicture) -> list[Figure]:
    """What they ask for and why, whether it is less than they earned already or not."""
    asked = shown.request
    return (
        [Figure("", f"asks for {hours_text(asked.hundredths)} h: “{asked.reason}”", "dim")] if asked is not None else []
    )


SCREEN = PersonScreen
