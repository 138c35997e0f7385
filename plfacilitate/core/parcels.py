"""The tables of a bundle, row by row: what happened, what it is worth, what was written down.

Owns which facts stand in which table of which parcel. Never writes a file, and puts nothing of the programme into the
hours parcel or the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from plfacilitate.core.entry import utc_moment
from plfacilitate.core.fold import EventFold
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.polls.picture import PollPicture, answer_text
from plfacilitate.core.popup.picture import PopupPicture
from plfacilitate.core.running.run import Run
from plfacilitate.core.tally import CreditLine, CreditSheet

Row = Sequence[str | int]

ATTENDANCE = (
    ("event", "the event's id"),
    ("person", "the person's id"),
    ("name", "last name, first name"),
    ("mark", "sign-in or sign-out"),
    ("at", "local time at the place of the event"),
    ("at_utc", "the same in UTC"),
    ("means", "how strong the evidence is: own-phone, badge, kiosk, facilitator, paper, system"),
    ("by", "who wrote it down"),
    ("corrected", "yes where it is not the first version"),
    ("by_hand", "yes where it was set for a person who forgot"),
    ("reason", "why it was corrected or set"),
    ("entry", "the entry that counts"),
)
CREDIT = (
    ("person", "the person's id"),
    ("name", "last name, first name"),
    ("email", "the e-mail used in the registration platform"),
    ("minutes", "minutes that count"),
    ("hundredths", "hundredths of a clock hour: 550 is 5.5 hours"),
    ("status", "earned, pending or none"),
    ("reasons", "code −minutes: sentence, one after the other"),
)
EVALUATION = (
    ("event", "the event's id"),
    ("ballots", "how many people answered; fewer than five are not summarised"),
    ("question", "the question's id in the plan; the state's own begin with state-"),
    ("kind", "scale, choice or text"),
    ("asked", "the question as it was put"),
    ("answer", "a step of the scale, an option, or a comment"),
    ("count", "how many gave it"),
)
PEOPLE = (
    ("person", "the person's id"),
    ("last_name", ""),
    ("first_name", ""),
    ("former_name", ""),
    ("email", ""),
    ("school", ""),
    ("district", ""),
    ("role", ""),
    ("certificate", ""),
)
EVENTS = (
    ("event", "the event's id"),
    ("series", "the offering that it belongs to"),
    ("in_service", "the in-service number of the approval"),
    ("title", ""),
    ("date", ""),
    ("starts", "local"),
    ("ends", "local"),
    ("time_zone", ""),
    ("place", ""),
    ("office", ""),
    ("rule", "the office's rule and its version"),
)
NOTES = (
    ("entry", "the entry"),
    ("event", "the event's id"),
    ("at", "local time"),
    ("segment", "what was on the agenda"),
    ("tag", "note, parking or decision"),
    ("by", "who wrote it"),
    ("text", ""),
)
POPUPS = (
    ("entry", "the entry"),
    ("event", "the event's id"),
    ("at", "local time"),
    ("owner", "whose problem of practice it is"),
    ("problem", ""),
    ("how_might_we", ""),
    ("ideas", "one a line"),
    ("segment", "what was on the agenda"),
)
POPUP_GROUPS = (
    ("popup", "the problem of practice"),
    ("event", "the event's id"),
    ("school", "the owner's"),
    ("data", "the piece of data that was brought"),
    ("test", "what was shaped to be tried"),
    ("people", "how many worked on it"),
    ("voted", "how many put dots; 0 = no vote was closed"),
)
POPUP_IDEAS = (
    ("popup", "the problem of practice that it belongs to"),
    ("event", "the event's id"),
    ("idea", ""),
    ("who", "whose idea it is, where names were given"),
    ("cluster", "the cluster that it lies in; set aside = nobody voted on it"),
    ("dots", "of the idea, or of its whole cluster; empty = it was no option of a closed vote"),
)
POLLS = (
    ("poll", "the poll or exit ticket"),
    ("event", "the event's id"),
    ("at", "local time of its opening"),
    ("exit", "yes where it is an exit ticket"),
    ("title", ""),
    ("people", "how many answered"),
    ("question", ""),
    ("kind", "scale, choice, several or text"),
    ("answer", "the step or option, or what was written; texts sorted, which says nothing of who wrote them"),
    ("count", "how many gave it; 1 for each text"),
)
POLL_NAMES = (
    ("poll", "the poll or exit ticket whose plan asks for names"),
    ("event", "the event's id"),
    ("who", "the name as it was given"),
    ("question", ""),
    ("answer", "the step or option, of several one a line, or what was written"),
)
COMMITMENTS = (
    ("popup", "the problem of practice that it belongs to"),
    ("event", "the event's id"),
    ("who", ""),
    ("what", ""),
    ("first_step", ""),
    ("due", ""),
)


def attendance(fold: EventFold, people: Mapping[str, Person]) -> Iterator[Row]:
    """Every standing in and out of an event, person by person."""
    event = fold.event
    assert event is not None, "a parcel is made of an event that is known"
    for person in _ordered(fold.persons(), people):
        for mark in sorted(fold.marks(person.id), key=lambda mark: (mark.at, not mark.is_in)):
            yield (
                event.id,
                person.id,
                person.name,
                "sign-in" if mark.is_in else "sign-out",
                _local(event, mark.at),
                mark.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                mark.means,
                mark.by,
                _yes(mark.corrected),
                _yes(mark.by_hand),
                mark.reason,
                mark.entry,
            )


def credit(lines: Iterable[CreditLine]) -> Iterator[Row]:
    """One row a person; hours as whole hundredths, so that no program rounds them."""
    for one in lines:
        line = one.line
        reasons = "; ".join(
            f"{reason.code} −{reason.minutes}: {reason.text}" if reason.minutes else f"{reason.code}: {reason.text}"
            for reason in line.reasons
        )
        yield (one.person.id, one.person.name, one.person.email, line.minutes, line.hundredths, line.status, reasons)


def people_rows(persons: Iterable[str], people: Mapping[str, Person]) -> Iterator[Row]:
    """The people of the event as they stand; of a record that was erased, or never came, there is nothing to say."""
    for person in _ordered((one for one in persons if one in people), people):
        yield tuple(person.id if name == "person" else str(getattr(person, name)) for name, _ in PEOPLE)


def event_rows(sheet: CreditSheet) -> Iterator[Row]:
    """The event itself, in one row."""
    for event in [sheet.event] if sheet.event else sheet.events:
        yield (
            event.id, event.series, event.in_service, event.title, event.day.isoformat(), event.session.starts,
            event.ends_at.astimezone(event.zone).strftime("%H:%M"), event.tz, event.place, sheet.office.id,
            sheet.office.rule,
        )  # fmt: skip


def evaluation(fold: EventFold) -> Iterator[Row]:
    """What was answered at the end without a name: each possible answer with its count, each comment by itself."""
    for entry in fold.facts("evaluation-summary"):
        ballots = int(entry.body.get("ballots", 0))
        for one in entry.body.get("questions", ()):
            about = (fold.event_id, ballots, str(one.get("id", "")), str(one.get("kind", "")), str(one.get("ask", "")))
            yield from ((*about, str(answer), int(count)) for answer, count in one.get("counts", {}).items())
            yield from ((*about, str(comment), 1) for comment in one.get("comments", ()))


Hidden = Callable[[str], str]
"""Gives a text without the names that nobody should read in it (`core.visiting.veil`)."""


def notes(fold: EventFold, hidden: Hidden = str) -> Iterator[Row]:
    """Session notes in order of time."""
    for entry in fold.facts("note"):
        body = entry.body
        yield (
            entry.id, fold.event_id, _at(fold, entry.at), str(body.get("segment", "")), str(body.get("tag", "note")),
            entry.by, hidden(str(body.get("text", ""))),
        )  # fmt: skip


def popups(fold: EventFold, picture: PopupPicture, hidden: Hidden = str) -> Iterator[Row]:
    """Problems of practice in order of time, whichever way they were taken down; who owns one is meant to be named."""
    for one in picture.problems:
        ideas = hidden("\n".join(idea.text for idea in one.ideas))
        at = _at(fold, utc_moment(one.opened_at))
        yield (
            one.id, fold.event_id, at, one.owner, hidden(one.problem), hidden(one.how_might_we), ideas, one.segment,
        )  # fmt: skip


def popup_groups(fold: EventFold, picture: PopupPicture, hidden: Hidden = str) -> Iterator[Row]:
    """What a problem that was worked on in a group has beyond that: its data, its test, how many took part."""
    for one in picture.problems:
        if not one.taken_down:
            voted = one.vote.ballots if one.vote is not None and not one.vote.open else 0
            said = map(hidden, (one.data, one.test))
            yield (one.id, fold.event_id, one.school, *said, len(one.members), voted)


def popup_ideas(fold: EventFold, picture: PopupPicture, hidden: Hidden = str) -> Iterator[Row]:
    """Ideas of such problems, cluster by cluster; dots only where the vote is over."""
    for one in picture.problems:
        if one.taken_down:
            continue
        over = one.vote is not None and not one.vote.open
        dots = {option.id: option.dots or 0 for option in one.vote.options} if one.vote is not None and over else {}
        places = [(each, idea) for each in one.clusters for idea in each.ideas]
        for cluster, idea in [*places, *((None, idea) for idea in one.loose)]:
            name = "" if cluster is None else hidden(cluster.name) or "set aside"
            got = dots.get(idea.id, dots.get(cluster.id, "") if cluster is not None else "")
            yield (one.id, fold.event_id, hidden(idea.text), idea.who, name, got)


def polls(fold: EventFold, picture: PollPicture, hidden: Hidden = str) -> Iterator[Row]:
    """What polls came to, question by question; of an open one nothing, since it is not counted yet."""
    for one in picture.polls:
        if one.open:
            continue
        head = (
            one.id, fold.event_id, _at(fold, utc_moment(one.opened_at)), "yes" if one.exit else "", hidden(one.title),
            one.came(),
        )  # fmt: skip
        for asked in one.results():
            for answer, many in (*asked.counts, *((text, 1) for text in asked.comments)):
                yield (*head, hidden(asked.ask), asked.kind, hidden(answer), many)


def poll_names(fold: EventFold, picture: PollPicture, hidden: Hidden = str) -> Iterator[Row]:
    """Who answered what, where the plan asks for names; who answered is meant to be named."""
    for one in picture.polls:
        for said in one.said if not one.open else ():
            for asked in one.questions:
                if asked.id in said.answers:
                    answer = answer_text(asked, said.answers[asked.id])
                    yield (one.id, fold.event_id, said.who, hidden(asked.ask), hidden(answer))


def commitments(
    fold: EventFold, picture: PopupPicture, hidden: Hidden = str, *, runs: Iterable[Run] = ()
) -> Iterator[Row]:
    """What was promised, problem by problem, then in protocols that were led; who promised is meant to be named."""
    for one in picture.problems:
        for each in one.commitments:
            yield (one.id, fold.event_id, each.who, hidden(each.what), hidden(each.first_step), each.due)
    for line in (line for run in runs for line in run.captured if line.kind == "commitment"):
        yield ("", fold.event_id, line.who, hidden(line.text), hidden(line.first_step), line.due)


def _ordered(persons: Iterable[str], people: Mapping[str, Person]) -> list[Person]:
    return sorted((people.get(one) or Person(one, last_name="?") for one in persons), key=lambda one: one.order)


def _at(fold: EventFold, moment: datetime) -> str:
    return _local(fold.event, moment) if fold.event else moment.strftime("%Y-%m-%d %H:%M")


def _local(event: Event, moment: datetime) -> str:
    return moment.astimezone(event.zone).strftime("%Y-%m-%d %H:%M")


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"
