"""The problem bank at the desk: due on Today, followed up, filed, narrowed, brought back, printed, by real keys."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from plfacilitate.core.problems import values
from plfacilitate.core.problems.bank import Bank
from plfacilitate.front.desk.lists.bank_lines import GROUPS, bank_lines
from plfacilitate.front.desk.lists.narrowed import STATES, Narrowed, Narrowing
from plfacilitate.front.desk.orders.duedays import told
from plfacilitate.front.desk.painting.pictures import DayPicture
from plfacilitate.front.desk.screens.bank import NONE_FITS, NOTHING, BankScreen
from plfacilitate.front.desk.screens.popup import PopupScreen
from plfacilitate.front.desk.screens.today import PROMISES_SHOWN, day_lines
from plfacilitate.front.desk.threads import following_bank
from plfacilitate.front.desk.threads.following_bank import BankFollowed
from plfacilitate.steps import popup as popups
from plfacilitate.steps.cohort_goals import Wording, set_goal
from plfacilitate.steps.cohort_reading import read_cohorts
from plfacilitate.steps.cohorts import Writing
from tests.front.desk.banking import bank_day, brings, first, heard, later, now
from tests.front.desk.cohorts import cohort_on, school_of
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import DAY, Day, busy_day


@pytest.fixture
def banked(tmp_path: Path) -> Day:
    """Three problems of a POP-up four weeks ago: one promise overdue, one due, one problem without any."""
    return bank_day(tmp_path)


async def opened(seat: Seat) -> BankScreen:
    """The bank is there, with what stands in it."""
    await seat.type("B")
    await seat.sees("any state")
    await seat.until(lambda: seat.app.bank is not None and seat.app.banked is not None)
    assert isinstance(seat.app.screen, BankScreen)
    return seat.app.screen


# -- Today -----------------------------------------------------------------------------------------------------------


async def test_today_says_what_is_due_and_enter_opens_the_bank_at_it(banked: Day) -> None:
    """How many, who, what, how far off; the cursor goes there as to an event."""
    async with seat_of(banked, event=False, size=(80, 24)) as seat:
        await seat.sees("Promised at POP-ups · 1 overdue · 1 due")
        await seat.sees("Ana Ruiz: pairs write before anybody speaks")
        assert "2 days ago" in seat.text()
        await seat.type("end", "enter")
        await seat.until(lambda: isinstance(seat.app.screen, BankScreen) and seat.app.banked is not None)
        assert seat.app.banked is not None
        assert seat.app.banked.problem.owner == "Bo Lind"
        await seat.type("escape")
        await seat.sees("To do")
        heard(banked, "Ana Ruiz", "yes", "keep", "20 of 28 spoke")
        await seat.sees("Promised at POP-ups · 1 due")


def test_where_nothing_is_due_today_says_nothing_of_it(banked: Day) -> None:
    """No heading, no blank line; nor while the bank is not read yet."""
    day = DayPicture(DAY)
    quiet = now(banked)._replace(rows=())
    assert [day_lines(day, banked.clock(), bank) for bank in (None, quiet, Bank(DAY))] == [[], [], []]


def test_of_many_promises_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    """Today stays short however much was promised."""
    day = busy_day(tmp_path)
    for number in range(PROMISES_SHOWN + 4):
        brings(day, f"P{number}", "x", promised=f"try {number}", due=f"2023-12-0{number + 1}")
    lines = day_lines(DayPicture(DAY), day.clock(), now(day))
    assert [line.text for line in lines] == [
        "Promised at POP-ups · 5 overdue · 2 due",
        *(f"P{n}: try {n}" for n in range(3)),
    ]
    assert "".join(part.text for part in lines[0].beside) == " B shows 4 more "


# -- following up ----------------------------------------------------------------------------------------------------


async def test_a_promise_is_followed_up_in_one_form(banked: Day) -> None:
    """Tried, what happened, keep, change or drop; what was typed survives Esc; one undo."""
    async with seat_of(banked, event=False, size=(80, 24)) as seat:
        await opened(seat)
        await seat.sees("●●● 3 Write first, then talk")
        await seat.type("enter", "p", "tab", "20 of 28 spoke", "escape", "enter")
        await seat.sees("20 of 28 spoke")
        await seat.type("tab", "tab", "x", "f2")
        await seat.sees("Keep, change or drop?")
        await seat.type("backspace", "c", "tab", "in two weeks")
        await seat.sees("Wed 20 Dec, in 14 days")
        await seat.type("f2")
        await seat.told("Followed up: changed")
        await seat.sees("tried in part: 20 of 28 spoke")
        row = first(banked, "Ana Ruiz")
        (said,) = row.problem.promises[0].followed
        assert (said.tried, said.then, said.happened, said.due, said.day) == (
            "partly", "change", "20 of 28 spoke", "2023-12-20", DAY,
        )  # fmt: skip
        assert row.state == "promised"
        await seat.type("u")
        await seat.told("Taken back")
        await seat.until(lambda: first(banked, "Ana Ruiz").state == "overdue")


async def test_where_nothing_was_promised_enter_says_what_to_do(banked: Day) -> None:
    """There is nothing to follow up, and the way back to a POP-up is named."""
    async with seat_of(banked, event=False) as seat:
        await opened(seat)
        await seat.type("end", "enter")
        await seat.told("Nothing was promised for this problem: r brings it back to a POP-up.")
        assert isinstance(seat.app.screen, BankScreen)


async def test_a_follow_up_that_was_left_waits_everywhere_and_N_goes_on_with_it(banked: Day) -> None:
    """Seen on Today as a pencil; `N` opens the bank at that problem, and the form."""
    async with seat_of(banked, event=False) as seat:
        await opened(seat)
        await seat.type("down", "enter", "y", "tab", "two wrote back", "escape", "escape")
        await seat.sees("✎ 1")
        await seat.type("N")
        await seat.sees("two wrote back")
        await seat.type("f2")
        await seat.told("Followed up")
        assert seat.app.waiting_drafts == []
    assert [one.happened for one in first(banked, "Bo Lind").problem.promises[0].followed] == ["two wrote back"]


async def test_a_key_right_behind_an_arrow_means_the_new_line(banked: Day) -> None:
    """Down and Enter in one go, as a fast typist gives them: the second problem's promise is asked after."""
    from textual import events as keys

    async with seat_of(banked, event=False) as seat:
        await opened(seat)
        for key in ("down", "enter"):
            seat.app.post_message(keys.Key(key, None))
        await seat.sees("What became of it?")
        await seat.sees("│ ask five families")


