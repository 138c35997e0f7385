"""What was led leaves the building as three tables, and only then; and what is refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from plfacilitate.core import parcels
from plfacilitate.core.protocol import Protocol
from plfacilitate.core.refusal import Refused
from plfacilitate.core.running.places import Size
from plfacilitate.core.running.run import Run
from plfacilitate.core.running.tables import CAPTURES, RUNS, STEPS
from plfacilitate.shelf.datapackage import Part
from plfacilitate.steps import run as steps
from plfacilitate.steps.capture import undo
from plfacilitate.steps.events import read_event, read_fold
from plfacilitate.steps.pack_runs import run_parts
from plfacilitate.steps.popup import commit, open_problem, read_popup
from plfacilitate.steps.problem_bank import read_bank
from plfacilitate.steps.run import read_runs
from plfacilitate.store import search
from tests.front.desk.day import Day
from tests.front.desk.leading import TROIKA, begun, found, led_day


def rows(part: Part) -> list[dict[str, str]]:
    """A table, row by row."""
    file = io.BytesIO()
    part.fill(file)
    return list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"))))


def play(day: Day) -> Run:
    """Two groups: the first goes on after two minutes, one says something, it ends after five."""
    begun(day, clocks=2)
    run = found(day)
    hand = day.hand()
    drafts = [steps.move(hand, run, [1], run.places[1], at=day.moment("8:35"))]
    drafts += steps.capture(
        hand, run, "walk\n\nwrite", kind="idea", group=1, place=run.places[1], at=day.moment("8:36")
    )
    drafts += steps.add_minutes(hand, run, [2], 2, at=day.moment("8:36"))
    drafts.append(steps.end(hand, run, at=day.moment("8:38")))
    day.ledger.append(drafts)
    return found(day)


def test_what_was_led_is_three_tables(tmp_path: Path) -> None:
    """A run, the steps of each group with what they took, and a line each."""
    day = led_day(tmp_path)
    play(day)
    parts = {
        part.path: part
        for part in run_parts(read_runs(day.ledger, day.event).runs, read_event(day.ledger, day.event), day.clock())
    }
    assert list(parts) == ["runs.csv", "steps.csv", "captures.csv"]
    for path, columns in (("runs.csv", RUNS), ("steps.csv", STEPS), ("captures.csv", CAPTURES)):
        assert [field.name for field in parts[path].fields] == [name for name, _ in columns]
    (run,) = rows(parts["runs.csv"])
    assert (run["protocol"], run["began"], run["ended"], run["groups"]) == (
        "troika",
        "2023-12-06 08:33",
        "2023-12-06 08:38",
        "2",
    )
    assert (run["minutes_planned"], run["minutes"]) == ("30", "5")
    taken = [(one["group"], one["step"], one["minutes_meant"], one["seconds"]) for one in rows(parts["steps.csv"])]
    assert taken == [("1", "reflect", "2", "120"), ("1", "share", "2", "180"), ("2", "reflect", "4", "300")]
    said = [(one["group"], one["step"], one["kind"], one["text"]) for one in rows(parts["captures.csv"])]
    assert said == [("1", "share", "idea", "walk"), ("1", "share", "idea", "write")]


def test_a_day_without_a_led_protocol_has_none_of_them(tmp_path: Path) -> None:
    """No empty table is added."""
    day = led_day(tmp_path)
    assert list(run_parts((), read_event(day.ledger, day.event), day.clock())) == []


def test_what_can_not_be_led_is_refused(tmp_path: Path) -> None:
    """Nobody, too many, a protocol without steps, nothing typed, and anything after the end but a line."""
    day = led_day(tmp_path)
    run, hand = play(day), day.hand()
    bare = Protocol("bare", "Bare", "facilitation", "why", "own", 5)
    for code, wrong in (
        ("run-size", lambda: steps.begin(hand, day.event, TROIKA, size=Size(0))),
        ("run-size", lambda: steps.begin(hand, day.event, TROIKA, size=Size(2, people=0))),
        ("run-size", lambda: steps.resize(hand, run, Size(41))),
        ("not-led", lambda: steps.begin(hand, day.event, bare)),
        ("nothing-typed", lambda: steps.capture(hand, run, " \n ", place=run.places[0])),
        ("run-ended", lambda: steps.pause(hand, run, [1])),
        ("no-minute-left", lambda: steps.add_minutes(hand, run, [1], -2)),
    ):  # fmt: skip
        with pytest.raises(Refused) as no:
            wrong()
        assert no.value.refusal.code == code
    assert steps.capture(hand, run, "last word", place=run.places[0])[0].body["text"] == "last word"


def test_a_written_line_is_found_by_a_search(tmp_path: Path) -> None:
    """As a note is; what was taken back is not."""
    day = led_day(tmp_path)
    run = play(day)
    search.catch_up(day.ledger.connection)
    assert [hit.text for hit in search.find_texts(day.ledger.connection, "walk")] == ["walk"]
    day.ledger.append([undo(day.hand(), one) for one in day.ledger.entries(kinds=("captured",))])
    search.catch_up(day.ledger.connection)
    assert search.find_texts(day.ledger.connection, "walk") == []
    assert run.captured


def test_what_it_took_before_is_known(tmp_path: Path) -> None:
    """The median of the runs that were led to their last step; pauses and what was broken off count for nothing."""
    day = led_day(tmp_path)
    hand = day.hand()
    play(day)
    assert steps.past_of(day.ledger, "troika") is None
    for minutes in (30, 40, 36):
        day.at("9:00")
        day.ledger.append([steps.begin(hand, day.event, TROIKA)])
        run = next(one for one in read_runs(day.ledger, day.event).runs if one.ended_at is None)
        day.clock.forward(minutes=minutes)
        drafts = [steps.pause(hand, run, [1])]
        day.clock.forward(minutes=10)
        drafts += [steps.move(hand, run, [1], run.places[-1], at=day.clock()), steps.end(hand, run, at=day.clock())]
        day.ledger.append(drafts)
    assert steps.past_of(day.ledger, "troika") == (36, 3)
    assert steps.past_of(day.ledger, "triz") is None


def test_a_commitment_of_a_led_protocol_is_one_everywhere(tmp_path: Path) -> None:
    """In the bank, in the parcel's table and in a search as it is typed; completed it is the same one with its owner."""
    day = led_day(tmp_path)
    run = play(day)
    day.ledger.append(
        steps.capture(day.hand(), run, "walk with pairs", kind="commitment", group=1, place=run.places[1])
    )
    line = next(one for one in found(day).captured if one.kind == "commitment")
    assert (line.lacks, line.told) == (("who?", "by when?"), "walk with pairs (who? by when?)")
    assert promised(day) == [(line.entry, "", "walk with pairs", "", "")]
    day.ledger.append_one(
        steps.promise(
            day.hand(), found(day), line, {"who": "Lan", "what": line.text, "first_step": "ask", "due": "2023-12-20"}
        )
    )
    full = next(one for one in found(day).captured if one.kind == "commitment")
    assert (full.lacks, full.told) == ((), "walk with pairs · Lan · first: ask · by 2023-12-20")
    assert (full.at, full.group, full.step, full.turn) == (line.at, line.group, line.step, line.turn)
    assert promised(day) == [(line.entry, "Lan", "walk with pairs", "ask", "2023-12-20")]
    fold = read_fold(day.ledger, day.event)
    table = list(parcels.commitments(fold, read_popup(day.ledger, day.event).picture(), runs=[found(day)]))
    assert table == [("", day.event, "Lan", "walk with pairs", "ask", "2023-12-20")]
    search.catch_up(day.ledger.connection)
    assert [hit.kind for hit in search.find_texts(day.ledger.connection, "walk pairs Lan")] == ["commitment"]


