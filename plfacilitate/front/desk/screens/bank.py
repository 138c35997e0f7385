"""The problem bank: every problem of practice by state, and the whole story of the one under the cursor.

Owns what the list is narrowed to and which problem the keys speak of. Never works out how a promise stands
(`core.problems`), and never reads: ideas and dots of a problem are asked of the reader once the cursor rests on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.timer import Timer

from plfacilitate.core.problems.bank import Bank, Row
from plfacilitate.core.problems.story import Story, story
from plfacilitate.core.protocol import TITLES
from plfacilitate.core.text import cut, plain
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.bank_lines import BankList, bank_lines, story_lines, story_title
from plfacilitate.front.desk.lists.narrowed import STATES, Narrowed, Narrowing
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.threads.questions import story_of
from plfacilitate.front.widgets.lines import OneLine, Part, Parts
from plfacilitate.front.widgets.words import WordList

if TYPE_CHECKING:
    from textual.widgets import Input

REST_SECONDS = 0.12  # a cursor that goes down line by line is drawn before what is known of each
NOTHING = "No problem of practice yet: P at an event takes one down, and phones bring theirs after the sign-in."
NONE_FITS = "None fits: Esc shows all of them again."
MOVES = {"up": -1, "down": 1, "home": -9999, "end": 9999}
By = Literal["theme", "school", "attribute", "state"]
KEYS: Sequence[tuple[By, str]] = (("theme", "t"), ("school", "s"), ("attribute", "a"), ("state", "o"))


class BankScreen(DeskScreen):
    """The bank. `problem` = where to begin, "" = with the first; `then` = an order that is given there, "" = none."""

    CSS_PATH = "bank.tcss"
    WHERE = "bank"
    FOLLOWS = frozenset({"bank"})
    ENTER = "follow up"
    # Moving comes before any widget sees it, as the commands do: a key pressed at once after an arrow means the new line.
    BINDINGS = [
        *commands.bindings("bank"),
        *(Binding(key, f"move({step})", show=False, priority=True) for key, step in MOVES.items()),
    ]
    AUTO_FOCUS = "BankList"

    def __init__(self, problem: str = "", then: str = "") -> None:
        super().__init__()
        self.begin, self.then = problem, then
        self.chosen = Narrowing()
        self._narrowed = Narrowed()
        self._told: dict[str, Story] = {}  # problem → its story, as long as the row under it is the same
        self._resting: Timer | None = None

    def body(self) -> ComposeResult:
        """What it is narrowed to; problems; the story of one."""
        yield OneLine(id="narrowed")
        yield BankList(id="problems", empty="Reading …")
        yield WordList(id="story")

    def on_unmount(self) -> None:
        """No problem is chosen any more."""
        self.desk.in_bank = ""

    def on_resize(self) -> None:
        """Words are wrapped anew."""
        self.repaint()

    @property
    def problems(self) -> BankList:
        """The problems."""
        return self.query_one("#problems", BankList)

    def title_parts(self, width: int) -> Parts:
        """Which screen this is."""
        return (Part("Problem bank"),)

    # -- narrowing ---------------------------------------------------------------------------------------------------

    def narrow(self, **chosen: str) -> None:
        """Only what fits is shown from now on."""
        self.chosen = self.chosen._replace(**chosen)
        self.problems.go_to(0)
        self.repaint()

    async def open_filter(self) -> None:
        """Type to see only some."""
        from plfacilitate.front.widgets.typedfield import LineField

        if not self.query("#filter"):
            words = "words of the problem, of a promise, a name …"
            await self.mount(
                LineField(self.chosen.words, id="filter", placeholder=words, compact=True), before="#problems"
            )
        self.set_focus(self.query_one("#filter"))

    async def close_filter(self) -> None:
        """Back to the list."""
        self.set_focus(self.problems)
        await self.query("#filter").remove()
        self.repaint()

    def stepped_back(self) -> bool:
        """Esc first shows all of them again."""
        if self.query("#filter"):
            self.call_later(self.close_filter)
        if self.chosen == Narrowing() and not self.query("#filter"):
            return False
        self.narrow(**Narrowing()._asdict())
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow as it is typed."""
        self.narrow(words=event.value)

    async def on_input_submitted(self) -> None:
        """The filter stays, the keys work again."""
        await self.close_filter()

    # -- painting ----------------------------------------------------------------------------------------------------

    def paint(self) -> None:
        """Show the newest picture."""
        bank = self.desk.bank
        if bank is None:
            return
        rows = self._narrowed.of(bank, self.chosen)
        self.query_one("#narrowed", OneLine).put(_said(self.chosen, self.size.width))
        self._entitle(bank, rows)
        if not rows:
            self.problems.say(NONE_FITS if bank.rows else NOTHING)
        else:
            self.problems.fill(bank_lines(rows, bank.today))
            self._begin()
        high = self.size.height - 4  # head, what is chosen, status, keys
        self.problems.styles.height = max(6, min(len(self.problems.items) + 1, high // 2 - 1))
        self._choose()
        self._describe()
        if self.then:
            then, self.then = self.then, ""
            self.desk.call_later(self.desk.give, then)

    def _begin(self) -> None:
        if self.begin:
            begin, self.begin = self.begin, ""
            self.problems.move_to(next((at for at, one in enumerate(self.problems.items) if one.id == begin), 0))

    def _entitle(self, bank: Bank, rows: Sequence[Row]) -> None:
        late = sum(row.state == "overdue" for row in rows)
        many = str(len(rows)) if len(rows) == len(bank.rows) else f"{len(rows)} of {len(bank.rows)}"
        self.problems.entitle(f"Problems of practice · {many}{f' · {late} overdue' if late else ''}")

    def action_move(self, step: int) -> None:
        """Another problem; where the story has the focus it scrolls."""
        side = self.query_one("#story", WordList) if self.focused is self.query_one("#story") else self.problems
        if side is self.problems:
            side.move_to(side.at + step, step)
            self._choose()
        else:
            side.scroll_relative(y=step, animate=False)

    @property
    def typing(self) -> bool:
        """Somebody types into the filter."""
        return self.focused is not None and self.focused.id == "filter"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is typed into the filter has the arrows for itself."""
        return action != "move" or not self.typing

    def on_line_list_moved(self) -> None:
        """Another problem: the keys mean it at once, its story follows when the cursor rests."""
        self._choose()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST_SECONDS, self._describe)
        self.query_one("#story", WordList).go_to(0)

    async def on_line_list_chosen(self) -> None:
        """Enter says what became of it."""
        await self.desk.give("bank:follow_up")

    def _choose(self) -> None:
        line = self.problems.current
        self.desk.in_bank = line.id if line is not None else ""

    def _describe(self) -> None:
        row, bank = self.desk.banked, self.desk.bank
        words = self.query_one("#story", WordList)
        words.entitle(plain(story_title(row)) if row is not None else "")
        if row is None or bank is None:
            words.fill([])
            return
        told = self._told.get(row.problem.id)
        if told is None or told.row is not row:
            self.desk.feed.ask(story_of(bank, row), self._heard)
            told = story(bank, row, None) if told is None else told._replace(row=row)
        words.fill(story_lines(told, self.size.width))

    def _heard(self, told: Story) -> None:
        self.desk.call_from_thread(self._tell, told)

    def _tell(self, told: Story) -> None:
        row = self.desk.bank.row(told.row.problem.id) if self.desk.bank is not None else None
        if row is not None:
            self._told[row.problem.id] = told._replace(row=row)
            if self.is_mounted and self.desk.in_bank == row.problem.id:
                self._describe()


def _said(chosen: Narrowing, width: int) -> Parts:
    """The four keys with what each shows, and the typed words."""
    room = max(8, (width - 24) // 4 - 2)
    parts: list[Part] = []
    for name, key in KEYS:
        value = getattr(chosen, name)
        shown = {"attribute": TITLES, "state": STATES}.get(name, {}).get(value, value)
        parts += [
            Part(f" {key} ", "key"),
            Part(f"{cut(shown, room).rstrip()}  " if value else f"any {name}  ", "strong" if value else "dim"),
        ]
    if chosen.words.strip():
        parts += [Part(" / ", "key"), Part(chosen.words, "strong")]
    return parts


SCREEN = BankScreen
