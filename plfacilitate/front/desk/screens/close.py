"""Close the day: a checklist from the last person in the room to the office's receipt.

Owns the look of the steps. What a step does stands in `orders/closing.py`.
"""

from __future__ import annotations

from textual.app import ComposeResult

from plfacilitate.core.scheduled import sheet_due
from plfacilitate.core.text import cut
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.closing import Step, due_text, next_step, steps
from plfacilitate.front.desk.lists.concerned import Ask, Concerned, Unended, Wish
from plfacilitate.front.desk.painting.pictures import Row
from plfacilitate.front.desk.painting.sheethours import Hours, still_open, totals
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts

HEIGHT = 14  # lines of the checklist with its frame
TALL = 36  # lines of the window from which every step is shown at once


class Checklist(LineList[Step]):
    """The steps, those that are done with a tick."""

    HELP = "The steps of closing the day, in order. Enter does the one under the cursor."

    def key_of(self, item: Step) -> object:
        """A step is known by its name."""
        return item.name

    def draw(self, item: Step, width: int) -> tuple[Parts, Parts]:
        """Tick, name, how it stands."""
        if item.done:
            mark, look = Part("  ✓ ", "good"), "dim"
        elif item.ready:
            mark, look = Part("  ▶ " if item.must else "  ○ ", "title" if item.must else "warn"), "strong"
        else:
            mark, look = Part("  · ", "off"), "off"
        detail = "good" if item.done else "warn" if item.ready else "off"
        return (mark, Part(cut(item.text, 24), look), Part(f" {item.detail}", "dim" if item.done else detail)), ()


class CloseScreen(DeskScreen):
    """The end of the day."""

    CSS_PATH = "close.tcss"
    WHERE = "close"
    ENTER = "do it"
    BINDINGS = commands.bindings("close")
    AUTO_FOCUS = "Checklist"

    def body(self) -> ComposeResult:
        """The steps, and whom the one under the cursor concerns."""
        yield Checklist(id="steps")
        yield Concerned(id="concerned")

    def on_mount(self) -> None:
        """Stand on what has to be done next."""
        self.list.entitle("Close the day")
        self.desk.review, self.desk.hours = None, ()
        self.desk.feed.want_review(True)
        super().on_mount()
        self.list.move_to(next_step(steps(self.desk.room)))

    def on_unmount(self) -> None:
        """Nobody looks at pairs any more."""
        self.desk.feed.want_review(False)
        self.desk.pairs = ()

    @property
    def list(self) -> Checklist:
        """The steps."""
        return self.query_one("#steps", Checklist)

    def paint(self) -> None:
        """Show the newest picture."""
        desk = self.desk
        before = self.list.items
        found = steps(desk.room, desk.review, desk.carrier.words(desk.event.id) if desk.event else "")
        self.list.styles.height = len(found) + 2 if self.size.height >= TALL else HEIGHT
        self.list.fill(found)
        freshly = [at for at, (old, new) in enumerate(zip(before, found, strict=False)) if new.done and not old.done]
        if freshly:
            self.list.move_to(next_step(found, freshly[-1]))
        elif not before:  # the room is read after its screen is shown
            self.list.move_to(next_step(found))
        if desk.event is not None:
            today = desk.now.astimezone(desk.event.zone).date()
            words = due_text(sheet_due(desk.event), today) if desk.room.delivery.handed_at is None else ""
            self.list.entitle("Close the day", desk.working or words)
        self._paint_concerned()

    def _paint_concerned(self) -> None:
        step = self.list.current
        whom = self.query_one("#concerned", Concerned)
        hours = self.desk.hours if step is not None and step.name == "approve" else ()
        title = f"{step.text}: {totals(hours)}" if step is not None and hours else step.text if step is not None else ""
        whom.entitle(title, still_open(self.desk.room) if hours else "")
        whom.empty = step.detail if step is not None else ""
        whom.fill(hours or (step.rows if step is not None else ()))
        whom.refresh()
        self.desk.pairs = whom.current.pairs if isinstance(whom.current, Ask) else ()

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Another step, other people; another pair."""
        self._paint_concerned()
        self.repaint()

    async def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Do the step, or open the person."""
        if isinstance(message.item, Step):
            await self.desk.give("closing:do_step", message.item)
        elif isinstance(message.item, Row | Wish | Hours):
            await self.desk.give("views:person", message.item.person)
        elif isinstance(message.item, Unended):
            await self.desk.give("visiting:show")
        elif isinstance(message.item, Ask):
            await self.desk.give("views:person", message.item.pairs[0].other.id)


SCREEN = CloseScreen
