"""What a list of people would change: the same on every laptop, and nothing the second time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.people import Person, person_id
from plfacilitate.core.roster import SOURCES, Import, PersonRow, plan_import

NAMES = ["Garcia", "García", "Lee", "O'Leary", "van der Berg"]
FIELDS = st.fixed_dictionaries(
    {"last_name": st.sampled_from(NAMES)},
    optional={
        "first_name": st.sampled_from(["Maria", "Bo"]),
        "email": st.sampled_from(["a@example.org", "A@example.org", "b@example.org", "no address"]),
        "school": st.sampled_from(["Dimmitt", "Lakeridge"]),
        "certificate": st.sampled_from(["123456A", "123456a", "999999Z"]),
        "former_name": st.sampled_from(["Lee", "Garcia"]),
    },
)
LISTS = st.lists(FIELDS, max_size=8)


def rows(*people: Mapping[str, str]) -> list[PersonRow]:
    """A list of these people, the first in line 2."""
    return [PersonRow(line, fields) for line, fields in enumerate(people, start=2)]


def maria(**fields: str) -> dict[str, str]:
    """Maria Garcia, with more about her."""
    return {"last_name": "Garcia", "first_name": "Maria", **fields}


def taken(plan: Import, known: Mapping[str, Person] | None = None) -> dict[str, Person]:
    """Everybody known once the list is taken."""
    return {**(known or {}), **{each.id: each.person for each in (*plan.new, *plan.changed, *plan.same)}}


def codes(plan: Import) -> list[str]:
    """Why pairs are proposed as doubles."""
    return [double.code for double in plan.doubtful]


# ---------------------------------------------------------------------------------------------------- properties


SOURCED = st.lists(st.tuples(st.sampled_from(["", "u1", "u2", "u3"]), FIELDS), max_size=8)


def sourced(people: Sequence[tuple[str, Mapping[str, str]]]) -> list[PersonRow]:
    """A roster: each with the id that it gives them, "" = none."""
    return [PersonRow(line, fields, source) for line, (source, fields) in enumerate(people, start=2)]


def sources(plan: Import) -> dict[str, str]:
    """Whose each id of a roster is, once the list is taken."""
    found: dict[str, str] = {}
    for each in (*plan.new, *plan.changed):
        for source in each.fields.get("source", "").split(SOURCES):
            found |= {source: found.get(source, each.id)} if source else {}
    return found


@given(people=SOURCED)
def test_the_same_roster_again_changes_nothing(people: list[tuple[str, dict[str, str]]]) -> None:
    """Also where somebody has two ids in it, or none."""
    first = plan_import(sourced(people), {})
    again = plan_import(sourced(people), taken(first), {}, sources(first))
    assert (again.new, again.changed) == ((), ())
    assert again.people == first.people


@given(people=SOURCED, later=SOURCED)
def test_an_id_that_is_known_decides_alone(
    people: list[tuple[str, dict[str, str]]], later: list[tuple[str, dict[str, str]]]
) -> None:
    """Whatever name and address come with it."""
    first = plan_import(sourced(people), {})
    whose = sources(first)
    for source, fields in later:
        if source in whose:
            assert plan_import(sourced([(source, fields)]), taken(first), {}, whose).people == (whose[source],)


@given(people=LISTS)
def test_the_same_list_again_changes_nothing(people: list[dict[str, str]]) -> None:
    """Whoever is in it, with whatever keys."""
    first = plan_import(rows(*people), {})
    again = plan_import(rows(*people), taken(first))
    assert (again.new, again.changed) == ((), ())
    assert again.people == first.people
    assert {double.code for double in again.doubtful} == set(codes(first))


@given(people=LISTS)
def test_two_laptops_make_the_same_people(people: list[dict[str, str]]) -> None:
    """Ids come from the list alone, and so does all that is said."""
    assert plan_import(rows(*people), {}) == plan_import(rows(*people), {})


@given(people=LISTS, data=st.data())
def test_the_order_of_rows_with_keys_does_not_matter(people: list[dict[str, str]], data: st.DataObject) -> None:
    """Each row belongs to the same record wherever it stands."""
    keyed = [fields for fields in people if "@" in fields.get("email", "") or "certificate" in fields]
    order = data.draw(st.permutations(range(len(keyed))))
    straight = ids_by_row(keyed)
    shuffled = ids_by_row([keyed[place] for place in order])
    assert [shuffled[order.index(place)] for place in range(len(keyed))] == straight


def ids_by_row(people: Sequence[Mapping[str, str]]) -> list[str]:
    """The record of each row."""
    plan = plan_import(rows(*people), {})
    record = {line: each.id for each in (*plan.new, *plan.changed, *plan.same) for line in each.lines}
    return [record[row.line] for row in rows(*people)]


@given(people=LISTS, others=LISTS)
def test_a_list_never_empties_a_field_and_never_loses_anybody(
    people: list[dict[str, str]], others: list[dict[str, str]]
) -> None:
    """Whatever is known already, every row is in one record, and known people keep what the list leaves out."""
    known = taken(plan_import(rows(*others), {}))
    plan = plan_import(rows(*people), known)
    after = taken(plan, known)
    assert sorted(line for each in (*plan.new, *plan.changed, *plan.same) for line in each.lines) == [
        row.line for row in rows(*people)
    ]
    for person, before in known.items():
        assert before.fields().keys() <= after[person].fields().keys()


# ------------------------------------------------------------------------------------------------------ whose row


def test_two_marias_in_two_schools_are_two_people() -> None:
    """With an e-mail each there is no doubt either."""
    plan = plan_import(rows(maria(email="m@a.org", school="Dimmitt"), maria(email="m@b.org", school="Lakeridge")), {})
    assert len(plan.new) == 2
    assert plan.doubtful == ()


def test_two_of_one_name_in_one_school_without_keys_are_ranked() -> None:
    """Two rows are two people, first and second of their name."""
    plan = plan_import(rows(maria(school="Dimmitt"), maria(school="Dimmitt")), {})
    assert plan.people == (person_id(maria(school="Dimmitt")), person_id(maria(school="Dimmitt"), 1))
    assert codes(plan) == ["same-name"]


def test_a_key_gives_the_id_that_the_door_gives() -> None:
    """A walk-in with the same e-mail or certificate is the same person."""
    plan = plan_import(rows(maria(email="M@a.org", certificate="1"), maria(certificate="123456 a")), {})
    assert plan.people == (person_id({"email": "m@a.org"}), person_id({"certificate": "123456A"}))


def test_an_e_mail_that_is_none_makes_no_id() -> None:
    """`n/a` or a half address would make one person of many."""
    plan = plan_import(rows(maria(email="at school"), {"last_name": "Lee", "email": "at school"}), {})
    assert plan.people == (person_id(maria()), person_id({"last_name": "Lee"}))
    assert plan.new[0].fields["email"] == "at school"


def test_an_e_mail_shared_by_two_names_is_nobodys_key() -> None:
    """Neither takes the other's record, in any order, and a person is asked."""
    lee = {"last_name": "Lee", "email": "office@a.org"}
    plan = plan_import(rows(maria(email="office@a.org"), lee), {})
    assert len(plan.new) == 2
    assert person_id({"email": "office@a.org"}) not in plan.people
    assert codes(plan) == ["email"]
    assert plan_import(rows(lee, maria(email="office@a.org")), {}).people == plan.people[::-1]


