"""The list beside the script: items with their letters, or the answers to one.

Owns how such a line looks. What it says comes from `rows`.
"""

from __future__ import annotations

from textual import events
from textual.message import Message

from plfacilitate.core.text import cells, cut, plain
from plfacilitate.front.desk.observing.rows import PanelRow
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts


class Panel(LineList[PanelRow]):
    """Items or answers. It never has the keyboard: a click says the same as the key."""

    AWAY = False

    class Picked(Message):
        """Somebody clicked on a line that has something to pick."""

        def __init__(self, row: PanelRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self.can_focus = False

    def key_of(self, item: PanelRow) -> object:
        """A line is known by what it picks."""
        return item.part, item.text

    def rests(self, item: PanelRow) -> bool:
        """There is no cursor of its own: the mode says which line is lit."""
        return False

    def _base(self, item: PanelRow, at: int) -> str:
        return "cursor" if item.lit else ""

    def draw(self, item: PanelRow, width: int) -> tuple[Parts, Parts]:
        """Letter, text, value; a heading stands at the left."""
        if item.head:
            return (Part(f" {item.text}", "strong"),), ()
        right = (Part(f" {item.value} ", item.look),) if item.value else ()
        room = max(6, width - 3 - (cells(plain(item.value)) + 2 if item.value else 0))
        ready = item.lead or item.lit
        look = "dim" if (item.part and not ready) or (item.look == "dim" and not item.value) else ""
        text = Part(cut(item.text, room).rstrip(), look)
        return (Part(f" {item.key or ' '} ", "key" if ready else "dim"), text), right

    def show(self, rows: list[PanelRow]) -> None:
        """These lines; the lit one is seen."""
        self.fill(rows)
        lit = next((at for at, row in enumerate(rows) if row.lit), None)
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if lit is not None and not top <= lit < top + height:
            self.scroll_to(y=max(0, lit - height // 2), animate=False)

    def on_click(self, event: events.Click) -> None:
        """A click says the same as the key."""
        at = event.y + self.scroll_offset.y
        if at < len(self.items) and self.items[at].part:
            self.post_message(self.Picked(self.items[at]))
