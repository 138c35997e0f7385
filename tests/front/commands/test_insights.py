"""`insights`: what many visits show together, in words and for a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from plfacilitate.core.insights.visited import Visited
from plfacilitate.core.insights.visited import visited as reduced
from plfacilitate.core.protocol import Item
from plfacilitate.core.visiting.fold import VisitFold, VisitPicture
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import observe
from tests.laptops import Laptop

SCHOOL = "Lakeridge Elementary"


def walked(laptop: Laptop, day: str, *, rooms: int = 5, seen: int = 3, school: str = SCHOOL, level: int = 2) -> str:
    """A visit on a day: so many rooms with all look-fors of the lens seen in the first few; gives the event."""
    event = laptop.schedule("site-visit", on=day)
    ledger, hand = laptop.ledger(), laptop.hand()
    protocol = find_protocol("psesd-lens", laptop.workspace.protocols)
    stops = tuple(Stop(f"s{n}", f"Room {n}") for n in range(rooms))
    drafts = [observe.plan_visit(hand, VisitFold(event), Visit(school, "To see", stops=stops))]
    for place, stop in enumerate(stops):
        began = observe.begin(hand, event, protocol, observer="Ada", stop=stop.id)
        ledger.append([*drafts, began])
        drafts = []
        one = observe.read_visit(ledger, event).observation(began.id)
        assert one is not None
        ledger.append(
            [
                observe.note(hand, one, item.id, _answer(item, place < seen, level))
                for item in _asked(one.protocol.items)
            ]
        )
        ledger.append_one(observe.end(hand, one))
    ledger.close()
    return event


def _asked(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.kind in ("look-for", "rating")]


def _answer(item: Item, seen: bool, level: int) -> str | int:
    return level if item.kind == "rating" else "seen" if seen else "not seen"


def test_a_ledger_without_visits_says_so(laptop: Laptop) -> None:
    """In words, and as an empty list for a program."""
    assert laptop.run("insights").out == "No visit has been observed yet.\n"
    assert laptop.json("insights")["schools"] == []


def test_a_school_is_shown_over_its_visits(laptop: Laptop) -> None:
    """Share, n and change; the facet that the lens does not ask for by look-fors is empty in words."""
    walked(laptop, "2023-10-04", seen=1)
    walked(laptop, "2023-12-06", seen=4, level=3)
    said = laptop.run("insights", "--school", "lakeridge elementary").out
    assert "Lakeridge Elementary · 2 visits · 2023-10-04 to 2023-12-06" in said
    assert "● look-fors seen: 50 % · Whose strengths, who chooses, who is heard" in said
    assert "n 10 · 10 rooms · 2 visits · 20 % → 80 % (n 5 → 5, 2 visits)" in said
    assert "● levels of 4: median between 2 and 3" in said
    assert "○ Achievement stays empty" in said


def test_an_announced_visit_is_none_before_somebody_observes(laptop: Laptop) -> None:
    """It would be a visit on which nobody saw anything."""
    event = laptop.schedule("site-visit")
    ledger = laptop.ledger()
    ledger.append_one(observe.plan_visit(laptop.hand(), VisitFold(event), Visit(SCHOOL, "To see")))
    ledger.close()
    assert laptop.json("insights")["schools"] == []


def test_the_document_has_every_figure_with_its_state(laptop: Laptop) -> None:
    """Whole numbers; null where nothing is told."""
    walked(laptop, "2023-10-04")
    walked(laptop, "2023-12-06", rooms=1)
    (school,) = laptop.json("insights")["schools"]
    (pattern,) = [one for one in school["patterns"] if one["id"] == "learner-profiles"]
    (line,) = pattern["lines"]
    assert [(one["day"], one["state"], one["value"], one["counted"]) for one in line["visits"]] == [
        ("2023-10-04", "told", 60, True), ("2023-12-06", "withheld", None, False),
    ]  # fmt: skip
    assert (line["whole"]["value"], line["whole"]["n"], line["instrument"]) == (60, 5, "psesd-lens")


def test_only_visits_since_a_day_are_read(laptop: Laptop) -> None:
    """The day itself included; what is no day is refused."""
    walked(laptop, "2023-10-04")
    walked(laptop, "2023-12-06")
    (school,) = laptop.json("insights", "--since", "2023-12-06")["schools"]
    assert [one["day"] for one in school["visits"]] == ["2023-12-06"]
    assert "is no day" in laptop.no("insights", "--since", "soon")
    assert laptop.do("insights", "--since", "2023-12-07").startswith("No visit has been observed since 2023-12-07.\n")


def test_a_school_that_nobody_visited_is_refused(laptop: Laptop) -> None:
    """With the names of those that were."""
    walked(laptop, "2023-10-04")
    assert laptop.no("insights", "--school", "Olympic").strip().endswith("Visited: Lakeridge Elementary.")


def test_what_people_typed_can_not_reach_the_terminal(laptop: Laptop) -> None:
    """A school's name is data."""
    walked(laptop, "2023-10-04", school="Lake\x1b[31m\u202eridge")
    said = laptop.run("insights").out
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_a_visit_that_can_not_be_read_fails_alone(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, in words and in the document, and the others are there."""
    walked(laptop, "2023-10-04")
    broken = walked(laptop, "2023-12-06")

    def visited(picture: VisitPicture, **more: Any) -> Visited:
        if picture.event == broken:
            raise ValueError("no level \x1b")
        return reduced(picture, **more)

    monkeypatch.setattr("plfacilitate.steps.insights.visited", visited)
    ran = laptop.run("insights")
    assert ran.err.startswith(f"✗ Visit {broken[:8]} can't be read and is in no figure: ValueError: no level ␛")
    assert "Lakeridge Elementary · 1 visit" in ran.out
    assert [one["event"] for one in laptop.json("insights")["failed"]] == [broken]
    assert "No visit has been observed" not in laptop.run("insights", "--since", "2023-12-06").out, "it can't be read"


def test_a_protocol_of_a_later_version_may_speak_to_what_is_not_known_here(laptop: Laptop) -> None:
    """An attribute that this version has no name for is passed over, the rest is told."""
    protocol = find_protocol("psesd-lens", laptop.workspace.protocols).to_json()
    for section in protocol["sections"]:
        for item in section["items"]:
            item["facet"] = "of-tomorrow"
    event = laptop.schedule("site-visit")
    ledger = laptop.ledger()
    began = laptop.hand().draft("observation-started", event=event, body={"observer": "Ada", "protocol": protocol})
    ledger.append_one(began)
    one = observe.read_visit(ledger, event).observation(began.id)
    assert one is not None
    ledger.append_one(observe.note(laptop.hand(), one, "names", "seen"))
    ledger.close()
    (school,) = laptop.json("insights")["schools"]
    assert school["school"] == "Renton"
    assert [one["lines"] for one in school["patterns"] if one["id"] == "culture-and-identity"] == [[]]


@pytest.mark.parametrize("people, shown", [(4, "◌"), (5, "●")])
def test_people_are_shown_in_groups_of_five_or_more(laptop: Laptop, tmp_path: Path, people: int, shown: str) -> None:
    """Fewer of a session are neither counted nor broken down."""
    lines = [f"Person{n},Ann,p{n}@example.org,Dimmitt" for n in range(people)]
    (tmp_path / "list.csv").write_text("\n".join(["Last Name,First Name,Email,School", *lines]), "utf-8")
    laptop.do("people", "import", tmp_path / "list.csv")
    event = laptop.schedule()
    laptop.do("event", "expect", event, "--school", "Dimmitt")
    (row,) = [line for line in laptop.run("insights").out.splitlines() if "Dimmitt" in line][:1]
    assert row.strip().startswith(shown)
    assert ("0 of 5 came" in row) == (people == 5)


def test_a_school_has_a_report_in_two_files(laptop: Laptop, tmp_path: Path) -> None:
    """Named after the newest visit and the school; what is being done is said on stderr."""
    walked(laptop, "2023-10-04", seen=1)
    walked(laptop, "2023-12-06", seen=4)
    ran = laptop.run("insights", "report", SCHOOL, "--out", tmp_path)
    files = [tmp_path / f"2023-12-06-lakeridge-elementary-insights.{kind}" for kind in ("pdf", "html")]
    assert ran.out.splitlines() == list(map(str, files))
    assert all(path.stat().st_size > 5000 for path in files)
    assert ran.err.splitlines() == ["reading the visits …", "drawing the PDF …", "making the page …", "writing both …"]
    assert "20 % → 80 %" in files[1].read_text("utf-8")
    assert "No visit to Olympic" in laptop.no("insights", "report", "Olympic")


def test_two_laptops_that_merged_show_the_same(laptops: Callable[[str], Laptop]) -> None:
    """Each saw one visit, and one of them another one twice."""
    one, other = laptops("one"), laptops("other")
    walked(one, "2023-10-04", seen=1)
    walked(other, "2023-12-06", seen=4)
    one.do("receive", other.workspace.ledger)
    other.do("receive", one.workspace.ledger)
    one.do("receive", other.workspace.ledger)
    assert one.json("insights") == other.json("insights")
    assert len(one.json("insights")["schools"][0]["visits"]) == 2
