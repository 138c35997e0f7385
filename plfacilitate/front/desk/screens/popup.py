"""Problems of practice: at the left who brought what, at the right the one under the cursor, from its words to its commitment.

Owns which problem and which ideas the keys speak of. Never counts a vote, never shows one that is open.
"""

from __future__ import annotations

from textwrap import wrap

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical

from plfacilitate.core.popup.picture import PopupBoard, Problem
from plfacilitate.core.text import cells, cut, plain
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.popup_lines import BoardLine, ProblemLine, board_lines, problem_lines
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.desk.screens.visit import Details
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts

NOTHING = "No problem of practice yet: a takes one down; phones bring theirs after the sign-in."
MOVES = {"up": -1, "down": 1, "home": -9999, "end": 9999}
TALL = 36  # lines of the window from which a problem's words have more room


class ProblemList(LineList[ProblemLine]):
    """The problems."""

    HELP = "Who brought a problem of practice, and how far it is. Enter goes to its ideas."

    def key_of(self, item: ProblemLine) -> object:
        """The problem."""
        return item.id

    def move_to(self, at: int, step: int = 1) -> None:
        """Another problem; a key that is pressed right behind speaks of it already, and of its ideas."""
        before = self.at
        super().move_to(at, step)
        if before != self.at and isinstance(self.screen, PopupScreen):
            self.screen.repaint()

    def draw(self, item: ProblemLine, width: int) -> tuple[Parts, Parts]:
        """State, owner; at the right how far."""
        return (
            (Part(f" {item.symbol} ", item.look), Part(item.owner), Part(f" {item.people}", "dim")),
            (Part(f" {item.words} ", item.look),),
        )


class BoardList(LineList[BoardLine]):
    """Ideas in their clusters."""

    HELP = "Space picks ideas, c puts them into a cluster; on a cluster c names it anew and takes in what is picked."

    def key_of(self, item: BoardLine) -> object:
        """An idea or a cluster, by its id."""
        return item.kind, item.key

    def rests(self, item: BoardLine) -> bool:
        """Where something can be done."""
        return item.kind not in ("head", "words")

    def draw(self, item: BoardLine, width: int) -> tuple[Parts, Parts]:
        """What it says; at the right its dots."""
        right: Parts = (Part(f" {item.dots} ", "title"),) if item.dots else ()
        if item.kind == "head":
            return (Part(f" {item.text}", "title"),), ()
        if item.kind == "words":
            note: Parts = (Part(f" {item.note} ", "dim"),) if item.note and width >= 60 else ()
            return (Part(f" {item.text}", item.look or "dim"),), note
        if item.kind == "cluster":
            return (Part(" ▾ ", "dim"), Part(item.text, item.look), Part(f"  {item.note}", "dim")), right
        if item.kind == "commitment":
            return (Part(" ✓ ", "good"), Part(item.text), Part(f"  {item.note}", "dim")), ()
        mark = Part(" ■ ", "title") if item.picked else Part(" · ", "dim")
        indent = Part("  " if item.deep else "")
        return (indent, mark, Part(item.text, item.look), Part(f"  {item.note}" if item.note else "", "dim")), right


