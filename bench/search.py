"""Name search over 50,000 people: as you type, and with one slip of the finger."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from bench.figures import Figure, percentile
from bench.workspace import add_people, surroundings
from plfacilitate.core.text import fold
from plfacilitate.store.search import find_people

COUNT = 50_000
QUERIES = 300


def figures() -> list[Figure]:
    """Prefix search against LIKE, typo search against rapidfuzz over everybody."""
    from rapidfuzz import fuzz, process

    with surroundings() as around:
        ledger = around.open_ledger()
        add_people(ledger, around, COUNT)
        db = ledger.connection
        rows = db.execute("SELECT id, last_name, first_name FROM person_now").fetchall()
        db.execute("CREATE TEMP TABLE plain AS SELECT id, last_name || ' ' || first_name AS name FROM person_now")
        names = [(key, fold(f"{last} {first}")) for key, last, first in rows]
        chance = random.Random(3)
        typed = [_typed(chance, chance.choice(names)[1]) for _ in range(QUERIES)]
        prefix = _p95(lambda text: find_people(db, text), typed)
        like = _p95(
            lambda text: db.execute("SELECT id FROM plain WHERE name LIKE ? LIMIT 20", (f"%{text}%",)).fetchall(), typed
        )
        slips = [(key, _slip(chance, name)) for key, name in chance.sample(names, 120)]
        choices = dict(names)
        near = _p95(lambda text: find_people(db, text), [text for _, text in slips])
        whole = _p95(
            lambda text: process.extract(text, choices, scorer=fuzz.WRatio, limit=20), [text for _, text in slips[:25]]
        )
        found = statistics.mean(key in {one.id for one in find_people(db, text)} for key, text in slips)
        ledger.close()
    return [
        Figure(
            "search", f"name search, {COUNT:,} people, p95 ÷ LIKE '%q%'", prefix / like, most=0.6, detail=_ms(prefix, like)
        ),
        Figure(
            "search", "one typo in a full name, p95 ÷ rapidfuzz WRatio over all", near / whole, most=0.15,
            detail=_ms(near, whole),
        ),
        Figure("search", "one typo in a full name: the person is among the first 20", found * 100, "%", least=99),
    ]  # fmt: skip


def _typed(chance: random.Random, name: str) -> str:
    words = name.split()
    word = chance.choice(words)[: chance.randint(3, 6)]
    return word if chance.random() < 0.6 or len(words) < 2 else f"{words[0][:4]} {words[-1][:2]}"


def _slip(chance: random.Random, name: str) -> str:
    """One letter left out, doubled, swapped or wrong; never the blank between the words."""
    spots = [at for at, letter in enumerate(name) if letter != " "]
    at = chance.choice(spots)
    kind = chance.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + name[at] + name[at:]
    if kind == 2 and at + 1 < len(name) and name[at + 1] != " ":
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + chance.choice("aeioubcdfg") + name[at + 1 :]


def _p95(ask: Callable[[str], object], texts: list[str]) -> float:
    ask(texts[0])
    times = []
    for text in texts:
        started = time.perf_counter()
        ask(text)
        times.append(time.perf_counter() - started)
    return percentile(times, 95)


def _ms(*values: float) -> str:
    return " / ".join(f"{value * 1000:.2f}" for value in values) + " ms"
