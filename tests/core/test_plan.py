"""Plans: the arithmetic of agendas on a day, and the way into the ledger and back."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from plfacilitate.core.plan import Plan, Presenter
from tests.core.credit_kit import SEATTLE, institute, plan, session


def test_a_session_lasts_as_long_as_its_segments() -> None:
    """Breaks and lunch included."""
    assert session().minutes == 435


def test_spans_follow_one_another_from_the_local_start() -> None:
    """8:30 in Seattle in December is 16:30 UTC."""
    spans = session().spans(date(2017, 12, 6), SEATTLE)
    assert spans[0].starts_at == datetime(2017, 12, 6, 16, 30, tzinfo=UTC)
    assert spans[-1].ends_at == datetime(2017, 12, 6, 23, 45, tzinfo=UTC)
    assert all(before.ends_at == after.starts_at for before, after in itertools.pairwise(spans))


def test_minutes_really_pass_while_clocks_are_switched() -> None:
    """Two hours from 1:30 end at 4:30 by the wall in the night of the spring."""
    spans = session(1, (120, "instruction"), starts="01:30").spans(date(2018, 3, 11), SEATTLE)
    assert (spans[0].ends_at - spans[0].starts_at).total_seconds() == 7200
    assert spans[0].ends_at.astimezone(SEATTLE).hour == 4


def test_an_agenda_may_go_past_midnight() -> None:
    """It ends on the next day."""
    spans = session(1, (120, "instruction"), starts="23:00").spans(date(2017, 12, 31), ZoneInfo("UTC"))
    assert spans[-1].ends_at == datetime(2018, 1, 1, 1, 0, tzinfo=UTC)


def test_a_plan_comes_back_from_its_snapshot_as_it_was() -> None:
    """Through JSON, as the ledger keeps it."""
    of = institute(presenters=(Presenter("Rafael Gallardo", "Director", "…"),), objectives=("a", "b"))
    assert Plan.from_json(json.loads(json.dumps(of.to_json()))) == of


def test_a_snapshot_of_a_later_version_keeps_what_is_known() -> None:
    """Keys that nobody knows yet are passed over."""
    snapshot = plan().to_json() | {"colour": "green"}
    assert Plan.from_json(snapshot) == plan()


def test_a_session_is_found_by_its_id() -> None:
    """None where there is no such session."""
    assert institute().session("s3") == session(3)
    assert institute().session("s9") is None
