"""Office files: rules are data, and each file says where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.core.credit import rule_of, session_line
from plfacilitate.core.office import Column, Office
from plfacilitate.core.plan import SegmentKind
from plfacilitate.core.refusal import Refused
from plfacilitate.core.sheet import FIELDS
from plfacilitate.shelf.offices import check_office_file, find_office
from plfacilitate.shelf.shipped import folder
from tests.core.credit_kit import facts, plan, session, throughout

NOWHERE = Path("/nowhere")
SHIPPED = sorted(folder("exports").glob("*.toml"))
OFFICE = """\
id = "ours"
version = "7"
title = "Our office"
counts = ["instruction", "break"]
round_step_minutes = 15
round = "day"
person_minimum = 45
day_cap = 7.5
evaluation = "door"
sheet_due_days = 3
transcript_approved = true

[fee]
per_hour = 2.50
minimum = 10
added = 1
added_up_to_hours = 9.5

[[column]]
title = "Name"
field = "last_name"

[[column]]
title = "Hours"
field = "hours"
ceds = "P000200"

[assumed]
round = "Because."
"""
DAY: tuple[tuple[int, SegmentKind], ...] = (
    (90, "instruction"), (15, "break"), (105, "instruction"), (45, "meal"),
    (75, "work-time"), (15, "break"), (75, "protocol"),
)  # fmt: skip


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A workspace's folder of offices, with one in it."""
    (tmp_path / "ours.toml").write_text(OFFICE, encoding="utf-8")
    return tmp_path


def said(own: Path, right: str, mistake: str) -> list[str]:
    """Faults and notes of the file with one thing changed."""
    assert right in OFFICE
    (own / "ours.toml").write_text(OFFICE.replace(right, mistake, 1), encoding="utf-8")
    office, faults, notes = check_office_file(own / "ours.toml")
    assert (office is None) == bool(faults)
    return [f"{one.line} {one.key}: {one.sentence}" for one in [*faults, *notes]]


def test_an_office_is_read_as_it_is_written(own: Path) -> None:
    """Minutes, hundredths and cents are whole."""
    assert find_office("ours", own) == Office(
        id="ours",
        version="7",
        title="Our office",
        counts=("instruction", "break"),
        minutes_per_hour=60,
        round_step_minutes=15,
        round="day",
        offering_minimum_minutes=60,
        person_minimum=45,
        day_cap=750,
        evaluation="door",
        sheet_due_days=3,
        transcript_approved=True,
        columns=(Column("Name", "last_name"), Column("Hours", "hours", "P000200")),
        fee_cents_per_hour=250,
        fee_minimum_cents=1000,
        fee_added_cents=100,
        fee_added_up_to=950,
        assumed={"round": "Because."},
    )


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_office_is_right_and_names_its_sources(path: Path) -> None:
    """No fault, no note, every column filled, and each assumption has its why."""
    office, faults, notes = check_office_file(path)
    assert (faults, notes) == ([], [])
    assert office is not None
    assert office.source
    assert office.contact
    assert office.correction
    assert office.assumed
    assert {column.field for column in office.columns} <= FIELDS.keys()
    assert {"last_name", "first_name", "email", "time_in", "time_out", "hours"} <= {c.field for c in office.columns}
    assert len({column.title for column in office.columns}) == len(office.columns)


def test_psesd_is_the_rule_of_its_own_pages() -> None:
    """Half hours down, an hour at least, neither meals nor breaks, three dollars and fifteen at least."""
    office = find_office("psesd", NOWHERE)
    assert office.counts == ("instruction", "work-time", "protocol")
    assert (office.round_step_minutes, office.round, office.offering_minimum_minutes) == (30, "total", 60)
    assert (office.person_minimum, office.day_cap, office.evaluation) == (None, None, "provider")
    assert (office.fee_cents(450), office.fee_cents(600)) == (1500, 1800)
    assert {"round", "person_minimum", "sheet_due_days"} <= dict(office.assumed or {}).keys()


@pytest.mark.parametrize(
    "office, hundredths", [("psesd", 550), ("nwesd", 550), ("esd113", 550), ("oesd114", 600), ("wa-state", 600)]
)
def test_the_same_day_under_five_rules(office: str, hundredths: int) -> None:
    """345 minutes without breaks are 5.5 hours; 375 with them are 6.0."""
    one = facts(plan(session(1, *DAY), hours=8), office=find_office(office, NOWHERE))
    assert session_line(one, throughout(one), person="p").hundredths == hundredths


