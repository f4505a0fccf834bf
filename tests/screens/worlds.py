"""The tills that are shown: the sample as it ships, and one with everything awkward in it."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from tofan_pos import app
from tofan_pos.counter import setup
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.catalogue import ProducerGroup, Product, Story, Text
from tofan_pos.domain.published import Catalogue

MOMENT = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
LONG_TH = "ผ้าคลุมไหล่ไหมมัดหมี่ย้อมครามธรรมชาติทอมือลายนาคน้อยซ้อนดอกแก้วเชิงขอพระเทพสองชั้น" * 3
LONG_EN = "Hand-reeled silk shawl, natural indigo, double-woven ikat with temple border " * 4

_STORY = Story(
    short=Text("ทอทีละเส้นด้วยกี่พื้นบ้าน", "Woven thread by thread on a floor loom."),
    long=Text(
        "เส้นไหมสาวมือ ย้อมครามแปดครั้ง ตากในร่มทุกครั้ง " * 12,
        "Hand-reeled silk, dyed eight times and dried in the shade each time. " * 12,
    ),
    approved_until=date(2028, 12, 31),
)


def _product(code: str, th: str, en: str, price: int, **more: object) -> Product:
    made = Product(
        code=code,
        name=Text(th, en),
        price=price,
        group="G-ONE",
        category=Text("ผ้าทอและเครื่องแต่งกายพื้นเมืองภาคอีสาน", "Handwoven cloth and clothing"),
        favourite=True,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields of a product


AWKWARD = (
    _product("AW-LONG", LONG_TH, LONG_EN, 12_900_00, story=_STORY),
    _product("AW-MARK", "<img src=x onerror=1><b>ผ้า</b>", "<img src=x><b>cloth</b>", 390_00),
    _product("AW-BIDI", "ผ้า\u202eabc\u202c ทอมือ\nบรรทัดสอง", "cloth \u202eevil\u202c\nline", 90_00),
    _product("AW-MARKS", "ปั้นปุ๊ก ญี่ปุ่น ฎีกา ฐานน้ำที่นี่", "Marks that stack", 25),
    _product("AW-FREE", "ของแถม", "A gift", 0, unique=True),
    _product("AW-RICH", "ผ้าไหมยกทองชิ้นเอก", "Gold brocade", 1_234_567_89),
    _product("AW-GONE", "หมดแล้ว", "Not for sale", 100_00, active=False),
    *(
        _product(f"AW-N{n:02d}", f"พวงกุญแจผ้าทอ แบบที่ {n}", f"Woven key ring no. {n}", 45_00 + n)
        for n in range(40)
    ),
)


def _clock() -> datetime:
    return MOMENT


def sample(folder: Path, *, printer: str = "", clock: Callable[[], datetime] = _clock) -> Desk:
    """Return a till on the sample catalogue."""
    profile = replace(app.trial_profile(), printer=printer)
    app.make_till(folder, profile, clock=clock)
    return app.build_counter(folder, clock=clock)


def awkward(folder: Path, *, clock: Callable[[], datetime] = _clock) -> Desk:
    """Return a till on the awkward catalogue."""
    catalogue = Catalogue(
        products=AWKWARD, groups=(ProducerGroup("G-ONE", Text("กลุ่มหนึ่ง", "Group one")),)
    )
    setup.set_up(
        folder,
        profile=app.trial_profile(),
        catalogue=catalogue,
        catalogue_sha256="0" * 64,
        clock=clock,
        random_bytes=os.urandom,
    )
    return app.build_counter(folder, clock=clock)
