"""Badges before the day: a number for everybody who has none, and the sheets to print.

Owns who gets which number. Never changes a number that somebody has already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from plfacilitate.core.badges import badge_number
from plfacilitate.core.people import Person
from plfacilitate.steps.capture import Hand, written
from plfacilitate.steps.merge import person_heads
from plfacilitate.store.connection import give_way
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import catch_up, people

PAGE = 500  # drafts a transaction: a long list must not keep the door waiting


def give_badges(ledger: Ledger, hand: Hand, wanted: Collection[str] | None = None) -> tuple[list[Person], int]:
    """The people of these ids (None = everybody known) in last-name order, each with a number; and how many are new.

    The same person gets the same number on every laptop, so two laptops that print agree.
    """
    catch_up(ledger.connection)
    known = people(ledger.connection)
    chosen = [one for one in known if wanted is None or one.id in wanted]
    taken = {one.badge for one in known if one.badge}
    lacking = [one for one in chosen if not one.badge]
    for page in _pages(lacking):
        drafts = []
        for one in page:
            number = badge_number(one.id, taken)
            taken.add(number)
            body = {"fields": {"badge": number}}
            drafts.append(hand.draft("person", person=one.id, body=body, replaces=person_heads(ledger, one.id)))
        written(ledger.append(drafts))
        give_way()
    catch_up(ledger.connection)
    ids = {one.id for one in chosen}
    return [one for one in people(ledger.connection) if one.id in ids], len(lacking)


def _pages(all_of_them: list[Person]) -> Iterable[list[Person]]:
    return (all_of_them[at : at + PAGE] for at in range(0, len(all_of_them), PAGE))
