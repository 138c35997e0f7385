"""Offices: their name for a rule, what they charge, and the way into the ledger and back."""

from __future__ import annotations

import json
from dataclasses import replace

from plfacilitate.core.office import Column, Office
from tests.core.credit_kit import PSESD


def test_a_rule_is_cited_by_office_and_version() -> None:
    """As the explanation of a line names it."""
    assert PSESD.rule == "psesd 2026-1"


def test_psesds_fee_has_a_minimum() -> None:
    """4.5 hours are 13.50 dollars, so 15.00; six hours are 18.00; no hours are free."""
    office = replace(PSESD, fee_cents_per_hour=300, fee_minimum_cents=1500)
    assert [office.fee_cents(hundredths) for hundredths in (450, 600, 0)] == [1500, 1800, 0]


def test_nwesds_fee_has_five_dollars_more_up_to_ten_hours() -> None:
    """10.5 hours are cheaper by the hour."""
    office = replace(PSESD, fee_cents_per_hour=300, fee_added_cents=500, fee_added_up_to=1000)
    assert [office.fee_cents(hundredths) for hundredths in (100, 1000, 1050)] == [800, 3500, 3150]


def test_esd_113s_fee_has_five_dollars_more_always() -> None:
    """Whatever the hours."""
    office = replace(PSESD, fee_cents_per_hour=300, fee_added_cents=500)
    assert office.fee_cents(3000) == 9500


def test_an_office_comes_back_from_its_snapshot_as_it_was() -> None:
    """Through JSON, as the ledger keeps it."""
    office = replace(PSESD, columns=(Column("Last name", "last_name"), Column("Hours", "hours", "P000200")), assumed={})
    assert Office.from_json(json.loads(json.dumps(office.to_json()))) == office


def test_a_snapshot_of_an_earlier_version_has_no_added_fee() -> None:
    """What was not known then is none."""
    snapshot = {key: value for key, value in PSESD.to_json().items() if not key.startswith("fee_added")}
    assert Office.from_json(snapshot) == PSESD


def test_what_an_office_says_of_rooms_is_written_only_where_it_names_them() -> None:
    """So a snapshot of every other office is what it was before; one of then keeps rooms anonymous."""
    assert "visit_rooms" not in PSESD.to_json()
    assert Office.from_json(PSESD.to_json()).visit_rooms == "anonymous"
    named = replace(PSESD, visit_rooms="named", assumed={})
    assert Office.from_json(json.loads(json.dumps(named.to_json()))) == named
