"""The debrief: who is waited for, what is talked about first, and what is never put together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from plfacilitate.core.debrief.agreement import Measure
from plfacilitate.core.debrief.meetings import Debrief, debrief, meetings, still_blind, waiting_for
from plfacilitate.core.debrief.pooled import Agreement
from plfacilitate.core.entry import Entry
from plfacilitate.core.protocol import Item, Option, Prompt, Protocol, Section
from plfacilitate.core.visiting.fold import VisitFold, VisitPicture
from plfacilitate.core.visiting.plan import Stop, Visit
from tests.core.entries import entry, undo

LEVELS = ("Teacher names it.", "Teacher offers two.", "Student picks.", "Student proposes it.")
WHO = Section(
    "who", "Who chooses",
    items=(
        Item("what", "rating", "What", levels=LEVELS),
        Item("how", "rating", "How", levels=LEVELS),
        Item("where", "rating", "Where", levels=LEVELS[:2]),
        Item("names", "look-for", "Names"),
    ),
)  # fmt: skip
TIME = Section(
    "time", "Time",
    items=(
        Item("why", "tally", "Why"),
        Item("what-else", "tally", "What else"),
        Item("talk", "state", "Teacher talks"),
        Item("heads", "count", "Heads"),
        Item("wall", "choice", "Wall", options=(Option("work", "Work"), Option("rules", "Rules")), several=True),
        Item("free", "text", "Free"),
    ),
)  # fmt: skip
SWEEP = Item("sweep", "snapshot", "Sweep", options=(Option("on", "On task"), Option("off", "Off")), every=2)
ROOM = Protocol("room", "The room", "observation", "p", "s", 20, sections=(WHO, TIME))
GLANCES = Protocol("glances", "Glances", "observation", "p", "s", 20, sections=(Section("g", "G", items=(SWEEP,)),))
TALKS = Protocol(
    "talks", "Talks", "interview", "p", "s", 20, levels=("No.", "Some.", "Yes."),
    sections=(Section("q", "Questions", prompts=(Prompt("bell", "Which bell?"),)),),
)  # fmt: skip
VISIT = Visit(
    "Dimmitt", "Purpose", stops=(Stop("r4", "204", team=("Ada", "Ben")), Stop("r5", "205", protocols=("room",)))
)


def began(who: str, at: str = "09:00", protocol: Protocol = ROOM, **body: Any) -> Entry:
    """An observation of Room 204 begins; its id is the observer's name in small letters."""
    given = {"stop": "r4", "observer": who, "protocol": protocol.to_json()} | body
    key = body.get("respondent") or who
    return entry(key.lower() if "key" not in body else body["key"], "observation-started", at=at, **given)


def noted(who: str, item: str, value: Any, at: str = "09:05", **body: Any) -> Entry:
    """Somebody noted an item."""
    return entry(f"{who} {item} {at} {value}", "observed", at=at, observation=who, item=item, value=value, **body)


def ended(who: str, at: str = "09:30") -> Entry:
    """Somebody is done."""
    return entry(f"{who} end", "observation-ended", at=at, observation=who)


def planned(visit: Visit = VISIT) -> Entry:
    """The visit as it was announced."""
    return entry("plan", "visit-planned", at="08:00", visit=visit.to_json())


def picture(*entries: Entry) -> VisitPicture:
    """The visit that these entries make."""
    fold = VisitFold("e")
    fold.apply(entries)
    return fold.picture()


NOW: datetime = entry("x", at="10:00").at


def held(*entries: Entry, protocol: str = "room", version: str = "") -> Debrief:
    """The debrief of Room 204."""
    found = debrief(picture(*entries), "r4", protocol, NOW, version)
    assert found is not None
    return found


def two(*entries: Entry, protocol: Protocol = ROOM) -> Debrief:
    """The debrief of what Ada and Ben noted."""
    return held(began("Ada", protocol=protocol), began("Ben", protocol=protocol), *entries, protocol=protocol.id)


def figures(found: tuple[Agreement, ...], title: str) -> dict[str, Measure]:
    """The measures of a scale, all voices together."""
    return {figure.name: figure.measure for figure in next(one for one in found if one.scale.title == title).figures}


# -- blind until all are done ----------------------------------------------------------------------------------------


