"""The demo's site visit: yesterday, eight rooms, two observers, one of them not done yet.

Owns how `demo/visit-notes.toml` becomes entries: each through the step that an observer at the desk would take.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from plfacilitate.core.entry import Draft
from plfacilitate.core.office import Office
from plfacilitate.core.people import person_id
from plfacilitate.core.protocol import Protocol
from plfacilitate.core.visiting.fold import VisitFold
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.shelf.plans import find_plan
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.toml_files import read_toml
from plfacilitate.shelf.visits import read_visit_file
from plfacilitate.steps import capture, observe
from plfacilitate.steps.capture import Hand, written
from plfacilitate.steps.events import Schedule, close_event, expect, open_event, read_event, schedule_event
from plfacilitate.steps.visiting import allowed_rooms
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

PLACE = "Lakeridge Elementary"
LAN = "lan.nguyen@renton.example.org"


class SiteVisit:
    """The visit as it is written, step by step."""

    def __init__(self, ledger: Ledger, around: Surroundings, office: Office, day: date) -> None:
        self.ledger = ledger
        self.around = around
        self.office = office
        self.day = day
        self.notes = read_toml(folder("demo") / "visit-notes.toml").data
        self._protocols: dict[str, Protocol] = {}

    def write(self) -> str:
        """All of it; gives the event."""
        event = self.event()
        visit = read_visit_file(
            folder("demo") / "visit.toml",
            protocols=self.around.workspace.protocols,
            allowed=allowed_rooms(read_event(self.ledger, event)),
        )
        drafts = [observe.plan_visit(self.hand("08:00"), VisitFold(event), visit)]
        for seen in self.notes["seen"]:
            drafts += self.observed(event, seen)
        drafts += self.afterwards(event)
        written(self.ledger.append(drafts))
        close_event(self.ledger, self.hand("13:58"), read_event(self.ledger, event))
        return event

    def at(self, clock: str, minute: float = 0) -> datetime:
        """So many minutes after local `HH:MM` of the day."""
        local = datetime.combine(self.day, time.fromisoformat(clock), ZoneInfo(self.around.tz))
        return local.astimezone(ZoneInfo("UTC")) + timedelta(minutes=minute)

    def hand(self, clock: str) -> Hand:
        """Who wrote at that time."""
        moment = self.at(clock)
        return Hand(self.around.by, "facilitator", lambda: moment, self.around.chance)

    def event(self) -> str:
        """The event, its doors open, the team in and out again."""
        own, hand = self.around.workspace, self.hand("08:20")
        plan = find_plan("site-visit", own.sessions, offices=own.exports)
        when = Schedule(plan.sessions[0].id, self.day, self.around.tz, PLACE)
        event = schedule_event(self.ledger, hand, plan, self.office, when)
        lan = person_id({"email": LAN})
        expect(self.ledger, hand, event, [lan])
        open_event(self.ledger, hand, read_event(self.ledger, event), plan, self.office)
        came = capture.sign_in(hand, event, lan, at=self.at("08:26"))
        left = capture.sign_out(hand, event, lan, at=self.at("13:56"))
        self.ledger.append([came, left])
        return event

    def observed(self, event: str, seen: Mapping[str, Any]) -> list[Draft]:
        """One observer with one protocol, from the beginning on."""
        begins = str(seen["begins"])
        hand, protocol = self.hand(begins), self.protocol(str(seen["protocol"]))
        began = observe.begin(
            hand, event, protocol, observer=str(seen["observer"]), stop=str(seen.get("stop", "")),
            respondent=str(seen.get("respondent", "")),
        )  # fmt: skip
        one = Observation(
            began.id, event, "", str(seen["observer"]), "", protocol, hand.means, began.happened_at, None, (), {}
        )
        noted = sorted(self.noted(hand, one, seen, begins), key=lambda draft: draft.happened_at)
        ended = [observe.end(hand, one, at=self.at(str(seen["ends"])))] if "ends" in seen else []
        return [began, *noted, *ended]

    def noted(self, hand: Hand, one: Observation, seen: Mapping[str, Any], begins: str) -> Iterator[Draft]:
        """Lines, taps, states, sweeps and answers, in no order."""
        for place, (minute, text, *items) in enumerate(seen.get("script", ())):
            yield observe.line(hand, one, text, items=items, at=self.at(begins, minute + place % 7 / 10))
        for item, minutes in seen.get("taps", {}).items():
            for place, minute in enumerate(minutes):
                yield observe.note(hand, one, item, 1, at=self.at(begins, minute + (place + len(item)) % 9 / 10))
        for minute, state in seen.get("floor", ()):
            yield observe.note(hand, one, state, "on", at=self.at(begins, minute))
        for slot, (minute, codes) in enumerate(seen.get("sweeps", ()), start=1):
            yield observe.note(hand, one, "sweep", {"slot": slot, "codes": codes}, at=self.at(begins, minute))
        for place, (item, value) in enumerate(seen.get("answers", {}).items()):
            said = str(value) if one.protocol.prompt(item) else ""  # what somebody answers to a prompt is words
            kept = None if said else value
            yield observe.note(hand, one, item, kept, words=said, at=self.at(begins, 14 + place / 4))

    def afterwards(self, event: str) -> list[Draft]:
        """What was agreed so far, and the first words for the report."""
        hand = self.hand("12:40")
        agreed = [
            observe.agree(
                hand, event, stop=one["stop"], protocol=one["protocol"], item=one["item"], value=one["value"],
                words=one["note"],
            )
            for one in self.notes["agreed"]
        ]  # fmt: skip
        return [*agreed, observe.sum_up(self.hand("13:30"), event, self.notes["summary"])]

    def protocol(self, name: str) -> Protocol:
        """A shipped protocol, read once."""
        if name not in self._protocols:
            self._protocols[name] = find_protocol(name, self.around.workspace.protocols)
        return self._protocols[name]
