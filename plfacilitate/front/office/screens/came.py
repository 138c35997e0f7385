"""What came: the bundles, the newest first, and the place that is watched.

Owns how the lines are put together, and that older ones are read when somebody goes there.
"""

from __future__ import annotations

from collections.abc import Sequence

from plfacilitate.front.office import commands
from plfacilitate.front.office.base import OfficeBase
from plfacilitate.front.office.lists.bundles import TITLES, BundleLine, CameList, reason_of, words_of
from plfacilitate.front.office.screens.base import OfficeScreen
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import OneLine, Part
from plfacilitate.front.widgets.words import Words
from plfacilitate.office.disputes import title
from plfacilitate.office.overview import Arrived

NEAR = 20  # lines above the last one at which older bundles are read
NOTHING = (
    "No bundle has come yet. `plfacilitate office receive FILES` takes some in; with --watch PLACE this screen takes in"
    " what comes to a folder, sftp:// or s3://."
)


def bundle_lines(office: OfficeBase, found: Sequence[Arrived]) -> list[BundleLine]:
    """Bundles with the names of laptops and offerings."""
    names, zone = office.names, office.zone
    return [BundleLine(one, _offering(office, one), reason_of(one, names), zone) for one in found]


def _offering(office: OfficeBase, one: Arrived) -> str:
    known = {card.series: card for event in one.came.events if (card := office.offering_of(event)) is not None}
    return ", ".join(title(card.in_service, card.title) for card in known.values())


class CameScreen(OfficeScreen):
    """What came."""

    WHERE = "came"
    ENTER = "check again"
    FINDS = "laptop, verdict, offering, 2023-12-06 …"
    BINDINGS = commands.bindings("came")

    def make_list(self) -> CameList:
        """The bundles."""
        return CameList(id="lines", empty="Reading …")

    @property
    def bundle(self) -> Arrived | None:
        """The one under the cursor."""
        current = self.lines.current
        return current.bundle if isinstance(current, BundleLine) else None

    def paint(self) -> None:
        """Show the newest picture."""
        self.query_one("#titles", OneLine).put((Part(TITLES, "dim"),))
        found = [one for one in bundle_lines(self.office, self.office.picture.came) if self.fits(*one.texts)]
        if not found:
            self.lines.say(NOTHING if not self.sought else "Nothing that came fits.")
        self.lines.fill(found)
        self._read_older()

    def about(self, width: int) -> tuple[str, Sequence[Words]]:
        """The bundle under the cursor."""
        line = self.lines.current
        if not isinstance(line, BundleLine):
            return "", ()
        watcher = self.office.watcher
        answer = watcher.answers.get(line.bundle.came.bundle) if watcher is not None else None
        more = " ".join((*answer.differs, *answer.since, answer.remark)) if answer is not None else ""
        return f"{line.state.symbol} {line.state.word} · {line.laptop}", [*words_of(line, width, more)]

    def on_line_list_moved(self) -> None:
        """Near the end, older ones are read."""
        super().on_line_list_moved()
        self._read_older()

    async def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Look at it again."""
        await self.office.give("bundles:check")

    def _read_older(self) -> None:
        if self.lines.at >= len(self.lines.items) - NEAR and (self.lines.at or self.sought):
            self.office.reader.older()


SCREEN = CameScreen
