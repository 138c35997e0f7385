"""Plan files: what ships is right, and what is wrong is said by line and key."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from plfacilitate.core.agenda import creditable_minutes
from plfacilitate.core.designation import Designation
from plfacilitate.core.plan import Plan, PopupRules, Presenter, Segment
from plfacilitate.core.refusal import Fault, Refused
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import check_plan_file, find_plan, list_plans
from plfacilitate.shelf.shipped import folder
from tests.conftest import ROOT

PLAN = """\
id = "mine"
title = "My day"
kind = "workshop"
office = "psesd"
approved_hours = 5.5
credit = "each-session"
choice = ["clock-hours"]
designations = ["Equity"]
objectives = ["One", "Two"]
presenters = [{ name = "Dana", position = "Coach", qualification = "MEd" }]
sponsor = "PSESD"
source = "me"

[[session]]
id = "s1"
title = "Morning"
starts = "08:30"
agenda = [
  { minutes = 15, kind = "instruction", title = "Welcome" },
  { minutes = 30, kind = "break", title = "Break" },
  { minutes = 315, kind = "work-time", title = "Teams" },
]

[[session]]
id = "s2"
starts = "9:00"
agenda = [{ minutes = 60, kind = "protocol" }]
"""

NOWHERE = Path("/nowhere")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A workspace's folder of plans, with one plan in it."""
    (tmp_path / "sessions").mkdir()
    (tmp_path / "sessions" / "mine.toml").write_text(PLAN, encoding="utf-8")
    return tmp_path / "sessions"


def checked(own: Path, text: str) -> tuple[Plan | None, list[Fault], list[Fault]]:
    """The plan file with another text."""
    path = own / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return check_plan_file(path, offices=NOWHERE)


def said(own: Path, text: str) -> list[str]:
    """The faults of a text, without the file's name."""
    plan, faults, _ = checked(own, text)
    assert (plan is None) == bool(faults)
    return [f"{fault.line} {fault.key}: {fault.sentence}" for fault in faults]


def noted(own: Path, text: str) -> list[str]:
    """The notes of a text that has no faults."""
    plan, faults, notes = checked(own, text)
    assert plan is not None
    assert not faults
    return [f"{note.line} {note.key}: {note.sentence}" for note in notes]


# -- what is right ---------------------------------------------------------------------------------------------------


def test_a_plan_is_read_as_it_is_written(own: Path) -> None:
    """Every key of the contract."""
    plan = find_plan("mine", own, offices=NOWHERE)
    assert (plan.id, plan.title, plan.kind, plan.office) == ("mine", "My day", "workshop", "psesd")
    assert (plan.approved_hundredths, plan.credit, plan.attended_at_least) == (550, "each-session", None)
    assert (plan.choice, plan.designations, plan.objectives) == (
        ("clock-hours",),
        (Designation("Equity"),),
        ("One", "Two"),
    )
    assert plan.presenters == (Presenter("Dana", "Coach", "MEd"),)
    assert (plan.sponsor, plan.source) == ("PSESD", "me")
    assert plan.sessions[0].agenda[2] == Segment(315, "work-time", "Teams")


def test_a_designation_may_be_of_a_part(own: Path) -> None:
    """With hours it is a table, up to all that was approved; the snapshot is the plan again."""
    plan, _, _ = checked(own, PLAN.replace('["Equity"]', '["STEM", { name = "Equity", hours = 5.5 }]'))
    assert plan is not None
    assert plan.designations == (Designation("STEM"), Designation("Equity", 550))
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan
    assert plan.to_json()["designations"] == ["STEM", "Equity"], "as every version reads them"


def test_a_key_that_no_designation_has_is_left_aside_and_said(own: Path) -> None:
    """As everywhere in a plan."""
    assert noted(own, PLAN.replace('["Equity"]', '[{ name = "Equity", hour = 2 }]')) == [
        "8 designations[0].hour: is not a key that is known here: it is left aside."
    ]


