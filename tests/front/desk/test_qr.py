"""The code in the terminal: a real decoder reads it out of a picture of the desk."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import cairosvg
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from plfacilitate.front.desk.lists.qr import Fit, fit, picture
from plfacilitate.seal.codes import code_at
from plfacilitate.shelf.qr import Modules, modules
from tests.front.desk.conftest import URL, seat_of
from tests.front.desk.day import Day


def at(minutes: int) -> datetime:
    """A moment of a day, so many minutes after its beginning."""
    return datetime(2023, 12, 6, 16, tzinfo=UTC) + timedelta(minutes=minutes)


def photographed(svg: str, *, scale: float = 1.0, blur: float = 0.0) -> Image.Image:
    """A picture of the screen, as a camera that is not very good sees it."""
    image = Image.open(io.BytesIO(cairosvg.svg2png(svg.encode(), scale=scale))).convert("L")
    return image.filter(ImageFilter.GaussianBlur(blur)) if blur else image


def decoded(image: Image.Image) -> list[str]:
    """What a decoder reads that takes no inverted codes."""
    return [one.text for one in zxingcpp.read_barcodes(image, try_invert=False)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("keys", [(), ("q",)], ids=["room", "full screen"])
@pytest.mark.parametrize("scale, blur", [(1.0, 0.0), (1.6, 1.5)], ids=["sharp", "blurred"])
async def test_a_decoder_reads_the_code_off_the_screen(
    busy: Day, size: tuple[int, int], keys: tuple[str, ...], scale: float, blur: float
) -> None:
    """Beside the board and full screen, in a small window and a large one, without turning dark and light round."""
    async with seat_of(busy, size=size) as seat:
        await seat.type(*keys)
        await seat.pilot.pause()
        svg = seat.app.export_screenshot()
    assert decoded(photographed(svg, scale=scale, blur=blur)) == [URL]


def painted(code: Modules, how: Fit, cell: tuple[int, int], gap: int) -> Image.Image:
    """The lines as a terminal paints them: each cell of this size, its ground going on over the gap to the next line."""
    (width, height), lines = cell, picture(code, how)
    shown = Image.new("L", (how.size(len(code))[0] * width, len(lines) * (height + gap)), 255)
    for y, line in enumerate(lines):
        x, top = 0, y * (height + gap)
        for text, upper, lower in line:
            right = x + len(text) * width
            shown.paste(0 if lower else 255, (x, top, right, top + height + gap))
            if text[0] == "▀":
                shown.paste(0 if upper else 255, (x, top, right, top + height // 2))
            x = right
    return shown


@pytest.mark.parametrize("cell", [(7, 17), (8, 16), (9, 20)], ids=lambda cell: f"{cell[0]}x{cell[1]}")
@pytest.mark.parametrize("gap", range(5))
@pytest.mark.parametrize("how", [Fit(1, 2), Fit(2, 4)], ids=["beside the board", "full screen"])
def test_twenty_of_twenty_are_read_in_every_cell_and_with_every_gap(cell: tuple[int, int], gap: int, how: Fit) -> None:
    """Terminals differ in their letters and in the room between lines; a phone must not mind."""
    texts = [f"HTTP://192.168.1.{number}:8100/{code_at(b'secret', 'event', at(number))}" for number in range(20)]
    assert [decoded(painted(modules(text), how, cell, gap)) for text in texts] == [[text] for text in texts]


@pytest.mark.parametrize("size, cell", [((80, 24), (24, 45)), ((120, 40), (16, 27)), ((240, 67), (8, 16))], ids=str)
async def test_a_camera_reads_the_full_screen_across_the_room(
    busy: Day, size: tuple[int, int], cell: tuple[int, int]
) -> None:
    """A terminal that fills a projector of 1920 × 1080 dots, shrunk to a twelfth."""
    async with seat_of(busy, size=size) as seat:
        await seat.type("q")
        await seat.until(lambda: seat.app.screen.query("#large"))
        await seat.pilot.pause()
        room = seat.app.screen.query_one("#large").size
    code = modules(URL)
    how = fit(len(code), room.width, room.height)
    assert how is not None
    shown = Image.new("L", (1920, 1080), 18)
    shown.paste(painted(code, how, cell, 0), (3 * cell[0], 2 * cell[1]))
    assert decoded(shown.resize((1920 // 12, 1080 // 12), Image.Resampling.BOX)) == [URL]


@pytest.mark.parametrize("theme", ["light", "high contrast"])
async def test_the_code_is_black_on_white_in_every_theme(busy: Day, theme: str) -> None:
    """A theme changes the desk, never the code."""
    async with seat_of(busy, size=(80, 24)) as seat:
        seat.app.theme = theme
        await seat.pilot.pause()
        svg = seat.app.export_screenshot()
    assert decoded(photographed(svg)) == [URL]


async def test_no_door_is_a_sentence_not_a_code(busy: Day) -> None:
    """Without a running door there is nothing to scan, and the side says what to do."""
    async with seat_of(busy, door=False) as seat:
        await seat.sees("No sign-in by phone.")
        assert decoded(photographed(seat.app.export_screenshot())) == []


def test_lines_hold_both_colours_and_the_quiet_zone() -> None:
    """Every cell of the picture is a half block or a blank with both halves known; the edge is light."""
    code = modules(URL)
    for how in (Fit(1, 4), Fit(1, 2), Fit(2, 4), Fit(3, 2)):
        lines = picture(code, how)
        wide, high = how.size(len(code))
        assert len(lines) == high
        assert all(sum(len(text) for text, _, _ in line) == wide for line in lines)
        assert lines[0] == ((" " * wide, False, False),)
        assert lines[-1][0][1:] == (False, False)


def test_the_largest_fit_is_taken_and_too_little_room_gives_none() -> None:
    """A wide window gets large modules, 80×24 the smaller quiet zone, a tiny one no code at all."""
    assert fit(25, 33, 17) == Fit(1, 4)
    assert fit(25, 33, 15) == Fit(1, 2)
    assert fit(25, 120, 36) == Fit(2, 4)
    assert fit(25, 20, 20) is None


def test_the_address_of_the_door_makes_a_small_code() -> None:
    """Capitals and figures: 25 modules a side for a whole address with a code of 100 bits."""
    assert len(modules(URL)) == 25
