"""Measures of agreement: what was published comes out, and what must hold for any answers holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from math import sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plfacilitate.core.debrief.agreement import (
    Measure,
    Table,
    ac1,
    at_once,
    crossed,
    exact,
    jaccard,
    kappa,
    linear_kappa,
    matched,
    nominal_alpha,
    ordinal_alpha,
    quadratic_kappa,
    smaller_of_larger,
    weighted_kappa,
    within_one,
)


def counts(*rows: Sequence[int]) -> dict[tuple[int, int], int]:
    """A printed table of counts: one observer in rows, the other in columns."""
    return {(i, j): times for i, row in enumerate(rows) for j, times in enumerate(row) if times}


def rounded(measure: Measure, digits: int = 3) -> float:
    """A value as a paper prints it."""
    assert measure.value is not None
    return round(measure.value, digits)


# -- published examples ----------------------------------------------------------------------------------------------

COHEN_1968 = counts((88, 14, 18), (10, 40, 10), (2, 6, 12))
SEXUAL_FUN = counts((7, 7, 2, 3), (2, 8, 3, 7), (1, 5, 4, 9), (2, 8, 9, 14))
KRIPPENDORFF_2011 = list(
    zip(
        (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
        (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
        (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
        (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
        strict=True,
    )
)


def test_cohens_own_diagnoses_have_his_kappas() -> None:
    """J. Cohen, Weighted kappa, Psychological Bulletin 70 (1968), table 1: N = 200, kappa .492, with his weights .348."""
    weights = ((0, 1, 3), (1, 0, 6), (3, 6, 0))
    assert rounded(exact(COHEN_1968)) == 0.7
    assert rounded(kappa(COHEN_1968)) == 0.492
    assert rounded(weighted_kappa(COHEN_1968, lambda a, b: weights[a][b])) == 0.348
    assert kappa(COHEN_1968).n == 200


def test_fleiss_psychiatrists_agree_by_068() -> None:
    """J. L. Fleiss, Statistical Methods for Rates and Proportions, 2nd edition (1981), table 13.1: .89 exact, kappa .68."""
    table = counts((75, 1, 4), (5, 4, 1), (0, 0, 10))
    assert rounded(exact(table), 2) == 0.89
    assert rounded(kappa(table), 2) == 0.68


def test_the_married_couples_have_the_kappas_that_r_prints() -> None:
    """Hout, Duncan and Sobel (1987) in R's vcd, `Kappa(SexualFun)`: 0.1293, equal spacing 0.2374.

    The quadratic one was taken from scikit-learn 1.9.1, `cohen_kappa_score(weights="quadratic")`.
    """
    assert rounded(kappa(SEXUAL_FUN), 4) == 0.1293
    assert rounded(linear_kappa(SEXUAL_FUN), 4) == 0.2374
    assert rounded(quadratic_kappa(SEXUAL_FUN), 4) == 0.3320


def test_the_two_film_critics_agree_by_039() -> None:
    """A. Agresti, Categorical Data Analysis, 2nd edition (2002), 10.5: Siskel and Ebert, 160 films, kappa .389."""
    assert rounded(kappa(counts((24, 8, 13), (8, 13, 11), (10, 9, 64)))) == 0.389


def test_quadratic_kappa_is_the_correlation_where_the_margins_are_alike() -> None:
    """Shown by Cohen (1968) and by Fleiss and Cohen, Educational and Psychological Measurement 33 (1973)."""
    table = counts((10, 4, 1), (3, 12, 5), (2, 4, 9))
    n = sum(table.values())
    assert [sum(times for (a, _), times in table.items() if a == level) for level in range(3)] == [15, 20, 15]
    assert [sum(times for (_, b), times in table.items() if b == level) for level in range(3)] == [15, 20, 15]
    across = sum(times * (a - 1) * (b - 1) for (a, b), times in table.items()) / n
    spread = sqrt(30 / n) ** 2
    assert quadratic_kappa(table).value == pytest.approx(across / spread)


def test_gwets_ac1_holds_where_kappa_collapses() -> None:
    """K. L. Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008), table 1: 118, 5, 2 and 0 of 125.

    Both raters say nearly always the same: .944 exact, kappa −.023, AC1 .941.
    """
    table = counts((118, 5), (2, 0))
    assert rounded(exact(table)) == 0.944
    assert rounded(kappa(table)) == -0.023
    assert rounded(ac1(table, 2)) == 0.941


def test_the_first_paradox_of_kappa() -> None:
    """Feinstein and Cicchetti, Journal of Clinical Epidemiology 43 (1990): .85 exact twice, kappa .70 and .32."""
    balanced, lopsided = counts((40, 9), (6, 45)), counts((80, 10), (5, 5))
    assert rounded(exact(balanced), 2) == rounded(exact(lopsided), 2) == 0.85
    assert rounded(kappa(balanced), 2) == 0.70
    assert rounded(kappa(lopsided), 2) == 0.32


def test_krippendorffs_four_observers_with_gaps() -> None:
    """K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: nominal .743, ordinal .815.

    The twelfth unit has one value only: nothing in it can be compared, eleven are left.
    """
    assert rounded(nominal_alpha(KRIPPENDORFF_2011)) == 0.743
    assert rounded(ordinal_alpha(KRIPPENDORFF_2011)) == 0.815
    assert nominal_alpha(KRIPPENDORFF_2011).n == 11


def test_krippendorffs_two_observers() -> None:
    """The same paper, examples A (two values: .095) and B (five letters: .692)."""
    two = zip((0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0), strict=True)
    assert rounded(nominal_alpha(two)) == 0.095
    assert rounded(nominal_alpha(zip("aabbdcccedda", "babbbccceddd", strict=True))) == 0.692


def test_the_bands_are_those_of_landis_and_koch() -> None:
    """Landis and Koch, Biometrics 33 (1977), p. 165: each word up to and with its upper bound."""
    said = {value: Measure(value, 20).band for value in (-0.01, 0.0, 0.2, 0.21, 0.4, 0.6, 0.61, 0.8, 0.81, 1.0)}
    assert list(said.values()) == [
        "poor", "slight", "slight", "fair", "fair", "moderate", "substantial", "substantial", "almost perfect",
        "almost perfect",
    ]  # fmt: skip


# -- where there is nothing to say -----------------------------------------------------------------------------------


def test_fewer_than_twenty_pairs_are_too_few_to_say() -> None:
    """19 pairs get no word, 20 do, and an undefined figure never."""
    assert Measure(0.9, 19).word == "too few to say"
    assert Measure(0.9, 20).word == "almost perfect"
    assert Measure(None, 30).word == ""


def test_one_and_the_same_answer_throughout_has_no_kappa_and_no_alpha() -> None:
    """Chance alone would agree always; AC1, which knows how many answers there are, is 1."""
    table = crossed([2] * 25, [2] * 25)
    assert exact(table) == Measure(1.0, 25)
    assert [one(table).value for one in (kappa, linear_kappa, quadratic_kappa)] == [None] * 3
    assert ac1(table, 4) == Measure(1.0, 25)
    assert nominal_alpha([(2, 2)] * 25) == ordinal_alpha([(2, 2)] * 25) == Measure(None, 25)


def test_without_pairs_nothing_is_defined() -> None:
    """What only one of the two answered is no pair."""
    table = crossed([1, None, 2], [None, 1, None])
    measures = [
        exact(table),
        within_one(table),
        kappa(table),
        linear_kappa(table),
        quadratic_kappa(table),
        ac1(table, 4),
    ]
    assert measures == [Measure(None, 0)] * 6
    assert nominal_alpha([(1, None), (None, None), ()]) == ordinal_alpha([]) == Measure(None, 0)
    assert ac1(crossed(["only"], ["only"]), 1) == Measure(None, 1)


def test_within_one_takes_the_next_level_for_the_same() -> None:
    """1 and 2 count, 1 and 3 don't."""
    assert within_one(crossed([1, 2, 4, 1], [1, 1, 3, 3])) == Measure(0.75, 4)
    assert exact(crossed([1, 2, 4, 1], [1, 1, 3, 3])) == Measure(0.25, 4)


