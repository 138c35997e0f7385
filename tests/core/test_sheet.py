"""The sheet as a value: its order, its sums, and every field that an office's table may ask for."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from plfacilitate.core.office import Column
from plfacilitate.core.reasons import Reason
from plfacilitate.core.sheet import FIELDS, Cell, table
from plfacilitate.shelf.shipped import folder
from tests.sheets import OFF, ROWS, SHEET, by_hand, of_days, row


def cells(last_name: str, *fields: str) -> tuple[Cell, ...]:
    """What the table says of one person under these fields."""
    _, rows = table(SHEET, [Column("Last name", "last_name"), *(Column(field, field) for field in fields)])
    return next(found[1:] for found in rows if found[0] == last_name)


def test_rows_stand_in_last_name_order() -> None:
    """Case, accents and apostrophes don't count; two of one name keep together, a one-word name is a last name."""
    assert [one.person.last_name for one in SHEET.ordered] == [
        "Adams", "Garcia", "Garcia", "Nguyễn", "Núñez", "Okonkwo-Reyes", "O'Leary", "Sokhanvar", "van der Berg"
    ]  # fmt: skip


def test_rows_to_be_filled_by_hand_stand_at_the_end() -> None:
    """Whoever comes along writes their name below the others."""
    assert [one.person.name for one in by_hand(spare=2).ordered][-2:] == ["", ""]


def test_the_sheet_counts_settled_hours_only() -> None:
    """Whoever waits for a decision adds nothing to the sum, and is counted apart."""
    assert SHEET.earned_hundredths == 7 * 600 + 450 - 200
    assert SHEET.pending == 1
    assert SHEET.signed_in == 9
    assert by_hand().earned_hundredths == by_hand().pending == by_hand().signed_in == 0


def test_the_table_has_the_offices_titles_and_one_row_a_person() -> None:
    """In its order, whatever it calls them."""
    header, rows = table(SHEET, [Column("Family name", "last_name"), Column("Clock hours", "hours")])
    assert header == ("Family name", "Clock hours")
    assert rows[0] == ("Adams", None)
    assert rows[1] == ("Garcia", 6.0)
    assert len(rows) == len(ROWS)


def test_times_and_hours_of_a_person() -> None:
    """Local times, whole minutes, hours as a number, breaks and meals beside them."""
    fields = ("date", "time_in", "time_out", "minutes_present", "minutes_deducted", "minutes", "hours", "status")
    assert cells("Nguyễn", *fields) == ("2023-12-06", "09:31", "15:47", 374, 75, 299, 4.5, "earned")


def test_minutes_present_less_those_deducted_are_those_that_count() -> None:
    """Only the breaks that somebody was there for are taken off, and time before and after the agenda is none."""
    early = row("Le", left="13:40", minutes=250, hundredths=400)  # gone before the second break: lunch and one break
    fields = [Column("", field) for field in ("minutes_present", "minutes_deducted", "minutes")]
    assert table(replace(SHEET, rows=(early,)), fields)[1] == [(310, 60, 250)]
    too_little = (*OFF, Reason("below-share", 60, "less than 75 %"))
    short = row("Le", left="9:30", minutes=0, hundredths=0, status="none")
    short = replace(short, line=replace(short.line, reasons=too_little)) if short.line else short
    assert table(replace(SHEET, rows=(short,)), fields)[1] == [(60, 0, 0)]


def test_hours_eligible_stand_beside_those_given() -> None:
    """What the minutes give by the rule, before a wish for fewer; empty where a decision is awaited."""
    fewer = row("Le", hundredths=400, requested=400)
    fewer = replace(fewer, line=replace(fewer.line, eligible=600)) if fewer.line else fewer
    fields = [Column("", field) for field in ("hours_eligible", "hours")]
    assert table(replace(SHEET, rows=(fewer,)), fields)[1] == [(6.0, 4.0)]
    assert cells("Adams", "hours_eligible") == (None,)
    assert table(replace(SHEET, hours_note="over all sessions"), fields)[1][1] == (None, None)


def test_a_person_without_a_sign_out_has_no_hours_yet() -> None:
    """An empty cell adds up to nothing by mistake; the status says why."""
    assert cells("Adams", "time_in", "time_out", "hours", "status") == ("08:11", "", None, "pending")


def test_fewer_hours_asked_for_stand_beside_those_given() -> None:
    """The state wants room for that."""
    assert cells("Sokhanvar", "hours", "hours_requested", "evidence") == (4.0, 4.0, "paper")
    assert cells("O'Leary", "hours_requested") == (None,)


def test_who_verified_it_and_when() -> None:
    """Local time; nothing where nobody did."""
    assert cells("Adams", "verified_by", "verified_at", "sheet_version") == ("Dana Brown", "2023-12-06 16:02", 2)
    _, rows = table(by_hand(), [Column("", "verified_by"), Column("", "verified_at"), Column("", "minutes")])
    assert rows[0] == ("", "", None)


def test_a_sheet_of_several_days_names_them_all() -> None:
    """First in, last out, and every date."""
    _, rows = table(of_days(2), [Column("", field) for field in ("date", "time_in", "time_out", "minutes_present")])
    assert rows[1] == ("2023-12-06, 2023-12-13", "08:11", "15:47", 2 * 435)


def test_where_hours_belong_to_the_series_the_table_has_none() -> None:
    """Minutes only: hours are counted over all sessions."""
    _, rows = table(replace(SHEET, hours_note="over all sessions"), [Column("", "minutes"), Column("", "hours")])
    assert rows[1] == (360, None)


def test_a_field_that_nobody_knows_is_an_empty_column() -> None:
    """An office's file of a later version must not keep a day from being closed."""
    assert table(SHEET, [Column("Shoe size", "shoe_size")])[1][0] == (None,)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_fills_a_cell(field: str) -> None:
    """With everything there and with nothing there."""
    for sheet in (SHEET, by_hand()):
        for found in table(sheet, [Column("", field)])[1]:
            assert isinstance(found[0], str | int | float | None)


def test_every_office_gets_the_facts_that_a_claim_is_held_against() -> None:
    """Who, when, how long, what was taken off, what it gives, what was asked for, how it was signed, who says so."""
    facts = {
        "in_service", "title", "session_title", "date", "starts", "ends", "last_name", "first_name", "former_name", "email",
        "district", "school", "certificate", "time_in", "time_out", "minutes_present", "minutes_deducted",
        "hours_eligible", "hours", "hours_requested", "designations", "signature", "evidence", "note", "verified_by",
        "verified_at",
    }  # fmt: skip
    for path in sorted(folder("exports").glob("*.toml")):
        fields = {column["field"] for column in tomllib.loads(path.read_text("utf-8"))["column"]}
        assert facts <= fields, f"{path.name}: {sorted(facts - fields)}"


def test_every_column_of_every_office_is_known() -> None:
    """A shipped office's table has no column that stays empty by mistake."""
    offices = sorted(folder("exports").glob("*.toml"))
    assert offices
    for path in offices:
        fields = {column["field"] for column in tomllib.loads(path.read_text("utf-8"))["column"]}
        assert fields
        assert fields <= set(FIELDS), f"{path.name}: {sorted(fields - set(FIELDS))}"


def test_evidence_is_said_in_words() -> None:
    """The weakest first."""
    assert row("A", means=("system", "own-phone")).evidence == "by rule, own phone"