class PopupScreen(DeskScreen):
    """The problems of the room's event. `problem` = where to begin, "" = with the first."""

    CSS_PATH = "popup.tcss"
    WHERE = "popup"
    FOLLOWS = frozenset({"popup"})
    # Moving comes before any widget sees it, as the commands do: a key pressed at once after an arrow means the new line.
    BINDINGS = [
        *commands.bindings("popup"),
        *(Binding(key, f"move({step})", show=False, priority=True) for key, step in MOVES.items()),
        Binding("enter", "choose", show=False, priority=True),
        Binding("tab", "turn", show=False, priority=True),
    ]
    AUTO_FOCUS = "ProblemList"

    def __init__(self, problem: str = "") -> None:
        super().__init__()
        self.begin = problem
        self.picked: set[str] = set()
        self.before: frozenset[str] | None = None  # what was here when this desk brought one: the new one is gone to

    def body(self) -> ComposeResult:
        """Problems; the words of one, and its ideas."""
        with Horizontal(id="popup"):
            yield ProblemList(id="problems", empty="Reading …")
            with Vertical(id="one"):
                yield Details(id="details")
                yield BoardList(id="board", empty="")

    def on_unmount(self) -> None:
        """No problem is chosen any more."""
        self.desk.at_problem = ""

    @property
    def problems(self) -> ProblemList:
        """The left side."""
        return self.query_one("#problems", ProblemList)

    @property
    def board(self) -> BoardList:
        """The right side."""
        return self.query_one("#board", BoardList)

    @property
    def details(self) -> Details:
        """The words of the problem."""
        return self.query_one("#details", Details)

    def title_parts(self, width: int) -> Parts:
        """Which screen this is."""
        event = self.desk.event
        return (Part("POP-up"), Part(f"  {cut(event.title, max(0, width - 8)).rstrip()}" if event else "", "strong"))

    def on_resize(self) -> None:
        """Words are wrapped anew."""
        self.repaint()

    def paint(self) -> None:
        """Show the newest picture."""
        board = self.desk.popup
        if board is None:
            return
        lines = problem_lines(board)
        self.problems.entitle(f"Problems · {len(lines)}", _without(self.desk.room.present, board))
        if not lines:
            self.problems.say(NOTHING)
        else:
            self.problems.fill(lines)
            if self.begin:
                begin, self.begin = self.begin, ""
                self.problems.move_to(next((at for at, one in enumerate(lines) if one.id == begin), 0))
            new = next(
                (at for at, one in enumerate(lines) if self.before is not None and one.id not in self.before), None
            )
            if new is not None:
                self.before = None
                self.problems.move_to(new)
        self._choose(board)

    def awaits_new(self) -> None:
        """A problem is being brought here: the cursor goes to it when it comes, for the next keys are about it."""
        board = self.desk.popup
        self.before = frozenset(line.id for line in problem_lines(board)) if board is not None else None

    def _choose(self, board: PopupBoard) -> None:
        line = self.problems.current
        self.desk.at_problem = line.id if line is not None else ""
        one = self.desk.problem
        if one is None:
            self.details.entitle("")
            self.details.put(())
            self.board.say("")
            return
        self.picked &= {idea.id for idea in one.ideas}
        self.details.entitle(f"{one.owner} · {one.school}" if one.school else one.owner)
        rows = self._words(board, one)
        self.details.styles.height = min(len(rows), 14 if self.size.height >= TALL else 8) + 2
        self.details.put(rows)
        self.board.fill(board_lines(board, one, frozenset(self.picked)))
        self.board.entitle("Ideas", f"{len(self.picked)} picked" if self.picked else "")

    def _words(self, board: PopupBoard, one: Problem) -> list[Parts]:
        width = max(20, self.details.size.width - 2 or self.size.width - 40)
        rows: list[Parts] = []
        for name, text, look in (
            ("", one.how_might_we, "strong"), ("", one.problem, ""), ("Data ", one.data, ""), ("Test ", one.test, ""),
        ):  # fmt: skip
            room = width - cells(name)
            for at, row in enumerate(wrap(plain(" ".join(text.split())), room)):
                rows.append((Part(f" {name if at == 0 else ' ' * len(name)}", "dim"), Part(row, look)))
        rows += self._before(one, width)
        names = [board.names.get(member.person, "") for member in one.members]
        if names:
            why = ", ".join(dict.fromkeys(member.why for member in one.members if member.how == "drawn"))
            rows += [
                (Part(f" {row}", "dim"),)
                for row in wrap(plain(f"With {', '.join(names)}{f' · {why}' if why else ''}"), width)
            ]
        return rows

    def _before(self, one: Problem, width: int) -> list[Parts]:
        """What was tried when it was here before, in two lines at most: the bank has the whole story."""
        found = wrap(plain(one.before), width - 12)
        rows: list[Parts] = [
            (Part(f" {'       ' if at else 'Before '}", "dim"), Part(row, "dim")) for at, row in enumerate(found[:2])
        ]
        if rows:
            rows[-1] = (*rows[-1], Part(" … " if len(found) > 2 else " ", "dim"), Part("B", "key", "app.do('bank')"))
        return rows

    # -- keys --------------------------------------------------------------------------------------------------------

    async def on_line_list_chosen(self) -> None:
        """A second click does what Enter does."""
        await self.action_choose()

    def action_move(self, step: int) -> None:
        """Another line of the side that has the focus."""
        side = self.board if self.focused is self.board else self.problems
        side.move_to(side.at + step, step)

    def action_turn(self) -> None:
        """To the other side."""
        self.set_focus(self.problems if self.focused is self.board else self.board)

    async def action_choose(self) -> None:
        """Enter: from a problem to its ideas; on an idea it picks, on a cluster it names."""
        line = self.board.current
        if self.focused is not self.board:
            self.set_focus(self.board)
        elif line is not None and line.kind in ("cluster", "commitment"):
            await self.desk.give("popup:cluster" if line.kind == "cluster" else "popup:commit")
        else:
            self.pick()

    def pick(self) -> None:
        """The idea under the cursor is picked, or not any more."""
        line = self.board.current
        if line is None or line.kind != "idea":
            return
        self.picked ^= {line.key}
        self.repaint()
        self.board.move_to(self.board.at + 1)

    def chosen_ideas(self) -> list[str]:
        """The picked ideas, else the one under the cursor, in the order of the board."""
        line = self.board.current
        wanted = self.picked or ({line.key} if line is not None and line.kind == "idea" else set())
        return [one.key for one in self.board.items if one.kind == "idea" and one.key in wanted]

    def chosen_cluster(self) -> str:
        """The cluster under the cursor; "" = none is."""
        line = self.board.current
        return line.key if line is not None and line.kind == "cluster" else ""


def _without(present: int, board: PopupBoard) -> str:
    """How many of those who are in work on nothing yet."""
    left = present - len(board.picture.where)
    return f"{left} without a problem" if board.picture.problems and left > 0 else ""


SCREEN = PopupScreen
