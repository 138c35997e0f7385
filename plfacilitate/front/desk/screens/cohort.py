"""A cohort: where each of its schools stands and what is next for it, and everything of the one under the cursor.

Owns which cohort and which school are looked at. Never works anything out (`core.cohort`).
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.timer import Timer

from plfacilitate.core.cohort.picture import CohortPicture
from plfacilitate.core.text import cut, plain
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.lists.cohort_lines import HEADS, SchoolList, columns, everything, school_lines
from plfacilitate.front.desk.screens.base import DeskScreen
from plfacilitate.front.widgets.lines import OneLine, Part, Parts
from plfacilitate.front.widgets.words import WordList

REST_SECONDS = 0.12  # a cursor that goes down line by line is drawn before what is known of each
MOST = 16  # schools that are seen at once where the window is high; the rest of it is the school's


class CohortScreen(DeskScreen):
    """The board of one cohort. `cohort` "" = the first there is."""

    CSS_PATH = "cohort.tcss"
    WHERE = "cohort"
    FOLLOWS = frozenset({"cohorts"})
    ENTER = "write down"
    BINDINGS = commands.bindings("cohort")
    AUTO_FOCUS = "SchoolList"

    def __init__(self) -> None:
        super().__init__()
        self.cohort = ""
        self._resting: Timer | None = None

    def body(self) -> ComposeResult:
        """Schools; the one under the cursor."""
        yield OneLine(id="columns")
        yield SchoolList(id="schools", empty="Reading …")
        yield WordList(id="school")

    def on_unmount(self) -> None:
        """No school is chosen any more."""
        self.desk.school = None

    def on_resize(self) -> None:
        """Words are wrapped anew."""
        self.repaint()

    @property
    def schools(self) -> SchoolList:
        """The schools."""
        return self.query_one("#schools", SchoolList)

    @property
    def shown(self) -> CohortPicture | None:
        """The cohort that is looked at; None = there is none, or it was not read yet."""
        found = self.desk.cohorts or ()
        return next((one for one in found if one.cohort.id == self.cohort), found[0] if found else None)

    def turn(self) -> None:
        """To the next cohort."""
        found = self.desk.cohorts or ()
        ids = [one.cohort.id for one in found]
        if self.shown is not None:
            self.cohort = ids[(ids.index(self.shown.cohort.id) + 1) % len(ids)]
            self.schools.at = 0
            self.repaint()

    def title_parts(self, width: int) -> Parts:
        """Which cohort, and where in its year it is."""
        found = self.shown
        if found is None:
            return (Part("Cohorts"),)
        stage = f" · {found.stage.words}"
        return (Part(cut(plain(found.cohort.title), max(0, width - len(stage))).rstrip(), "strong"), Part(stage))

    def paint(self) -> None:
        """Show the newest picture."""
        if self.desk.cohorts is None:
            return
        found = self.shown
        lines = school_lines(found)
        self.query_one("#columns", OneLine).put(columns(HEADS, self.size.width) if found is not None else ())
        self.schools.styles.height = min(MOST, len(lines) + 1) if self.size.height >= 2 * MOST else "1fr"
        self.schools.fill(lines)
        several = f"{len(self.desk.cohorts)} cohorts, o shows the next" if len(self.desk.cohorts) > 1 else ""
        self.schools.entitle(f"{len(found.schools)} schools" if found is not None else "Cohorts", several)
        self._choose()
        self._describe()

    def on_line_list_moved(self) -> None:
        """Another school is looked at: the keys mean it at once, what is known of it follows when the cursor rests."""
        self._choose()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST_SECONDS, self._describe)

    async def on_line_list_chosen(self) -> None:
        """Enter writes down what was done with the school."""
        await self.desk.give("cohorts:contact")

    def _choose(self) -> None:
        found, line = self.shown, self.schools.current
        school = found.school(line.key) if found is not None and line is not None else None
        self.desk.school = (found, school) if found is not None and school is not None else None

    def _describe(self) -> None:
        school = self.desk.school[1] if self.desk.school is not None else None
        words = self.query_one("#school", WordList)
        words.entitle(plain(school.name) if school is not None else "")
        words.fill(everything(school, self.size.width) if school is not None else [])


SCREEN = CohortScreen
