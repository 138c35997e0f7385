"""Names are taken out of a visit's notes: nothing of them is left in any file, and nothing else is changed."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import Rooms, Stop, Visit
from plfacilitate.steps import observe
from plfacilitate.steps.capture import note, undo, written
from plfacilitate.steps.unname import Taken, names_noted, take_names_out
from plfacilitate.store.ledger import Ledger
from tests.core.test_observation import ROOM
from tests.laptops import Laptop
from tests.played import Clock

NAMES = {"Xiomara": "S1", "Quennell": "S1", "Vandermolen": "the teacher"}


def seen(ledger: Ledger, event: str) -> Observation:
    """The one observation."""
    (found,) = observe.read_visit(ledger, event).observations
    return found


def visited(laptop: Laptop, clock: Clock, rooms: Rooms = "anonymous") -> str:
    """A visit on which names slipped into lines, notes, a summary, what was agreed, and a draft."""
    event = laptop.opened()
    clock.set("2023-12-06T09:00:00-08:00")
    ledger, hand = laptop.ledger(), laptop.hand()
    stop = Stop("r4", "Room 4", host="Ms. Vandermolen", team=("Ada Okoro",))
    visit = Visit("Dimmitt", "Who chooses?", rooms=rooms, stops=(stop,))
    written(ledger.append([observe.plan_visit(hand, observe.read_visit(ledger, event), visit)]))
    written(ledger.append([observe.begin(hand, event, ROOM, observer="Ada Okoro", stop="r4")]))

    def write(draft: object) -> str:
        (entry,) = written(ledger.append([draft]))  # type: ignore[list-item]  # a draft, whichever
        clock.forward(minutes=1)
        return entry.id

    def now() -> Observation:
        return seen(ledger, event)

    write(observe.line(hand, now(), "Then Xiomara asks why", items=["why"]))
    write(observe.line(hand, now(), "Xiomara Quennell: because it turns"))
    write(observe.reword(hand, now(), now().lines[1], "S2: because it turns"))
    write(observe.line(hand, now(), "Ms. Vandermolen hands out maps"))
    write(observe.code(hand, now(), now().lines[2], ["what"]))
    gone = write(observe.line(hand, now(), "A line that Xiomara never said"))
    taken = ledger.entry(gone)
    assert taken is not None
    write(undo(hand, taken))
    write(observe.note(hand, now(), "what", 1, words="as Xiomara had said"))
    write(observe.note(hand, now(), "what", 2, words="Xiomara proposes it"))
    write(observe.note(hand, now(), "names", "seen", words="by Xiomara"))
    write(observe.note(hand, now(), "names", "not seen"))
    write(observe.note(hand, now(), "free", "Quennell's map hangs there"))
    write(observe.note(hand, now(), "why", 1))
    write(
        observe.agree(hand, event, stop="r4", protocol="room", item="what", value=2, words="Xiomara’s question counts")
    )
    write(observe.sum_up(hand, event, {"strengths": "What Xiomara did", "next": "More time"}))
    write(note(hand, event, "Thank Vandermolen by mail"))
    ledger.close()
    drafts = {f"note:{event}": {"text": "ask Xiomara’s class"}}
    printed = laptop.workspace.root / "printed"
    printed.mkdir()
    (printed / "2023-12-06-dimmitt-visit-report.html").write_text("“Then Xiomara asks why”", "utf-8")
    (laptop.workspace.root / "drafts.json").write_text(json.dumps(drafts, ensure_ascii=False), "utf-8")
    return event


def on_disk(folder: Path) -> str:
    """All bytes of all files there that may hold a word."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return "\n".join(path.read_bytes().decode("utf-8", "replace") for path in files)


def take_out(laptop: Laptop, event: str, changes: dict[str, str] | None = None) -> Taken:
    """The names are taken out."""
    ledger = laptop.ledger()
    try:
        return take_names_out(ledger, laptop.workspace, laptop.hand(), event, NAMES if changes is None else changes)
    finally:
        ledger.close()


def test_they_are_listed_with_a_proposal(laptop: Laptop, clock: Clock) -> None:
    """The student's two names are one S, the host of an anonymous room is the teacher, the team is nobody's business."""
    event = visited(laptop, clock)
    ledger = laptop.ledger(readonly=True)
    found = {one.name: one.proposed for one in names_noted(ledger, observe.read_visit(ledger, event)) if one.sure}
    ledger.close()
    assert found["Vandermolen"] == "the teacher"
    assert found["Xiomara"] == found["Xiomara Quennell"] == found["Quennell"] == "S3"
    assert found.keys() == {"Vandermolen", "Xiomara", "Quennell", "Xiomara Quennell"}


