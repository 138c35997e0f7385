"""All problems of practice of a ledger as they stand, folded out of its entries.

Owns what is known of a problem beyond its POP-up: promises out of led protocols, follow-ups, how it was filed, what
helps. Any order, any repetition of entries gives the same. What a POP-up itself says of a problem stays with
`core.popup.fold`. Never reads a ledger by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple, cast

from plfacilitate.core.entry import Entry, utc_moment
from plfacilitate.core.kept import Fold
from plfacilitate.core.localtime import parse_day
from plfacilitate.core.popup.fold import PopupFold
from plfacilitate.core.popup.picture import Commitment, Problem
from plfacilitate.core.problems.values import BankProblem, FollowUp, Helps, Promise, Then, Tried
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.versions import rooted

POPUP_KINDS = frozenset({"popup", "popup-opened", "popup-changed", "commitment"})
"""What a POP-up says of its problems, without what only its screens want: ideas, votes, who joined."""
BANK_KINDS = frozenset({"commitment-settled", "problem-filed", "problem-resource"})
"""What is said of a problem afterwards."""
PROBLEM_KINDS = POPUP_KINDS | BANK_KINDS | {"captured", "run-begun", "undo", "erased"}
FILED = ("theme", "attribute", "continues")
"""What a problem is filed under; the last word of each counts."""


class Occasion(NamedTuple):
    """The event at which something was said: its title and its day."""

    title: str
    day: date


class ProblemFold(Fold):
    """The facts of all problems. Feed it with `apply`; `problems` gives frozen values."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        super().__init__(_belongs)
        self._popups: dict[str | None, tuple[Problem, ...]] | None = None

    def apply(self, entries: Iterable[Entry]) -> bool:
        """Take entries in; True = something may look different now."""
        changed = bool(self._kept.take(entries))
        if changed:
            self._popups = None
        return changed

    @property
    def events(self) -> frozenset[str]:
        """The events at which a problem was said."""
        said = (one for one in self._kept.entries.values() if one.kind != "run-begun")
        return frozenset(one.event for one in said if one.event is not None)

    def problems(self, occasions: Mapping[str, Occasion]) -> tuple[BankProblem, ...]:
        """Every problem that stands, the oldest first; `occasions` = event → what it was."""
        own = _Own(self._kept.entries.values(), self._kept.void)
        if self._popups is None:
            self._popups = self._of_popups()
        found = [
            own.problem(event, one, occasions.get(event or "")) for event, some in self._popups.items() for one in some
        ]
        found += own.led(occasions)
        return tuple(_chained(sorted(found, key=lambda one: (one.opened_at, one.id))))

    def newest(self, ids: AbstractSet[str]) -> list[Entry]:
        """What was written in the bank of a problem, or of promises, and stands, the newest first: what an undo takes back.

        That another problem goes on from it belongs to both.
        """
        own = (one for one in self._kept.standing() if one.kind in BANK_KINDS)
        return as_it_went(one for one in own if ids & {one.body["popup"], _continued(one)})[::-1]

    def _of_popups(self) -> dict[str | None, tuple[Problem, ...]]:
        events: dict[str | None, list[Entry]] = {}
        for entry in self._kept.entries.values():
            if entry.kind in POPUP_KINDS:
                events.setdefault(entry.event, []).append(entry)
        found = {}
        for event, entries in events.items():
            fold = PopupFold(event)
            fold.apply([*self._kept.undos.values(), *entries])
            found[event] = fold.picture().problems
        return found


def _belongs(entry: Entry) -> bool:
    """Of what was written down while a protocol was led, only the promises."""
    return entry.kind in PROBLEM_KINDS and (entry.kind != "captured" or entry.body.get("as") == "commitment")


