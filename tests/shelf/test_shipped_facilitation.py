"""Facilitations and plans that ship: minutes add up, every step can be led from what it says, every plan can be run."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from plfacilitate.core.agenda import creditable_minutes
from plfacilitate.core.plan import Plan, Session
from plfacilitate.core.protocol import Protocol, Step
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import check_plan_file, find_plan
from plfacilitate.shelf.protocol_form import Paper, form
from plfacilitate.shelf.protocols import find_protocol, protocol_files
from plfacilitate.shelf.shipped import folder

NUMBERS = ("no", "one", "two", "three", "four", "five", "six")
NOWHERE = Path("/nowhere")
AT = datetime(2023, 12, 6, 16, tzinfo=UTC)
LED = {path.stem: path for path in sorted((folder("protocols") / "facilitation").glob("*.toml"))}
MINUTES = {
    "popup-15": 15, "popup-30": 30, "popup-45": 45,
    "consultancy-50": 50, "consultancy-20": 20, "consultancy-15": 15, "problem-of-practice-30": 30,
    "tuning-75": 75, "tuning-60": 60, "tuning-40": 40, "peeling-the-onion": 40,
    "issaquah-60": 60, "issaquah-35": 35, "chalk-talk": 30, "rounds-debrief": 120, "rounds-debrief-50": 50,
    "troika": 30, "wise-crowds": 60, "one-two-four-all": 12, "triz": 35, "twenty-five-ten": 30,
    "impromptu-networking": 20, "dot-vote": 15, "design-thinking-cycle": 60, "consultancy-question": 30,
    "plan-check-30": 30, "recommendation-30": 30, "unfocus-hopes": 45, "unfocus-places": 50, "table-talk": 45,
}  # fmt: skip
"""How long each is said to take by those who use it."""
PLANS = {
    "popup-luncheon": ("11:45", [60]), "convening": ("08:30", [420, 420]), "summit": ("08:30", [420, 420, 420]),
    "design-lab": ("08:30", [420, 420]), "administrator-academy": ("08:30", [420]), "network-meeting": ("13:00", [180]),
    "working-group": ("15:30", [60]), "advisory-group": ("16:00", [90]), "plc": ("15:30", [90, 45, 90]),
    "unfocus-group": ("15:15", [120, 45]),
}  # fmt: skip
"""When each begins, and how long its days are."""
WITH_VISIT = PLANS | {"site-visit": ("08:30", [325])}
"""And the day on which a team is in a school's rooms: its breaks are where the rooms are."""
GROUPS = {
    "working-group": "three to six people.*every week", "advisory-group": "three to six people.*every two to four weeks",
    "plc": "school leaders.*every month", "unfocus-group": "eight to twelve students.*within six weeks",
}  # fmt: skip
"""The groups of the guidebook, and how many meet how often."""
LABELS = ("Who is in it", "How often", "Who leads", "Ready on the table", "Written down")
"""What whoever runs a meeting looks for first."""
AT_A_STRETCH = 120
"""Minutes that people sit without a break or a meal, at most."""


def led(name: str) -> Protocol:
    """The shipped facilitation of that id."""
    return find_protocol(str(LED[name]), NOWHERE)


def sentences(protocol: Protocol) -> set[str]:
    """What is read aloud and what is said of it, sentence by sentence; a few words in a row are none."""
    said = [protocol.purpose, *(step.prompt for step in protocol.steps)]
    parts = (re.sub(r"\W+", " ", one).strip().casefold() for text in said for one in re.split(r"[.?!:;]+\s", text))
    return {one for one in parts if len(one.split()) >= 4}


def said_twice(protocols: Iterable[Protocol]) -> dict[str, list[str]]:
    """Sentences that stand in several protocols, and in which."""
    where: dict[str, list[str]] = defaultdict(list)
    for protocol in protocols:
        for sentence in sentences(protocol):
            where[sentence].append(protocol.id)
    return {sentence: ids for sentence, ids in where.items() if len(ids) > 1}


def cannot_be_led(step: Step) -> bool:
    """Whether a facilitator would have to make something up: what to say, who has the floor, what to write down."""
    return not (step.prompt and step.speaks and step.captured)


# -- facilitations ---------------------------------------------------------------------------------------------------


def test_all_that_was_promised_is_there() -> None:
    """Each under its name, as long as it is known to be."""
    assert {name: led(name).minutes for name in LED} == MINUTES


def test_the_list_of_protocols_names_all_that_ship() -> None:
    """Whoever opens the folder finds each file with what it is for, and none that is not there."""
    page = (folder("protocols") / "README.md").read_text("utf-8")
    named = {one.rpartition("/")[2] for one in re.findall(r"`([^`\s]+\.toml)`", page)}
    assert named == {path.name for path in folder("protocols").glob("*/*.toml")}


