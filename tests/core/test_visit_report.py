"""The report of a visit: every figure worked out by hand, nothing that points at one teacher, and gaps that are said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from plfacilitate.core.protocol import Item, Section
from plfacilitate.core.report.absent import BLIND
from plfacilitate.core.report.instruments import ONE_ROOM, Finding
from plfacilitate.core.report.look_fors import NO_ITEM, SILENT
from plfacilitate.core.report.quotes import MOST
from plfacilitate.core.report.talks import ONE_ALONE
from plfacilitate.core.report.whole import NAMED, RULE, VisitReport, visit_report
from plfacilitate.core.visiting.fold import Agreed
from plfacilitate.core.visiting.observation import Bout, Notes, Observation
from plfacilitate.core.visiting.plan import Visit
from plfacilitate.core.visiting.veil import veil
from tests.visits import (
    BEGIN,
    LESSON,
    MADE_AT,
    SUMMARY,
    SYSTEM,
    VISIT,
    WAY,
    ZONE,
    at,
    few,
    lessons,
    named,
    observation,
    picture,
    report,
    talks,
)  # fmt: skip


def finding(item: str, of: VisitReport | None = None) -> Finding:
    """What is said on an item of the lesson."""
    parts = (of or report()).instruments[0].parts
    return next(one for part in parts for one in part.findings if one.id == item)


def said(item: str, of: VisitReport | None = None) -> str:
    """Its sentence."""
    return finding(item, of).said


_ASKS = Item("third", "tally", "Asks a peer")


# -- figures -----------------------------------------------------------------------------------------------------------


def test_the_head_counts_what_there_was() -> None:
    """Five of six rooms, two observers, six sheets of twenty minutes, three interviews, two lines in each of five."""
    found = report()
    assert (found.school, found.rooms, found.stops, found.observers) == ("Dimmitt Middle School", 5, 6, ("Ada", "Ben"))
    assert (found.observations, found.interviews, found.seconds, found.lines) == (6, 3, 6 * 20 * 60, 10)


def test_a_look_for_is_counted_in_rooms() -> None:
    """Six rooms: seen in the first, second, fourth and sixth, not in the third, not applicable in the fifth."""
    found = report(picture([*lessons(), observation("more", "s5", says="seen")]))
    assert said("says", found) == "Seen in 4 of 5 rooms. Not applicable in 1."
    assert [bar.share for bar in finding("says", found).bars] == [800]


def test_a_room_where_a_thing_could_not_be_does_not_make_a_figure_larger() -> None:
    """Five rooms, but not applicable in one: four are too few to say in how many."""
    assert said("says") == "Seen in some of the 4 rooms where it could be, not in all."
    one = [replace(each, notes=lessons()[4].notes) if n else each for n, each in enumerate(lessons()[:5])]
    found = report(picture(one))
    assert (said("says", found), len(finding("says", found).quotes)) == ("", 4)


def test_a_look_for_on_which_observers_differ_is_seen_nowhere() -> None:
    """Ben did not see it in the first room; with two rooms more five are left, and the difference is said."""
    ben = replace(lessons()[5], notes=lessons()[2].notes)
    five = [replace(one, notes=lessons()[3].notes) if one.id == "o4" else one for one in lessons()[:5]]
    found = report(picture([*five, ben, observation("more", "s5", says="seen")], agreed={}))
    assert said("says", found) == "Seen in 4 of 6 rooms. In 1 room the observers differ, and nothing was agreed."
    assert said("says", report(picture([*five, ben], agreed={}))) == (
        "Seen in some of the 4 rooms where it could be, not in all. Where observers differ, nothing was agreed."
    )


def test_where_observers_differ_in_every_room_that_is_said() -> None:
    """Two rooms, each seen by one and not by the other: nothing was seen in some of them."""
    marks = ("seen", "not seen")
    sheets = [
        observation(f"{who}{n}", f"s{n}", who, says=mark)
        for n in range(2)
        for who, mark in zip(("Ada", "Ben"), marks, strict=True)
    ]
    assert said("says", report(picture(sheets))) == (
        "Noted in 2 rooms, on which the observers differ; nothing was agreed."
    )


def test_what_holds_for_all_of_a_few_rooms_is_told() -> None:
    """Both, or none: that points at nobody."""
    assert said("says", report(few(2))) == "Seen in both rooms where it could be."
    absent = [replace(one, notes=lessons()[2].notes) for one in lessons()[:3]]
    assert said("says", report(picture(absent))) == "Seen in none of the 3 rooms."
    assert said("what", report(picture(absent, agreed={}))) == "Level 1 in all 3 rooms."
    elsewhere = [replace(one, notes=lessons()[4].notes) for one in lessons()[:3]]
    assert said("says", report(picture(elsewhere))) == "Not applicable anywhere."


def test_glances_that_tick_are_shares_of_the_glances() -> None:
    """Ten glances; at work was ticked in all of them, something else in none but the first room's two."""
    (sweep,) = (item for item in LESSON.items if item.id == "sweep")
    items = tuple(replace(item, capture="tick") if item is sweep else item for item in LESSON.sections[1].items)
    protocol = replace(LESSON, sections=(LESSON.sections[0], replace(LESSON.sections[1], items=items)))
    sheets = [
        observation(f"g{n}", f"s{n}", protocol=protocol, sweep=[{"on": 1, "off": int(n == 0)}] * 2) for n in range(5)
    ]
    found = finding("sweep", report(picture(sheets)))
    assert found.said == "10 glances in 5 rooms: At work 100 %, Does something else 20 %."
    assert [bar.said for bar in found.bars] == ["100 % · 10 of 10 glances", "20 % · 2 of 10 glances"]