def test_what_nobody_saw_does_not_count_as_seen_alike() -> None:
    """Of ten intervals one saw it in three, the other in two of these: two thirds."""
    left, right = [True] * 3 + [False] * 7, [True] * 2 + [False] * 8
    assert jaccard(crossed(left, right)) == Measure(2 / 3, 3)
    assert jaccard(crossed([False], [False])) == Measure(None, 0)


def test_totals_are_compared_by_the_smaller_of_the_larger() -> None:
    """6 of 8 minutes are 75 %, in either order; of several the sums; nothing beside nothing is no pair."""
    assert smaller_of_larger([(6, 8)]) == smaller_of_larger([(8, 6)]) == Measure(0.75, 1)
    assert smaller_of_larger([(0, 5)]) == Measure(0.0, 1)
    assert smaller_of_larger([(6, 8), (2, 0), (0, 0)]) == Measure(0.6, 2)
    assert smaller_of_larger([(0, 0)]) == smaller_of_larger([]) == Measure(None, 0)


# -- events in time --------------------------------------------------------------------------------------------------


def at(*seconds: int) -> list[datetime]:
    """Moments, so many seconds after nine."""
    return [datetime(2023, 12, 6, 9, tzinfo=UTC) + timedelta(seconds=one) for one in seconds]


