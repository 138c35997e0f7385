"""Protocol files: what ships is right, and what is wrong is said by line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.core.protocol import Option, Protocol, Step
from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.protocols import MOST_ITEMS, check_protocol_file, find_protocol, list_protocols

HEAD = """\
id = "mine"
title = "My room"
kind = "observation"
purpose = "To see"
source = "me"
minutes = 20
"""
ROOM = (
    HEAD
    + """
[[section]]
id = "one"
title = "One"

[[section.item]]
id = "asks"
kind = "tally"
text = "A student asks"
attribute = "learner-profiles"
facet = "who-is-heard"
judgement = "a raised hand alone is none"

[[section.item]]
id = "level"
kind = "rating"
text = "Who chooses"
levels = ["Teacher names it.", "Student picks it."]

[[section.item]]
id = "scan"
kind = "snapshot"
text = "At work"
every = 5
capture = "count"
options = [{ id = "on", text = "On" }, { id = "off", text = "Off", judgement = "asleep too" }]

[[section.item]]
id = "floor"
kind = "state"
text = "Teacher talks"
group = "talk"

[[section.item]]
id = "floor2"
kind = "state"
text = "Student talks"
group = "talk"
"""
)
TALK = (
    HEAD.replace("observation", "interview")
    + """
who = ["principal"]
levels = ["Told.", "Shown."]

[[section]]
id = "one"
title = "One"

[[section.prompt]]
id = "vision"
ask = "What for?"

[[section.prompt]]
id = "day"
ask = "What did you do today?"
who = ["student"]
show = "the work"
"""
)
STEPS = (
    HEAD.replace("observation", "facilitation")
    + """
[[step]]
id = "present"
title = "The dilemma"
minutes = 5
speaks = "the presenter"
silent = "the group"
prompt = "What keeps you up?"
captured = "the question"
repeat = "group"
times = 4
"""
)


def checked(folder: Path, text: str) -> tuple[Protocol | None, list[str], list[str]]:
    """The protocol of a text, its faults and its notes, without the file's name."""
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    protocol, faults, notes = check_protocol_file(path)
    assert (protocol is None) == bool(faults)
    said = [[f"{one.line} {one.key}: {one.sentence}" for one in ones] for ones in (faults, notes)]
    return protocol, said[0], said[1]


def read(folder: Path, text: str) -> Protocol:
    """The protocol of a text that is right and leaves nothing to remark."""
    protocol, faults, notes = checked(folder, text)
    assert (faults, notes) == ([], [])
    assert protocol is not None
    return protocol


# -- what is right ---------------------------------------------------------------------------------------------------


def test_an_observation_is_read_as_it_is_written(tmp_path: Path) -> None:
    """Every key of every kind of item."""
    protocol = read(tmp_path, ROOM)
    asks, level, scan, floor, _ = protocol.items
    assert (protocol.id, protocol.title, protocol.kind, protocol.minutes) == ("mine", "My room", "observation", 20)
    assert (protocol.purpose, protocol.source, protocol.size) == ("To see", "me", 5)
    assert (asks.attribute, asks.facet, asks.judgement) == (
        "learner-profiles", "who-is-heard", "a raised hand alone is none",
    )  # fmt: skip
    assert level.levels == ("Teacher names it.", "Student picks it.")
    assert (scan.every, scan.capture) == (5, "count")
    assert scan.options == (Option("on", "On"), Option("off", "Off", "asleep too"))
    assert floor.group == "talk"


def test_an_interview_asks_whom_it_says(tmp_path: Path) -> None:
    """A prompt that names nobody is for those whom the file names."""
    protocol = read(tmp_path, TALK)
    assert [prompt.who for prompt in protocol.prompts] == [("principal",), ("student",)]
    assert protocol.levels == ("Told.", "Shown.")
    assert [prompt.show for prompt in protocol.prompts] == ["", "the work"]


def test_a_facilitation_has_steps(tmp_path: Path) -> None:
    """Minutes, who speaks, who is silent, what is asked and captured, for whom it repeats, and how often."""
    step = Step(
        "present", "The dilemma", 5, "the presenter", "the group", "What keeps you up?", "the question", "group", 4
    )
    led = read(tmp_path, STEPS)
    assert led.steps == (step,)
    assert (led.led_minutes, step.whom) == (20, "for each of 4 groups")
    assert Protocol.from_json(led.to_json()) == led