def test_notes_stay_blind_until_all_who_began_and_all_of_the_team_have_ended() -> None:
    """Ben of the team has not come; Cy, who is of no team, has begun. Each is waited for until they have ended."""
    ada = [planned(), began("Ada"), ended("ada")]
    assert waiting_for(picture(*ada), "r4", "room") == ("Ben",)
    assert waiting_for(picture(*ada, began("Cy")), "r4", "room") == ("Ben", "Cy")
    done = [*ada, began("Cy"), ended("cy"), began("Ben"), ended("ben")]
    assert waiting_for(picture(*done), "r4", "room") == ()
    assert waiting_for(picture(*done, undo("u", "ben end")), "r4", "room") == ("Ben",)


def test_a_stop_that_asks_for_other_protocols_waits_only_for_who_began() -> None:
    """Room 205 wants `room`; whoever takes glances there besides keeps nobody waiting for the team's."""
    visit = Visit("Dimmitt", "p", stops=(Stop("r4", "204", team=("Ada", "Ben"), protocols=("room",)),))
    entries = [planned(visit), began("Ada", protocol=GLANCES)]
    assert waiting_for(picture(*entries), "r4", "glances") == ("Ada",)
    assert waiting_for(picture(*entries, ended("ada")), "r4", "glances") == ()
    assert waiting_for(picture(*entries), "r4", "room") == ("Ada", "Ben")


def test_an_interview_is_held_once_and_nobody_else_of_the_team_is_waited_for() -> None:
    """Ada asked the principal at Room 204; Ben need not ask again."""
    entries = [planned(), began("Ada", protocol=TALKS, respondent="principal")]
    assert waiting_for(picture(*entries), "r4", "talks") == ("Ada",)
    assert waiting_for(picture(*entries, ended("principal")), "r4", "talks") == ()


def test_notes_are_blind_only_where_somebody_else_is_not_done() -> None:
    """One who is alone there keeps nothing back, however the team spells them; laid open by a note, nobody does."""
    alone = planned(replace(VISIT, stops=(Stop("r4", "204", team=("ADA",)),)))
    assert still_blind(picture(alone, began("ada"))) == frozenset()
    assert still_blind(picture(planned(), began("ada"), ended("ada"))) == {("r4", "room")}
    assert still_blind(picture(alone, began("ada"), began("ben"), ended("ada"))) == {("r4", "room")}
    assert still_blind(picture(alone, began("ada"), began("ben"), ended("ada"), ended("ben"))) == frozenset()
    opens = entry("open", "note", at="09:40", text="…", tag="decision", stop="r4", protocol="room")
    assert still_blind(picture(planned(), began("ada"), ended("ada"), opens)) == frozenset()


def test_one_person_is_waited_for_once_however_they_are_written() -> None:
    """`ADA` of the plan and `Ada` who observes are one."""
    visit = Visit("Dimmitt", "p", stops=(Stop("r4", "204", team=("ADA",)),))
    assert waiting_for(picture(planned(visit), began("Ada")), "r4", "room") == ("ADA",)
    assert waiting_for(picture(planned(visit), began("Ada"), ended("ada")), "r4", "room") == ()


def test_laying_open_early_is_a_note_that_can_be_taken_back() -> None:
    """The note says of which stop and protocol; an ordinary note opens nothing."""
    note = entry("n", "note", at="09:40", text="Laid open", tag="decision", stop="r4", protocol="room")
    plain = entry("m", "note", at="09:41", text="It rains", tag="note", segment="")
    assert picture(began("Ada"), plain).opened == frozenset()
    assert picture(began("Ada"), plain, note).opened == {("r4", "room")}
    assert picture(began("Ada"), note, undo("u", "n")).opened == frozenset()
    assert [one.opened for one in meetings(picture(began("Ada"), note))] == [True]


def test_meetings_stand_along_the_way() -> None:
    """Room 204 comes before Room 205 whoever was first; what belongs to no stop comes last."""
    found = meetings(
        picture(
            planned(), began("Cy", "08:30", stop="", key="x"), began("Ben", "08:40", stop="r5", key="y"), began("Ada")
        )
    )
    assert [(one.stop, one.names, one.waits) for one in found] == [
        ("r4", ("Ada",), ("Ada", "Ben")), ("r5", ("Ben",), ("Ben",)), ("", ("Cy",), ("Cy",)),
    ]  # fmt: skip


# -- what to talk about ----------------------------------------------------------------------------------------------


