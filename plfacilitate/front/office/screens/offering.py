"""One offering: everybody's line, the reason behind each figure, what is other than handed in.

Owns the layout. The offering is read by the reader while this screen is there, and read again when something came.
"""

from __future__ import annotations

from collections.abc import Sequence

from plfacilitate.core.minutes import hours_text
from plfacilitate.core.roll.changes import said
from plfacilitate.core.roll.offering import Offering
from plfacilitate.front.office import commands
from plfacilitate.front.office.lists.offerings import named
from plfacilitate.front.office.lists.people import PeopleList, PersonLine, header, sums_of, words_of
from plfacilitate.front.office.lists.states import days_text, moment_text
from plfacilitate.front.office.screens.base import OfficeScreen
from plfacilitate.front.widgets.lines import Lines, OneLine, Part, Parts
from plfacilitate.front.widgets.words import WordList, Words


class OfferingScreen(OfficeScreen):
    """One offering."""

    WHERE = "offering"
    FINDS = "name, school, waits, changed …"
    BINDINGS = commands.bindings("offering")

    def __init__(self, series: str) -> None:
        super().__init__()
        self.series = series

    def make_list(self) -> PeopleList:
        """Everybody."""
        return PeopleList(id="lines", empty="Reckoning …")

    def on_screen_resume(self) -> None:
        """Read it."""
        self.office.reader.open(self.series)
        super().on_screen_resume()

    def on_unmount(self) -> None:
        """It is looked at no longer."""
        self.office.reader.open("")

    @property
    def offering(self) -> Offering | None:
        """It as it was read last."""
        return self.office.reader.offering

    def paint(self) -> None:
        """Show the newest picture."""
        reader, found = self.office.reader, self.offering
        self.query_one("#titles", OneLine).put(header(self.size.width))
        if found is None:
            gone = "None of its events is scheduled any more, or all of it was purged."
            self.lines.say(gone if reader.offering_read else "Reckoning …", "warn" if reader.offering_read else "dim")
            self.lines.fill(())
            return
        lines = [one for one in self._lines_of(found) if self.fits(*one.texts)]
        if not lines:
            self.lines.say("Nobody came." if not self.sought else "Nobody of that fits.")
        self.lines.fill(lines)

    def _lines_of(self, found: Offering) -> list[PersonLine]:
        zone = found.events[-1].zone
        since = {
            one.person: f"Version {found.versions[-1].version} said {said(one.was)}: {'; '.join(one.why)}"
            for one in found.since_version
        }
        doubts: dict[str, list[str]] = {}
        for twice in self.office.twice or ():
            if self.series in twice.series:
                doubts.setdefault(twice.name, []).append(twice.sentence)
        return [
            PersonLine(one, tuple(doubts.get(one.name, ())), zone, since.get(one.person, "")) for one in found.lines
        ]

    def about(self, width: int) -> tuple[str, Sequence[Words]]:
        """Why the figure under the cursor is what it is."""
        item = self.lines.current
        if not isinstance(item, PersonLine):
            return "", ()
        hours = hours_text(item.line.figures.hundredths)
        return f"{item.state.symbol} {item.line.name}: {hours} h", [*words_of(item, width)]

    def paint_about(self) -> None:
        """As high as there is room for: the reason is what somebody came for."""
        super().paint_about()
        self.query_one("#about", WordList).styles.height = max(7, min(12, self.size.height // 3))

    def tabs(self, width: int) -> tuple[Parts, Parts]:
        """Which offering, in place of the tabs."""
        card, found = self.office.card(self.series), self.offering
        right: list[Part] = []
        if self.office.holds(self.series):
            right.append(Part(" ■ on hold ", "title"))
        if found is not None:
            right += _version(found)
            right.append(Part(f" {sums_of(found.lines)} ", "strong"))
        days = f" · {days_text(card.first_day, card.last_day)}" if card is not None else ""
        return (Part(f" {named(card)}", "title"), Part(days, "dim")), right

    def repaint(self) -> None:
        """Its head too: it changes with what was read."""
        super().repaint()
        if self.is_mounted and self.query("#head"):
            self.query_one("#head", Lines).look_again()


def _version(found: Offering) -> list[Part]:
    if not found.versions:
        return [Part(" no version yet ", "dim")]
    last = found.versions[-1]
    day = moment_text(last.at, found.events[-1].zone)[:10]
    if found.since_version:
        return [Part(f" v{last.version} of {day}, ⚑ {len(found.since_version)} since ", "flag")]
    return [Part(f" v{last.version} of {day} ", "good")]
