"""How far observers agree, all pairs of ten, against scikit-learn's kappa over the same pairs."""

from __future__ import annotations

from itertools import combinations
from random import Random

from bench.figures import Figure, ms, paired
from plfacilitate.core.debrief.agreement import (
    ac1,
    crossed,
    exact,
    kappa,
    linear_kappa,
    nominal_alpha,
    ordinal_alpha,
    quadratic_kappa,
    within_one,
)

ITEMS = 200
OBSERVERS = 10
LEVELS = 4


def figures() -> list[Figure]:
    """200 items × 10 observers, 45 pairs: kappa alone, and everything that a debrief shows."""
    size = f"{ITEMS} items × {OBSERVERS} observers"
    titles = f"kappa, {size}, all pairs ÷ scikit-learn's", f"all eight measures, {size} ÷ scikit-learn's kappa"
    try:
        from sklearn.metrics import cohen_kappa_score
    except ImportError:
        missing = "not measured: scikit-learn is missing; pip install -e '.[bench]'"
        return [Figure("agreement", title, None, most=1, detail=missing) for title in titles]
    said = _answers()

    def one() -> list[float]:
        return [kappa(crossed(a, b)).value or 0.0 for a, b in combinations(said, 2)]

    def everything() -> int:
        found = 0
        for a, b in combinations(said, 2):
            table = crossed(a, b)
            measures = exact(table), within_one(table), kappa(table), linear_kappa(table), quadratic_kappa(table)
            found += len((*measures, ac1(table, LEVELS)))
        items = list(zip(*said, strict=True))
        return found + len((nominal_alpha(items), ordinal_alpha(items)))

    def theirs() -> list[float]:
        return [float(cohen_kappa_score(a, b)) for a, b in combinations(said, 2)]

    assert max(abs(a - b) for a, b in zip(one(), theirs(), strict=True)) < 1e-9
    found = []
    for title, ours in zip(titles, (one, everything), strict=True):
        ratio, mine, plain = paired(ours, theirs)
        found.append(Figure("agreement", title, ratio, most=1, detail=ms(mine, plain)))
    return found


def _answers() -> list[list[int]]:
    """Observers who agree on seven items of ten."""
    chance = Random(4)
    true = [chance.randint(1, LEVELS) for _ in range(ITEMS)]
    return [[level if chance.random() < 0.7 else chance.randint(1, LEVELS) for level in true] for _ in range(OBSERVERS)]