def test_a_known_owner_keeps_an_e_mail_that_a_second_name_shares() -> None:
    """Maria was here before the list named somebody else with her e-mail."""
    known = taken(plan_import(rows(maria(email="m@a.org")), {}))
    plan = plan_import(rows({"last_name": "Lee", "email": "m@a.org"}, maria(email="m@a.org")), known)
    assert [each.id for each in plan.same] == list(known)
    assert len(plan.new) == 1
    again = plan_import(rows({"last_name": "Lee", "email": "m@a.org"}), taken(plan, known))
    assert [each.id for each in again.same] == [plan.new[0].id]


def test_one_person_in_two_rows_counts_once() -> None:
    """The first filled cell counts, later rows fill what it lacks."""
    plan = plan_import(rows(maria(email="m@a.org", role="Coach"), maria(email="M@A.org", role="x", badge="7")), {})
    assert [(each.lines, each.fields["role"], each.fields["badge"]) for each in plan.new] == [((2, 3), "Coach", "7")]


def test_a_changed_name_under_the_same_e_mail_is_a_change() -> None:
    """Somebody married; only what differs is written."""
    known = taken(plan_import(rows(maria(email="m@a.org", school="Dimmitt")), {}))
    plan = plan_import(rows(maria(last_name="Reyes", email="M@a.org", former_name="Garcia")), known)
    assert [dict(each.fields) for each in plan.changed] == [{"last_name": "Reyes", "former_name": "Garcia"}]
    assert plan.changed[0].person.school == "Dimmitt"


