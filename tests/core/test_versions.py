"""Which version counts: the rule of corrections, checked against a slow telling of it and by its awkward cases."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import assume, given
from hypothesis import strategies as st

from plfacilitate.core.entry import Entry
from plfacilitate.core.versions import Family, families, person_now, voided
from tests.core.entries import entry, undo

IDS = [f"v{n}" for n in range(7)]
UNDOS = [f"u{n}" for n in range(5)]


@st.composite
def histories(draw: st.DrawFn, *, circles: bool = True) -> list[Entry]:
    """Versions and undos that name one another in any way; without circles a version replaces lesser ids only."""
    found = []
    for n, name in enumerate(IDS):
        if draw(st.booleans()):
            among = [*IDS, "elsewhere"] if circles else [*IDS[:n], "elsewhere"]
            found.append(entry(name, replaces=draw(st.lists(st.sampled_from(among), max_size=2, unique=True))))
    for n, name in enumerate(UNDOS):
        if draw(st.booleans()):
            found.append(undo(name, draw(st.sampled_from([*IDS, *(UNDOS if circles else UNDOS[:n])]))))
    return found


def _told(found: Sequence[Family]) -> list[tuple[str, str | None, list[str], tuple[str, ...]]]:
    return [(f.root, f.current.id if f.current else None, [head.id for head in f.heads], f.missing) for f in found]


def _current_of(entries: list[Entry], root: str) -> Entry | None:
    """The version that counts of the fact that began with `root`."""
    return next((family.current for family in families(entries) if family.root == root), None)


@given(entries=histories(), data=st.data())
def test_the_order_of_arrival_changes_nothing(entries: list[Entry], data: st.DataObject) -> None:
    """Any order, any repetition: the same families, the same versions that count, circles included."""
    shuffled = data.draw(st.permutations(entries + entries[:2]))
    assert voided(entries) == voided(shuffled)
    assert _told(families(entries)) == _told(families(shuffled))


@given(entries=histories(circles=False))
def test_the_rule_is_kept_as_the_design_tells_it(entries: list[Entry]) -> None:
    """An undo stands unless a standing undo names it; of the unvoided the longest chain wins, then the greatest id."""
    undos = {one.id: str(one.body["undoes"]) for one in entries if one.kind == "undo"}
    versions = {one.id: one for one in entries if one.kind != "undo"}

    def stands(one: str) -> bool:
        return not any(stands(other) for other, target in undos.items() if target == one)

    def length(one: str) -> int:
        return 1 + max((length(parent) if parent in versions else 1 for parent in versions[one].replaces), default=0)

    def above(one: str) -> set[str]:
        parents = set(versions[one].replaces) & versions.keys() if one in versions else set()
        return parents.union(*map(above, parents))

    assert voided(entries) == {target for one, target in undos.items() if stands(one)}
    standing = {one for one in versions if stands(one)}
    for family in families(entries):
        if family.current is None:
            assert family.root not in standing
            continue
        heads = {head.id for head in family.heads}
        members = heads.union(*map(above, heads)) & standing
        assert family.current.id == max(members, key=lambda one: (length(one), one))
        assert not any(one in above(other) for one in heads for other in members)
    counted = [family.current.id for family in families(entries) if family.current]
    assert len(counted) == len(set(counted))
    assert not any(one in above(other) for one in counted for other in counted), (
        "no version counts beside its correction"
    )


@given(entries=histories())
def test_no_standing_version_is_lost(entries: list[Entry]) -> None:
    """Whatever stands is in exactly one family: as the version that counts, behind it, or as a head to decide on."""
    void = voided(entries)
    standing = {one.id for one in entries if one.kind != "undo" and one.id not in void}
    found = families(entries)
    if standing:
        assert any(family.current is not None for family in found)
    heads = [head.id for family in found for head in family.heads]
    assert len(heads) == len(set(heads))
    assert set(heads) <= standing


def test_a_correction_counts_and_what_it_corrects_does_not() -> None:
    """Even where the clock of the correction says that it is the older one."""
    (family,) = families([entry("b", at="17:00"), entry("a", at="09:00", replaces=["b"])])
    assert family.current is not None
    assert (family.root, family.current.id, family.doubtful) == ("b", "a", False)


def test_an_undo_brings_back_what_stood_before() -> None:
    """And an undo of the undo takes it away again."""
    first, second = entry("a"), entry("b", replaces=["a"])
    assert _current_of([first, second, undo("u1", "b")], "a") == first
    assert _current_of([first, second, undo("u1", "b"), undo("u2", "u1")], "a") == second
    assert _current_of([first, second, undo("u1", "b"), undo("u2", "u1"), undo("u3", "u2")], "a") == first
    assert _current_of([first, undo("u1", "a")], "a") is None


def test_a_thousand_undos_of_undos_are_no_burden() -> None:
    """A stuck key must not end the program."""
    chain = [undo(f"u{n:04}", f"u{n - 1:04}" if n else "a") for n in range(1001)]
    assert voided([entry("a"), *chain]) & {"a"} == {"a"}
    assert "a" not in voided([entry("a"), *chain[:1000]])


def test_undos_in_a_circle_count_for_nothing() -> None:
    """Nor does what hangs below them."""
    assert voided([undo("u1", "u2"), undo("u2", "u1"), undo("u3", "a"), undo("u1b", "u1")]) == {"a", "u1"}
    assert voided([undo("u1", "u1"), undo("u2", "b")]) == {"b"}


def test_two_corrections_of_one_version_wait_for_a_decision() -> None:
    """The greatest id counts until then."""
    (family,) = families([entry("a"), entry("b", replaces=["a"]), entry("c", replaces=["a"])])
    assert family.current is not None
    assert family.current.id == "c"
    assert [head.id for head in family.heads] == ["b", "c"]
    assert family.doubtful


def test_the_longer_chain_counts_before_the_greater_id() -> None:
    """Whoever corrected a correction has seen more."""
    (family,) = families(
        [entry("a"), entry("z", replaces=["a"]), entry("b", replaces=["a"]), entry("c", replaces=["b"])]
    )
    assert family.current is not None
    assert family.current.id == "c"
    assert family.doubtful


def test_a_decision_that_follows_both_ends_the_doubt() -> None:
    """It names all the heads that it decides between."""
    (family,) = families(
        [entry("a"), entry("b", replaces=["a"]), entry("c", replaces=["a"]), entry("d", replaces=["b", "c"])]
    )
    assert family.current is not None
    assert (family.current.id, family.doubtful) == ("d", False)


def test_two_facts_made_one_are_two_again_when_that_is_undone() -> None:
    """A version that replaces two first versions binds them only while it stands."""
    one, two, both = entry("a"), entry("b"), entry("c", replaces=["a", "b"])
    assert _told(families([one, two, both])) == [("a", "c", ["c"], ())]
    assert _told(families([one, two, both, undo("u", "c")])) == [("a", "a", ["a"], ()), ("b", "b", ["b"], ())]


def test_an_undone_version_still_binds_what_follows_it() -> None:
    """`c` corrects `b`, which was undone: `a` must not come back beside `c`."""
    found = families([entry("a"), entry("b", replaces=["a"]), entry("c", replaces=["b"]), undo("u", "b")])
    assert _told(found) == [("a", "c", ["c"], ())]


def test_a_correction_of_what_is_not_here_waits_for_a_decision() -> None:
    """Two corrections of one missing version are versions of one fact; when it comes, the doubt may end."""
    early = [entry("b", replaces=["a"]), entry("c", replaces=["b"])]
    assert _told(families(early)) == [("a", "c", ["c"], ())]
    (alone,) = families(early[1:])
    assert alone.missing == ("b",)
    assert alone.doubtful
    (both,) = families([entry("b", replaces=["a"]), entry("c", replaces=["a"])])
    assert both.root == "a"
    assert len(both.heads) == 2


def test_versions_in_a_circle_all_wait_for_a_decision() -> None:
    """No ledger of ours writes one, but one may arrive: nobody is lost, somebody decides."""
    (family,) = families([entry("a", replaces=["c"]), entry("b", replaces=["a"]), entry("c", replaces=["b"])])
    assert family.current is not None
    assert family.current.id == "c"
    assert [head.id for head in family.heads] == ["a", "b", "c"]
    (decided,) = families([entry("a", replaces=["b"]), entry("b", replaces=["a"]), entry("d", replaces=["a", "b"])])
    assert decided.current is not None
    assert (decided.current.id, decided.doubtful) == ("d", False)


def test_a_version_that_names_itself_is_a_first_version() -> None:
    """A circle of one says nothing."""
    assert _told(families([entry("a", replaces=["a"])])) == [("a", "a", ["a"], ())]


# -- people ----------------------------------------------------------------------------------------------------------


def _said(entry_id: str, replaces: Sequence[str] = (), **fields: str) -> Entry:
    return entry(entry_id, "person", person="p", event=None, replaces=replaces, fields=fields)


def test_each_field_of_a_person_follows_the_rule_by_itself() -> None:
    """Two laptops corrected different fields of one record: both corrections count, and nothing is in doubt."""
    now = person_now(
        "p",
        [
            _said("a", last_name="Garcia", first_name="Maria", email="m@old"),
            _said("b", ["a"], email="m@new"),
            _said("c", ["a"], last_name="Garcia Lopez"),
        ],
    )
    assert now is not None
    assert (now.last_name, now.first_name, now.email, now.doubtful) == ("Garcia Lopez", "Maria", "m@new", ())


def test_two_values_for_one_field_are_in_doubt() -> None:
    """The greatest id counts until somebody decides; the same value said twice is no doubt."""
    first = _said("a", last_name="Garcia", email="m@old")
    now = person_now("p", [first, _said("b", ["a"], email="m@new"), _said("c", ["a"], email="m@newer")])
    assert now is not None
    assert (now.email, now.doubtful) == ("m@newer", ("email",))
    same = person_now("p", [first, _said("b", ["a"], email="m@new"), _said("c", ["a"], email="m@new")])
    assert same is not None
    assert same.doubtful == ()


def test_one_list_imported_on_two_laptops_is_no_doubt() -> None:
    """Two first versions of the same record that say the same."""
    now = person_now("p", [_said("a", last_name="Le", school="Dimmitt"), _said("b", last_name="Le", school="Dimmitt")])
    assert now is not None
    assert (now.school, now.doubtful) == ("Dimmitt", ())


def test_a_list_taken_in_twice_leaves_nothing_to_decide_once_one_of_them_was_put_right() -> None:
    """What replaced the one first version replaced what the other says too; what the other adds stays."""
    now = person_now(
        "p",
        [
            _said("a", last_name="Le", email="l@old"),
            _said("b", last_name="Le", email="l@old", school="Dimmitt"),
            _said("c", ["a"], email="l@new"),
        ],
    )
    assert now is not None
    assert (now.email, now.school, now.doubtful) == ("l@new", "Dimmitt", ())


def test_what_somebody_typed_is_in_doubt_although_it_was_replaced_elsewhere() -> None:
    """Only the words of a list are passed over: a correction that says the same was somebody's decision."""
    now = person_now(
        "p",
        [
            _said("a", email="l@old"),
            _said("b", ["a"], email="l@new"),
            _said("c", ["b"], email="l@newer"),
            _said("d", ["a"], email="l@new"),
        ],
    )
    assert now is not None
    assert (now.email, now.doubtful) == ("l@newer", ("email",))