def test_esd_113_rounds_four_and_three_quarters_down() -> None:
    """Its own example."""
    one = facts(plan(session(1, (285, "instruction")), hours=5), office=find_office("esd113", NOWHERE))
    assert session_line(one, throughout(one), person="p").hundredths == 450


def test_a_rule_is_named_with_its_version(own: Path) -> None:
    """As the explanation of a line cites it."""
    assert rule_of(find_office("ours", own), plan()).name == "ours 7"


def test_an_office_of_the_workspace_takes_the_place_of_the_shipped_one(own: Path) -> None:
    """By the file's name."""
    (own / "psesd.toml").write_text(OFFICE.replace('"ours"', '"psesd"'), encoding="utf-8")
    assert find_office("psesd", own).title == "Our office"
    assert find_office("nwesd", own).title == "Northwest ESD 189, Clock Hours"


@pytest.mark.parametrize("office", ["nothing", "", "../exports/psesd", "documents"])
def test_an_unknown_office_is_refused(own: Path, office: str) -> None:
    """With its own sentence, whatever was asked for."""
    with pytest.raises(Refused) as no:
        find_office(office, own)
    assert no.value.refusal.code == "office-unknown"


@pytest.mark.parametrize(
    "right, mistake, sentence",
    [
        ('id = "ours"', 'id = "theirs"',
         '1 id: is "theirs", but plans name this file: write id = "ours", or rename the file.'),
        ('"break"', '"breaks"',
         ('4 counts[1]: "breaks" is not one of instruction, work-time, protocol, break, meal, business. '
         "Did you mean break?")),
        ('round = "day"', 'round = "up"', '6 round: "up" is not one of total, day, session.'),
        ("round_step_minutes = 15", "round_step_minutes = 0",
         "5 round_step_minutes: 0 is too little: at least 1."),
        ("round_step_minutes = 15", "round_step_minutes = 20",
         "5 round_step_minutes: is no whole number of hundredths of an hour: hours are cut to hundredths."),
        ("person_minimum = 45", "person_minimum = 0",
         '7 person_minimum: must be whole minutes such as 60, or "none".'),
        ("person_minimum = 45", 'person_minimum = "an hour"',
         '7 person_minimum: must be whole minutes such as 60, or "none".'),
        ("day_cap = 7.5", 'day_cap = "8"', "8 day_cap: must be a number."),
        ("day_cap = 7.5", "day_cap = -1", "8 day_cap: -1 is too little: at least 0."),
        ("transcript_approved = true", 'transcript_approved = "yes"',
         '11 transcript_approved: "yes" must be true or false, without quotes.'),
        ("per_hour = 2.50", "per_hour = 2.505", "14 fee.per_hour: 2.505 has more than two decimals."),
        ('field = "last_name"', 'field = "lastname"',
         '21 column[0].field: "lastname" fills nothing, so this column stays empty. Did you mean last_name?'),
        ('round = "Because."', 'rounding = "Because."', "29 assumed.rounding: is not a setting of this file."),
        ('version = "7"', "", '0 version: is missing: write for instance version = "2026-1"'),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_line_and_key(own: Path, right: str, mistake: str, sentence: str) -> None:
    """Faults keep the office from being used, notes don't."""
    assert said(own, right, mistake) == [sentence]


def test_none_means_no_such_limit(own: Path) -> None:
    """The word for it in both settings."""
    text = OFFICE.replace("person_minimum = 45", 'person_minimum = "none"').replace("day_cap = 7.5", 'day_cap = "none"')
    (own / "ours.toml").write_text(text, encoding="utf-8")
    office = find_office("ours", own)
    assert (office.person_minimum, office.day_cap) == (None, None)


def test_an_office_may_let_reports_of_visits_name_rooms(own: Path) -> None:
    """Anonymous unless it says so, and no other word will do."""
    assert find_office("ours", own).visit_rooms == "anonymous"
    assert said(own, "[fee]", '[visits]\nrooms = "named"\n\n[fee]') == []
    assert find_office("ours", own).visit_rooms == "named"
    (fault,) = said(own, "[fee]", '[visits]\nrooms = "open"\n\n[fee]')
    assert fault == '14 visits.rooms: "open" is not one of anonymous, named.'
