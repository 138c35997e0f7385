"""Insights: the figures of one school, instrument beside instrument, and a plot of the one under the cursor.

Owns which school, attribute and instrument are looked at. Never works a figure out (`core.insights`); the plot is loaded
once the first lines stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from plfacilitate.core.insights.lines import Line
from plfacilitate.core.insights.whole import Insights, School
from plfacilitate.core.report.words import count
from plfacilitate.core.text import cut, plain
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.insight_lines import (
    AGREED,
    ALL_INSTRUMENTS,
    LATER,
    NO_VISIT,
    VIEW_WORDS,
    VIEWS,
    InsightLine,
    InsightList,
    agreement_lines,
    came_lines,
    in_words,
    insight_lines,
)
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.threads.questions import More, insights_more
from plfacilitate.front.widgets.lines import OneLine, Part, Parts
from plfacilitate.front.widgets.words import WordList

if TYPE_CHECKING:
    from plfacilitate.front.desk.painting.plots import Plot


class InsightsScreen(DeskScreen):
    """One school. `school` "" = the first; `instrument` "" = all of them."""

    CSS_PATH = "insights.tcss"
    WHERE = "insights"
    FOLLOWS = frozenset({"insights"})
    BINDINGS = commands.bindings("insights")
    AUTO_FOCUS = "InsightList"

    def __init__(self) -> None:
        super().__init__()
        self.school = ""
        self.view = ""
        self.instrument = ""
        self.more: More | None = None
        self.fresh = True  # the cursor goes to the first figure that moved, else to the first that is told

    def body(self) -> ComposeResult:
        """What is looked at; the figures; the plot and the words of one."""
        yield OneLine(id="chosen")
        yield InsightList(id="lines", empty="Reading …")
        yield WordList(id="words")

    def on_resize(self) -> None:
        """Words are wrapped anew."""
        self.repaint()

    @property
    def lines(self) -> InsightList:
        """The figures."""
        return self.query_one("#lines", InsightList)

    @property
    def shown(self) -> School | None:
        """The school that is looked at; None = there is none, or it was not read yet."""
        found = self.desk.insights.schools if self.desk.insights is not None else ()
        return next((one for one in found if one.key == self.school), found[0] if found else None)

    # -- choosing ----------------------------------------------------------------------------------------------------

    def show_school(self, key: str) -> None:
        """Another school, whatever was looked at of the one before."""
        self.school = key
        if self.instrument not in dict(instruments(self.shown)):
            self.instrument = ""
        self._anew()

    def turn_view(self) -> None:
        """The next attribute or facet, then adoption and adherence, agreement, attendance."""
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
        if self.view in LATER and self.more is None:
            self.desk.feed.ask(insights_more, self._take_more)
        self._anew()

    def turn_instrument(self) -> None:
        """The next instrument that was used at the school, then all of them again."""
        ids = ["", *dict(instruments(self.shown))]
        self.instrument = ids[(ids.index(self.instrument) + 1) % len(ids)]
        self._anew()

    def _anew(self) -> None:
        self.fresh = True
        self.lines.go_to(0)
        self.repaint()

    def _take_more(self, more: More) -> None:
        self.desk.call_from_thread(self._show_more, more)

    def _show_more(self, more: More) -> None:
        self.more = more
        self.repaint()

    # -- painting ----------------------------------------------------------------------------------------------------

    def title_parts(self, width: int) -> Parts:
        """Which school, over how many visits."""
        school = self.shown
        if school is None:
            return (Part("Insights"),)
        over = f" · {count(len(school.visits), 'visit')}"
        return (Part(cut(plain(school.name), max(0, width - len(over))).rstrip(), "strong"), Part(over))

    def paint(self) -> None:
        """Show the newest picture."""
        found, school = self.desk.insights, self.shown
        self.query_one("#chosen", OneLine).put(self._chosen(school))
        if found is None:
            return
        if school is None:
            self.lines.say(NO_VISIT)
        else:
            self._fill(self._items(found, school))
        self._paint_one()

    def _fill(self, items: Sequence[InsightLine]) -> None:
        if self.fresh:
            self.lines.items = ()  # nothing of what stood there keeps the cursor
            told = [at for at, one in enumerate(items) if one.line is not None and one.bar]
            moved = (at for at in told if (line := items[at].line) is not None and line.moved)
            self.lines.at = next(moved, told[0] if told else 0)
        self.fresh = False
        self.lines.fill(items)

    def _chosen(self, school: School | None) -> Parts:
        if school is None:
            return ()
        with_what = dict(instruments(school)).get(self.instrument, ALL_INSTRUMENTS)
        return (Part(" a ", "key"), Part(VIEW_WORDS[self.view]), Part("   i ", "key"), Part(with_what))

    def _items(self, found: Insights, school: School) -> Sequence[InsightLine]:
        if self.view not in LATER:
            return insight_lines(found, school, self.view, self.instrument)
        if self.more is None:
            return [InsightLine("words", ("reading",), "Reading …")]
        if self.view == AGREED:
            mine = self.more.agreement.school(school.key)
            return agreement_lines(mine or school, self.instrument)
        return came_lines(self.more.courses)

    def on_line_list_moved(self) -> None:
        """Another figure is looked at."""
        self._paint_one()

    def _paint_one(self) -> None:
        current = self.lines.current
        line = current.line if current is not None else None
        words = self.query_one("#words", WordList)
        words.display = line is not None
        words.entitle(plain(current.text) if current is not None and line is not None else "")
        words.fill(in_words(line, self.size.width) if line is not None else [])
        self.call_after_refresh(self._paint_plot, line)

    def _share_out(self, plot: Plot) -> None:
        """The height of the list: all of its lines where they fit beside the plot, or with no plot to stand beside."""
        high = self.size.height - 4  # head, what is chosen, status, keys
        words = max(4, high // 5) if self.query_one("#words").display else 0
        least = max(8, 2 * high // 5)
        self.query_one("#words").styles.height = words
        self.lines.styles.height = min(len(self.lines.items) + 1, high - words - least) if plot.display else "1fr"

    async def _paint_plot(self, line: Line | None) -> None:
        from plfacilitate.front.desk.painting.plots import Plot

        if not self.is_mounted:
            return
        plots = self.query(Plot)
        plot = plots.first() if plots else Plot(id="plot")
        if not plots:
            await self.mount(plot, after="#lines")
        plot.show(line, self._beside(line) if line is not None else ())
        self._share_out(plot)

    def _beside(self, line: Line) -> Sequence[Line]:
        """The lines of the list that are of the same instrument and scale."""
        shown = (item.line for item in self.lines.items if item.line is not None)
        same = (one for one in shown if one.by[:1] == line.by[:1] and one.by[2:4] == line.by[2:4])
        return tuple(same)


def instruments(school: School | None) -> Sequence[tuple[str, str]]:
    """The instruments that were used at a school: id, title."""
    lines = [line for pattern in school.patterns for line in pattern.lines] if school is not None else []
    return sorted({line.by.instrument: line.title for line in lines}.items(), key=lambda one: one[1].casefold())


SCREEN = InsightsScreen
