"""`plfacilitate office roll`: what everybody has earned, by offering, person, year and designation.

Owns how it is printed, and its JSON. Never computes a figure (`core.roll`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.designation import under_each
from plfacilitate.core.minutes import hours_text
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.report.words import count
from plfacilitate.core.roll import tables
from plfacilitate.core.roll.changes import Change, said
from plfacilitate.core.roll.lines import RollLine
from plfacilitate.core.roll.offering import Offering
from plfacilitate.core.roll.summary import Summary
from plfacilitate.core.roll.totals import Totals, in_order
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, RegisterUrl, given
from plfacilitate.office.roll import find_person, find_series, read_offering, series_of
from plfacilitate.office.rolling import PersonRoll, Roll, Wanted
from plfacilitate.office.rolling import roll as rolled
from plfacilitate.store.register import Register, open_register

OfferingName = Annotated[
    str,
    typer.Option(
        "--series",
        "--event",
        metavar="NAME",
        help="One offering: in-service number, plan, or the id of an event of it.",
    ),
]
Year = Annotated[
    str,
    typer.Option(metavar="YEAR", help="Completed in 2023, or in the school year 2023-24 (September to August)."),
]
_YEAR = re.compile(r"(\d{4})(?:-(\d\d))?", re.ASCII)
_MOST_LOOKS = 20  # doubts that are printed; tables have all


def roll(
    ctx: typer.Context,
    register: RegisterUrl,
    person: Annotated[str, typer.Option(metavar="PERSON", help="One person: id, e-mail or name.")] = "",
    series: OfferingName = "",
    year: Year = "",
    issue: Annotated[
        bool, typer.Option("--issue", help="Keep what has changed as the next version of each offering's roll.")
    ] = False,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="All lines as a table.")] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="A workbook: lines, people, university.")
    ] = None,
    university: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Those who take quarter credits, as CSV.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hours of every person and offering, with what changed."""
    around = given(ctx)
    check_year(year)
    at = around.clock()
    opened = open_register(register, around.chance)
    try:
        who = find_person(opened, person) if person else None
        chosen = _chosen(opened, who, series)
        wanted = Wanted(
            register, at, frozenset([who.id]) if who else frozenset(), year, issued_by=around.by if issue else ""
        )
        with rolled(wanted, chosen, around.chance, progress=_progress) as found:
            _write(found, csv, xlsx, university)
            one = read_offering(opened, chosen[0], at=at) if series and len(chosen) == 1 else None
            answer = _Answer(found, who, one, in_full=bool(who or series))
            if as_json:
                say.document(answer.document())
            else:
                answer.print()
    finally:
        opened.close()


def check_year(text: str) -> None:
    """See that a text is a year. Refused: `year-unreadable`."""
    found = _YEAR.fullmatch(text)
    if text and (found is None or (found[2] and (int(found[1]) + 1) % 100 != int(found[2]))):
        raise Refused("year-unreadable", text=text)


def _chosen(register: Register, who: Person | None, name: str) -> Sequence[str]:
    named = [find_series(register, name)] if name else None
    if who is None:
        return named or register.all_series()
    theirs = series_of(register, who)
    return theirs if named is None else [one for one in theirs if one in named]


def _progress(done: int, of: int) -> None:
    if of > 1000:
        say.aside(f"{done} of {of} offerings")


def _write(found: Roll, csv: Path | None, xlsx: Path | None, university: Path | None) -> None:
    from plfacilitate.shelf.tables_out import Page, write_book, write_csv

    if csv is not None:
        write_csv(csv, tables.HEADER, _rows(found))
    if university is not None:
        write_csv(university, tables.UNIVERSITY, _credits(found))
    if xlsx is not None:
        pages = [
            Page("Roll", tables.HEADER, _rows(found)),
            Page("People", tables.PEOPLE, (tables.person_row(one.lines, _looks(one)) for one in found.people())),
            Page("University", tables.UNIVERSITY, _credits(found)),
        ]
        write_book(xlsx, pages)
    for path in filter(None, (csv, university, xlsx)):
        say.aside(f"written: {path}")


def _rows(found: Roll) -> Iterator[tables.Row]:
    return (tables.row(line, one.about(line)) for one in found.people() for line in one.lines)


def _credits(found: Roll) -> Iterator[tables.Row]:
    return (
        tables.university_row(line, one.about(line))
        for one in found.people()
        for line in one.lines
        if line.takes_credits
    )


def _looks(one: PersonRoll) -> str:
    return " ".join(look.sentence for look in one.looks)


