"""Badges on label sheets: every code is read by a real decoder, names are names, nothing lies beside its label."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pypdf
import pytest
import zxingcpp
from PIL import Image, ImageChops

from plfacilitate.core.badges import badge_number, spaced
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.badges import LABELS, Labels, badges, labels_named

AT = datetime(2023, 12, 6, 16, tzinfo=UTC)
TITLE = "Puget Sound Personalized Learning Institute"
NAMES = (
    ("O'Leary", "Maureen", "Campbell Hill Elementary"), ("Núñez", "José", "Dimmitt Middle School"),
    ("Nguyễn", "Thị Lan Hương", "Lakeridge"), ("Sukarno", "", ""), ("[red]#let x = 1", "=1+1", "*bold* $x$"),
    ("van der Berg-" + "Wolfeschlegelstein" * 4, "Maximiliana " * 5, "A school with a long name " * 4),
)  # fmt: skip
SIDES = {"us-letter": (21590, 27940), "a4": (21000, 29700)}


def crowd(count: int) -> list[Person]:
    """So many people, with numbers."""
    made = []
    for number in range(count):
        last, first, school = NAMES[number % len(NAMES)]
        made.append(Person(f"p{number}", last, first, school=school, badge=badge_number(f"p{number}")))
    return made


@pytest.mark.parametrize("name", sorted(LABELS))
def test_every_code_of_a_sheet_is_read(name: str) -> None:
    """As a page printed at no more than 144 dots an inch."""
    people = crowd(LABELS[name].places)
    page = Image.open(io.BytesIO(badges(people, LABELS[name], TITLE, AT, kind="png")))
    assert {found.text for found in zxingcpp.read_barcodes(page)} == {person.badge for person in people}


@pytest.mark.parametrize("name", sorted(LABELS))
def test_nothing_is_printed_beside_a_label(name: str) -> None:
    """Long names are cut or made smaller, never printed on the next label or off the sheet."""
    labels = LABELS[name]
    page = Image.open(io.BytesIO(badges(crowd(labels.places), labels, TITLE, AT, kind="png"))).convert("L")
    dots = page.width / SIDES[labels.paper][0]
    empty = page.copy()
    for place in range(labels.places):
        empty.paste(255, _box(labels, place, dots))
    assert ImageChops.invert(empty).getbbox() is None
    for place in range(labels.places):
        assert ImageChops.invert(page.crop(_box(labels, place, dots))).getbbox() is not None


def _box(labels: Labels, place: int, dots: float) -> tuple[int, int, int, int]:
    """A label on the picture, with a dot around it for the rounding."""
    x = labels.left + place % labels.across * labels.pitch_x
    y = labels.top + place // labels.across * labels.pitch_y
    return (
        int(x * dots) - 1, int(y * dots) - 1, int((x + labels.width) * dots) + 2, int((y + labels.height) * dots) + 2
    )  # fmt: skip


@pytest.mark.parametrize("name", sorted(LABELS))
def test_the_labels_lie_on_the_sheet_and_not_on_each_other(name: str) -> None:
    """The measures of a sheet fit its paper, and are the same from both edges."""
    labels = LABELS[name]
    width, height = SIDES[labels.paper]
    right = width - labels.left - (labels.across - 1) * labels.pitch_x - labels.width
    bottom = height - labels.top - (labels.down - 1) * labels.pitch_y - labels.height
    assert abs(right - labels.left) <= 20  # a fifth of a millimetre
    assert abs(bottom - labels.top) <= 20
    assert labels.pitch_x >= labels.width
    assert labels.pitch_y >= labels.height


def test_labels_that_are_used_already_stay_empty() -> None:
    """A half-used sheet goes into the printer again."""
    labels = LABELS["avery-5160"]
    people = crowd(25)
    file = pypdf.PdfReader(io.BytesIO(badges(people, labels, TITLE, AT, skip=10)))
    assert len(file.pages) == 2
    assert spaced(people[0].badge) in file.pages[0].extract_text()
    assert spaced(people[19].badge) in file.pages[0].extract_text()
    assert spaced(people[20].badge) in file.pages[1].extract_text()


def test_a_badge_says_who_it_is_in_plain_letters() -> None:
    """Markup in a name is a name."""
    text = " ".join(
        pypdf.PdfReader(io.BytesIO(badges(crowd(6), LABELS["avery-5395"], TITLE, AT))).pages[0].extract_text().split()
    )
    for words in ("Maureen", "O'Leary", "Núñez", "[red]#let x = 1", "=1+1", "*bold* $x$", TITLE):
        assert words in text


def test_the_same_people_give_the_same_bytes() -> None:
    """Printing again after a paper jam gives the same sheet."""
    assert badges(crowd(3), LABELS["avery-5395"], TITLE, AT) == badges(crowd(3), LABELS["avery-5395"], TITLE, AT)


def test_a_sheet_that_nobody_knows_is_named_with_those_that_are() -> None:
    """One sentence instead of labels in the wrong places."""
    with pytest.raises(
        Refused, match=r"avery-9999 is no label sheet known here: avery-5395 \(name badges, 8 a sheet\)"
    ):
        labels_named("avery-9999")
    assert labels_named(" Avery-5160 ") is LABELS["avery-5160"]
