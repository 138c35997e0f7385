"""A USB scanner at the desk: in any screen, in the middle of any word."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.widgets import Input, TextArea

from plfacilitate.front.desk.screens.fullqr import FullQr
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day, busy_day
from tests.front.desk.test_room import entries, row

DIAZ = "301188224476"


@pytest.fixture
def badged(busy: Day) -> Day:
    """Diaz, who is expected, has a badge; so has Brown, who is in."""
    busy.badge("Diaz", DIAZ)
    busy.badge("Brown", "4711")
    return busy


def beeps(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every beep from now on."""
    heard: list[str] = []
    monkeypatch.setattr(seat.app, "bell", lambda: heard.append("beep"))
    return heard


@pytest.mark.parametrize("keys, sees", [((), "In the room"), (("escape",), "Today"), (("c",), "Close the day"),
                                        (("enter",), "Presence"), (("f",), "Search"), (("q",), "Scan to sign in")])  # fmt: skip
async def test_a_scan_signs_in_on_every_screen(badged: Day, keys: tuple[str, ...], sees: str) -> None:
    """One scan, and the person is in by badge; the screen stays the one it was."""
    async with seat_of(badged) as seat:
        await seat.type(*keys)
        await seat.sees(sees)
        screen = seat.app.screen
        await seat.scan(DIAZ)
        await seat.until(lambda: row(seat, "Diaz").present)
        assert seat.app.screen is screen
        await seat.sees("In at 10:42" if isinstance(screen, FullQr) else "● Diaz, Rosa in at 10:42 · u undoes")
        assert row(seat, "Diaz").means == "badge"
    (entry,) = [
        one for one in badged.ledger.entries(event=badged.event, kinds=("sign-in",)) if one.at == badged.clock()
    ]
    assert entry.means == "badge"


async def test_no_name_is_on_the_wall(badged: Day) -> None:
    """The projector says that somebody is in, not who."""
    async with seat_of(badged) as seat:
        await seat.type("q")
        await seat.scan(DIAZ)
        await seat.sees("● In at 10:42.")
        assert "Diaz" not in seat.text()
        assert isinstance(seat.app.screen, FullQr)


async def test_digits_that_landed_in_a_note_are_taken_out_again(badged: Day) -> None:
    """A scan in the middle of a word: the text, its selection and the dialog stay as they were."""
    async with seat_of(badged) as seat:
        await seat.type("n", "pacing guides", "left", "left")
        area = seat.app.screen.query_one(TextArea)
        before = area.selection
        await seat.scan(DIAZ)
        await seat.until(lambda: row(seat, "Diaz").present)
        await seat.until(lambda: area.text == "pacing guides")
        assert area.selection == before
        await seat.sees("Diaz, Rosa in at 10:42")
        await seat.type("e", "enter")
        await seat.told("Note kept")
    (note,) = badged.ledger.entries(event=badged.event, kinds=("note",))
    assert note.body["text"] == "pacing guidees"


async def test_a_selected_text_that_a_scan_typed_over_is_there_again(badged: Day) -> None:
    """The field of a time is selected when it is opened: the first digit would have replaced it."""
    async with seat_of(badged) as seat:
        await seat.type("slash", "brown", "enter", "enter")
        await seat.sees("Times")
        await seat.type("c")
        field = seat.app.screen.query_one("#f-time", Input)
        await seat.until(lambda: field.has_focus)
        value, selection = field.value, field.selection
        await seat.scan(DIAZ)
        await seat.until(lambda: row(seat, "Diaz").present)
        await seat.until(lambda: (field.value, field.selection) == (value, selection))


async def test_a_filter_and_a_question_stay_as_they_were(badged: Day) -> None:
    """Neither the filter nor the y/n of leaving takes the digits or the Enter."""
    async with seat_of(badged) as seat:
        await seat.type("slash", "dim")
        await seat.scan(DIAZ)
        await seat.until(lambda: row(seat, "Diaz").present)
        await seat.until(lambda: seat.app.screen.query_one("#filter", Input).value == "dim")
        await seat.type("escape", "Q")
        await seat.sees("Leave the desk?")
        await seat.scan("4711")
        await seat.sees("Brown, Dana is in already")
        assert seat.app.screen.is_modal