def test_what_never_happened_is_told_and_what_nobody_noted_is_named() -> None:
    """A tally of none and a state that never was say something; an empty look-for says nothing."""
    sheets = [observation(f"n{n}", f"s{n}", heads=n) for n in range(5)]
    part = report(picture(sheets, agreed={})).instruments[0].parts
    assert [one.said for one in part[1].findings] == [
        "Not once in 100 minutes of watching.", "Not once in 100 minutes of watching.",
        "At no time in 100 minutes of watching.", "At no time in 100 minutes of watching.",
    ]  # fmt: skip
    assert part[0].unnoted == (
        "Student says what to do next", "What: topic and text", "What hangs on the walls",
        "What is said about what students can do",
    )  # fmt: skip
    assert part[1].unnoted == ("Sweep",)


def test_a_rating_is_a_distribution_with_the_words_of_its_levels() -> None:
    """Agreed 2 in the first room, then 3, 1, 2, 3: one, two and two rooms; sorted 1 2 2 3 3, the middle is 2."""
    found = finding("what")
    assert found.said == "Level 1 in 1 room, level 2 in 2 rooms and level 3 in 2 rooms. Median: 2."
    assert [(bar.label, bar.said, bar.share) for bar in found.bars] == [
        ("1 · Teacher names topic and text.", "1 of 5", 200),
        ("2 · Student picks from a list.", "2 of 5", 400),
        ("3 · Student proposes a question.", "2 of 5", 400),
    ]


def test_observers_who_differ_put_a_room_into_no_level() -> None:
    """Without the agreed value the first room is 1 and 2; of six rooms five are left, 3 1 2 3 3, the middle is 3."""
    found = report(picture([*lessons(), observation("more", "s5", what=3)], agreed={}))
    assert said("what", found) == (
        "Level 1 in 1 room, level 2 in 1 room and level 3 in 3 rooms. Median: 3."
        " In 1 room the observers differ, and nothing was agreed."
    )
    assert "1 score on which observers of one room differ without an agreed one." in found.absent
    assert said("what", report(picture(agreed={}))) == (
        "From level 1 to level 3 in 4 rooms. Where observers differ, nothing was agreed."
    )


def test_a_level_that_nobody_marked_is_not_listed() -> None:
    """Two rooms, one at 1 and one at 3: both ends and nothing between them."""
    sheets = [observation("x", "s0", what=1), observation("y", "s1", what=3)]
    found = finding("what", report(picture(sheets, agreed={})))
    assert found.said == "From level 1 to level 3 in 2 rooms."
    assert [bar.label[0] for bar in found.bars] == ["1", "3"]


def test_students_come_in_whole_numbers() -> None:
    """Fifteen by Ada, sixteen by Ben: between both, never a half of one."""
    sheets = [
        observation("x", "s0", heads=15),
        observation("y", "s0", "Ben", heads=16),
        observation("z", "s1", heads=10),
    ]
    assert said("heads", report(picture(sheets))) == "25 to 26 in 2 rooms together: about 13 a room."
    five = [*sheets, *(observation(f"n{n}", f"s{n}", heads=20) for n in range(2, 5))]
    assert said("heads", report(picture(five))) == "From 10 to 20 in 5 rooms; median 20."
    assert said("heads", report(named(picture(sheets[:2])))) == "15 to 16 in the one room."


def test_counts_of_two_observers_are_one_room() -> None:
    """The first room is 4 and 6, so 5; then 9 6 7 5: sorted 5 5 6 7 9."""
    assert said("heads") == "From 5 to 9 in 5 rooms; median 6."


def test_answers_of_a_choice_are_counted_in_rooms() -> None:
    """Work in the first, second and fifth; rules in the second and third; data in the fourth."""
    found = finding("wall")
    assert found.said == "Student work in 3; Bought rules in 2; Progress charts in 1 of 5 rooms."
    assert [(bar.label, bar.said) for bar in found.bars] == [
        ("Student work", "3 of 5"), ("Bought rules", "2 of 5"), ("Progress charts", "1 of 5"),
    ]  # fmt: skip


def test_a_tally_is_a_rate_over_all_minutes_of_watching() -> None:
    """Two taps in two of five rooms: 4 in 100 minutes, 0.4 in ten. Three each in five: 15, so 1.5."""
    found = report(picture(lessons()[:5]))
    assert said("why", found) == "Noted 4 times in 100 minutes of watching: 0.4 in ten minutes. In 2 of 5 rooms."
    assert said("fact", found) == "Noted 15 times in 100 minutes of watching: 1.5 in ten minutes. In 5 of 5 rooms."
    assert [finding(item, found).bars[0].share for item in ("why", "fact")] == [266, 1000]


def test_what_two_counted_in_one_room_is_never_added_up() -> None:
    """Ben was in the first room, too: what both heard is a rate, 18 in six times twenty minutes, and no sum."""
    assert said("fact") == "1.5 times in ten minutes of watching, as each observer counted. In 5 of 5 rooms."
    assert said("fact", report(few(2))) == "1.5 times in ten minutes of watching, as each observer counted."


def test_tallies_of_one_instrument_have_one_scale() -> None:
    """One section has a tally of 15, another one of 5: a third as long, not as long as the longest of its section."""
    apart = replace(LESSON, sections=(
        *LESSON.sections, Section("more", "More", items=(Item("third", "tally", "Asks a peer"),)),
    ))  # fmt: skip
    sheets = [replace(one, protocol=apart, notes={**one.notes, "third": Notes(taps=(at(1),))}) for one in lessons()[:5]]
    found = report(picture(sheets))
    assert [finding(item, found).bars[0].share for item in ("fact", "third")] == [1000, 333]


