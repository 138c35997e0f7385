"""The roll's own rules: years, sums, the same credit twice, versions; figures themselves are `core.credit`'s."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.designation import Designation, explained, under_each
from plfacilitate.core.entry import Entry, canonical
from plfacilitate.core.roll.changes import NOTHING_NEW, because, changed
from plfacilitate.core.roll.issued import Issued, digest_of, lines_json, lines_of_json, next_version
from plfacilitate.core.roll.lines import Figures, RollLine, Spell, packed, unpacked
from plfacilitate.core.roll.look import looks
from plfacilitate.core.roll.offering import point_of
from plfacilitate.core.roll.tables import HEADER, row
from plfacilitate.core.roll.totals import NO_DESIGNATION, Totals, in_order, totals_of

MORNING = 28_359_990  # a minute of Wednesday, 6 December 2023


def line(series: str = "one", completed: str = "2023-12-06", **more: Any) -> RollLine:
    """Maria's line: 5.5 hours on a Wednesday."""
    given_ = {
        "in_service": f"PS-{series}",
        "designations": (),
        "figures": Figures(339, 550, "earned", 0),
        "codes": (),
        "title": f"Offering {series}",
        "plan": f"plan-{series}",
        "rule": "psesd 2026-1",
        "days": ((completed, 339),),
        "spells": (Spell(completed, MORNING, MORNING + 420),),
    } | more
    return RollLine(
        order=("alvarez", "maria"), person="maria", last_name="Alvarez", first_name="Maria", former_name="", email="",
        certificate="", school="", district="", series=series, office="psesd", completed=completed, earned_by_rule=550,
        explained="why", standing="", **given_,
    )  # fmt: skip


CREDITS: dict[str, Any] = {"codes": ("takes-credits",), "figures": Figures(1740, 0, "none", 60)}


def test_a_school_year_begins_in_september() -> None:
    """August belongs to the one before, and a century's end is written with two digits."""
    days = ["2023-08-31", "2023-09-01", "2024-08-31", "2099-09-01"]
    assert [line(completed=day).school_year for day in days] == ["2022-23", "2023-24", "2023-24", "2099-00"]
    assert line(completed="2023-09-01").year == 2023


def test_sums_say_what_was_earned_and_no_more() -> None:
    """An offering counts under each of its designations; what waits is in no sum; credits are counted, not added."""
    sums = totals_of(
        [
            line("one", designations=(Designation("STEM"), Designation("Equity"))),
            line("two", "2024-01-10", figures=Figures(180, 300, "earned", 0)),
            line("three", figures=Figures(60, 100, "pending", 0)),
            line("four", **CREDITS),
        ]
    )
    assert (sums.lines, sums.earned, sums.pending, sums.credits) == (4, 850, 100, 1)
    assert dict(sums.years) == {2023: 550, 2024: 300}
    assert dict(sums.school_years) == {"2023-24": 850}
    assert in_order(sums.designations) == [("Equity", 550), ("STEM", 550), (NO_DESIGNATION.name, 300)]


def test_a_designation_of_a_part_has_no_more_hours_than_the_part() -> None:
    """Nor more than the person has: two of six hours carry Equity, whoever has all of them or one and a half."""
    part = (Designation("STEM"), Designation("Equity", 200))
    sums = totals_of(
        [line("one", designations=part), line("two", designations=part, figures=Figures(90, 150, "earned", 0))]
    )
    assert in_order(sums.designations) == [("Equity", 350), ("STEM", 700)]
    assert dict(zip(HEADER, row(line(designations=part)), strict=True))["designations"] == "STEM, Equity (2.0 h)"


@given(st.lists(st.integers(0, 3000), max_size=4), st.integers(0, 3000))
def test_under_no_designation_stands_more_than_was_earned(parts: list[int], earned: int) -> None:
    """Nor more than the approval gives it, nor anything else than the smaller of the two."""
    designations = [Designation(str(at), part) for at, part in enumerate(parts)]
    assert under_each([*designations, Designation("whole")], earned) == [
        *((str(at), min(earned, part)) for at, part in enumerate(parts)),
        ("whole", earned),
    ]


