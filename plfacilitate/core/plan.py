"""What a plan says: an offering, its sessions, their agendas.

Owns the frozen values and their arithmetic (minutes of the clock, instants of a day). Never reads a file: `shelf`
turns TOML into these values, and the snapshot in the ledger is `to_json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from plfacilitate.core.designation import Designation

SegmentKind = Literal["instruction", "work-time", "protocol", "break", "meal", "business"]
SEGMENT_KINDS: tuple[SegmentKind, ...] = ("instruction", "work-time", "protocol", "break", "meal", "business")
CreditMode = Literal["each-session", "all-sessions"]
Choice = Literal["clock-hours", "quarter-credits"]
QuestionKind = Literal["scale", "choice", "several", "text"]
PLAN_LANGUAGE = "en"
"""What a plan is written in that does not say."""

ENDING = timedelta(minutes=15)
"""So long before the end of an agenda people begin to leave."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of an agenda: whole minutes, what kind of time it is, and what it is called.

    `protocol` is the id of the protocol that it is spent on; "" = the agenda names none. `fixed` = it begins and is as
    long as planned, whatever went before; None = as its kind has it (`holds`).
    """

    minutes: int
    kind: SegmentKind
    title: str
    protocol: str = ""
    fixed: bool | None = None

    @property
    def holds(self) -> bool:
        """Whether its time stands: food is ready when it is ready, unless the plan says otherwise."""
        return self.kind == "meal" if self.fixed is None else self.fixed


@dataclass(frozen=True, slots=True)
class Span:
    """A segment on a day: aware UTC instants, start included, end not."""

    starts_at: datetime
    ends_at: datetime
    segment: Segment


@dataclass(frozen=True, slots=True)
class Presenter:
    """Who presents, and what the approval says of them."""

    name: str
    position: str
    qualification: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question, at the end of a session or of a poll.

    A scale runs from 1 (`low`) to `steps` (`high`); of a choice one of the `options` is taken, of `several` any of them;
    a text has neither. `said` holds the same in other languages: code → {ask, low, high, options}.
    """

    id: str
    kind: QuestionKind
    ask: str
    options: tuple[str, ...] = ()
    steps: int = 5
    low: str = ""
    high: str = ""
    said: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Question:
        """The question of a snapshot; keys of a later version are passed over."""
        known = {name: value[name] for name in Question.__dataclass_fields__ if name in value}
        return Question(**{**known, "options": tuple(value.get("options", ()))})


@dataclass(frozen=True, slots=True)
class ReadyPoll:
    """Questions that phones are asked when the facilitator opens them.

    `exit` = an exit ticket: who signs out is asked it too. `names` = answers carry the giver's name. `hidden` = the wall
    shows no count before it is closed, unless a key says so. `segment` = the title of the segment in which it is likely,
    "" = in none. `id` "" = made up in the room, in no plan.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    exit: bool = False
    names: bool = False
    hidden: bool = True
    segment: str = ""

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> ReadyPoll:
        """The poll of a snapshot; keys of a later version are passed over."""
        known = {name: value[name] for name in ReadyPoll.__dataclass_fields__ if name in value}
        return ReadyPoll(**{**known, "questions": tuple(map(Question.from_json, value.get("questions", ())))})


@dataclass(frozen=True, slots=True)
class PopupRules:
    """How the POP-ups of a plan go. `names` = ideas and dots carry the giver's name; `stacking` = several dots on one."""

    names: bool = False
    stacking: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """One day of a plan. `starts` is local `HH:MM`."""

    id: str
    title: str
    starts: str
    agenda: tuple[Segment, ...]

    @property
    def minutes(self) -> int:
        """Minutes from the start to the end, everything included."""
        return sum(segment.minutes for segment in self.agenda)

    def spans(self, day: date, zone: ZoneInfo) -> tuple[Span, ...]:
        """The agenda on a day. Minutes really pass: a clock that is switched in between moves the end, not a length."""
        hour, minute = map(int, self.starts.split(":"))
        at = datetime.combine(day, time(hour, minute), zone).astimezone(UTC)
        spans = []
        for segment in self.agenda:
            end = at + timedelta(minutes=segment.minutes)
            spans.append(Span(at, end, segment))
            at = end
        return tuple(spans)