def test_a_state_is_a_share_of_the_time() -> None:
    """Ten of every twenty minutes, and four of them."""
    assert said("teacher") == "50 % of the time: 60 minutes of 120 minutes of watching."
    assert said("student") == "20 % of the time: 24 minutes of 120 minutes of watching."


def test_glances_are_added_up_and_told_as_shares() -> None:
    """Two glances in each of five rooms: 33 of 40 at work each time, 165 of 200 in all."""
    found = finding("sweep")
    assert found.said == (
        "10 glances in 5 rooms, 200 looks at a student in all: At work 82 %, Does something else 18 %."
    )
    assert [(bar.label, bar.said, bar.share) for bar in found.bars] == [
        ("At work", "82 % · 165 of 200 looks", 825),
        ("Does something else", "18 % · 35 of 200 looks", 175),
    ]


def test_evidence_is_quoted_under_its_item_with_room_and_minute() -> None:
    """From each room in turn, and the words that were written in place of an answer."""
    found = report(picture([*lessons(), observation("more", "s5", expects="Who has another way?")]))
    assert [quote.where for quote in finding("what").quotes] == [f"Room {letter}, minute 4" for letter in "BCDE"]
    assert finding("what").more == 1
    assert finding("expects", found).said == "Words from 2 rooms."
    assert finding("expects", found).quotes[0] == ("You can all prove it, says T.", "Room A, minute 3")


def test_what_two_wrote_down_of_one_moment_is_quoted_once() -> None:
    """Within a minute on one item in one room: the first of both. Later, or in another room, it is another event."""

    def line(minute: float, text: str) -> tuple[float, str, tuple[str, ...]]:
        return minute, text, ("why",)

    sheets = [
        observation("a", "s0", lines=[line(3, "T: why so?"), line(9, "T: and why now?")]),
        observation("b", "s0", "Ben", lines=[line(4, "T asks why"), line(12, "T: because?")]),
        observation("c", "s1", lines=[line(3, "S2: why?")]),
        observation("d", "s1", "Ben", lines=[line(14, "T: go on")]),
    ]
    found = finding("why", report(picture(sheets)))
    assert [tuple(one) for one in found.quotes] == [
        ("S2: why?", "minute 3"), ("T: why so?", "minute 3, noted by two"), ("T: and why now?", "minute 9"),
        ("T: go on", "minute 14"),
    ]  # fmt: skip
    assert found.more == 1


@pytest.mark.parametrize("rooms", [2, 5], ids=["a few rooms", "rooms with letters"])
def test_that_two_noted_a_thing_does_not_name_the_one_room_with_two_observers(rooms: int) -> None:
    """The school has on paper where two of the team went; where rooms are named it is said."""
    sheets = [observation(f"x{n}", f"s{n}", lines=[(3, f"S{n}: why?", ("why",))]) for n in range(rooms)]
    sheets += [observation("b", "s0", "Ben", lines=[(3, "S0 asks why", ("why",))])]
    shown = picture(sheets)
    assert not [quote for quote in finding("why", report(shown)).quotes if "noted by" in quote.where]
    assert [quote for quote in finding("why", report(named(shown))).quotes if "noted by two" in quote.where]


def test_no_room_is_mute() -> None:
    """Where not all rooms fit under an item, each item begins with another one."""
    quoted = [quote.where[:6] for item in ("says", "what", "why") for quote in finding(item).quotes]
    assert {f"Room {letter}" for letter in "ABCDE"} == set(quoted)
    assert len(quoted) == 3 * MOST


def test_five_hundred_lines_stay_readable() -> None:
    """A few of each room, and how many more there are."""
    lines = [(minute / 50, f"S{minute}: line {minute}", ("why",)) for minute in range(500)]
    found = finding("why", report(picture([*lessons(), observation("long", "s5", lines=lines)])))
    assert len(found.quotes) == MOST
    assert found.more == 505 - MOST
    assert [quote.where[:6] for quote in found.quotes] == [f"Room {letter}" for letter in "CDEF"]


def test_interviews_stand_side_by_side() -> None:
    """By what people do; two of one kind are numbered; how far apart they are is said, element by element."""
    (found,) = report().talks
    assert found.asked == ("principal", "teacher leader 1", "teacher leader 2")
    vision, plan = found.areas[0].elements
    assert vision.said == "Principal at 4, teacher leader 1 at 1: 3 steps apart."
    assert plan.said == "Principal at 2, teacher leader 1 at 2: the same step."
    assert vision.quotes == (("It hangs in the hall.", "principal"), ("Which vision?", "teacher leader 2"))
    assert found.said == "2 elements placed by two or more: the same step for 1. Furthest apart (3 steps): Vision."
    assert found.unanswered == ("Budget",)


@pytest.mark.parametrize(
    "asked",
    [
        [observation("t", protocol=SYSTEM, respondent="teacher", vision=(2, "Only I."))],
        [observation(f"t{n}", "s2", protocol=SYSTEM, respondent=f"S{n}", vision=(2, "Only I.")) for n in range(2)],
    ],
    ids=["one teacher", "one room"],
)
def test_who_was_asked_alone_is_not_told_of(asked: list[Observation]) -> None:
    """One teacher, or two students of one room: neither level nor words; where rooms are named both are."""
    (found,) = report(picture([*lessons(), *asked])).talks
    assert (found.areas, found.withheld) == ((), ONE_ALONE)
    assert "Only I." not in json.dumps(report(picture([*lessons(), *asked])).to_json())
    assert report(named(picture([*lessons(), *asked]))).talks[0].areas


