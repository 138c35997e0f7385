"""The report of a visit and whoever still scores blind: what they must not read is not in it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from plfacilitate.core.report.absent import BLIND
from plfacilitate.core.report.whole import VisitReport
from plfacilitate.steps.capture import written
from plfacilitate.steps.events import read_event
from plfacilitate.steps.observe import lay_open, read_visit
from plfacilitate.steps.visit_report import file_stem, report_of
from tests.front.commands.test_visits import observes
from tests.laptops import Laptop
from tests.visits import EXAMPLE, report

HELD = f"1 sheet left out: Whose strengths, who chooses, who is heard in 1 room. {BLIND}"


@pytest.fixture
def event(laptop: Laptop) -> str:
    """A visit whose first stop is for Dana and Lan; the doors are open, and Dana is done there."""
    event = laptop.opened("site-visit")
    laptop.do("visit", "plan", event, EXAMPLE)
    observes(laptop, event, "Dana Whitfield", ended=True)
    return event


def told(laptop: Laptop, event: str) -> VisitReport:
    """The report as it stands now."""
    with closing(laptop.ledger()) as ledger:
        return report_of(read_event(ledger, event), read_visit(ledger, event), laptop.played())


def test_notes_are_left_out_as_long_as_somebody_scores_blind(laptop: Laptop, event: str) -> None:
    """Lan has not been there, then observes, then is done."""
    assert told(laptop, event).observations == 0
    assert HELD in told(laptop, event).absent
    observes(laptop, event, "Lan Nguyễn", ended=True)
    assert told(laptop, event).observations == 2
    assert not [one for one in told(laptop, event).absent if "left out" in one]


def test_a_closed_day_opens_no_notes(laptop: Laptop, event: str) -> None:
    """Somebody of the team never came: the report tells what the other saw when that was laid open, and not before."""
    laptop.do("event", "close", event)
    assert told(laptop, event).observations == 0
    assert HELD in told(laptop, event).absent
    with closing(laptop.ledger()) as ledger:
        fold = read_visit(ledger, event)
        (sheet,) = fold.observations
        where = {"stop": sheet.stop, "protocol": sheet.protocol.id, "title": sheet.protocol.title}
        written(ledger.append([lay_open(laptop.hand(), fold, waits=["Lan Nguyễn"], **where)]))
    assert told(laptop, event).observations == 1
    assert HELD not in told(laptop, event).absent


def test_a_room_whose_notes_are_held_back_is_not_one_that_nobody_saw(laptop: Laptop, event: str) -> None:
    """Four of five stops are still to come, not five."""
    assert told(laptop, event).absent[0].startswith("4 of 5 stops: nobody observed there")


def test_whoever_is_alone_in_a_room_holds_nothing_back(laptop: Laptop, event: str) -> None:
    """An observer who forgot to end keeps no notes from anybody."""
    observes(laptop, event, "Dana Whitfield", "s3")
    assert told(laptop, event).observations == 1
    assert "1 observation was not ended: counted up to the last note." in told(laptop, event).absent


@pytest.mark.parametrize(
    "school, stem",
    [
        ("Dimmitt Middle School", "2023-12-06-dimmitt-middle-school-visit-report"),
        ("../../étude / <b>", "2023-12-06-etude-b-visit-report"),
        ("学校", "2023-12-06-visit-report"),
        ("A" * 300, f"2023-12-06-{'a' * 60}-visit-report"),
    ],
)
def test_files_are_called_so_that_every_disk_takes_them(school: str, stem: str) -> None:
    """Letters, digits and hyphens, whatever a school is called."""
    assert file_stem(replace(report(), school=school)) == stem
