"""Claims held against a region's sheets, beside the roll of these sheets; names with a slip in them, beside rapidfuzz.

What is timed is what `office reconcile` does between its file and its answer: rows read, hours of every offering worked out
again, each claim judged.
"""

from __future__ import annotations

import csv
import os
import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import Figure, paired
from bench.people import people
from bench.roll import TOGETHER, fill, whole
from plfacilitate.core.claims.reckoned import reconcile
from plfacilitate.core.claims.values import Claim, OnSheet
from plfacilitate.core.people import Person, person_id
from plfacilitate.office.reconcile import Reconciling
from plfacilitate.shelf.claims_files import read_claims
from plfacilitate.store.register import Register, open_register

PEOPLE = 2_000  # each at ten offerings, so ten times as many claims
CROWD = 1_000  # people of one sheet, and claims with a slip in each name
_TITLES = ("Last name", "First name", "E-mail", "In-service number", "Clock hours")
_NOW = datetime(2026, 2, 1, tzinfo=UTC)


def figures() -> list[Figure]:
    """A file of claims for all offerings; a file of names that are all a little wrong."""
    with tempfile.TemporaryDirectory(prefix="plf-bench-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        url = f"sqlite:///{place / 'register.db'}"
        fill(url, PEOPLE)
        count = _write(url, place / "claims.csv")
        ratio, mine, plain = paired(lambda: _hold(url, place / "claims.csv"), lambda: whole(url, 1), runs=3)
    return [
        Figure(
            "reconcile", f"{count:,} claims against {count // TOGETHER} sheets ÷ the roll of these in one process", ratio, most=2.5,
            detail=f"{mine:.2f} / {plain:.2f} s, {count / mine:,.0f} claims/s",
        ),
        _slips(),
    ]  # fmt: skip


def _hold(url: str, claims: Path) -> None:
    register = open_register(url, os.urandom)
    try:
        rows = list(read_claims(claims, {}).claims)
        held = Reconciling(register, "", _NOW, "bench").hold(claims.name, rows)
    finally:
        register.close()
    codes = [one.code for one in held.judged]
    assert codes.count("match") > len(rows) // 2, "most of them claim what they earned"
    assert codes.count("decide") > len(rows) // 20, "some have a slip"


def _write(url: str, path: Path) -> int:
    """What everybody claims: nine of ten rightly, some with a slip and no e-mail, a few who were never there."""
    register, chance = open_register(url, os.urandom), random.Random(4)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_TITLES)
        count = 0
        for row in _rows(register, chance):
            writer.writerow(row)
            count += 1
    register.close()
    return count


def _rows(register: Register, chance: random.Random) -> Iterator[tuple[str, ...]]:
    for series in register.all_series():
        for event in register.events_of_series(series):
            entries = register.entries(event)
            number = next(str(one.body["in_service"]) for one in entries if one.kind == "event-scheduled")
            there = {str(one.person) for one in entries if one.kind == "sign-in"}
            for one in register.people(sorted(there)).values():
                kind = chance.random()
                name, email = (_slipped(one.last_name, chance), "") if kind < 0.08 else (one.last_name, one.email)
                yield (f"{name}xyz" if kind > 0.98 else name, one.first_name, "" if kind > 0.98 else email, number, "6")


def _slipped(name: str, chance: random.Random) -> str:
    """Two letters in the wrong order."""
    at = chance.randrange(max(1, len(name) - 1))
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


# -- names only --------------------------------------------------------------------------------------------------------


def _slips() -> Figure:
    """As many claims as people, each name with a slip: asked for against our proposals, and rapidfuzz's for all pairs."""
    from rapidfuzz import fuzz, process

    chance = random.Random(5)
    there = [
        Person(person_id(one), one["last_name"], one["first_name"], one["email"], one["school"], one["district"])
        for one in people(CROWD)
    ]
    sheet = [OnSheet(one, 360, 600, "earned", "there", "psesd") for one in there]
    claims = [
        Claim(line, _slipped(one.last_name, chance), one.first_name, hundredths=600)
        for line, one in enumerate(there, 2)
    ]

    def ours() -> None:
        reconcile(claims, sheet, {})

    names = [_name(one) for one in there]
    asked = [_name(one.person) for one in claims]

    def theirs() -> None:
        for one in asked:
            process.extract(one, names, scorer=fuzz.WRatio, limit=4, score_cutoff=80)

    ratio, mine, plain = paired(ours, theirs, runs=3)
    return Figure(
        "reconcile", f"{CROWD:,} names with a slip on one sheet of {CROWD:,} ÷ rapidfuzz over all pairs", ratio, most=1,
        detail=f"{mine:.2f} / {plain:.2f} s",
    )  # fmt: skip


def _name(one: Person) -> str:
    return f"{one.last_name} {one.first_name}"
