"""What an entry is: an envelope, a content, and the digests that bind them.

Owns the bytes of both (written once, stored as first written, never re-serialised) and the list of kinds. Never
numbers or chains an entry: that happens inside the ledger's transaction.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha1, sha256
from json.encoder import encode_basestring as quoted
from typing import Any, Generic, Literal, NamedTuple, TypeVar

FORMAT = 1
NAMESPACE = uuid.UUID("6f2d7f6e-6a43-5a57-9d0e-3f0f5a7c2b11")  # all name-based ids of the program hang below it

Clock = Callable[[], datetime]
"""Gives the aware UTC moment of now; passed in, so that a played day is as good as a real one."""
Chance = Callable[[int], bytes]
"""Gives so many random bytes (`os.urandom` outside tests)."""

Means = Literal["own-phone", "badge", "kiosk", "facilitator", "paper", "system"]
"""How strong the evidence of a mark is: who held the thing that made it."""

# kind -> what it says, and what its body holds. A kind that is not here is kept and counted, never refused.
KINDS: Mapping[str, str] = {
    # the ledger itself
    "device-started": "a laptop begins a chain · {name, public_key, parent_device, parent_digest}",
    "undo": "voids exactly the entry named · {undoes, reason}",
    "erased": "contents removed for good · {ids, reason, instead?}; instead = ids of what was written in its place",
    "cleared": "contents that the office has, taken off this laptop alone; whoever else has them keeps them · {ids, people, "
    'handed_at, receipt, where}; people = how many had been there, receipt "" = the office gave none',
    # people
    "person": "fields of a person · {fields: {last_name, first_name, email, school, district, role, certificate, "
    "former_name, badge, source}}; a field may be left out; source = the ids that rosters give the person, a line each",
    "people-merged": "two records are one person · person = the one that stays, {other, reason}",
    # events
    "event-scheduled": "an event is planned · {plan, office, session, offering, series, title, date, starts, tz, "
    "place, in_service, claim_code}; plan and office are whole snapshots",
    "event-opened": "doors open; the plan and the rule that count from now on · {plan, office}",
    "event-closed": "nobody signs in any more · {}",
    "event-reopened": "closed by mistake · {reason}",
    "expected": "people on the list of an event · {people: [id]}",
    "not-expected": "people taken off the list · {people: [id]}",
    # attendance (person and event set; happened_at = the moment that counts)
    "sign-in": "a person is in · {walk_in?, reason?, group?, ticket?, initial?}; initial = has signed for the offering",
    "sign-out": "a person is out · {reason?, group?, closed_by_hand?}",
    "request": "hours asked for, fewer than earned · {hundredths, reason}",
    "choice": "clock-hours or quarter-credits, for an offering · {offering, choice}",
    "signature": "signed once an offering · {offering, typed?, strokes?}; strokes = x.y-x.y_x.y-x.y in 600 × 240",
    "attested": "the hours that a person said are right when they left · {hundredths, minutes}",
    "flag": "a doubt, never a block · {code, text, about: [entry id]}",
    "flag-decided": "a doubt settled · {flag, accepted, reason}",
    "head-count": "people counted in the room · {count}",
    "evaluation-summary": "nameless answers, counted · {ballots, questions: [{id, kind, ask, counts, comments}]}",
    # the agenda as it goes (happened_at = the moment that counts)
    "segment-started": "a segment begins, and the one before it is over · {segment, title, set?, reason?}; segment = its "
    "place from 0; set = the moment was set by hand",
    "agenda-paused": "the running segment's clock stands still · {}",
    "agenda-resumed": "and goes on · {}",
    "agenda-retimed": "what is meant for segments from now on · {minutes: {place: minutes}}",
    "agenda-ended": "the last segment is over · {set?, reason?}",
    # notes
    "note": "a session note · {text, segment, tag, stop?, protocol?}; tag = note | parking | decision; stop and protocol "
    "= whose notes were laid open before all observers had ended",
    "popup": "a problem of practice · {owner, problem, how_might_we, ideas: [text], commitment: {what, first_step, "
    "who, due} | null, segment}",
    # POP-ups, one entry a fact; the id of `popup-opened` names the problem, that of `popup-round` the round
    "popup-opened": "a problem of practice is brought · {owner, school, problem, data, segment, before?}; before = what was "
    "promised and tried when it was here before",
    "popup-changed": "it is said anew · {popup, fields: {owner, school, problem, data, how_might_we, test, before}}; a field may "
    "be left out",
    "popup-joined": 'somebody works on it · {popup, how, reason, taking?}; how = choice | placed | owner | drawn; popup "" = '
    "on none, taking = one for all who came by drawn groups in one step",
    "popup-round": "phones are asked · {popup, round, named, dots, options?: [{id, text}], stacking?}; round = ideas | vote",
    "popup-idea": "an idea · {popup, text, who?}; with a person where names are given, of the room where it has none",
    "popup-vote": "dots with a name · {popup, round, dots: [option id]}; the last of a person counts",
    "popup-counted": "a round is over · {popup, round, ballots, ideas?: [text], counts?: {option id: dots}}; what was given "
    "without a name, shuffled",
    "popup-cluster": "ideas that belong together · {popup, name, ideas: [idea id]}; no name = set aside",
    "commitment": "what somebody will try · {popup, who, what, first_step, due, run?, group?, step?, turn?}; due = a day, or "
    "words; with a run it was written down while a protocol was led: popup is empty, and who or due may still be",
    # polls and exit tickets; the id of `poll-opened` names the poll
    "poll-opened": "phones are asked · {title, questions: [{id, kind, ask, options, steps, low, high, said}], exit, named, "
    "hidden, ready, segment}; kind = scale | choice | several | text",
    "poll-answer": "answers with a name · {poll, who, answers: {question: step | option | [option] | text}}; numbers count "
    "from 1, the last of a person counts",
    "poll-shown": "what the wall shows of it from now on · {poll, figures, texts}",
    "poll-closed": "nobody is asked any more · {poll, ballots, questions: [{id, kind, ask, counts, comments, people}]}; what "
    "was given without a name: counts by the number of step or option, texts sorted",
    # site visits
    "visit-planned": "what a visit is for and where it goes · {visit: {school, purpose, look_fors, rooms, hosts, stops, "
    "debrief}}",
    "observation-started": "an observer begins · {stop, observer, respondent, protocol}; protocol is a whole snapshot, "
    "the entry's id names the observation, respondent = who answers an interview",
    "line": "a line of the script · {observation, text, items}; items = what it is coded to at once",
    "coded": "a line is coded afterwards · {observation, line, items}",
    "observed": "an item is noted · {observation, item, value, note?, total?}; value = look-for's answer | level | "
    "number | option ids | words | 1 for a tap | on, off | {slot, codes, gone?}; total = a count or minutes from paper",
    "observation-ended": "the observer is done · {observation}",
    "agreed": "what observers agreed on at the debrief · {stop, protocol, item, value, note?}",
    "visit-summary": "what the team writes into the report · {parts: {name: text}}",
    # cohorts: schools that go through a year together (no event is set; a school is known by its folded name)
    "cohort-planned": "what a cohort is · {cohort, plan: {id, title, starts, months, office, visits, days}}",
    "school-joined": "a school is in a cohort · {cohort, school, date, file?}; file = taken from a cohort's file",
    "school-left": "a school goes on without it · {cohort, school, date, reason}",
    "team-joined": "a person is in a school's leadership team · {cohort, school, part, date, file?}; part = administrator | "
    "teacher-leader | other; file = taken from a cohort's file",
    "team-left": "a person is in that team no more · {cohort, school, date, reason?}",
    "cohort-event": "an event belongs to a cohort · {cohort, event, part, school}; part = session | academy | site-visit | "
    "planning | network-meeting; school = whose it is, empty for all",
    "contact": "somebody worked with a school outside of an event · {cohort, school, contact, date, minutes, with, note}; "
    "contact = coaching | planning | support",
    "goal": "a goal of a school's action plan · {cohort, school, text, attribute, facet, measure, due, dropped}; the first "
    "version's id names it, dropped = why",
    "pointed": "something points at a goal · {cohort, goal, from, id}; from = observation | visit | commitment",
    # what became of problems and promises (no event is set: it is heard long after)
    "commitment-settled": "what became of a commitment, as heard on a day · {cohort, popup, kept, note, tried?, then?, who?, "
    "due?, date?}; cohort may be empty, popup = the commitment's first version, kept = tried at all, note = what happened, "
    "tried = yes | partly | no, then = keep | change | drop, due = when to ask again; without `tried` it is settled by kept",
    "problem-filed": "where a problem stands in the bank · {popup, fields: {theme, attribute, continues}}; a field may be "
    "left out, continues = the problem that it goes on from",
    "problem-resource": "what helps with a problem · {popup, title, where}; where = an address or a place",
    # a protocol that is led
    "run-begun": "a protocol is led from now on · {protocol, segment, clocks, people?, groups?}; protocol is a whole "
    "snapshot, clocks = groups that work at once, people and groups = how many take turns, unless as it reckons itself; "
    "the entry's id names the run",
    "run-sized": "for another number of groups or people · {run, clocks, people?, groups?}",
    "step-begun": "groups are at this step, forwards or back · {run, groups: [number], step, turn}",
    "run-paused": "clocks stand still · {run, groups: [number]}",
    "run-resumed": "clocks go on · {run, groups: [number]}",
    "step-minutes": "minutes more, or fewer, for a step · {run, groups: [number], step, turn, minutes}",
    "captured": "written down at a step · {run, group, step, turn, as, text}; group 0 = all of them, as = note | idea | "
    "question; a commitment is a `commitment`",
    "run-ended": "the protocol is over · {run}",
    "groups-drawn": "people are put into groups · {way, count, seed, titles?}; way = mix | random | choice, the entry's id "
    "names the drawing",
    "group-joined": "a person is in this group from now on · {drawing, group}; group 0 = in none",
    # end of the day
    "approved": "the facilitator's word that the sheet is right · {by_name, sheet_version, as_of}",
    "packed": "a bundle was written · {bundle, file, sha256, parcel, covers, as_of}",
    "handed-over": "a bundle reached a place and was read back, or was marked by hand · {bundle, where, how}",
    "receipted": "the office answered · {bundle, receipt}",
}
# What each parcel may see (DESIGN section 9). Kinds in neither list travel in both as envelopes only. `visit-planned` is
# one of them: it says who teaches in which room at what time, and a content travels whole or not at all; whoever runs the
# programme gets the way as a table, without names where rooms are anonymous. So are `team-joined`, `team-left` and
# `contact`, which name single teachers: of them there are tables that count. Who sat with whom in a group is
# nobody's business afterwards: `groups-drawn` and `group-joined` stay on the laptop.
# How an agenda went is in both: an office's rule may count by it, and must be able to reckon it again; and whoever runs
# the programme wants to know what takes how long. It holds times and titles of the approved agenda, and nobody's name.
AGENDA_KINDS = frozenset({"segment-started", "agenda-paused", "agenda-resumed", "agenda-retimed", "agenda-ended"})
EVENT_KINDS = frozenset({"event-scheduled", "event-opened", "event-closed", "event-reopened", "undo"})
"""What an event itself is made of."""
HOURS_KINDS = AGENDA_KINDS | frozenset(
    {
        "device-started", "undo", "erased", "person", "people-merged", "event-scheduled", "event-opened", "event-closed",
        "event-reopened", "expected", "not-expected", "sign-in", "sign-out", "request", "choice", "signature",
        "attested", "flag", "flag-decided", "head-count", "approved", "evaluation-summary",
    }
)  # fmt: skip
PROGRAMME_KINDS = AGENDA_KINDS | frozenset(
    {
        "device-started", "undo", "erased", "event-scheduled", "event-opened", "event-closed", "event-reopened", "note",
        "cohort-planned", "school-joined", "school-left", "cohort-event", "goal", "pointed",
        "commitment-settled", "problem-filed", "problem-resource", "run-begun", "run-sized", "step-begun", "run-paused", "run-resumed", "step-minutes",
        "captured", "run-ended",
        "popup", "popup-opened", "popup-changed", "popup-joined", "popup-round", "popup-idea", "popup-vote",
        "popup-counted", "popup-cluster", "commitment", "poll-opened", "poll-answer", "poll-shown", "poll-closed",
        "observation-started", "line", "coded", "observed",
        "observation-ended", "agreed", "visit-summary",
    }
)  # fmt: skip


def utc_text(moment: datetime) -> str:
    """An aware moment as the ledger writes it: UTC, microseconds, `Z`."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    text = moment.isoformat()[:-6]
    return text + "Z" if moment.microsecond else text + ".000000Z"


