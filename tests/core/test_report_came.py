"""What answers came to, as a report tells it: each person by what they do, rooms only together, the rule beside it."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from plfacilitate.core.protocol import Group, Item, Protocol, Result, Section
from plfacilitate.core.report import tables
from plfacilitate.core.report.came import Came
from plfacilitate.core.visiting.fold import Agreed, VisitPicture
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.shelf.visit_report import report_pdf
from plfacilitate.shelf.visit_web import report_page
from tests.core.test_results import ARCHETYPE, LEVEL, READINESS, TALK, answers
from tests.visits import ZONE, named, observation, picture, report

LEVELS = ("Told.", "Picked.", "Proposed.")
ROOM = Protocol(
    "room", "A room", "observation", "p", "s", 20,
    sections=(Section("one", "One", items=(
        Item("plan", "look-for", "A plan"), Item("virtual", "look-for", "Virtual"), Item("steers", "rating", "Who steers", levels=LEVELS),
    )),),
    results=(
        Result("dimensions", "Dimensions", "counts", (
            Group("adoption", "adoption", ("plan", "virtual")), Group("adherence", "adherence", ("steers",), counts_from=3),
            Group("achievement", "achievement", elsewhere="from records"),
        )),
        Result("how-far", "How far", "level", (Group("a", "begun"), Group("b", "lived", ("steers", "plan"), counts_from=2)), holds="all"),
    ),
)  # fmt: skip


def in_rooms(*rooms: tuple[str, str, int], agreed: Any = None) -> VisitPicture:
    """So many rooms: plan, virtual, who steers."""
    seen = [
        observation(f"o{n}", f"s{n}", protocol=ROOM, plan=plan, virtual=virtual, steers=steers)
        for n, (plan, virtual, steers) in enumerate(rooms)
    ]
    return picture(seen, agreed=agreed or {})


def rows(shown: VisitPicture) -> dict[str, dict[str, str]]:
    """Result → who or what → what it came to."""
    (instrument,) = report(shown).instruments
    return {one.title: dict(one.rows) for one in instrument.came}


def asked(result: Result, *people: tuple[str, Sequence[int | None]]) -> tuple[Came, ...]:
    """What people who were asked came to, in a report."""
    protocol = replace(TALK, results=(result,))
    found = [
        observation(f"t{n}", protocol=protocol, respondent=who, **answers(*levels))
        for n, (who, levels) in enumerate(people)
    ]
    (talk,) = report(picture(found)).talks
    return talk.came


SAY_A, SAY_C = (3, 3, None, 1, 1, None, 1, 1, None), (1, 1, None, 1, 1, None, 3, 3, None)


def test_everybody_who_was_asked_has_a_result_of_their_own() -> None:
    """By what they do, and whether they agree; what follows is said, the rule stands below."""
    (one,) = asked(ARCHETYPE, ("principal", SAY_A), ("teacher", SAY_C))
    assert one.rows == (
        ("Principal", "the a (the a 2 of 2; the b 0 of 2; the c 0 of 2)"),
        ("Teacher", "the c (the a 0 of 2; the b 0 of 2; the c 2 of 2)"),
    )
    assert one.said == "They differ. the a: begin with a. the c: begin with c."
    assert "largest share" in one.rule


def test_a_name_is_not_told_with_a_result() -> None:
    """Whoever is entered by name is somebody."""
    (one,) = asked(ARCHETYPE, ("Iris Vandermeer", answers_all(4)), ("teacher", SAY_C))
    assert [who for who, _ in one.rows] == ["Somebody", "Teacher"]


def answers_all(level: int) -> tuple[int, ...]:
    """All nine questions on one level."""
    return (level,) * 9


def test_readiness_is_told_of_all_together_with_what_is_missing() -> None:
    """One criterion a row, nobody's mean; what none of them was asked is open."""
    (one,) = asked(
        READINESS,
        ("principal", (3, 4, None, 3, 1, None, 1, 1, None)),
        ("student", (None, None, 3, None, None, 3, None, None, 1)),
    )
    found = dict(one.rows)
    assert list(found) == ["the a: met", "the b: partly", "the c: not yet"]
    assert found["the b: partly"] == "2 of 3 count; yes: B1 3, B3 3; missing: B2 1"


def test_an_element_of_one_room_alone_is_in_no_result() -> None:
    """Left out of the report, it is left out of what the answers come to as well."""
    protocol = replace(TALK, results=(replace(READINESS, groups=READINESS.groups[:1]),))
    two = [
        observation("t0", "s0", protocol=protocol, respondent="principal", a1=4, a2=4),
        observation("t1", "s1", protocol=protocol, respondent="teacher", a1=1),
    ]
    (talk,) = report(picture(two)).talks
    assert talk.left_out == 1
    assert [words for _, words in talk.came[0].rows] == ["1 of 2 count; yes: A1 4; missing: A1 1; not answered: A3"]


