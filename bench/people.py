"""A region's people, made up: names as they are distributed in life, few very common, many rare."""

from __future__ import annotations

import random
from collections.abc import Iterator

FIRST = [
    "Maria",
    "José",
    "Lan",
    "Wei",
    "Dana",
    "Patricia",
    "Jennifer",
    "Michael",
    "David",
    "Linda",
    "Ana",
    "Åsa",
    "Björn",
    "Nguyệt",
    "Thảo",
    "Hodan",
    "Fatima",
    "Jamal",
    "Keiko",
    "Hiroshi",
    "Olga",
    "Dmitri",
    "Priya",
    "Ravi",
    "Siobhán",
    "Niamh",
    "Chloe",
    "Zoë",
    "Luis",
    "Carlos",
    "Guadalupe",
    "Xiomara",
    "Tyrone",
    "Latoya",
    "Kwame",
    "Aisha",
]
LAST = [
    "Garcia",
    "Nguyễn",
    "Smith",
    "Johnson",
    "Núñez",
    "O'Leary",
    "García-López",
    "van",
    "der",
    "Berg",
    "Kim",
    "Park",
    "Lee",
    "Brown",
    "Williams",
    "Patel",
    "Singh",
    "Tran",
    "Hernández",
    "Martínez",
    "Müller",
    "Petrenko",
    "Kowalski",
    "Quiñones",
    "D'Angelo",
    "St.",
    "Clair",
    "Abdi",
    "Mohamed",
    "Yamamoto",
    "Tanaka",
    "Fitzgerald",
]
STEMS = [
    "ber",
    "lan",
    "mar",
    "kov",
    "ten",
    "wil",
    "har",
    "gan",
    "sor",
    "vel",
    "din",
    "mak",
    "ros",
    "tor",
    "bel",
    "cam",
    "der",
    "fin",
    "gol",
    "hol",
    "jen",
    "kal",
    "lom",
    "nor",
    "pel",
]
ENDS = ("son", "sen", "ez", "ski", "man", "ton", "ley", "ova", "er", "ing", "ford", "berg")


def people(count: int, seed: int = 7) -> Iterator[dict[str, str]]:
    """Fields of `count` people, the same in every run."""
    chance = random.Random(seed)
    for number in range(count):
        common = chance.random() < 0.25
        last = chance.choice(LAST) if common else "".join(chance.choices(STEMS, k=2)).title() + chance.choice(ENDS)
        yield {
            "last_name": last,
            "first_name": chance.choice(FIRST)
            if chance.random() < 0.6
            else "".join(chance.choices(STEMS, k=2)).title(),
            "email": f"p{number}@district{number % 30}.example.org",
            "school": f"School {number % 400}",
            "district": f"District {number % 30}",
        }