def test_an_element_that_one_room_alone_answered_is_left_out() -> None:
    """Two rooms were asked: what both gave is told, what one gave is counted; beside the way it is told by the role."""
    asked = [
        observation("t0", "s0", protocol=SYSTEM, respondent="S1", vision=(2, "We see it."), plan=(3, "Only here.")),
        observation("t1", "s1", protocol=SYSTEM, respondent="S1", vision=(1, "Which one?")),
        observation("t2", protocol=SYSTEM, respondent="principal", money=(4, "I do.")),
    ]
    found = report(picture(asked)).talks[0]
    assert [one.id for area in found.areas for one in area.elements] == ["vision", "money"]
    assert (found.left_out, found.unanswered) == (1, ())
    assert "Only here." not in json.dumps(report(picture(asked)).to_json())
    assert report(named(picture(asked))).talks[0].left_out == 0


def test_how_many_answered_is_said_where_there_is_no_ladder() -> None:
    """Two of the three who were asked; of one alone nothing needs to be said."""
    tour = replace(SYSTEM, levels=())
    asked = [
        observation("t1", protocol=tour, respondent="S1", vision=(None, "Here."), plan=(None, "All.")),
        observation("t2", protocol=tour, respondent="S2", vision=(None, "There.")),
        observation("t3", protocol=tour, respondent="S3", plan=(None, "None.")),
    ]
    (area,) = report(picture(asked)).talks[0].areas
    assert [one.said for one in area.elements] == ["Answered by 2 of 3.", "Answered by 2 of 3."]
    team = observation("t1", protocol=tour, respondent="leadership team", vision=(None, "Here."))
    assert report(picture([team])).talks[0].areas[0].elements[0].said == ""


def test_a_grade_that_one_host_alone_teaches_names_no_room() -> None:
    """The school has the way on paper: it goes out of the words and of whom one calls who was asked; what two teach stays."""
    way = tuple(
        replace(stop, grade=grade) for stop, grade in zip(WAY, ("5", "4 and 5", "3", "K", "1", "Grade 12"), strict=True)
    )
    words = "S1, a third grader, and grade 4; 12th-graders in Grade 12, kindergarten, 3rd grade, grade 5, fifth graders, 12 pens, grade 33"
    sheets = [observation(f"x{n}", f"s{n}", lines=[(n, words, ("why",))]) for n in range(2)]
    asked = [
        observation(f"t{n}", protocol=SYSTEM, respondent=who, vision=2)
        for n, who in enumerate(("two students of grade 3", "students of grade 5", "third graders", "grade 4"))
    ]
    found = report(picture([*sheets, *asked], replace(VISIT, stops=way), {}))
    assert finding("why", found).quotes[0].text == (
        "S1, a [grade], and [grade]; [grade] in [grade], [grade], [grade], grade 5, fifth graders, 12 pens, grade 33"
    )
    assert found.talks[0].asked == ("two students", "students of grade 5", "somebody 1", "somebody 2")


@pytest.mark.parametrize(
    "grade, named", [("6-8", "6 7 8"), ("K–2", "K 1 2"), ("9 to 12", "9 10 11 12"), ("4 and 6", "4 6"), ("Grade 3", "3"), ("", "")]
)  # fmt: skip
def test_a_stop_of_several_grades_has_all_of_them(grade: str, named: str) -> None:
    """Whatever lies between the first and the last goes out of the words, and no other."""
    hidden = veil(replace(VISIT, stops=(replace(WAY[0], grade=grade), *(replace(stop, grade="5") for stop in WAY[1:]))))
    gone = [one for one in ("K", *map(str, range(1, 13))) if hidden(f"in grade {one} today") != f"in grade {one} today"]
    assert " ".join(gone) == named


def test_a_team_that_was_asked_together_is_told_of() -> None:
    """Nobody of it is the one who spoke."""
    asked = observation("t", protocol=SYSTEM, respondent="leadership team", vision=(2, "We."))
    (found,) = report(picture([asked])).talks
    assert (found.withheld, found.areas[0].elements[0].said) == ("", "Leadership team at 2.")


def test_a_role_that_one_alone_has_is_taken_out_like_a_name() -> None:
    """Of the library, of the one lesson of art, or written beside the host's name; what two are stays."""
    way = (
        replace(WAY[2], host="Ms. Long, media lead"), replace(WAY[0], subject="Art"), replace(WAY[1], host="Tom Ojeda, teacher"),
        replace(WAY[3], host="Wei Chen, chemistry lead"), replace(WAY[4], host="Ana Silva, chemistry lead"),
    )  # fmt: skip
    words = "Librarian: look; the media lead and the art teacher nod, a chemistry lead, a teacher, the chemistry teacher, art"
    sheets = [observation(f"x{n}", f"s{n}", lines=[(n, words, ("why",))]) for n in range(2)]
    asked = [
        observation(f"t{n}", protocol=SYSTEM, respondent=who, vision=2) for n, who in enumerate(("librarian", "coach"))
    ]
    found = report(picture([*sheets, *asked], replace(VISIT, stops=way), {}))
    assert finding("why", found).quotes[0].text == (
        "[teacher]: look; the [teacher] and the [teacher] nod, a chemistry lead, a teacher, the chemistry teacher, art"
    )
    assert found.talks[0].asked == ("somebody", "coach")