def test_few_rooms_are_told_of_all_together_and_not_counted() -> None:
    """Under five rooms: all, none, or some of it; of what one room alone gave, nothing."""
    found = rows(in_rooms(("seen", "seen", 3), ("seen", "not applicable", 3)))
    assert found["Dimensions"] == {
        "adoption": "all seen, wherever it could be", "adherence": "all on level 3 or higher, wherever it could be",
        "achievement": "from records",
    }  # fmt: skip
    assert found["How far"] == {"Rooms": "2, lived, in both rooms"}
    (instrument,) = report(in_rooms(("seen", "seen", 3), ("seen", "seen", 1))).instruments
    assert [one.said for one in instrument.came] == ["", ""]
    mixed = rows(in_rooms(("seen", "not seen", 3), ("not seen", "not seen", 3)))
    assert mixed["Dimensions"]["adoption"] == "some of it, not all; under 5 rooms it is not counted"
    assert mixed["How far"] == {"Rooms": "not the same in both rooms"}
    none = rows(in_rooms(("not applicable", "not seen", 1), ("not applicable", "not seen", 1), ("seen", "not seen", 1)))
    assert none["Dimensions"] == {
        "adoption": "none seen",
        "adherence": "none on level 3 or higher",
        "achievement": "from records",
    }
    alone = rows(in_rooms(("seen", "not applicable", 3), ("not applicable", "not applicable", 3)))
    assert alone["Dimensions"]["adoption"] == "left out: one room only"


def test_five_rooms_are_counted() -> None:
    """So many of so many that apply, over all rooms; an item that fewer rooms gave stays out of the count."""
    found = rows(in_rooms(*[("seen", "not applicable", 3)] * 4, ("not seen", "seen", 1)))
    assert found["Dimensions"]["adoption"] == "4 of 5 seen"
    assert found["Dimensions"]["adherence"] == "4 of 5 on level 3 or higher"
    assert found["How far"] == {"Rooms": "2, lived in 4 rooms; 1, begun in 1 room"}


def test_rooms_that_are_named_are_told_each() -> None:
    """And all of them together."""
    found = rows(named(in_rooms(("seen", "seen", 3), ("not seen", "seen", 1))))
    assert list(found["Dimensions"]) == ["Room 204", "Room 7", "All together"]
    assert found["Dimensions"]["Room 7"] == "adoption 1 of 2 seen; adherence 0 of 1 on level 3 or higher"


def test_where_observers_differ_what_they_agreed_on_counts() -> None:
    """Without a word on it the room is left out of that figure."""
    two = [observation(f"o{n}", f"s{n % 2}", name, protocol=ROOM, plan="seen", virtual="seen", steers=level)
           for n, (name, level) in enumerate((("Ada", 1), ("Ada", 3), ("Ben", 3)))]  # fmt: skip
    assert rows(named(picture(two, agreed={})))["Dimensions"]["Room 204"].endswith("adherence can't say yet")
    agreed = {("s0", "room", "steers"): Agreed(3, "", "g")}
    assert rows(named(picture(two, agreed=agreed)))["Dimensions"]["Room 204"].endswith("1 of 1 on level 3 or higher")


def test_one_room_alone_comes_to_nothing_that_is_told() -> None:
    """All of it would speak of one teacher."""
    (instrument,) = report(in_rooms(("seen", "seen", 3))).instruments
    assert instrument.came == ()


def test_page_and_sheet_tell_what_it_came_to() -> None:
    """Both with the rule; people's words are data."""
    protocol = replace(TALK, results=(replace(LEVEL, title="<b>How far</b> #let"),))
    found = [
        observation(f"t{n}", protocol=protocol, respondent=who, **answers(*SAY_A))
        for n, who in enumerate(("principal", "teacher"))
    ]
    made = report(picture(found))
    page = report_page(made).decode()
    assert "&lt;b&gt;How far&lt;/b&gt; #let" in page
    told = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))
    assert "Rule: A level holds when more than half of its answers count" in told
    assert report_pdf(made).startswith(b"%PDF")


# -- the table -------------------------------------------------------------------------------------------------------


def found(result: Result, *seen: Observation) -> list[dict[str, Any]]:
    """The rows of the table of results."""
    names = [name for name, _ in tables.RESULTS]
    return [dict(zip(names, row, strict=True)) for row in tables.results(tables.shown(picture(seen), ZONE))]


@pytest.mark.parametrize("result", [ARCHETYPE, READINESS, LEVEL])
def test_each_result_has_a_row_for_the_whole_and_one_for_each_group(result: Result) -> None:
    """With how many answers count, of how many, and what is open."""
    one = observation("t", protocol=replace(TALK, results=(result,)), respondent="principal", **answers(*SAY_A))
    whole, *groups = found(result, one)
    assert (whole["group"], whole["rule"], whole["answers"], whole["open"]) == (
        "",
        result.rule,
        4 if result is LEVEL else 6,
        0,
    )
    assert [row["group"] for row in groups] == ["a", "b", "c"]
    if result is not LEVEL:
        assert (groups[0]["counts"], groups[0]["answers"], groups[0]["named"]) == (2, 2, "yes")


def test_a_protocol_without_results_has_no_row() -> None:
    """And so no table."""
    assert found(ARCHETYPE, observation("t", protocol=TALK, respondent="principal", **answers(*SAY_A))) == []
