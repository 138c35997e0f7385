"""Insights over 500 visits: to what a first plot shows, beside sqlite3 handing over the entries of these visits."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from textual_plotext.plot import Plot as Plotter

from bench.figures import Figure, ms, paired
from bench.workspace import hand, surroundings
from plfacilitate.core.entry import Draft
from plfacilitate.core.insights.lines import Line
from plfacilitate.core.protocol import LOOK_FOR, Item, Protocol
from plfacilitate.core.visiting.fold import VISIT_KINDS, VisitFold
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.front.desk.painting.plots import Drawing
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import find_plan
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import observe
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import Schedule, schedule_draft
from plfacilitate.steps.insights import read_insights
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.rows import READ
from plfacilitate.store.surroundings import Surroundings

VISITS, SCHOOLS, ROOMS, LINES = 500, 40, 3, 10
FIRST = date(2023, 9, 4)
_COLOURS = ((230, 230, 230), (20, 20, 20), (90, 160, 250), (120, 120, 120))
_COUNT = "SELECT count(*) FROM content WHERE kind"
_KINDS = ",".join(f"'{kind}'" for kind in sorted(VISIT_KINDS))


def figures() -> list[Figure]:
    """Every school's figures over 500 visits and the plot of one, and sqlite3 reading the same entries with all of their columns."""
    with surroundings() as around:
        ledger = around.open_ledger()
        filled(around, ledger)
        rows = ledger.connection.execute(f"{_COUNT} IN ({_KINDS})").fetchone()[0]

        def ours() -> None:
            schools = read_insights(ledger).schools
            assert len(schools) == SCHOOLS
            first = next(line for pattern in schools[0].patterns for line in pattern.lines if line.moved)
            assert "●" in _plotted(first)

        def theirs() -> None:
            assert len(ledger.connection.execute(f"{READ} AND c.kind IN ({_KINDS})", {"since": 0}).fetchall()) == rows

        ratio, mine, plain = paired(ours, theirs)
        ledger.close()
    what = f"{VISITS} visits, {rows:,} entries: to the first plot ÷ sqlite3 reading them"
    return [Figure("insights", what, ratio, most=5, detail=ms(mine, plain))]


def _plotted(line: Line) -> str:
    """The plot of a line as a desk of 80 × 24 has it."""
    plotter = Plotter()
    plotter.plotsize(80, 8)
    Drawing(plotter, *_COLOURS).path(line)
    drawn: str = plotter.build()
    return drawn


def filled(around: Surroundings, ledger: Ledger, visits: int = VISITS) -> None:
    """So many visits to 40 schools: three rooms, two observers in each, two instruments by turns."""
    own, dice = around.workspace, random.Random(5)
    plan = find_plan("site-visit", own.sessions, offices=own.exports)
    office = find_office(plan.office, own.exports)
    shown = [find_protocol(name, own.protocols) for name in ("psesd-lens", "lake-county-visit")]
    for number in range(visits):
        school = f"School {number % SCHOOLS:02}"
        when = Schedule(plan.sessions[0].id, FIRST + timedelta(days=number), around.tz, school)
        scheduled = schedule_draft(hand(around), plan, office, when)
        ledger.append([scheduled, *_visit(hand(around), str(scheduled.event), school, shown[number % 2], dice)])


def _visit(writer: Hand, event: str, school: str, protocol: Protocol, dice: random.Random) -> Iterator[Draft]:
    stops = tuple(Stop(f"s{n}", f"Room {n}", minutes=20, team=("Ada", "Ben")) for n in range(ROOMS))
    yield observe.plan_visit(writer, VisitFold(event), Visit(school, "To see who chooses.", stops=stops))
    for stop in stops:
        for observer in ("Ada", "Ben"):
            began = observe.begin(writer, event, protocol, observer=observer, stop=stop.id)
            one = Observation(
                began.id, event, stop.id, observer, "", protocol, writer.means, began.happened_at, None, (), {}
            )
            items = [item for item in protocol.items if item.kind != "snapshot"]
            yield began
            for n in range(LINES):
                yield observe.line(writer, one, f"S{n}: can I do the other one first?", items=[dice.choice(items).id])
            for item in items:
                yield observe.note(writer, one, item.id, _answer(item, dice))
            yield observe.end(writer, one)


def _answer(item: Item, dice: random.Random) -> Any:
    match item.kind:
        case "look-for":
            return dice.choice(LOOK_FOR)
        case "rating":
            return dice.randint(1, len(item.levels))
        case "choice":
            return [dice.choice(item.options).id]
        case "state":
            return "on"
        case "text":
            return "We chose it, because it was ours."
        case _:
            return 1
