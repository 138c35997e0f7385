"""The office's register: what every laptop of a region handed over.

Owns the way to one by its address, and what it can do whatever engine is behind it. Never computes credit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from plfacilitate.core.claims.values import Decision
from plfacilitate.core.entry import Chance, Entry, Sealed
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.retention import Against
from plfacilitate.core.roll.issued import Issued
from plfacilitate.core.text import plain
from plfacilitate.core.verdicts import Verdict
from plfacilitate.store.register.laptops import Laptop
from plfacilitate.store.register.purging import Extent, Gone, Purge
from plfacilitate.store.register.retention import Hold
from plfacilitate.store.register.shown import Aside, Came, Fork, Listed

_OPTION = re.compile("([?&])([^=&]*)=[^&]*")
_SHOWN = frozenset({"host", "hostaddr", "port", "user", "dbname", "service", "sslmode"})  # no password, even misspelt
_POSTGRES = ("postgresql://", "postgres://")
AsOf = Mapping[str, int]
"""Device → number of the newest entry that is looked at; a device that is not in it is not looked at."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A bundle as it arrives. `covers` = device → (first, last, digest of the last); times are UTC texts."""

    bundle: str
    sha256: str
    file: Path
    device: str
    parcel: str
    packed_at: str
    received_at: str
    covers: Mapping[str, tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a bundle. `needs` (device → number) says what a held one waits for; `new` and so on are entries."""

    verdict: Verdict
    reason: str = ""
    needs: Mapping[str, int] | None = None
    new: int = 0
    known: int = 0
    filled: int = 0
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The point of the ledgers at which a laptop reckoned an event's hours. `at` = when it packed them, a UTC text."""

    event: str
    bundle: str
    at: str
    as_of: AsOf


class Register(Protocol):
    """One register. `id` names it for good; `epoch` is new whenever it was restored from a backup.

    `office_key` is the public key that its receipts are signed with, "" = none was used yet.

    Where a reader takes `as_of`, it answers as things stood at that point of the laptops' ledgers; None = now.
    """

    id: str
    epoch: str
    office_key: str

    def take(self, arrival: Arrival, entries: Callable[[], Iterable[Sealed]]) -> Taken:
        """Take a bundle in, in one transaction: all of it, or nothing where it is held or a conflict.

        `entries` may be called more than once: where another receiver was in the way, it begins anew.
        """

    def turn_away(self, arrival: Arrival, taken: Taken) -> None:
        """Remember that a bundle came and was not taken, and why; one that was accepted before stays so."""

    def held(self) -> Sequence[Path]:
        """Where the bundles lay that wait for an earlier one, or for their laptop to be accepted."""

    def laptops(self) -> list[Laptop]:
        """Every laptop that ever handed in, the earliest first."""

    def see_laptop(self, laptop: Laptop) -> None:
        """Keep a laptop that was never seen; one that was stays as it stands."""

    def keep_laptop(self, laptop: Laptop) -> None:
        """Keep what was decided about a laptop."""

    def heads(self, devices: Iterable[str]) -> dict[str, tuple[int, str]]:
        """How far each of these devices is known without a gap: number and digest."""

    def entries(self, event: str, as_of: AsOf | None = None) -> Sequence[Entry]:
        """The entries of an event that have a content."""

    def forked(self, event: str, as_of: AsOf | None = None) -> frozenset[str]:
        """The ids of this event's entries whose number two copies of a ledger gave out: kept, counted, in doubt."""

    def events_of_series(self, series: str) -> list[str]:
        """The events that were ever put under a series; what each one's schedule says now may be another."""

    def people(self, ids: Iterable[str], as_of: AsOf | None = None) -> dict[str, Person]:
        """These people."""

    def merged(self, as_of: AsOf | None = None) -> dict[str, str]:
        """Record → the record that it is read as."""

    # -- for the roll ------------------------------------------------------------------------------------------------

    def remember(self, handed_in: HandedIn) -> None:
        """Keep at which point an event was handed in; the same again changes nothing."""

    def handed_in(self, event: str) -> Sequence[HandedIn]:
        """All points at which an event was handed in, the earliest first."""

    def about(self, event: str) -> Sequence[Entry]:
        """What an event is, and nothing of who was there: scheduled, opened, closed."""

    def all_series(self) -> Sequence[str]:
        """Every series of which there is an event, by id."""

    def series_with(self, persons: Iterable[str]) -> Sequence[str]:
        """The series at whose events there is an entry about any of these records; looks through all events."""

    def records(self, persons: Iterable[str]) -> dict[str, list[Entry]]:
        """Every version of these people's records, and what was undone of them; without who has none."""

    def merges(self) -> Sequence[Entry]:
        """What says that records are one person."""

    def person_ids(self) -> Sequence[str]:
        """Every record of a person, by id."""

    def issued(self, series: str) -> Sequence[Issued]:
        """The versions of a series' roll, the first one first."""

    def issue(self, roll: Issued) -> bool:
        """Keep a version; False where that version is here already."""

    # -- for a screen ------------------------------------------------------------------------------------------------

    def bundles(self, limit: int, before: Came | None = None) -> Sequence[Came]:
        """The bundles that came, the newest first; `before` = only those that came before this one."""

    def held_bundles(self) -> Sequence[Came]:
        """Those that wait for an earlier one, or for their laptop to be accepted; the one that was packed first leads."""

    def last_seen(self, devices: Iterable[str]) -> Mapping[str, str]:
        """Device → when a bundle of it came last, a UTC text."""

    def listed(self) -> Sequence[Listed]:
        """Every offering, the one that was handed in last first."""

    def schedules(self, series: Iterable[str]) -> Mapping[str, Sequence[Sequence[Entry]]]:
        """Series → what each of its events is, and nothing of who was there; without those that are not here."""

    def asides(self, limit: int) -> Sequence[Aside]:
        """Entries that are kept aside, laptop by laptop."""

    def forks(self, limit: int) -> Sequence[Fork]:
        """Numbers that were given out twice, laptop by laptop."""

    # -- for claims --------------------------------------------------------------------------------------------------

    def claim_titles(self) -> Mapping[str, str]:
        """Title of a column in people's claims, folded → what it holds, as it was once said by hand."""

    def keep_claim_titles(self, titles: Mapping[str, str]) -> None:
        """Remember what these columns hold; "" forgets one."""

    def claim_decisions(self) -> Sequence[Decision]:
        """All that was decided about who a claimant is, with what is open again."""

    def open_claims(self, limit: int) -> Sequence[Decision]:
        """What was decided about claimants and is open again, the latest first."""

    def decide_claims(self, decisions: Iterable[Decision]) -> None:
        """Keep what was decided; the latest word about a claimant and a person stands."""

    # -- for retention ------------------------------------------------------------------------------------------------

    def holds(self) -> list[Hold]:
        """What is held for a dispute now, the longest first; an offering may be held for several reasons."""

    def hold(self, hold: Hold) -> None:
        """Hold an offering: nothing of it is taken away."""

    def release(self, series: str, at: str, by: str) -> int:
        """Hold it no longer, whatever the reasons were; how many these were, 0 = it was not held. `at` is a UTC text."""

    def all_events(self) -> Iterator[str]:
        """Every event that something is kept of."""

    def extent(self, event: str) -> Extent:
        """How much is kept of an event, and about whom."""

    def people_at(self, event: str) -> frozenset[str]:
        """The records that something at an event is about, or that are on its lists."""

    def bundle_files(self, event: str) -> Sequence[Path]:
        """Where the bundles lay with which an event was handed in."""

    def purge(self, purge: Purge, gone: Gone, events: Sequence[str], people: Sequence[str]) -> Against:
        """Take an offering away, all of it or nothing; "" = it is gone, else what stands against it: held | changed.

        It is changed where its events are others than `events`, or hold more or fewer entries than `gone` says: then it
        has to be looked at again. `people` are the records that may have nothing else left.
        """

    def purges(self) -> Sequence[tuple[Purge, Sequence[Gone]]]:
        """Every purge with what it took, the earliest first."""

    def purged_series(self, event: str) -> str | None:
        """The offering that a purged event belonged to; None where it was not purged."""

    def purged_events(self, events: Iterable[str]) -> frozenset[str]:
        """Those of these events that were purged."""

    def bundle_places(self) -> Sequence[tuple[Path, str]]:
        """Where every bundle lay that ever came, and what became of it, the earliest first."""

    def leaving(self) -> Sequence[str]:
        """The records that were at a purged event, and of which nobody has seen yet whether anything is left."""

    def may_leave(self, people: Sequence[str]) -> None:
        """Look at these records too."""

    def stay(self, people: Sequence[str]) -> None:
        """Something is left of these."""

    def let_go(self, groups: Sequence[Sequence[str]]) -> int:
        """Take the records of these people away (each with all records that are read as one); how many contents.

        Whoever came back meanwhile stays. What goes is laid down again once something about them comes.
        """

    def about_people(self, people: Iterable[str]) -> Sequence[tuple[str, str, str]]:
        """What is here about these records: event ("" = none), entry and device; looks through all events."""

    def of_kinds(self, event: str | None, kinds: Iterable[str]) -> Sequence[Entry]:
        """The entries of these kinds at an event; None = those of no event."""

    def forget(
        self, people: Sequence[str], ids: Sequence[str], series: Sequence[str], *, at: str, by: str, reason: str
    ) -> int | None:
        """Take these entries away for good, and what issued rolls, decisions and what stands aside say of these people.

        Gives how many contents were here; None where one of these series is held, and nothing is done. That it was done is
        kept, and not about whom.
        """

    def forgotten(self) -> Sequence[tuple[str, str, str, int]]:
        """Every erasure on request, the earliest first: when (a UTC text), by whom, why, how many entries."""

    def orphans(self, kinds: Sequence[str]) -> Sequence[str]:
        """The ids of entries of no event that speak about a part (`popup`) of an event that was purged."""

    def erase(self, ids: Sequence[str]) -> int:
        """Take the contents of these ids away for good; how many were here."""

    def wipe(self) -> bool:
        """Leave nothing of what was deleted, if anything was; False where that has to be tried again later."""

    # ------------------------------------------------------------------------------------------------------------------

    def begin_epoch(self, epoch: str) -> None:
        """Say that it was put back from a copy: what was receipted before may be missing."""

    def keep_office_key(self, public: str) -> None:
        """Remember the key that receipts are signed with from now on."""

    def close(self) -> None:
        """Let go of it."""


def open_register(url: str, chance: Chance, *, make: bool = True) -> Register:
    """The register at an address: `sqlite:///PATH` or `postgresql://HOST/DATABASE`; `make` = it is made at first use.

    Whoever only asks, or decides about what came, makes none: a slip in the address would look like an empty register.
    Then a file on a place that takes nothing is opened to be read. Refused: `register-unknown`, `register-away`,
    `register-foreign`, `register-newer`, `register-missing`, `register-damaged`, `not-written`, `wait`.
    """
    from plfacilitate.store.register.stored import StoredRegister

    if url.startswith(_POSTGRES):
        from plfacilitate.store.register.postgres import PostgresEngine

        return StoredRegister(PostgresEngine(url, readable(url), chance, make=make))
    path = file_of(url)
    if path is None:
        raise Refused("register-unknown", url=readable(url))
    from plfacilitate.store.register.sqlite import SqliteEngine

    return StoredRegister(SqliteEngine(path, chance, make=make))


def register_folder(url: str) -> Path | None:
    """Where a register's own files (the office's key) lie: beside the file that the address names; None = no file."""
    path = file_of(url)
    return path.parent if path is not None else None


def readable(url: str) -> str:
    """An address as people may read it: whatever in it can be a password is left out."""
    scheme, divider, rest = url.partition("://")
    if not divider:
        return plain(url)
    server, *path = re.split(r"(?=[/?])", rest, maxsplit=1)
    user, at, host = server.rpartition("@")
    name = user.partition(":")[0]
    shown = (name + at if name else "") + host + "".join(path)
    return plain(scheme + divider + _OPTION.sub(_hidden, shown))


def _hidden(option: re.Match[str]) -> str:
    return option[0] if option[2].lower() in _SHOWN else f"{option[1]}{option[2]}=…"


def file_of(url: str) -> Path | None:
    """The file that an address names; None where it names no file."""
    scheme, divider, rest = url.partition(":///")
    return Path(rest).absolute() if scheme == "sqlite" and divider and rest else None