def test_the_largest_difference_comes_first_then_what_was_left_out_then_what_is_alike() -> None:
    """Three levels of three apart, one of three, left out by Ben, alike; within one rank the protocol's order."""
    found = two(
        noted("ada", "what", 1), noted("ben", "what", 4), noted("ada", "how", 2), noted("ben", "how", 3),
        noted("ada", "where", 2), noted("ada", "names", "seen"), noted("ben", "names", "seen"),
    )  # fmt: skip
    first = [(one.part.id, one.why) for one in found.talks if one.differs]
    assert first == [("what", "3 levels apart"), ("how", "one level apart"), ("where", "Ben left it out")]
    assert [one.part.id for one in found.talks][3:5] == ["names", "why"]
    assert found.open_talks == 3


@pytest.mark.parametrize(
    "item, ada, ben, why, texts",
    [
        ("what", 1, 3, "2 levels apart", ("1 of 4", "3 of 4")),
        ("names", "seen", "not seen", "only Ada saw it", ("seen", "not seen")),
        ("names", "not applicable", "seen", "does it apply here?", ("not applicable", "seen")),
        ("heads", 20, 15, "75 % of the larger", ("20", "15")),
        ("heads", 0, 3, "only Ben noted it", ("0", "3")),
        ("wall", ["work"], ["rules", "work"], "some answers in common", ("Work", "Rules, Work")),
        ("wall", ["work"], ["rules"], "different answers", ("Work", "Rules")),
    ],
)
def test_each_kind_of_item_says_why_it_is_to_be_talked_about(
    item: str, ada: Any, ben: Any, why: str, texts: tuple[str, str]
) -> None:
    """In words of its own, with both values beside."""
    found = next(one for one in two(noted("ada", item, ada), noted("ben", item, ben)).talks if one.part.id == item)
    assert found.why == why
    assert tuple(one.text for one in found.said) == texts
    assert found.differs


def test_both_originals_come_with_their_notes_and_coded_lines() -> None:
    """What Ada wrote beside her level, and the line that she coded to it."""
    line = entry("l", "line", at="09:03", observation="ada", text="S1: why?", items=["what"])
    found = two(noted("ada", "what", 2, note="twice"), line, noted("ben", "what", 3)).talks[0]
    assert [(one.note, [line.text for line in one.lines]) for one in found.said] == [("twice", ["S1: why?"]), ("", [])]


def test_taps_are_matched_in_time_and_misses_are_named() -> None:
    """Two of Ada's three taps have one of Ben's within ten seconds."""
    taps = [noted("ada", "why", 1, at) for at in ("09:01:00", "09:02:00", "09:03:00")]
    taps += [noted("ben", "why", 1, at) for at in ("09:01:04", "09:03:10")]
    found = two(*taps)
    ((ada, ben, events),) = found.talks[0].events
    assert (ada, ben, len(events.pairs), len(events.only_left), len(events.only_right)) == ("Ada", "Ben", 2, 1, 0)
    assert figures(found.overall, "tallies")["noted by both within 10 s"] == Measure(2 / 3, 3)


def test_a_total_from_paper_has_no_times_to_match() -> None:
    """Only the totals are compared: 4 of 5."""
    taps = [noted("ada", "why", 1, f"09:0{n}") for n in range(1, 5)]
    found = two(*taps, noted("ben", "why", 5, total=True))
    assert found.talks[0].events == ()
    assert figures(found.overall, "tallies") == {"smaller of larger": Measure(0.8, 1)}


def test_a_state_that_goes_on_is_counted_until_now() -> None:
    """Ada ended it after 10 minutes, Ben's still goes on after 50: a fifth."""
    found = two(
        noted("ada", "talk", "on", "09:10"), noted("ada", "talk", "off", "09:20"), noted("ben", "talk", "on", "09:10")
    )
    talk = next(one for one in found.talks if one.part.id == "talk")
    assert [one.text for one in talk.said] == ["10:00 min", "50:00 min"]
    assert talk.why == "20 % of the larger"


def test_equal_times_of_a_state_at_other_moments_are_seen() -> None:
    """Ten minutes each, five of them at the same time: the totals agree, the moments by a third."""
    ada = [noted("ada", "talk", "on", "09:00"), noted("ada", "talk", "off", "09:10")]
    ben = [noted("ben", "talk", "on", "09:05"), noted("ben", "talk", "off", "09:15")]
    found = two(*ada, *ben)
    talk = next(one for one in found.talks if one.part.id == "talk")
    assert (talk.gap, talk.lasted) == (0, (("Ada", "Ben", 300, 900),))
    assert figures(found.overall, "time of states") == {
        "smaller of larger": Measure(1.0, 1), "at the same time": Measure(1 / 3, 1),
    }  # fmt: skip