async def test_each_answer_has_its_own_beeps(badged: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """One for new, two for already, three for nobody's."""
    async with seat_of(badged) as seat:
        heard = beeps(seat, monkeypatch)
        for number, words, count in ((DIAZ, "Rosa in at", 1), (DIAZ, "in already", 3), ("999999", "is nobody's", 6)):
            await seat.scan(number)
            await seat.sees(words)
            await seat.until(lambda: len(heard) == count)  # noqa: B023 (waited for before the next round)


async def test_scans_sign_out_near_the_end_and_say_so(badged: Day) -> None:
    """A quarter of an hour before the end the side of the scan turns by itself."""
    badged.at("15:31")
    async with seat_of(badged) as seat:
        await seat.sees("scan signs out")
        await seat.scan("4711")
        await seat.sees("✓ Brown, Dana out at 15:31 · u undoes")
        await seat.scan("4711")
        await seat.sees("is out already, since 15:31")
        await seat.type("u")
        await seat.until(lambda: row(seat, "Brown").present)
    assert len(entries(badged, "sign-out")) == 2


async def test_the_side_of_the_scan_can_be_turned_by_hand(badged: Day) -> None:
    """`S`: out from now on; once more: by the agenda again."""
    async with seat_of(badged) as seat:
        assert "scan signs" not in seat.text()
        await seat.type("S")
        await seat.sees("scan signs out")
        await seat.scan("4711")
        await seat.until(lambda: not row(seat, "Brown").present)
        await seat.type("S")
        await seat.until(lambda: "scan signs out" not in seat.text())


async def test_a_badge_read_twice_is_one_sign_in(badged: Day) -> None:
    """Also while scans sign out: nobody is gone who has just come."""
    async with seat_of(badged) as seat:
        await seat.type("S")
        await seat.scan(DIAZ)
        await seat.sees("Diaz, Rosa in at")
        await seat.scan(DIAZ)
        await seat.sees("is in already")
    person = badged.person("Diaz").id
    assert entries(badged, "sign-in").count(person) == 1
    assert person not in entries(badged, "sign-out")


async def test_an_unknown_badge_is_given_to_somebody_by_enter(badged: Day) -> None:
    """Enter, three letters, Enter: the badge is theirs, they are in, and one `u` takes both back."""
    async with seat_of(badged) as seat:
        await seat.scan("88888888")
        await seat.sees("Badge 8888 8888 is nobody's · Enter finds them")
        await seat.type("enter")
        await seat.sees("Whose is badge 8888 8888?")
        await seat.type("yam", "enter")
        await seat.told("Yamamoto, Yuki has badge 8888 8888, in at 10:42")
        await seat.until(lambda: row(seat, "Yamamoto").present)
        assert badged.person("Yamamoto").badge == "88888888"
        await seat.type("u")
        await seat.until(lambda: not row(seat, "Yamamoto").came)


async def test_an_unknown_badge_can_be_a_walk_in_s(badged: Day) -> None:
    """Nobody of that name: the walk-in has the badge, and the next scan knows them."""
    async with seat_of(badged) as seat:
        await seat.scan("88888888")
        await seat.sees("is nobody's")
        await seat.type("enter", "zora neale", "enter")
        await seat.sees("Walk-in")
        await seat.type("f2")
        await seat.told("zora neale walked in at 10:42")
        badged.clock.forward(minutes=1)
        await seat.scan("88888888")
        await seat.sees("neale, zora is in already")


async def test_an_unknown_badge_in_the_middle_of_a_word_waits(badged: Day) -> None:
    """Enter still belongs to the note; the badge is found out afterwards with `b`."""
    async with seat_of(badged) as seat:
        await seat.type("n", "half")
        await seat.scan("88888888")
        await seat.sees("is nobody's · b, when this is done")
        await seat.type("enter")
        await seat.told("Note kept")
        await seat.type("b")
        await seat.sees("Whose is badge 8888 8888?")


async def test_an_enter_long_after_an_unknown_badge_is_any_enter(badged: Day) -> None:
    """Another key in between: Enter opens the person again."""
    async with seat_of(badged) as seat:
        await seat.scan("88888888")
        await seat.sees("is nobody's")
        await seat.type("down", "enter")
        await seat.sees("Presence")


async def test_a_scan_before_the_doors_are_open_says_what_to_do(empty: Day) -> None:
    """Nothing is written, and the sentence says why."""
    empty.people()
    empty.schedule()
    async with seat_of(empty) as seat:
        await seat.scan("4711")
        await seat.sees("no event is open. Open the doors (d)")


async def test_a_scan_on_today_counts_for_the_event_that_is_open(badged: Day) -> None:
    """The cursor may stand on another day's event."""
    today = badged.event
    badged.schedule("s4", badged.clock().date().replace(day=13))
    async with seat_of(badged, event=False, door=False) as seat:
        await seat.sees("Next")
        await seat.type("end")
        await seat.scan(DIAZ)
        await seat.sees("Diaz, Rosa in at 10:42")
    assert [one.person for one in badged.ledger.entries(event=today, kinds=("sign-in",))][-1] == badged.person(
        "Diaz"
    ).id


SCREENS = ((), ("c",), ("enter",), ("f",), ("q",), ("n",), ("slash",), ("question_mark",), ("ctrl+p",), ("h",), ("Q",))


@settings(max_examples=3, suppress_health_check=list(HealthCheck))
@given(numbers=st.lists(st.text("0123456789", min_size=4, max_size=32), min_size=len(SCREENS), max_size=len(SCREENS)))
async def test_the_digits_of_a_badge_never_fire_a_command(
    numbers: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any number, on any screen, in any dialog or field: no command is done, no dialog answers, no letter is written."""
    day: Day = busy_day(tmp_path_factory.mktemp("scans"))
    before = day.ledger.head_seq()
    async with seat_of(day) as seat:
        for keys, number in zip(SCREENS, numbers, strict=True):
            await seat.type(*keys)
            await seat.pilot.pause()
            screen, done = seat.app.screen, list[str]()
            give = seat.app.give

            async def noted(order: str, *what: object) -> None:
                done.append(order)  # noqa: B023 (read in the same round)
                await give(order, *what)  # noqa: B023

            seat.app.give = noted  # type: ignore[method-assign] # the real one is put back
            await seat.scan(number)
            await seat.pilot.pause()
            seat.app.give = give  # type: ignore[method-assign] # as it was
            assert set(done) <= {"scanning:scanned", "scanning:answered"}, keys
            assert seat.app.screen is screen, keys
            fields = [field.value for field in screen.query(Input)]
            await seat.until(lambda: not any(field.value for field in screen.query(Input)), f"{keys} {fields}")  # noqa: B023
            if keys:
                await seat.type("escape")
        assert day.ledger.head_seq() == before


def test_the_desk_package_has_no_digit_binding() -> None:
    """No Binding anywhere in the desk names a digit."""
    folder = Path(__file__).parents[3] / "plfacilitate" / "front" / "desk"
    for file in folder.rglob("*.py"):
        for line in file.read_text("utf-8").splitlines():
            if "Binding(" in line:
                names = line.split('Binding("')[-1].split('"')[0].split(",")
                assert not [name for name in names if name.isdigit()], file
