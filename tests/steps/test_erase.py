"""Forgetting a person, kind by kind: nothing is missed, whatever can be written down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from plfacilitate.core.entry import KINDS, Draft
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.shapes import NEEDED
from plfacilitate.shelf.passes import PassFile
from plfacilitate.steps.capture import Hand, written
from plfacilitate.steps.erase import Forgotten, forget_person
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.workspace import Workspace
from tests.core.plans import OFFICE, PLAN
from tests.core.test_observation import ROOM
from tests.played import Chance, Clock
from tests.steps.test_unname import on_disk

NAME, MARIA, DANA, EVENT = "Maria Alvarez", "maria-id", "dana-id", "event-id"
WHO = Person(MARIA, last_name="Alvarez", first_name="Maria")
SCHOOL = {"cohort": NAME, "school": NAME, "date": "2023-12-06"}
# kind -> a body in which each text is the name, and each id of a person is hers
BODIES: Mapping[str, Mapping[str, Any]] = {
    "device-started": {"name": NAME},
    "undo": {"undoes": "x", "reason": NAME},
    "erased": {"ids": ["nothing"], "reason": NAME},
    "cleared": {"ids": ["nothing"], "people": 1, "handed_at": "2023-12-06T17:00:00.000000Z", "receipt": "r", "where": NAME},
    "person": {"fields": {"last_name": "Brown", "first_name": "Dana", "former_name": NAME}},
    "people-merged": {"other": MARIA, "reason": NAME},
    "event-scheduled": {
        "plan": PLAN, "office": OFFICE, "session": "s1", "series": "s", "title": NAME, "date": "2023-12-06",
        "tz": "America/Los_Angeles", "place": NAME,
    },
    "event-opened": {"plan": {**PLAN, "sponsor": NAME}, "office": OFFICE},
    "event-closed": {"reason": NAME},
    "event-reopened": {"reason": NAME},
    "expected": {"people": [MARIA, DANA]},
    "not-expected": {"people": [MARIA, DANA]},
    "sign-in": {"reason": NAME},
    "sign-out": {"reason": NAME},
    "request": {"hundredths": 100, "reason": NAME},
    "choice": {"choice": "clock-hours", "reason": NAME},
    "signature": {"offering": "s", "typed": NAME},
    "attested": {"hundredths": 100, "minutes": 60, "reason": NAME},
    "flag": {"code": "two-people", "text": NAME, "about": [], "pair": [MARIA, DANA]},
    "flag-decided": {"flag": "x", "accepted": True, "reason": NAME},
    "head-count": {"count": 3, "reason": NAME},
    "evaluation-summary": {"ballots": 5, "questions": [{"id": "q", "comments": [NAME]}]},
    "segment-started": {"segment": 0, "title": NAME},
    "agenda-paused": {"reason": NAME},
    "agenda-resumed": {"reason": NAME},
    "agenda-retimed": {"minutes": {"0": 5}, "reason": NAME},
    "agenda-ended": {"reason": NAME},
    "note": {"text": NAME, "segment": "", "tag": "note"},
    "popup": {"owner": NAME},
    "popup-opened": {"owner": NAME, "problem": "Talk"},
    "popup-changed": {"popup": "x", "fields": {"owner": NAME}},
    "popup-joined": {"popup": "x", "how": "choice", "reason": NAME},
    "popup-round": {"popup": "x", "round": "vote", "dots": 3, "options": [{"id": "o", "text": NAME}]},
    "popup-idea": {"popup": "x", "text": NAME},
    "popup-vote": {"popup": "x", "round": "r", "dots": ["o"], "reason": NAME},
    "popup-counted": {"popup": "x", "round": "r", "ballots": 1, "ideas": [NAME]},
    "popup-cluster": {"popup": "x", "name": NAME, "ideas": []},
    "commitment": {"popup": "x", "who": NAME, "what": "Talk"},
    "poll-opened": {"title": NAME, "questions": [{"id": "q", "kind": "text", "ask": "Who?"}]},
    "poll-answer": {"poll": "x", "who": NAME, "answers": {"q": "Yes"}},
    "poll-shown": {"poll": "x", "reason": NAME},
    "poll-closed": {"poll": "x", "ballots": 1, "questions": [{"id": "q", "comments": [NAME]}]},
    "visit-planned": {"visit": {
        "school": NAME, "purpose": "", "look_fors": [], "rooms": "named", "hosts": [], "stops": [], "debrief": "",
    }},
    "observation-started": {"stop": "s", "observer": NAME, "respondent": "", "protocol": ROOM.to_json()},
    "line": {"observation": "x", "text": NAME, "items": []},
    "coded": {"observation": "x", "line": "y", "items": [], "reason": NAME},
    "observed": {"observation": "x", "item": "what", "value": NAME},
    "observation-ended": {"observation": "x", "reason": NAME},
    "agreed": {"stop": "s", "protocol": "p", "item": "i", "value": 1, "note": NAME},
    "visit-summary": {"parts": {"summary": NAME}},
    "cohort-planned": {"cohort": "c", "plan": {"id": "c", "title": NAME, "starts": "2023-09-01", "months": 10}},
    "school-joined": SCHOOL,
    "school-left": {**SCHOOL, "reason": NAME},
    "team-joined": {**SCHOOL, "part": "administrator"},
    "team-left": {**SCHOOL, "reason": NAME},
    "cohort-event": {"cohort": NAME, "school": "", "event": EVENT, "part": "session"},
    "contact": {**SCHOOL, "contact": "coaching", "minutes": 30, "with": NAME, "note": ""},
    "goal": {**SCHOOL, "text": NAME, "due": "", "dropped": "", "attribute": "", "facet": "", "measure": ""},
    "pointed": {"cohort": NAME, "goal": "g", "from": "visit", "id": "x"},
    "commitment-settled": {"cohort": "", "popup": "x", "kept": True, "note": NAME},
    "problem-filed": {"popup": "x", "fields": {"theme": NAME}},
    "problem-resource": {"popup": "x", "title": NAME, "where": ""},
    "run-begun": {"protocol": ROOM.to_json(), "segment": NAME, "clocks": 1},
    "run-sized": {"run": "x", "clocks": 1, "reason": NAME},
    "step-begun": {"run": "x", "groups": [1], "step": "s", "reason": NAME},
    "run-paused": {"run": "x", "groups": [1], "reason": NAME},
    "run-resumed": {"run": "x", "groups": [1], "reason": NAME},
    "step-minutes": {"run": "x", "groups": [1], "step": "s", "minutes": 1, "reason": NAME},
    "captured": {"run": "x", "group": 0, "step": "s", "as": "note", "text": NAME},
    "run-ended": {"run": "x", "reason": NAME},
    "groups-drawn": {"way": "mix", "count": 1, "seed": 1, "titles": [NAME]},
    "group-joined": {"drawing": "x", "group": 1, "reason": NAME},
    "approved": {"by_name": NAME, "sheet_version": 1, "as_of": {}},
    "packed": {"bundle": "b", "file": f"{NAME} a.zip", "parcel": "hours", "covers": {}, "as_of": {}},
    "handed-over": {"bundle": "b", "where": NAME, "how": "by hand"},
    "receipted": {"bundle": "b", "receipt": "r", "reason": NAME, "verdict": "held", "have": {}},
}  # fmt: skip
OF_NO_EVENT = frozenset(
    {"person", "people-merged", "device-started", "cohort-planned", "school-joined", "school-left", "team-joined",
     "team-left", "cohort-event", "contact", "goal", "pointed", "commitment-settled", "problem-filed", "problem-resource"}
)  # fmt: skip
GOES_WHOLE = frozenset({"expected", "not-expected", "people-merged", "flag", "flag-decided"})
"""Kinds that go, or are said anew, though they are another's: they tie that person to her."""