@pytest.mark.parametrize("name", LED)
def test_minutes_add_up(name: str) -> None:
    """Those that repeat as often as the file says; how long it is stands in its name where there are several."""
    protocol = led(name)
    assert protocol.led_minutes == protocol.minutes
    written = re.search(r"-(\d+)$", name)
    assert written is None or int(written[1]) == protocol.minutes


@pytest.mark.parametrize("name", LED)
def test_every_step_says_what_a_facilitator_needs(name: str) -> None:
    """Words to read aloud, who speaks, what is captured; where nobody speaks, everybody is silent."""
    protocol = led(name)
    assert [step.id for step in protocol.steps if cannot_be_led(step)] == []
    assert [step.id for step in protocol.steps if step.speaks == "nobody" and not step.silent] == []
    assert 3 <= len(protocol.steps) <= 12


@pytest.mark.parametrize("name", LED)
def test_every_step_says_what_a_line_of_it_is(name: str) -> None:
    """A note, an idea, a question or a commitment: nothing is left to the words."""
    assert [step.id for step in led(name).steps if step.captured_as is None] == []


def test_a_step_without_words_is_found() -> None:
    """Each of the three is looked at."""
    whole = Step("a", "A", 1, "everybody", "", "Say your name.", "names")
    assert not cannot_be_led(whole)
    for lacking in (replace(whole, prompt=""), replace(whole, speaks=""), replace(whole, captured="")):
        assert cannot_be_led(lacking)


@pytest.mark.parametrize("name", LED)
def test_what_has_to_lie_ready_is_said(name: str) -> None:
    """At the end of its purpose."""
    assert "Needs" in led(name).purpose


@pytest.mark.parametrize("name", LED)
def test_for_how_many_it_is_reckoned_is_said_in_words_too(name: str) -> None:
    """Where steps repeat: a room with more people has to be told."""
    protocol = led(name)
    written = re.search(r"Reckoned for (\w+) (person|group)s", protocol.purpose)
    said = {(written[2], NUMBERS.index(written[1]))} if written else set()
    assert {(step.repeat, step.times) for step in protocol.steps if step.repeat != "once"} == said


def test_no_sentence_stands_in_two_protocols() -> None:
    """Whoever leads the long form after the short one does not read the same words again."""
    assert said_twice(map(led, LED)) == {}


def test_a_sentence_that_stands_twice_is_found() -> None:
    """In other punctuation too."""
    one = Protocol("one", "", "facilitation", "Needs pens. Ask for a fact first!", "", 1)
    other = replace(one, id="other", purpose="", steps=(Step("a", "", 1, "", "", "Ask for a fact, first. Then stop."),))
    assert said_twice([one, other]) == {"ask for a fact first": ["one", "other"]}


@pytest.mark.parametrize("paper", ["us-letter", "a4"])
@pytest.mark.parametrize("name", LED)
def test_every_facilitation_is_one_page(name: str, paper: Paper) -> None:
    """With every prompt whole on it."""
    protocol = led(name)
    (page,) = pypdf.PdfReader(io.BytesIO(form(protocol, AT, paper=paper))).pages
    text = re.sub(r"\s+", "", page.extract_text())
    assert [step.id for step in protocol.steps if re.sub(r"\s+", "", step.prompt) not in text] == []


# -- plans whose parts are led by them -------------------------------------------------------------------------------


def plan_of(name: str) -> Plan:
    """The shipped plan of that id."""
    return find_plan(name, NOWHERE, offices=NOWHERE)


def remarks(name: str) -> str:
    """What stands above a plan, as one line."""
    lines = (folder("sessions") / f"{name}.toml").read_text("utf-8").splitlines()
    return " ".join(line.lstrip("# ") for line in lines if line.startswith("#"))


def unled(session: Session) -> list[str]:
    """Parts of kind protocol that name none, or have less time than theirs takes."""
    there = {path.stem for path in protocol_files(NOWHERE)}
    return [
        part.title
        for part in session.agenda
        if (part.kind == "protocol" or part.protocol)
        and (part.protocol not in there or find_protocol(part.protocol, NOWHERE).minutes > part.minutes)
    ]


def longest(session: Session) -> int:
    """Minutes of the longest time between two breaks or meals."""
    stretches = [0]
    for part in session.agenda:
        if part.kind in ("break", "meal"):
            stretches.append(0)
        else:
            stretches[-1] += part.minutes
    return max(stretches)