def test_an_undone_version_settles_nothing() -> None:
    """What it said, nobody said any more: the other list's word stands beside the correction."""
    now = person_now(
        "p",
        [
            _said("a", email="l@old"),
            _said("b", email="l@old"),
            _said("c", ["a"], email="l@new"),
            undo("u", "a", person="p", event=None),
        ],
    )
    assert now is not None
    assert (now.email, now.doubtful) == ("l@new", ("email",))


def test_the_longer_chain_of_a_field_counts_before_the_greater_id() -> None:
    """Whoever corrected a correction has seen more."""
    now = person_now(
        "p",
        [
            _said("a", email="l@old"),
            _said("z", ["a"], email="l@other"),
            _said("b", ["a"], email="l@new"),
            _said("c", ["b"], email="l@newer"),
        ],
    )
    assert now is not None
    assert (now.email, now.doubtful) == ("l@newer", ("email",))


def test_an_undone_change_of_a_person_gives_the_old_value_back() -> None:
    """And a person whose every version was undone is nobody."""
    first, second = _said("a", last_name="Le"), _said("b", ["a"], last_name="Lee")
    now = person_now("p", [first, second, undo("u", "b", person="p", event=None)])
    assert now is not None
    assert now.last_name == "Le"
    assert person_now("p", [first, undo("u", "a", person="p", event=None)]) is None


@given(
    entries=st.lists(
        st.builds(
            lambda n, above, name, value: _said(f"v{n}", [f"v{m}" for m in above if m < n], **{name: value}),
            st.integers(0, 9),
            st.lists(st.integers(0, 9), max_size=2),
            st.sampled_from(["last_name", "email"]),
            st.sampled_from("xyz"),
        ),
        max_size=8,
        unique_by=lambda one: one.id,
    ),
    data=st.data(),
)
def test_a_person_is_the_same_in_any_order(entries: list[Entry], data: st.DataObject) -> None:
    """Fields and doubts come from the set of versions."""
    assume(entries)
    shuffled = data.draw(st.permutations(entries))
    assert person_now("p", entries) == person_now("p", shuffled)
