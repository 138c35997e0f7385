"""Claims against a sheet: hours read exactly, one verdict each, and nobody made one with anybody by itself."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.claims.hours import read_hours
from plfacilitate.core.claims.reckoned import by_claim, reconcile
from plfacilitate.core.claims.tables import CLAIMS, UNCLAIMED, About, claim_row, said_in, unclaimed_row
from plfacilitate.core.claims.values import WORDS, Claim, Decision, Judged, OnSheet
from plfacilitate.core.people import Person

LASTS = ("Alvarez", "Alvares", "Brown", "Brown Smith", "O'Leary", "Núñez", "")
FIRSTS = ("Maria", "María", "Dana", "Jo", "Jonas", "")
EMAILS = ("", "maria@a.example.org", "maria@b.example.org", "dana@a.example.org")


def on_sheet(
    id_: str, last: str, first: str, hundredths: int = 550, status: str = "earned", *, email: str = "", school: str = "",
    certificate: str = "",
) -> OnSheet:  # fmt: skip
    """Somebody with a line on the sheet; `status` "" = only expected."""
    person = Person(id_, last, first, email, school, certificate=certificate)
    return OnSheet(person, hundredths * 60 // 100, hundredths, status, "agenda 360 min.", "psesd 1")


def claim(line: int, last: str, first: str, email: str = "", hundredths: int | None = 550, **more: str) -> Claim:
    """A row of the platform's table."""
    return Claim(line, last, first, email, hundredths=hundredths, **more)


def only(claims: list[Claim], sheet: list[OnSheet], *decisions: Decision) -> Judged:
    """The verdict on the first of these claims."""
    return next(one for one in reconcile(claims, sheet, by_claim(decisions)).judged if one.claim == claims[0])


