"""Everything at the office that waits for a person's decision, one line each.

Owns the kinds, their order and the sentences. Never decides anything, and never reads a register: what is known is
handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from plfacilitate.core.minutes import hours_text
from plfacilitate.core.report.words import count
from plfacilitate.office.overview import Card, Figured, OpenClaim, Some, with_people
from plfacilitate.office.rolling import Roll
from plfacilitate.store.register.retention import Hold
from plfacilitate.store.register.shown import Aside, Fork

Kind = Literal["pending", "twice", "aside", "fork", "changed", "alone", "claim", "held"]
MOST = 2000  # people whose doubts are kept


class Dispute(NamedTuple):
    """One thing to be decided. `series` "" = it is about no single offering; `what` is short, `words` say all of it."""

    kind: Kind
    series: str
    what: str
    words: str


class Twice(NamedTuple):
    """A doubt about one person that only shows over all offerings."""

    name: str
    series: tuple[str, ...]
    sentence: str


class Whole(NamedTuple):
    """A whole roll looked through: its offerings by series, and who has the same credit twice."""

    figures: Mapping[str, Figured]
    twice: tuple[Twice, ...]


def whole_of(roll: Roll) -> Whole:
    """What of a whole roll waits for a decision: every line is looked at once, none is kept."""
    figures = {one.series: Figured(one) for one in roll.offerings}
    twice: list[Twice] = []
    for person in roll.people():
        for line in person.lines:
            figures[line.series] = with_people(figures[line.series], [line])
        if len(twice) < MOST:
            twice += (Twice(person.lines[0].name, look.series, look.sentence) for look in person.looks)
    return Whole(figures, tuple(twice[:MOST]))


def disputes(
    figures: Mapping[str, Figured],
    twice: Iterable[Twice],
    asides: Sequence[Aside],
    forks: Sequence[Fork],
    holds: Iterable[Hold],
    claims: Iterable[OpenClaim] = (),
    *,
    names: Mapping[str, str],
    card: Callable[[str], Card | None],
    offering_of: Callable[[str], Card | None],
) -> list[Dispute]:
    """All of it: what keeps people's credit back first.

    `names` = device → laptop, `card` = of a series, `offering_of` = of an event.
    """
    reckoned = sorted(figures.values(), key=lambda one: (one.summary.last_day, one.summary.series), reverse=True)
    return [
        *(_pending(one) for one in reckoned if one.waits.people),
        *(Dispute("twice", one.series[0] if one.series else "", one.name, one.sentence) for one in twice),
        *(_alone(one) for one in reckoned if one.summary.presenter_only),
        *_asides(asides, names, offering_of),
        *_forks(forks, names, offering_of),
        *(_changed(one) for one in reckoned if one.summary.changed or one.summary.open_changes),
        *(_claim(one) for one in claims),
        *(_held(one, card(one.series)) for one in holds),
    ]


def title(number: str, words: str) -> str:
    """An offering as a line names it."""
    return f"{number} {words}".strip()


def _title_of(one: Figured) -> str:
    return title(one.summary.in_service, one.summary.title)


def _named(some: Some) -> str:
    more = some.people - len(some.names)
    return "; ".join(some.names) + (f" and {count(more, 'other')}" if more > 0 else "")


def _pending(one: Figured) -> Dispute:
    who = count(one.waits.people, "person", "people")
    words = (
        f"{hours_text(one.waits.hundredths)} h of {who} wait: {_named(one.waits)}. Two versions of a time or of a record"
        " contradict each other, or there is no sign-out: a correction with a reason, at the laptop, says what is right."
    )
    return Dispute("pending", one.summary.series, _title_of(one), words)


def _alone(one: Figured) -> Dispute:
    words = "Presenters and no participant came, so nobody has hours (WAC 181-85-030)."
    return Dispute("alone", one.summary.series, _title_of(one), words)


def _changed(one: Figured) -> Dispute:
    summary = one.summary
    said = []
    if summary.changed:
        named = f": {_named(one.changed)}" if one.changed.names else ""
        said.append(f"{count(summary.changed, 'line')} other than handed in{named}.")
    if summary.open_changes:
        said.append(
            f"{count(summary.open_changes, 'line')} other than version {summary.version}: v issues the next one."
        )
    return Dispute("changed", summary.series, _title_of(one), " ".join(said))


def _asides(
    asides: Sequence[Aside], names: Mapping[str, str], offering_of: Callable[[str], Card | None]
) -> Iterator[Dispute]:
    for (device, event), group in groupby(asides, key=lambda one: (one.device, one.event)):
        found = list(group)
        laptop, card = names.get(device) or device[:8], offering_of(event) if event else None
        numbers = ", ".join(str(one.number) for one in found[:5]) + (" …" if len(found) > 5 else "")
        where = f" of {title(card.in_service, card.title)}" if card is not None else ""
        words = (
            f"{count(len(found), 'entry', 'entries')}{where} from laptop {laptop} (number {numbers}): {found[0].reason}. The"
            " first one that came counts; the other is kept aside, and nothing of it is reckoned."
        )
        yield Dispute("aside", card.series if card is not None else "", f"laptop {laptop}", words)


def _forks(
    forks: Sequence[Fork], names: Mapping[str, str], offering_of: Callable[[str], Card | None]
) -> Iterator[Dispute]:
    for device, group in groupby(forks, key=lambda one: one.device):
        found = list(group)
        laptop = names.get(device) or device[:8]
        cards = {card.series: card for one in found for event in one.events if (card := offering_of(event)) is not None}
        where = ", ".join(title(card.in_service, card.title) for card in cards.values())
        words = (
            f"Two copies of this laptop's ledger wrote on from number {found[0].number}: {count(len(found), 'number')} given"
            f" out twice{f', in {where}' if where else ''}. Both are kept and counted: compare what they say."
        )
        yield Dispute("fork", next(iter(cards), ""), f"laptop {laptop}", words)


def _claim(one: OpenClaim) -> Dispute:
    words = (
        f"Who a claimant is that may be {one.name} is open again since {one.at[:10]} (by {one.by}): `office reconcile`"
        " proposes it anew with the next claims."
    )
    return Dispute("claim", "", one.name, words)


def _held(one: Hold, card: Card | None) -> Dispute:
    words = f"Held since {one.at[:10]} by {one.by}: {one.reason}. Nothing of it is taken away by age meanwhile."
    return Dispute("held", one.series, title(card.in_service, card.title) if card is not None else "", words)