def test_an_e_mail_that_was_corrected_here_still_finds_its_owner() -> None:
    """The record keeps its id when its e-mail is put right, and the next list has the right one."""
    known = taken(plan_import(rows(maria(email="m@a.orgg")), {}))
    corrected = {person: replace(each, email="m@a.org") for person, each in known.items()}
    assert [each.id for each in plan_import(rows(maria(email="m@a.org")), corrected).same] == list(known)


def test_what_was_merged_stays_merged() -> None:
    """A row of the record that went away fills gaps of the one that stays, and undoes nothing."""
    known = taken(plan_import(rows(maria(email="new@a.org")), {}))
    gone = person_id({"email": "old@a.org"})
    plan = plan_import(rows(maria(email="old@a.org", badge="7")), known, {gone: next(iter(known))})
    assert [(each.id, dict(each.fields)) for each in plan.changed] == [(next(iter(known)), {"badge": "7"})]
    assert (plan.new, plan.doubtful) == ((), ())


def test_merges_in_a_circle_end() -> None:
    """Two laptops that merged a pair in opposite directions stop nothing."""
    one, other = person_id({"email": "a@a.org"}), person_id({"email": "b@a.org"})
    assert len(plan_import(rows(maria(email="a@a.org")), {}, {one: other, other: one}).people) == 1


# -------------------------------------------------------------------------------------------------------- doubles


def test_the_same_name_elsewhere_without_an_e_mail_is_proposed() -> None:
    """Only a person can say whether she moved; the sentence masks the e-mail."""
    known = taken(plan_import(rows(maria(email="maria@a.org", school="Dimmitt")), {}))
    plan = plan_import(rows(maria(school="Lakeridge")), known)
    assert len(plan.new) == 1
    assert [(double.code, double.line) for double in plan.doubtful] == [("same-name", 2)]
    assert "Garcia, Maria (Dimmitt, m…a@a.org)" in plan.doubtful[0].sentence


def test_certificates_that_differ_tell_two_of_one_name_apart() -> None:
    """No e-mail is needed then."""
    assert plan_import(rows(maria(certificate="123456A"), maria(certificate="999999Z")), {}).doubtful == ()


def test_one_certificate_under_two_e_mails_is_proposed() -> None:
    """A second account of the same teacher."""
    plan = plan_import(
        rows(maria(email="a@a.org", certificate="123456A"), maria(email="b@a.org", certificate="123456 a")), {}
    )
    assert codes(plan) == ["certificate"]


def test_a_former_name_is_proposed_whichever_record_says_it() -> None:
    """As a last name alone or as the whole name."""
    for former in ("Garcia", "Garcia, Maria", "Maria Garcia"):
        married = maria(last_name="Reyes", email="b@a.org", former_name=former)
        pair = [maria(email="a@a.org"), married]
        assert codes(plan_import(rows(*pair), {})) == ["former-name"], former
        assert codes(plan_import(rows(*pair[::-1]), {})) == ["former-name"], former


def test_a_thousand_of_one_name_give_no_million_pairs() -> None:
    """Each is proposed with a few others, not with all."""
    plan = plan_import(rows(*[maria(school=f"School {number}") for number in range(1000)]), {})
    assert len(plan.new) == 1000
    assert 1000 <= len(plan.doubtful) <= 8000


def test_hostile_names_are_shown_harmless() -> None:
    """Escape codes and direction marks never reach a sentence."""
    plan = plan_import(rows({"last_name": "[red]\x1b[31m\u202e"}, {"last_name": "[red]\x1b[31m\u202e"}), {})
    assert plan.new[0].fields["last_name"] == "[red]\x1b[31m\u202e"
    assert plan.doubtful[0].sentence.isprintable()
