"""Visit files: the shipped example is right, and what is wrong is said by line and key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.core.visiting.plan import Rooms, Stop, Visit
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.visits import check_visit_file, read_visit_file
from tests.conftest import ROOT

NOWHERE = Path("/nowhere")
EXAMPLE = folder("demo") / "visit.toml"
VISIT = """\
school = "Lakeridge"
purpose = "To see who chooses"
look_fors = ["Who chooses"]
hosts = ["Sam"]
debrief = "12:25"

[[stop]]
id = "s1"
room = "Room 4"
starts = "9:00"
minutes = 20
host = "Maria"
subject = "Reading"
grade = 1
team = ["Ada  Park", "Ben"]
protocols = ["psesd-lens"]

[[stop]]
id = "s2"
room = "Room 9"
starts = 09:20:00
minutes = 20
team = ["Ada Park"]

[[stop]]
id = "s3"
room = "Library"
"""


def said(folder: Path, right: str = "", mistake: str = "", *, allowed: Rooms | None = "anonymous") -> list[str]:
    """Faults and notes of the file with one thing changed."""
    assert right in VISIT
    (folder / "visit.toml").write_text(VISIT.replace(right, mistake, 1), encoding="utf-8")
    visit, faults, notes = check_visit_file(folder / "visit.toml", protocols=NOWHERE, allowed=allowed)
    assert (visit is None) == bool(faults)
    return [f"{one.line} {one.key}: {one.sentence}" for one in [*faults, *notes]]


def test_the_example_is_right() -> None:
    """Without a fault or a note, with all keys that its remarks explain, and each of them explained."""
    visit, faults, notes = check_visit_file(EXAMPLE, protocols=NOWHERE)
    assert (faults, notes) == ([], [])
    assert visit is not None
    assert len(visit.stops) == 8
    assert {stop.grade for stop in visit.stops} >= {"1", "4 and 5"}
    remarks = "".join(line for line in EXAMPLE.read_text("utf-8").splitlines(True) if line.startswith("#"))
    for key in (*Visit("", "").to_json(), *Stop.__dataclass_fields__):
        assert f" {key}" in remarks.replace("[[stop]]", " stops"), key


def test_a_visit_is_read_as_it_is_written(tmp_path: Path) -> None:
    """Names tidied, times as `HH:MM`, what is left out empty."""
    assert said(tmp_path) == []
    visit = read_visit_file(tmp_path / "visit.toml", protocols=NOWHERE, allowed="anonymous")
    first = Stop("s1", "Room 4", "09:00", 20, "Maria", "Reading", "1", ("Ada Park", "Ben"), ("psesd-lens",))
    assert visit == Visit(
        "Lakeridge", "To see who chooses", ("Who chooses",), "anonymous", ("Sam",),
        (first, Stop("s2", "Room 9", "09:20", 20, team=("Ada Park",)), Stop("s3", "Library")), "12:25",
    )  # fmt: skip


@pytest.mark.parametrize(
    "allowed, key, rooms",
    [("anonymous", "", "anonymous"), ("named", "", "named"), ("named", 'rooms = "anonymous"', "anonymous"), ("named", 'rooms = "named"', "named")],
)  # fmt: skip
def test_rooms_are_as_the_office_has_them_unless_said(tmp_path: Path, allowed: Rooms, key: str, rooms: str) -> None:
    """A visit may keep rooms anonymous where the office would not."""
    assert said(tmp_path, 'debrief = "12:25"', key, allowed=allowed) == []
    assert read_visit_file(tmp_path / "visit.toml", protocols=NOWHERE, allowed=allowed).rooms == rooms


_MANY = "".join(f'[[stop]]\nid = "r{number}"\nroom = "Room"\n' for number in range(61))
MISTAKES = [
    ('school = "Lakeridge"', "", '0 school: is missing: write for instance school = "Lakeridge Elementary"'),
    ('"To see who chooses"', '" "', "2 purpose: must not be empty."),
    ('look_fors = ["Who', 'look_for = ["Who', "3 look_for: is not a key that is known here: it is left aside."),
    ('debrief = "12:25"', 'debrief = "noon"', '5 debrief: must be a time of day such as "08:30".'),
    ('debrief = "12:25"', 'rooms = "open"', '5 rooms: "open" is not one of anonymous, named.'),
    (
        'debrief = "12:25"', 'rooms = "named"',
        '5 rooms: is "named", but the office of this event keeps rooms anonymous: leave the key out.',
    ),
    ('id = "s1"', 'id = "s 1"', "8 stop[0].id: may have letters, digits, '-', '_' and '.' only, and at most 64 of them."),
    ('room = "Room 4"\n', "", '7 stop[0].room: is missing: write for instance room = "Room 12"'),
    ('starts = "9:00"', 'starts = "25:00"', '10 stop[0].starts: must be a time of day such as "08:30".'),
    ('starts = "9:00"', 'starts = "9:00 am"', '10 stop[0].starts: must be a time of day such as "08:30".'),
    ("minutes = 20", "minutes = 0", "11 stop[0].minutes: 0 is too little: at least 1."),
    ("minutes = 20", 'minutes = "20"', '11 stop[0].minutes: "20" must be a whole number, without quotes.'),
    ('"Ada  Park", "Ben"', '"Ben", "ben"', "15 stop[0].team[1]: ben is named twice: once is enough."),
    (
        '["psesd-lens"]', '["psesd-lense"]',
        '16 stop[0].protocols[0]: "psesd-lense" is no protocol here. Did you mean psesd-lens?',
    ),
    (
        '["psesd-lens"]', '["zzz"]',
        '16 stop[0].protocols[0]: "zzz" is no protocol here. `plfacilitate protocol list` shows all.',
    ),
    ('id = "s2"', 'id = "s1"', '19 stop[1].id: "s1" is the id of an earlier stop too: give each its own.'),
    (
        "starts = 09:20:00", "starts = 09:10:00",
        "23 stop[1].team[0]: Ada Park is in Room 4 (s1) then, 09:00–09:20: nobody is in two rooms.",
    ),
    ("starts = 09:20:00", "starts = 12:25:00", "21 stop[1].starts: 12:25 is after the debrief begins (12:25)."),
    (
        "starts = 09:20:00", "starts = 12:10:00",
        "22 stop[1].minutes: 20 min from 12:10 go on until 12:30, past the debrief (12:25).",
    ),
    (VISIT[VISIT.index("[[stop]]"):], "", "0 : has no stop yet: write [[stop]] with id and room for each."),
    (VISIT[VISIT.index("[[stop]]"):], _MANY, "187 stop[60]: is one stop too many: 61 of them, at most 60."),
    ('school = "Lakeridge"', "school = ", "1 : this is not TOML: "),
]  # fmt: skip


@pytest.mark.parametrize("right, mistake, sentence", MISTAKES)
def test_a_mistake_is_said_by_line_and_key(tmp_path: Path, right: str, mistake: str, sentence: str) -> None:
    """One thing wrong, one sentence."""
    (found, *more) = said(tmp_path, right, mistake)
    assert found.startswith(sentence)
    assert more == []


def test_an_unknown_office_leaves_the_question_of_rooms_open(tmp_path: Path) -> None:
    """`visit check` knows no event: it says what it depends on."""
    (note,) = said(tmp_path, 'debrief = "12:25"', 'rooms = "named"', allowed=None)
    assert note == '5 rooms: is "named": that holds where the office of the event allows it.'


def test_a_facilitation_and_a_broken_protocol_are_no_instruments(tmp_path: Path) -> None:
    """One is led step by step; the other can't be filled in."""
    own = tmp_path / "protocols"
    own.mkdir()
    head = 'title = "M"\npurpose = "p"\nsource = "s"\nminutes = 5\n'
    steps = '[[step]]\nid = "a"\ntitle = "A"\nminutes = 5\nspeaks = "all"\n'
    (own / "led.toml").write_text(f'id = "led"\nkind = "facilitation"\n{head}{steps}', "utf-8")
    (own / "broken.toml").write_text("id =", "utf-8")
    (tmp_path / "visit.toml").write_text(VISIT.replace('["psesd-lens"]', '["led", "broken"]'), "utf-8")
    _, (led, broken), _ = check_visit_file(tmp_path / "visit.toml", protocols=own)
    assert led.sentence == '"led" is led step by step (facilitation): a room takes an observation or an interview.'
    assert broken.sentence == '"broken" can\'t be used: `plfacilitate protocol check` says why.'


def test_a_file_with_faults_is_refused_whole(tmp_path: Path) -> None:
    """With all of them; nothing of it is announced."""
    (tmp_path / "visit.toml").write_text('school = "S"\n[[stop]]\nid = "a"\n', "utf-8")
    with pytest.raises(Refused, match=r"has 2 fault\(s\)"):
        read_visit_file(tmp_path / "visit.toml", protocols=NOWHERE, allowed="anonymous")


def test_the_example_of_the_page_for_people_is_right(tmp_path: Path) -> None:
    """What `docs/visits.md` shows can be copied."""
    (example, *_) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "visits.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "visit.toml").write_text(example, "utf-8")
    visit, faults, notes = check_visit_file(tmp_path / "visit.toml", protocols=NOWHERE)
    assert (faults, notes) == ([], [])
    assert visit is not None
    assert visit.stops