def utc_moment(text: str) -> datetime:
    """The aware UTC moment that `utc_text` wrote."""
    return datetime.fromisoformat(text)


def new_id(chance: Chance) -> str:
    """A random id (UUIDv4) from the chance that was passed in."""
    h = chance(16).hex()
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-{'89ab'[int(h[16], 16) & 3]}{h[17:20]}-{h[20:]}"


def stable_id(*parts: str) -> str:
    """The same id for the same parts, on every laptop (UUIDv5); a lone surrogate counts as a question mark."""
    name = sha1(NAMESPACE.bytes + "\x1f".join(parts).encode("utf-8", "replace"), usedforsecurity=False)
    h = name.hexdigest()
    return f"{h[:8]}-{h[8:12]}-5{h[13:16]}-{'89ab'[int(h[16], 16) & 3]}{h[17:20]}-{h[20:32]}"


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


_parse = json.JSONDecoder().raw_decode


def canonical(value: Mapping[str, object]) -> bytes:
    """JSON in one line, keys sorted, UTF-8. A lone surrogate, which no encoding has, becomes a question mark."""
    return _encode(value).encode("utf-8", "replace")


def body_of(content: bytes) -> Mapping[str, Any]:
    """The body of a content that is in a ledger."""
    body: Mapping[str, Any] = _parse(content.decode("utf-8"))[0]["body"]
    return body