def test_minutes_that_the_steps_do_not_take_are_noted(tmp_path: Path) -> None:
    """An agenda is made with the sum at the top."""
    assert checked(tmp_path, STEPS.replace("times = 4", "times = 3"))[1:] == (
        [], ["6 minutes: is 20, but the steps take 15 min together."],
    )  # fmt: skip


def test_what_happens_once_is_not_counted_several_times(tmp_path: Path) -> None:
    """A number of persons goes with a step for each person."""
    (sentence,) = checked(tmp_path, STEPS.replace('repeat = "group"\n', ""))[1]
    assert sentence == '16 step[0].times: goes only with repeat = "person" or repeat = "group".'


def test_what_a_line_of_a_step_is_can_be_said(tmp_path: Path) -> None:
    """One of four words; a slip is said with its line."""
    said = STEPS.replace('captured = "the question"', 'captured = "the question"\ncaptured_as = "idea"')
    assert read(tmp_path, said).steps[0].captured_as == "idea"
    (sentence,) = checked(tmp_path, said.replace('"idea"', '"ideas"'))[1]
    assert sentence == (
        '16 step[0].captured_as: "ideas" is not one of note, idea, question, commitment. Did you mean idea?'
    )


def test_another_word_is_another_version_and_a_remark_is_none(tmp_path: Path) -> None:
    """A visit can say what it was made with."""
    first = read(tmp_path, ROOM).version
    assert read(tmp_path, "# a remark\n\n" + ROOM).version == first
    assert read(tmp_path, ROOM.replace("Teacher names it.", "Teacher says it.")).version != first
    assert read(tmp_path, ROOM.replace("asleep too", "asleep not")).version != first


# -- whose file counts -----------------------------------------------------------------------------------------------


def test_a_protocol_of_the_workspace_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    """In a folder of its own there or beside it."""
    (tmp_path / "interview").mkdir()
    mine = ROOM.replace('"mine"', '"time-on-task"')
    (tmp_path / "interview" / "time-on-task.toml").write_text(mine, encoding="utf-8")
    assert find_protocol("time-on-task", tmp_path).title == "My room"
    found, broken = list_protocols(tmp_path)
    assert broken == []
    assert [one.title for one in found if one.id == "time-on-task"] == ["My room"]


def test_a_broken_protocol_hides_no_other(tmp_path: Path) -> None:
    """It is named, and the rest is listed; asked for by its name it does not fall back to the shipped one."""
    (tmp_path / "time-on-task.toml").write_text("id =", encoding="utf-8")
    found, (no,) = list_protocols(tmp_path)
    assert "is not TOML" in str(no)
    assert "four-attributes" in [one.id for one in found]
    with pytest.raises(Refused, match="is not TOML"):
        find_protocol("time-on-task", tmp_path)