def test_nothing_of_a_name_is_left_on_the_disk_and_all_else_stays(laptop: Laptop, clock: Clock) -> None:
    """Ledger, log, search, drafts, reports: no byte of it. Times, codes, levels and the number of taps are as they were."""
    event = visited(laptop, clock)
    ledger = laptop.ledger()
    before = seen(ledger, event)
    ledger.close()
    assert "Xiomara" in on_disk(laptop.workspace.root)
    taken = take_out(laptop, event)
    assert taken.left == {}
    for name in NAMES:
        assert name not in on_disk(laptop.workspace.root), name
    ledger = laptop.ledger()
    after = seen(ledger, event)
    assert [line.text for line in after.lines] == [
        "Then S1 asks why", "S2: because it turns", "the teacher hands out maps",
    ]  # fmt: skip
    assert [(line.at, line.items, line.doubtful) for line in after.lines] == [
        (line.at, line.items, line.doubtful) for line in before.lines
    ]
    what, free = after.of("what").answer, after.of("free").answer
    assert what is not None
    assert free is not None
    assert after.of("names") == before.of("names")
    assert (what.value, what.note, free.value) == (2, "S1 proposes it", "S1's map hangs there")
    assert after.of("why").times == before.of("why").times == 1
    fold = observe.read_visit(ledger, event)
    assert fold.agreed["r4", "room", "what"].note == "S1’s question counts"
    assert fold.summary == {"strengths": "What S1 did", "next": "More time"}
    assert fold.visit is not None
    assert fold.visit.stops[0].host == "the teacher"
    ledger.close()
    assert laptop.json("doctor")["findings"] == []


def test_nothing_of_a_name_is_in_a_bundle_nor_on_another_laptop(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """What was packed before goes from the outbox; what is packed and received afterwards never had it."""
    event = visited(laptop, clock)
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    laptop.do("pack", event)
    other = Laptop.new(tmp_path / "other", clock, laptop.chance)
    other.json("receive", laptop.workspace.ledger)
    taken = take_out(laptop, event)
    assert any(name.endswith(".zip") for name in taken.copies)
    assert laptop.outbox == []
    laptop.hand_in(event, tmp_path / "mail")
    other.json("receive", laptop.workspace.ledger)
    assert "Xiomara" not in on_disk(other.workspace.root)
    fresh = Laptop.new(tmp_path / "fresh", clock, laptop.chance)
    fresh.json("receive", tmp_path / "mail")
    for one in (other, fresh):
        ledger = one.ledger(readonly=True)
        assert seen(ledger, event).lines[0].text == "Then S1 asks why"
        ledger.close()
        assert "Quennell" not in on_disk(one.workspace.root)


def test_where_rooms_are_named_the_way_keeps_its_hosts(laptop: Laptop, clock: Clock) -> None:
    """What is left is said: the host still stands on the way."""
    event = visited(laptop, clock, rooms="named")
    taken = take_out(laptop, event)
    assert taken.left == {"visit-planned": 1}


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({}, "no name was chosen"),
        ({"Xiomara": "S1", "Barnaby": "S2"}, "Barnaby stands in nothing that was written"),
        ({"Xiomara": ""}, "nothing can't stand in place of a name"),
        ({"Xiomara": "Xiomara's friend"}, "can't stand in place of a name"),
        ({"Xiomara": "Quennell", "Quennell": "S1"}, "Quennell can't stand in place of a name"),
    ],
)
def test_a_wrong_order_changes_nothing(laptop: Laptop, clock: Clock, changes: dict[str, str], sentence: str) -> None:
    """All or nothing: one name that is wrong, and all stays as it was."""
    event = visited(laptop, clock)
    with pytest.raises(Refused, match=sentence):
        take_out(laptop, event, changes)
    ledger = laptop.ledger()
    assert "Xiomara" in seen(ledger, event).lines[0].text
    assert seen(ledger, event).started_at == datetime(2023, 12, 6, 17, 0, tzinfo=UTC)
    ledger.close()


def test_names_go_after_the_debrief_too_and_what_stands_instead_counts(laptop: Laptop, clock: Clock) -> None:
    """The notes have ended and nobody changes them any more; only the names do."""
    event = visited(laptop, clock)
    with closing(laptop.ledger()) as ledger:
        written(ledger.append([observe.end(laptop.hand(), seen(ledger, event))]))
    clock.forward(minutes=30)
    take_out(laptop, event)
    with closing(laptop.ledger()) as ledger:
        found = seen(ledger, event)
    answer = found.of("what").answer
    assert answer is not None
    assert (answer.value, answer.note, found.late) == (2, f"{NAMES['Xiomara']} proposes it", 0)
    assert found.lines[0].text == f"Then {NAMES['Xiomara']} asks why"
    assert found.ended_at is not None