def glance(who: str, slot: int, *codes: str) -> Entry:
    """What somebody ticked in one slot."""
    return noted(who, "sweep", {"slot": slot, "codes": dict.fromkeys(codes, 1)}, f"09:{slot * 2:02}")


def test_glances_are_compared_slot_by_slot_and_a_slot_that_one_missed_is_left_out() -> None:
    """Slot 1 alike, slot 2 differs, slot 3 only Ada's: two slots × two codes, three of four alike."""
    found = two(
        glance("ada", 1, "on"), glance("ben", 1, "on"), glance("ada", 2, "on", "off"), glance("ben", 2, "on"),
        glance("ada", 3, "off"), protocol=GLANCES,
    )  # fmt: skip
    assert found.talks[0].why == "alike in 1 of 2 glances"
    assert [(row.text, row.said) for row in found.talks[0].rows] == [("Off", ("1", "0")), ("On task", ("2", "2"))]
    measures = figures(found.overall, "glances, code by code")
    assert measures["exact"] == Measure(0.75, 4)
    assert measures["both of either"] == Measure(2 / 3, 3)


def test_who_began_later_has_their_glances_moved_to_the_same_moment() -> None:
    """Ben began four minutes after Ada: his first slot of two minutes is her third."""
    found = held(
        began("Ada", "09:00", GLANCES), began("Ben", "09:04", GLANCES),
        glance("ada", 3, "on"), glance("ben", 1, "on"), glance("ada", 1, "off"), protocol="glances",
    )  # fmt: skip
    assert figures(found.overall, "glances, code by code")["exact"] == Measure(1.0, 2)


# -- never one number of two scales ----------------------------------------------------------------------------------


def test_each_scale_has_its_own_figures_per_section_and_overall() -> None:
    """Ratings of four levels and of two are apart, and look-fors are neither."""
    found = two(
        noted("ada", "what", 1), noted("ben", "what", 2), noted("ada", "how", 2), noted("ben", "how", 2),
        noted("ada", "where", 1), noted("ben", "where", 1), noted("ada", "names", "seen"), noted("ben", "names", "seen"),
    )  # fmt: skip
    titles = [(one.scale.title, one.items) for one in found.overall if one.figures[0].share][:3]
    assert titles == [("ratings of 4 levels", 2), ("ratings of 2 levels", 1), ("look-fors", 1)]
    four = figures(found.sections[0].agreements, "ratings of 4 levels")
    assert (four["exact"], four["within one"]) == (Measure(0.5, 2), Measure(1.0, 2))
    assert list(four) == [
        "exact", "within one", "kappa", "kappa linear", "kappa quadratic", "AC1", "alpha nominal", "alpha ordinal",
    ]  # fmt: skip
    assert [one.id for one in found.sections] == ["who"]


def test_three_observers_have_alpha_together_and_kappa_pair_by_pair() -> None:
    """Cy left one out: alpha takes the gap, the pairs with Cy have one pair fewer."""
    found = held(
        began("Ada"), began("Ben"), began("Cy"),
        *(noted(who, item, 2) for who in ("ada", "ben") for item in ("what", "how")), noted("cy", "what", 3),
    )  # fmt: skip
    ratings = [one for one in found.overall if one.scale.title == "ratings of 4 levels"]
    assert [one.between for one in ratings] == [("Ada", "Ben", "Cy"), ("Ada", "Ben"), ("Ada", "Cy"), ("Ben", "Cy")]
    assert [figure.name for figure in ratings[0].figures] == ["exact", "within one", "alpha nominal", "alpha ordinal"]
    assert ratings[0].figures[0].measure == Measure(0.5, 4)
    assert [one.figures[0].measure.n for one in ratings] == [4, 2, 1, 1]
    assert [one.between for one in found.sections[0].agreements] == [("Ada", "Ben", "Cy")], "sections stay short"


def test_other_versions_of_a_protocol_are_not_compared_and_it_is_said() -> None:
    """Cy's form had another word in it."""
    other = Protocol("room", "The room", "observation", "another purpose", "s", 20, sections=(WHO, TIME))
    entries = [began("Ada"), began("Ben"), began("Cy", protocol=other), noted("cy", "what", 4), noted("ada", "what", 1)]
    found = held(*entries)
    assert [one.name for one in found.voices] == ["Ada", "Ben"]
    assert found.aside == (f"Cy used another version of “The room” ({other.version}): versions are not compared.",)
    assert [one.name for one in held(*entries, version=other.version).voices] == ["Cy"]