async def test_a_day_to_come_is_refused_and_the_text_is_kept(banked: Day) -> None:
    """Nobody heard of it tomorrow."""
    async with seat_of(banked, event=False) as seat:
        await opened(seat)
        await seat.type("enter", "y", *["tab"] * 5, *["backspace"] * 10, "2023-12-24", "f2")
        await seat.told("is still to come")
        await seat.type("enter")
        await seat.sees("2023-12-24")
    assert first(banked, "Ana Ruiz").problem.promises[0].followed == ()


# -- where it stands -------------------------------------------------------------------------------------------------


async def test_a_problem_is_filed_helped_and_found_again(banked: Day) -> None:
    """`e` and `h`, then `t`, `s`, `a`, `o` and `/` narrow the list, and Esc shows all again."""
    async with seat_of(banked, event=False) as seat:
        screen = await opened(seat)

        def shown() -> list[str]:
            return [line.owner for line in screen.problems.items if line.kind == "problem"]

        await seat.type("t")
        await seat.told("No problem has a theme yet")
        await seat.type("e", "Voice", "tab", "paths", "f2")
        await seat.told("The problem is filed so")
        await seat.type("h", "Wait time", "tab", "shelf 2", "enter")
        await seat.told("That helps: Wait time")
        await seat.sees("Wait time · shelf 2")
        await seat.until(lambda: "Voice" in (seat.app.bank or Bank(DAY)).themes())
        for keys, fits in (
            (["t"], ["Ana Ruiz"]), (["t"], ["Ana Ruiz", "Bo Lind", "Siobhán O'Leary"]), (["a"], ["Ana Ruiz"]),
            (["escape", "o"], ["Ana Ruiz", "Bo Lind"]), (["escape", "s"], ["Siobhán O'Leary"]),
        ):  # fmt: skip
            await seat.type(*keys)
            await seat.until(lambda fits=fits: shown() == fits, f"{fits} after {keys}, not {shown()}")  # type: ignore[misc]
        await seat.type("escape", "/", "siobhan question", "enter")
        await seat.until(lambda: shown() == ["Siobhán O'Leary"])
        await seat.type("escape", "/", "nobody of this name", "enter")
        await seat.sees(NONE_FITS)
        await seat.type("escape")
        await seat.until(lambda: len(shown()) == 3)
        await seat.type("escape")
        await seat.until(lambda: not isinstance(seat.app.screen, BankScreen))
    assert first(banked, "Ana Ruiz").problem.attribute == "personal-learning-paths"


