"""Every session of every shipped plan is kept to its end on a played clock: on time, and late with a spread now and then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from plfacilitate.core.keeping.run import Run
from plfacilitate.core.keeping.spread import least
from plfacilitate.core.keeping.standing import MINUTE, Standing, standing
from plfacilitate.core.plan import Plan
from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import find_plan
from plfacilitate.steps import keeping
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import Schedule, read_fold, schedule_event
from plfacilitate.store.ledger import Ledger
from tests.conftest import ROOT
from tests.laptops import Laptop
from tests.played import Clock

PLANS = sorted(path.stem for path in (ROOT / "sessions").glob("*.toml"))
DAY, ZONE = date(2023, 12, 6), "America/Los_Angeles"


class Kept:
    """A session that is being kept."""

    def __init__(self, laptop: Laptop, ledger: Ledger, plan: Plan, session: str) -> None:
        """It is scheduled."""
        self.clock: Clock = laptop.played
        self.hand: Hand = laptop.hand()
        self.ledger = ledger
        office = find_office(plan.office, Path("nowhere"))
        self.event = schedule_event(ledger, self.hand, plan, office, Schedule(session, DAY, ZONE, "Renton"))

    @property
    def run(self) -> Run:
        """How it goes."""
        return read_fold(self.ledger, self.event).run

    @property
    def now(self) -> Standing:
        """Where it stands."""
        return standing(self.run, self.clock())

    def next(self) -> None:
        """The right arrow."""
        self.ledger.append_one(keeping.move_on(self.hand, self.event, self.run))

    def spread(self) -> bool:
        """The key r; False = there was nothing to spread, or nothing that could give."""
        with suppress(Refused):
            draft, _ = keeping.spread(self.hand, self.event, self.run, self.clock())
            self.ledger.append_one(draft)
            return True
        return False


@pytest.fixture(params=PLANS)
def sessions(request: pytest.FixtureRequest, laptop: Laptop) -> Iterator[list[Kept]]:
    """All sessions of a shipped plan."""
    plan = find_plan(request.param, Path("nowhere"), offices=Path("nowhere"))
    with closing(laptop.ledger()) as ledger:
        yield [Kept(laptop, ledger, plan, session.id) for session in plan.sessions]


def test_it_runs_to_its_end_on_time(sessions: list[Kept]) -> None:
    """Each segment takes what was meant: on time throughout, and ended when the plan ends."""
    for one in sessions:
        spans = one.run.spans
        for span in spans:
            one.clock.set(span.starts_at)
            one.next()
            assert one.now.drift == timedelta()
            assert one.now.missed == ()
            assert one.now.left == span.ends_at - span.starts_at
        one.clock.set(spans[-1].ends_at)
        assert one.now.urgency == "over"
        one.next()
        assert (one.now.ended, one.now.ends) == (True, spans[-1].ends_at)
        assert [piece.segment for piece in one.run.pieces] == list(range(len(spans)))


def test_it_runs_to_its_end_late_and_is_spread(sessions: list[Kept]) -> None:
    """Seven minutes late from the beginning, each third segment three minutes too long, `r` at every beginning."""
    for one in sessions:
        spans = one.run.spans
        moment: datetime = spans[0].starts_at + 7 * MINUTE
        for place in range(len(spans)):
            one.clock.set(moment)
            one.next()
            one.spread()
            assert not one.spread()
            run = one.run
            for minutes, span in zip(run.minutes, spans, strict=True):
                assert minutes >= least(span.segment)
                assert minutes == span.segment.minutes or not span.segment.holds
            moment += run.minutes[place] * MINUTE + (3 * MINUTE if place % 3 == 2 else timedelta())
        one.clock.set(moment)
        one.next()
        assert one.now.ended
        assert one.now.ends == moment