def test_one_observation_that_came_in_two_bundles_counts_once() -> None:
    """The same entries twice, in another order, make the same debrief."""
    entries = [began("Ada"), began("Ben"), noted("ada", "what", 1), noted("ben", "what", 2), ended("ada"), ended("ben")]
    assert held(*entries, *reversed(entries)) == held(*entries)
    assert len(held(*entries, *entries).voices) == 2


def test_an_observer_who_began_twice_counts_once_and_it_is_said() -> None:
    """What was begun last counts, unless nothing is in it."""
    again = began("Ada", "09:20", key="again")
    first = [began("Ada"), began("Ben"), noted("ada", "what", 1), again]
    assert [one.seen.id for one in held(*first).voices] == ["ada", "ben"]
    found = held(*first, noted("again", "what", 3, "09:25"))
    assert [one.seen.id for one in found.voices] == ["ben", "again"]
    assert found.aside == ("Ada observed here more than once: what was begun last counts.",)


def test_one_observer_alone_has_nothing_to_compare() -> None:
    """No talks, no figures, but the voice is there; a stop that nobody saw has no debrief."""
    found = held(began("Ada"), noted("ada", "what", 1))
    assert (len(found.voices), found.talks, found.overall) == (1, (), ())
    assert debrief(picture(began("Ada")), "r5", "room", NOW) is None


def test_stakeholders_who_answer_the_same_questions_are_told_apart_by_their_names() -> None:
    """Ada asked both; the principal's level and the teacher's are two apart."""
    found = held(
        began("Ada", protocol=TALKS, respondent="principal"), began("Ada", protocol=TALKS, respondent="teacher"),
        noted("principal", "bell", 3), noted("teacher", "bell", 1), protocol="talks",
    )  # fmt: skip
    assert [one.name for one in found.voices] == ["principal", "teacher"]
    assert found.talks[0].why == "2 levels apart"
    assert figures(found.overall, "answers on 3 levels")["within one"] == Measure(0.0, 1)


def test_what_was_agreed_stands_beside_the_originals() -> None:
    """The level and its reason; the observers' own levels stay."""
    agreed = entry("a", "agreed", at="11:00", stop="r4", protocol="room", item="what", value=3, note="see line 2")
    found = two(noted("ada", "what", 1), noted("ben", "what", 4), agreed)
    assert (found.agreed["what"].value, found.agreed["what"].note) == (3, "see line 2")
    assert [one.value for one in found.talks[0].said] == [1, 4]
    assert found.open_talks == 0


def test_of_too_few_pairs_there_are_shares_and_no_coefficient() -> None:
    """Each number of pairs stands once, behind the figures that are made of it."""
    both = [each for who in ("ada", "ben") for each in (began(who), noted(who, "what", 1), noted(who, "how", 2))]
    (words,) = [one.words for one in held(*both).sections[0].agreements if one.scale.title == "ratings of 4 levels"]
    assert words == "exact 100 %, within one 100 % · n 2: too few to say"
    taps = [noted(who, item, 1, "09:06") for who in ("ada", "ben") for item in ("why", "what-else")]
    (words,) = [one.words for one in held(*both, *taps).sections[1].agreements if one.scale.title == "tallies"]
    assert not any(word in words for word in ("kappa", "—"))
    assert words.count("too few to say") == len({one.split(" · ")[1] for one in words.split("; ")})


def test_the_whole_protocol_does_not_repeat_its_only_section_of_a_scale() -> None:
    """Ratings stand in one section, look-fors in two: only these are put together."""
    both = [each for who in ("ada", "ben") for each in (began(who), noted(who, "what", 1), noted(who, "names", "seen"))]
    found = held(*both)
    assert {one.scale.title for one in found.overall} >= {"ratings of 4 levels", "look-fors"}
    assert found.pooled == ()
    second = Section("again", "Again", items=(Item("more", "look-for", "More"),))
    wider = replace(ROOM, sections=(*ROOM.sections, second))
    both = [
        each
        for who in ("ada", "ben")
        for each in (
            began(who, protocol=wider), noted(who, "what", 1), noted(who, "names", "seen"), noted(who, "more", "seen")
        )
    ]  # fmt: skip
    assert [one.scale.title for one in held(*both).pooled] == ["look-fors"]