def test_what_need_not_be_said_has_its_usual_value(own: Path) -> None:
    """A session without a title has the plan's, a segment its kind, 9:00 is 09:00."""
    session = find_plan("mine", own, offices=NOWHERE).sessions[1]
    assert (session.title, session.starts, session.agenda[0].title) == ("My day", "09:00", "protocol")


@pytest.mark.parametrize("path", sorted(folder("sessions").glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_plan_is_right(path: Path) -> None:
    """Without a fault or a note, and its id is its file's name."""
    plan, faults, notes = check_plan_file(path, offices=NOWHERE)
    assert (faults, notes) == ([], [])
    assert plan is not None
    assert plan.id == path.stem


def test_the_institute_is_five_sessions_of_exactly_six_hours() -> None:
    """Each 8:30 to 15:45 with lunch, breaks, and collaborative work time; 30 hours, only for all five."""
    plan = find_plan("pspl-institute", NOWHERE, offices=NOWHERE)
    psesd = find_office("psesd", NOWHERE)
    assert [creditable_minutes(psesd, session) for session in plan.sessions] == [360] * 5
    assert {(session.starts, session.minutes) for session in plan.sessions} == {("08:30", 435)}
    for session in plan.sessions:
        assert {"work-time", "break", "meal", "instruction"} <= {segment.kind for segment in session.agenda}
    assert (plan.approved_hundredths, plan.credit, plan.attended_at_least) == (3000, "all-sessions", 75)
    assert plan.choice == ("clock-hours", "quarter-credits")
    titles = " ".join(session.title for session in plan.sessions).casefold()
    assert all(topic in titles for topic in ("cultural diversity", "systems change", "models of practice"))


def test_the_cohort_has_four_sessions_with_hours_of_their_own() -> None:
    """Six hours each, 24 in all."""
    plan = find_plan("pscpl-cohort", NOWHERE, offices=NOWHERE)
    psesd = find_office("psesd", NOWHERE)
    assert [creditable_minutes(psesd, session) for session in plan.sessions] == [360] * 4
    assert (plan.approved_hundredths, plan.credit) == (2400, "each-session")


# -- whose file counts -----------------------------------------------------------------------------------------------


def test_a_plan_of_the_workspace_takes_the_place_of_the_shipped_one(own: Path) -> None:
    """By the file's name, or by the id in it."""
    (own / "pscpl-cohort.toml").write_text(PLAN.replace('"mine"', '"pscpl-cohort"'), encoding="utf-8")
    (own / "another-name.toml").write_text(PLAN.replace('"mine"', '"pspl-institute"'), encoding="utf-8")
    for plan_id in ("pscpl-cohort", "pspl-institute"):
        assert find_plan(plan_id, own, offices=NOWHERE).title == "My day"
    plans, broken = list_plans(own)
    assert broken == []
    assert [plan.title for plan in plans if plan.id in ("pspl-institute", "pscpl-cohort")] == ["My day", "My day"]


def test_a_broken_plan_of_the_workspace_does_not_fall_back_to_the_shipped_one(own: Path) -> None:
    """It says what is wrong; the others are listed all the same."""
    (own / "pspl-institute.toml").write_text("id =", encoding="utf-8")
    with pytest.raises(Refused, match="is not TOML"):
        find_plan("pspl-institute", own, offices=NOWHERE)
    plans, broken = list_plans(own)
    assert "pspl-institute" not in [plan.id for plan in plans]
    assert {"mine", "pscpl-cohort"} <= {plan.id for plan in plans}
    assert len(broken) == 1


def test_two_plans_of_one_id_are_told_apart_from_a_replaced_one(own: Path) -> None:
    """Two files of the workspace with one id: the one of that name counts, the other is named."""
    (own / "again.toml").write_text("# again\n" + PLAN.replace("My day", "Another day"), encoding="utf-8")
    plans, (no,) = list_plans(own)
    assert [plan.title for plan in plans if plan.id == "mine"] == ["My day"]
    assert find_plan("mine", own, offices=NOWHERE).title == "My day"
    assert "again.toml:2: id: " in str(no)
    assert '"mine" is the id of mine.toml too' in str(no)


def test_a_plan_can_be_named_by_its_file(own: Path) -> None:
    """Wherever that lies."""
    assert find_plan(str(own / "mine.toml"), NOWHERE, offices=NOWHERE).id == "mine"
    with pytest.raises(Refused, match="is not there"):
        find_plan(str(own / "other.toml"), NOWHERE, offices=NOWHERE)


def test_an_unknown_plan_is_refused(own: Path) -> None:
    """With its own sentence."""
    with pytest.raises(Refused, match="There is no plan nothing"):
        find_plan("nothing", own, offices=NOWHERE)


# -- what is wrong ---------------------------------------------------------------------------------------------------

KINDS = "instruction, work-time, protocol, break, meal, business"
MISTAKES = [
    ('kind = "break"', 'kind = "pause"', f'20 session[0].agenda[1].kind: "pause" is not one of {KINDS}.'),
    ('kind = "work-time"', 'kind = "worktime"',
     f'21 session[0].agenda[2].kind: "worktime" is not one of {KINDS}. Did you mean work-time?'),
    ("minutes = 30", "minutes = -30", "20 session[0].agenda[1].minutes: -30 is too little: at least 1."),
    ("minutes = 30", "minutes = 0", "20 session[0].agenda[1].minutes: 0 is too little: at least 1."),
    ("minutes = 30", "minutes = 1441", "20 session[0].agenda[1].minutes: 1441 is too much: at most 1440."),
    ("minutes = 30", 'minutes = "30"',
     '20 session[0].agenda[1].minutes: "30" must be a whole number, without quotes.'),
    ("minutes = 30", "minutes = 30.5", "20 session[0].agenda[1].minutes: 30.5 must be a whole number, without quotes."),
    ("minutes = 30", "minutes = true", "20 session[0].agenda[1].minutes: true must be a whole number, without quotes."),
    ("minutes = 30, ", "", "20 session[0].agenda[1].minutes: is missing: write for instance minutes = 45"),
    ('office = "psesd"', "", '0 office: is missing: write for instance office = "psesd"'),
    ('office = "psesd"', 'office = "esd999"',
     "4 office: There is no office file esd999.toml; there are esd113, nwesd, oesd114, psesd, wa-state."),
    ('office = "psesd"', 'office = "../psesd"',
     "4 office: may have letters, digits, '-', '_' and '.' only, and at most 64 of them."),
    ('id = "mine"', 'id = ""', "1 id: may have letters, digits, '-', '_' and '.' only, and at most 64 of them."),
    ('title = "My day"', 'title = " "', "2 title: must not be empty."),
    ('starts = "08:30"', 'starts = "8.30"', '17 session[0].starts: must be a time of day such as "08:30".'),
    ('starts = "08:30"', 'starts = "24:00"', '17 session[0].starts: must be a time of day such as "08:30".'),
    ('starts = "08:30"', "starts = 830", "17 session[0].starts: 830 must be a text: put it in quotes."),
    ('starts = "08:30"', "", '14 session[0].starts: is missing: write for instance starts = "08:30"'),
    ('id = "s2"', 'id = "s1"', '25 session[1].id: "s1" is the id of another session too (line 15).'),
    ('agenda = [{ minutes = 60, kind = "protocol" }]', "agenda = []",
     "27 session[1].agenda: must have at least one item."),
    ('agenda = [{ minutes = 60, kind = "protocol" }]', "agenda = 60",
     "27 session[1].agenda: 60 must be a list: put it in [ ]."),
    ('{ minutes = 60, kind = "protocol" }', "60", "27 session[1].agenda[0]: 60 must be a table: put its keys in { }."),
    ('credit = "each-session"', 'credit = "every"', '6 credit: "every" is not one of each-session, all-sessions.'),
    ('credit = "each-session"', "",
     '0 credit: is missing: write credit = "all-sessions" or credit = "each-session"'),
    ('choice = ["clock-hours"]', 'choice = ["clock-hour"]',
     '7 choice[0]: "clock-hour" is not one of clock-hours, quarter-credits. Did you mean clock-hours?'),
    ('choice = ["clock-hours"]', "choice = []", "7 choice: must have at least one item."),
    ("approved_hours = 5.5", "approved_hours = 5.555", "5 approved_hours: 5.555 has more than two decimals."),
    ("approved_hours = 5.5", "approved_hours = -1", "5 approved_hours: -1 is too little: at least 0."),
    ("approved_hours = 5.5", "approved_hours = 0.5",
     "5 approved_hours: is less than the 60 min that psesd approves at least."),
    ("approved_hours = 5.5", 'approved_hours = "5.5"', "5 approved_hours: must be a number."),
    ("approved_hours = 5.5", "approved_hours = nan", "5 approved_hours: must be a number."),
    ("approved_hours = 5.5", "approved_hours = 1e400", "5 approved_hours: 1E+400 is too much."),
    ("approved_hours = 5.5", "approved_hours = true", "5 approved_hours: must be a number."),
    ("approved_hours = 5.5", "",
     "0 approved_hours: is missing: write for instance approved_hours = 5.5 (or 0 where no clock hours were approved)"),
    ('sponsor = "PSESD"', "attended_at_least = 75",
     "11 attended_at_least: is 75: write a share between 0 and 1, such as 0.75."),
    ('sponsor = "PSESD"', "attended_at_least = -0.5",
     "11 attended_at_least: is -0.5: write a share between 0 and 1, such as 0.75."),
    ('sponsor = "PSESD"', "attended_at_least = 0.755", "11 attended_at_least: 0.755 has more than two decimals."),
    ('sponsor = "PSESD"', 'language = "Español"',
     '11 language: must be the code of a language such as "en" or "es".'),
    ('sponsor = "PSESD"', "language = 7", "11 language: 7 must be a text: put it in quotes."),
    ('name = "Dana", ', "", '10 presenters[0].name: is missing: write for instance name = "First Last"'),
    ('designations = ["Equity"]', "designations = [7]", '8 designations[0]: must be a text such as "Equity", or a table such as { name = "Equity", hours = 2.0 }.'),
    ('["Equity"]', "[{ hours = 2 }]", '8 designations[0]: must be a text such as "Equity", or a table such as { name = "Equity", hours = 2.0 }.'),
    ('["Equity"]', '[" "]',
     '8 designations[0]: must be a text such as "Equity", or a table such as { name = "Equity", hours = 2.0 }.'),
    ('["Equity"]', '["Equity", { name = "equity", hours = 2 }]', "8 designations[1]: stands there twice (line 8 too)."),
    ('["Equity"]', '[{ name = "Equity", hours = 5.51 }]',
     "8 designations[0].hours: is 5.51, but only 5.5 hours were approved."),
    ('["Equity"]', '[{ name = "Equity", hours = 0 }]',
     "8 designations[0].hours: 0 is too little: more than 0, or leave it out where the whole offering carries it."),
    ('["Equity"]', '[{ name = "Equity", hours = -1.5 }]',
     "8 designations[0].hours: -1.5 is too little: more than 0, or leave it out where the whole offering carries it."),
    ('["Equity"]', '[{ name = "Equity", hours = 0.125 }]', "8 designations[0].hours: 0.125 has more than two decimals."),
    ('["Equity"]', '[{ name = "Equity", hours = nan }]', "8 designations[0].hours: must be a number."),
    ('["Equity"]', '[{ name = "Equity", hours = "2" }]', "8 designations[0].hours: must be a number."),
]  # fmt: skip


@pytest.mark.parametrize("right, mistake, sentence", MISTAKES, ids=[f"{one[1] or one[0]}" for one in MISTAKES])
def test_a_mistake_is_said_with_line_and_key(own: Path, right: str, mistake: str, sentence: str) -> None:
    """One mistake, one sentence, and no plan."""
    assert right in PLAN
    assert said(own, PLAN.replace(right, mistake, 1)) == [sentence]


def test_a_plan_without_sessions_says_how_one_is_written(own: Path) -> None:
    """The file ends before its first session."""
    assert said(own, PLAN.split("[[session]]", maxsplit=1)[0]) == [
        "0 session: is missing: write for instance [[session]] with id, title, starts and agenda"
    ]


def test_all_mistakes_are_said_at_once_from_top_to_bottom(own: Path) -> None:
    """Nobody has to run it five times."""
    text = PLAN.replace('title = "My day"', "title = 7").replace("minutes = 15", "minutes = -15")
    text = text.replace('starts = "9:00"', 'starts = "nine"')
    assert [line.split()[0] for line in said(own, text)] == ["2", "19", "26"]


def test_a_session_longer_than_a_day_is_a_fault(own: Path) -> None:
    """Past midnight is allowed, past the next one is not."""
    night = PLAN.replace("minutes = 315", "minutes = 1395")
    assert said(own, night) == []
    assert said(own, night.replace("1395", "1396")) == [
        "18 session[0].agenda: lasts 1441 min, longer than a day: make it several sessions."
    ]


def test_an_office_with_faults_is_a_fault_of_the_plan(tmp_path: Path, own: Path) -> None:
    """The sentence says what is wrong in the office's file."""
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "psesd.toml").write_text('id = "psesd"', encoding="utf-8")
    plan, faults, _ = check_plan_file(own / "mine.toml", offices=exports)
    assert plan is None
    assert (faults[0].line, faults[0].key) == (4, "office")
    assert "version: is missing" in faults[0].sentence


def test_text_from_people_stays_text(own: Path) -> None:
    """Escape codes and right-to-left marks in a value are made visible in the sentence, and long ones are cut."""
    text = PLAN.replace('kind = "break"', 'kind = "\\u001b[31m\\u202e' + "x" * 300 + '"')
    (sentence,) = said(own, text)
    assert "\x1b" not in sentence
    assert "\u202e" not in sentence
    assert len(sentence) < 200


# -- what is worth a look --------------------------------------------------------------------------------------------


def test_unknown_keys_are_notes(own: Path) -> None:
    """More keys are welcome, at every depth."""
    text = PLAN.replace('kind = "workshop"', 'kind = "workshop"\ncolour = "green"')
    text = text.replace('title = "Welcome" }', 'title = "Welcome", who = "Dana" }')
    assert noted(own, text) == [
        "4 colour: is not a key that is known here: it is left aside.",
        "20 session[0].agenda[0].who: is not a key that is known here: it is left aside.",
    ]


def test_an_agenda_that_holds_less_than_was_approved_is_a_note(own: Path) -> None:
    """Nobody can earn what the agenda does not hold."""
    assert noted(own, PLAN.replace("approved_hours = 5.5", "approved_hours = 8")) == [
        "5 approved_hours: is 8.0, but psesd counts only 6.5 h of the agenda."
    ]


def test_a_session_of_which_nothing_counts_is_a_note(own: Path) -> None:
    """A luncheon of the association."""
    assert noted(own, PLAN.replace('kind = "protocol"', 'kind = "business"')) == [
        "27 session[1].agenda: holds nothing that psesd counts."
    ]


def test_nothing_approved_is_allowed(own: Path) -> None:
    """A meeting without clock hours is a plan too."""
    assert noted(own, PLAN.replace("approved_hours = 5.5", "approved_hours = 0")) == []


def test_all_sessions_count_from_three_quarters_where_the_plan_does_not_say(own: Path) -> None:
    """Our assumption; 0 means that any minute is enough."""
    text = PLAN.replace('"each-session"', '"all-sessions"')
    plan, _, _ = checked(own, text)
    assert plan is not None
    assert plan.attended_at_least == 75
    plan, _, _ = checked(own, text.replace('sponsor = "PSESD"', "attended_at_least = 0"))
    assert plan is not None
    assert plan.attended_at_least == 0


def test_a_plan_says_its_language(own: Path) -> None:
    """English is not written into the snapshot, which stays what it was before a plan could say so."""
    plan, _, _ = checked(own, PLAN)
    assert plan is not None
    assert plan.language == "en"
    assert "language" not in plan.to_json()
    plan, _, _ = checked(own, PLAN.replace('sponsor = "PSESD"', 'language = "es"'))
    assert plan is not None
    assert Plan.from_json(plan.to_json()).language == "es"


def test_a_line_stands_at_its_time_where_the_file_says_so(own: Path) -> None:
    """And a meal moves where it does; what says nothing goes by its kind, and the snapshot says no more than the file."""
    fixed = PLAN.replace('kind = "protocol" }', 'kind = "protocol", fixed = true }')
    plan, _, _ = checked(own, fixed)
    assert plan is not None
    assert plan.sessions[1].agenda[0].holds
    assert Plan.from_json(plan.to_json()) == plan
    plain, _, _ = checked(own, PLAN)
    assert plain is not None
    assert not plain.sessions[1].agenda[0].holds
    assert "fixed" not in str(plain.to_json()["sessions"])
    assert said(own, fixed.replace("fixed = true", 'fixed = "noon"'))


def test_a_plan_says_how_its_popups_go(own: Path) -> None:
    """As `docs/popups.md` shows it; without a word of it the snapshot is what it was before."""
    (example,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "popups.md").read_text("utf-8"), re.DOTALL)
    plan, faults, _ = checked(own, PLAN)
    assert plan is not None
    assert plan.popup is None
    assert "popup" not in plan.to_json()
    for text, rules in ((example, PopupRules()), (example.replace("false", "true"), PopupRules(True, True))):
        plan, faults, _ = checked(own, f"{PLAN}\n{text}")
        assert faults == []
        assert plan is not None
        assert plan.popup == rules
        assert Plan.from_json(plan.to_json()) == plan
    _, faults, _ = checked(own, f'{PLAN}\n[popup]\nnames = "yes"\n')
    assert [fault.key for fault in faults] == ["popup.names"]