async def test_a_promise_points_at_a_goal(banked: Day, tmp_path: Path) -> None:
    """`p` offers the goals of all action plans, those of its own school first."""
    cohort_on(banked, tmp_path)
    for school in ("Dimmitt", "Lakeridge"):
        reader = read_cohorts(banked.ledger)
        on = Writing(banked.hand(), reader.find("pscpl-1"), reader.around(DAY), DAY)
        banked.ledger.append_one(set_goal(on, school, Wording(f"Students of {school} speak")))
    async with seat_of(banked, event=False) as seat:
        await opened(seat)
        await seat.type("p")
        await seat.sees("Students of Dimmitt speak")
        await seat.type("enter")
        await seat.told("The promise points at a goal of Lakeridge")
    (aim,) = school_of(banked).goals
    assert [one.what for one in aim.commitments] == ["pairs write before anybody speaks"]


async def test_one_page_for_the_owner(banked: Day) -> None:
    """`w` writes it into the folder of what is printed, and says where."""
    async with seat_of(banked, event=False) as seat:
        await opened(seat)
        await seat.type("w")
        await seat.told("One page for Ana Ruiz")
    (page,) = (banked.around.workspace.root / "printed").glob("problem-*.pdf")
    assert page.read_bytes().startswith(b"%PDF")


# -- back at a POP-up ------------------------------------------------------------------------------------------------


async def test_a_problem_comes_back_with_its_history(banked: Day) -> None:
    """`r` opens it at the event of today; `P` shows what was tried, `B` the whole story from there; once is enough."""
    heard(banked, "Ana Ruiz", "partly", "change", "louder")
    async with seat_of(banked, event=False) as seat:
        await opened(seat)
        await seat.type("/", "talk dries", "enter", "r")
        await seat.told("It is back, at Student ownership")
        await seat.sees("Later round")
        await seat.until(lambda: len(now(banked).rows) == 4)
        await seat.type("end", "r")
        await seat.told("the problem is open at that event already")
        await seat.type("P")
        await seat.sees("Before")
        await seat.sees("louder")
        await seat.type("B")
        await seat.sees("Earlier round")
        await seat.type("escape")
        await seat.until(lambda: isinstance(seat.app.screen, PopupScreen))


def test_what_was_tried_before_takes_two_lines_of_the_popup_at_most(banked: Day) -> None:
    """However long the history: the bank tells the rest, and the key says so."""
    problem = popups.read_popup(banked.ledger, first(banked, "Bo Lind").problem.event or "").picture().problems[0]
    screen = PopupScreen()
    shown = ["".join(part.text for part in row) for row in screen._before(problem._replace(before="tried " * 60), 40)]
    assert [row.strip() for row in shown] == ["Before tried tried tried tried", "tried tried tried tried … B"]
    assert screen._before(problem, 40) == []
    (short,) = screen._before(problem._replace(before="tried once"), 40)
    assert "".join(part.text for part in short).strip() == "Before tried once B"