@dataclass(frozen=True, slots=True)
class Draft:
    """Something that happened, before the ledger gives it a number.

    `id` is made where the human acted. `happened_at` is aware. `replaces` are ids of the versions it corrects.
    `salt` is 16 random bytes, handed in because chance is the caller's.
    """

    id: str
    kind: str
    happened_at: datetime
    by: str
    means: Means
    salt: bytes
    person: str | None = None
    event: str | None = None
    replaces: tuple[str, ...] = ()
    body: Mapping[str, Any] = field(default_factory=dict)


def content_of(draft: Draft, happened_at: str) -> bytes:
    """What `canonical` would write of a content, put together by hand for speed; the text of the moment is known."""
    body = _encode(draft.body) if draft.body else "{}"
    person = "null" if draft.person is None else quoted(draft.person)
    replaces = ",".join(map(quoted, draft.replaces)) if draft.replaces else ""
    return (
        f'{{"body":{body},"by":{quoted(draft.by)},"happened_at":"{happened_at}",'
        f'"kind":{quoted(draft.kind)},"means":{quoted(draft.means)},"person":{person},"replaces":[{replaces}]}}'
    ).encode("utf-8", "replace")


_Found = TypeVar("_Found")


class _Late(Generic[_Found]):
    """Worked out when first asked for, then kept in the instance.

    `cached_property` without its lock, which costs more than to parse a short content. Two threads may work it out
    twice; both find the same.
    """

    def __init__(self, work_out: Callable[[Any], _Found]) -> None:
        self._work_out = work_out
        self._name = work_out.__name__
        self.__doc__ = work_out.__doc__

    def __get__(self, instance: Any, owner: type | None = None) -> _Found:
        found = instance.__dict__[self._name] = self._work_out(instance)
        return found


