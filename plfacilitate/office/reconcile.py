"""Claims held against the register: which offering each is for, and what was decided about who claims.

Owns what is read and remembered for it. Never judges a claim (`core.claims`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from plfacilitate.core.claims.reckoned import by_claim, reconcile
from plfacilitate.core.claims.tables import About
from plfacilitate.core.claims.values import Claim, Decision, Judged, OnSheet, Says
from plfacilitate.core.entry import utc_moment, utc_text
from plfacilitate.core.minutes import hours_text
from plfacilitate.core.refusal import Refused
from plfacilitate.core.roll.lines import number_key
from plfacilitate.core.roll.offering import Offering
from plfacilitate.core.roll.people import Known, Merges, known_of
from plfacilitate.core.roll.tables import status_text
from plfacilitate.core.text import plain
from plfacilitate.office.roll import find_series, one_called, purge_said, purged_called, read_offering, series_by_number
from plfacilitate.store.register import Register


@dataclass(frozen=True, slots=True)
class Said:
    """One decision as it was given: about the claim in a line, or by its key (`claim`), and a person.

    `person` is an id, e-mail or name; "" with `says` open = whoever was decided about.
    """

    says: Says
    person: str
    line: int = 0
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """All claims of a file with their verdicts in last-name order. `about` says what each series is."""

    judged: tuple[Judged, ...]
    unclaimed: tuple[tuple[str, OnSheet], ...]
    about: Mapping[str, About]
    decided: int


@dataclass(slots=True)
class Reconciling:
    """One run over a register. `name` = one offering, "" = the claims say which."""

    register: Register
    name: str
    at: datetime
    by: str
    about: dict[str, About] = field(default_factory=dict)
    _gone: dict[str, str] = field(default_factory=dict)
    _merges: Merges | None = None
    _read: dict[str, tuple[OnSheet, ...]] = field(default_factory=dict)

    def hold(self, file: str, claims: Sequence[Claim], said: Sequence[Said] = ()) -> Held:
        """Judge all claims, after `said` was remembered.

        Refused: `claims-which`, `claims-decision`, as `find_series`, as `one_called`.
        """
        groups, judged = self._by_series(file, claims)
        decided = self._remember(groups, claims, said)
        decisions = by_claim(self.register.claim_decisions())
        unclaimed: list[tuple[str, OnSheet]] = []
        for series, group in groups.items():
            found = reconcile(group, self._everybody(series), decisions)
            judged += [one._replace(series=series) for one in found.judged]
            unclaimed += [(series, one) for one in found.unclaimed]
            self._read.pop(series, None)
        judged.sort(key=lambda one: one.claim.order)
        unclaimed.sort(key=lambda one: (one[1].person.order, one[0]))
        return Held(tuple(judged), tuple(unclaimed), self.about, decided)

    # -- which offering --------------------------------------------------------------------------------------------------

    def _by_series(self, file: str, claims: Sequence[Claim]) -> tuple[dict[str, list[Claim]], list[Judged]]:
        """Claims by series, and a verdict for those that are of none."""
        groups: dict[str, list[Claim]] = {}
        if self.name:
            groups[find_series(self.register, self.name)] = []
        elif not any(claim.in_service for claim in claims):
            raise Refused("claims-which", file=file)
        numbers = series_by_number(self.register)
        left: list[Judged] = []
        for claim in claims:
            series, why = self._series(claim, numbers, next(iter(groups), "") if self.name else "")
            if series:
                groups.setdefault(series, []).append(claim)
            else:
                left.append(Judged(claim, "unread" if claim.unread else "elsewhere", claim.unread or why))
        return groups, left

    def _series(self, claim: Claim, numbers: Mapping[str, Sequence[str]], only: str) -> tuple[str, str]:
        """The series of a claim, or why there is none."""
        claimed = f"claimed {hours_text(claim.hundredths or 0)} h"
        if not claim.in_service:
            return only, f"{claimed}; no in-service number says for which offering."
        known = numbers.get(number_key(claim.in_service), ())
        if only:
            unnumbered = not any(only in group for number, group in numbers.items() if number)
            fits = only in known or unnumbered
            return only if fits else "", f"{claimed} for {claim.in_service}, another offering than the one asked for."
        if len(known) == 1:
            return known[0], ""
        return "", f"{claimed} for {claim.in_service}; {self._why_none(claim.in_service, known)}."

    def _why_none(self, number: str, known: Sequence[str]) -> str:
        """Why a number names no one offering."""
        if known:
            return "several offerings have that number"
        if number not in self._gone:
            gone = purged_called(self.register, number)
            self._gone[number] = "no offering here has that number" if gone is None else f"it was {purge_said(*gone)}"
        return self._gone[number]

    # -- who was there -----------------------------------------------------------------------------------------------

    def _everybody(self, series: str) -> tuple[OnSheet, ...]:
        """Everybody of an offering: who was there, and who was only expected."""
        if series not in self._read:
            self._merges = self._merges or Merges(self.register.merges())
            people = _Looked(self.register)
            found = read_offering(self.register, series, at=self.at, merges=self._merges, people=people)
            self.about[series] = (
                About() if found is None else About(found.events[-1].in_service, found.events[-1].plan.title)
            )
            self._read[series] = () if found is None else tuple(_people(found, people.by_person(self._merges)))
        return self._read[series]

    # -- decisions ---------------------------------------------------------------------------------------------------

    def _remember(self, groups: Mapping[str, Sequence[Claim]], claims: Sequence[Claim], said: Sequence[Said]) -> int:
        """Keep what is new of what was said; how many decisions that was."""
        if not said:
            return 0
        before = self.register.claim_decisions()
        known = {(one.claim, one.person): one.says for one in before}
        keys = {claim.key for claim in claims}
        by_line = {claim.line: (series, claim) for series, group in groups.items() for claim in group}
        new: dict[tuple[str, str], Says] = {}
        for one in said:
            if one.claim:
                wanted = [(one.claim, one.person)] if one.claim in keys else []
            else:
                wanted = list(self._named(one, by_line, known))
            new |= dict.fromkeys(wanted, one.says)
        at = utc_text(self._after(one.at for one in before if one.claim in keys))
        fresh = [
            Decision(*pair, says, at, self.by) for pair, says in new.items() if known.get(pair, "open") != says
        ]  # fmt: skip
        if fresh:
            self.register.decide_claims(fresh)
        return len(fresh)

    def _after(self, before: Iterable[str]) -> datetime:
        """Now, or right after what was decided before where a clock was wrong then: the latest word has to be the last."""
        last = max(before, default="")
        return max(self.at, utc_moment(last) + timedelta(microseconds=1)) if last else self.at

    def _named(
        self, one: Said, by_line: Mapping[int, tuple[str, Claim]], known: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, str]]:
        """Claim and person that a decision given by hand is about."""
        if one.line not in by_line:
            raise Refused("claims-decision", text=f"{one.line}={plain(one.person)}")
        series, claim = by_line[one.line]
        if not one.person:
            yield from (pair for pair in known if pair[0] == claim.key)
            return
        everybody = [other.person for other in self._everybody(series)]
        exact = [person.id for person in everybody if person.id == one.person]
        if not exact:
            exact = [one_called(everybody, one.person).id]
        yield claim.key, exact[0]


class _Looked:
    """People, looked up in the register once, with every e-mail that their records ever had."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._emails: dict[str, set[str]] = {}

    def of(self, ids: Iterable[str]) -> Mapping[str, Known]:
        """Those of these people who are known."""
        records = self._register.records(ids)
        for record, entries in records.items():
            said = (entry.body.get("fields", {}).get("email") for entry in entries if entry.kind == "person")
            self._emails[record] = {str(email).casefold() for email in said if email}
        return known_of(records)

    def by_person(self, merges: Merges) -> Mapping[str, set[str]]:
        """Their e-mails, folded, by the record that each is read as."""
        found: dict[str, set[str]] = defaultdict(set)
        for record, emails in self._emails.items():
            found[merges.now.get(record, record)] |= emails
        return found


def _people(found: Offering, emails: Mapping[str, set[str]]) -> Iterator[OnSheet]:
    """Everybody on the sheet or expected."""
    lines = {line.person: line for line in found.lines}
    for one in found.sheet.lines:
        line, theirs = lines.get(one.person.id), frozenset(emails.get(one.person.id, ()))
        if line is None:
            yield OnSheet(one.person, emails=theirs)
        else:
            minutes, hundredths = line.figures.minutes, line.figures.hundredths
            yield OnSheet(one.person, minutes, hundredths, status_text(line), line.explained, line.rule, theirs)