def promised(day: Day) -> list[tuple[str, ...]]:
    """What the bank has: the first version, whose, what, first step, by when."""
    rows = read_bank(day.ledger, day.clock().date()).rows
    return [(one.id, one.who, one.what, one.first_step, one.due) for row in rows for one in row.problem.promises]


def test_a_commitment_as_versions_before_wrote_it_is_completed_too(tmp_path: Path) -> None:
    """A captured line of that kind: it is listed as lacking its owner, and completed it stays the same one."""
    day = led_day(tmp_path)
    run = play(day)
    body = {"run": run.id, "group": 1, "step": "share", "turn": 1, "as": "commitment", "text": "walk"}
    old = day.ledger.append_one(day.hand().draft("captured", event=day.event, body=body))
    line = next(one for one in found(day).captured if one.entry == old.id)
    assert line.lacks == ("who?", "by when?")
    day.ledger.append_one(steps.promise(day.hand(), found(day), line, {"who": "Lan", "what": "walk", "due": "soon"}))
    assert promised(day) == [(old.id, "Lan", "walk", "", "soon")]


def test_a_reworded_line_keeps_its_time_and_place(tmp_path: Path) -> None:
    """The same words again are no version; none are refused; taken away it is gone in all its words, until that is undone."""
    day = led_day(tmp_path)
    play(day)
    hand, line = day.hand(), found(day).captured[0]
    assert steps.reword(hand, found(day), line, " walk ") is None
    with pytest.raises(Refused, match="Nothing is typed"):
        steps.reword(hand, found(day), line, "  ")
    for words in ("walk out", "walk about"):
        draft = steps.reword(day.hand(), found(day), found(day).captured[0], words)
        assert draft is not None
        day.at("9:05")
        day.ledger.append_one(draft)
    first, second = found(day).captured
    assert (first.text, first.at, first.step, second.text) == ("walk about", line.at, line.step, "write")
    assert len(first.versions) == 3
    gone = day.ledger.append(steps.take_away(day.hand(), found(day), first))
    assert [one.text for one in found(day).captured] == ["write"]
    day.ledger.append([undo(day.hand(), one.entry) for one in gone if one.entry is not None])
    assert [one.text for one in found(day).captured] == ["walk about", "write"]


def test_a_commitment_of_a_popup_is_no_line_of_a_protocol(tmp_path: Path) -> None:
    """And one of a protocol belongs to no problem of a POP-up."""
    day = led_day(tmp_path)
    run = play(day)
    day.ledger.append(steps.capture(day.hand(), run, "walk", kind="commitment", place=run.places[0]))
    brought = day.ledger.append_one(open_problem(day.hand(), day.event, {"owner": "Ana", "problem": "late"}))
    (problem,) = read_popup(day.ledger, day.event).picture().problems
    day.ledger.append_one(commit(day.hand(), day.event, problem, {"who": "Ana", "what": "call"}))
    assert [one.text for one in found(day).captured if one.kind == "commitment"] == ["walk"]
    (problem,) = read_popup(day.ledger, day.event).picture().problems
    assert (problem.id, [one.what for one in problem.commitments]) == (brought.id, ["call"])