def test_a_line_names_its_protocol(own: Path) -> None:
    """It travels in the snapshot; a line without one is written as ever."""
    text = PLAN.replace('kind = "protocol" }', 'kind = "protocol", protocol = "time-on-task" }')
    plan, _, _ = checked(own, text)
    assert plan is not None
    assert plan.sessions[1].agenda[0].protocol == "time-on-task"
    assert Plan.from_json(plan.to_json()) == plan
    lines = [line for session in plan.to_json()["sessions"] for line in session["agenda"]]
    assert ["protocol" in line for line in lines] == [False, False, False, True]


def test_a_protocol_that_is_not_there_is_said(tmp_path: Path, own: Path) -> None:
    """Where somebody looks: the doors open all the same, whatever became of it since."""
    path = own / "mine.toml"
    path.write_text(PLAN.replace('kind = "protocol" }', 'kind = "protocol", protocol = "popup" }'), "utf-8")
    assert find_plan("mine", own, offices=NOWHERE).sessions[1].agenda[0].protocol == "popup"
    _, (fault,), _ = check_plan_file(path, offices=NOWHERE, protocols=tmp_path / "protocols")
    assert (fault.line, fault.key) == (27, "session[1].agenda[0].protocol")
    assert fault.sentence.startswith("There is no protocol popup: ")
    (tmp_path / "protocols").mkdir()
    (tmp_path / "protocols" / "popup.toml").touch()
    assert check_plan_file(path, offices=NOWHERE, protocols=tmp_path / "protocols")[1] == []


