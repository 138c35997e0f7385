"""The page for the projector on which people find their group.

Owns what stands on it: groups, how many are in each, and how the numbers of their badges end; first names with an initial only
where the plan says `names_on_wall`. Who may see it is the wall's business.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from plfacilitate.core.drawn import OnWall, on_wall
from plfacilitate.core.text import plain
from plfacilitate.front.door.visits import Answer, Visit
from plfacilitate.front.door.wall import Wall, WallLibrary

TURN_SECONDS = 5


@dataclass(slots=True)
class Tables:
    """One a door."""

    wall: Wall
    library: WallLibrary = field(init=False)

    def __post_init__(self) -> None:
        """The page is made of the phones' environment."""
        self.library = WallLibrary(self.wall.desk, "tables")

    async def page(self, visit: Visit) -> Answer:
        """The page, to who may see the projector's; to others there is none."""
        desk = self.wall.desk
        if not self.wall.opens(visit):
            return await desk.nothing(visit)
        desk.refresh()
        drawing, people = desk.room.groups()
        names = desk.room.event.plan.names_on_wall
        found = on_wall(drawing, people, names=names) if drawing is not None else []
        values = {
            "refresh": TURN_SECONDS,
            "time": desk.pages(visit).time(desk.hand.clock()),
            "groups": [_shown(one) for one in found],
            "badges": not names and any(one.labels for one in found),
        }
        return Answer(self.library.of(visit.language).show(values))


def _shown(one: OnWall) -> dict[str, Any]:
    return {"title": plain(one.title), "people": one.people, "labels": [plain(label) for label in one.labels]}
