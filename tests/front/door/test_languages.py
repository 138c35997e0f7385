"""The languages of the door: nothing untranslated, and one more file is one more language."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from plfacilitate.core.plan import Question
from plfacilitate.front.door.languages import LOCALE, load, mark, names, wanted
from plfacilitate.front.door.pages import Library
from scripts.languages import sentences
from tests.front.door.day import MARIA, OFFICE, Day, open_day, plan
from tests.played import Clock

FILES = sorted(LOCALE.glob("*/LC_MESSAGES/door.po"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.parent.name)
def test_no_sentence_is_untranslated_and_none_is_left_over(path: Path) -> None:
    """Every sentence of templates and code has its translation; `python scripts/languages.py` brings new ones in."""
    with path.open("rb") as file:
        translated = {str(one.id): str(one.string) for one in read_po(file) if one.id and not one.fuzzy}
    wanted_here = {str(one.id) for one in sentences() if one.id}
    assert wanted_here - {sentence for sentence, said in translated.items() if said} == set()
    assert translated.keys() - wanted_here == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.parent.name)
def test_translations_fill_in_the_same_details(path: Path) -> None:
    """A name or a time that English says, the translation says too."""
    with path.open("rb") as file:
        for one in read_po(file):
            assert _details(str(one.id)) == _details(str(one.string)), one.id


def _details(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text))


def test_one_more_file_is_one_more_language(tmp_path: Path) -> None:
    """Its name stands in the switch; what it does not say stays English."""
    path = tmp_path / "vi" / "LC_MESSAGES" / "door.po"
    path.parent.mkdir(parents=True)
    path.write_text('# Language: Tiếng Việt\nmsgid ""\nmsgstr ""\n\nmsgid "Welcome"\nmsgstr "Xin chào"\n', "utf-8")
    assert names(tmp_path) == {"en": "English", "vi": "Tiếng Việt"}
    speech = load("vi", tmp_path)
    assert speech("Welcome") == "Xin chào"
    assert speech("Find me") == "Find me"


def test_a_file_that_nobody_can_read_stays_english(tmp_path: Path) -> None:
    """Bytes that are no text: the door opens all the same."""
    path = tmp_path / "vi" / "LC_MESSAGES" / "door.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(b'msgid "Welcome"\nmsgstr "\xff\xfe"\n')
    assert "vi" in names(tmp_path)
    assert load("vi", tmp_path)("Find me") == "Find me"


async def test_a_third_language_is_on_every_page(day: Day, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Put beside the others it is offered, and asked for by a phone it is spoken."""
    import shutil

    from plfacilitate.front.door import languages

    shutil.copytree(LOCALE, tmp_path / "locale")
    path = tmp_path / "locale" / "vi" / "LC_MESSAGES" / "door.po"
    path.parent.mkdir(parents=True)
    path.write_text('# Language: Tiếng Việt\nmsgid ""\nmsgstr ""\n\nmsgid "Welcome"\nmsgstr "Xin chào"\n', "utf-8")
    monkeypatch.setattr(languages.names, "__defaults__", (tmp_path / "locale",))
    monkeypatch.setattr(languages.load, "__defaults__", (tmp_path / "locale",))
    day.reception.library = Library(day.reception.room.event)
    phone = await day.scanned()
    assert phone.page is not None
    assert "Tiếng Việt" in phone.page.text
    assert "Español" in phone.page.text
    await phone.get("/find", t=phone.ticket, to="vi")
    assert "Xin chào" in phone.text
    assert '<html lang="vi">' in phone.page.text


@pytest.mark.parametrize(
    "header, language",
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("fr,es;q=0.5", "es"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
        ("es;q=0", "en"),
        ("ES", "es"),
        (";;;q=,,=;", "en"),
        ("en;q=nan,es;q=0.1", "es"),
        ("es" * 9_000, "en"),
    ],
)
def test_the_phone_says_which_language_it_wants(header: str, language: str) -> None:
    """The one that it wants most of those that there are; anything odd is English."""
    assert wanted(header, ("en", "es")) == language