class _Answer:
    """What the command says, as text or JSON. `one` is the offering that was asked for, None = not one alone."""

    def __init__(self, found: Roll, who: Person | None, one: Offering | None, *, in_full: bool) -> None:
        self.found, self.who, self.one = found, who, one
        self.totals = Totals()
        self.lines: list[tuple[RollLine, str]] = []
        self.looks: list[tuple[str, str, str]] = []  # name, code, sentence
        self.doubted = 0
        for person in found.people():
            self.totals.add_person(person.lines)
            self.doubted += bool(person.looks)
            if in_full:
                self.lines += [(line, person.about(line)) for line in person.lines]
            if in_full or len(self.looks) < _MOST_LOOKS:
                self.looks += [(person.lines[0].name, look.code, look.sentence) for look in person.looks]

    def document(self) -> dict[str, object]:
        """One document. Lines stand in it where one offering or person was asked for; tables have them all."""
        return {
            "person": self.who.id if self.who else None,
            "offerings": [_offering_document(one) for one in self.found.offerings],
            "people": self.totals.people,
            "totals": tables.totals_document(self.totals),
            "people_to_look_at": self.doubted,
            "look_at": [{"name": name, "code": code, "text": text} for name, code, text in self.looks],
            "lines": [_line_document(line, look) for line, look in self.lines],
            "versions": [] if self.one is None else _versions_document(self.one),
            "since_handed_in": [] if self.one is None else _changes_document(self.one, self.one.changes),
            "since_version": [] if self.one is None else _changes_document(self.one, self.one.since_version),
        }

    def print(self) -> None:
        """For a person at a terminal."""
        if self.who is not None:
            self._person(self.who)
        elif self.one is not None:
            self._offering(self.one)
        else:
            self._offerings()
        self._sums()
        for name, _, text in self.looks[:_MOST_LOOKS]:
            say.line(f"⚑ {name}: {text}")
        if len(self.looks) > _MOST_LOOKS or (self.doubted and not self.lines):
            say.line(f"{self.doubted} people to look at; --csv and --xlsx name each.")

    def _person(self, who: Person) -> None:
        say.line(f"{who.name}{f' · certificate {who.certificate}' if who.certificate else ''}")
        if not self.lines:
            say.line("  has been at no event that this register knows.")
        for line, _ in self.lines:
            number = f" · {line.in_service}" if line.in_service else ""
            hours = hours_text(line.figures.hundredths)
            say.line(f"  {line.completed} · {line.title}{number}: {hours} h, {tables.status_text(line)}")
            say.line(f"    {line.explained}")
            _was(line)

    def _offering(self, one: Offering) -> None:
        event = one.events[-1]
        number = f" · in-service no. {event.in_service}" if event.in_service else ""
        say.line(f"{event.plan.title}{number} · {len(one.events)} event(s) · {one.sheet.office.rule}")
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
                for line, _ in self.lines
            ],
        )
        for line, _ in self.lines:
            if line.was is not None:
                say.line(line.name)
                _was(line)
        _say_versions(one)

    def _offerings(self) -> None:
        if not self.found.offerings:
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
                for one in self.found.offerings
            ],
        )
        for one in self.found.offerings:
            if one.presenter_only:
                say.line(
                    f"⚑ {one.title} ({one.last_day}): presenters and no participant, so no hours (WAC 181-85-030)."
                )

    def _sums(self) -> None:
        sums = self.totals
        waiting = f", {hours_text(sums.pending)} h wait for a decision" if sums.pending else ""
        credits_ = f", {sums.credits} for credits" if sums.credits else ""
        say.line(
            f"{hours_text(sums.earned)} clock hours of {count(sums.people, 'person', 'people')}{waiting}{credits_}"
        )
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
    for version in one.versions:
        say.line(f"version {version.version} · {version.at[:16].replace('T', ' ')} UTC · by {version.by}")
    if one.since_version:
        say.line(f"since version {one.versions[-1].version}:")
    for change in one.since_version:
        say.line(f"  {_name(one, change.person)}: {said(change.was)} → {said(change.now)}; {'; '.join(change.why)}")


def _name(one: Offering, person: str) -> str:
    return next((line.person.name for line in one.sheet.lines if line.person.id == person), f"person {person[:8]}")


def _offering_document(one: Summary) -> dict[str, object]:
    hours = {"approved", "earned", "pending"}
    known = one._asdict()
    return {
        **{name: value for name, value in known.items() if name not in hours},
        "designations": [one.name for one in one.designations],
        **{f"{name}_hours": known[name] / 100 for name in sorted(hours)},
    }


def _line_document(line: RollLine, look: str) -> dict[str, object]:
    return {
        "person": line.person,
        "name": line.name,
        "email": line.email,
        "series": line.series,
        "in_service": line.in_service,
        "title": line.title,
        "completed": line.completed,
        "year": line.year,
        "school_year": line.school_year,
        "designations": [one.name for one in line.designations],
        "designation_hours": {
            name: held / 100 for name, held in under_each(line.designations, line.figures.hundredths)
        },
        "minutes": line.figures.minutes,
        "hours": line.figures.hundredths / 100,
        "status": tables.status_text(line),
        "short_minutes": line.figures.short,
        "reasons": list(line.codes),
        "explained": line.explained,
        "handed_in": said(line.was) if line.was else None,
        "since": list(line.since),
        "look_at": look,
    }


def _versions_document(one: Offering) -> list[dict[str, object]]:
    return [
        {
            "version": version.version,
            "at": version.at,
            "by": version.by,
            "sha256": version.digest,
            "lines": len(version.lines),
        }
        for version in one.versions
    ]


def _changes_document(one: Offering, changes: Sequence[Change]) -> list[dict[str, object]]:
    return [
        {
            "person": change.person,
            "name": _name(one, change.person),
            "was": said(change.was),
            "now": said(change.now),
            "why": list(change.why),
        }
        for change in changes
    ]