def test_every_shipped_office_is_there() -> None:
    """The rules that are data."""
    shipped = sorted(path.stem for path in folder("exports").glob("*.toml"))
    assert shipped == ["esd113", "nwesd", "oesd114", "psesd", "wa-state"]
    assert [find_office(office, NOWHERE).id for office in shipped] == shipped


QUESTIONS = """
[[question]]
id = "useful"
kind = "scale"
ask = "How useful was today?"
low = "not at all"
high = "very"
said = { es = { ask = "¿Qué tan útil fue?", low = "nada", high = "mucho" } }

[[question]]
id = "next"
kind = "choice"
ask = "What next?"
options = ["More of it", "Something else"]
"""


def test_questions_at_the_end_are_read_and_travel_in_the_snapshot(own: Path) -> None:
    """Scale and choice, in another language too; the snapshot gives the same plan back."""
    plan, faults, _ = checked(own, PLAN + QUESTIONS)
    assert faults == []
    assert plan is not None
    useful, following = plan.questions
    assert (useful.kind, useful.steps, useful.said["es"]["low"]) == ("scale", 5, "nada")
    assert following.options == ("More of it", "Something else")
    assert Plan.from_json(plan.to_json()) == plan


def test_a_plan_without_questions_is_written_as_ever(own: Path) -> None:
    """Ledgers of before and after hold the same snapshot."""
    plan, _, _ = checked(own, PLAN)
    assert plan is not None
    assert "questions" not in plan.to_json()


