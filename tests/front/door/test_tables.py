"""The projector's page of the groups: badge numbers, and names only where the plan says so; only for who may see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.core.drawn import Drawing, on_wall
from plfacilitate.core.people import Person
from plfacilitate.front.door.app import door_app
from plfacilitate.front.door.network import Hosts
from plfacilitate.front.door.where import Whereabouts
from plfacilitate.shelf.plans import find_plan
from plfacilitate.shelf.shipped import folder
from plfacilitate.steps import groups as steps
from plfacilitate.steps.groups import read_groups
from plfacilitate.steps.merge import person_heads
from plfacilitate.store.search import catch_up
from tests.front.door.day import PEOPLE, SEAN, Day, text_of

NAMED = {"ann": Person("ann", "Lee", "Ann", badge="100017"), "cher": Person("cher", "Cher")}
DRAWING = Drawing("d", None, "mix", "00", ("", "Voice"), (("ann", "gone"), ("cher",)))  # type: ignore[arg-type]  # its time is not shown


@pytest.fixture
async def wall(day: Day) -> Day:
    """The day with a door that knows where it is."""
    where = Whereabouts("http://192.168.1.20:8100", "Wi-Fi", reachable=True, own=("192.168.1.20",))
    day.app = door_app(
        day.reception, nonce="n0", hosts=Hosts(("door.test",)), cast=lambda number, given: None,
        drop=lambda ballots: [], where=where,
    )  # fmt: skip
    return day


def drawn(day: Day) -> None:
    """Groups of four of everybody on the list."""
    catch_up(day.desk.connection)
    day.desk.append(steps.draw(day.hand, day.event, read_groups(day.desk, day.event), way="mix", size=4))


def test_without_the_plans_word_there_are_numbers_only() -> None:
    """How the badge's number ends for who has one; a name never. With it first names and an initial."""
    assert [(one.title, one.labels, one.unnamed) for one in on_wall(DRAWING, NAMED, names=False)] == [
        ("Group 1", ("0017",), 1), ("2 · Voice", (), 1),
    ]  # fmt: skip
    assert [one.labels for one in on_wall(DRAWING, NAMED, names=True)] == [("Ann L.",), ("Cher",)]


def test_badges_that_end_alike_show_more_digits() -> None:
    """As many as tell everybody apart, and no more."""
    alike = {"ann": Person("ann", "Lee", badge="77100017"), "cher": Person("cher", "Cher", badge="77290017")}
    assert [one.labels for one in on_wall(DRAWING, alike, names=False)] == [("00017",), ("90017",)]


async def test_people_find_their_group_by_the_number_of_their_badge(wall: Day) -> None:
    """And nobody's name, school or e-mail stands there; to a phone the page does not exist."""
    here = wall.phone(address="127.0.0.1")
    assert "No groups are drawn yet." in text_of(await here.get("/wall/groups"))
    badge = {"fields": {"badge": "204417"}}
    wall.desk.append([wall.hand.draft("person", person=SEAN, body=badge, replaces=person_heads(wall.desk, SEAN))])
    drawn(wall)
    page = await here.get("/wall/groups")
    said = text_of(page)
    assert "Look for the last digits of the number on your badge." in said
    assert "4417" in said
    assert "204417" not in page.text, "a whole number signs its holder in"
    assert "Group 4" in said
    for fields in PEOPLE:
        assert not any(value and value in page.text for value in fields.values())
    assert (await wall.phone().get("/wall/groups")).status_code == 404


def test_a_plan_says_whether_names_go_on_the_wall(tmp_path: Path) -> None:
    """`names_on_wall = true` is taken and kept in the snapshot; a plan without it is written as it was."""
    text = (folder("sessions") / "plc.toml").read_text("utf-8")
    (tmp_path / "plc.toml").write_text(text.replace('id = "plc"', 'id = "plc"\nnames_on_wall = true'), "utf-8")
    plan = find_plan("plc", tmp_path, offices=tmp_path, protocols=tmp_path)
    assert plan.names_on_wall
    assert type(plan).from_json(plan.to_json()).names_on_wall
    shipped = find_plan("plc", tmp_path / "none", offices=tmp_path, protocols=tmp_path)
    assert "names_on_wall" not in shipped.to_json()
