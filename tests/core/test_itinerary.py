"""The way of a visit: what can't be walked is said at its stop, and what can is left in peace."""

from __future__ import annotations

import pytest

from plfacilitate.core.visiting.itinerary import ends, minute_of, troubles
from plfacilitate.core.visiting.plan import Stop, Visit

ADA, BEN = "Ada Park", "Ben Ruiz"


def said(*stops: Stop, debrief: str = "") -> list[tuple[int, str]]:
    """Place and key of all that is wrong."""
    return [(one.stop, str(one.key[0])) for one in troubles(Visit("S", "P", stops=stops, debrief=debrief))]


def stop(stop_id: str, starts: str = "", minutes: int = 0, *team: str) -> Stop:
    """A stop of some people."""
    return Stop(stop_id, f"Room {stop_id}", starts, minutes, team=team)


def test_a_way_that_can_be_walked_has_no_trouble() -> None:
    """One after the other, two teams at once, no time at all, the last one ending as the debrief begins."""
    way = (
        stop("a", "09:00", 20, ADA), stop("b", "09:00", 20, BEN), stop("c", "09:20", 40, ADA, BEN), stop("d", "", 0, ADA),
    )  # fmt: skip
    assert said(*way, debrief="10:00") == []


def test_an_id_stands_for_one_stop() -> None:
    """Observations hang on it."""
    assert said(stop("a"), stop("b"), stop("a")) == [(2, "id")]


def test_nobody_is_twice_in_a_team() -> None:
    """However the name is spelled."""
    assert said(stop("a", "", 0, ADA, BEN, "ada  PARK")) == [(0, "team")]


@pytest.mark.parametrize(
    "other, clash",
    [
        (("09:19", 20), True), (("08:50", 11), True), (("09:05", 1), True), (("09:10", 0), True), (("09:20", 20), False),
        (("08:40", 20), False), (("", 0), False), (("09:20", 0), False),
    ],
)  # fmt: skip
def test_nobody_is_in_two_rooms_at_once(other: tuple[str, int], clash: bool) -> None:
    """Touching is not overlapping; a stop without a length takes its first minute."""
    assert said(stop("a", "09:00", 20, ADA), stop("b", *other, BEN, ADA)) == ([(1, "team")] if clash else [])


def test_the_sentence_names_the_other_room_and_its_time() -> None:
    """So that one knows which of the two to move."""
    (one,) = troubles(Visit("S", "P", stops=(stop("a", "09:00", 20, ADA), stop("b", "09:10", 20, BEN, ADA))))
    assert one.key == ("team", 1)
    assert one.sentence == "Ada Park is in Room a (a) then, 09:00–09:20: nobody is in two rooms."


@pytest.mark.parametrize("starts, minutes, key", [("10:30", 5, "starts"), ("10:00", 31, "minutes")])
def test_every_stop_ends_before_the_debrief(starts: str, minutes: int, key: str) -> None:
    """It neither begins after it nor goes on into it."""
    assert said(stop("a", starts, minutes), debrief="10:30") == [(0, key)]


def test_a_visit_does_not_go_on_after_midnight() -> None:
    """A slip of the hour is found."""
    assert said(stop("a", "23:30", 60)) == [(0, "minutes")]
    assert ends(stop("a", "23:30", 30)) == "00:00"


def test_text_of_people_is_made_visible() -> None:
    """An escape code in a name reaches no terminal."""
    (one,) = troubles(Visit("S", "P", stops=(stop("a", "", 0, "\x1b[31mAda", "\x1b[31mAda"),)))
    assert "\x1b" not in one.sentence


def test_a_time_is_a_minute_of_the_day() -> None:
    """And none is none."""
    assert (minute_of("00:00"), minute_of("23:59"), minute_of("")) == (0, 1439, None)