class Room:
    """A workspace with one entry of each kind."""

    def __init__(self, folder: Path) -> None:
        self.workspace = Workspace(folder / "workspace").create()
        self.chance, self.clock = Chance(1), Clock(datetime(2023, 12, 6, 17, tzinfo=UTC))
        self.hand = Hand("door", "facilitator", self.clock, self.chance)
        self.ledger = Ledger.open(self.workspace.ledger, clock=self.clock, chance=self.chance)

    def draft(self, kind: str, person: str | None, body: Mapping[str, Any] | None = None) -> Draft:
        """One of this kind."""
        event = None if kind in OF_NO_EVENT else EVENT
        return self.hand.draft(kind, event=event, person=person, body=BODIES[kind] if body is None else body)

    def forget(self) -> Forgotten:
        """Forget her."""
        return forget_person(self.ledger, self.workspace, self.hand, WHO, reason="asked")


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """An empty workspace."""
    return Room(tmp_path)


def test_a_new_kind_is_looked_at_here() -> None:
    """Whoever adds a kind says here what stands in it, and the next two tests say whether it would be forgotten."""
    assert BODIES.keys() == KINDS.keys()


def test_of_every_kind_what_is_hers_goes(room: Room) -> None:
    """Whatever has her as its person, also where no version of today gives it one, is empty afterwards."""
    hers = written(
        room.ledger.append([room.draft(kind, MARIA) for kind in sorted(KINDS) if kind not in ("erased", "cleared")])
    )
    room.forget()
    assert [entry.kind for entry in hers if room.ledger.entry(entry.id) is not None] == []
    left = [entry for entry in room.ledger.entries() if MARIA.encode() in (entry.content or b"")]
    assert left == []