@pytest.mark.parametrize(
    "typed, called",
    [
        ("principal", "principal"), ("two students of grade 5", "two students of grade 5"), ("S1, S2", "S1, S2"),
        ("Teacher leader", "Teacher leader"), ("Maria Lopez", "somebody"), ("maria, a teacher", "somebody"), ("", "somebody"),
    ],
)  # fmt: skip
def test_who_was_asked_is_called_by_what_they_do(typed: str, called: str) -> None:
    """A word that no role has may be a name."""
    asked = [observation("t", protocol=SYSTEM, respondent=typed, vision=2)]
    assert report(picture(asked)).talks[0].asked == (called,)
    assert report(named(picture(asked))).talks[0].asked == (typed or "somebody",)


def test_look_fors_find_the_items_that_speak_to_them() -> None:
    """By facet, by name, and one that nothing speaks to."""
    facet, item, nothing = report().look_fors
    assert (facet.how, [one.item for one in facet.spoken]) == (
        "Items that speak to it:", ["Student says what to do next", "What: topic and text"],
    )  # fmt: skip
    assert (item.how, [one.said for one in item.spoken]) == (
        "The item that it names:", ["Seen in some of the 4 rooms where it could be, not in all."],
    )  # fmt: skip
    assert (nothing.how, nothing.spoken) == (NO_ITEM, ())


def test_look_fors_find_items_that_share_their_words() -> None:
    """Two words, or one that few items have; none that stands in every item."""
    texts = ("Walls and what students hang on them", "Loud walls", "What students work on", "Who asks whom")
    two, one, common, asks = report(picture(visit=replace(VISIT, look_fors=texts))).look_fors
    for found in (two, one):
        assert (found.how, [each.item for each in found.spoken]) == (
            "Items that share its words:", ["What hangs on the walls"],
        )  # fmt: skip
    assert [each.item for each in asks.spoken] == ["Asks why", "Asks for a fact"]
    assert common.spoken == ()
    third = replace(LESSON, sections=(replace(LESSON.sections[1], items=(*LESSON.sections[1].items, _ASKS)),))
    sheets = [observation(f"x{n}", f"s{n}", protocol=third) for n in range(5)]
    assert not report(picture(sheets, replace(VISIT, look_fors=texts), {})).look_fors[3].spoken


def test_look_fors_find_what_people_were_asked() -> None:
    """By the words of a prompt; `pace`, `way` and `how` count although they are short."""
    (budget, vision) = report(picture(visit=replace(VISIT, look_fors=("What the budget pays", "Vision")))).look_fors
    assert (budget.how, budget.spoken) == (SILENT, ())
    assert [(one.item, one.instrument) for one in vision.spoken] == [("Vision", "Where the work stands")]
    pace = Item("pace", "look-for", "Sets the pacing")
    how = Item("how", "look-for", "How it is shown")
    protocol = replace(LESSON, sections=(Section("one", "One", items=(pace, how)),))
    sheets = [observation(f"x{n}", f"s{n}", protocol=protocol, pace="seen", how="seen") for n in range(2)]
    texts = ("Who sets the pace", "How they show it", "In which way")
    by_pace, by_how, by_way = report(picture(sheets, replace(VISIT, look_fors=texts), {})).look_fors
    assert [one.item for one in by_pace.spoken] == ["Sets the pacing"]
    assert [one.item for one in by_how.spoken] == ["How it is shown"]
    assert by_way.how == NO_ITEM


def test_a_look_for_whose_items_may_not_be_told_says_so() -> None:
    """One room alone: there is an item with its words, and nothing is told of it."""
    shown = picture(lessons()[:1], replace(VISIT, look_fors=("Walls", "Robots dance")), {})
    assert [one.how for one in report(shown).look_fors] == [SILENT, NO_ITEM]


def test_attributes_and_facets_gather_what_speaks_to_them() -> None:
    """Across instruments and interviews, each with its own sentence, and no number made of several."""
    lenses = {one.title: [(each.item, each.instrument) for each in one.spoken] for one in report().lenses}
    assert lenses["who chooses"] == [("Student says what to do next", "A lesson"), ("What: topic and text", "A lesson")]
    assert lenses["flexible learning environments"] == [("Rollout", "Where the work stands")]
    assert "culture and identity" not in lenses


def test_two_who_saw_the_same_are_compared_in_one_sentence() -> None:
    """One room with two sheets: the look-for alike, the rating one level apart, all three pictures on the wall alike."""
    sentence = report().instruments[0].agreement
    assert sentence == (
        "In 1 room two or more watched the same lesson. Look-fors: 1 of 1 the same; ratings of 3 levels: 0 of 1 the"
        " same, 1 of 1 within one level; choices, answer by answer: 3 of 3 the same, 1 of 1 ticked by both."
        " Fewer than 20 pairs: too few to say more."
    )
    assert report(picture(lessons()[:5])).instruments[0].agreement == ""


def test_three_who_saw_the_same_are_compared_once() -> None:
    """All pairs of the three, and none of them a second time."""
    sheets = [
        observation(f"x{who}", "s0", who, says="seen", what=level) for who, level in (("A", 1), ("B", 1), ("C", 3))
    ]
    (found,) = report(picture(sheets, agreed={})).instruments
    assert "Look-fors: 3 of 3 the same" in found.agreement
    assert "ratings of 3 levels: 1 of 3 the same, 1 of 3 within one level" in found.agreement


