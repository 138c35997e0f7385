"""A plot of one figure: visit after visit where there are several, else beside the others of its instrument.

Owns what is drawn. Loads the plotter, so nothing may import it before the first lines stand. What is drawn stands in
words under it, always.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from textual.color import Color
from textual_plotext import PlotextPlot
from textual_plotext.plot import Plot as Plotter

from plfacilitate.core.insights.lines import Line, Point
from plfacilitate.core.minutes import day_text
from plfacilitate.core.protocol import TITLES
from plfacilitate.core.text import cut

_LABEL = 30  # cells of a bar's name
_ROOM = (
    6  # visits that have room for a day and words each; of more, every second or third day, the first and last words
)

Colour = tuple[int, int, int]


class Plot(PlotextPlot):
    """One plot; it is not there where nothing can be drawn."""

    _drawn_last: object = None

    def show(self, line: Line | None, beside: Sequence[Line]) -> None:
        """Draw a line over its visits, or of a single visit the lines beside it."""
        bars = [one for one in beside if one.by.tag and (one.whole.value, one.whole.low) != (None, None)]
        over_time = line is not None and line.moved and any(map(_drawn, line.points))
        self.display = line is not None and (over_time or bool(bars))
        now = (line, bars, self.app.theme)
        if line is None or not self.display or now == self._drawn_last:
            return
        self._drawn_last = now
        self.plt.clear_figure()
        ink, ground, way, span = (
            Color.parse(self.app.theme_variables[name]).rgb
            for name in ("foreground", "surface", "primary", "secondary")
        )
        drawing = Drawing(self.plt, ink, ground, way, span)
        self.border_title = "from visit to visit" if over_time else "side by side, one instrument"
        if over_time:
            drawing.path(line)
        else:
            drawing.bars(line, bars)
        self.refresh()


class Drawing(NamedTuple):
    """A plotter and the colours of the theme of now."""

    plt: Plotter
    ink: Colour
    ground: Colour
    way: Colour
    span: Colour

    def path(self, line: Line) -> None:
        """A dot is a number, an upright a span of levels, a sign on the ground what has no number."""
        plt, steps = self.plt, line.by.steps
        low, high = (0.6, steps + 0.4) if steps else (-8, 108)
        known = [(float(place), one) for place, one in enumerate(line.points, start=1)]
        for place, one in known:
            told = one.figure
            if told.low is not None and told.high is not None and told.high > told.low:
                plt.plot([place, place], [told.low, told.high], marker="┃", color=self.span)
            elif not _drawn(one):
                words = f"◦ {told.said}" if told.state == "told" and len(known) <= _ROOM else told.symbol
                self._write(words, place, low, "center")
        dots = [(place, _height(one), _words(one, len(known))) for place, one in known if one.figure.value is not None]
        plt.plot([place for place, _, _ in dots], [height for _, height, _ in dots], marker="·", color=self.way)
        for dot in dots:
            place, height, said = dot
            self._write(
                f"● {said}" if len(known) <= _ROOM or dot in (dots[0], dots[-1]) else "●", place, height, "left"
            )
        plt.xlim(0.5, len(known) + (0.8 if len(known) <= _ROOM else 1.5))
        plt.ylim(low, high)
        shown = known[:: -(-len(known) // _ROOM)]
        plt.xticks([place for place, _ in shown], [_when(one) for _, one in shown])
        ticks = [float(tick) for tick in (range(1, steps + 1) if steps else (0, 50, 100))]
        plt.yticks(ticks, [f"{tick:.0f}" if steps else f"{tick:.0f} %" for tick in ticks])

    def bars(self, line: Line, beside: Sequence[Line]) -> None:
        """Shares as bars; medians as dots on their ladder, which begins at its first level and not at nought."""
        plt, steps, rows = self.plt, line.by.steps, list(reversed(beside))
        names = [f"{cut(TITLES[one.by.tag], _LABEL).rstrip()} · {one.whole.said}" for one in rows]
        if not steps:
            shares = [one.whole.value or 0 for one in rows]
            plt.bar(names, shares, orientation="horizontal", width=0.4, marker="sd", color=self.way)
            plt.xlim(0, 100)
            plt.xticks([0, 25, 50, 75, 100], ["0 %", "25 %", "50 %", "75 %", "100 %"])
            return
        places = [float(place) for place in range(1, len(rows) + 1)]
        for place, one in zip(places, rows, strict=True):
            if one.whole.low is not None and one.whole.high is not None and one.whole.low < one.whole.high:
                plt.plot([one.whole.low, one.whole.high], [place, place], marker="━", color=self.span)
        known = [(one.whole.value / 100, place) for place, one in zip(places, rows, strict=True) if one.whole.value]
        plt.scatter([level for level, _ in known], [place for _, place in known], marker="●", color=self.ink)
        plt.yticks(places, names)
        plt.ylim(0.5, len(rows) + 0.5)
        plt.xlim(0.8, steps + 0.2)
        plt.xticks([float(tick) for tick in range(1, steps + 1)], [f"level {tick}" for tick in range(1, steps + 1)])

    def _write(self, words: str, place: float, height: float, alignment: Literal["left", "center"]) -> None:
        """Words on the ground of the plot, not on a ground of their own."""
        self.plt.text(words, place, height, color=self.ink, background=self.ground, alignment=alignment)


def _drawn(one: Point) -> bool:
    """Whether it has a place on the plot: a number, or a span of levels."""
    return one.figure.value is not None or one.figure.low is not None


def _words(one: Point, visits: int) -> str:
    """What stands beside a dot: its words, or where there are many visits its number."""
    ladder = one.figure.low is not None
    return one.figure.said.removeprefix("median ") if ladder or visits <= _ROOM else f"{one.figure.value} %"


def _height(one: Point) -> float:
    value = one.figure.value or 0
    return value / 100 if one.figure.low is not None else float(value)


def _when(one: Point) -> str:
    return f"{day_text(one.day).partition(' ')[2]} {one.day:%y}"