TEN = timedelta(seconds=10)


def test_events_are_matched_one_to_one_the_nearest_first() -> None:
    """12 goes with 10 though 2 would have been near enough; 40 and 90 are named as what only one noted."""
    found = matched(at(2, 10, 40), at(12, 90), TEN)
    assert found.pairs == ((at(10)[0], at(12)[0]),)
    assert found.only_left == (*at(2), *at(40))
    assert found.only_right == (*at(90),)
    assert found.share == Measure(1 / 4, 4)


def test_the_window_has_its_ends_in_it_and_nothing_beyond() -> None:
    """Ten seconds apart match in a window of ten; ten and a bit don't."""
    assert len(matched(at(0), at(10), TEN).pairs) == 1
    assert matched(at(0), at(11), TEN).pairs == ()
    assert matched(at(), at(), TEN).share == Measure(None, 0)


def spans(*pairs: tuple[int, int]) -> list[tuple[datetime, datetime]]:
    """Spans of time, from and to so many seconds after nine."""
    return [(at(a)[0], at(b)[0]) for a, b in pairs]


def test_equal_totals_at_other_times_are_not_at_once() -> None:
    """Ten seconds each, of which two are the same ones: 2 of 18, in either order."""
    ours, theirs = spans((0, 6), (20, 24)), spans((4, 14))
    assert at_once(ours, theirs) == at_once(theirs, ours) == (2, 18)
    assert at_once(ours, ours) == (10, 10)
    assert at_once(ours, []) == (0, 10)
    assert at_once([], []) == (0, 0)


MOMENTS = st.lists(st.integers(0, 120), max_size=25)


@given(MOMENTS, MOMENTS)
def test_matching_loses_no_event_and_does_not_ask_who_is_first(left: list[int], right: list[int]) -> None:
    """Every event is in one place; the other way round gives the mirrored answer; no pair that could be made is left."""
    one, other = matched(at(*left), at(*right), TEN), matched(at(*right), at(*left), TEN)
    assert sorted([pair[0] for pair in one.pairs] + list(one.only_left)) == sorted(at(*left))
    assert sorted([pair[1] for pair in one.pairs] + list(one.only_right)) == sorted(at(*right))
    assert one.share == other.share
    assert one.only_left == other.only_right
    assert all(abs(a - b) > TEN for a in one.only_left for b in one.only_right)