def test_one_observer_with_two_versions_of_a_sheet_counts_with_both() -> None:
    """The second is no second try of the first: versions are told one by one."""
    sheets = [observation("x", "s0", says="seen"), observation("y", "s0", protocol=replace(LESSON, title="Changed"))]
    found = report(picture(sheets, agreed={}))
    assert found.observations == 2
    assert len(found.instruments) == 2
    assert not [one for one in found.absent if "anew" in one]


def test_versions_of_a_protocol_are_never_put_together() -> None:
    """Another word in the protocol is another instrument with its own figures."""
    other = replace(LESSON, purpose="To see something else.")
    found = report(picture([*lessons(), observation("v2", "s5", protocol=other, says="seen")]))
    assert [(one.id, one.said) for one in found.instruments] == [
        ("lesson", "5 rooms · 2 observers · 120 minutes of watching"),
        ("lesson", "1 room · 1 observer · 20 minutes of watching"),
    ]
    assert len({one.version for one in found.instruments}) == 2


def test_what_the_team_wrote_stands_under_its_titles_in_order() -> None:
    """Adoption and adherence apart; what nobody wrote is there, too, and empty; other parts follow."""
    assert [one.text for one in report().written] == list(SUMMARY.values())
    found = report(picture(summary={"next": "Go on.", "thanks": "To all."})).written
    assert [(one.name, one.text) for one in found] == [
        ("patterns", ""), ("adoption", ""), ("adherence", ""), ("next", "Go on."), ("thanks", "To all."),
    ]  # fmt: skip


# -- nobody is pointed at ----------------------------------------------------------------------------------------------


def test_fewer_than_five_rooms_are_told_together() -> None:
    """Three rooms: no counts of rooms, no letters; sums, rates and shares of all three stand."""
    found = report(few(3)._replace(agreed={("s0", "lesson", "what"): Agreed(2, "", "g")}))
    assert said("says", found) == "Seen in some of the 3 rooms where it could be, not in all."
    assert said("what", found) == "From level 1 to level 3 in 3 rooms."
    assert {(bar.said, bar.share) for bar in finding("what", found).bars} == {("", None)}
    assert said("heads", found) == "20 in 3 rooms together: about 7 a room."
    assert said("wall", found) == "In 3 rooms together: Student work; Bought rules."
    assert not finding("wall", found).bars
    assert said("why", found) == "0.6 times in ten minutes of watching, as each observer counted."
    assert {quote.where for quote in finding("what", found).quotes} == {"minute 4"}
    assert "Room" not in json.dumps(found.to_json()["instruments"])


def figures(of: VisitReport) -> object:
    """All that is told of instruments, in its order."""
    return [
        (one.said, one.agreement, one.withheld,
         one.left_out, [(part.unnoted, [(each.said, each.bars, each.quotes) for each in part.findings])
          for part in one.parts])
        for one in of.instruments
    ]  # fmt: skip


@pytest.mark.parametrize("order", [*permutations(range(4))])
def test_of_few_rooms_nobody_can_tell_which_was_which(order: tuple[int, ...]) -> None:
    """Whichever of four rooms had which lesson: the same report, to the last word."""
    moved = [
        replace(one, stop=f"s{order[int(one.stop[1:])]}")
        for one in lessons()
        if one.stop != "s4"
    ]  # fmt: skip
    assert figures(report(picture(moved, agreed={}))) == figures(report(few(4)))


def test_of_few_rooms_nobody_can_tell_how_many() -> None:
    """Seen in one of three or in two of them: the same sentence."""
    seen, absent = lessons()[0].notes["says"], lessons()[2].notes["says"]
    told = set()
    for marks in ((seen, absent, absent), (seen, seen, absent), (absent, seen, absent)):
        sheets = [replace(one, notes={"says": mark}) for one, mark in zip(lessons(), marks, strict=False)]
        told.add(said("says", report(picture(sheets))))
    assert told == {"Seen in some of the 3 rooms where it could be, not in all."}


def test_fewer_than_five_rooms_hide_no_room_behind_an_undecided_one() -> None:
    """Two rooms with a level and one on which observers differ: from level to level, and that they differ."""
    assert (
        said("what", report(few(3)))
        == "From level 1 to level 3 in 2 rooms. Where observers differ, nothing was agreed."
    )
    assert said("what", report(few(2))) == "Noted in 2 rooms, on which the observers differ; nothing was agreed."


def test_one_room_is_told_nothing_of() -> None:
    """Neither figures nor words; that something was seen is said."""
    found = report(few(1))
    assert (found.instruments[0].parts, found.instruments[0].withheld) == ((), ONE_ROOM)
    assert all(not one.spoken for one in found.look_fors)
    assert not found.lenses
    assert "may decide" not in json.dumps(found.to_json())


def test_an_instrument_of_few_rooms_has_no_letters_in_a_visit_to_many() -> None:
    """Five rooms with one, two of them with another: these two are told of together and without a letter."""
    other = replace(LESSON, id="other", title="Another")
    sheets = [observation(f"x{n}", f"s{n}", protocol=other, what=2, lines=[(1, "a", ("what",))]) for n in range(3)]
    found = report(picture([*lessons(), *sheets[:2]], agreed={})).instruments
    assert [one.withheld for one in found] == ["", ""]
    assert {quote.where for quote in found[1].parts[0].findings[0].quotes} == {"minute 1"}
    assert report(picture([*lessons(), sheets[0]])).instruments[1].withheld == ONE_ROOM


