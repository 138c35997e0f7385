"""Badges before the day: a number for everybody who has none, and the sheets to print.

Owns who gets which number. Never changes a number that somebody has already.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from plfacilitate.core.badges import badge_number
from plfacilitate.core.entry import Draft
from plfacilitate.core.people import Person
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.intake import append_in_pages
from plfacilitate.steps.merge import person_heads
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import catch_up, people


def give_badges(ledger: Ledger, hand: Hand, wanted: Collection[str] | None = None) -> tuple[list[Person], int]:
    """The people of these ids (None = everybody known) in last-name order, each with a number; and how many are new.

    The same person gets the same number on every laptop, so two laptops that print agree.
    """
    catch_up(ledger.connection)
    known = people(ledger.connection)
    chosen = [one for one in known if wanted is None or one.id in wanted]
    taken = {one.badge for one in known if one.badge}
    given: dict[str, str] = {}
    for one in chosen:
        if not one.badge:
            given[one.id] = badge_number(one.id, taken)
            taken.add(given[one.id])
    append_in_pages(ledger, [_numbered(ledger, hand, person, number) for person, number in given.items()])
    return [replace(one, badge=given.get(one.id, one.badge)) for one in chosen], len(given)


def _numbered(ledger: Ledger, hand: Hand, person: str, number: str) -> Draft:
    body = {"fields": {"badge": number}}
    return hand.draft("person", person=person, body=body, replaces=person_heads(ledger, person))