@pytest.mark.parametrize(
    "old, new, sentence",
    [
        ('id = "next"', 'id = "useful"', "is the id of another question too"),
        ('options = ["More of it", "Something else"]', 'options = ["One"]', "at least two answers"),
        ('low = "not at all"', 'options = ["a", "b"]', "a scale has no options"),
        ('kind = "scale"', 'kind = "stars"', "stars"),
        ('high = "very"', "steps = 99", "10"),
        ('ask = "What next?"', 'ask = " "', "must not be empty"),
        ('options = ["More of it", "Something else"]',
         'options = ["A", "B"]\nsaid = { es = { ask = "¿?", options = ["A"] } }', "has 1 answers"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_question_is_said(own: Path, old: str, new: str, sentence: str) -> None:
    """By line, in one sentence."""
    text = PLAN + QUESTIONS.replace(old, new)
    assert text != PLAN + QUESTIONS
    plan, faults, _ = checked(own, text)
    assert plan is None
    assert any(sentence in fault.sentence for fault in faults), faults


def test_a_plan_has_polls_ready(own: Path) -> None:
    """As `docs/polls.md` shows them; without a word of it the snapshot is what it was before."""
    (example,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "polls.md").read_text("utf-8"), re.DOTALL)
    plan, _, _ = checked(own, PLAN)
    assert plan is not None
    assert "polls" not in plan.to_json()
    segment = plan.sessions[0].agenda[0].title
    plan, faults, _ = checked(own, f"{PLAN}\n{example.replace('Student ownership in practice', segment)}")
    assert faults == []
    assert plan is not None
    assert [(one.id, one.exit, one.hidden, len(one.questions)) for one in plan.polls] == [
        ("pace", False, False, 1), ("exit-ticket", True, True, 3),
    ]  # fmt: skip
    assert Plan.from_json(plan.to_json()) == plan


@pytest.mark.parametrize(
    "poll, key",
    [
        ('question = [ { kind = "choice", ask = "Which?" } ]', "poll[0].question[0].options"),
        ('question = [ { kind = "text", ask = "Which?", options = ["a", "b"] } ]', "poll[0].question[0].options"),
        (f'question = [ {{ kind = "several", ask = "Which?", options = {[*map(str, range(40))]} }} ]', "poll[0].question[0]"),
        ("question = []", "poll[0].question"),
        ('segment = "No such"\nquestion = [ { kind = "text", ask = "Which?" } ]', "poll[0].segment"),
        (f'question = [ {{ kind = "text", ask = "{"x" * 5_000}" }} ]', "poll[0].question[0]"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_poll(own: Path, poll: str, key: str) -> None:
    """By its key: nothing to choose from, forty choices, nothing asked, a segment that is not there, too long."""
    _, faults, _ = checked(own, f'{PLAN}\n[[poll]]\nid = "p"\n{poll}\n')
    assert [fault.key for fault in faults] == [key]
