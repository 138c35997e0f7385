"""Lines of text that draw themselves.

Owns how a line is put together from parts and cut to its width. Never knows what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from plfacilitate.core.text import cells, cut, plain
from plfacilitate.front.widgets.looks import looks


class Part(NamedTuple):
    """A piece of a line: text as it came from people (made safe here), what it looks like, what a click on it does."""

    text: str
    look: str = ""
    action: str = ""


Parts = Sequence[Part]


class Flash(NamedTuple):
    """A line that is seen for a moment. `plain` says the same where names must not stand."""

    words: str
    look: str
    plain: str


class Painted(Widget):
    """A widget whose lines are made of Parts."""

    _own_ground: Style | None = None

    def strip(self, left: Parts, right: Parts, width: int, base: str = "") -> Strip:
        """One line of exactly `width` cells: `left` is cut where `right` needs the room."""
        ground = self.ground(base)
        tail = [self._segment(part, ground) for part in right]
        room = max(0, width - sum(cells(segment.text) for segment in tail))
        head = _fitted([self._segment(part, ground) for part in left], room, ground)
        return Strip([*head, *tail]).adjust_cell_length(width, ground)

    def ground(self, base: str = "") -> Style:
        """The style under a whole line."""
        if self._own_ground is None:
            self._own_ground = self.rich_style
        return self._own_ground + self.look(base) if base else self._own_ground

    def notify_style_update(self) -> None:
        """Another theme, or the focus came or went."""
        self._own_ground = None
        super().notify_style_update()

    def entitle(self, title: str, subtitle: str = "") -> None:
        """What stands in the upper and in the lower border, as it is; "" = nothing. Only a line that changed is drawn.

        Textual's own `border_title` reads markup in a text and draws the whole widget anew, changed or not.
        """
        above, below = (Content(plain(text)) if text else None for text in (title, subtitle))
        if above != self._border_title:
            self._border_title = above
            self._refresh_border(-1)
        if below != self._border_subtitle:
            self._border_subtitle = below
            self._refresh_border(self.size.height)

    def _refresh_border(self, y: int) -> None:
        self.refresh(Region(-1, y, self.outer_size.width, 1))

    def look(self, name: str) -> Style:
        """The style of a look in the theme of now."""
        return looks(self.app.theme_variables)[name]

    def _segment(self, part: Part, ground: Style) -> Segment:
        style = ground + self.look(part.look) if part.look else ground
        if part.action:
            style += Style.from_meta({"@click": part.action})
        return Segment(plain(part.text), style)


def _fitted(segments: list[Segment], room: int, ground: Style) -> list[Segment]:
    """The segments cut to `room` cells and filled up to it."""
    kept, used = [], 0
    for segment in segments:
        size = cells(segment.text)
        if used + size > room:
            kept.append(Segment(cut(segment.text.rstrip(), room - used), segment.style))  # blanks are no loss
            return kept
        kept.append(segment)
        used += size
    if used < room:
        kept.append(Segment(" " * (room - used), ground))
    return kept


class OneLine(Painted):
    """One line with something at its left and something at its right end."""

    DEFAULT_CSS = "OneLine { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self.left: Parts = ()
        self.right: Parts = ()

    def put(self, left: Parts, right: Parts = ()) -> None:
        """Show this."""
        if (left, right) != (self.left, self.right):
            self.left, self.right = left, right
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Textual asks for a line."""
        return self.strip(self.left, self.right, self.size.width)


class Box(Painted, Vertical):
    """A border with a name around something that draws itself."""


Source = Callable[[int], tuple[Parts, Parts]]
"""Words a line for a width: what stands at its left and at its right."""


class Lines(Painted):
    """Some lines, each worded by a function when it is drawn. `sources` are (function, look of the whole line)."""

    def __init__(self, *sources: tuple[Source, str], id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self.sources = sources
        self._worded: tuple[tuple[Parts, Parts], ...] = ()
        self._width = -1
        self.styles.height = len(sources)

    def look_again(self) -> None:
        """Word the lines anew and draw those that say something else."""
        before, width = self._worded, self.size.width
        if width != self._width or not width:
            return  # they are worded when they are drawn
        self._worded = tuple(source(width) for source, _ in self.sources)
        for y, (new, old) in enumerate(zip(self._worded, before, strict=True)):
            if new != old:
                self.refresh(Region(0, y, width, 1))

    def render_line(self, y: int) -> Strip:
        """Textual asks for a line."""
        width = self.size.width
        if width != self._width:
            self._width = width
            self._worded = tuple(source(width) for source, _ in self.sources)
        if y >= len(self._worded):
            return Strip.blank(width, self.ground())
        return self.strip(*self._worded[y], width, self.sources[y][1])
