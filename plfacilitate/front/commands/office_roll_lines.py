"""The roll in words: a person's, an offering's, or every offering's, with its sums and its doubts.

Owns what `plfacilitate office roll` prints. Never works anything out.
"""

from __future__ import annotations

from collections.abc import Iterable

from plfacilitate.core.minutes import hours_text
from plfacilitate.core.people import Person
from plfacilitate.core.report.words import count
from plfacilitate.core.roll import tables
from plfacilitate.core.roll.changes import Change, said
from plfacilitate.core.roll.lines import RollLine
from plfacilitate.core.roll.look import two_copies
from plfacilitate.core.roll.offering import Offering
from plfacilitate.core.roll.summary import Summary
from plfacilitate.core.roll.totals import in_order
from plfacilitate.front.commands import say
from plfacilitate.front.commands.office_roll_answer import MOST_LOOKS, Answer, name_of


def print_answer(answer: Answer) -> None:
    """For a person at a terminal."""
    if answer.who is not None:
        _person(answer, answer.who)
    elif answer.one is not None:
        _offering(answer, answer.one)
    else:
        _offerings(answer)
    _sums(answer)
    if answer.forked:
        say.line(f"⚑ {two_copies(answer.forked)}")
    for name, _, text in answer.looks[:MOST_LOOKS]:
        say.line(f"⚑ {name}: {text}")
    if len(answer.looks) > MOST_LOOKS or (answer.doubted and not answer.lines):
        say.line(f"{count(answer.doubted, 'person', 'people')} to look at; --csv and --xlsx name each.")


def _person(answer: Answer, who: Person) -> None:
    say.line(f"{who.name}{f' · certificate {who.certificate}' if who.certificate else ''}")
    if not answer.lines:
        say.line("  has been at no event that this register knows.")
    for line, _ in answer.lines:
        number = f" · {line.in_service}" if line.in_service else ""
        hours = hours_text(line.figures.hundredths)
        say.line(f"  {line.completed} · {line.title}{number}: {hours} h, {tables.status_text(line)}")
        say.line(f"    {line.explained}")
        _was(line)


def _offering(answer: Answer, one: Offering) -> None:
    event = one.events[-1]
    number = f" · in-service no. {event.in_service}" if event.in_service else ""
    say.line(f"{event.plan.title}{number} · {count(len(one.events), 'event')} · {one.sheet.office.rule}")
    say.table(
        ("name", "school", "min", "hours", "status", "why"),
        [
            (
                line.name,
                line.school,
                line.figures.minutes,
                hours_text(line.figures.hundredths),
                tables.status_text(line),
                line.explained,
            )
            for line, _ in answer.lines
        ],
    )
    for line, _ in answer.lines:
        if line.was is not None:
            say.line(line.name)
            _was(line)
    _say_versions(one)


def _offerings(answer: Answer) -> None:
    if not answer.found.offerings:
        say.line("No offering of that is in this register.")
        return
    say.table(
        ("last day", "in-service", "title", "people", "hours", "waiting", "credits", "changed", "version"),
        [
            (
                one.last_day,
                one.in_service,
                one.title,
                one.people,
                hours_text(one.earned),
                one.waiting,
                one.credits,
                one.changed,
                _version(one),
            )
            for one in answer.found.offerings
        ],
    )
    for one in answer.found.offerings:
        if one.presenter_only:
            say.line(f"⚑ {one.title} ({one.last_day}): presenters and no participant, so no hours (WAC 181-85-030).")


def _sums(answer: Answer) -> None:
    sums = answer.totals
    waiting = f", {hours_text(sums.pending)} h wait for a decision" if sums.pending else ""
    credits_ = f", {sums.credits} for credits" if sums.credits else ""
    say.line(f"{hours_text(sums.earned)} clock hours of {count(sums.people, 'person', 'people')}{waiting}{credits_}")
    for what, counted in (
        ("year", sorted(sums.years.items())),
        ("school year", sorted(sums.school_years.items())),
        ("designation", in_order(sums.designations)),
    ):
        if any(key for key, _ in counted):
            listed = " · ".join(f"{key or 'none'} {hours_text(hundredths)}" for key, hundredths in counted)
            say.line(f"  by {what}: {listed}")


def _was(line: RollLine) -> None:
    if line.was is not None:
        say.line(f"    handed in as {said(line.was)}; since then: {'; '.join(line.since)}")


def _version(one: Summary) -> str:
    if not one.version:
        return "none"
    return f"{one.version} now" if one.issued_now else f"{one.version}, {one.open_changes} since"


def _say_versions(one: Offering) -> None:
    for version, changes in zip(one.versions, one.history, strict=True):
        say.line(f"version {version.version} · {version.at[:16].replace('T', ' ')} UTC · by {version.by}")
        _say_changes(one, changes)
    if one.since_version:
        say.line(f"since version {one.versions[-1].version}:")
        _say_changes(one, one.since_version)


def _say_changes(one: Offering, changes: Iterable[Change]) -> None:
    for change in changes:
        say.line(f"  {name_of(one, change.person)}: {said(change.was)} → {said(change.now)}; {'; '.join(change.why)}")
