"""One counter with a handful of products, its real window offscreen, and hands to work it with."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.hands import Hands
from tofan_pos import app as composition
from tofan_pos.counter import setup
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.catalogue import (
    Picture,
    ProducerGroup,
    Product,
    Story,
    Text,
    ean13_check_digit,
)
from tofan_pos.domain.count import Count
from tofan_pos.domain.money import baht
from tofan_pos.domain.published import Catalogue
from tofan_pos.ui.counter.sending import Carriage
from tofan_pos.ui.counter.window import CounterWindow
from tofan_pos.ui.kit import theme
from tofan_pos.ui.kit.sounds import Silence

MOMENT = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
CODE, PIN = "SUP1", "482913"
"""Who has the till in these tests: a supervisor."""
HOSTILE = "<img src=x onerror=alert(1)>\u202eevil\u202c\nsecond\x1bp line " + "ก" * 300
TOLD = Story(
    short=Text("ทอด้วยกี่เอว", "Woven on a backstrap loom."),
    long=Text("ผืนหนึ่งใช้เวลาสามวัน", "One cloth takes three days."),
    approved_until=date(2028, 12, 31),
)


def ean(number: int) -> str:
    """Return a whole EAN-13 of the house's own range."""
    twelve = f"20{number:010d}"
    return twelve + ean13_check_digit(twelve)


@dataclass
class Counter:
    """A window, the desk under it, and the hands before it."""

    desk: Desk
    window: CounterWindow
    hands: Hands
    sounds: Silence
    bot: QtBot
    clock: list[datetime] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until everything that was begun off the window's thread has come back."""
        self.bot.waitUntil(lambda: self.window.at_rest, timeout=15_000)

    @property
    def quantities(self) -> dict[str, int]:
        """What is in the basket, by code."""
        return {line.product.code: line.quantity for line in self.window.sale.basket.lines}

    def sold(self) -> int:
        """Count the sales that are durable."""
        return self.desk.store.sale_counts()[0]


def _png() -> bytes:
    image = QImage(296, 176, QImage.Format.Format_RGB32)
    image.fill(QColor("#27406B"))
    target = QByteArray()
    buffer = QBuffer(target)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(target.data())


def _catalogue() -> Catalogue:
    content = _png()
    picture = Picture(sha256(content).hexdigest(), content)
    cloth = Product(
        code="CL-1",
        barcode=ean(1),
        name=Text("ผ้าขาวม้าทอมือ", "Handwoven cloth"),
        price=390_00,
        group="G-ONE",
        category=Text("ผ้าทอ", "Cloth"),
        favourite=True,
        story=TOLD,
        picture=picture.sha256,
    )
    lapsed = replace(TOLD, approved_until=date(2026, 11, 21))
    products = (
        cloth,
        replace(cloth, code="BA-1", barcode=ean(2), name=Text("กระติบข้าว", "Rice basket"),
                price=160_00, category=Text("จักสาน", "Basketry"), story=lapsed, picture=""),
        replace(cloth, code="SO-1", barcode=ean(3), name=Text("สบู่ขมิ้น", "Turmeric soap"),
                price=89_50, category=Text("สบู่", "Soap"), story=None, favourite=False),
        replace(cloth, code="UN-1", barcode=ean(4), name=Text("ชิ้นเดียวในโลก", "One of a kind"),
                price=4_800_00, unique=True),
        replace(cloth, code="GO-1", barcode=ean(5), name=Text("หมดแล้ว", "Gone"), active=False),
        replace(cloth, code="HO-1", barcode=ean(6), name=Text(HOSTILE, HOSTILE)),
        *(replace(cloth, code=f"KE-{n:02d}", barcode=ean(100 + n),
                  name=Text(f"พวงกุญแจ {n}", f"Key ring {n}"), price=45_00 + n, favourite=False)
          for n in range(40)),
    )  # fmt: skip
    group = ProducerGroup("G-ONE", Text("กลุ่มหนึ่ง", "Group one"))
    return Catalogue(products=products, groups=(group,), pictures=(picture,))


Open = Callable[..., Counter]


@pytest.fixture
def open_counter(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Open]:
    """Return what opens a counter: language, look, and its printer's address may be chosen.

    `carriage` makes what carries to head office; `before` is done before the window opens.
    """
    opened: list[Counter] = []

    def open_one(  # noqa: PLR0913 - each is one thing a counter may be
        *,
        language: str = "th",
        dark: bool = False,
        printer: str = "",
        opened_up: bool = True,
        carriage: Callable[[Desk], Carriage] | None = None,
        before: Callable[[Desk], object] | None = None,
    ) -> Counter:
        folder = tmp_path / f"till{len(opened)}"
        clock = [MOMENT]
        setup.set_up(
            folder,
            profile=replace(composition.trial_profile(), printer=printer),
            catalogue=_catalogue(),
            catalogue_sha256="0" * 64,
            clock=lambda: clock[0],
            random_bytes=os.urandom,
        )
        desk = composition.build_counter(folder, clock=lambda: clock[0])
        if opened_up:
            desk.access.first_supervisor(CODE, "หัวหน้า", PIN)
            desk.day.open(Count())
        if before is not None:
            before(desk)
        theme.apply(qapp, dark)
        sounds = Silence()
        words = composition.all_words()
        window = CounterWindow(
            desk,
            words=words,
            language=language,
            dark=dark,
            sounds=sounds,
            carriage=carriage(desk) if carriage else None,
        )
        window.resize(1366, 768)
        with qtbot.waitSignal(window.ready, timeout=10_000):
            window.show()
        counter = Counter(desk, window, Hands(window), sounds, qtbot, clock)
        opened.append(counter)
        counter.settle()
        window.field.setFocus()
        return counter

    yield open_one
    for counter in opened:
        counter.settle()
        counter.window.close()
        counter.window.deleteLater()
        counter.hands.deleteLater()
        counter.desk.close()
    qapp.setStyleSheet("")


@pytest.fixture
def counter(open_counter: Open) -> Counter:
    return open_counter()


def money(satang: int) -> str:
    """Write an amount as the window does."""
    return baht(satang)