async def test_a_popup_takes_one_back_out_of_the_bank(banked: Day) -> None:
    """`a`, then F3: found by a word of it; what was typed into the form waits there."""
    async with seat_of(banked) as seat:
        await seat.type("P")
        await seat.until(lambda: isinstance(seat.app.screen, PopupScreen) and seat.app.popup is not None)
        await seat.type("a", "Cy Oda", "f3")
        await seat.sees("Which problem comes back?")
        await seat.type("homework", "enter")
        await seat.told("It is back")
        await seat.sees("○ Bo Lind")
        await seat.type("a")
        await seat.sees("Cy Oda")


async def test_on_a_day_without_an_event_there_is_nowhere_to_come_back_to(banked: Day) -> None:
    """It says how to get one."""
    banked.clock.forward(days=1)
    async with seat_of(banked, event=False) as seat:
        await opened(seat)
        await seat.type("r")
        await seat.told("No event of today is open")


# -- what is followed ------------------------------------------------------------------------------------------------


async def test_an_empty_bank_says_how_it_is_filled(tmp_path: Path) -> None:
    """Nothing was brought yet."""
    async with seat_of(busy_day(tmp_path), event=False) as seat:
        await seat.type("B")
        await seat.sees(NOTHING[:50])


def test_what_phones_bring_waits_and_what_is_promised_does_not(banked: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crowd in an open call has the bank read again every few seconds; a commitment at once; another day too."""
    followed = BankFollowed(banked.ledger, banked.around, "")

    def news() -> list[object]:
        return [followed.take(list(banked.ledger.entries(since=before))), followed.look(), len(followed.picture().rows)]

    before = banked.ledger.head_seq()
    brings(banked, "Cy", "one")
    assert news() == [False, True, 4]  # nothing was looked at for long
    before = banked.ledger.head_seq()
    brings(banked, "Di", "two")
    assert news() == [False, False, 4]
    monkeypatch.setattr(following_bank, "monotonic", lambda: 1e9)
    assert [followed.look(), len(followed.picture().rows)] == [True, 5]
    before = banked.ledger.head_seq()
    brings(banked, "Ed", "three", promised="try it")
    assert news() == [True, False, 6]
    before = banked.ledger.head_seq()
    banked.comes(banked.person("Diaz").id, "10:41")
    assert news() == [False, False, 6]
    banked.clock.forward(days=1)
    assert followed.look()
    assert followed.picture().today == DAY + timedelta(days=1)


async def test_the_bank_is_kept_when_another_event_is_looked_at(banked: Day) -> None:
    """The cursor goes down the events of Today: what belongs to none of them is not read again."""
    async with seat_of(banked, event=False) as seat:
        await seat.sees("Promised at POP-ups")
        kept = seat.app.feed._followed["bank"]
        banked.schedule("s4", DAY)
        await seat.sees("Flexible paths")
        await seat.type("down", "up")
        await seat.until(lambda: seat.app.event is not None)
        assert seat.app.feed._followed["bank"] is kept


# -- narrowing, without a desk ---------------------------------------------------------------------------------------


def test_words_are_found_wherever_they_were_written(banked: Day) -> None:
    """In the problem, a promise, what was heard, a school, a name without its accents; every word has to fit."""
    heard(banked, "Ana Ruiz", "no", "", "the fire drill")
    later(banked, "Bo Lind")
    bank, narrowed = now(banked), Narrowed()

    def owners(words: str = "", **chosen: str) -> list[str]:
        return [row.problem.owner for row in narrowed.of(bank, Narrowing(words=words, **chosen))]

    assert owners("fire drill") == owners("PAIRS") == owners("ruiz lake") == ["Ana Ruiz"]
    assert owners("siobhan") == owners("o'leary ask") == ["Siobhán O'Leary"]
    assert owners("ruiz homework") == owners("zzz") == []
    assert owners("20") == []  # no day is a word of a problem
    assert owners("homework") == ["Bo Lind", "Bo Lind"]
    assert [line.went_on for line in bank_lines(narrowed.of(bank, Narrowing(words="homework")), DAY)] == [
        False, True, False, False,
    ]  # fmt: skip
    assert sorted(owners(school="dimmitt")) == ["Bo Lind", "Bo Lind"]
    assert [owners(state=state) for state in STATES] == [
        ["Ana Ruiz", "Bo Lind"],
        [],
        [],
        ["Bo Lind", "Siobhán O'Leary"],
        [],
    ]


def test_what_was_heard_since_is_found_too(banked: Day) -> None:
    """The same search goes on while somebody writes a follow-up down; what was tried is no longer open."""
    narrowed = Narrowed()
    assert narrowed.of(now(banked), Narrowing(words="drill")) == []
    heard(banked, "Bo Lind", "yes", "", "the fire drill")
    bank = now(banked)
    assert [row.problem.owner for row in narrowed.of(bank, Narrowing(words="drill"))] == ["Bo Lind"]
    assert [row.problem.owner for row in narrowed.of(bank, Narrowing(state="tried"))] == ["Bo Lind"]
    assert [row.problem.owner for row in narrowed.of(bank, Narrowing(state="open"))] == ["Siobhán O'Leary"]


def test_no_state_is_left_out() -> None:
    """Each has one heading, so that no problem is missing from the list."""
    assert sorted(state for _, states in GROUPS for state in states) == sorted(values.STATES)


def test_a_day_of_another_year_has_its_year(banked: Day) -> None:
    """What waits, in a column: the day of the promise, the words that are no day, or what was decided."""
    brings(banked, "Cy", "x", promised="y", due="2024-01-10")
    brings(banked, "Di", "x", promised="y", due="after the holidays")
    brings(banked, "Ed", "x", promised="y")
    heard(banked, "Bo Lind", "no", "drop", "")
    shown = {line.owner: line.when for line in bank_lines(now(banked).rows, DAY)}
    assert shown.items() >= {
        "Ana Ruiz": "Mon 4 Dec", "Cy": "10 Jan 2024", "Di": "after the holidays", "Ed": "no day", "Bo Lind": "not kept",
        "Siobhán O'Leary": "Wed 8 Nov",
    }.items()  # fmt: skip


@pytest.mark.parametrize(
    "text, words",
    [
        ("", ""), ("  ", ""), ("2023-12-06", "Wed 6 Dec, today"), ("tomorrow", "Thu 7 Dec, tomorrow"),
        ("12/5/2023", "Tue 5 Dec, yesterday"), ("2023-12-04", "Mon 4 Dec, 2 days ago"),
        ("Jan 10", "Wed 10 Jan 2024, in 35 days"), ("soon", "kept as words, no day"),
    ],
)  # fmt: skip
def test_what_is_typed_as_a_day_is_told(text: str, words: str) -> None:
    """Beside the field."""
    assert told(text, DAY) == words


def test_every_problem_stands_under_one_state_in_the_order_of_urgency(tmp_path: Path) -> None:
    """Of 300 none is lost, and headings count them."""
    day = bank_day(tmp_path, many=300)
    bank = now(day)
    lines = bank_lines(bank.rows, DAY)
    assert sorted(line.id for line in lines if line.kind == "problem") == sorted(row.problem.id for row in bank.rows)
    assert [line.text for line in lines if line.kind == "head"] == [
        "Overdue · 1", "Due within a week · 1", "Promised · 297", "Nothing promised · 1",
    ]  # fmt: skip


async def test_words_of_people_are_no_markup(banked: Day) -> None:
    """Brackets and escapes are shown as they are."""
    event = banked.event
    draft = popups.open_problem(
        banked.hand(), event, {"owner": "[b]Eve[/b]", "school": "", "problem": "a\x1b[31mred[/]", "data": ""}
    )
    banked.ledger.append_one(draft)
    async with seat_of(banked, event=False) as seat:
        await opened(seat)
        await seat.sees("[b]Eve[/b]")
        assert "\x1b" not in seat.text()