@pytest.mark.parametrize("item", ["says", "what", "heads", "wall", "expects", "why", "fact", "teacher", "sweep"])
@pytest.mark.parametrize("rooms", [3, 5])
def test_what_one_room_alone_gave_is_not_told(item: str, rooms: int) -> None:
    """Whatever kind it is of, figure and words, in a visit to three rooms as to five; that there was some is said once."""
    full = replace(lessons()[0], notes={**lessons()[0].notes, **lessons()[5].notes})
    quiet = [observation(f"n{n}", f"s{n}", lines=[]) for n in range(rooms)]
    line = lessons()[0].lines[0]._replace(text="T: only here", items=(item,))
    alone = replace(full, stop="s1", id="x", notes={item: full.notes[item]}, lines=(line,))
    found = report(picture([quiet[0], alone, *quiet[2:]], agreed={}))
    assert item not in {one.id for one in told(found)}
    assert found.instruments[0].left_out == 1
    assert all(one.item != item for lens in found.lenses for one in lens.spoken)
    assert "only here" not in json.dumps(found.to_json())
    assert "prove it" not in json.dumps(found.to_json())


def test_words_of_one_room_are_left_out_beside_a_figure_of_all() -> None:
    """All five were counted, and one observer wrote something beside it: the figure is told, the words are not."""
    sheets = [observation(f"n{n}", f"s{n}", heads=(n, "three at one table" if n == 2 else "")) for n in range(5)]
    found = report(picture(sheets, agreed={}))
    assert (finding("heads", found).quotes, found.instruments[0].left_out) == ((), 1)


def told(of: VisitReport) -> list[Finding]:
    """All findings that are told."""
    return [one for instrument in of.instruments for part in instrument.parts for one in part.findings]


def test_glances_of_few_rooms_are_not_broken_down() -> None:
    """However many there are: four rooms with two glances each are eight, and no share is told."""
    for rooms, glances in ((2, 4), (4, 8)):
        found = finding("sweep", report(picture(lessons()[:rooms])))
        assert found.said == f"{glances} glances in {rooms} rooms together: At work; Does something else."
        assert not found.bars


def test_named_rooms_are_told_by_name_and_time_of_day() -> None:
    """Where that was agreed, one room is told of as well."""
    found = report(named(few(1)))
    assert said("says", found) == "Seen in 1 of 1 room."
    assert finding("why", found).quotes[0].where == "Room 204, 9:01"
    assert (report().rule, found.rule) == (RULE, NAMED)


def test_quotes_follow_the_letters_and_not_the_way() -> None:
    """Another event, other letters: quotes and missing rooms come in the order of theirs."""
    shown = picture()._replace(visit=replace(VISIT, event="another event"))
    assert shown.visit is not None
    found = report(shown)
    where = [quote.where for quote in finding("what", found).quotes]
    assert where == sorted(where)
    assert [shown.visit.label(f"s{n}") for n in range(6)] != [f"Room {letter}" for letter in "ABCDEF"]
    assert found.absent[0].endswith(f"({shown.visit.label('s5')}).")


def test_names_of_the_way_are_in_no_text() -> None:
    """Hosts, rooms, subjects and grades of the way, whoever wrote them where; without accents and in small letters too."""
    words = "garcia asks; Mr. Tom MULLER-OJEDA in room 7, the library, Ms. Long for long, Rosa's portable b, Vandermeer"
    one = observation("x", "s5", says=("seen", words), expects=words, lines=[(1, words, ("why",))])
    asked = observation("y", protocol=talks()[0].protocol, respondent="Iris Vandermeer", vision=(3, words))
    shown = picture([*lessons(), one, *talks(), asked], replace(VISIT, purpose=words, look_fors=(words,)), {},
                    dict.fromkeys(SUMMARY, words))  # fmt: skip
    text = json.dumps(report(shown, title=f"Visit {words}").to_json(), ensure_ascii=False)
    for name in ("garcia", "tom", "ojeda", "library", "rosa", "portable", "vandermeer", "chemistry", "grade 11", "204",
                 "room 7", "ms. long"):  # fmt: skip
        assert name not in text.casefold(), name
    assert "[teacher] for long" in text
    assert "somebody" in text


def test_names_of_the_way_stay_where_rooms_are_named() -> None:
    """What observers wrote is left alone then."""
    one = observation("x", "s5", expects="Kofi asks again.")
    assert "Kofi asks again." in json.dumps(report(named(picture([*lessons(), one]))).to_json())


def test_observers_are_named_once_and_never_beside_a_score() -> None:
    """Both names stand in the head and nowhere else."""
    parts = report().to_json()
    assert parts.pop("observers") == ("Ada", "Ben")
    assert "Ada" not in json.dumps(parts)
    assert '"Ben' not in json.dumps(parts)


# -- what is not there -------------------------------------------------------------------------------------------------


def test_who_noted_nothing_is_no_observer() -> None:
    """The head counts those whose notes the report rests on, interviewers among them."""
    begun = [observation("x", "s0", says="seen"), observation("y", "s1", "Ben", lasts=None)]
    asked = observation("t", observer="Cem", protocol=SYSTEM, respondent="principal", vision=2)
    assert report(picture([*begun, asked], agreed={})).observers == ("Ada", "Cem")


def test_an_empty_visit_says_that_it_is_empty() -> None:
    """Nothing but the head, the look-fors without anything, and the stops nobody saw."""
    found = report(picture([], agreed={}, summary={}))
    assert found.empty
    assert (found.instruments, found.talks, found.lenses) == ((), (), ())
    assert found.absent == ("6 of 6 stops: nobody observed there (Room A, Room B, Room C, Room D, Room E and 1 more).",)
    assert not report().empty