# -- what holds for any answers --------------------------------------------------------------------------------------

LEVELS = st.integers(1, 4)
PAIRS = st.lists(st.tuples(LEVELS, LEVELS), min_size=1, max_size=60)
OF_PAIRS: list[Callable[[Table[int]], Measure]] = [
    exact, within_one, kappa, linear_kappa, quadratic_kappa, lambda table: ac1(table, 4)
]  # fmt: skip
GRID = st.lists(st.lists(st.none() | LEVELS, min_size=4, max_size=4), min_size=1, max_size=25)


@given(PAIRS)
def test_measures_of_two_are_symmetric_bounded_and_ask_for_no_order(pairs: list[tuple[int, int]]) -> None:
    """To the last digit: who is first and which item comes first makes no difference."""
    left, right = zip(*pairs, strict=True)
    backwards = list(reversed(pairs))
    for measure in OF_PAIRS:
        found = measure(crossed(left, right))
        assert found == measure(crossed(right, left))
        assert found == measure(crossed(*zip(*backwards, strict=True)))
        assert found.n == len(pairs)
        assert found.value is None or -1 <= found.value <= 1


@given(st.lists(LEVELS, min_size=2, max_size=60))
def test_whoever_says_the_same_agrees_fully(answers: list[int]) -> None:
    """1 throughout, where the measure is defined at all."""
    assume(len(set(answers)) > 1)
    assert [measure(crossed(answers, answers)).value for measure in OF_PAIRS] == [1.0] * 6
    assert nominal_alpha(zip(answers, answers, strict=True)).value == 1
    assert ordinal_alpha(zip(answers, answers, answers, strict=True)).value == 1


@given(PAIRS, st.permutations([1, 2, 3, 4]))
def test_names_of_answers_make_no_difference_where_they_have_no_order(
    pairs: list[tuple[int, int]], names: list[int]
) -> None:
    """Exact share, kappa, AC1 and nominal alpha; turned upside down the others stay, too."""
    renamed = [tuple(names[one - 1] for one in pair) for pair in pairs]
    before, after = (crossed(*zip(*some, strict=True)) for some in (pairs, renamed))
    assert (exact(before), kappa(before), ac1(before, 4)) == (exact(after), kappa(after), ac1(after, 4))
    assert nominal_alpha(pairs) == nominal_alpha(renamed)
    turned = [(5 - a, 5 - b) for a, b in pairs]
    upside_down = crossed(*zip(*turned, strict=True))
    assert linear_kappa(before) == linear_kappa(upside_down)
    assert quadratic_kappa(before) == quadratic_kappa(upside_down)
    assert ordinal_alpha(pairs) == ordinal_alpha(turned)


@given(GRID, st.permutations(range(4)))
def test_alpha_asks_neither_for_the_order_of_items_nor_for_that_of_observers(
    grid: list[list[int | None]], order: list[int]
) -> None:
    """To the last digit, and never above 1; levels may have any numbers as long as their order stays."""
    mixed = [[item[place] for place in order] for item in reversed(grid)]
    wider = [[one and one * one for one in item] for item in grid]
    for measure in (nominal_alpha, ordinal_alpha):
        found = measure(grid)
        assert found == measure(mixed) == measure(wider)
        assert found.value is None or found.value <= 1


@given(PAIRS)
def test_kappa_is_the_same_by_its_plain_definition(pairs: list[tuple[int, int]]) -> None:
    """Observed less expected agreement over 1 less expected, worked out with shares."""
    left, right = zip(*pairs, strict=True)
    n = len(pairs)
    observed = sum(a == b for a, b in pairs) / n
    expected = sum(left.count(level) / n * right.count(level) / n for level in range(1, 5))
    found = kappa(crossed(left, right)).value
    assert found is None or found == pytest.approx((observed - expected) / (1 - expected))