@pytest.mark.parametrize(
    "text, hundredths",
    [
        ("5.5", 550), ("5,5", 550), ("5.50", 550), ("5 1/2", 550), ("5-1/2", 550), ("5½", 550), ("5 ½", 550), ("5:30", 550),
        ("05:30:00", 550), ("5 h 30", 550), ("5h30 min", 550), ("5.25", 525), ("5 1/4", 525), ("¾", 75), ("6", 600),
        ("6 hours", 600), ("5.5 clock hrs", 550), (" 0 ", 0), (".5", 50),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(text: str, hundredths: int) -> None:
    """Decimal point or comma, halves and quarters, clock, with or without a unit."""
    assert read_hours(text) == hundredths


@pytest.mark.parametrize(
    "text",
    ["", "abc", "-3", "5:20", "5.125", "5,500", "1,000", "3/2", "5 1/3", "5/0", "1e3", "9999", "5.", "²", "5:60"],
)
def test_hours_that_are_not_one_exact_number_are_not_read(text: str) -> None:
    """Never rounded, never guessed: `5,500` may be thousands."""
    assert read_hours(text) is None


@given(st.integers(0, 1000_00))
@settings(max_examples=50)
def test_hours_written_out_are_read_back(hundredths: int) -> None:
    """Every number of hundredths, with point and with comma."""
    text = f"{hundredths // 100}.{hundredths % 100:02}"
    assert read_hours(text) == read_hours(text.replace(".", ",")) == hundredths


@pytest.mark.parametrize(
    "hundredths, sheet, code, words",
    [
        (550, on_sheet("p", "Alvarez", "Maria"), "match", "5.5 h (330 min, psesd 1)"),
        (600, on_sheet("p", "Alvarez", "Maria"), "more", "0.5 h more than 5.5 h"),
        (300, on_sheet("p", "Alvarez", "Maria"), "fewer", "2.5 h fewer"),
        (550, on_sheet("p", "Alvarez", "Maria", status="pending"), "waiting", "would give"),
        (550, on_sheet("p", "Alvarez", "Maria", 0, "credits"), "more", "quarter credits"),
        (550, on_sheet("p", "Alvarez", "Maria", 0, ""), "absent", "no sign-in"),
        (550, on_sheet("p", "Zorn", "Emil"), "absent", "nobody on the sheet"),
    ],
)
def test_every_verdict_has_its_figure(hundredths: int, sheet: OnSheet, code: str, words: str) -> None:
    """In words a clerk can send on."""
    found = only([claim(2, "Alvarez", "Maria", hundredths=hundredths)], [sheet])
    assert (found.code, words in found.reason) == (code, True), found.reason


def test_who_claims_twice_is_named_on_both() -> None:
    """Each says where the other stands and what it claims."""
    claims = [claim(2, "Alvarez", "Maria", "m@example.org"), claim(7, "Gomez", "Maria", "m@example.org", 600)]
    found = reconcile(claims, [on_sheet("p", "Alvarez", "Maria", email="M@example.org")], {}).judged
    assert [one.code for one in found] == ["twice", "twice"]
    assert "line 7 (6.0 h)" in found[0].reason
    assert "line 2 (5.5 h)" in found[1].reason


@pytest.mark.parametrize(
    "who, sheet, why",
    [
        (claim(2, "Alvarez", "Maria", "x@b.org"), on_sheet("p", "Alvarez", "Maria", email="m@a.org"), "another e-mail"),
        (claim(2, "Alvares", "Maria"), on_sheet("p", "Alvarez", "Maria"), "nearly the same last name"),
        (claim(2, "Gomez", "Maria", former_name="Alvarez"), on_sheet("p", "Alvarez", "Maria"), "used to have"),
        (claim(2, "Maria", "Alvarez"), on_sheet("p", "Alvarez", "Maria"), "each other's place"),
        (claim(2, "Alvarez-Gomez", "Maria"), on_sheet("p", "Alvarez", "Maria"), "double last name"),
        (
            claim(2, "Kim", "Lee", "m@a.org"),
            on_sheet("p", "Alvarez", "Maria", email="m@a.org"),
            "the same e-mail and another name",
        ),
        (
            claim(2, "Alvarez", "Pedro", "m@a.org"),
            on_sheet("p", "Alvarez", "Maria", email="m@a.org"),
            "the same e-mail and another name",
        ),
        (
            claim(2, "Alvarez", "Maria", "m@a.org", certificate="2"),
            on_sheet("p", "Alvarez", "Maria", email="m@a.org", certificate="1"),
            "the same e-mail and another certificate number",
        ),
        (
            claim(2, "Kim", "Lee", certificate="123456a"),
            on_sheet("p", "Alvarez", "Maria", certificate="123456 A"),
            "certificate",
        ),
        (claim(2, "Brown", "Jo"), on_sheet("p", "Brown", "Jonas"), "shorter first name"),
        (
            claim(2, "Alvarez", "Maria", school="Dimmitt"),
            on_sheet("p", "Alvarez", "Maria", school="Renton"),
            "the same name",
        ),
    ],
)
def test_who_is_near_is_proposed_and_never_taken(who: Claim, sheet: OnSheet, why: str) -> None:
    """With a score and the reason; the person on the sheet still counts as not having claimed."""
    found = reconcile([who], [sheet], {})
    (one,) = found.judged
    assert (one.code, one.found, why in one.reason) == ("decide", sheet, True), one.reason
    assert 0 < one.score < 100
    assert f"score {one.score}" in one.reason
    assert found.unclaimed == (sheet,)


@pytest.mark.parametrize("first", ["Maria", "Mar", "M.", "Ana Maria", "Marai", ""])
def test_an_e_mail_with_a_name_that_goes_with_it_is_sure(first: str) -> None:
    """However much of the first name was typed, and after a wedding; a middle name and a slip are no other person."""
    sheet = [on_sheet("p", "Alvarez", "Maria", email="m@a.org")]
    assert only([claim(2, "Alvarez", first, "m@a.org")], sheet).code == "match"
    assert only([claim(2, "Gomez", "Maria", "m@a.org")], sheet).code == "match"


def test_an_e_mail_of_two_is_a_question() -> None:
    """Two on the sheet share it and the name: neither is taken, whichever stands first."""
    sheet = [on_sheet("p", "Alvarez", "Maria", email="m@a.org"), on_sheet("q", "Alvarez", "Mari", email="m@a.org")]
    assert only([claim(2, "Alvarez", "M.", "m@a.org")], sheet).code == "decide"
    assert only([claim(2, "Alvarez", "M.", "m@a.org")], sheet[::-1]).code == "decide"


def test_an_e_mail_of_one_with_the_number_of_another_is_a_question() -> None:
    """Both are on the sheet, and both names would go with the claim."""
    sheet = [on_sheet("p", "Alvarez", "Maria", email="m@a.org"), on_sheet("q", "Alvarez", "Maria", certificate="7")]
    assert only([claim(2, "Alvarez", "Maria", "m@a.org", certificate="7")], sheet).code == "decide"


def test_another_certificate_number_speaks_against_a_name() -> None:
    """The same name alone would be sure."""
    sheet = [on_sheet("p", "Alvarez", "Maria", certificate="1")]
    assert only([claim(2, "Alvarez", "Maria")], sheet).code == "match"
    assert only([claim(2, "Alvarez", "Maria", certificate="2")], sheet).code == "absent"


def test_two_claimants_of_one_name_are_decided_about_each_by_itself() -> None:
    """What was decided about the one with this e-mail says nothing of the other."""
    one, other = claim(2, "Alvares", "Maria", "one@x.org"), claim(3, "Alvares", "Maria", "two@x.org")
    sheet = [on_sheet("p", "Alvarez", "Maria")]
    found = reconcile([one, other], sheet, by_claim([Decision(one.key, "p", "same", "2023-12-07", "Ruth")])).judged
    assert {who.claim.line: who.code for who in found} == {2: "match", 3: "decide"}


def test_two_of_one_name_are_a_question() -> None:
    """Even where the claim says nothing that differs."""
    found = only([claim(2, "Garcia", "Maria")], [on_sheet("p", "Garcia", "Maria"), on_sheet("q", "Garcia", "Maria")])
    assert found.code == "decide"


def test_an_earlier_e_mail_of_somebody_is_theirs() -> None:
    """Their record was corrected after they registered."""
    sheet = on_sheet("p", "Alvarez", "Maria", email="m@new.org")._replace(emails=frozenset({"m@old.org"}))
    assert only([claim(2, "Alvarez", "Maria", "M@old.org")], [sheet]).code == "match"


def test_what_was_decided_holds_until_it_is_taken_back() -> None:
    """Same, other, and open again."""
    near, sheet = claim(2, "Alvares", "Maria"), [on_sheet("p", "Alvarez", "Maria")]
    yes = Decision(near.key, "p", "same", "2023-12-07T00:00:00Z", "Ruth")
    assert (only([near], sheet, yes).code, only([near], sheet, yes).how) == ("match", "decided by Ruth")
    no = only([near], sheet, yes._replace(says="other"))
    assert (no.code, "somebody else" in no.reason) == ("absent", True)
    assert only([near], sheet, yes._replace(says="open")).code == "decide"


def test_a_decision_goes_before_what_looks_sure() -> None:
    """Two teachers of one name at one school: it is not this one."""
    sure, sheet = claim(2, "Garcia", "Maria"), [on_sheet("p", "Garcia", "Maria")]
    assert only([sure], sheet).code == "match"
    assert only([sure], sheet, Decision(sure.key, "p", "other", "2023", "Ruth")).code == "absent"


people = st.lists(
    st.builds(
        on_sheet, st.uuids().map(str), st.sampled_from(LASTS[:-1]), st.sampled_from(FIRSTS),
        st.sampled_from((0, 300, 550)), st.sampled_from(("earned", "pending", "none", "credits", "")),
        email=st.sampled_from(EMAILS),
    ),
    max_size=6, unique_by=lambda one: one.person.id,
)  # fmt: skip
rows = st.lists(
    st.tuples(
        st.sampled_from(LASTS), st.sampled_from(FIRSTS), st.sampled_from(EMAILS), st.sampled_from((None, 300, 550, 600))
    ),
    max_size=8,
)


@given(people, rows, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_each_claim_has_one_verdict_whatever_the_order(
    sheet: list[OnSheet], told: list[tuple[str, str, str, int | None]], chance: random.Random
) -> None:
    """And everybody on the sheet has either claimed, or stands among those who have not."""
    claims = [
        claim(line, *row) if row[3] is not None else claim(line, *row, unread="no hours")
        for line, row in enumerate(told, 2)
    ]
    first = reconcile(claims, sheet, {})
    assert Counter(one.claim for one in first.judged) == Counter(claims)
    assert {one.code for one in first.judged} <= set(WORDS)
    taken = {one.found.person.id for one in first.judged if one.found is not None and one.how and one.code != "decide"}
    assert taken | {one.person.id for one in first.unclaimed} >= {one.person.id for one in sheet if one.was_there}
    assert not taken & {one.person.id for one in first.unclaimed}
    chance.shuffle(claims)
    chance.shuffle(sheet)
    assert reconcile(claims, sheet, {}) == first


def test_rows_are_as_wide_as_their_titles() -> None:
    """And hours are numbers, a difference only where two are compared."""
    about = About("PS-1", "Ownership")
    found = only([claim(2, "Alvarez", "Maria", hundredths=600)], [on_sheet("p", "Alvarez", "Maria")])
    row = dict(zip(CLAIMS, claim_row(found, about), strict=True))
    assert (row["claimed_hours"], row["sheet_hours"], row["difference_hours"], row["minutes"]) == (6.0, 5.5, 0.5, 330)
    near = only([claim(2, "Alvares", "Maria", hundredths=600)], [on_sheet("p", "Alvarez", "Maria")])
    row = dict(zip(CLAIMS, claim_row(near, about), strict=True))
    assert (row["difference_hours"], row["person"], row["same_person"], row["claim"]) == (None, "p", "", near.claim.key)
    assert len(unclaimed_row(on_sheet("p", "A", "B"), about)) == len(UNCLAIMED)


def test_a_decision_is_understood_in_any_hand() -> None:
    """And what is none, is none."""
    assert [said_in(text) for text in ("Yes", " NO ", "undo", "maybe")] == ["same", "other", "open", None]