def test_two_files_of_one_id_are_told(tmp_path: Path) -> None:
    """The first counts, and the second is named."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.toml").write_text(ROOM.replace("My room", f"Room {name}"), encoding="utf-8")
    found, (no,) = list_protocols(tmp_path)
    assert [one.title for one in found if one.id == "mine"] == ["Room a"]
    assert find_protocol("mine", tmp_path).title == "Room a"
    assert '"mine" is the id of' in str(no)


def test_a_protocol_can_be_named_by_its_file(tmp_path: Path) -> None:
    """Wherever it lies; another name is refused."""
    (tmp_path / "mine.toml").write_text(ROOM, encoding="utf-8")
    assert find_protocol(str(tmp_path / "mine.toml"), Path("/nowhere")).id == "mine"
    with pytest.raises(Refused, match="There is no protocol nothing"):
        find_protocol("nothing", tmp_path)


# -- what is wrong ---------------------------------------------------------------------------------------------------

ATTRIBUTES = "learner-profiles, personal-learning-paths, competency-based-progression, flexible-learning-environments"
FACETS = "strengths-and-needs, culture-and-identity, who-chooses, who-is-heard"
KINDS = "look-for, rating, tally, state, snapshot, count, choice, text"
MISTAKES = [
    ('id = "mine"', 'id = "other"', '1 id: is "other", but the file is mine.toml: give both one name.'),
    ('id = "level"', 'id = "asks"', '21 section[0].item[1].id: "asks" stands in line 13 already: give each its own id.'),
    ('id = "off"', 'id = "on"',
     '32 section[0].item[2].options[1].id: "on" stands in line 32 already: give each its own id.'),
    ('"Teacher names it.", ', "",
     "24 section[0].item[1].levels: has 1 level(s): a rating needs two, each with what is seen."),
    ('levels = ["Teacher names it.", "Student picks it."]', "",
     "20 section[0].item[1].levels: has 0 level(s): a rating needs two, each with what is seen."),
    ('"Teacher names it."', '" "', "24 section[0].item[1].levels[0]: must not be empty."),
    ("every = 5", "every = 0", "30 section[0].item[2].every: 0 is too little: at least 1."),
    ("every = 5", "every = 121", "30 section[0].item[2].every: 121 is too much: at most 120."),
    ("every = 5", 'every = "5"', '30 section[0].item[2].every: "5" must be a whole number, without quotes.'),
    ("every = 5\n", "", "26 section[0].item[2].every: is missing: write for instance every = 2 (minutes)"),
    ('capture = "count"', 'capture = "counts"',
     '31 section[0].item[2].capture: "counts" is not one of tick, one, count. Did you mean count?'),
    (', { id = "off", text = "Off", judgement = "asleep too" }', "",
     '32 section[0].item[2].options: needs two or more: options = [ { id = "a", text = "…" }, … ]'),
    ('attribute = "learner-profiles"', 'attribute = "grit"',
     f'16 section[0].item[0].attribute: "grit" is not one of {ATTRIBUTES}.'),
    ('facet = "who-is-heard"', 'facet = "who-is-herd"',
     f'17 section[0].item[0].facet: "who-is-herd" is not one of {FACETS}. Did you mean who-is-heard?'),
    ('kind = "tally"', 'kind = "tallies"',
     f'14 section[0].item[0].kind: "tallies" is not one of {KINDS}. Did you mean tally?'),
    ('judgement = "a raised hand alone is none"', 'levels = ["a", "b"]',
     "18 section[0].item[0].levels: does not go with a tally, only with a rating."),
    ('judgement = "a raised hand alone is none"', "several = true",
     "18 section[0].item[0].several: does not go with a tally, only with a choice."),
    ('text = "A student asks"', "text = 7", "15 section[0].item[0].text: 7 must be a text: put it in quotes."),
    ('text = "A student asks"\n', "",
     '12 section[0].item[0].text: is missing: write for instance text = "What is looked for"'),
    ("minutes = 20", "minutes = 20\nlevels = ['a', 'b']",
     "7 levels: stand at the top of an interview only; in an observation each rating has its own."),
    ('kind = "observation"', 'kind = "walk"',
     '3 kind: "walk" is not one of observation, interview, facilitation.'),
    ('source = "me"\n', "",
     '0 source: is missing: write for instance source = "Our own" or who described it first'),
]  # fmt: skip


@pytest.mark.parametrize("right, mistake, sentence", MISTAKES, ids=[f"{one[1] or one[0]}" for one in MISTAKES])
def test_a_mistake_is_said_with_line_and_key(tmp_path: Path, right: str, mistake: str, sentence: str) -> None:
    """One mistake, one sentence, and no protocol."""
    assert right in ROOM
    assert checked(tmp_path, ROOM.replace(right, mistake, 1))[1] == [sentence]


def test_an_empty_section_is_a_fault(tmp_path: Path) -> None:
    """And so is a protocol without one."""
    text = ROOM + '\n[[section]]\nid = "two"\ntitle = "Two"\n'
    (sentence,) = checked(tmp_path, text)[1]
    assert sentence == ("46 section[1]: is empty: give it at least one [[section.item]], or leave the section out.")
    (sentence,) = checked(tmp_path, HEAD)[1]
    assert sentence == "0 section: is missing: the parts of an observation are [[section]]."
    (sentence,) = checked(tmp_path, HEAD.replace("observation", "facilitation"))[1]
    assert sentence == "0 step: is missing: the parts of a facilitation are [[step]]."


def test_parts_of_another_kind_are_faults(tmp_path: Path) -> None:
    """Prompts in an observation, steps in an interview, sections in a facilitation."""
    assert "does not belong here: write [[section.item]]." in checked(
        tmp_path, TALK.replace("interview", "observation").replace('levels = ["Told.", "Shown."]', "")
    )[1][0]  # fmt: skip
    step = STEPS[STEPS.index("[[step]]") :]
    assert any("step: does not belong here" in one for one in checked(tmp_path, TALK + step)[1])
    assert any("section: does not belong here" in one for one in checked(tmp_path, STEPS + ROOM[len(HEAD) :])[1])


def test_a_ladder_of_one_level_is_a_fault(tmp_path: Path) -> None:
    """In an interview as in a rating."""
    (sentence,) = checked(tmp_path, TALK.replace('"Told.", ', ""))[1]
    assert sentence == "9 levels: has one level: a ladder needs at least two."


def test_two_thousand_items_are_a_fault(tmp_path: Path) -> None:
    """As many as are allowed are none."""
    head = HEAD + '[[section]]\nid = "s"\ntitle = "S"\n'

    def many(count: int) -> str:
        return head + "".join(f'[[section.item]]\nid = "i{n}"\nkind = "tally"\ntext = "T"\n' for n in range(count))

    assert read(tmp_path, many(MOST_ITEMS)).size == MOST_ITEMS
    (sentence,) = checked(tmp_path, many(2000))[1]
    assert sentence == f"7 section: holds 2000 of them, at most {MOST_ITEMS}: make it several protocols."


def test_all_mistakes_are_said_at_once_from_top_to_bottom(tmp_path: Path) -> None:
    """Nobody has to run it five times."""
    text = ROOM.replace('title = "My room"', "title = 7").replace("every = 5", "every = 0")
    text = text.replace('kind = "tally"', 'kind = "tal"')
    assert [line.split()[0] for line in checked(tmp_path, text)[1]] == ["2", "14", "30"]


def test_what_goes_together_is_said_beside_what_can_not_be_read(tmp_path: Path) -> None:
    """One run says both: words and numbers that don't fit, and one level, an id twice, an empty section."""
    text = ROOM.replace("every = 5", "every = 0").replace('attribute = "learner-profiles"', 'attribute = "learner"')
    text = text.replace(', "Student picks it."]', "]").replace('id = "floor2"', 'id = "floor"')
    found = checked(tmp_path, text + '\n[[section]]\nid = "two"\ntitle = 7\n')[1]
    assert [line.split(":")[0] for line in found] == [
        "16 section[0].item[0].attribute", "24 section[0].item[1].levels", "30 section[0].item[2].every",
        "41 section[0].item[4].id", "46 section[1]", "48 section[1].title",
    ]  # fmt: skip
    assert sum("every" in line for line in found) == 1


