"""A long list of lines, of which only the visible ones are drawn.

Owns cursor, scrolling and mouse for every list of the desk. Never knows what a line means: whoever uses it says how an
item is written.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from textwrap import wrap
from typing import Any, ClassVar, Generic, Self, TypeVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from plfacilitate.core.text import plain
from plfacilitate.front.widgets.lines import Painted, Part, Parts

THUMB, TRACK = Part("▐", "bar"), Part("▕", "bar-rest")
DRAWN_LINES = 500  # lines kept as they were drawn: some pages of the highest window

Item = TypeVar("Item")


class LineList(Painted, ScrollView, Generic[Item], can_focus=True):
    """A list of one-line items. Only what is visible is drawn, so 50,000 items are no more work than 50.

    `AWAY` = the cursor is seen without the focus too.
    """

    AWAY: ClassVar[bool] = True

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("down,j", "move(1)", "down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("home", "jump(0)", "first", show=False),
        Binding("end", "jump(-1)", "last", show=False),
        Binding("enter", "choose", "choose", show=False),
    ]

    class Chosen(Message):
        """Enter, or a second click, on the item under the cursor."""

        def __init__(self, lines: LineList[Any], item: object) -> None:
            super().__init__()
            self.lines = lines
            self.item = item

        @property
        def control(self) -> LineList[Any]:
            """The list."""
            return self.lines

    class Moved(Message):
        """The cursor stands on another item."""

        def __init__(self, lines: LineList[Any]) -> None:
            super().__init__()
            self.lines = lines

        @property
        def control(self) -> LineList[Any]:
            """The list."""
            return self.lines

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 (Textual's word)
        self._shown: dict[int, Strip] = {}  # visible line → as it stands there
        self._frame: tuple[object, ...] = ()  # what all of them depend on
        super().__init__(id=id)
        self.items: Sequence[Item] = ()
        self.at = 0
        self.empty = empty
        self.empty_look = "dim"
        self._drawn: dict[tuple[object, ...], Strip] = {}

    # -- what a list of something says -------------------------------------------------------------------------------

    def draw(self, item: Item, width: int) -> tuple[Parts, Parts]:
        """The item as a line: its left and its right part."""
        raise NotImplementedError

    def key_of(self, item: Item) -> object:
        """What an item is known by, so that the cursor stays on it when the list changes."""
        return item

    def rests(self, item: Item) -> bool:
        """Whether the cursor may stand on it; headings say no."""
        return True

    # -- filling -----------------------------------------------------------------------------------------------------

    @property
    def current(self) -> Item | None:
        """The item under the cursor, None in an empty list."""
        if self.at < len(self.items) and self.rests(self.items[self.at]):
            return self.items[self.at]
        return None

    def fill(self, items: Sequence[Item]) -> None:
        """Show these items; the cursor stays on the one it stood on, else near its place."""
        old, before = self.items, self.current
        self.items = items
        if before is not None and not self._still_there(before):
            self.at = self._found(before)
        self.at = self._resting(min(self.at, max(0, len(items) - 1)), +1)
        if len(old) != len(items):
            self.stretch()
        self._refresh_changed(old)

    @property
    def top(self) -> int:
        """The first item that is seen."""
        return self.scroll_offset.y

    def go_to(self, top: int) -> None:
        """Let this item be the first that is seen."""
        self.scroll_to(y=top, animate=False)

    def stretch(self) -> None:
        """Another number of items, or another width."""
        self.virtual_size = Size(self.size.width, len(self.items))

    def say(self, words: str, look: str = "dim") -> None:
        """Show one sentence instead of items."""
        if self.items or (self.empty, self.empty_look) != (words, look):
            self.empty, self.empty_look = words, look
            self.fill(())
            self.refresh()

    def _still_there(self, item: Item) -> bool:
        return self.at < len(self.items) and self.key_of(self.items[self.at]) == self.key_of(item)

    def _found(self, item: Item) -> int:
        key = self.key_of(item)
        return next((at for at, one in enumerate(self.items) if self.key_of(one) == key), self.at)

    def _refresh_changed(self, old: Sequence[Item]) -> None:
        """Draw only the visible lines that are different."""
        top = self.top
        shown = slice(top, top + self.size.height)
        new, before = self.items[shown], old[shown]
        for y, (one, other) in enumerate(zip(new, before, strict=False)):
            if one is not other and one != other:
                self.refresh(Region(0, y, self.size.width, 1))
        both, all_of_them = sorted((len(new), len(before)))
        if both != all_of_them:
            self.refresh(Region(0, both, self.size.width, all_of_them - both))

    # -- drawing -----------------------------------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual asks for some of the visible lines.

        Where nothing is drawn around the list (a Box may stand around it), a line that was drawn before is given again
        as it is, with all that Textual has worked out from it: scrolling a page costs little more than a line.
        """
        if self.styles.gutter.totals != (0, 0):
            return super().render_lines(crop)
        top, (width, height), ground = self.top, self.size, self.ground()
        background, filters = self.background_colors[1], self.get_line_filters()
        frame = (top, width, height, len(self.items), ground, background, tuple(map(id, filters)))
        if frame != self._frame:
            self._frame, self._shown = frame, {}
        strips = []
        for y in crop.line_range:
            strip = self._shown.get(y)
            if strip is None:
                strip = self._line(y, top, width, height, ground)
                for line_filter in filters:
                    strip = strip.apply_filter(line_filter, background)
                self._shown[y] = strip
            strips.append(strip)
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:  # fmt: skip
        """Draw these lines anew, or all of them."""
        for region in regions:
            for y in region.line_range:
                self._shown.pop(y, None)
        if not regions:
            self._shown = {}
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_line(self, y: int) -> Strip:
        """One visible line."""
        return self._line(y, self.top, self.size.width, self.size.height, self.ground())

    def _line(self, y: int, top: int, width: int, height: int, ground: Style) -> Strip:
        """One visible line, drawn or drawn before."""
        at = y + top
        if at >= len(self.items):
            return self._sentence(y, width, height)
        item = self.items[at]
        base, bar = self._base(item, at), self._bar(y, top, height)
        key = (self.shape(item), width, base, bar, ground)
        drawn = self._drawn.get(key)
        if drawn is None:
            if len(self._drawn) >= DRAWN_LINES:
                self._drawn.clear()
            left, right = self.draw(item, width - len(bar))
            drawn = self._drawn[key] = self.strip(left, (*right, *bar), width, base)
        return drawn

    def _sentence(self, y: int, width: int, height: int) -> Strip:
        """A line of what is said in place of a list, the whole of it; else a blank one."""
        lines = wrap(plain(self.empty), max(1, width - 2)) if not self.items else []
        at = y - (1 if height > len(lines) else 0)
        words = lines[at] if 0 <= at < len(lines) else ""
        return self.strip((Part(f" {words}", self.empty_look),), (), width)

    def _bar(self, y: int, top: int, height: int) -> Parts:
        """The piece of the scroll bar at the end of a visible line; none where everything is seen."""
        thumb = self.thumb(top, height)
        if thumb is None:
            return ()
        return (THUMB,) if y in thumb else (TRACK,)

    def thumb(self, top: int, height: int) -> range | None:
        """The visible lines at which the bar is thick; None = everything is seen, there is no bar."""
        count = len(self.items)
        if count <= height or height <= 0:
            return None
        size = max(1, height * height // count)
        first = (height - size) * min(top, count - height) // (count - height)
        return range(first, first + size)

    def shape(self, item: Item) -> Hashable:
        """Everything that the look of a line depends on."""
        assert isinstance(item, Hashable), "an item is a frozen value"
        return item

    def _base(self, item: Item, at: int) -> str:
        if at != self.at or not self.rests(item):
            return ""
        return "cursor" if self.has_focus else "cursor-away" if self.AWAY else ""

    def on_resize(self) -> None:
        """Another width: everything is drawn anew."""
        self.stretch()
        self._show_cursor()

    def on_focus(self) -> None:
        """The cursor looks different with the focus."""
        self._refresh_at(self.at)

    def on_blur(self) -> None:
        """The cursor looks different without the focus."""
        self._refresh_at(self.at)

    def _refresh_at(self, at: int) -> None:
        self.refresh(Region(0, at - self.top, self.size.width, 1))

    # -- moving ------------------------------------------------------------------------------------------------------

    def move_to(self, at: int, step: int = 1) -> None:
        """Put the cursor on an item, or on the next in the direction of `step` where it may rest."""
        if not self.items:
            return
        before, self.at = self.at, self._resting(max(0, min(at, len(self.items) - 1)), step)
        if before != self.at:
            self._refresh_at(before)
            self._refresh_at(self.at)
            self.post_message(self.Moved(self))
        self._show_cursor()

    def _resting(self, at: int, step: int) -> int:
        for direction in (step, -step):
            one = at
            while 0 <= one < len(self.items):
                if self.rests(self.items[one]):
                    return one
                one += 1 if direction > 0 else -1
        return at

    def _show_cursor(self) -> None:
        top, height = self.top, self.size.height
        if height <= 0:
            return
        if self.at < top:
            self.go_to(self.at if self.at > 1 else 0)
        elif self.at >= top + height:
            self.go_to(self.at - height + 1)

    def action_move(self, step: int) -> None:
        """One line up or down; a list without a cursor scrolls."""
        if self.current is None:
            self.scroll_relative(y=step, animate=False)
        self.move_to(self.at + step, step)

    def action_page(self, step: int) -> None:
        """One page up or down."""
        self.move_to(self.at + step * max(1, self.size.height - 1), step)

    def action_jump(self, at: int) -> None:
        """To the first or the last item."""
        self.move_to(at if at >= 0 else len(self.items) - 1, 1 if at >= 0 else -1)

    def action_choose(self) -> None:
        """Say that the item under the cursor was chosen."""
        if self.current is not None:
            self.post_message(self.Chosen(self, self.current))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there; a second one chooses; one on the scroll bar goes to that part of the list."""
        at = event.y + self.top
        if len(self.items) > self.size.height and event.x == self.size.width - 1:
            self.move_to(event.y * len(self.items) // max(1, self.size.height - 1))
            return
        if at < len(self.items) and self.rests(self.items[at]):
            self.move_to(at)
            if event.chain == 2:
                self.action_choose()
