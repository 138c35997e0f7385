"""A POP-up, written down: problems, who works on which, rounds that begin and are counted, clusters, commitments.

Owns how each fact becomes a draft, and the way of what was given without a name: out of the box, shuffled, into one
entry. Never learns who gave an idea or a dot where no names are asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.grouping import Member
from plfacilitate.core.plan import Event, PopupRules
from plfacilitate.core.popup.dots import MOST_OPTIONS, dots_for
from plfacilitate.core.popup.fold import POPUP_KINDS, PopupFold
from plfacilitate.core.popup.picture import Problem, Round, RoundKind
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import tidy
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.rounds import count_out
from plfacilitate.store.ballots import box_of, lying, unshut
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import person as find_person

ROUNDS: Mapping[RoundKind, str] = {"ideas": "Ideas", "vote": "Dots"}
_OPTION = 200  # letters of an option at most: it is chosen from, not read at length
ONE_LINE = ("owner", "school", "how_might_we")


def read_popup(ledger: Ledger, event: str) -> PopupFold:
    """The POP-ups of an event as they stand."""
    fold = PopupFold(event)
    fold.apply(ledger.entries(event=event, kinds=POPUP_KINDS))
    return fold


def rules(event: Event) -> PopupRules:
    """How the POP-ups of an event go; a plan that says nothing asks for no names and lets nobody stack dots."""
    return event.plan.popup or PopupRules()


# -- problems and people -------------------------------------------------------------------------------------------------


def open_problem(
    hand: Hand, event: str, fields: Mapping[str, str], *, segment: str = "", entry_id: str | None = None
) -> Draft:
    """A problem is brought: whose, what, and the piece of data. Refused: `popup-empty`."""
    kept = _fields(fields)
    if not kept.get("owner") or not kept.get("problem"):
        raise Refused("popup-empty")
    body = {name: kept.get(name, "") for name in ("owner", "school", "problem", "data")}
    return hand.draft("popup-opened", event=event, body={**body, "segment": segment}, entry_id=entry_id)


def change(hand: Hand, event: str, problem: Problem, fields: Mapping[str, str]) -> Draft | None:
    """Other words for a problem, its sentence or its test; None = nothing would change. Refused: `popup-empty`."""
    changed = {name: text for name, text in _fields(fields).items() if text != getattr(problem, name)}
    if not all(changed.get(name, "-") for name in ("owner", "problem")):
        raise Refused("popup-empty")
    return hand.draft("popup-changed", event=event, body={"popup": problem.id, "fields": changed}) if changed else None


def _fields(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: tidy(text) if name in ONE_LINE else text.strip() for name, text in fields.items()}


def join(
    hand: Hand,
    event: str,
    person: str,
    problem: str,
    how: str,
    *,
    reason: str = "",
    taking: str = "",
    entry_id: str | None = None,
) -> Draft:
    """Somebody works on a problem; "" = on none any more. `taking` = one for all who came there in one step."""
    body = {"popup": problem, "how": how, "reason": reason, **({"taking": taking} if taking else {})}
    return hand.draft("popup-joined", event=event, person=person, body=body, entry_id=entry_id)


def commit(hand: Hand, event: str, problem: Problem, words: Mapping[str, str]) -> Draft:
    """What somebody will try; it takes the place of what the problem had. Refused: `popup-empty`."""
    body = {name: tidy(words.get(name, "")) for name in ("who", "what", "first_step", "due")}
    if not body["who"] or not body["what"]:
        raise Refused("popup-empty")
    replaces = [one.id for one in problem.commitments]
    return hand.draft("commitment", event=event, body={"popup": problem.id, **body}, replaces=replaces)


# -- ideas and clusters --------------------------------------------------------------------------------------------------


def idea(
    hand: Hand,
    event: str,
    problem: str,
    text: str,
    *,
    person: str | None = None,
    who: str = "",
    entry_id: str | None = None,
) -> Draft:
    """An idea that is in the ledger at once: one that was typed at the desk, or given with a name."""
    body = {"popup": problem, "text": text, **({"who": who} if who else {})}
    return hand.draft("popup-idea", event=event, person=person, body=body, entry_id=entry_id)


def cluster(hand: Hand, event: str, problem: str, name: str, ideas: Sequence[str]) -> Draft:
    """These ideas belong together; no name = they are set aside."""
    return hand.draft("popup-cluster", event=event, body={"popup": problem, "name": tidy(name), "ideas": list(ideas)})


def add_to_cluster(
    hand: Hand, fold: PopupFold, problem: Problem, cluster_id: str, name: str, ideas: Sequence[str]
) -> Draft:
    """A cluster with another name, or with more ideas."""
    found = next((one for one in problem.clusters if one.id == cluster_id), None)
    if found is None:
        raise Refused("popup-gone")
    all_of_them = list(dict.fromkeys([*(one.id for one in found.ideas), *ideas]))
    body = {"popup": problem.id, "name": tidy(name), "ideas": all_of_them}
    replaces = fold.heads_of(problem.id, cluster_id)
    return hand.draft("popup-cluster", event=fold.event_id, body=body, replaces=replaces)


# -- rounds --------------------------------------------------------------------------------------------------------------


def begin_round(hand: Hand, event: Event, problem: Problem, kind: RoundKind) -> Draft:
    """Phones are asked for ideas, or for dots on the clusters, else on the single ideas.

    Refused: `popup-round-on`, `popup-nothing-to-vote`, `popup-many`.
    """
    if problem.open_round is not None:
        raise Refused("popup-round-on", kind=ROUNDS[problem.open_round.kind])
    how = rules(event)
    body: dict[str, Any] = {"popup": problem.id, "round": kind, "named": how.names, "dots": 0}
    if kind == "vote":
        options = [{"id": key, "text": text} for key, text in options_of(problem)]
        if not options:
            raise Refused("popup-nothing-to-vote")
        if len(options) > MOST_OPTIONS:
            raise Refused("popup-many", count=len(options), most=MOST_OPTIONS)
        body |= {"options": options, "dots": dots_for(len(options)), "stacking": how.stacking}
    return hand.draft("popup-round", event=event.id, body=body)


def options_of(problem: Problem) -> list[tuple[str, str]]:
    """What dots can be put on: the clusters that have a name, and the ideas that lie in none."""
    found = [(one.id, one.name) for one in problem.clusters if one.name]
    found += [(one.id, one.text) for one in problem.loose]
    return [(key, text if len(text) <= _OPTION else f"{text[: _OPTION - 1]}…") for key, text in found]


def end_round(ledger: Ledger, hand: Hand, event: str, problem: Problem, kind: RoundKind) -> Entry:
    """Nobody is asked any more; what lay in the box is one entry, and the box is empty for good.

    Stopped in the middle it is done again, and the entry is still one. Refused: `popup-round-over`.
    """
    one = problem.open_round
    if one is None or one.kind != kind:
        raise Refused("popup-round-over")
    return count_round(ledger, hand, event, problem.id, one)


def count_round(ledger: Ledger, hand: Hand, event: str, problem: str, one: Round) -> Entry:
    """What lies in the box for a round, as one entry: ideas sorted, dots added up."""

    def body(ballots: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        made: dict[str, Any] = {"popup": problem, "round": one.id, "ballots": len(ballots)}
        if one.kind == "ideas":
            return made | {"ideas": sorted(str(ballot["idea"]) for ballot in ballots)}
        dots = Counter(str(dot) for ballot in ballots for dot in ballot["dots"])
        return made | {"counts": dict(sorted(dots.items()))}

    return count_out(ledger, hand, event, one.id, "popup-counted", body)


def count_rounds(ledger: Ledger, hand: Hand, event: str) -> None:
    """Everything that lies in the box for rounds of an event, when it closes; also what came while one was closed."""
    box = box_of(ledger.path)
    if not box.exists() and not _open_rounds(ledger, event):
        return
    fold = read_popup(ledger, event)
    rounds = {one.id: (problem.id, one) for problem in fold.picture().problems for one in fold.rounds_of(problem.id)}
    waiting = lying(box, list(rounds))
    for problem, one in rounds.values():
        if one.open or one.id in waiting:
            count_round(ledger, hand, event, problem, one)
    with suppress(Refused):
        unshut(box, list(rounds))


def _open_rounds(ledger: Ledger, event: str) -> bool:
    return any(True for _ in ledger.entries(event=event, kinds=("popup-round",), limit=1))


def someone(ledger: Ledger, person: str) -> Member:
    """A person as far as placing them needs it."""
    found = find_person(ledger.connection, person)
    return Member(person, found.school, found.role) if found is not None else Member(person)