@dataclass(frozen=True, slots=True)
class Plan:
    """An offering as a file describes it. `approved_hours` in hundredths of an hour.

    `attended_at_least` is a percentage (75); None = no such rule. `source` says where the programme is described.
    `language` is what titles and questions are written in, as in `es` or `pt-BR`. `names_on_wall` = groups are projected
    with first names and an initial. `popup` = problems of practice are
    taken from whoever comes; None = nothing is said of them, and phones are asked once one is opened. `polls` are ready to
    be opened.
    """

    id: str
    title: str
    kind: str
    office: str
    approved_hundredths: int
    credit: CreditMode
    sessions: tuple[Session, ...]
    attended_at_least: int | None = None
    choice: tuple[Choice, ...] = ("clock-hours",)
    designations: tuple[Designation, ...] = ()
    objectives: tuple[str, ...] = ()
    presenters: tuple[Presenter, ...] = ()
    sponsor: str = ""
    source: str = ""
    questions: tuple[Question, ...] = ()
    language: str = PLAN_LANGUAGE
    popup: PopupRules | None = None
    names_on_wall: bool = False
    polls: tuple[ReadyPoll, ...] = ()

    @property
    def wants_signature(self) -> bool:
        """Whether people sign for it: only what hours were approved for is signed for."""
        return self.approved_hundredths > 0

    def session(self, session_id: str) -> Session | None:
        """The session of that id, or None."""
        return next((session for session in self.sessions if session.id == session_id), None)

    def to_json(self) -> dict[str, Any]:
        """The plan as plain values, for the snapshot in the ledger."""
        known = asdict(self)
        known |= self._designations()
        if not self.questions:  # a plan without them is written as it was before there were any
            del known["questions"]
        if self.language == PLAN_LANGUAGE:  # and one that says nothing else as before it could
            del known["language"]
        if self.popup is None:
            del known["popup"]
        if not self.names_on_wall:
            del known["names_on_wall"]
        if not self.polls:
            del known["polls"]
        for session in known["sessions"]:
            for segment in session["agenda"]:
                if not segment["protocol"]:  # and a line without one as before lines could name one
                    del segment["protocol"]
                if segment["fixed"] is None:
                    del segment["fixed"]
        return known

    def _designations(self) -> dict[str, Any]:
        """By name, as every version reads them; hours stand apart, for those that know of parts."""
        parts = {one.name: one.hundredths for one in self.designations if one.hundredths is not None}
        return {"designations": [one.name for one in self.designations]} | (
            {"designation_hundredths": parts} if parts else {}
        )

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Plan:
        """The plan of a snapshot; keys of a later version are passed over."""
        known = {name: value[name] for name in Plan.__dataclass_fields__ if name in value}
        known["sessions"] = tuple(
            Session(s["id"], s["title"], s["starts"], tuple(Segment(**_segment(g)) for g in s["agenda"]))
            for s in value["sessions"]
        )
        known["presenters"] = tuple(
            Presenter(p["name"], p["position"], p["qualification"]) for p in value.get("presenters", ())
        )
        for name in ("choice", "objectives"):
            known[name] = tuple(value.get(name, ()))
        parts = value.get("designation_hundredths", {})
        known["designations"] = tuple(Designation(name, parts.get(name)) for name in value.get("designations", ()))
        if known.get("popup") is not None:
            known["popup"] = PopupRules(bool(value["popup"].get("names")), bool(value["popup"].get("stacking")))
        known["questions"] = tuple(Question.from_json(one) for one in value.get("questions", ()))
        known["polls"] = tuple(ReadyPoll.from_json(one) for one in value.get("polls", ()))
        return Plan(**known)


def _segment(value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "minutes": value["minutes"],
        "kind": cast(SegmentKind, value["kind"]),
        "title": value["title"],
        "protocol": value.get("protocol", ""),
        "fixed": value.get("fixed"),
    }


@dataclass(frozen=True, slots=True)
class Event:
    """A session on a day, as the ledger has it: what was scheduled, and the snapshots that count.

    `series` names the offering's run (same plan, same in-service number): its events belong together for credit.
    `opened_at` / `closed_at` are None where that has not happened. `plan` and `office` are the snapshots of the
    opening once it is open, of the scheduling before.
    """

    id: str
    series: str
    session_id: str
    title: str
    day: date
    tz: str
    place: str
    in_service: str
    claim_code: str
    plan: Plan
    office: Mapping[str, Any] = field(repr=False)
    opened_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The place's time zone."""
        return ZoneInfo(self.tz)

    @property
    def session(self) -> Session:
        """The session of the plan that this event holds."""
        session = self.plan.session(self.session_id)
        assert session is not None, "a snapshot always holds its own session"
        return session

    @property
    def spans(self) -> tuple[Span, ...]:
        """The agenda on the event's day."""
        return self.session.spans(self.day, self.zone)

    @property
    def starts_at(self) -> datetime:
        """When the agenda begins."""
        return self.spans[0].starts_at

    @property
    def ends_at(self) -> datetime:
        """When the agenda ends."""
        return self.spans[-1].ends_at

    @property
    def counts_actual(self) -> bool:
        """Whether its office counts the minutes as they went, not as they were approved."""
        return self.office.get("agenda") == "actual"

    def ending(self, moment: datetime) -> bool:
        """Whether the agenda is about to end, or over: most people who scan come to leave."""
        return moment >= self.ends_at - ENDING