async def test_the_switch_is_remembered(day: Day) -> None:
    """Chosen once, every later page of that phone speaks it."""
    phone = await day.scanned()
    page = await phone.get("/find", t=phone.ticket, to="es")
    assert '<html lang="es">' in page.text
    page = await phone.get("/nothing/here")
    assert '<html lang="es">' in page.text


@pytest.mark.parametrize("to", ["xx", "../es", "<b>", "e" * 300, "en\r\nSet-Cookie: a=b"])
async def test_a_language_that_there_is_not_changes_nothing(day: Day, to: str) -> None:
    """No cookie, and the page stays what it was."""
    phone = await day.scanned()
    page = await phone.get("/find", t=phone.ticket, to=to)
    assert '<html lang="en">' in page.text
    assert "set-cookie" not in page.headers


async def test_the_switch_does_nothing_else(day: Day) -> None:
    """Tapped in a form that signs in, it only shows the form again."""
    phone = await day.scanned()
    await phone.post("/in", t=phone.ticket, p=MARIA, signed="Maria", to="es")
    assert "Registrar mi entrada" in phone.text
    assert day.entries("sign-in", "signature") == []


async def test_the_switch_of_a_page_that_is_none_stays_here(day: Day) -> None:
    """An address with two slashes at its beginning would name another machine."""
    phone = day.phone()
    page = await phone.get("//evil.example/%22%3E%3Cb%3E")
    assert 'action="/' in page.text
    assert 'action="//' not in page.text
    assert "<b>" not in page.text.partition("<nav")[2]


def test_a_marked_sentence_is_itself() -> None:
    """Marking is for whoever collects sentences; it changes nothing."""
    assert mark("Welcome") == "Welcome"


async def test_what_stays_in_the_plan_s_language_says_so(tmp_path: Path, clock: Clock) -> None:
    """Titles, questions and the office's words on a Spanish page are marked, so that a phone reads them aloud rightly."""
    asked = (
        Question("one", "choice", "Useful?", ("Yes", "No"), said={"es": {"ask": "¿Útil?", "options": ["Sí", "No"]}}),
        Question("two", "choice", "What next?", ("More", "Less")),
        Question("three", "text", "What would you suggest for the next time?"),
    )
    office = replace(OFFICE, correction="Write to the office.")
    async with open_day(tmp_path, clock, of=replace(plan(), questions=asked), office=office) as day:
        day.by_hand("sign-in", person=MARIA)
        phone = await day.scanned()
        assert phone.page is not None
        assert 'lang="en">Student' not in phone.page.text
        assert 'lang="en">Student ownership in practice</b>' in (await phone.get("/find", t=phone.ticket, to="es")).text
        await phone.post("/out", t=phone.ticket, p=MARIA)
        farewell = re.search(r'name="l" value="([^"]+)"', phone.page.text)
        assert farewell is not None
        text = (await phone.post("/hours", l=farewell[1], p=MARIA)).text
        assert "<legend>¿Útil?" in text
        assert '<legend lang="en">What next?' in text
        assert '<label class="pick" lang="en">' in text
        assert 'lang="en">What would' not in text
        text = (await phone.post("/answers", l=farewell[1], p=MARIA, skip="1")).text
        assert '<span lang="en">Write to the office.</span>' in text
        assert 'lang="en">Antes' not in text


async def test_a_plan_in_another_language_is_marked_on_english_pages(tmp_path: Path, clock: Clock) -> None:
    """The mark is the plan's, and whatever it says is escaped."""
    async with open_day(tmp_path, clock, of=replace(plan(), language='es" onzq="1')) as day:
        phone = await day.scanned()
        assert phone.page is not None
        assert 'lang="es&#34; onzq=&#34;1">Student' in phone.page.text