def test_a_visit_that_nobody_announced_is_told_all_the_same() -> None:
    """The event's place stands in for the school, and each sheet counts as a room of its own."""
    found = report(picture(visit=None))
    assert (found.school, found.stops, found.rooms) == ("Renton", 0, 6)
    assert found.absent[0].startswith("Nobody announced where this visit goes")


def test_what_is_missing_is_said() -> None:
    """Stops, sheets without an end, stopwatches that ran on, sheets off the way, begun twice, empty, from paper."""
    bouts = {"teacher": Notes(bouts=(Bout(at(0), at(20), by_rule=True),))}
    sheets = [
        replace(lessons()[0], notes={**lessons()[0].notes, **bouts}, ended_at=None),
        observation("again", "s0", begins=100, says="seen"),
        observation("off", "", "Ben", says="seen"),
        observation("none", "s1", "Ben", lasts=None),
        observation("paper", "s2", "Ben", means="paper", lasts=1, says="seen"),
    ]
    found = report(picture(sheets, agreed={})).absent
    for sentence in (
        "4 of 6 stops: nobody observed there (Room B, Room D, Room E and Room F).",
        "1 observation of a room that is not on the way; each counts as a room of its own.",
        "1 observation was begun, and nothing was noted: not counted.",
        "1 observation was begun anew by the same observer: the last counts.",
        "1 observation keyed in from paper: counted as long as was planned.",
    ):
        assert sentence in found, (sentence, found)
    alone = report(picture(sheets[:1], agreed={})).absent
    assert "1 observation was not ended: counted up to the last note." in alone
    assert "In 1 observation a stopwatch still ran at the end and was stopped with it." in alone


def test_sheets_that_are_left_out_name_no_room_by_its_instrument() -> None:
    """Which room is seen with what, the school has on paper: letters stand beside no instrument, names may."""
    shown = picture([observation("x", "s0", says="seen"), observation("y", "s1", says="seen")], agreed={})
    held = {("s0", "lesson"), ("s1", "lesson")}
    parts: dict[str, Any] = {"title": "t", "place": "p", "day": date(2023, 12, 6), "zone": ZONE, "made_at": MADE_AT}
    told = [one for one in visit_report(shown, held=held, **parts).absent if "left out" in one]
    assert told == [f"2 sheets left out: A lesson in 2 rooms. {BLIND}"]
    told = [one for one in visit_report(named(shown), held=held, **parts).absent if "left out" in one]
    assert told == [f"2 sheets left out: A lesson in {WAY[0].room} and {WAY[1].room}. {BLIND}"]


def test_left_out_answers_and_uncoded_lines_are_counted() -> None:
    """Three of four questions left open on the one sheet; one of two lines coded."""
    one = observation("x", "s0", says="seen", lines=[(1, "a", ()), (2, "b", ("why",))])
    found = report(picture([one], agreed={})).absent
    assert "A lesson: 3 answers left open in 1 sheet." in found
    assert "1 of 2 lines of the script is coded to no item and not quoted." in found


def test_what_was_left_open_is_named_where_two_rooms_left_it() -> None:
    """One room's gaps would say what was answered there."""
    sheets = [observation(f"x{n}", f"s{n}", says="seen", what=1, heads=3) for n in range(2)]
    found = report(picture(sheets, agreed={})).absent
    assert "A lesson: 2 answers left open in 2 sheets: What hangs on the walls." in found


def test_a_sheet_from_paper_lasts_as_long_as_was_planned() -> None:
    """Keyed in within a minute, but the stop was planned for twenty."""
    found = report(picture([observation("p", "s2", means="paper", lasts=1, says="seen")]))
    assert found.seconds == 20 * 60


def test_a_visit_over_midnight_and_the_switch_of_the_clocks_keeps_its_order_and_its_length() -> None:
    """Begun at 23:50 of the night in which 1:59 is followed by 1:00: two and a half hours, lines as they came."""
    begins = (datetime(2023, 11, 5, 6, 50, tzinfo=UTC) - BEGIN).total_seconds() / 60
    minutes = (5, 20, 110, 140)  # 23:55, 0:10, 1:40 and, an hour of clocks later, 1:10
    lines = [(minute, f"S1: {minute}", ("why",)) for minute in minutes]
    found = report(named(picture([observation("x", "s0", begins=begins, lasts=150, lines=lines)], agreed={})))
    assert found.seconds == 150 * 60
    assert [(one.text, one.where) for one in finding("why", found).quotes] == [
        ("S1: 5", "Room 204, 23:55"), ("S1: 20", "Room 204, 0:10"), ("S1: 110", "Room 204, 1:40"),
        ("S1: 140", "Room 204, 1:10"),
    ]  # fmt: skip


def test_a_sheet_from_paper_is_as_long_as_what_was_timed_on_it() -> None:
    """25 minutes of the teacher and 10 of students, who exclude each other, in a stop of twenty: no more than all the time."""
    totals = {"teacher": Notes(total=25), "student": Notes(total=10)}
    sheets = [replace(observation(f"p{n}", f"s{n}", means="paper", lasts=1), notes=totals) for n in range(2)]
    found = report(picture(sheets, agreed={}))
    assert found.seconds == 2 * 35 * 60
    assert said("teacher", found) == "71 % of the time: 50 minutes of 70 minutes of watching."


@pytest.mark.parametrize("place", range(len(WAY)))
def test_any_room_may_be_the_only_one(place: int) -> None:
    """Whichever room is seen alone, nothing is told of it."""
    found = report(picture([observation("x", f"s{place}", says="seen", what=2)], Visit("S", "p", stops=WAY), {}))
    assert (found.instruments[0].parts, found.instruments[0].withheld) == ((), ONE_ROOM)
