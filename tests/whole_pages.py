"""Papers with everything that a clerk may meet: for pages that a person looks at, and for their text read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from plfacilitate.core.designation import Designation
from plfacilitate.core.evaluation import Answers, Evaluation
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Presenter
from plfacilitate.core.roll.lines import Figures
from plfacilitate.core.sheet import Notice, Sheet, SheetRow
from plfacilitate.core.statement import Item, Statement, statement
from plfacilitate.shelf.evaluation_page import Answered
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import find_plan
from plfacilitate.steps.evaluation import STATE, STATE_IDS
from tests.core.test_calendar import event
from tests.core.test_roll import line
from tests.sheets import ROWS, SHEET, row

NOWHERE = Path("/nowhere")
PARTS = (Designation("STEM"), Designation("Equity", 200), Designation("Leadership", 50))

DRAWN = (
    "30.200-80.40-120.190_140.120-180.120_210.60-210.190-260.90-300.190-360.60_400.190-470.40-540.190_430.120-520.120"
)
_NAMES = """
Alvarez Maria|Anderson Kirsten|Baptiste Jean-Luc|Brown Dana|Campbell Ines|Castellanos-Villanueva María Guadalupe del Carmen
Chen Wei|Cruz Ángel|De la Cruz Luz|Diaz Rosa|Đặng Thị Mai|Evans Pat|Fitzgerald-Montgomery Alexandra|Fujimoto Ken
Gebreyesus Selam|Haddad Nour|Hernández Ximena|Ito Yuki|Jackson Toni|Johnson Chris|Kalani Keoni|Kim Min-jun|Kowalczyk Łucja
Larsen Åse|Lee Grace|López Íñigo|MacDonald Ewan|Martínez José|Mbeki Thandi|Mohamud Hodan|Nakamura Emi|Ng Siu|Nguyễn Thị Hồng
O'Brien Kate|Ortega Raúl|Patel Anjali|Peña Sofía|Petrov Ivan|Phạm Quốc Bảo|Quintero Lucía|Rivera Sam|Rodríguez-García Ana
Schmidt Jürgen|Šimić Ana|Singh Harpreet|Smith Alex|Tafuna Sione|Thompson Lee|Trần Văn Đức|Uribe Inés|Vance Jo|Walker Robin
Xiong Mai|Yıldız Deniz|Zapata Noé|Zhang Li
"""


def _plain_rows() -> list[SheetRow]:
    found = []
    for at, name in enumerate("|".join(_NAMES.split("\n")).strip("|").split("|")):
        last, _, first = name.partition(" ") if not name.startswith("De la") else ("De la Cruz", "", "Luz")
        one = row(
            last,
            first,
            f"8:{at % 30:02}",
            certificate=f"4{at:05}A" if at % 3 else "",
            email=f"teacher{at}@renton.example.org",
        )
        found.append(replace(one, strokes=DRAWN) if at % 7 == 3 else one)
    return found


def whole_sheet() -> Sheet:
    """Version 2, after a correction, with exceptions first and every kind of signature and evidence."""
    special = (
        row("Quispe-Mamani", "Wayra", means=("facilitator", "own-phone"), school="Nelsen Middle School",
            note="walk-in; sign-out corrected from 15:47 to 12:00 by Dana Brown: went home ill", left="12:00",
            minutes=183, hundredths=300),
        row("Baker", "Ruth", "8:14", means=("paper",), email="", certificate="301122C", note="walk-in"),
        row("Nguyễn Phúc", "Bảo Long Khánh Đăng", former_name="Nguyễn Phúc Vĩnh San", means=("kiosk",)),
        row("Wolfeschlegelsteinhausenbergerdorff", "Hubert", email="hubert.blaine.wolfeschlegelsteinhausenbergerdorff@renton.example.org",
            school="Academy for the Advancement of Interdisciplinary Inquiry at Skyway", means=("system", "badge"), note="signed out by the rule at the end of the agenda"),
    )  # fmt: skip
    return replace(
        SHEET,
        rows=(*ROWS, *special, *_plain_rows()),
        approved_hundredths=600,
        designations=(Designation("STEM"), Designation("Equity", 200), Designation("Leadership", 150)),
        presenters=(
            Presenter("Jordan Ellis", "Director of Personalized Learning, PSESD", "M.Ed., Educational Leadership"),
            Presenter("Amara Nwosu", "Professor, University of Washington Bothell", "Ph.D."),
        ),
        exceptions=(
            *SHEET.exceptions,
            Notice("Quispe-Mamani, Wayra", "Sign-out corrected from 15:47 to 12:00 by Dana Brown: went home ill.", "id-Quispe-Mamani-Wayra"),
            Notice("Quispe-Mamani, Wayra", "Walk-in: was on no list.", "id-Quispe-Mamani-Wayra"),
            Notice("Baker, Ruth", "Walk-in: was on no list, without an e-mail.", "id-Baker-Ruth"),
            Notice("Sokhanvar", "Asked for 4.0 h, fewer than the 6.0 h earned.", "id-Sokhanvar-"),
            Notice("Wolfeschlegelsteinhausenbergerdorff, Hubert", "No sign-out: signed out by the rule at the end of the agenda, 15:45.", "id-Wolfeschlegelsteinhausenbergerdorff-Hubert"),
            Notice("Event", "70 heads were counted in the room at 10:42, signed in then: 69."),
        ),
        statement="By signing I affirm that I was there at the times beside my name, and that I do not claim college credit for it.",
        correction="Something is wrong? Tell the facilitator, or write to clockhours@psesd.example.org within 30 days and name"
        " the in-service number. Corrections are made on a new version of this sheet, with who asked for it and why.",
        counting="435 min on the agenda; meal: lunch (−45); breaks (−30): 360 min count. Hours go down to whole steps of 30 min.",
    )  # fmt: skip


def _item(number: int, days: tuple[date, ...], title: str, *instructors: str, **more: Any) -> Item:
    """An offering of six approved hours, of which two carry Equity and half of one Leadership."""
    explained = (
        "agenda 8:30–15:45 = 435 min; lunch −45, breaks −30 → 360; in 8:37 −7, out 15:31 −14 → 339 min = 5 h 39 → 5.5 h"
        " under psesd 2026-1. Of these at most 2.0 h Equity, 0.5 h Leadership: only a part carries it, and they were not"
        " there for all of it."
    )
    one = line(str(number), days[-1].isoformat(), title=title, designations=PARTS, **more)
    return Item(one._replace(explained=explained), instructors, days, "PSESD", 600, 1)


def whole_statement(*, approved: bool) -> Statement:
    """Three offerings of one person, one that waits and one of quarter credits; `approved` by its office as a transcript."""
    office = replace(find_office("psesd", NOWHERE), transcript_approved=approved)
    who = Person(
        "1b2c3d4e-5555-4444-8888-aaaaaaaaaaaa", "Castellanos-Villanueva", "María Guadalupe", "mgcv@renton.example.org",
        "Campbell Hill Elementary", "Renton", certificate="402117A", former_name="Nguyễn",
    )  # fmt: skip
    months = (date(2023, 12, 6), date(2024, 1, 10), date(2024, 2, 7), date(2024, 3, 6), date(2024, 4, 10))
    long = "Student ownership of learning in practice: what students decide, and how a school makes room for it"
    items = [
        _item(0, months, "Puget Sound Personalized Learning Institute", "Rafael Gallardo", "Amara Nwosu"),
        _item(1, (date(2023, 10, 18),), "Site visit: Campbell Hill Elementary", "Jordan Ellis"),
        _item(2, (date(2024, 2, 14), date(2024, 2, 15)), long, "Jordan Ellis"),
        _item(3, (date(2024, 4, 20),), "Working group on grading", figures=Figures(200, 300, "pending", 0)),
        _item(4, (date(2024, 5, 4),), "Summit", codes=("takes-credits",), figures=Figures(1740, 0, "none", 60)),
    ]
    return statement(who, items, [office], lambda name: office, at=datetime(2024, 6, 1, tzinfo=UTC), tz="UTC")


COMMENTS = (
    "Longer consultancy, shorter lunch.",
    "Más ejemplos en español, por favor.",
    "Quyền chọn của học sinh: rất hay!",
    '=HYPERLINK("https://example.org","click") #panic() $x^2$ *bold*',
    "\x1b[31mred",
    "The second hour was the best of the year, since we worked on our own plans. Please send the consultancy's steps.",
    "W" * 120,
)


def whole_evaluation() -> Answered:
    """Thirty-two answers to the state's questions and one of the plan, comments of any kind among them."""
    plan = find_plan("pspl-institute", NOWHERE, offices=NOWHERE)
    found = replace(
        event(), plan=plan, session_id="s3", title="Session 3: Student ownership in practice", in_service="2023-4417",
        place="Renton, Cedar room",
    )  # fmt: skip
    given = ((0, 1, 4, 14, 13), (0, 0, 3, 11, 18), (0, 0, 0, 2, 30))
    scales = [
        Answers(one.id, "scale", one.ask, tuple((str(step), many) for step, many in enumerate(counts, 1)), (), one.low, one.high)
        for one, counts in zip(STATE, given, strict=False)
    ]  # fmt: skip
    choice = Answers(
        "next", "choice", "What would help you most next time?", (("More time with my team", 20), ("More of it", 9))
    )
    free = Answers(STATE[3].id, "text", STATE[3].ask, comments=tuple(sorted(COMMENTS)))
    office = find_office("psesd", NOWHERE)
    answered = Evaluation("counted", 34, 32, (choice, *scales, free))
    return Answered(found, answered, 52, office.title, STATE_IDS, SHEET.made_at)
