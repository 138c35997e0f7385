"""Groups that were drawn become the groups of a POP-up, each with a problem; taken over in one step, and taken back in one.

Owns how that becomes drafts, and what everybody is told as the reason. Never draws (`steps.groups`), and never moves the
owner of a problem away from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plfacilitate.core.drawn import DRAWN_KINDS, Drawing, DrawnFold
from plfacilitate.core.entry import Draft, Entry, new_id
from plfacilitate.core.plan import Event
from plfacilitate.core.popup.picture import PopupPicture, Problem
from plfacilitate.core.popup.placing import in_order, taken_over
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import fold as folded
from plfacilitate.core.text import plain
from plfacilitate.core.versions import voided
from plfacilitate.steps.capture import Hand, undo
from plfacilitate.steps.events import local_time
from plfacilitate.steps.merge import merged_people
from plfacilitate.steps.popup import join
from plfacilitate.store.ledger import Ledger

HOW = "drawn"


def drawn_at(ledger: Ledger, event: str) -> Drawing | None:
    """The groups that count now; None = none were drawn."""
    drawn = DrawnFold(event)
    drawn.apply(ledger.entries(event=event, kinds=DRAWN_KINDS))
    return drawn.current(merged_people(ledger))


def open_problems(picture: PopupPicture) -> list[Problem]:
    """The problems that a group can work on, in the order in which they were brought."""
    return [one for one in picture.problems if not one.taken_down]


def proposed(drawing: Drawing, picture: PopupPicture) -> dict[str, int]:
    """Problem → group, as it is proposed: the first with the first."""
    return in_order(len(drawing.groups), [one.id for one in open_problems(picture)])


def paired(drawing: Drawing, picture: PopupPicture, named: Sequence[str]) -> dict[str, int]:
    """Problem → group out of words like `2=Ana`: a group's number, and the beginning of an owner's name or a problem's id.

    Refused: `pair-unclear`, and as `check_pairs`.
    """
    pairs: dict[str, int] = {}
    for words in named:
        number, _, whose = words.partition("=")
        wanted = folded(whose)
        found = [
            one.id
            for one in open_problems(picture)
            if wanted and (folded(one.owner).startswith(wanted) or one.id.startswith(whose.strip()))
        ]
        if not number.strip().isdecimal() or len(found) != 1 or found[0] in pairs:
            raise Refused("pair-unclear", words=plain(words))
        pairs[found[0]] = int(number)
    check_pairs(drawing, picture, pairs)
    return pairs


def check_pairs(drawing: Drawing, picture: PopupPicture, pairs: Mapping[str, int]) -> None:
    """Refuse what can't be: `popup-gone`, `group-unknown`, `group-twice`."""
    known = {one.id for one in open_problems(picture)}
    if not pairs.keys() <= known:
        raise Refused("popup-gone")
    for number in pairs.values():
        if not 1 <= number <= len(drawing.groups):
            raise Refused("group-unknown", group=number, groups=len(drawing.groups))
        if list(pairs.values()).count(number) > 1:
            raise Refused("group-twice", group=number)


def reason(event: Event, drawing: Drawing) -> str:
    """What people are told: `from the groups drawn at 10:12`."""
    return f"from the groups drawn at {local_time(event, drawing.at)}"


def take_over(
    hand: Hand, event: Event, picture: PopupPicture, drawing: Drawing, pairs: Mapping[str, int]
) -> list[Draft]:
    """Everybody of these groups works on their group's problem, for one reason and in one step that can be taken back.

    Refused: `nothing-to-do` where everybody does already, and as `check_pairs`.
    """
    check_pairs(drawing, picture, pairs)
    if not pairs:
        raise Refused("nothing-to-do", what="no problem is there that a group could work on")
    owners = {each.person for one in picture.problems for each in one.members if each.how == "owner"}
    moves = taken_over(drawing.groups, pairs, picture.where, owners)
    if not moves:
        raise Refused("nothing-to-do", what="everybody of these groups works on its problem already")
    why, taking = reason(event, drawing), new_id(hand.chance)
    return [join(hand, event.id, person, problem, HOW, reason=why, taking=taking) for person, problem in moves]


def taken_back(ledger: Ledger, hand: Hand, event: str) -> list[Draft]:
    """The last taking-over is taken back: everybody is where they were before. Refused: `nothing-to-do`."""
    entries = list(ledger.entries(event=event, kinds=("popup-joined", "undo")))
    void = voided(entries)
    standing: list[Entry] = [one for one in entries if one.body.get("taking") and one.id not in void]
    if not standing:
        raise Refused("nothing-to-do", what="no drawn groups were taken over")
    last = str(max(standing, key=lambda one: (one.happened_at, one.seq)).body["taking"])
    return [undo(hand, one) for one in standing if one.body["taking"] == last]