def test_of_every_kind_what_names_her_goes_or_is_named(room: Room) -> None:
    """Another's entry that speaks of her: ties go, lists are said anew, all else is told of; her id stands nowhere."""
    drafts = []
    for kind in sorted(KINDS):
        another = DANA if "person" in NEEDED[kind][0] else None
        drafts.append(room.draft(kind, another))
    flag = next(draft for draft in drafts if draft.kind == "flag")
    drafts = [
        room.draft("flag-decided", None, {**BODIES["flag-decided"], "flag": flag.id})
        if draft.kind == "flag-decided"
        else draft
        for draft in drafts
    ]
    before = {entry.id: entry for entry in written(room.ledger.append(drafts))}
    told = room.forget()
    kept = {str(entry.kind) for one, entry in before.items() if room.ledger.entry(one) is not None}
    assert before.keys() - told.mentions.keys() == {one for one, entry in before.items() if entry.kind in GOES_WHOLE}
    assert KINDS.keys() - kept == GOES_WHOLE
    for entry in room.ledger.entries():
        content = entry.content or b""
        assert MARIA.encode() not in content, entry.kind
        assert b"Alvarez" not in content or entry.id in told.mentions, entry.kind
    lists = {entry.kind: entry.body["people"] for entry in room.ledger.entries(kinds=("expected", "not-expected"))}
    assert set(map(tuple, lists.values())) == {(DANA,)}


def test_a_kind_of_a_later_version_is_told_of_too(room: Room) -> None:
    """It may hold her name where no version of today would look."""
    later = room.hand.draft("songs-sung", event=EVENT, body={"verses": [{"by": NAME}]})
    (entry,) = written(room.ledger.append([later]))
    assert room.forget().mentions == {entry.id: "songs-sung"}


def test_what_she_wrote_down_herself_is_counted(room: Room) -> None:
    """A facilitator's name stands beside all that she wrote: that is said, and stays."""
    hand = Hand(NAME, "facilitator", room.clock, room.chance)
    written(room.ledger.append([hand.draft("note", event=EVENT, body={"text": "Talk"}) for _ in range(3)]))
    told = room.forget()
    assert (told.by, told.mentions) == (3, {})


def test_the_reason_says_no_name(room: Room) -> None:
    """It stays for good, in every ledger that hears of it."""
    with pytest.raises(Refused) as no:
        forget_person(room.ledger, room.workspace, room.hand, WHO, reason="maria  ALVAREZ asked")
    assert no.value.refusal.code == "reason-names"


def test_no_file_of_the_workspace_holds_a_copy(room: Room) -> None:
    """What was packed and printed, typed and not written, logged; which phone was hers. Others' drafts and phones stay."""
    root = room.workspace.root
    (root / "printed").mkdir()
    for path in (
        room.workspace.outbox / "day-hours.zip", room.workspace.outbox / "day.html", root / "printed" / "badges-x.pdf",
        room.workspace.door / "door.log", room.workspace.door / "door.log.1",
    ):  # fmt: skip
        path.write_text(NAME)
    waits = room.workspace.outbox / "waiting.json"
    waits.write_text("{}")
    drafts = {"walk-in:e": {"last_name": "Alvarez", "first_name": "Maria"}, "note:e": {"text": "Maria likes maps"}}
    (root / "drafts.json").write_text(json.dumps(drafts))
    passes = room.workspace.door / "passes-s.txt"
    passes.write_text(f"1 {MARIA}\n2 {DANA}\n")
    told = room.forget()
    room.ledger.close()
    assert "Alvarez" not in on_disk(root)
    assert waits.exists()
    assert list(json.loads((root / "drafts.json").read_text())) == ["note:e"]
    assert PassFile(passes).load(lambda person: True) == {"2": DANA}
    assert {"day-hours.zip", "day.html", "badges-x.pdf", "door.log", "drafts.json"} <= set(told.copies)