def test_it_is_said_that_nobody_knows_which_part_was_missed() -> None:
    """Whoever has all approved hours was there for the part; of others it can't be said."""
    part = [Designation("STEM"), Designation("Equity", 200)]
    assert explained(part, 600, 600) == "Of these 2.0 h Equity: only a part carries it."
    some = "Of these at most 1.5 h Equity: only a part carries it, and they were not there for all of it."
    assert explained(part, 150, 600) == some
    assert (explained(part, 0, 600), explained([Designation("STEM")], 600, 600)) == ("", "")


def test_people_are_those_with_hours() -> None:
    """Who only waits, or takes credits, is none of them."""
    sums = Totals()
    sums.add_person([line()])
    sums.add_person([line(**CREDITS)])
    assert (sums.lines, sums.people) == (2, 1)


def codes(*lines: RollLine, cap: int | None = None) -> list[str]:
    """What should be looked at."""
    return [look.code for look in looks(lines, lambda rule: cap)]


def apart(series: str, day: str = "2024-01-10", **more: Any) -> RollLine:
    """A line of another day."""
    return line(series, day, **{"spells": (Spell(day, MORNING + 50_000, MORNING + 50_400),)} | more)


def test_one_in_service_number_twice_is_seen() -> None:
    """However it is written; without a number nothing is the same."""
    assert codes(line(in_service="PS-1"), apart("two", in_service="p s-1 ")) == ["same-number"]
    assert codes(line(in_service=""), apart("two", in_service="")) == []
    assert codes(line(in_service="PS-1"), apart("two", in_service="PS-2")) == []


def test_hours_and_credits_for_the_same_thing_are_seen() -> None:
    """By the number; or by the plan, within a school year."""
    assert codes(line(in_service="PS-1"), apart("two", in_service="PS-1", **CREDITS)) == ["hours-and-credits"]
    assert codes(line(plan="p"), apart("two", plan="p", **CREDITS)) == ["hours-and-credits"]
    assert codes(line(plan="p"), apart("two", "2024-09-10", plan="p", **CREDITS)) == []


def test_two_rooms_at_once_are_seen() -> None:
    """To the minute: leaving one as the other begins is no doubt."""
    half = line("two", spells=(Spell("2023-12-06", MORNING + 400, MORNING + 500),))
    (found,) = looks((line(), half))
    assert (found.code, found.series) == ("two-at-once", ("one", "two"))
    assert found.sentence.startswith("20 min in ")
    assert codes(line(), line("two", spells=(Spell("2023-12-06", MORNING + 420, MORNING + 500),))) == []


def test_a_day_over_the_offices_limit_is_seen_over_several_offerings() -> None:
    """One offering alone is the rule's own business."""
    other = apart("two", "2023-12-06", days=(("2023-12-06", 180),))
    assert codes(line(), other, cap=480) == ["day-over"]
    assert codes(line(), other, cap=519) == []
    assert codes(line(), other) == []
    assert codes(line(days=(("2023-12-06", 600),)), cap=480) == []


def test_who_got_nothing_claims_nothing_twice() -> None:
    """A line without hours is no second credit."""
    assert codes(line(in_service="PS-1"), apart("two", in_service="PS-1", figures=Figures(0, 0, "none", 0))) == []


def test_a_line_travels_between_processes_as_it_is() -> None:
    """Through JSON and back; and a row has a cell for every title."""
    one = line(
        was=Figures(300, 500, "earned", 0),
        since=("corrected",),
        designations=(Designation("STEM"), Designation("Equity", 200)),
    )
    assert unpacked(json.loads(json.dumps(packed(one)))) == one
    assert len(row(one)) == len(HEADER)