class _Own:
    """What was said of problems outside of their POP-ups, as it stands."""

    def __init__(self, entries: Iterable[Entry], void: set[str]) -> None:
        kinds: dict[str, list[Entry]] = {}
        for entry in entries:
            kinds.setdefault(str(entry.kind), []).append(entry)
        self._runs = {one.id: one for one in kinds.get("run-begun", ())}
        led = [one for one in kinds.get("commitment", ()) if one.body.get("run")]
        self._captured = rooted([*kinds.get("captured", ()), *led], void)
        self._followed: dict[str, list[FollowUp]] = {}
        for entry, _ in rooted(kinds.get("commitment-settled", ()), void):
            self._followed.setdefault(str(entry.body["popup"]), []).append(_follow_up(entry))
        self._filed: dict[str, dict[str, str]] = {}
        for entry, _ in rooted(kinds.get("problem-filed", ()), void):
            filed = self._filed.setdefault(str(entry.body["popup"]), {})
            filed |= {name: str(text) for name, text in entry.body["fields"].items() if name in FILED}
        self._helps: dict[str, list[Helps]] = {}
        for entry, _ in rooted(kinds.get("problem-resource", ()), void):
            one = Helps(entry.id, str(entry.body["title"]), str(entry.body.get("where", "")))
            self._helps.setdefault(str(entry.body["popup"]), []).append(one)

    def problem(self, event: str | None, one: Problem, at: Occasion | None) -> BankProblem:
        """A problem of a POP-up, or one that was taken down in one form."""
        day = at.day if at else utc_moment(one.opened_at).date()
        promises = tuple(self._promise(event, day, one, each) for each in one.commitments)
        said = BankProblem(
            one.root, "form" if one.taken_down else "popup", event, at.title if at else "", day, one.opened_at, one.owner,
            one.school, one.problem, data=one.data, how_might_we=one.how_might_we, test=one.test, promises=promises,
        )  # fmt: skip
        return self._with(said)

    def _promise(self, event: str | None, day: date, problem: Problem, one: Commitment) -> Promise:
        return Promise(
            one.root, event, day, problem.owner, one.who, one.what, one.first_step, one.due, one.id, problem.school,
            self._heard(one.root), problem.root,
        )  # fmt: skip

    def led(self, occasions: Mapping[str, Occasion]) -> Iterator[BankProblem]:
        """A commitment that was written down while a protocol was led: nobody said the problem, only what is promised."""
        for entry, root in self._captured:
            at = occasions.get(entry.event or "")
            day = at.day if at else entry.at.date()
            run = self._runs.get(str(entry.body["run"]))
            title = at.title if at else str(run.body["protocol"].get("title", "")) if run else ""
            who, said, first, due = (str(entry.body.get(name) or "") for name in ("who", "what", "first_step", "due"))
            what = said or str(entry.body.get("text") or "")
            promise = Promise(root, entry.event, day, "", who, what, first, due, entry.id, "", self._heard(root), root)
            yield self._with(
                BankProblem(root, "led", entry.event, title, day, entry.happened_at, "", "", "", promises=(promise,))
            )

    def _heard(self, promise: str) -> tuple[FollowUp, ...]:
        """What was heard of a promise, by the day on which it was asked, then as it was written down."""
        return tuple(sorted(self._followed.get(promise, ()), key=lambda one: one.day))

    def _with(self, one: BankProblem) -> BankProblem:
        filed = self._filed.get(one.id, {})
        theme, attribute, continues = (filed.get(name, "") for name in FILED)
        helps = tuple(self._helps.get(one.id, ()))
        return one._replace(theme=theme, attribute=attribute, continues=continues, helps=helps)


def _follow_up(entry: Entry) -> FollowUp:
    """One word of what became of a promise. The short one, `kept` or not, decides: kept, or dropped and never tried."""
    body, kept = entry.body, bool(entry.body["kept"])
    day = parse_day(str(body.get("date") or "")) or entry.at.date()
    short = "tried" not in body
    tried = cast(Tried, body.get("tried") or ("yes" if kept else "no"))
    then = cast(Then, ("keep" if kept else "drop") if short else body.get("then") or "")
    note, who, due = (str(body.get(name) or "") for name in ("note", "who", "due"))
    return FollowUp(entry.id, day, tried, note, then, who, due, entry.by)


def _continued(entry: Entry) -> str:
    """The problem that another one is said to go on from; "" = the entry says nothing of it."""
    return str(entry.body["fields"].get("continues", "")) if entry.kind == "problem-filed" else ""


def _chained(problems: Iterable[BankProblem]) -> Iterator[BankProblem]:
    """Each with what goes on from it, and with the theme, attribute and school of what it continues where it has none."""
    known = {one.id: one for one in problems}
    after: dict[str, list[str]] = {}
    for one in known.values():
        if one.continues in known and one.continues != one.id:
            after.setdefault(one.continues, []).append(one.id)
    for one in known.values():
        filled = one._replace(goes_on=tuple(after.get(one.id, ())))
        seen, earlier = {one.id}, known.get(one.continues)
        while earlier is not None and earlier.id not in seen:
            seen.add(earlier.id)
            filled = filled._replace(
                theme=filled.theme or earlier.theme, attribute=filled.attribute or earlier.attribute,
                school=filled.school or earlier.school,
            )  # fmt: skip
            earlier = known.get(earlier.continues)
        yield filled