@pytest.mark.parametrize("name", WITH_VISIT)
def test_a_plan_is_as_long_as_it_says(name: str) -> None:
    """Nothing wrong in it, its protocols there, and each of its days as long as was meant."""
    _, faults, notes = check_plan_file(folder("sessions") / f"{name}.toml", offices=NOWHERE, protocols=NOWHERE)
    assert (faults, notes) == ([], [])
    sessions = plan_of(name).sessions
    assert ({one.starts for one in sessions}, [one.minutes for one in sessions]) == (
        {WITH_VISIT[name][0]},
        WITH_VISIT[name][1],
    )


@pytest.mark.parametrize("name", WITH_VISIT)
def test_every_part_of_kind_protocol_names_one_that_fits_into_it(name: str) -> None:
    """A facilitation, or what is looked for and asked on a visit."""
    assert [unled(session) for session in plan_of(name).sessions] == [[] for _ in WITH_VISIT[name][1]]


def test_the_day_of_the_demo_leads_its_consultancy_at_once() -> None:
    """Whoever tries `p` there is asked for no protocol first."""
    session = next(one for one in plan_of("pspl-institute").sessions if one.id == "s3")
    assert ([part.protocol for part in session.agenda if part.kind == "protocol"], unled(session)) == (
        ["consultancy-50"],
        [],
    )


def test_a_part_that_nobody_can_lead_is_found() -> None:
    """It names no protocol, one that is not there, or one that takes longer."""
    session = plan_of("plc").sessions[-1]
    for wrong in ("", "tuning-41", "tuning-60"):
        agenda = tuple(
            replace(part, protocol=wrong) if part.protocol == "tuning-40" else part for part in session.agenda
        )
        assert unled(replace(session, agenda=agenda)) == ["One task, three pieces of student work"]


@pytest.mark.parametrize("name", GROUPS)
def test_whoever_has_to_run_a_group_on_monday_finds_what_they_need(name: str) -> None:
    """Who sits there, how often, who leads, what lies ready and what is written down stand above its plan."""
    said = remarks(name)
    assert [label for label in LABELS if f" {label}: " not in said] == []
    assert re.search(GROUPS[name], said)


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_looks_back_and_parts_with_who_does_what(name: str) -> None:
    """What was promised comes first, or what was said the last time; the last line of the last meeting says what is next."""
    sessions = plan_of(name).sessions
    first, last = sessions[0].agenda[0], sessions[-1].agenda[-1]
    assert last.kind == "business"
    assert re.search(r"who|next", last.title.casefold())
    back = [one for one in (first, *sessions[-1].agenda[:2]) if re.search(r"last|since|said", one.title.casefold())]
    assert back


def test_a_protocol_of_a_group_is_fit_for_so_few_people() -> None:
    """Nothing that needs a hall: those of three to six say so themselves."""
    for name in ("working-group", "advisory-group"):
        for part in plan_of(name).sessions[0].agenda:
            if part.protocol:
                assert re.search(
                    r"[Ff]or three to (five|six) people|for three to five people", led(part.protocol).purpose
                )


def test_the_two_groups_hand_work_to_one_another() -> None:
    """What the working group passes up is what the advisory group decides, and its decision comes back as promises."""
    (working,), (advisory,) = plan_of("working-group").sessions, plan_of("advisory-group").sessions
    assert "advisory group" in working.agenda[-1].title
    assert "advisory group" in led("plan-check-30").steps[-1].prompt
    assert "recommendation-30" in {part.protocol for part in advisory.agenda}
    assert "working group" in led("recommendation-30").source


@pytest.mark.parametrize("name", PLANS)
def test_people_get_breaks_and_a_meal(name: str) -> None:
    """Two hours at most without either; lunch or food in whatever goes on over noon."""
    for session in plan_of(name).sessions:
        assert longest(session) <= AT_A_STRETCH
        at = [int(session.starts[:2]) * 60 + int(session.starts[3:])]
        for part in session.agenda:
            at.append(at[-1] + part.minutes)
        if at[0] < 12 * 60 < at[-1]:
            meals = [at[n] for n, part in enumerate(session.agenda) if part.kind == "meal"]
            assert any(11 * 60 <= meal <= 13 * 60 for meal in meals)


@pytest.mark.parametrize("name", PLANS)
def test_hours_are_for_an_approval_to_give(name: str) -> None:
    """None are approved here, and what the remarks say of the agenda is what PSESD would count of it."""
    plan = plan_of(name)
    said = remarks(name)
    assert plan.approved_hundredths == 0
    assert plan.source
    assert re.search("No clock hours are approved for it|earns no clock hours", said)
    counted = sum(creditable_minutes(find_office("psesd", NOWHERE), session) for session in plan.sessions)
    hours = re.search(r"(\d+\.\d) hours of this agenda are time that PSESD counts", said)
    assert hours is None or float(hours[1]) == counted // 30 / 2
    minutes = re.search(r"(\d+) minutes of it are time that PSESD counts", said)
    assert minutes is None or int(minutes[1]) == counted
