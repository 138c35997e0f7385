"""What lies beside the bundles: the sheet in the workspace's own look, with all that a clerk needs to check it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pypdf

from plfacilitate.seal.keys import load_or_make
from plfacilitate.shelf.sheet import TEMPLATE
from plfacilitate.shelf.shipped import folder
from plfacilitate.steps.capture import sign_in, sign_out, walk_in
from plfacilitate.steps.events import read_event, read_fold
from plfacilitate.steps.pack import pack
from plfacilitate.store.ledger import Ledger
from tests.laptops import Laptop
from tests.played import Clock


def _printed(laptop: Laptop, event: str) -> str:
    """The text of the newest sheet, packed now."""
    laptop.do("approve", event)
    laptop.do("pack", event)
    sheet = max(laptop.workspace.outbox.glob("*-sign-in-sheet.pdf"), key=lambda path: path.name)
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(sheet).pages).split())


def _closed(laptop: Laptop, clock: Clock, plan: str = "pscpl-cohort", **options: str) -> str:
    event = laptop.opened(plan, **options)
    laptop.attend(event, "dana.brown@renton.example.org, 8:37, 15:31")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    return event


def test_a_workspace_may_have_a_look_of_its_own_for_the_sheet(laptop: Laptop, clock: Clock) -> None:
    """A changed copy of the shipped template in its `exports/documents/` takes that one's place."""
    event = _closed(laptop, clock)
    assert "Our own look" not in _printed(laptop, event)
    own = laptop.workspace.exports / "documents" / TEMPLATE
    own.parent.mkdir(parents=True)
    shipped: Path = folder("exports") / "documents" / TEMPLATE
    own.write_text(f"{shipped.read_text('utf-8')}\nOur own look", "utf-8")
    assert "Our own look" in _printed(laptop, event)


def test_who_came_a_moment_before_packing_is_on_sheet_and_table(laptop: Laptop, clock: Clock) -> None:
    """The door wrote them down and nobody has looked for them since: their name and hours are there all the same."""
    event = _closed(laptop, clock)
    laptop.do("approve", event)
    ledger, hand = laptop.ledger(), laptop.hand()
    fields = {"last_name": "Quimby", "first_name": "Ann", "email": "ann@example.org"}
    day = read_event(ledger, event)
    person, came = walk_in(hand, event, fields, at=day.starts_at)
    ledger.append([*came, sign_out(hand, event, person, at=day.ends_at)])
    key = load_or_make(laptop.workspace.keys, ledger.device, laptop.chance)
    packed = pack(ledger, laptop.workspace, hand, key, event)
    rows = list(csv.DictReader(packed.tables[0].read_text("utf-8-sig").splitlines()))
    assert [(row["Email"], row["Clock hours"]) for row in rows] == [
        ("dana.brown@renton.example.org", "5.5"),
        ("ann@example.org", "6.0"),
    ]
    assert set(packed.files) == set(laptop.workspace.outbox.iterdir())


def test_the_files_are_called_so_that_every_mail_program_takes_them(laptop: Laptop, clock: Clock) -> None:
    """Letters, digits and hyphens, whatever a plan is called."""
    text = (folder("sessions") / "pscpl-cohort.toml").read_text("utf-8")
    own = laptop.workspace.create().sessions / "My_plan.v2.toml"
    own.write_text(text.replace('id = "pscpl-cohort"', 'id = "My_plan.v2"'), "utf-8")
    _printed(laptop, _closed(laptop, clock, "My_plan.v2"))
    stems = {path.stem for path in laptop.workspace.outbox.iterdir()}
    assert all(re.fullmatch("2023-12-06-my-plan-v2-[a-z0-9-]+", stem) for stem in stems), stems


def test_a_second_copy_of_the_ledger_is_said_on_the_sheet_that_is_packed(laptop: Laptop, clock: Clock) -> None:
    """Two entries with one number: both count, and a clerk should know."""
    event = _closed(laptop, clock)
    ledger, hand = laptop.ledger(), laptop.hand()
    copy = laptop.folder / "copy.db"
    ledger.connection.execute("VACUUM INTO ?", (str(copy),))
    other = Ledger.open(copy, clock=clock, chance=laptop.chance)
    who = min(read_fold(ledger, event).expected)
    for one in (ledger, other):
        one.append([sign_in(hand, event, who)])
    ledger.receive(other.sealed())
    assert "Two copies of one ledger were written to: 2 entries of this event" in _printed(laptop, event)


def test_the_sheet_says_what_counts(laptop: Laptop, clock: Clock) -> None:
    """435 − 45 − 30 = 360, less 7 and 14 missed = 339, down to 5.5: all of it can be worked out from the page."""
    text = _printed(laptop, _closed(laptop, clock))
    for said in (
        "435 min on the agenda; lunch 11:55–12:40 does not count (−45)",
        "breaks 10:00–10:15 and 14:10–14:25 do not count (−30): 360 min count. Hours go down to whole steps of 30 min.",
        "signed in at 8:37: 7 min missed; signed out at 15:31: 14 min missed",
        "339 5.5",
    ):
        assert said in text, said


def test_the_sheet_of_a_session_of_a_whole_says_from_where_it_counts(laptop: Laptop, clock: Clock) -> None:
    """No hours stand on it, so no step either; but the share that makes a session attended does."""
    text = _printed(laptop, _closed(laptop, clock, "pspl-institute", session="s1"))
    assert "360 min count. Attended from 270 min (75 %)." in text
    assert "whole steps" not in text