def test_a_change_says_before_after_and_why() -> None:
    """Who is the same is left out; a line of nothing is none; where nobody wrote anything, that is said."""
    same, less, nothing = Figures(60, 100, "earned", 0), Figures(30, 50, "earned", 0), Figures(0, 0, "none", 0)
    found = changed({"a": same, "b": same, "c": nothing}, {"a": same, "b": less, "d": same}, {"b": ["seen leaving"]})
    assert [(one.person, one.was, one.now, one.why) for one in found] == [
        ("b", same, less, ("seen leaving",)),
        ("d", None, same, (NOTHING_NEW,)),
    ]


def test_what_concerns_everybody_is_a_reason_for_each() -> None:
    """The event was closed: every line may change by it."""
    found = changed({"a": Figures(0, 0, "pending", 0)}, {"a": Figures(60, 100, "earned", 0)}, {"": ["closed"]})
    assert found[0].why == ("closed",)


def test_the_furthest_point_of_several_laptops_counts() -> None:
    """Device by device; where nobody handed in there is none."""
    handed_in = [("2023-12-06T20:00:00.000000Z", {"a": 5, "b": 2}), ("2023-12-05T20:00:00.000000Z", {"b": 9})]
    for order in (handed_in, handed_in[::-1]):
        point = point_of(order)
        assert point is not None
        assert (dict(point.as_of), point.at.day) == ({"a": 5, "b": 9}, 6)
    assert point_of([]) is None


figures = st.builds(
    Figures, st.integers(0, 500), st.integers(0, 900), st.sampled_from(["earned", "pending", "none"]), st.just(0)
)


@given(st.dictionaries(st.text(max_size=3), figures, max_size=4), st.randoms())
def test_a_version_is_issued_only_for_other_figures(lines: dict[str, Figures], order: Any) -> None:
    """In whatever order they stand; and what is kept is what was issued."""
    first = next_version(None, "s", lines, at="2023", by="clerk", as_of={"d": 3})
    assert first is not None
    shuffled = list(lines.items())
    order.shuffle(shuffled)
    assert next_version(first, "s", dict(shuffled), at="2024", by="clerk", as_of={"d": 4}) is None
    assert lines_of_json(lines_json(lines)) == lines
    more = {**lines, "new!": Figures(60, 100, "earned", 0)}
    second = next_version(first, "s", more, at="2024", by="clerk", as_of={"d": 4})
    assert second == Issued("s", 2, "2024", "clerk", {"d": 4}, more)
    assert second.digest == digest_of(more) != first.digest


def entry(kind: str, number: int, body: Any, *, replaces: tuple[str, ...] = (), person: str | None = "maria") -> Entry:
    """An entry of Ruth's."""
    at = f"2023-12-06T2{number}:31:00.000000Z"
    return Entry(
        0, f"e{number}", "d", number, at, "event", kind, person, "Ruth", "facilitator", at, replaces,
        canonical({"body": body}),
    )  # fmt: skip


def test_why_says_who_did_what_and_for_which_reason() -> None:
    """By the clock on the event's wall; of whoever the record is read as; nothing of a list that came in once more."""
    mark = entry("sign-out", 1, {}, person="her-other-record")
    new = [
        mark,
        entry("sign-out", 2, {"reason": "seen leaving"}, replaces=("e0",)),
        entry("undo", 3, {"undoes": "e1", "reason": "a slip"}, person=None),
        entry("person", 4, {"fields": {}}),
        entry("person", 5, {"fields": {}}, replaces=("e4",), person="wei"),
        entry("event-closed", 6, {}, person=None),
        entry("note", 7, {"text": "private"}),
        entry("erased", 8, {"ids": ["e9"], "reason": "they asked"}, person=None),
    ]
    found = because(new, new, {"her-other-record": "maria"}, ZoneInfo("America/Los_Angeles"))
    assert found == {
        "maria": (
            "sign-out 13:31 came in by Ruth",
            "sign-out set to 14:31 by Ruth: seen leaving",
            "sign-out 13:31 taken back by Ruth: a slip",
        ),
        "wei": ("the person's record was changed by Ruth",),
        "": ("the event was closed by Ruth", "entries were erased by Ruth: they asked"),
    }