@pytest.mark.parametrize(
    "right, mistake, count",
    [
        ('kind = "rating"', 'kind = "rate"', 1),
        ('kind = "observation"', 'kind = "walk"', 1),
        ('id = "asks"\n', "", 1),
        ('id = "asks"', "id = []", 1),
        ('levels = ["Teacher names it.", "Student picks it."]', "levels = 7", 1),
        ('options = [{ id = "on", text = "On" }', "options = [7", 1),
        ("minutes = 20", 'minutes = "20"\nstep = 3', 2),
    ],
)
def test_what_can_not_be_read_is_said_once(tmp_path: Path, right: str, mistake: str, count: int) -> None:
    """Nothing that follows from it only is said besides."""
    assert right in ROOM
    assert len(checked(tmp_path, ROOM.replace(right, mistake, 1))[1]) == count


def test_a_section_whose_items_can_not_be_read_is_not_called_empty(tmp_path: Path) -> None:
    """One table where there must be several."""
    text = HEAD + '[[section]]\nid = "one"\ntitle = "One"\n[section.item]\nid = "a"\nkind = "tally"\ntext = "T"\n'
    (sentence,) = checked(tmp_path, text)[1]
    assert sentence.startswith("10 section[0].item: ")


# -- what is worth a look --------------------------------------------------------------------------------------------


def test_unknown_keys_are_notes(tmp_path: Path) -> None:
    """They change nothing, at any depth."""
    text = ROOM.replace('purpose = "To see"', 'purpose = "To see"\ncolour = "green"').replace(
        'id = "asks"', 'id = "asks"\nkey = "a"'
    )
    assert checked(tmp_path, text)[2] == [
        "5 colour: is not a key that is known here: it is left aside.",
        "15 section[0].item[0].key: is not a key that is known here: it is left aside.",
    ]


def test_a_state_that_excludes_nothing_is_a_note(tmp_path: Path) -> None:
    """A group of one is most likely a slip of the pen."""
    (note,) = checked(tmp_path, ROOM.replace('text = "Student talks"\ngroup = "talk"', 'text = "S"\ngroup = "talks"'))[
        2
    ][:1]
    assert note == '38 section[0].item[3].group: "talk" has no second state that it could exclude.'