class _Fields(NamedTuple):
    seq: int
    id: str
    device: str
    number: int
    recorded_at: str
    event: str | None
    kind: str | None
    person: str | None
    by: str
    means: str
    happened_at: str
    replaces: tuple[str, ...]
    content: bytes | None


class Entry(_Fields):
    """One stored entry. The content's parts are None / empty when it was erased or has not arrived.

    `seq` is the local arrival order of one file and means nothing elsewhere; 0 = not from a ledger. `recorded_at` and
    `happened_at` are written as `utc_text` does. A tuple, because thousands are made for one refresh; what is parsed late
    is kept in the instance.
    """

    @_Late
    def body(self) -> Mapping[str, Any]:
        """The parsed body, read when first asked for; empty without a content."""
        if self.content is None:
            return {}
        return body_of(self.content)

    @_Late
    def at(self) -> datetime:
        """`happened_at` as an aware UTC moment."""
        return utc_moment(self.happened_at)


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry as it travels: its bytes. `salt` and `content` are None where a parcel may not see them."""

    envelope: bytes
    salt: bytes | None
    content: bytes | None


def content_digest(salt: bytes, content: bytes) -> str:
    """SHA-256 over 16 random bytes and the content, so that a guess can't be checked once the salt is gone."""
    return sha256(salt + content).hexdigest()


def envelope_of(draft: Draft, bound: str, device: str, number: int, previous: str | None, recorded_at: str) -> bytes:
    """The envelope of a draft that has just been given its place in a device's chain.

    `bound` is its content's digest, `recorded_at` the moment as `utc_text` writes it.
    """
    return (
        f'{{"content_digest":"{bound}","device":{quoted(device)},'
        f'"event":{"null" if draft.event is None else quoted(draft.event)},"format":{FORMAT},"id":{quoted(draft.id)},'
        f'"number":{number},"previous":{"null" if previous is None else quoted(previous)},'
        f'"recorded_at":"{recorded_at}"}}'
    ).encode("utf-8", "replace")


def digest(envelope: bytes) -> str:
    """SHA-256 of an envelope: what the next entry of its device names as `previous`."""
    return sha256(envelope).hexdigest()
