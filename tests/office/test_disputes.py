"""What waits for a person's decision, each thing in one sentence and none of them twice."""

from __future__ import annotations

from plfacilitate.core.roll.summary import Summary
from plfacilitate.office.disputes import Dispute, Twice, disputes
from plfacilitate.office.overview import Card, Figured, OpenClaim, Some
from plfacilitate.store.register.retention import Hold
from plfacilitate.store.register.shown import Aside, Fork

CARD = Card("series", "PS-1", "Cohort", "2023-12-06", "2023-12-06", 1, 1, ("event",))
NOTHING = Summary(
    series="series", in_service="PS-1", title="Cohort", office="psesd", rule="psesd 2026-1", day_cap=None, designations=(),
    first_day="2023-12-06", last_day="2023-12-06", sessions=1, scheduled=1, approved=600, people=4, never_came=0,
    minutes=0, earned=0, pending=0, waiting=0, credits=0, presenter_only=False, handed_in="2023-12-06", changed=0,
    version=1, issued_now=False, open_changes=0,
)  # fmt: skip
LAPTOP = "abcdef01-2345"


def found(
    *figured: Figured,
    twice: tuple[Twice, ...] = (),
    asides: tuple[Aside, ...] = (),
    forks: tuple[Fork, ...] = (),
    holds: tuple[Hold, ...] = (),
    claims: tuple[OpenClaim, ...] = (),
) -> list[Dispute]:
    """All that waits, where laptop abcdef01 is called cedar."""
    return disputes(
        {one.summary.series: one for one in figured}, twice, asides, forks, holds, claims,
        names={LAPTOP: "cedar"}, card={"series": CARD}.get, offering_of={"event": CARD}.get,
    )  # fmt: skip


def test_where_nothing_waits_nothing_is_said() -> None:
    """An offering that is as it was handed in and issued."""
    assert found(Figured(NOTHING)) == []


def test_credit_that_waits_names_people_and_counts_the_rest() -> None:
    """The first few by name, so that the clerk knows whether it is theirs."""
    (one,) = found(Figured(NOTHING, Some(5, 2550, ("Alvarez, Maria", "Brown, Dana"))))
    assert (one.kind, one.series, one.what) == ("pending", "series", "PS-1 Cohort")
    assert one.words.startswith("25.5 h of 5 people wait: Alvarez, Maria; Brown, Dana and 3 others.")


def test_a_series_under_way_waits_for_nobody() -> None:
    """Hours that come with the last session are no dispute; one contradiction in them is."""
    assert found(Figured(NOTHING._replace(waiting=50, pending=60000))) == []


def test_what_changed_is_said_against_the_hand_in_and_the_version() -> None:
    """Once each, though both may hold."""
    (one,) = found(Figured(NOTHING._replace(changed=1, open_changes=1), changed=Some(1, 300, ("Alvarez, Maria",))))
    assert one.kind == "changed"
    assert "1 line other than handed in: Alvarez, Maria." in one.words
    assert "1 line other than version 1" in one.words


def test_entries_aside_are_one_line_a_laptop_and_event() -> None:
    """However many there are; of an offering where one is known."""
    asides = tuple(Aside(f"i{n}", LAPTOP, n, "bundle", "the same id", "event") for n in range(7))
    other = Aside("x", "ffffffff-1", 3, "bundle", "the same id", None)
    first, second = found(asides=(*asides, other))
    assert (first.what, first.series) == ("laptop cedar", "series")
    assert "7 entries of PS-1 Cohort from laptop cedar (number 0, 1, 2, 3, 4 …)" in first.words
    assert (second.what, second.series) == ("laptop ffffffff", "")


def test_a_copied_ledger_is_one_line() -> None:
    """With where it begins, and the offerings that it concerns."""
    (one,) = found(forks=(Fork(LAPTOP, 8, ("event",)), Fork(LAPTOP, 9, ("event", "other"))))
    assert one.kind == "fork"
    assert "wrote on from number 8: 2 numbers given out twice, in PS-1 Cohort" in one.words


def test_a_claim_that_is_open_again_is_named() -> None:
    """By the person whom the claimant may be: of the claimant nothing is kept."""
    (one,) = found(claims=(OpenClaim("Brown, Dana", "2023-12-14T16:30:00Z", "Sam"),))
    assert (one.kind, one.series, one.what) == ("claim", "", "Brown, Dana")
    assert "open again since 2023-12-14 (by Sam)" in one.words


def test_what_keeps_credit_back_stands_first_and_holds_last() -> None:
    """A clerk reads from the top."""
    hold = Hold("series", "asked for", "2023-12-14T16:30:00Z", "Ruth")
    twice = Twice("Brown, Dana", ("series", "other"), "in-service number PS-1 twice")
    one = Figured(NOTHING._replace(changed=1, presenter_only=True), Some(1, 600, ("Brown, Dana",)))
    kinds = [each.kind for each in found(one, twice=(twice,), holds=(hold,))]
    assert kinds == ["pending", "twice", "alone", "changed", "held"]
    assert "Held since 2023-12-14 by Ruth: asked for." in found(one, holds=(hold,))[-1].words
