"""`credit --json` is a contract with whoever reads it."""

from __future__ import annotations

from collections.abc import Callable

from tests.laptops import Laptop
from tests.played import Clock

ROUNDED = "339 min rounded down to 5.5 h here; the series is rounded as a whole"
DANA = "dana.brown@renton.example.org"


def test_the_document_of_one_event_word_for_word(laptop: Laptop, clock: Clock) -> None:
    """Every key, every type, every value of a line."""
    event = laptop.opened()
    laptop.attend(event, f"{DANA}, 8:37, 15:31")
    clock.set("2023-12-06T16:10:00-08:00")
    device = laptop.ledger().device
    document = laptop.json("credit", event)
    (line,) = [line for line in document["lines"] if line["email"] == DANA]
    (person,) = laptop.json("people", "show", "Brown, Dana")
    with_lines = {**document, "lines": []}
    numbers = with_lines.pop("as_of")
    assert with_lines == {
        "event": event,
        "series": laptop.json("event", "show", event)["series"],
        "office": "psesd",
        "rule": "psesd 2026-1",
        "unit": "clock-hour",
        "lines": [],
    }
    assert list(numbers) == [device]
    assert numbers[device] == laptop.json("event", "show", event)["entries"] + 53  # 52 people and the device's own
    assert line == {
        "person": person["person"],
        "name": "Brown, Dana",
        "email": DANA,
        "minutes": 339,
        "hours": 5.5,
        "status": "earned",
        "reasons": [
            {"code": "meal", "minutes": 45, "text": "lunch 11:55–12:40 does not count"},
            {"code": "break", "minutes": 30, "text": "breaks 10:00–10:15 and 14:10–14:25 do not count"},
            {"code": "late", "minutes": 7, "text": "signed in at 8:37: 7 min missed"},
            {"code": "left-early", "minutes": 14, "text": "signed out at 15:31: 14 min missed"},
            {"code": "rounding", "minutes": 0, "text": ROUNDED},
        ],
        "explained": "agenda 8:30–15:45 = 435 min; lunch −45, breaks −30 → 360; in 8:37 −7, out 15:31 −14 → 339 min"
        " = 5 h 39 → 5.5 h under psesd 2026-1; 1 of 4 sessions.",
    }


def test_figures_have_their_types(laptop: Laptop) -> None:
    """Minutes are integers, hours are numbers (never texts), a status is one of three."""
    event = laptop.opened()
    laptop.attend(event, f"{DANA}, 8:20, 15:50")
    raw = laptop.do("credit", event, "--json")
    assert '"hours": 6.0' in raw
    assert '"minutes": 360' in raw
    for line in laptop.json("credit", event)["lines"]:
        assert type(line["minutes"]) is int
        assert type(line["hours"]) is float
        assert line["status"] in ("earned", "pending", "none")
        assert all(type(reason["minutes"]) is int for reason in line["reasons"])


def test_lines_come_in_last_name_order_as_people_sort_names(laptop: Laptop) -> None:
    """Accents and particles are no reason to stand at the end."""
    event = laptop.opened()
    names = [line["name"] for line in laptop.json("credit", event)["lines"]]
    assert len(names) == 52
    assert names.index("Nguyễn, Lan") < names.index("O'Leary, Siobhán") < names.index("van der Berg, Anneke")


def test_as_of_tells_the_point_of_every_laptop(laptops: Callable[[str], Laptop]) -> None:
    """After a merge both devices are named, each with the number of its newest entry."""
    one, two = laptops("one"), laptops("two")
    event = one.opened()
    two.opened()
    one.json("receive", two.workspace.ledger)
    heads = {device: number for device, (number, _) in one.ledger().heads().items()}
    assert one.json("credit", event)["as_of"] == heads
    assert len(heads) == 2


def test_one_person_by_name_mail_or_id(laptop: Laptop) -> None:
    """However they are named, it is their one line."""
    event = laptop.opened()
    (person,) = laptop.json("people", "show", "Brown, Dana")
    for name in ("Dana Brown", "brown, dana", DANA, person["person"]):
        (line,) = laptop.json("credit", event, "--person", name)["lines"]
        assert line["email"] == DANA
    assert "could be" in laptop.no("credit", event, "--person", "Maria Garcia")
    assert "Nobody here is called Nobody" in laptop.no("credit", event, "--person", "Nobody")


def test_a_person_who_is_not_on_this_list(laptop: Laptop) -> None:
    """Known here, but neither expected nor seen at the event: no line, and it is said."""
    event = laptop.schedule()
    laptop.do("people", "import", laptop_list(laptop))
    assert laptop.json("credit", event, "--person", "Ann Stray")["lines"] == []
    assert "is not on this list" in laptop.run("credit", event, "--person", "Ann Stray").err


def laptop_list(laptop: Laptop) -> object:
    """A list of one."""
    path = laptop.folder / "stray.csv"
    path.write_text("last_name,first_name\nStray,Ann\n", "utf-8")
    return path


def test_an_event_is_named_by_the_beginning_of_its_id(laptop: Laptop) -> None:
    """Four letters at least, and only where one event fits."""
    event = laptop.opened()
    assert laptop.json("credit", event[:8])["event"] == event
    assert "There is no event" in laptop.no("credit", event[:3])
    assert "There is no event" in laptop.no("credit", "")


def test_the_rule_that_counts_is_the_one_of_the_opening(laptop: Laptop, clock: Clock) -> None:
    """A plan and an office that are edited afterwards change no past credit."""
    event = laptop.opened()
    laptop.attend(event, f"{DANA}, 8:20, 15:50")
    plan = laptop.workspace.sessions / "pscpl-cohort.toml"
    plan.write_text('id = "pscpl-cohort"\n', "utf-8")
    office = laptop.workspace.exports / "psesd.toml"
    office.write_text('id = "psesd"\n', "utf-8")
    clock.set("2023-12-06T16:10:00-08:00")
    assert laptop.lines(event)[DANA]["hours"] == 6.0
