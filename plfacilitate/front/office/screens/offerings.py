"""The offerings: what is cheap to know of each at once, what has to be reckoned for those that can be seen.

Owns which lines are reckoned first, and the filter over titles that may still be coming.
"""

from __future__ import annotations

from collections.abc import Sequence

from plfacilitate.core.text import fold
from plfacilitate.front.office import commands
from plfacilitate.front.office.lists.offerings import OfferingLine, OfferingLines, OfferingList, header, named, words_of
from plfacilitate.front.office.screens.base import OfficeScreen
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import OneLine
from plfacilitate.front.widgets.words import Words
from plfacilitate.office.overview import Card


class OfferingsScreen(OfficeScreen):
    """The offerings."""

    WHERE = "offerings"
    ENTER = "open"
    FINDS = "in-service number, title, 2023-12 …"
    BINDINGS = commands.bindings("offerings")

    def __init__(self) -> None:
        super().__init__()
        self._words: dict[str, tuple[Card | None, Sequence[str]]] = {}

    def make_list(self) -> OfferingList:
        """The offerings."""
        return OfferingList(id="lines", empty="Reading …")

    @property
    def _lines(self) -> OfferingList:
        return self.query_one("#lines", OfferingList)

    @property
    def series(self) -> str:
        """The one under the cursor."""
        current = self._lines.current
        return current.series if current is not None and current.card is not None else ""

    def paint(self) -> None:
        """Show the newest picture, and say what can be seen of it."""
        office = self.office
        self.query_one("#titles", OneLine).put(header(self.size.width))
        series = [one.series for one in office.picture.listed if office.reader.shows(one.series)]
        if wanted := fold(self.sought).split():
            series = [one for one in series if self._has(one, wanted)]
        if not series:
            self._lines.say(self._nothing())
        self._lines.fill(OfferingLines(series, self._line))
        self._lines.refresh()
        self.want()

    def want(self) -> None:
        """Reckon what can be seen."""
        self.office.reader.want(self._lines.seen)

    def tick(self) -> None:
        """A wheel may have moved the list."""
        super().tick()
        self.want()

    def on_line_list_moved(self) -> None:
        """Other lines may be seen."""
        super().on_line_list_moved()
        self.want()

    def about(self, width: int) -> tuple[str, Sequence[Words]]:
        """The offering under the cursor."""
        line = self._lines.current
        return (named(line.card), [*words_of(line, width)]) if line is not None else ("", ())

    async def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Open it."""
        await self.office.give("views:offering")

    def _line(self, series: str) -> OfferingLine:
        office = self.office
        reasons = tuple(f"{one.reason} ({one.by}, {one.at[:10]})" for one in office.holds(series))
        return OfferingLine(series, office.card(series), office.figured(series), reasons)

    def _has(self, series: str, wanted: Sequence[str]) -> bool:
        """Whether an offering is what is looked for; its words are folded once, since there are tens of thousands."""
        card = self.office.card(series)
        known = self._words.get(series)
        if known is None or known[0] is not card:
            words = fold(" ".join(OfferingLine(series, card, None).texts)).split()
            known = self._words[series] = (card, words)
        return all(any(word.startswith(one) for word in known[1]) for one in wanted)

    def _nothing(self) -> str:
        if not self.sought:
            return "No offering is in this register yet: they come with the bundles."
        untitled = self.office.reader.untitled
        return (
            f"No offering fits so far; {untitled:,} titles are still being read." if untitled else "No offering fits."
        )


SCREEN = OfferingsScreen
